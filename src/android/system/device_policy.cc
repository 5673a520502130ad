// dumpsys device_policy and dumpsys user: does somebody else manage this phone? Names of users and
// owners are not kept.
#include "android/system/parsers.h"

namespace bk::android::system {

void ParseDevicePolicy(const Section& section, SystemState& state) {
  Scope scope(section, state);
  std::string_view rest = section.body;
  std::string_view line;
  while (NextLine(rest, line)) {
    const std::string_view text = Trim(line);
    if (text.starts_with("Device Owner:") || text.starts_with("Device Owner :"))
      state.managed_device = scope.Make(true, line);
    else if (text.starts_with("Profile Owner"))
      state.work_profile = scope.Make(true, line);
  }
}

void ParseUsers(const Section& section, SystemState& state) {
  Scope scope(section, state);
  std::string_view rest = section.body;
  std::string_view line;
  while (NextLine(rest, line)) {
    std::string_view text = Trim(line);
    if (text == "Device managed: true" || text == "Device managed: false")
      state.managed_device = scope.Make(text.ends_with("true"), line);
    else if (text.starts_with("Type: ") && text.ends_with("profile.MANAGED"))
      state.work_profile = scope.Make(true, line);
  }
}

}  // namespace bk::android::system
