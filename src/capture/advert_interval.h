// The advertising interval from the distances of the adverts that were received.
//
// An advertiser waits its interval plus 0 to 10 ms at random each time (Core Specification Vol 6
// Part B 4.4.2.2.1); a scanner misses many. So distances lie near multiples of the interval plus
// 5 ms: the largest period whose multiples explain nearly all of them is taken.
#pragma once

#include <cstdint>
#include <optional>
#include <span>

#include "capture/story.h"

namespace bk::capture {

// `distances_ms`: at most a few hundred. nullopt with fewer than 8, or when no period explains 80
// %.
std::optional<AdvertisingInterval> EstimateInterval(std::span<const double> distances_ms);

}  // namespace bk::capture
