#include "android/system/system_state.h"

namespace bk::android::system {

evidence::Where SystemState::WhereOf(Place place, AnyInstant time) const {
  evidence::Where where;
  if (place.origin < origins.size()) {
    where.file = origins[place.origin].file;
    where.member = origins[place.origin].member;
  }
  where.offset = place.offset;
  where.time = time;
  return where;
}

evidence::SourceKind SystemState::SourceOf(Place place) const {
  return place.origin < origins.size() ? origins[place.origin].source
                                       : evidence::SourceKind::kBugReport;
}

Place SystemState::StartOf(std::string_view name) const {
  for (std::size_t i = origins.size(); i > 0; --i) {
    const Origin& origin = origins[i - 1];
    if (origin.name == name || origin.name.find(name) != std::string::npos)
      return {static_cast<std::uint32_t>(i - 1), origin.start};
  }
  return {};
}

std::string_view OpModeName(OpMode mode) {
  constexpr std::array<std::string_view, 6> kNames{"allow",   "ignore",     "deny",
                                                   "default", "foreground", "ask"};
  return kNames[static_cast<std::size_t>(mode)];
}

std::string_view OpName(Op op) {
  constexpr std::array<std::string_view, 14> kNames{"RUN_IN_BACKGROUND",
                                                    "RUN_ANY_IN_BACKGROUND",
                                                    "START_FOREGROUND",
                                                    "WAKE_LOCK",
                                                    "FINE_LOCATION",
                                                    "COARSE_LOCATION",
                                                    "BLUETOOTH_SCAN",
                                                    "BLUETOOTH_CONNECT",
                                                    "POST_NOTIFICATION",
                                                    "SCHEDULE_EXACT_ALARM",
                                                    "AUTO_REVOKE_PERMISSIONS_IF_UNUSED",
                                                    "RECEIVE_BOOT_COMPLETED",
                                                    "MIUIOP(10008)",
                                                    "MIUIOP(10053)"};
  return kNames[static_cast<std::size_t>(op)];
}

}  // namespace bk::android::system
