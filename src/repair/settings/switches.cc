// Switches of the whole phone: Bluetooth, airplane mode, battery saver, location, Data Saver.
// Sources: AOSP, the shell commands of the Bluetooth module, `svc`, ConnectivityService,
// PowerManagerService, LocationManagerService, NetworkPolicyManagerService.
#include "base/text.h"
#include "repair/messages.h"
#include "repair/settings/kind.h"

namespace bk::repair::kinds {
namespace {

// A row that is 0 (or missing) for off and something else for on.
std::optional<SettingValue> ParseRow(std::string_view out) {
  const std::string_view word = FirstLine(out);
  if (word == "null" || word == "0") return "off";
  if (ParseInt<int>(word)) return "on";
  return std::nullopt;
}

// ---- Bluetooth

std::vector<ports::PhoneCommand> ReadBluetooth(const PhoneTraits&, const Parts&) {
  return {Dump("dumpsys bluetooth_manager")};
}

std::optional<SettingValue> ParseBluetooth(const PhoneTraits&, const Parts&,
                                           const ports::PhoneCommand&, std::string_view out) {
  // The manager's own words come first; deeper down profiles print states of their own.
  constexpr int kLinesMax = 60;
  std::string_view line;
  for (int i = 0; i < kLinesMax && NextLine(out, line); ++i) {
    std::string_view text = Trim(line);
    if (!text.starts_with("state:")) continue;
    text = Trim(text.substr(6));
    if (text == "ON" || text == "12") return "on";
    // BLE_ON: the radio serves location's scans alone, apps see Bluetooth as off.
    if (text == "OFF" || text == "10" || text == "BLE_ON" || text == "15") return "off";
    return "changing";
  }
  return std::nullopt;
}

std::vector<Way> WriteBluetooth(const PhoneTraits& traits, const Parts&, const SettingValue& to) {
  const auto on = IsOn(to);
  if (!on) return {};
  const std::string verb = *on ? "enable" : "disable";
  std::vector<Way> ways;
  // Android 13 gave the module a command that also waits. Before 12 adb's shell lacks the
  // permission on most phones; some makers gave it.
  if (traits.AtLeast(33))
    ways.push_back({Command("cmd bluetooth_manager " + verb),
                    Command(std::string("cmd bluetooth_manager wait-for-state:STATE_") +
                            (*on ? "ON" : "OFF"))});
  ways.push_back({Command("svc bluetooth " + verb)});
  return ways;
}

// ---- airplane mode

std::vector<ports::PhoneCommand> ReadAirplane(const PhoneTraits&, const Parts&) {
  return {Command("settings get global airplane_mode_on")};
}

std::optional<SettingValue> ParseAirplane(const PhoneTraits&, const Parts&,
                                          const ports::PhoneCommand&, std::string_view out) {
  return ParseRow(out);
}

std::vector<Way> WriteAirplane(const PhoneTraits& traits, const Parts&, const SettingValue& to) {
  const auto on = IsOn(to);
  if (!on) return {};
  std::vector<Way> ways;
  if (traits.AtLeast(30))
    ways.push_back(
        {Command(std::string("cmd connectivity airplane-mode ") + (*on ? "enable" : "disable"))});
  // From Android 9 on Bluetooth watches the row itself. On 8 only a broadcast that adb may not send
  // would reach the radios, so there the row alone would be a lie.
  if (traits.AtLeast(28))
    ways.push_back(
        {Command(std::string("settings put global airplane_mode_on ") + (*on ? "1" : "0"))});
  return ways;
}

// ---- battery saver

std::vector<ports::PhoneCommand> ReadSaver(const PhoneTraits&, const Parts&) {
  return {Command("settings get global low_power")};
}

std::vector<Way> WriteSaver(const PhoneTraits&, const Parts&, const SettingValue& to) {
  const auto on = IsOn(to);
  if (!on) return {};
  const std::string number = *on ? "1" : "0";
  return {{Command("cmd power set-mode " + number)},
          {Command("settings put global low_power " + number)}};
}

// ---- location

// Until Android 8 the list of providers is the switch; the mode is derived from it.
constexpr std::string_view kProviders = "settings get secure location_providers_allowed";

std::vector<ports::PhoneCommand> ReadLocation(const PhoneTraits& traits, const Parts&) {
  const std::string user = traits.UserOption();
  const ports::PhoneCommand mode = Command("settings get " + user + "secure location_mode");
  if (!traits.AtLeast(28))
    return {
        Command(std::string(kProviders).insert(std::string_view("settings get ").size(), user))};
  if (!traits.AtLeast(30)) return {mode};
  return {Command("cmd location is-location-enabled" + (user.empty() ? "" : " " + user)), mode};
}

std::optional<SettingValue> ParseLocation(const PhoneTraits&, const Parts&,
                                          const ports::PhoneCommand& command,
                                          std::string_view out) {
  const std::string_view word = FirstLine(out);
  if (command.line.find("location_providers_allowed") != std::string::npos) {
    if (out.empty()) return std::nullopt;
    return OnOff(word.find("gps") != std::string_view::npos ||
                 word.find("network") != std::string_view::npos);
  }
  if (word == "true") return "on";
  if (word == "false") return "off";
  return command.line.starts_with("settings") ? ParseRow(out) : std::nullopt;
}

std::vector<Way> WriteLocation(const PhoneTraits& traits, const Parts&, const SettingValue& to) {
  const auto on = IsOn(to);
  if (!on) return {};
  const std::string user = traits.UserOption();
  const std::string put = "settings put " + user + "secure ";
  std::vector<Way> ways;
  if (!traits.AtLeast(28)) {
    const std::string sign = *on ? "+" : "-";
    ways.push_back({Command(put + "location_providers_allowed " + sign + "gps"),
                    Command(put + "location_providers_allowed " + sign + "network")});
    return ways;
  }
  if (traits.AtLeast(30))
    ways.push_back({Command(std::string("cmd location set-location-enabled ") +
                            (*on ? "true" : "false") + (user.empty() ? "" : " " + user))});
  ways.push_back({Command(put + "location_mode " + (*on ? "3" : "0"))});
  return ways;
}

// ---- Data Saver

std::vector<ports::PhoneCommand> ReadDataSaver(const PhoneTraits&, const Parts&) {
  return {Command("cmd netpolicy get restrict-background")};
}

std::optional<SettingValue> ParseDataSaver(const PhoneTraits&, const Parts&,
                                           const ports::PhoneCommand&, std::string_view out) {
  const auto state = After(out, "status: ", " \r\n");
  if (state == "enabled") return "on";
  if (state == "disabled") return "off";
  return std::nullopt;
}

std::vector<Way> WriteDataSaver(const PhoneTraits&, const Parts&, const SettingValue& to) {
  const auto on = IsOn(to);
  if (!on) return {};
  return OneWay(std::string("cmd netpolicy set restrict-background ") + (*on ? "true" : "false"));
}

}  // namespace

const Kind kBluetooth{.name = "bluetooth",
                      .parts = 0,
                      .read = ReadBluetooth,
                      .parse = ParseBluetooth,
                      .write = WriteBluetooth,
                      .settle = std::chrono::seconds(15),
                      .restore_note = &kNoteSays.bluetooth,
                      .between = "changing"};
const Kind kAirplaneMode{.name = "airplane_mode",
                         .parts = 0,
                         .read = ReadAirplane,
                         .parse = ParseAirplane,
                         .write = WriteAirplane,
                         .settle = std::chrono::seconds(5)};
const Kind kBatterySaver{.name = "battery_saver",
                         .parts = 0,
                         .read = ReadSaver,
                         .parse = [](const PhoneTraits&, const Parts&, const ports::PhoneCommand&,
                                     std::string_view out) { return ParseRow(out); },
                         .write = WriteSaver,
                         .restore_note = &kNoteSays.battery_saver};
const Kind kLocation{
    .name = "location",
    .parts = 0,
    .read = ReadLocation,
    .parse = ParseLocation,
    .write = WriteLocation,
};
const Kind kDataSaver{
    .name = "data_saver",
    .parts = 0,
    .read = ReadDataSaver,
    .parse = ParseDataSaver,
    .write = WriteDataSaver,
};

}  // namespace bk::repair::kinds
