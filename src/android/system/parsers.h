// The parsers of this room, one output each; table.cc says which section each reads. All of them
// skip what they do not know, keep what they know with its place, and count blocks seen against
// blocks understood.
#pragma once

#include "android/section.h"
#include "android/system/scope.h"
#include "android/system/system_state.h"

namespace bk::android::system {

void ParseHeader(const Section& section, SystemState& state);          // a report's first lines
void ParseUptime(const Section& section, SystemState& state);          // uptime
void ParseDate(const Section& section, SystemState& state);            // date '+%Y-%m-%d %H:%M:%S'
void ParseProperties(const Section& section, SystemState& state);      // getprop
void ParseSettings(const Section& section, SystemState& state);        // dumpsys settings
void ParseSettingsAnswer(const Section& section, SystemState& state);  // settings list | get
void ParseAppOps(const Section& section, SystemState& state);
void ParseAppOpsAnswer(const Section& section, SystemState& state);  // appops get PKG [OP]
void ParseDeviceIdle(const Section& section, SystemState& state);
void ParseDeviceIdleAnswer(const Section& section, SystemState& state);  // cmd deviceidle …
void ParseUsageStats(const Section& section, SystemState& state);
void ParseBucketAnswer(const Section& section, SystemState& state);  // am get-standby-bucket PKG
void ParseRestrictionAnswer(const Section& section,
                            SystemState& state);  // am get-bg-restriction-level PKG
void ParseNetPolicy(const Section& section, SystemState& state);
void ParseNetPolicyAnswer(const Section& section, SystemState& state);  // cmd netpolicy get | list
void ParsePower(const Section& section, SystemState& state);
void ParseBattery(const Section& section, SystemState& state);
void ParseLocation(const Section& section, SystemState& state);
void ParseLocationAnswer(const Section& section,
                         SystemState& state);  // cmd location is-location-enabled
void ParseNotification(const Section& section, SystemState& state);
void ParseActivity(const Section& section, SystemState& state);
void ParseAlarm(const Section& section, SystemState& state);
void ParseJobs(const Section& section, SystemState& state);
void ParseConnectivity(const Section& section, SystemState& state);
void ParseDevicePolicy(const Section& section, SystemState& state);
void ParseUsers(const Section& section, SystemState& state);
void ParseBatteryStats(const Section& section, SystemState& state);
void ParseTimeDetector(const Section& section, SystemState& state);
void ParseTimeZoneDetector(const Section& section, SystemState& state);

// Parts of `dumpsys activity`, by their headings; `part` is a view into the body.
void ParseExitInfo(Scope& scope, std::string_view part);
void ParseServices(Scope& scope, std::string_view part);
void ParseProcesses(Scope& scope, std::string_view part);
void ParseRestrictionLevels(Scope& scope, std::string_view part);
void ParseMars(Scope& scope, std::string_view part);  // Samsung

// The n-th word of a live command, and the last; "dumpsys activity exit-info PKG".
std::string_view CommandWord(std::string_view command, std::size_t index);
std::string_view LastCommandWord(std::string_view command);
// The command of a live output: between the brackets, or the title itself.
std::string_view CommandOf(const Section& section);
// Gives one setting's value to the state, by its space ("global") and key. True when it is kept.
bool TakeSetting(Scope& scope, std::string_view space, int user, std::string_view key,
                 std::string_view value, std::string_view line);

}  // namespace bk::android::system
