// Tests only: what a well-formed capture holds, read slowly and plainly, to compare SnoopReader
// with. Shares no code with it but Packet's types and ByteReader.
#pragma once

#include <cstdint>
#include <ostream>
#include <vector>

#include "base/bytes.h"
#include "codec/snoop/packet.h"

namespace bk::codec::snoop {

// A packet that outlives its file.
struct SeenPacket {
  PacketKind kind = PacketKind::kOther;
  bool to_controller = false;
  bool cut = false;
  std::uint16_t adapter = 0;
  std::uint32_t original_length = 0;
  std::uint64_t number = 0;
  std::uint64_t offset = 0;
  std::int64_t us = 0;
  std::vector<std::byte> data;
  friend bool operator==(const SeenPacket&, const SeenPacket&) = default;
};
std::ostream& operator<<(std::ostream& out, const SeenPacket& packet);
SeenPacket Seen(const Packet& packet);

struct ReferenceReading {
  bool known = false;  // a file's header that is read here
  bool whole = false;  // every byte of the file belongs to a well-formed record
  std::vector<SeenPacket> packets;
};

// The packets up to the first byte that is not beyond doubt: a record with impossible or odd
// fields, a cut record with doubt behind it, a pcapng block of another kind than those with
// packets.
ReferenceReading ReadPlainly(Bytes file);

}  // namespace bk::codec::snoop
