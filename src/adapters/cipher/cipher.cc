#include "adapters/cipher/cipher.h"

#include <libdeflate.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <boost/crc.hpp>
#include <memory>

#include "base/result.h"

namespace bk::adapters {
namespace {

const unsigned char* In(const std::byte* bytes) {
  return reinterpret_cast<const unsigned char*>(bytes);
}
unsigned char* Out(std::byte* bytes) { return reinterpret_cast<unsigned char*>(bytes); }

}  // namespace

// A failure of these calls is a broken library or no memory: nothing that a caller could mend.
ports::Block16 OpensslCipher::Aes128(const ports::Block16& key, const ports::Block16& block) const {
  const std::unique_ptr<EVP_CIPHER_CTX, decltype(&EVP_CIPHER_CTX_free)> context(
      EVP_CIPHER_CTX_new(), &EVP_CIPHER_CTX_free);
  ports::Block16 result{};
  int length = 0;
  BK_CHECK(context != nullptr);
  BK_CHECK(EVP_EncryptInit_ex(context.get(), EVP_aes_128_ecb(), nullptr, In(key.data()), nullptr) ==
           1);
  BK_CHECK(EVP_CIPHER_CTX_set_padding(context.get(), 0) == 1);
  BK_CHECK(EVP_EncryptUpdate(context.get(), Out(result.data()), &length, In(block.data()),
                             static_cast<int>(block.size())) == 1);
  BK_CHECK(length == static_cast<int>(result.size()));
  return result;
}

std::array<std::byte, 32> OpensslCipher::Sha256(Bytes bytes) const {
  std::array<std::byte, 32> result{};
  unsigned int length = 0;
  BK_CHECK(EVP_Digest(bytes.data(), bytes.size(), Out(result.data()), &length, EVP_sha256(),
                      nullptr) == 1);
  BK_CHECK(length == result.size());
  return result;
}

std::uint32_t LibraryChecksum::Crc32(Bytes bytes) const {
  return libdeflate_crc32(0, bytes.data(), bytes.size());
}

std::string HmacSha256(std::string_view key, std::string_view text) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::array<std::byte, 32> digest{};
  unsigned int length = 0;
  BK_CHECK(HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()), In(AsBytes(text).data()),
                text.size(), Out(digest.data()), &length) != nullptr);
  BK_CHECK(length == digest.size());
  std::string hex;
  for (const std::byte byte : digest) {
    hex += kDigits[std::to_integer<unsigned>(byte) >> 4U];
    hex += kDigits[std::to_integer<unsigned>(byte) & 0xfU];
  }
  return hex;
}

std::uint16_t LibraryChecksum::Crc16(Bytes bytes) const {
  boost::crc_ccitt_false_t crc;
  crc.process_bytes(bytes.data(), bytes.size());
  return crc.checksum();
}

}  // namespace bk::adapters
