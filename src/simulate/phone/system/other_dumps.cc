// Smaller services: companiondevice, alarm, jobscheduler, device_policy, user, window,
// time_detector, batterystats' heading, and their commands. Shapes: phones of Android 8.1 and 14;
// AOSP.
#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <string>
#include <vector>

#include "base/text.h"
#include "simulate/phone/clock_text.h"
#include "simulate/phone/system/names.h"
#include "simulate/phone/system/refusal.h"
#include "simulate/phone/system/state.h"
#include "simulate/phone/system/system_programs.h"

namespace bk::simulate {
namespace {

std::string Lower(std::string text) {
  std::ranges::transform(text, text.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
  });
  return text;
}

Said CompanionDump(const Call& call) {
  const auto& all = call.phone.system.associations;
  if (call.sdk() < kAndroid12 && all.empty()) return Out({});
  std::string out;
  const auto to = std::back_inserter(out);
  if (call.sdk() < kAndroid13) {
    out = "Companion Device Associations:\n";
    for (const Association& one : all)
      fmt::format_to(to, "  u0: {} - {}\n", one.package, Lower(one.address));
    return Out(std::move(out));
  }
  out = all.empty() ? "Companion Device Associations: <empty>\n"
                    : "Companion Device Associations: \n";
  int id = 1;
  for (const Association& one : all)
    fmt::format_to(to,
                   "  Association{{mId={}, mUserId=0, mPackageName='{}', mDeviceMacAddress={}, "
                   "mDisplayName='null', mDeviceProfile='null', mSelfManaged=false, "
                   "mNotifyOnDeviceNearby=false, mRevoked=false, mTimeApprovedMs=0, "
                   "mLastTimeConnectedMs=None}}\n",
                   id++, one.package, Lower(one.address));
  out +=
      "Companion Device Present: <empty>\nCompanion Device Application Controller: \n"
      "  Bound Companion Applications: <empty>\n"
      "  Companion Applications Scheduled For Rebinding: <empty>\n";
  return Out(std::move(out));
}

Said CompanionCommand(const Call& call) {
  const std::string_view verb = call.word(0);
  auto& all = call.phone.system.associations;
  if (verb == "list") {
    std::string out;
    for (const Association& one : all)
      out += fmt::format("{} {}\n", one.package, Lower(one.address));
    return Out(std::move(out));
  }
  if ((verb == "associate" || verb == "disassociate") && call.words.size() >= 4) {
    const Association one{std::string(call.word(2)), Lower(std::string(call.word(3)))};
    std::erase(all, one);
    if (verb == "associate") all.push_back(one);
    return Out({});
  }
  if (verb.empty() || verb == "help")
    return Out("Companion Device Manager (companiondevice) commands:\n  help\n");
  return {.out = fmt::format("Unknown command: {}\n", verb), .exit = 255};
}

// Who is held back from running: what the app-state tracker goes by.
std::vector<std::pair<std::string, int>> Restricted(const System& system) {
  std::vector<std::pair<std::string, int>> names;
  for (const auto& [name, package] : system.packages) {
    const std::string mode = OpMode(package, "RUN_ANY_IN_BACKGROUND");
    if (mode == "ignore" || mode == "deny") names.emplace_back(name, package.uid);
  }
  return names;
}

Said AlarmDump(const Call& call) {
  const Android& phone = call.phone;
  const int sdk = phone.flavour.sdk;
  std::string out = "Current Alarm Manager state:\n  Settings:\n";
  const auto to = std::back_inserter(out);
  out +=
      "    min_futurity=+5s0ms\n    min_interval=+1m0s0ms\n    listener_timeout=+5s0ms\n"
      "    allow_while_idle_whitelist_duration=+10s0ms\n\n";
  std::string user_ids;
  for (const std::string& name : phone.system.doze_exempt)
    if (const Package* package = FindPackage(phone.system, name))
      user_ids += fmt::format("{}{}", user_ids.empty() ? "" : ", ", package->uid);
  if (sdk >= kAndroid9) {
    const std::string_view pad = sdk >= kAndroid12 ? "    " : "  ";
    if (sdk >= kAndroid12) {
      fmt::format_to(to, "  App Standby Parole: {}\n\n  Current AppStateTracker State:\n",
                     phone.system.plugged);
    } else {
      fmt::format_to(to, "{}Forced App Standby Feature enabled: true\n", pad);
    }
    fmt::format_to(to, "{}Force all apps standby: {}\n{}Small Battery Device: false\n", pad,
                   BatterySaver(phone.system), pad);
    fmt::format_to(to, "{}Plugged In: {}\n{}Active uids: [", pad, phone.system.plugged, pad);
    bool first = true;
    for (const auto& [name, process] : phone.life.processes)
      if (const Package* package = FindPackage(phone.system, name);
          package && package->uid >= 10'000) {
        fmt::format_to(to, "{}{}", first ? "" : " ", UidText(package->uid));
        first = false;
      }
    fmt::format_to(to, "]\n{}{} appids: [{}]\n", pad,
                   sdk >= kAndroid12 ? "User power-save exemption list" : "User whitelist",
                   user_ids);
    fmt::format_to(to, "{}Restricted packages:\n", pad);
    for (const auto& [name, uid] : Restricted(phone.system))
      fmt::format_to(to, "{}  {} {}\n", pad, UidText(uid), name);
    out += '\n';
  } else {
    fmt::format_to(to, "  mDeviceIdleUserWhitelist=[{}]\n", user_ids);
  }
  fmt::format_to(to, "  nowRTC={}={} nowELAPSED={}\n", phone.clock.wall.count() / 1'000,
                 LocalTime(phone.clock, false), phone.clock.boot.count() / 1'000);
  out += "  Next alarm clock information: \n\n";
  fmt::format_to(to, "  {} pending alarms:\n", phone.life.processes.size());
  for (const auto& [name, process] : phone.life.processes)
    fmt::format_to(to,
                   "    ELAPSED_WAKEUP #0: Alarm{{{0} type 2 when 215596 {1}}}\n"
                   "      tag=*walarm*:{1}.SYNC\n      type=2 whenElapsed=+7s888ms when=+7s888ms\n"
                   "      window=0 repeatInterval=0 count=0 flags=0x5\n",
                   HashText(name + "A"), name);
  return Out(std::move(out));
}

Said JobDump(const Call& call) {
  const Android& phone = call.phone;
  const int sdk = phone.flavour.sdk;
  std::string only;
  for (const std::string& word : call.words)
    if (!word.starts_with('-')) only = word;
  std::string out = sdk >= kAndroid12 ? "Settings:\n  min_ready_non_active_jobs_count=5 \n"
                                        "  heavy_use_factor=0.9 \n  enable_api_quotas=true \n\n"
                                      : "  Settings:\n    min_idle_count=1\n"
                                        "    heavy_use_factor=0.9\n    fg_job_count=4\n\n";
  const auto to = std::back_inserter(out);
  std::size_t count = 0;
  for (const auto& [name, package] : phone.system.packages)
    count += !package.system && (only.empty() || only == name);
  fmt::format_to(to, "Started users: [0]\nRegistered {} jobs:\n", count);
  for (const auto& [name, package] : phone.system.packages) {
    if (package.system || (!only.empty() && only != name)) continue;
    const std::string mode = OpMode(package, "RUN_ANY_IN_BACKGROUND");
    const bool free = (mode == "allow" || mode == "default") &&
                      (!BatterySaver(phone.system) || phone.system.doze_exempt.contains(name));
    const int bucket = Bucket(phone.system, name);
    const std::string_view bucket_name = bucket <= 5    ? "EXEMPTED"
                                         : bucket <= 10 ? "ACTIVE"
                                         : bucket <= 20 ? "WORKING_SET"
                                         : bucket <= 30 ? "FREQUENT"
                                         : bucket <= 40 ? "RARE"
                                         : bucket <= 45 ? "RESTRICTED"
                                                        : "NEVER";
    const std::string uid = sdk >= kAndroid9 ? UidText(package.uid) : std::to_string(package.uid);
    fmt::format_to(to,
                   "  JOB #{0}/12: {1} {2}/androidx.work.impl.background.systemjob."
                   "SystemJobService\n    {0} tag=*job*/{2}/androidx.work\n    Source: uid={0} "
                   "user=0 pkg={2}\n    JobInfo:\n      Service: {2}/androidx.work.impl.background."
                   "systemjob.SystemJobService\n      Requires: charging=false batteryNotLow=false "
                   "deviceIdle=false\n    Required constraints: TIMING_DELAY DEADLINE\n"
                   "    Satisfied constraints: DEVICE_NOT_DOZING {3}\n    Unsatisfied "
                   "constraints: TIMING_DELAY DEADLINE{4}\n",
                   uid, HashText(name + "J"), name, free ? "BACKGROUND_NOT_RESTRICTED" : "",
                   free ? "" : " BACKGROUND_NOT_RESTRICTED");
    if (sdk >= kAndroid9)
      fmt::format_to(to,
                     "    Uid: idle\n    Implicit constraints:\n      readyNotDozing: {}\n"
                     "      readyNotRestrictedInBg: {}\n    Standby bucket: {}\n",
                     !phone.system.doze_forced, free, bucket_name);
    out += "    Enqueue time: -3m15s33ms\n    Run time: earliest=+4m, latest=none\n";
    fmt::format_to(to,
                   "    Ready: false (job=false user=true !pending=true !active=true "
                   "!backingup=true comp=true)\n\n");
  }
  Said said = Out(std::move(out));
  said.took = std::chrono::milliseconds(120);
  return said;
}

Said DevicePolicyDump(const Call& call) {
  std::string out = "Current Device Policy Manager state:\n";
  if (call.sdk() >= kAndroid12)
    out +=
        "  Immutable state:\n    mHasFeature=true\n    mIsWatch=false\n    mIsAutomotive=false\n"
        "    mHasTelephonyFeature=true\n    mSafetyChecker=null\n  \n";
  return Out(out +
             "  \n  Enabled Device Admins (User 0, provisioningState: 0):\n  \n"
             "    mPasswordOwner=-1\n\n  Encryption Status: per-user\n");
}

Said UserDump(const Call& call) {
  std::string out = call.sdk() >= kAndroid10 ? "Current user: 0\n\n" : "";
  out += "Users:\n  UserInfo{0:null:c13} serialNo=0 isPrimary=true\n";
  if (call.sdk() >= kAndroid12)
    out +=
        "    Type: android.os.usertype.full.SYSTEM\n    Flags: 3091 "
        "(ADMIN|FULL|INITIALIZED|PRIMARY|SYSTEM)\n";
  return Out(
      out +
      "    State: RUNNING_UNLOCKED\n    Created: <unknown>\n    Last logged in: +1d ago\n"
      "    Has profile owner: false\n    Restrictions:\n      none\n    Effective "
      "restrictions:\n      none\n\n  Device managed: false\n  Started users state: {0=3}\n\n"
      "  Max users: 4\n  Supports switchable users: true\n");
}

Said WindowDump(const Call& call) {
  const System& system = call.phone.system;
  const std::string page =
      call.phone.traces.page.empty() ? "com.android.launcher/.Launcher" : call.phone.traces.page;
  return Out(fmt::format(
      "WINDOW MANAGER POLICY STATE (dumpsys window policy)\n    mSystemReady=true "
      "mSystemBooted=true\n    mAwake={0} mScreenOnEarly={0} mScreenOnFully={0}\n"
      "    mShowingDream=false mDreamingLockscreen={1}\n    KeyguardServiceDelegate\n"
      "      showing={1}\n      inputRestricted={1}\n      mIsShowing={1}\n"
      "WINDOW MANAGER WINDOWS (dumpsys window windows)\n  mCurrentFocus=Window{{{2} u0 {3}}}\n"
      "  mFocusedApp=ActivityRecord{{{2} u0 {3} t12}}\n",
      system.screen_on, system.locked, HashText(page), system.locked ? "NotificationShade" : page));
}

Said TimeDetectorDump(const Call& call) {
  const bool automatic = Setting(call.phone.system, "global", "auto_time") == "1";
  if (call.sdk() < kAndroid14)
    return Out(
        fmt::format("TimeDetectorStrategy:\n  mEnvironment.isAutoTimeDetectionEnabled()={}\n"
                    "  mEnvironment.isDeviceTimeManaged()=true\n",
                    automatic));
  return Out(fmt::format(
      "TimeDetectorStrategy:\n  mCurrentConfigurationInternal=ConfigurationInternal{{"
      "mAutoDetectionSupported=true, mSystemClockUpdateThresholdMillis=2000, "
      "mOriginPriorities=[telephony,network], mAutoDetectionEnabledSetting={}, mUserId=0, "
      "mUserConfigAllowed=true}}\n",
      automatic));
}

Said ZoneDetectorDump(const Call& call) {
  return Out(fmt::format(
      "TimeZoneDetectorStrategy:\n  "
      "mCurrentConfigurationInternal=ConfigurationInternal{{mUserId=0, "
      "mUserConfigAllowed=true, mTelephonyDetectionSupported=true, "
      "mAutoDetectionEnabledSetting={}}}\n"
      "  mTimeZone.getID()={}\n",
      Setting(call.phone.system, "global", "auto_time_zone") == "1", call.phone.clock.zone));
}

Said TimeDetector(const Call& call) {
  if (call.word(0) == "is_auto_detection_enabled")
    return Out(fmt::format("{}\n", Setting(call.phone.system, "global", "auto_time") == "1"));
  return {.out = fmt::format("Unknown command: {}\n", call.word(0)), .exit = 255};
}

Said ZoneDetector(const Call& call) {
  if (call.word(0) == "is_auto_detection_enabled")
    return Out(fmt::format("{}\n", Setting(call.phone.system, "global", "auto_time_zone") == "1"));
  if (call.word(0) == "set_auto_detection_enabled") {
    PutSetting(call.phone.system, "global", "auto_time_zone", call.word(1) == "true" ? "1" : "0");
    return Out({});
  }
  return {.out = fmt::format("Unknown command: {}\n", call.word(0)), .exit = 255};
}

Said Alarm(const Call& call) {
  if (call.word(0) == "set-time") {
    const auto millis = ParseInt<std::int64_t>(call.word(1));
    constexpr std::int64_t kYear9999 = 253'402'300'799'000;
    if (!millis || *millis < 0 || *millis > kYear9999) return Err("Error: not a number\n");
    call.phone.clock.wall = std::chrono::milliseconds(*millis);
    return Out({});
  }
  if (call.word(0) == "set-timezone") {
    call.phone.clock.zone = call.word(1);
    call.phone.system.properties["persist.sys.timezone"] = call.phone.clock.zone;
    return Out({});
  }
  return {.out = fmt::format("Unknown command: {}\n", call.word(0)), .exit = 255};
}

}  // namespace

void AddOtherPrograms(Programs& programs) {
  programs.Add("dumpsys companiondevice", CompanionDump);
  programs.Add("cmd companiondevice", CompanionCommand, kAndroid9);
  programs.Add("dumpsys alarm", AlarmDump);
  programs.Add("cmd alarm", Alarm, kAndroid12);
  programs.Add("dumpsys jobscheduler", JobDump);
  programs.Add("dumpsys device_policy", DevicePolicyDump);
  programs.Add("dumpsys user", UserDump);
  programs.Add("dumpsys window", WindowDump);
  programs.Add("dumpsys time_detector", TimeDetectorDump, kAndroid12);
  programs.Add("dumpsys time_zone_detector", ZoneDetectorDump, kAndroid12);
  programs.Add("cmd time_detector", TimeDetector, kAndroid12);
  programs.Add("cmd time_zone_detector", ZoneDetector, kAndroid12);
}

}  // namespace bk::simulate
