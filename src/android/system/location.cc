// dumpsys location, and cmd location is-location-enabled.
#include "android/system/parsers.h"

namespace bk::android::system {

void ParseLocation(const Section& section, SystemState& state) {
  Scope scope(section, state);
  bool in_setting = false;            // Android 12 and later, several users: "[u0] true" follows
  bool in_enabled_providers = false;  // up to Android 8 nothing else tells
  bool saw_providers = false;
  bool saw_mode = false;
  Fact<bool> provider_on;
  std::string_view rest = section.body;
  std::string_view line;
  while (NextLine(rest, line)) {
    const std::size_t indent = Indent(line);
    std::string_view text = Trim(line);
    if (text.empty()) continue;
    if (in_enabled_providers) {
      if (indent >= 4) {
        if (text == "gps" || text == "network") provider_on = scope.Make(true, line);
        continue;
      }
      in_enabled_providers = false;
    }
    if (in_setting) {
      int user = 0;
      if (Eat(text, "[u")) {
        const auto number = LeadingInt(text);
        const std::size_t close = text.find(']');
        if (number && *number >= 0 && *number < 100'000 && close != std::string_view::npos) {
          user = static_cast<int>(*number);
          if (const auto on = ParseBool(text.substr(close + 1)))
            state.switches.location_on[user] = scope.Make(*on, line), saw_mode = true;
        }
        continue;
      }
      in_setting = false;
    }
    if (text.front() == 'L') {
      if (Eat(text, "Location Setting:") || Eat(text, "Location mode:") ||
          Eat(text, "Location mode =")) {
        text = Trim(text);
        if (const auto on = ParseBool(text)) {
          state.switches.location_on[0] = scope.Make(*on, line);
          saw_mode = true;
        } else {
          in_setting = text.empty();
        }
      }
    } else if (text == "Enabled Providers:") {
      in_enabled_providers = saw_providers = true;
      provider_on = scope.Make(false, line);
    }
  }
  if (!saw_mode && saw_providers) state.switches.location_on[0] = provider_on;
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
