#include "server/guard.h"

#include <string>

namespace bk::server {
namespace {

// HTTP's names are ASCII and of either case.
bool SameNoCase(std::string_view a, std::string_view b) {
  if (a.size() != b.size()) return false;
  const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; };
  for (std::size_t i = 0; i < a.size(); ++i)
    if (lower(a[i]) != lower(b[i])) return false;
  return true;
}

bool IsOurs(std::string_view host, std::uint16_t port) {
  const std::string end = ":" + std::to_string(port);
  return SameNoCase(host, "127.0.0.1" + end) || SameNoCase(host, "localhost" + end);
}

}  // namespace

bool SameSecret(std::string_view a, std::string_view b) {
  unsigned differs = a.size() == b.size() ? 0 : 1;
  for (std::size_t i = 0; i < b.size(); ++i)
    differs |=
        static_cast<unsigned char>(i < a.size() ? a[i] : 0) ^ static_cast<unsigned char>(b[i]);
  return differs == 0;
}

std::optional<Refusal> Check(const Head& head, std::uint16_t port, std::string_view token,
                             bool static_file) {
  if (head.host.size() != 1 || head.origin.size() > 1 || head.fetch_site.size() > 1 ||
      head.authorization.size() > 1)
    return Refusal::kDamaged;
  if (!IsOurs(head.host[0], port)) return Refusal::kForbidden;
  if (!head.origin.empty()) {
    constexpr std::string_view kScheme = "http://";
    const std::string_view origin = head.origin[0];
    if (!origin.starts_with(kScheme) || !SameNoCase(origin.substr(kScheme.size()), head.host[0]))
      return Refusal::kForbidden;
  }
  if (static_file) return std::nullopt;
  if (!head.fetch_site.empty() && head.fetch_site[0] != "same-origin" &&
      head.fetch_site[0] != "none")
    return Refusal::kForbidden;
  constexpr std::string_view kBearer = "Bearer ";
  if (head.authorization.empty() || token.empty() ||
      !SameNoCase(head.authorization[0].substr(0, kBearer.size()), kBearer) ||
      !SameSecret(head.authorization[0].substr(kBearer.size()), token))
    return Refusal::kNoToken;
  return std::nullopt;
}

}  // namespace bk::server
