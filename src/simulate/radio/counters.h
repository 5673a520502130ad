// What went over the air, for tests and benches. Counts only grow; a stretch is the difference of
// two copies.
#pragma once

#include <cstdint>

#include "simulate/radio/options.h"

namespace bk::simulate::radio {

struct DirectionCounters {
  std::uint64_t carried = 0;  // data packets that arrived for the first time
  std::uint64_t lost = 0;  // slots that the radio took: lost, repeated, or the event was broken off
  std::uint64_t possible = 0;  // carried, and those that a sender with more to say could have had
  std::uint64_t att_pdus = 0;
  std::uint64_t value_bytes = 0;  // of notifications, or of writes
};

struct Counters {
  DirectionCounters to_band, to_host;
  std::uint64_t connection_events = 0;
  std::uint64_t links = 0;           // that came up
  std::uint64_t setup_failures = 0;  // 0x3e
  std::uint64_t supervision_timeouts = 0;
  std::uint64_t adverts_heard = 0;  // while scanning or connecting
  RadioTime connected{};            // of links that have ended or stand

  [[nodiscard]] const DirectionCounters& Of(Direction direction) const {
    return direction == Direction::kToBand ? to_band : to_host;
  }
  [[nodiscard]] DirectionCounters& Of(Direction direction) {
    return direction == Direction::kToBand ? to_band : to_host;
  }
};

}  // namespace bk::simulate::radio
