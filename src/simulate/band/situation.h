// A band, the air around it and the computer that listens, as one value, with what befalls them by
// name: for `--simulated --fault NAME` and for tests that try each.
#pragma once

#include <string_view>
#include <vector>

#include "simulate/band/band_sim.h"
#include "simulate/radio/options.h"

namespace bk::simulate::band {

struct Situation {
  Options band;
  radio::AirOptions air;
  radio::CentralOptions host;
  radio::PeripheralOptions advertising;
};

// Troubles of the world around the band and of its own state; the band's faults in talking are
// NamedFaults (quirks.h).
struct NamedSituation {
  std::string_view name;
  std::string_view why;
  void (*apply)(Situation&);
};
const std::vector<NamedSituation>& NamedSituations();

// A situation or a fault; false: neither has this name.
bool Apply(std::string_view name, Situation& situation);
// All names of both, situations first.
std::vector<std::string_view> AllTroubles();

}  // namespace bk::simulate::band
