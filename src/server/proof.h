// Shows a page that the server which answers is the one that it had its token from. A tab outlives
// the server; another user of this computer could listen on its port meanwhile and would be handed
// the token by the tab's next request.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace bk::server {

inline constexpr std::size_t kNonceDigits = 32;

// What is signed with the token: the page's own nonce, and the port, so that whoever listens
// elsewhere cannot have it made by the real server. nullopt: `nonce` is not kNonceDigits
// hexadecimal digits.
std::optional<std::string> ProofText(std::uint16_t port, std::string_view nonce);

}  // namespace bk::server
