// dumpsys settings, settings list, settings get: three notations of the same switches.
#include <algorithm>

#include "android/system/parsers.h"

namespace bk::android::system {
namespace {

enum class Key : std::uint8_t {
  kBluetoothOn,
  kAirplane,
  kAirplaneRadios,
  kBleScanAlways,
  kLocationMode,
  kLocationProviders,
  kAutoTime,
  kAutoTimeZone,
  kLowPower,
  kLowPowerSticky,
  kAdaptiveBattery,
  kAppStandby,
  kAutoRestriction,
  kDnsMode,
  kDnsSpecifier,
  kListeners,
  kProxy,
  kStayOn,
  kWifiOn
};
struct Known {
  std::string_view name;
  Key key;
};
constexpr Known kKnown[] = {
    {"bluetooth_on", Key::kBluetoothOn},
    {"airplane_mode_on", Key::kAirplane},
    {"airplane_mode_radios", Key::kAirplaneRadios},
    {"ble_scan_always_enabled", Key::kBleScanAlways},
    {"location_mode", Key::kLocationMode},
    {"location_providers_allowed", Key::kLocationProviders},
    {"auto_time", Key::kAutoTime},
    {"auto_time_zone", Key::kAutoTimeZone},
    {"low_power", Key::kLowPower},
    {"low_power_sticky", Key::kLowPowerSticky},
    {"adaptive_battery_management_enabled", Key::kAdaptiveBattery},
    {"app_standby_enabled", Key::kAppStandby},
    {"app_auto_restriction_enabled", Key::kAutoRestriction},
    {"private_dns_mode", Key::kDnsMode},
    {"private_dns_specifier", Key::kDnsSpecifier},
    {"enabled_notification_listeners", Key::kListeners},
    {"http_proxy", Key::kProxy},
    {"stay_on_while_plugged_in", Key::kStayOn},
    {"wifi_on", Key::kWifiOn},
};

const Known* Find(std::string_view name) {
  // Most of the names do not even start like one of ours.
  constexpr std::string_view kFirst = "abhlpesw";
  if (name.empty() || kFirst.find(name.front()) == std::string_view::npos) return nullptr;
  const auto* found =
      std::ranges::find_if(kKnown, [&](const Known& known) { return known.name == name; });
  return found == std::end(kKnown) ? nullptr : found;
}

}  // namespace

bool TakeSetting(Scope& scope, std::string_view space, int user, std::string_view key,
                 std::string_view value, std::string_view line) {
  const Known* known = Find(key);
  if (known == nullptr || space == "config") return false;
  SwitchFacts& switches = scope.state.switches;
  value = Trim(value);
  const bool absent = value == "null";
  const auto number = [&](Maybe<int>& into) {
    if (const auto parsed = ParseInt<int>(value)) into = scope.Make(*parsed, line);
  };
  const auto flag = [&](Maybe<bool>& into) {
    if (const auto parsed = ParseInt<int>(value))
      into = scope.Make(*parsed != 0, line);
    else if (const auto word = ParseBool(value))
      into = scope.Make(*word, line);
  };
  const auto text = [&](Maybe<std::string>& into) {
    if (!absent) into = scope.Make(std::string(value), line);
  };
  switch (known->key) {
    case Key::kBluetoothOn:
      number(switches.bluetooth_on);
      break;
    case Key::kAirplane:
      flag(switches.airplane_mode);
      break;
    case Key::kAirplaneRadios:
      text(switches.airplane_radios);
      break;
    case Key::kBleScanAlways:
      flag(switches.ble_scan_always);
      break;
    case Key::kLocationMode:
      if (const auto mode = ParseInt<int>(value))
        switches.location_mode[user] = scope.Make(*mode, line);
      break;
    case Key::kLocationProviders:
      // Before Android 9 this list is the switch and location_mode is not kept.
      if (!absent) switches.location_providers[user] = scope.Make(std::string(value), line);
      break;
    case Key::kAutoTime:
      flag(switches.auto_time);
      break;
    case Key::kAutoTimeZone:
      flag(switches.auto_time_zone);
      break;
    case Key::kLowPower:
      flag(switches.low_power);
      break;
    case Key::kLowPowerSticky:
      flag(switches.low_power_sticky);
      break;
    case Key::kAdaptiveBattery:
      flag(switches.adaptive_battery);
      break;
    case Key::kAppStandby:
      flag(switches.app_standby);
      break;
    case Key::kAutoRestriction:
      flag(switches.app_auto_restriction);
      break;
    case Key::kDnsMode:
      text(switches.private_dns_mode);
      break;
    case Key::kDnsSpecifier:
      text(switches.private_dns_specifier);
      break;
    case Key::kListeners:
      switches.notification_listeners[user] =
          scope.Make(std::string(absent ? std::string_view() : value), line);
      break;
    case Key::kProxy:
      text(switches.http_proxy);
      break;
    case Key::kStayOn:
      flag(switches.stay_on_while_plugged);
      break;
    case Key::kWifiOn:
      flag(switches.wifi_on);
      break;
  }
  return true;
}

// "_id:15 name:bluetooth_on pkg:android value:1 default:1 defaultSystemSet:true"
void ParseSettings(const Section& section, SystemState& state) {
  Scope scope(section, state);
  BlockCount count;
  std::string_view space;
  int user = 0;
  std::string_view rest = section.body;
  std::string_view line;
  while (NextLine(rest, line)) {
    line.remove_prefix(Indent(line));  // Android 7 prints it among the providers, set in
    if (line.starts_with("_id:")) {
      if (space.empty()) continue;
      ++count.seen;
      const std::size_t name_at = line.find(" name:");
      const std::size_t value_at =
          name_at == std::string_view::npos ? name_at : line.find(" value:", name_at);
      if (value_at == std::string_view::npos) {
        if (count.first_unread.data() == nullptr) count.first_unread = line;
        continue;
      }
      ++count.understood;
      std::string_view name = line.substr(name_at + 6, value_at - name_at - 6);
      name = name.substr(0, name.find(' '));
      if (Find(name) == nullptr) continue;
      std::string_view value = line.substr(value_at + 7);
      value = value.substr(0, value.find(" default:"));
      value = value.substr(0, value.find(" defaultSystemSet:"));
      value = value.substr(0, value.find(" tag:"));
      TakeSetting(scope, space, user, name, value, line);
    } else if (const std::size_t at = line.find(" SETTINGS (user "); at < 16) {
      space = line.starts_with("CONFIG") ? "config" : "settings";
      user = static_cast<int>(LeadingInt(line.substr(at + 16)).value_or(0));
    } else if (line.starts_with("PROVIDER ")) {
      space = {};  // of another app
    }
  }
  scope.Lose(count, "settings");
}

void ParseSettingsAnswer(const Section& section, SystemState& state) {
  Scope scope(section, state);
  const std::string_view command = CommandOf(section);
  int user = 0;
  if (const auto named = After(command, "--user "))
    user = static_cast<int>(LeadingInt(*named).value_or(0));
  std::string_view rest = section.body;
  std::string_view line;
  if (command.find(" get ") != std::string_view::npos) {
    const std::string_view key = LastCommandWord(command);
    if (NextLine(rest, line)) TakeSetting(scope, "settings", user, key, line, line);
    return;
  }
  while (NextLine(rest, line)) {
    const std::size_t equals = line.find('=');
    if (equals == std::string_view::npos || equals > 64) continue;
    TakeSetting(scope, "settings", user, line.substr(0, equals), line.substr(equals + 1), line);
  }
}

}  // namespace bk::android::system
