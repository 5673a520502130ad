// dumpsys battery.
#include "android/system/parsers.h"

namespace bk::android::system {

void ParseBattery(const Section& section, SystemState& state) {
  Scope scope(section, state);
  BatteryFacts battery;
  std::string_view rest = section.body;
  std::string_view line;
  bool present = true;
  while (NextLine(rest, line)) {
    if (line.find("UPDATES STOPPED") != std::string_view::npos)
      battery.updates_stopped = scope.Make(true, line);
    std::string_view text = Trim(line);
    const std::size_t colon = text.find(": ");
    if (colon == std::string_view::npos) continue;
    const std::string_view key = text.substr(0, colon);
    const std::string_view value = text.substr(colon + 2);
    if (key.ends_with(" powered")) {
      const auto on = ParseBool(value);
      if (on && (*on || !battery.powered)) battery.powered = scope.Make(*on, line);
    } else if (key == "present") {
      present = value != "false";
    } else if (const auto number = ParseInt<int>(value)) {
      if (key == "level")
        battery.level = scope.Make(*number, line);
      else if (key == "scale")
        battery.scale = scope.Make(*number, line);
      else if (key == "temperature")
        battery.temperature = scope.Make(*number, line);
      else if (key == "status")
        battery.status = scope.Make(*number, line);
    }
  }
  // A phone on a bench supply has no battery: its level says nothing.
  if (!present) battery.level.reset();
  state.battery = std::move(battery);
}

}  // namespace bk::android::system
