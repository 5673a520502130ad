#include "simulate/band/situation.h"

#include <algorithm>

namespace bk::simulate::band {
namespace {

constexpr radio::RadioTime kEver = radio::Seconds(400LL * 24 * 3600);

}  // namespace

const std::vector<NamedSituation>& NamedSituations() {
  static const std::vector<NamedSituation> situations = {
      {"dead", "its battery is empty: it sends nothing", [](Situation& s) { s.band.percent = 0; }},
      {"away", "out of reach of this computer",
       [](Situation& s) { s.air.silences = {{{}, kEver}}; }},
      {"asleep", "sends its presence every 25 s only; an attempt that waits long enough meets it",
       [](Situation& s) { s.advertising.advertising_interval = radio::Seconds(25); }},
      {"held", "another phone has its link, so that it is silent",
       [](Situation& s) { s.air.holders = {{.band = 0, .from = {}, .until = kEver}}; }},
      {"weak", "at the edge of its reach: every second packet is lost",
       [](Situation& s) {
         s.air.loss = 0.5;
         s.host.rssi = -93;
       }},
      {"low_battery", "12 % left", [](Situation& s) { s.band.percent = 12; }},
      {"half_updated", "new firmware, old resources: an update that ended in between",
       [](Situation& s) { s.band.resources_version = "1.0.9.66"; }},
      {"never_bound", "as delivered: it has no key yet", [](Situation& s) { s.band.key.reset(); }},
      {"clock_wrong", "its clock is three hours late",
       [](Situation& s) { s.band.utc_us -= 3LL * 3600 * 1'000'000; }},
  };
  return situations;
}

bool Apply(std::string_view name, Situation& situation) {
  const auto at = std::ranges::find(NamedSituations(), name, &NamedSituation::name);
  if (at != NamedSituations().end()) {
    at->apply(situation);
    return true;
  }
  const NamedFault* fault = FindFault(name);
  if (fault != nullptr) fault->apply(situation.band.faults, situation.band.quirks);
  return fault != nullptr;
}

std::vector<std::string_view> AllTroubles() {
  std::vector<std::string_view> names;
  for (const NamedSituation& one : NamedSituations()) names.push_back(one.name);
  for (const NamedFault& one : NamedFaults()) names.push_back(one.name);
  return names;
}

}  // namespace bk::simulate::band
