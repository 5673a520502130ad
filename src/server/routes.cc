#include "server/routes.h"

#include <array>

namespace bk::server {
namespace {

constexpr std::array kRoutes = {
    Route{"GET", "hello", RouteKind::kHello},
    Route{"GET", "state", RouteKind::kGet},
    Route{"GET", "events", RouteKind::kEvents},
    Route{"GET", "timeline", RouteKind::kGet},
    Route{"GET", "knowledge", RouteKind::kGet},
    Route{"GET", "bundle", RouteKind::kGet},
    Route{"GET", "kept", RouteKind::kGet},
    Route{"POST", "kept/delete", RouteKind::kPost},
    Route{"POST", "settings", RouteKind::kPost},
    Route{"POST", "phones/choose", RouteKind::kPost},
    Route{"POST", "files", RouteKind::kUpload},
    Route{"DELETE", "files/{id}", RouteKind::kDelete},
    Route{"POST", "case/band", RouteKind::kPost},
    Route{"POST", "case/clear", RouteKind::kPost},
    Route{"POST", "diagnose", RouteKind::kPost},
    Route{"POST", "plan", RouteKind::kPost},
    Route{"POST", "repair", RouteKind::kPost},
    Route{"POST", "undo", RouteKind::kPost},
    Route{"POST", "everyday", RouteKind::kPost},
    Route{"POST", "everyday/set", RouteKind::kPost},
    Route{"POST", "watch", RouteKind::kPost},
    Route{"POST", "task/answer", RouteKind::kPost},
    Route{"POST", "task/preview", RouteKind::kPost},
    Route{"POST", "task/stop", RouteKind::kPost},
    Route{"POST", "task/pause", RouteKind::kPost},
    Route{"POST", "task/enough", RouteKind::kPost},
    Route{"POST", "outcome/dismiss", RouteKind::kPost},
    Route{"POST", "interview/start", RouteKind::kPost},
    Route{"POST", "interview/answer", RouteKind::kPost},
    Route{"POST", "interview/back", RouteKind::kPost},
    Route{"POST", "interview/end", RouteKind::kPost},
    Route{"POST", "band/choose", RouteKind::kPost},
    Route{"POST", "band/scan", RouteKind::kPost},
    Route{"POST", "band/pair", RouteKind::kPost},
    Route{"POST", "band/bind", RouteKind::kPost},
    Route{"POST", "band/info", RouteKind::kPost},
    Route{"POST", "band/sync", RouteKind::kPost},
    Route{"POST", "band/find", RouteKind::kPost},
    Route{"POST", "band/live", RouteKind::kPost},
    Route{"POST", "band/probe", RouteKind::kPost},
    Route{"POST", "band/restart", RouteKind::kPost},
    Route{"POST", "band/reset", RouteKind::kPost},
    Route{"POST", "band/files", RouteKind::kUpload},
    Route{"DELETE", "band/files/{id}", RouteKind::kDelete},
    Route{"POST", "band/update", RouteKind::kPost},
    Route{"GET", "band/minutes", RouteKind::kGet},
    Route{"GET", "band/export", RouteKind::kGet},
};

constexpr std::string_view kId = "{id}";

// Whether `path` is the route's; `id` is what stands for {id}.
bool Fits(std::string_view pattern, std::string_view path, std::string_view& id) {
  if (!pattern.ends_with(kId)) return pattern == path;
  const std::string_view start = pattern.substr(0, pattern.size() - kId.size());
  if (!path.starts_with(start)) return false;
  id = path.substr(start.size());
  return !id.empty() &&
         id.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789") == std::string_view::npos;
}

}  // namespace

std::span<const Route> Routes() { return kRoutes; }

Matched Match(std::string_view method, std::string_view path) {
  Matched matched;
  if (!path.starts_with(kApi)) return matched;
  path.remove_prefix(kApi.size());
  for (const Route& route : kRoutes) {
    std::string_view id;
    if (!Fits(route.path, path, id)) continue;
    if (route.method == method) {
      matched.route = &route;
      matched.id = id;
    }
    matched.allow += (matched.allow.empty() ? "" : ", ") + std::string(route.method);
  }
  return matched;
}

}  // namespace bk::server
