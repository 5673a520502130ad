// A request's target, taken apart. Pure.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace bk::server {

struct Target {
  std::string path;  // as it was sent: no path of ours needs decoding
  std::map<std::string, std::string, std::less<>> query;  // decoded; the first of a name counts
};

// nullopt: too long, no origin form ("/..."), a control or non-ASCII byte, a broken %-escape, too
// many fields.
std::optional<Target> ParseTarget(std::string_view target);

}  // namespace bk::server
