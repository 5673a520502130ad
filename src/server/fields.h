// The fields that every answer has. Inside the room only.
#pragma once

#include <string>
#include <string_view>

namespace bk::server {

inline constexpr const char* kPolicy =
    "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; "
    "form-action 'none'; frame-ancestors 'none'";

// `more`: of the page's own file (Asset::policy).
template <class Response>
void AddSafety(Response& response, std::string_view more = {}) {
  std::string policy = kPolicy;
  if (!more.empty()) policy.append("; ").append(more);
  response.set("Content-Security-Policy", policy);
  response.set("X-Content-Type-Options", "nosniff");
  response.set("X-Frame-Options", "DENY");
  response.set("Referrer-Policy", "no-referrer");
  response.set("Cross-Origin-Opener-Policy", "same-origin");
  response.set("Cross-Origin-Resource-Policy", "same-origin");
}

}  // namespace bk::server
