// Any bytes at any attribute, over raw ATT: no crash, no answer longer than the MTU, and no minute
// is deleted but by an acknowledgement, a reset or the ring.
#include <array>

#include "base/result.h"
#include "simulate/band/on_air.h"
#include "simulate/radio/att_server.h"

namespace {

using namespace bk;  // NOLINT: one file
using namespace bk::simulate::band;

// Not secret and not strong: authentication must be reachable.
class PlainCipher final : public ports::Cipher {
 public:
  [[nodiscard]] Block16 Aes128(const Block16& /*key*/, const Block16& /*block*/) const override {
    return {};
  }
  [[nodiscard]] std::array<std::byte, 32> Sha256(Bytes /*bytes*/) const override { return {}; }
};
class PlainChecksum final : public ports::Checksum {
 public:
  [[nodiscard]] std::uint32_t Crc32(Bytes bytes) const override {
    return static_cast<std::uint32_t>(bytes.size());
  }
  [[nodiscard]] std::uint16_t Crc16(Bytes /*bytes*/) const override { return 0; }
};

}  // namespace

void Fuzz(std::span<const std::byte> input) {
  static const PlainCipher cipher;
  static const PlainChecksum checksum;
  ByteReader reader(input);
  const std::uint8_t options = reader.U8();
  Options with;
  with.history = 20;
  with.key = Block16{};
  with.quirks.round_minutes = options & 7;
  with.quirks.samples_per_packet = options >> 3 & 3;
  with.quirks.binds_with_host_key = (options & 0x20) != 0;
  with.taps_after = RadioTime{options};
  BandSim band(with, cipher, checksum);
  BandOnAir peripheral(band);
  simulate::radio::ServerState server;
  RadioTime now{};
  peripheral.Connected(now);
  if ((options & 0x40) != 0) {
    for (const auto cccd :
         std::initializer_list<std::uint16_t>{0x61, 0x36, 0x3c, 0x3f, 0x4b, 0x4e, 0x17})
      (void)peripheral.Write(cccd, codec::miband::BytesOf(1, 0), true, now);
    (void)peripheral.Write(0x60, codec::miband::BytesOf(2, 0), false, now);
    ByteVector proof = codec::miband::BytesOf(3, 0);
    proof.resize(18);
    (void)peripheral.Write(0x60, proof, false, now);
  }
  while (reader.left() > 0) {
    const std::uint8_t size = reader.U8();
    now += std::chrono::milliseconds(size * 3);
    if (size == 0xff) {
      peripheral.Disconnected(now, 0x08);
      peripheral.Connected(now);
      server = {};
      continue;
    }
    const Bytes pdu = reader.Take(std::min<std::size_t>(size, reader.left()));
    const auto answer = simulate::radio::ServeAtt(pdu, peripheral, server, now);
    BK_CHECK(!answer || answer->size() <= server.mtu);
    if (server.agreed && server.mtu != *server.agreed) {
      server.mtu = *server.agreed;
      peripheral.MtuIs(server.mtu, now);
    }
    for (const auto& notification : peripheral.TakeNotifications(4, now))
      BK_CHECK(notification.bytes.size() + 3 <= server.mtu);
    if (peripheral.WantsToLeave(now)) {
      peripheral.Disconnected(now, 0x16);
      peripheral.Connected(now);
      server = {};
    }
  }
  const Truth& truth = band.truth();
  BK_CHECK(truth.recorded.size() == truth.deleted.size() + band.state().minutes.size());
}
