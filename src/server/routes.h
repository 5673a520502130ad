// The one table of what can be asked; docs/page-api.md shows it, and a test compares the two.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace bk::server {

enum class RouteKind : std::uint8_t {
  kGet,     // Desk::Get
  kPost,    // Desk::Post with a JSON body, which may be missing
  kUpload,  // Desk::BeginUpload ... EndUpload
  kDelete,  // Desk::Delete
  kEvents,  // the stream of parts
  kHello,   // the server proves itself; no token is wanted
};

struct Route {
  std::string_view method;
  std::string_view path;  // behind /api/1/; "{id}" at the end stands for one segment
  RouteKind kind;
};

std::span<const Route> Routes();
inline constexpr std::string_view kApi = "/api/1/";

struct Matched {
  const Route* route = nullptr;  // null: no such path, or not with this method
  std::string_view id;           // of a path with {id}
  std::string allow;             // methods that the path has; empty: there is no such path
};
// `path` with kApi before it.
Matched Match(std::string_view method, std::string_view path);

}  // namespace bk::server
