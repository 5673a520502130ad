// How one record holds its HCI packet, shared by the containers. Inside the room.
#pragma once

#include <array>
#include <bit>
#include <cstdint>
#include <cstring>
#include <optional>

#include "base/bytes.h"
#include "codec/snoop/format.h"
#include "codec/snoop/packet.h"

namespace bk::codec::snoop {

// Loads without a bounds check: callers have checked the whole record once.
inline std::uint32_t LoadBe32(const std::byte* at) {
  std::uint32_t value;
  std::memcpy(&value, at, sizeof value);
  return std::endian::native == std::endian::little ? std::byteswap(value) : value;
}
inline std::uint32_t LoadLe32(const std::byte* at) {
  std::uint32_t value;
  std::memcpy(&value, at, sizeof value);
  return std::endian::native == std::endian::little ? value : std::byteswap(value);
}
inline std::uint64_t LoadBe64(const std::byte* at) {
  std::uint64_t value;
  std::memcpy(&value, at, sizeof value);
  return std::endian::native == std::endian::little ? std::byteswap(value) : value;
}

// H4 indicators; what is none of them (0xff, vendors' own) is kOther.
inline PacketKind KindOfH4(std::byte indicator) {
  const auto value = std::to_integer<std::uint8_t>(indicator);
  return value - 1U < 5U ? static_cast<PacketKind>(value) : PacketKind::kOther;
}

// The kind decides the direction of commands and events; recorders' flags only that of data
// (Bumble, old Realtek and Wireshark's exports disagree on the flags of commands).
inline bool ToController(PacketKind kind, bool flagged_outgoing) {
  return kind == PacketKind::kCommand || (kind != PacketKind::kEvent && flagged_outgoing);
}

struct MonitorOpcode {
  PacketKind kind = PacketKind::kOther;
  bool to_controller = false;
};
// BlueZ monitor/bt.h and src/shared/btsnoop.h.
inline constexpr std::uint16_t kMonitorNote = 12;
inline MonitorOpcode KindOfMonitor(std::uint16_t opcode) {
  switch (opcode) {
    case 2:
      return {PacketKind::kCommand, true};
    case 3:
      return {PacketKind::kEvent, false};
    case 4:
    case 5:
      return {PacketKind::kAcl, opcode == 4};
    case 6:
    case 7:
      return {PacketKind::kSco, opcode == 6};
    case 18:
    case 19:
      return {PacketKind::kIso, opcode == 18};
    default:
      return {PacketKind::kOther, false};
  }
}

// The whole length of an HCI packet as its own header says; nullopt when `packet` is shorter than
// that header, or of no known kind. Core Specification Vol 4 Part E section 5.4.
std::optional<std::uint32_t> HciLength(PacketKind kind, Bytes packet);

// Records of pcap and pcapng, whose link type says how they are held. Keeps what must be
// remembered between records: which way the recorder's direction bit points, and which way the
// fragments of a handle went where there is no direction at all.
class RecordDecoder {
 public:
  enum class Direction : std::uint8_t { kUnsaid, kIn, kOut };

  // Fills kind, to_controller, cut, adapter (kMonitorHeader), original_length and data. `original`
  // is the record's length on the wire as the container says. False when the record is too short
  // for its encapsulation: then the packet is kOther and empty.
  bool Decode(Encapsulation encapsulation, Bytes record, std::uint32_t original, Direction said,
              Packet& packet);

 private:
  bool DecodeH4(Bytes record, std::uint32_t original, Direction said, bool trusted, Packet& packet);
  bool GuessAclDirection(Bytes acl);

  int direction_votes_ = 0;  // of commands and events: negative when the bit points the other way
  // Per handle: whether its last first fragment went to the controller.
  std::array<std::uint64_t, 64> outgoing_{};
};

}  // namespace bk::codec::snoop
