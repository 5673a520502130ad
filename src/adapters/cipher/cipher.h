// AES and SHA-256 from OpenSSL, CRC-32 from libdeflate, CRC-16 from Boost.
#pragma once

#include <string>
#include <string_view>

#include "ports/checksum.h"
#include "ports/cipher.h"

namespace bk::adapters {

class OpensslCipher : public ports::Cipher {
 public:
  [[nodiscard]] ports::Block16 Aes128(const ports::Block16& key,
                                      const ports::Block16& block) const override;
  [[nodiscard]] std::array<std::byte, 32> Sha256(Bytes bytes) const override;
};

class LibraryChecksum : public ports::Checksum {
 public:
  [[nodiscard]] std::uint32_t Crc32(Bytes bytes) const override;
  [[nodiscard]] std::uint16_t Crc16(Bytes bytes) const override;
};

// In hexadecimal digits.
std::string HmacSha256(std::string_view key, std::string_view text);

}  // namespace bk::adapters
