// Who may ask. Pure: decided by the head of a request alone, before a byte of its body is read.
//
//   another site, by a name that it points here (DNS rebinding)   Host
//   another site, by a form or fetch (CSRF)                        Origin, Sec-Fetch-Site, the
//   token another user of this computer                                  the token, which lies in a
//   file
//                                                                  that only its owner can read
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace bk::server {

// What counts of a head. Of a field that was sent twice, both values.
struct Head {
  std::vector<std::string_view> host, origin, fetch_site, authorization;
};

enum class Refusal : std::uint8_t { kDamaged, kForbidden, kNoToken };

// `static_file`: anybody may have it who calls us by our name, from wherever the page was opened.
std::optional<Refusal> Check(const Head& head, std::uint16_t port, std::string_view token,
                             bool static_file);

// Takes as long whatever differs.
bool SameSecret(std::string_view a, std::string_view b);

}  // namespace bk::server
