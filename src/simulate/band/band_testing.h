// For the tests of the simulated band: ciphers straight from the libraries, and a hand that writes
// hex to handles and collects hex, as a capture shows it. Times are the band's, no radio is there.
#pragma once

#include <gtest/gtest.h>
#include <libdeflate.h>
#include <openssl/evp.h>

#include <string>
#include <string_view>
#include <vector>

#include "codec/miband/test_bytes.h"
#include "simulate/band/on_air.h"

namespace bk::simulate::band {

using codec::miband::Hex;

class LibraryCipher final : public ports::Cipher {
 public:
  [[nodiscard]] Block16 Aes128(const Block16& key, const Block16& block) const override {
    Block16 out{};
    int size = 0;
    EVP_CIPHER_CTX* context = EVP_CIPHER_CTX_new();
    EVP_EncryptInit_ex(context, EVP_aes_128_ecb(), nullptr, In(key.data()), nullptr);
    EVP_CIPHER_CTX_set_padding(context, 0);
    EVP_EncryptUpdate(context, reinterpret_cast<unsigned char*>(out.data()), &size,
                      In(block.data()), 16);
    EVP_CIPHER_CTX_free(context);
    return out;
  }
  [[nodiscard]] std::array<std::byte, 32> Sha256(Bytes bytes) const override {
    std::array<std::byte, 32> out{};
    EVP_Digest(bytes.data(), bytes.size(), reinterpret_cast<unsigned char*>(out.data()), nullptr,
               EVP_sha256(), nullptr);
    return out;
  }

 private:
  static const unsigned char* In(const std::byte* bytes) {
    return reinterpret_cast<const unsigned char*>(bytes);
  }
};
class LibraryChecksum final : public ports::Checksum {
 public:
  [[nodiscard]] std::uint32_t Crc32(Bytes bytes) const override {
    return libdeflate_crc32(0, bytes.data(), bytes.size());
  }
  [[nodiscard]] std::uint16_t Crc16(Bytes /*bytes*/) const override { return 0; }
};
inline const LibraryCipher kCipher;
inline const LibraryChecksum kChecksum;

inline Block16 Block(std::string_view hex) {
  Block16 out{};
  const auto bytes = Hex(hex);
  for (std::size_t i = 0; i < out.size() && i < bytes.size(); ++i) out[i] = bytes[i];
  return out;
}
inline std::string ToHex(Bytes bytes) {
  constexpr std::string_view kDigits = "0123456789ABCDEF";
  std::string out;
  for (const std::byte byte : bytes) {
    if (!out.empty()) out.push_back(' ');
    out.push_back(kDigits[std::to_integer<unsigned>(byte) >> 4]);
    out.push_back(kDigits[std::to_integer<unsigned>(byte) & 15]);
  }
  return out;
}

// The reference's synthetic key and the challenge that goes with it (12.6).
inline constexpr std::string_view kKey = "e0fc36699e26c22e68bae13df159d122";
inline constexpr std::string_view kChallenge = "00112233445566778899AABBCCDDEEFF";

class Hand {
 public:
  explicit Hand(Options options = {}, bool with_key = true)
      : band(Finish(options, with_key), kCipher, kChecksum) {
    air.Connected(now);
  }
  Hand(const Hand&) = delete;
  Hand& operator=(const Hand&) = delete;
  // Writes by command or request, whichever the characteristic has; then a second passes.
  // What the band notified: "0060: 10 82 01 ..." one a line.
  std::string Write(std::uint16_t handle, std::string_view hex) {
    return WriteBytes(handle, Hex(hex));
  }
  std::string WriteBytes(std::uint16_t handle, Bytes bytes) {
    const auto role = codec::miband::MiBand4Handle(handle);
    const bool request = role->is_cccd || (codec::miband::InfoOf(role->attribute).properties &
                                           codec::miband::kWrite) != 0;
    error = air.Write(handle, bytes, request, now)->error;
    return Pass(std::chrono::seconds(1));
  }
  std::string Pass(RadioTime time) {
    std::string said;
    const RadioTime until = now + time;
    while (true) {
      for (const radio::Notification& notification : air.TakeNotifications(kAll, now)) {
        char handle[8];
        std::snprintf(handle, sizeof handle, "%04X", notification.handle);
        said += (said.empty() ? "" : "\n") + std::string(handle) + ": " + ToHex(notification.bytes);
        all.push_back(notification);
      }
      if (air.WantsToLeave(now) && band.connected()) {
        air.Disconnected(now, 0x16);
        said += said.empty() ? "gone" : "\ngone";
      }
      const auto due = air.Due();
      if (now >= until) break;
      now = due && *due < until ? *due : std::min(until, now + std::chrono::milliseconds(10));
      air.Advance(now);
    }
    return said;
  }
  std::string Read(std::uint16_t handle) {
    const auto answer = air.Read(handle, now);
    error = answer->error;
    return ToHex(answer->bytes);
  }
  void Authenticate() {
    Write(0x0061, "01 00");
    const std::string said = Write(0x0060, "82 00 02 01 00");
    const Block16 challenge = Block(std::string_view(said).substr(6 + 9));
    const Block16 proof = kCipher.Aes128(Block(kKey), challenge);
    ByteVector bytes = Hex("83 00");
    bytes.insert(bytes.end(), proof.begin(), proof.end());
    ASSERT_EQ(WriteBytes(0x0060, bytes), "0060: 10 83 01");
  }
  void Reconnect() {
    if (band.connected()) air.Disconnected(now, 0x08);
    now += std::chrono::seconds(1);
    air.Connected(now);
  }

  RadioTime now{};
  BandSim band;
  BandOnAir air{band};
  std::uint8_t error = 0;
  std::vector<radio::Notification> all;

 private:
  static constexpr std::size_t kAll = 100'000;
  static Options Finish(Options options, bool with_key) {
    if (with_key && !options.key) options.key = Block(kKey);
    return options;
  }
};

}  // namespace bk::simulate::band
