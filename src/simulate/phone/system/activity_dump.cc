// `dumpsys activity`: services, exit-info, processes, background restrictions, Samsung's MARs.
// Shapes: phones of Android 8.1, 9, 14, 15; AOSP, ActiveServices.java, ProcessRecord.java,
// AppExitInfoTracker.java, AppRestrictionController.java.
#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <map>
#include <string>
#include <vector>

#include "simulate/phone/clock_text.h"
#include "simulate/phone/system/names.h"
#include "simulate/phone/system/state.h"
#include "simulate/phone/system/system_programs.h"

namespace bk::simulate {
namespace {

std::string Ago(const Android& phone, std::chrono::microseconds since) {
  const std::string text =
      DurationText(std::chrono::duration_cast<std::chrono::milliseconds>(phone.clock.boot - since));
  return text == "0" ? "-0" : "-" + text.substr(1);
}

std::string RecordText(const std::string& name, const Process& process, int uid) {
  return fmt::format("ProcessRecord{{{} {}:{}/{}}}", HashText(name + std::to_string(process.pid)),
                     process.pid, name == "android" ? "system" : name, UidText(uid));
}

// A companion's own service is in the foreground while its process runs and it may be.
void ServiceRecord(std::string& out, const Android& phone, const std::string& name,
                   const Package& package, const Process* process, std::string_view cls,
                   std::string_view action, bool foreground) {
  const auto to = std::back_inserter(out);
  const std::string full = FullComponent(name, cls);
  fmt::format_to(to, "  * ServiceRecord{{{} u0 {}}}\n", HashText(full), Component(name, cls));
  fmt::format_to(to, "    intent={{{}{}cmp={}}}\n", action.empty() ? "" : "act=",
                 action.empty() ? std::string() : std::string(action) + " ", Component(name, cls));
  fmt::format_to(to,
                 "    packageName={0}\n    processName={0}\n    baseDir={1}/base.apk\n"
                 "    dataDir=/data/user/0/{0}\n",
                 name, package.code_path);
  fmt::format_to(to, "    app={}\n",
                 process == nullptr ? "null" : RecordText(name, *process, package.uid));
  if (phone.flavour.sdk >= kAndroid12)
    fmt::format_to(to,
                   "    allowWhileInUsePermissionInFgs=true\n    recentCallingPackage={}\n"
                   "    allowStartForeground={}\n",
                   name, phone.flavour.sdk >= kAndroid14 ? "PROC_STATE_TOP" : "10");
  if (foreground)
    fmt::format_to(to,
                   "    isForeground=true foregroundId=110 foregroundNoti="
                   "Notification(channel=service)\n");
  const std::string ago = process == nullptr ? "-0" : Ago(phone, process->since);
  fmt::format_to(to,
                 "    createTime={0} startingBgTimeout=--\n    lastActivity={0} restartTime={0} "
                 "createdFromFg=true\n",
                 ago);
  out +=
      "    startRequested=true delayedStop=false stopIfKilled=false callStart=true "
      "lastStartId=1\n\n";
}

std::string Services(const Android& phone, const std::string& only) {
  std::string out =
      "ACTIVITY MANAGER SERVICES (dumpsys activity services)\n  User 0 active "
      "services:\n";
  bool any = false;
  for (const auto& [name, process] : phone.life.processes) {
    const Package* package = FindPackage(phone.system, name);
    if (package == nullptr || (!only.empty() && only != name)) continue;
    const bool fgs_allowed = OpMode(*package, "START_FOREGROUND") == "allow";
    if (!package->service.empty()) {
      ServiceRecord(out, phone, name, *package, &process, package->service, "", fgs_allowed);
      any = true;
    } else if (package->system) {
      ServiceRecord(out, phone, name, *package, &process, ".CoreService", "", false);
      any = true;
    }
    if (!package->listener.empty() &&
        phone.traces.live_listeners.contains(FullComponent(name, package->listener))) {
      ServiceRecord(out, phone, name, *package, &process, package->listener,
                    "android.service.notification.NotificationListenerService", false);
      any = true;
    }
  }
  if (!any) out += "  (nothing)\n";
  return out;
}

struct Named {
  int number;
  std::string_view name;
};
constexpr Named kReasons[] = {{1, "EXIT_SELF"},
                              {2, "SIGNALED"},
                              {3, "LOW_MEMORY"},
                              {4, "APP CRASH(EXCEPTION)"},
                              {5, "APP CRASH(NATIVE)"},
                              {6, "ANR"},
                              {7, "INITIALIZATION FAILURE"},
                              {8, "PERMISSION CHANGE"},
                              {9, "EXCESSIVE RESOURCE USAGE"},
                              {10, "USER REQUESTED"},
                              {11, "USER STOPPED"},
                              {12, "DEPENDENCY DIED"},
                              {13, "OTHER KILLS BY SYSTEM"},
                              {14, "FREEZER"},
                              {15, "STATE CHANGE"},
                              {16, "PACKAGE UPDATED"}};
constexpr Named kSubreasons[] = {
    {0, "UNKNOWN"},          {2, "TOO MANY CACHED PROCS"}, {3, "TOO MANY EMPTY PROCS"},
    {6, "MEMORY PRESSURE"},  {7, "EXCESSIVE CPU USAGE"},   {18, "CACHED IDLE FORCED APP STANDBY"},
    {21, "FORCE STOP"},      {22, "REMOVE TASK"},          {23, "STOP APP"},
    {24, "KILL BACKGROUND"}, {25, "PACKAGE UPDATE"},       {1'001, "MARS KILL"}};
template <std::size_t kCount>
std::string_view NameOf(const Named (&names)[kCount], int number) {
  for (const Named& one : names)
    if (one.number == number) return one.name;
  return "UNKNOWN";
}

std::string ExitInfo(const Android& phone, const std::string& only) {
  std::string out = "ACTIVITY MANAGER PROCESS EXIT INFO (dumpsys activity exit-info)\n";
  const auto to = std::back_inserter(out);
  fmt::format_to(to, "Last Timestamp of Persistence Into Persistent Storage: {}\n",
                 LocalTime(phone.clock));
  for (const auto& [name, exits] : phone.traces.exits) {
    const Package* package = FindPackage(phone.system, name);
    if (package == nullptr || (!only.empty() && only != name)) continue;
    const int uid = package->uid;
    fmt::format_to(to, "  package: {}\n    Historical Process Exit for uid={}\n", name, uid);
    for (std::size_t i = 0; i < exits.size(); ++i) {
      const ProcessExit& e = exits[i];
      const std::string when = LocalTime(phone.clock, e.at);
      const std::string_view reason = NameOf(kReasons, e.reason);
      const std::string_view sub = NameOf(kSubreasons, e.subreason);
      fmt::format_to(to, "        ApplicationExitInfo #{}:\n", i);
      if (phone.flavour.sdk >= kAndroid13)
        fmt::format_to(to,
                       "          timestamp={} pid={} realUid={} packageUid={} definingUid={} "
                       "user=0\n          process={} reason={} ({}) subreason={} ({}) status=0\n"
                       "          importance={} pss=0.00 rss=98MB description={} state=empty "
                       "trace=null\n",
                       when, e.pid, uid, uid, uid, name, e.reason, reason, e.subreason, sub,
                       e.importance, e.description);
      else
        fmt::format_to(to,
                       "          timestamp={}\n          pid={}\n          realUid={}\n"
                       "          packageUid={}\n          definingUid={}\n          user=0\n"
                       "          process={}\n          reason={} ({})\n{}          status=0\n"
                       "          importance={}\n          pss=0.00\n          rss=98MB\n"
                       "          description={}\n          state=empty\n          trace=null\n",
                       when, e.pid, uid, uid, uid, name, e.reason, reason,
                       phone.flavour.sdk >= kAndroid12
                           ? fmt::format("          subreason={} ({})\n", e.subreason, sub)
                           : std::string(),
                       e.importance, e.description);
    }
  }
  return out;
}

std::string Processes(const Android& phone, const std::string& only) {
  std::string out = "ACTIVITY MANAGER RUNNING PROCESSES (dumpsys activity processes)\n";
  const auto to = std::back_inserter(out);
  out += only.empty() ? "  All known processes:\n" : "";
  std::size_t count = 0;
  for (const auto& [name, process] : phone.life.processes) {
    const Package* package = FindPackage(phone.system, name);
    if (package == nullptr || (!only.empty() && only != name)) continue;
    ++count;
    const int adj = process.foreground ? 0 : package->system ? -800 : 200;
    fmt::format_to(to, "  *{}* UID {} {}\n",
                   package->system && package->uid < 10'000 ? "PERS" : "APP", package->uid,
                   RecordText(name, process, package->uid));
    fmt::format_to(
        to,
        "    user #0 uid={0} gids={{50{1:03}, 20{1:03}, 9997, 3003}}\n"
        "    requiredAbi=arm64-v8a instructionSet=null\n    dir={2}/base.apk "
        "publicDir={2}/base.apk data=/data/user/0/{3}\n    packageList={{{3}}}\n"
        "    compat={{420dpi}}\n    thread=android.app.IApplicationThread$Stub$Proxy@{4}\n"
        "    pid={5} starting=false\n    lastActivityTime={6} lastPssTime=-1m2s3ms "
        "pssStatType=0 nextPssTime=+8m57s\n",
        package->uid, package->uid % 1'000, package->code_path, name, HashText(name + "t"),
        process.pid, Ago(phone, process.since));
    fmt::format_to(to,
                   "    oom adj: max=1001 curRaw={0} setRaw={0} cur={0} set={0}\n"
                   "    curSchedGroup=2 setSchedGroup=2 systemNoUi=false trimMemoryLevel=0\n"
                   "    curProcState={1} mRepProcState={1} setProcState={1} lastStateTime={2}\n"
                   "    hasShownUi={3} pendingUiClean=false\n",
                   adj, process.foreground ? 2 : 4, Ago(phone, process.since), process.foreground);
    if (phone.flavour.sdk >= kAndroid12)
      out +=
          "    lastCompactTime=0 lastCompactProfile=NONE\n    hasPendingCompaction=false    "
          "isFreezeExempt=false isPendingFreeze=false isFrozen=false\n";
  }
  if (!only.empty()) return count == 0 ? out + "  (nothing)\n" : out;
  fmt::format_to(to,
                 "\n  Process LRU list (sorted by oom_adj, {} total, non-act at 1, non-svc at "
                 "1):\n",
                 count);
  std::size_t number = 0;
  for (const auto& [name, process] : phone.life.processes) {
    const Package* package = FindPackage(phone.system, name);
    if (package == nullptr) continue;
    const bool persistent = package->uid < 10'000;
    fmt::format_to(to, "    {} #{:2}: {:6} F/ /{}  t: 0 {}:{}/{} ({})\n",
                   persistent ? "PERS" : "Proc", number++,
                   persistent           ? "pers"
                   : process.foreground ? "fg"
                                        : "prcp",
                   persistent           ? "PER "
                   : process.foreground ? "TOP "
                                        : "FGS ",
                   process.pid, name == "android" ? "system" : name, UidText(package->uid),
                   persistent           ? "fixed"
                   : process.foreground ? "top-activity"
                                        : "fg-service");
  }
  out += "\n  mHomeProcess: null\n  mPreviousProcess: null\n";
  return out;
}

std::string Restrictions(const Android& phone) {
  std::string out = "APP BACKGROUND RESTRICTIONS\n  BACKGROUND RESTRICTION LEVEL SETTINGS\n";
  const auto to = std::back_inserter(out);
  std::size_t number = 0;
  for (const auto& [name, package] : phone.system.packages)
    fmt::format_to(
        to,
        "    #{} RestrictionLevel{{{}:{}/{}}} {}({}) levelChange=-3h12m effectiveExemption={}\n",
        number++, HashText(name + "b"), name, UidText(package.uid),
        package.uid < 10'000 ? "exempted" : BackgroundLevel(phone.system, name),
        package.uid < 10'000 ? "d" : "u-su", package.uid < 10'000 ? "SYSTEM_UID" : "DENIED");
  return out;
}

// Read off One UI's own dump: one line for each app that its battery care looks after.
std::string Mars(const Android& phone) {
  std::string out = "ACTIVITY MANAGER MARs (dumpsys activity mars)\n";
  const auto to = std::back_inserter(out);
  std::size_t count = 0;
  for (const auto& [name, package] : phone.system.packages) count += !package.system;
  fmt::format_to(to, "  mMARsTargetPackages --- size {}\n", count);
  for (const auto& [name, package] : phone.system.packages)
    if (!package.system)
      fmt::format_to(
          to,
          "    -RST 0-PT 0-ST 0-SC F-DT 0-DR 0-DD F-Uid {}-Idle(false)-FAS {}/type({})-BU "
          "0-Pkg {}--\n",
          package.uid, package.asleep ? 'Y' : 'N', package.asleep ? "A" : "-", name);
  out += "  mMARsRestrictedPackages\n";
  for (const auto& [name, package] : phone.system.packages)
    if (package.asleep) fmt::format_to(to, "    {} 0\n", name);
  return out;
}

std::string Filler(const Android& phone) {
  std::string out =
      "ACTIVITY MANAGER SETTINGS (dumpsys activity settings) "
      "activity_manager_constants:\n  max_cached_processes=32\n"
      "  background_settle_time=60000\n  fgservice_min_shown_time=2000\n\n"
      "ACTIVITY MANAGER PENDING INTENTS (dumpsys activity intents)\n";
  const auto to = std::back_inserter(out);
  for (const auto& [name, package] : phone.system.packages)
    fmt::format_to(to, "  * {}: {} items\n    #0: PendingIntentRecord{{{} {} broadcastIntent}}\n",
                   name, 1, HashText(name + "i"), name);
  out +=
      "\nACTIVITY MANAGER BROADCAST STATE (dumpsys activity broadcasts)\n  Registered Receivers:\n";
  for (const auto& [name, package] : phone.system.packages)
    fmt::format_to(to,
                   "  * ReceiverList{{{0} 1500 {1}/{2}/u0 remote:{3}}}\n    app=1500:{1}/{2} "
                   "pid=1500 uid={2} user=0\n    Filter #0: BroadcastFilter{{{4}}}\n      Action: "
                   "\"android.intent.action.USER_PRESENT\"\n",
                   HashText(name + "q"), name, package.uid, HashText(name + "w"),
                   HashText(name + "v"));
  return out + "\n";
}

Said Dump(const Call& call) {
  const Android& phone = call.phone;
  std::vector<std::string> words;
  for (const std::string& word : call.words)
    if (!word.starts_with('-')) words.push_back(word);
  const std::string part = words.empty() ? "" : words[0];
  const std::string only = words.size() > 1 ? words[1] : "";
  if (part == "services" || part == "s") return Out(Services(phone, only));
  if (part == "processes" || part == "p") return Out(Processes(phone, only));
  if (part == "exit-info")
    return phone.flavour.sdk >= kAndroid11
               ? Out(ExitInfo(phone, only))
               : Out("Bad activity command, or no activities match: exit-info\n");
  if (part == "mars" && phone.flavour.maker == Maker::kSamsung) return Out(Mars(phone));
  if (part == "bg" || part == "app-restriction")
    return phone.flavour.sdk >= kAndroid13 ? Out(Restrictions(phone)) : Out({});
  if (!part.empty())
    return Out(fmt::format("Bad activity command, or no activities match: {}\n", part));
  constexpr std::string_view kRule =
      "-------------------------------------------------------------------------------\n";
  std::string out = Filler(phone);
  out += std::string(kRule) + Services(phone, "");
  if (phone.flavour.sdk >= kAndroid11) out += std::string(kRule) + ExitInfo(phone, "");
  out += std::string(kRule) + Processes(phone, "");
  if (phone.flavour.sdk >= kAndroid13) out += std::string(kRule) + Restrictions(phone);
  if (phone.flavour.maker == Maker::kSamsung) out += std::string(kRule) + Mars(phone);
  Said said = Out(std::move(out));
  said.took = std::chrono::milliseconds(350);
  return said;
}

}  // namespace

void AddActivityDump(Programs& programs) { programs.Add("dumpsys activity", Dump); }

}  // namespace bk::simulate
