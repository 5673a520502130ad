#include "simulate/world/faults.h"

#include <algorithm>
#include <array>
#include <string>

#include "simulate/phone/faults/inject.h"

namespace bk::simulate::world {
namespace {

struct AirTrouble {
  std::string_view name, what;
  void (*apply)(radio::AirOptions&);
};
constexpr std::array kAirTroubles = {
    AirTrouble{"lossy", "every third packet is lost",
               [](radio::AirOptions& air) { air.loss = 0.33; }},
    AirTrouble{"cut_in_fetch", "the link dies in the middle of the first data that is fetched",
               [](radio::AirOptions& air) {
                 air.cuts.push_back({.when = radio::Cut::When::kValueByte,
                                     .count = 70,
                                     .direction = radio::Direction::kToHost,
                                     .outage = radio::Seconds(20)});
               }},
    AirTrouble{"comes_and_goes", "out of reach for a minute of every ten",
               [](radio::AirOptions& air) {
                 constexpr std::int64_t kMinute = 60;
                 for (std::int64_t minute = 9; minute < 72 * 60; minute += 10)
                   air.silences.push_back(
                       {radio::Seconds(minute * kMinute), radio::Seconds((minute + 1) * kMinute)});
               }},
};

// With whom a cause of the phone's catalogue is wrong, where it is not the phone.
Place PlaceOfCause(std::string_view cause) {
  constexpr std::string_view kBand[] = {
      "app_level_pairing_lost",       "band_battery_empty", "band_held_by_other_phone",
      "band_needs_restart",           "band_not_bound_yet", "bound_to_other_account_or_phone",
      "paired_with_wrong_vendor_app", "wrong_account_used"};
  if (std::ranges::find(kBand, cause) != std::end(kBand)) return Place::kBand;
  return cause == "interference_or_range" ? Place::kRadio : Place::kPhone;
}

}  // namespace

std::optional<WorldFault> FindWorldFault(std::string_view name) {
  for (const std::string_view cause : InjectableCauses())
    if (cause == name) return WorldFault{cause, PlaceOfCause(cause), {}, true};
  for (const band::NamedSituation& one : band::NamedSituations())
    if (one.name == name) {
      const bool far = name == "away" || name == "weak";
      return WorldFault{one.name, far ? Place::kRadio : Place::kBand, one.why};
    }
  if (const band::NamedFault* fault = band::FindFault(name))
    return WorldFault{fault->name, Place::kBand, fault->why};
  for (const AirTrouble& one : kAirTroubles)
    if (one.name == name) return WorldFault{one.name, Place::kRadio, one.what};
  return std::nullopt;
}

std::vector<std::string_view> WorldFaultNames() {
  std::vector<std::string_view> names = InjectableCauses();
  for (const std::string_view name : band::AllTroubles()) names.push_back(name);
  for (const AirTrouble& one : kAirTroubles) names.push_back(one.name);
  return names;
}

void Apply(std::string_view name, band::Situation& situation) {
  if (band::Apply(name, situation)) return;
  for (const AirTrouble& one : kAirTroubles)
    if (one.name == name) one.apply(situation.air);
}

double LossOf(int rssi, int noise, double busy, double weather) {
  // Between these a straight line. Nobody has measured it with this band: a guess that has nothing
  // lost at the strength of the next room and nearly all at a receiver's limit.
  struct Point {
    int rssi;
    double loss;
  };
  constexpr Point kPoints[] = {{-100, 1}, {-96, 0.85}, {-93, 0.5}, {-88, 0.2}, {-80, 0}};
  double far = rssi <= kPoints[0].rssi ? 1 : 0;
  for (std::size_t i = 1; i < std::size(kPoints); ++i) {
    const Point &a = kPoints[i - 1], &b = kPoints[i];
    if (rssi > a.rssi && rssi <= b.rssi)
      far = a.loss + (b.loss - a.loss) * (rssi - a.rssi) / (b.rssi - a.rssi);
  }
  // What an endless search of another app leaves of the phone's radio (phone/life's own share).
  constexpr double kBusyTakes = 0.9;
  return 1 - (1 - far) * (1 - noise / 100.0) * (1 - busy * kBusyTakes) * (1 - weather);
}

}  // namespace bk::simulate::world
