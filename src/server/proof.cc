#include "server/proof.h"

namespace bk::server {

std::optional<std::string> ProofText(std::uint16_t port, std::string_view nonce) {
  if (nonce.size() != kNonceDigits ||
      nonce.find_first_not_of("0123456789abcdef") != std::string_view::npos)
    return std::nullopt;
  return "bandkeeper " + std::to_string(port) + " " + std::string(nonce);
}

}  // namespace bk::server
