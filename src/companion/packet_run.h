// Puts the data packets of one fetch round into place, whatever happened to them on the way through
// the host: lost, doubled, out of order.
//
// A packet carries a counter of 8 bits and whole records; all but the last are equally long
// (miband4-protocol.md 6.5), and the start reply tells how many records come. So a packet behind a
// gap has a place, and the place is proved when the round ends where the count says. Until then
// only what stands before the first gap is sure.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <vector>

#include "base/bytes.h"

namespace bk::companion {

class PacketRun {
 public:
  // `records`: how many the band has announced; `record_bytes` > 0.
  PacketRun(std::size_t records, std::size_t record_bytes)
      : expected_bytes_(records * record_bytes), record_bytes_(record_bytes) {}

  // A packet behind its counter. False when it was useless: seen before, or over what was
  // announced.
  bool Add(std::uint8_t counter, Bytes payload);

  // Records from the beginning that stand without a gap.
  [[nodiscard]] std::size_t sure_records() const { return sure_.size() / record_bytes_; }
  // Their bytes: grows, never changes.
  [[nodiscard]] Bytes sure() const { return sure_; }
  [[nodiscard]] bool complete() const { return sure_.size() >= expected_bytes_; }
  // Whether a packet is known to be missing before one that is here.
  [[nodiscard]] bool has_gap() const { return !held_.empty(); }
  // Packets known to be missing, of full length.
  [[nodiscard]] std::size_t missing_packets() const;
  // Packets that came twice.
  [[nodiscard]] std::size_t doubled() const { return doubled_; }
  // Two packets of one place that differ: something else than this round is mixed in, and nothing
  // of it is to be trusted.
  [[nodiscard]] bool conflict() const { return conflict_; }

  struct Island {
    std::size_t first_record = 0;
    std::vector<std::byte> bytes;
  };
  // After the band has said that the round is over: stretches behind gaps whose place is proved,
  // because the last one ends at the announced count. Empty when it does not: then the counter may
  // have gone round unseen, and nothing behind the first gap can be trusted.
  [[nodiscard]] std::vector<Island> ProvedIslands() const;

 private:
  void Join();
  // Whether what stands at this place already is the same.
  [[nodiscard]] bool SameAt(std::size_t index, Bytes payload) const;

  std::size_t expected_bytes_, record_bytes_;
  std::size_t packet_bytes_ = 0;  // of a full one; 0: none seen
  std::size_t next_ = 0;          // index of the packet that should come next
  std::size_t joined_ = 0;        // packets in sure_
  std::size_t doubled_ = 0;
  bool conflict_ = false;
  bool odd_ = false;  // a short packet before the last: places behind a gap cannot be computed
  std::vector<std::byte> sure_;
  std::map<std::size_t, std::vector<std::byte>> held_;  // by index, behind the first gap
};

}  // namespace bk::companion
