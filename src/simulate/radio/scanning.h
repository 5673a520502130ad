// Whether a receiver that listens part of the time, on one of three channels, hears an
// advertisement; and what a host makes of what was heard. Core, vol. 6 part B 4.4.
#pragma once

#include "simulate/radio/peripheral.h"

namespace bk::simulate::radio {

// 31 bytes of data and an address on LE 1M; the three channels follow each other after 1 ms (a
// guess, at most 10 ms by the specification).
inline constexpr RadioTime kAdvertTime{376};
inline constexpr RadioTime kChannelStep = Millis(1);
inline constexpr int kChannels = 3;

// `since`: when this receiver began; it listens at the beginning of each interval, to channel 0 in
// the first, 1 in the second ... `at`: when the packet on `channel` begins. `at` >= `since`.
bool Hears(const ScanTiming& timing, RadioTime since, RadioTime at, int channel);

// `with_response`: the scan response came too. RSSI is left to the caller.
ports::BandAdvert ReadAdvertising(const Advertising& advertising, bool with_response);

}  // namespace bk::simulate::radio
