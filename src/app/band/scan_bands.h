// Listens for bands for a while.
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "companion/nearby.h"

namespace bk::app {

struct BandScan {
  std::vector<companion::NearbyBand> bands;
  std::size_t others = 0;
  // Set when the radio cannot be used: what to do.
  std::optional<std::string> adapter_trouble;
};
// Until `enough` says so of what was heard so far, or the time is over. An adapter in trouble ends
// it at once.
BandScan ScanBands(ports::BandRadio& radio, std::chrono::microseconds time,
                   const std::function<bool(const std::vector<companion::NearbyBand>&)>& enough);

}  // namespace bk::app
