// The switches that the person sets: radio, location, saver, clock; and the phone's own battery.
#include <fmt/format.h>

#include "android/system/findings_parts.h"

namespace bk::android::system {
namespace id = evidence::id;
namespace {

// Below this Android itself offers the battery saver and asks for the charger.
constexpr int kLowPercent = 15;

template <class T>
const Fact<T>* OfOwner(const PerUser<T>& per_user) {
  return per_user.empty() ? nullptr : &per_user.begin()->second;
}

bool NamesRadio(const std::string& radios, std::string_view radio) {
  return ("," + radios + ",").find("," + std::string(radio) + ",") != std::string::npos;
}

void TellBluetooth(Teller& teller) {
  const SwitchFacts& switches = teller.state.switches;
  if (switches.airplane_mode)
    teller.Tell(id::kAirplaneMode, switches.airplane_mode->value, switches.airplane_mode->place,
                switches.airplane_mode->value ? "Airplane mode is on." : "Airplane mode is off.");
  if (!switches.bluetooth_on) return;
  const Fact<int>& on = *switches.bluetooth_on;
  if (on.value == 0) {
    teller.Tell(id::kBluetoothOff, true, on.place, "Bluetooth is switched off in the settings.");
  } else if (on.value == 1) {
    teller.Tell(id::kBluetoothOff, false, on.place, "Bluetooth is switched on in the settings.");
  } else if (on.value == 2 && switches.airplane_mode && switches.airplane_mode->value &&
             switches.airplane_radios && NamesRadio(switches.airplane_radios->value, "bluetooth")) {
    teller.Tell(id::kBluetoothOff, true, on.place,
                "Bluetooth was on before airplane mode and is off as long as that lasts.");
  } else if (on.value == 2 && switches.airplane_mode && !switches.airplane_mode->value) {
    teller.Tell(id::kBluetoothOff, false, on.place, "Bluetooth is switched on in the settings.");
  }
}

void TellClock(Teller& teller) {
  const SwitchFacts& switches = teller.state.switches;
  if (switches.auto_time)
    teller.Tell(id::kAutoTimeOff, !switches.auto_time->value, switches.auto_time->place,
                switches.auto_time->value ? "The phone's clock is set by the network."
                                          : "The phone's clock is set by hand: automatic date and "
                                            "time is off.");
  if (switches.auto_time_zone)
    teller.Tell(id::kAutoTimeZoneOff, !switches.auto_time_zone->value,
                switches.auto_time_zone->place,
                switches.auto_time_zone->value
                    ? "The time zone is set by the network."
                    : "The time zone is set by hand: automatic time zone is off.");
}

void TellBattery(Teller& teller) {
  const BatteryFacts& battery = teller.state.battery;
  // Values that somebody set for a test say nothing of the battery.
  if (!battery.level || battery.updates_stopped) return;
  const int scale = battery.scale ? battery.scale->value : 100;
  const int level = battery.level->value;
  if (scale <= 0 || level < 0 || level > scale) return;
  const int percent = static_cast<int>(std::int64_t{level} * 100 / scale);
  std::string text = fmt::format("The phone's battery is at {} %", percent);
  if (battery.powered) text += battery.powered->value ? ", and it is charging" : "";
  teller.Tell(id::kPhoneBatteryLow, percent < kLowPercent, battery.level->place, text + ".");
}

}  // namespace

std::optional<Fact<bool>> LocationOn(const SystemState& state) {
  const SwitchFacts& switches = state.switches;
  if (const auto* mode = OfOwner(switches.location_mode))
    return Fact<bool>{mode->value != 0, mode->place};
  if (const auto* on = OfOwner(switches.location_on)) return *on;
  // Before Android 9 the list of allowed providers is the switch.
  if (const auto* providers = OfOwner(switches.location_providers)) {
    const bool any = NamesRadio(providers->value, "gps") || NamesRadio(providers->value, "network");
    return Fact<bool>{any, providers->place};
  }
  return std::nullopt;
}

std::optional<Fact<bool>> BatterySaverOn(const SystemState& state) {
  if (state.switches.battery_saver) return *state.switches.battery_saver;
  if (state.switches.low_power) return *state.switches.low_power;
  return std::nullopt;
}

void TellSwitches(Teller& teller) {
  TellBluetooth(teller);
  if (const auto on = LocationOn(teller.state))
    teller.Tell(id::kLocationOff, !on->value, on->place,
                on->value ? "Location is switched on." : "Location is switched off.");
  const auto& sticky = teller.state.switches.low_power_sticky;
  const auto& powered = teller.state.battery.powered;
  const auto on = BatterySaverOn(teller.state);
  // Over the cable the phone is charged, and what holds back its apps day by day is not seen.
  if (on && !on->value && sticky && sticky->value && powered && powered->value) {
    teller.Tell(id::kBatterySaverOn, true, sticky->place,
                "The battery saver is off only as long as the phone is charged; it comes back "
                "without the cable.");
  } else if (on) {
    std::string text = on->value ? "The battery saver is on" : "The battery saver is off";
    const auto& reason = teller.state.switches.battery_saver_reason;
    constexpr std::size_t kReasonMax = 120;
    if (on->value && reason && reason->value.size() <= kReasonMax)
      text += fmt::format(" (\"{}\")", reason->value);
    const auto& all = teller.state.force_all_apps_standby;
    if (on->value && all && all->value) text += "; it holds back every app in the background";
    teller.Tell(id::kBatterySaverOn, on->value, on->place, text + ".");
  }
  TellClock(teller);
  TellBattery(teller);
}

}  // namespace bk::android::system
