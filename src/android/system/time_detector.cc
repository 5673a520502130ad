// dumpsys time_detector and time_zone_detector (Android 12 and later): is the clock set by the
// network? Their logs repeat old configurations; only the current one counts.
#include "android/system/parsers.h"

namespace bk::android::system {
namespace {

void Take(Scope& scope, Maybe<bool>& into) {
  std::string_view rest = scope.section.body;
  std::string_view line;
  while (NextLine(rest, line)) {
    std::string_view text = Trim(line);
    if (!text.starts_with("mCurrentConfigurationInternal=") &&
        !text.starts_with("mConfigurationInternal="))
      continue;
    // Android 14's clock leaves out the last word, its time zone does not.
    auto value = Value(text, "mAutoDetectionEnabledSetting");
    if (!value) value = Value(text, "mAutoDetectionEnabled");
    if (const auto on = value ? ParseBool(*value) : std::nullopt) into = scope.Make(*on, line);
    return;
  }
}

}  // namespace

void ParseTimeDetector(const Section& section, SystemState& state) {
  Scope scope(section, state);
  if (!state.switches.auto_time) Take(scope, state.switches.auto_time);
}

void ParseTimeZoneDetector(const Section& section, SystemState& state) {
  Scope scope(section, state);
  if (!state.switches.auto_time_zone) Take(scope, state.switches.auto_time_zone);
}

}  // namespace bk::android::system
