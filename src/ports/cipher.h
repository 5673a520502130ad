// The two primitives that the band's protocol needs. Real ones: adapters/cipher (OpenSSL).
#pragma once

#include <array>
#include <cstddef>

#include "base/bytes.h"

namespace bk::ports {

using Block16 = std::array<std::byte, 16>;

class Cipher {
 public:
  virtual ~Cipher() = default;
  // AES-128, one block (FIPS 197).
  [[nodiscard]] virtual Block16 Aes128(const Block16& key, const Block16& block) const = 0;
  // FIPS 180-4.
  [[nodiscard]] virtual std::array<std::byte, 32> Sha256(Bytes bytes) const = 0;
};

}  // namespace bk::ports
