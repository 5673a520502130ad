// dumpsys power: the battery saver and the Doze exemptions by app id. Most of the dump is a log of
// wake locks, which is passed over.
#include "android/system/parsers.h"

namespace bk::android::system {
namespace {

// "[2000, 10041]" as app ids.
void TakeIds(Scope& scope, std::string_view text, std::string_view line,
             std::map<std::uint32_t, Place>& into) {
  constexpr std::size_t kIdsMax = 10'000;
  while (!text.empty() && into.size() < kIdsMax) {
    const std::size_t digit = text.find_first_of("0123456789");
    if (digit == std::string_view::npos) return;
    text.remove_prefix(digit);
    const auto id = LeadingInt(text);
    if (id && *id > 0 && *id < 100'000'000)
      into.insert_or_assign(static_cast<std::uint32_t>(*id), scope.At(line));
    text.remove_prefix(std::min(text.size(), text.find_first_not_of("0123456789")));
  }
}

}  // namespace

void ParsePower(const Section& section, SystemState& state) {
  Scope scope(section, state);
  bool in_state_machine = false;
  std::string_view rest = section.body;
  std::string_view line;
  while (NextLine(rest, line)) {
    const std::size_t indent = Indent(line);
    if (indent == line.size()) {
      in_state_machine = false;
      continue;
    }
    std::string_view text = line.substr(indent);
    switch (text.front()) {
      case 'B':
        if (text.starts_with("Battery saver state machine")) {
          in_state_machine = true;
        } else if (Eat(text, "Battery Saver is currently: ")) {
          text = Trim(text);
          if (text == "ON" || text == "OFF")
            state.switches.battery_saver = scope.Make(text == "ON", line);
        }
        break;
      case 'E':
        if (in_state_machine && Eat(text, "Enabled="))
          if (const auto on = ParseBool(text)) state.switches.battery_saver = scope.Make(*on, line);
        break;
      case 'm':
        if (Eat(text, "mLowPowerModeEnabled=")) {  // Android 7 and 8
          if (const auto on = ParseBool(text)) state.switches.battery_saver = scope.Make(*on, line);
        } else if (Eat(text, "mLastChangedStrReason=")) {
          if (in_state_machine && text != "null" && !text.empty())
            state.switches.battery_saver_reason = scope.Make(std::string(Trim(text)), line);
        } else if (Eat(text, "mDeviceIdleWhitelist=") || Eat(text, "mDeviceIdleAllowlist=")) {
          TakeIds(scope, text, line, state.doze.exempt_ids);
        } else if (text.starts_with("mSettingBatterySaverEnabled=")) {
          text.remove_prefix(text.find('=') + 1);
          const auto on = ParseBool(text);
          if (on && !state.switches.battery_saver)
            state.switches.battery_saver = scope.Make(*on, line);
        }
        break;
      default:
        break;
    }
  }
}

}  // namespace bk::android::system
