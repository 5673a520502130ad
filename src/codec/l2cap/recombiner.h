// ACL fragments of one direction of one link in, L2CAP PDUs out
// (Core Specification Vol 3 Part A sections 3.1 and 7.2).
//
// A good PDU and a loss can be true at once: a first fragment completes its own PDU while the one
// before it never came to its end. Simply go on with the next fragment.
#pragma once

#include <cstdint>
#include <vector>

#include "base/bytes.h"

namespace bk::codec::l2cap {

namespace channel {
inline constexpr std::uint16_t kSignalling = 1;
inline constexpr std::uint16_t kAtt = 4;
inline constexpr std::uint16_t kLeSignalling = 5;
inline constexpr std::uint16_t kSmp = 6;
inline constexpr std::uint16_t kClassicSmp = 7;
}  // namespace channel

struct Pdu {
  std::uint16_t channel = 0;
  Bytes payload;              // valid until the next Push
  std::uint32_t missing = 0;  // bytes at its end that the recorder removed
};

class Recombiner {
 public:
  struct Result {
    bool complete = false;         // `pdu` holds
    bool lost_unfinished = false;  // a PDU was begun, and another came before its end
    bool lost_orphan = false;      // a continuation of nothing: passed over
    bool lost_overlong = false;    // more came than the PDU's header said: all of it is dropped
    bool lost_headless = false;    // a first fragment too short for a header
    Pdu pdu;
    [[nodiscard]] unsigned lost() const {
      return unsigned{lost_unfinished} + lost_orphan + lost_overlong + lost_headless;
    }
  };

  // `data`: the bytes that the recorder kept of the fragment; `missing`: how many more there were
  // on the wire. Bytes after a cut are not put together: the PDU ends at the first cut, with what
  // is missing counted.
  Result Push(bool first, Bytes data, std::uint32_t missing) {
    // Nearly every PDU of a band fits one fragment: no copy, no state.
    if (first && wanted_ == 0 && data.size() >= kHeader) [[likely]] {
      const std::size_t length = Le16(data, 0);
      if (length + kHeader == data.size() + missing) {
        Result result;
        result.complete = true;
        result.pdu = {Le16(data, 2), data.subspan(kHeader), missing};
        return result;
      }
    }
    return PushSlow(first, data, missing);
  }

  // Forgets an unfinished PDU; true when there was one.
  bool Reset();

 private:
  static constexpr std::size_t kHeader = 4;
  static std::uint16_t Le16(Bytes bytes, std::size_t at) {
    return static_cast<std::uint16_t>(std::to_integer<unsigned>(bytes[at]) |
                                      std::to_integer<unsigned>(bytes[at + 1]) << 8);
  }
  Result PushSlow(bool first, Bytes data, std::uint32_t missing);

  std::vector<std::byte> buffer_;  // payload so far, without its header; at most 64 KiB
  std::uint32_t wanted_ = 0;       // payload and header bytes of the PDU under way; 0: none
  std::uint32_t seen_ = 0;         // of them, on the wire
  std::uint32_t missing_ = 0;
  std::uint16_t channel_ = 0;
};

}  // namespace bk::codec::l2cap
