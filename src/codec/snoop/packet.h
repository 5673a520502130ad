// One HCI packet as a capture holds it, and who receives them.
#pragma once

#include <cstdint>
#include <span>
#include <string>

#include "base/bytes.h"
#include "base/instant.h"

namespace bk::codec::snoop {

// Values 1 to 5 are the H4 indicators (Core Specification Vol 4 Part A section 2).
enum class PacketKind : std::uint8_t {
  kCommand = 1,
  kAcl = 2,
  kSco = 3,
  kEvent = 4,
  kIso = 5,
  kOther = 6,  // counted as a packet and otherwise passed over: btmon's notes, vendor diagnostics,
               // padding
};

struct Packet {
  PacketKind kind = PacketKind::kOther;
  bool to_controller = false;  // sent by the host
  bool cut = false;            // shorter than it was on the wire (original_length says by how much)
  std::uint16_t adapter = 0;   // btmon and pcapng interface index; 0 elsewhere
  std::uint32_t original_length = 0;  // bytes on the wire, without the H4 byte
  std::uint64_t number = 0;           // 1-based over the whole file, as Wireshark counts frames
  std::uint64_t offset = 0;           // of the record's first byte in the file
  SnoopTime time;
  Bytes data;  // the HCI packet without its H4 byte; valid during the call only
};

// Something wrong with the container, at a place.
struct Damage {
  enum class Kind : std::uint8_t {
    kTruncated,    // the file ends inside a record
    kCorrupt,      // a record that cannot be; the reader looked for the next good one
    kDropped,      // the recorder's own drop counter rose by `count`
    kOutOfOrder,   // time went back by less than a second
    kClockJump,    // time went back by more, or forward by over a day
    kUnsupported,  // a record or block of a kind that is passed over
  };
  Kind kind = Kind::kCorrupt;
  std::uint64_t number = 0;
  std::uint64_t offset = 0;
  std::uint64_t count = 1;
  std::string text;
};

class PacketSink {
 public:
  virtual ~PacketSink() = default;
  // In file order, in batches of any size.
  virtual void OnPackets(std::span<const Packet> packets) = 0;
  virtual void OnDamage(const Damage& damage) = 0;
};

}  // namespace bk::codec::snoop
