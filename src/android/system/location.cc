// dumpsys location, and cmd location is-location-enabled.
#include "android/system/parsers.h"

namespace bk::android::system {

// "Enabled Providers:", which older versions print, is no word on the switch: it names the
// providers that are always on and those that a test put there. Before Android 9 only the setting
// location_providers_allowed tells.
void ParseLocation(const Section& section, SystemState& state) {
  Scope scope(section, state);
  bool in_setting = false;  // Android 12 and later, several users: "[u0] true" follows
  std::string_view rest = section.body;
  std::string_view line;
  while (NextLine(rest, line)) {
    std::string_view text = Trim(line);
    if (text.empty()) continue;
    if (in_setting) {
      if (Eat(text, "[u")) {
        const auto number = LeadingInt(text);
        const std::size_t close = text.find(']');
        if (number && *number >= 0 && *number < 100'000 && close != std::string_view::npos) {
          const auto on = ParseBool(text.substr(close + 1));
          if (on) state.switches.location_on[static_cast<int>(*number)] = scope.Make(*on, line);
        }
        continue;
      }
      in_setting = false;
    }
    if (Eat(text, "Location Setting:") || Eat(text, "Location mode:") ||
        Eat(text, "Location mode =")) {
      text = Trim(text);
      if (const auto on = ParseBool(text))
        state.switches.location_on[0] = scope.Make(*on, line);
      else
        in_setting = text.empty();
    }
  }
}

void ParseLocationAnswer(const Section& section, SystemState& state) {
  Scope scope(section, state);
  const std::string_view command = CommandOf(section);
  int user = 0;
  if (const auto named = After(command, "--user "))
    user = static_cast<int>(LeadingInt(*named).value_or(0));
  std::string_view rest = section.body;
  std::string_view line;
  while (NextLine(rest, line))
    if (const auto on = ParseBool(line)) state.switches.location_on[user] = scope.Make(*on, line);
}

}  // namespace bk::android::system
