#include "codec/snoop/record.h"

#include <algorithm>

namespace bk::codec::snoop {

std::optional<std::uint32_t> HciLength(PacketKind kind, Bytes packet) {
  ByteReader in(packet);
  std::uint32_t length = 0;
  switch (kind) {
    case PacketKind::kCommand:
    case PacketKind::kSco:
      in.Skip(2);
      length = 3U + in.U8();
      break;
    case PacketKind::kEvent:
      in.Skip(1);
      length = 2U + in.U8();
      break;
    case PacketKind::kAcl:
      in.Skip(2);
      length = 4U + in.Le16();
      break;
    case PacketKind::kIso:
      in.Skip(2);
      length = 4U + (in.Le16() & 0x3fffU);
      break;
    case PacketKind::kOther:
      return std::nullopt;
  }
  if (in.failed()) return std::nullopt;
  return length;
}

// Hosts send first fragments with boundary flag 0, controllers with 2 (LE always; classic hosts may
// send 2 as well). Core Specification Vol 4 Part E section 5.4.2.
bool RecordDecoder::GuessAclDirection(Bytes acl) {
  ByteReader in(acl);
  const std::uint16_t field = in.Le16();
  const unsigned handle = field & 0x0fffU;
  const unsigned boundary = field >> 12 & 3U;
  std::uint64_t& word = outgoing_[handle / 64];
  const std::uint64_t bit = 1ULL << handle % 64;
  if (boundary == 0) word |= bit;
  if (boundary == 2) word &= ~bit;
  return (word & bit) != 0;
}

bool RecordDecoder::DecodeH4(Bytes record, std::uint32_t original, Direction said, bool trusted,
                             Packet& packet) {
  packet.kind = KindOfH4(record[0]);
  packet.data = record.subspan(1);
  packet.original_length = original - 1;
  bool outgoing = said == Direction::kOut;
  switch (packet.kind) {
    case PacketKind::kCommand:
    case PacketKind::kEvent:
      if (said != Direction::kUnsaid && !trusted)
        direction_votes_ = std::clamp(
            direction_votes_ + ((packet.kind == PacketKind::kCommand) == outgoing ? 1 : -1), -20,
            20);
      break;
    case PacketKind::kAcl:
      if (said == Direction::kUnsaid) outgoing = GuessAclDirection(packet.data);
      [[fallthrough]];
    default:
      if (said != Direction::kUnsaid && !trusted && direction_votes_ < 0) outgoing = !outgoing;
      break;
  }
  packet.to_controller = ToController(packet.kind, outgoing);
  return true;
}

bool RecordDecoder::Decode(Encapsulation encapsulation, Bytes record, std::uint32_t original,
                           Direction said, Packet& packet) {
  original = std::max(original, static_cast<std::uint32_t>(record.size()));
  packet.cut = record.size() < original;
  const std::byte* const at = record.data();
  switch (encapsulation) {
    case Encapsulation::kH4:
      if (record.empty()) break;
      return DecodeH4(record, original, said, true, packet);
    case Encapsulation::kH4Direction: {
      if (record.size() < 5) break;
      // libpcap's pcap/bluetooth.h: the bit is set for what the host received.
      const bool received = (LoadBe32(at) & 1) != 0;
      return DecodeH4(record.subspan(4), original - 4, received ? Direction::kIn : Direction::kOut,
                      false, packet);
    }
    case Encapsulation::kMonitorHeader: {
      if (record.size() < 4) break;
      const std::uint32_t word = LoadBe32(at);
      const MonitorOpcode opcode = KindOfMonitor(static_cast<std::uint16_t>(word));
      packet.adapter = static_cast<std::uint16_t>(word >> 16);
      packet.kind = opcode.kind;
      packet.to_controller = opcode.to_controller;
      packet.original_length = original - 4;
      packet.data = record.subspan(4);
      return true;
    }
    default:
      break;
  }
  packet.kind = PacketKind::kOther;
  packet.to_controller = false;
  packet.original_length = 0;
  packet.data = {};
  return false;
}

}  // namespace bk::codec::snoop
