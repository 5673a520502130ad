// Everything that can be wrong in a world, by name: the phone's causes (phone/faults), a band's
// situations and faults (band/situation, band/quirks), and the air's own troubles.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "simulate/band/situation.h"
#include "simulate/phone/android.h"
#include "simulate/world/truth.h"

namespace bk::simulate::world {

struct WorldFault {
  std::string_view name;
  Place place;            // with whom it is wrong
  std::string_view what;  // in words; of a phone's cause empty: its id says it
  // A cause of the phone's catalogue is put into a running world (simulate::Inject), all others
  // into a world that is to be made.
  bool injected = false;
};

// nullopt: no such name.
std::optional<WorldFault> FindWorldFault(std::string_view name);
// Causes in alphabetical order, then the band's and the air's.
std::vector<std::string_view> WorldFaultNames();
// For those that are not injected.
void Apply(std::string_view name, band::Situation& situation);

// The share of packets that is lost: by distance (dBm), by other radios (percent), by other apps
// that keep the phone's own radio busy (0 to 1), and by the air's own trouble.
double LossOf(int rssi, int noise, double busy, double weather);

}  // namespace bk::simulate::world
