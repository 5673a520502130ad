#include "adapters/cipher/cipher.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string_view>
#include <vector>

namespace bk::adapters {
namespace {

std::vector<std::byte> Hex(std::string_view text) {
  std::vector<std::byte> bytes;
  for (std::size_t i = 0; i + 1 < text.size(); i += 2)
    bytes.push_back(static_cast<std::byte>(std::stoi(std::string(text.substr(i, 2)), nullptr, 16)));
  return bytes;
}
ports::Block16 Block(std::string_view text) {
  ports::Block16 block{};
  std::ranges::copy(Hex(text), block.begin());
  return block;
}

// RFC 4231, test case 2; and by Python's hmac.
TEST(Hmac, PublishedVectors) {
  EXPECT_EQ(HmacSha256("Jefe", "what do ya want for nothing?"),
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
  EXPECT_EQ(HmacSha256(std::string(64, 'e'), "bandkeeper 4711 " + std::string(32, 'a')),
            "c0afc4d1fd9af6a57e1d0d6e97c19c26093e3ddb68df1361e0dc6d942650bf2d");
}

// FIPS 197, appendix C.1; FIPS 180-4's "abc"; the protocol reference's own vectors (12.6).
TEST(Cipher, PublishedVectors) {
  const OpensslCipher cipher;
  EXPECT_EQ(cipher.Aes128(Block("000102030405060708090a0b0c0d0e0f"),
                          Block("00112233445566778899aabbccddeeff")),
            Block("69c4e0d86a7b0430d8cdb78070b4c55a"));
  EXPECT_EQ(cipher.Aes128(Block("e0fc36699e26c22e68bae13df159d122"),
                          Block("00112233445566778899AABBCCDDEEFF")),
            Block("de7e91927dfbdbd4496ee3ac272e88a4"));
  const auto digest = cipher.Sha256(AsBytes("abc"));
  EXPECT_TRUE(std::ranges::equal(
      digest, Hex("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")));
  // The band's key: address and seed, hashed and cut.
  const auto seed = Hex("AABBCCDDEEFF000102030405060708090A0B0C0D0E0F");
  const auto hash = cipher.Sha256(seed);
  EXPECT_TRUE(std::ranges::equal(Bytes(hash).first(16), Hex("e0fc36699e26c22e68bae13df159d122")));
}

TEST(Checksum, PublishedVectors) {
  const LibraryChecksum checksum;
  EXPECT_EQ(checksum.Crc32(AsBytes("123456789")), 0xcbf43926U);
  EXPECT_EQ(checksum.Crc16(AsBytes("123456789")), 0x29b1U);
  EXPECT_EQ(checksum.Crc32(std::vector<std::byte>(256)), 0x0d968558U);
  EXPECT_EQ(checksum.Crc16(std::vector<std::byte>(256)), 0x41e8U);
}

}  // namespace
}  // namespace bk::adapters
