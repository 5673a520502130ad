// From one clock to another by moments that both sources saw, never by assumption.
//
// Both sides list what happened to the same devices: links that came up and ended, bonding, the
// adapter switched on. Every pair that may be the same moment votes for an offset; the offset under
// which the distances BETWEEN the moments agree too wins. Agreement is weighed in bits, as the
// chance that unrelated sources would agree as well: a distance of an hour that fits to 10 ms says
// much, a burst within one second says nothing. An offset that is a whole quarter of an hour, as
// time zones are, is evidence too, but never alone. Repeats that fit under several offsets are
// refused as ambiguous.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "base/instant.h"

namespace bk::evidence {

// One moment as one source saw it. What is not known stays empty or -1 and then fits anything.
struct SharedMoment {
  std::int64_t us = 0;  // on the source's own clock
  std::string kind;     // "link_up", "link_down", "bonding", "adapter_on", ...: must be the same
  std::string address;  // full or masked by Android
  int reason = -1;      // HCI status or reason
  int handle = -1;      // of the controller
};

// Two moments count as one when they lie closer than this under the offset.
inline constexpr std::int64_t kMomentToleranceUs = 2'000'000;

struct ClockMap {
  ClockKind from = ClockKind::kNone, to = ClockKind::kNone;
  std::int64_t offset_us = 0;  // to = from + offset, over the raw values of both
  std::size_t moments = 0;     // that support it
  std::int64_t spread_us = 0;  // the farthest of them from the offset
  double bits = 0;             // against chance

  // Unknown for an instant of another clock than `from`.
  [[nodiscard]] AnyInstant Map(const AnyInstant& instant) const;
  // What a person would read off the two clocks at `at` (of `from`): "+8 h 0 min 0.3 s". Years are
  // left aside when one clock has none.
  [[nodiscard]] std::string OffsetText(const AnyInstant& at) const;
};

enum class ClockLinkOutcome : std::uint8_t {
  kLinked,
  kNoSharedMoments,  // nothing that both could have seen
  kTooFew,           // what agrees may be chance
  kAmbiguous,        // two offsets fit about as well
};

struct ClockLink {
  ClockLinkOutcome outcome = ClockLinkOutcome::kNoSharedMoments;
  std::optional<ClockMap> map;  // of kLinked
  std::size_t moments = 0;      // that the best offset has, linked or not
};

// Deterministic; any order of the moments; a moment that one side repeats within 0.2 s counts once.
// At most kMomentsMax of each side are used, the first ones.
inline constexpr std::size_t kMomentsMax = 4096;
ClockLink LinkClocks(std::span<const SharedMoment> a, ClockKind from,
                     std::span<const SharedMoment> b, ClockKind to);

// Wall or snoop time as a clock without a year would show it (year 2000, as ClockKind::kLogcat has
// it); other clocks as they are.
std::int64_t WithoutYear(const AnyInstant& instant);

}  // namespace bk::evidence
