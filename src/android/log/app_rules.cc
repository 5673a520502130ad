// What the system does to processes: starts, ends, freezes, refusals. Wording: ProcessRecord.java,
// ActivityManagerService.java, ActiveServices.java, EventLogTags.logtags, lmkd.cpp,
// lowmemorykiller.c, debuggerd of Android 7 to 16; vendors' cleaners by their tags.
#include <array>

#include "android/dump_text.h"
#include "android/log/rules.h"
#include "base/text.h"

namespace bk::android::log {
namespace {

constexpr std::size_t kProcessesMax = 65'536;
constexpr std::size_t kCommChars = 15;  // of a process name, what the kernel keeps: its end

bool Has(std::string_view text, std::string_view part) {
  return text.find(part) != std::string_view::npos;
}

void Remember(RuleContext& context, int pid, std::string_view process) {
  const std::string_view package = context.Companion(process);
  if (package.empty())
    context.package_of_pid.erase(pid);  // process ids are used again
  else if (context.package_of_pid.size() < kProcessesMax)
    context.package_of_pid[pid] = std::string(package);
}

// Facts are kept of companions and of the Bluetooth process.
void SayProcess(FactKind kind, std::string_view process, std::string_view text,
                RuleContext& context) {
  if (IsBluetoothProcess(process)) {
    if (kind == FactKind::kAppCrashed || kind == FactKind::kAppNotResponding)
      context.say(FactKind::kStackCrash, kCrashByItsOwnWords, {}, {}, text);
    if (kind == FactKind::kAppDied) context.say(FactKind::kStackCrash, kProcessEnded, {}, {}, text);
    return;
  }
  const std::string_view package = context.Companion(process);
  if (!package.empty()) context.say(kind, 0, {}, package, text);
}

// A force stop kills in its own words: "stop com.example" (to Android 10), "stop com.example due to
// from pid 2233". Another word in place of "from pid" is a cleaner's name.
FactKind KindOfKill(std::string_view reason) {
  reason = Trim(reason);
  if (!Take(reason, "stop ") || reason.starts_with("user")) return FactKind::kAppKilled;
  const std::size_t cause = reason.find(" due to ");
  return cause == std::string_view::npos || reason.substr(cause + 8).starts_with("from pid")
             ? FactKind::kAppForceStopped
             : FactKind::kAppKilled;
}

// "Killing 1234:com.example:service/u0a143 (adj 900): empty #17"
void Killing(const LogLine& line, RuleContext& context) {
  const std::size_t at = line.message.find("Killing ");
  if (at == std::string_view::npos) return;  // the words stood in the tag
  std::string_view rest = line.message.substr(at + 8);
  if (Take(rest, "'")) {  // lowmemorykiller: "Killing 'e.health' (1234), adj 900,"
    SayProcess(FactKind::kAppKilled, rest.substr(0, rest.find('\'')), line.message, context);
    return;
  }
  const auto pid = TakeNumber(rest);
  if (!pid || !Take(rest, ":")) return;
  const std::size_t reason = rest.find("): ");
  SayProcess(
      reason == std::string_view::npos ? FactKind::kAppKilled : KindOfKill(rest.substr(reason + 3)),
      rest.substr(0, rest.find_first_of("/ ")), line.message, context);
}

// lmkd: "Kill 'com.example' (1234), uid 10143, oom_score_adj 900 to free 98304kB; reason: …"
void LmkdKill(const LogLine& line, RuleContext& context) {
  if (const auto process = After(line.message, "Kill '", "'"))
    SayProcess(FactKind::kAppKilled, *process, line.message, context);
}

// "Force stopping com.example appid=10143 user=0: from pid 2233"
void ForceStop(const LogLine& line, RuleContext& context) {
  if (const auto package = After(line.message, "Force stopping ", " ,:"))
    SayProcess(FactKind::kAppForceStopped, *package, line.message, context);
}

// "Process com.example (pid 1234) [(adj 9)] has died: cch+5 CEM"
void HasDied(const LogLine& line, RuleContext& context) {
  std::string_view rest = line.message;
  if (!Take(rest, "Process ")) return;
  const std::string_view process = TakeWord(rest);
  // A cached process that ends is the system's housekeeping.
  if (IsBluetoothProcess(process) && (Has(rest, ": cch") || Has(rest, "empty"))) return;
  SayProcess(FactKind::kAppDied, process, line.message, context);
}

// "Start proc 1299:com.example/u0a143 for service …"; before Android 5.1 "Start proc com.example
// for broadcast …: pid=1299 uid=…"
void StartProc(const LogLine& line, RuleContext& context) {
  std::string_view rest = line.message;
  if (!Take(rest, "Start proc ")) return;
  std::string_view process;
  int pid = -1;
  if (const auto number = TakeNumber(rest); number && Take(rest, ":") && *number < 1U << 30) {
    pid = static_cast<int>(*number);
    process = rest.substr(0, rest.find_first_of("/ "));
  } else {
    process = TakeWord(rest);
    pid = NumberAfter(rest, "pid=").value_or(-1);
  }
  if (pid >= 0) Remember(context, pid, process);
  SayProcess(FactKind::kAppStarted, process, line.message, context);
}

// "freezing 1234 com.example" (D ActivityManager)
void Freezing(const LogLine& line, RuleContext& context) {
  std::string_view rest = line.message;
  if (!Take(rest, "freezing ") || !TakeNumber(rest)) return;
  SayProcess(FactKind::kAppFrozen, TakeWord(rest), line.message, context);
}

// "ANR in com.example (com.example/.Main)"
void Anr(const LogLine& line, RuleContext& context) {
  std::string_view rest = line.message;
  if (!Take(rest, "ANR in ")) return;
  SayProcess(FactKind::kAppNotResponding, TakeWord(rest), line.message, context);
}

// AndroidRuntime, in the line after "FATAL EXCEPTION": "Process: com.example, PID: 1234"
void JavaCrash(const LogLine& line, RuleContext& context) {
  std::string_view rest = Trim(line.message);
  if (line.tag != "AndroidRuntime" || !Take(rest, "Process: ")) return;
  SayProcess(FactKind::kAppCrashed, rest.substr(0, rest.find(',')), line.message, context);
}

// "pid: 1009, tid: 1100, name: bt_main_thread  >>> com.android.bluetooth <<<"
void NativeCrash(const LogLine& line, RuleContext& context) {
  if (const auto process = After(line.message, ">>> ", "<"))
    SayProcess(FactKind::kAppCrashed, Trim(*process), line.message, context);
}

// "Fatal signal 6 (SIGABRT), code -1 in tid 1100 (bt_main_thread), pid 1009 (droid.bluetooth)"
void FatalSignal(const LogLine& line, RuleContext& context) {
  const std::size_t pid = line.message.rfind(", pid ");
  if (pid == std::string_view::npos) return;
  if (const auto name = After(line.message.substr(pid), "(", ")"))
    SayProcess(FactKind::kAppCrashed, *name, line.message, context);
}

// "am_kill : [0,1234,com.example,900,empty #17]": the fields, the last one with all that follows;
// `-v descriptive` writes "Name=value".
std::array<std::string_view, 8> EventFields(std::string_view list, std::size_t wanted) {
  std::array<std::string_view, 8> fields{};
  if (!Take(list, "[")) return fields;
  if (list.ends_with("]")) list.remove_suffix(1);
  for (std::size_t i = 0; i < wanted; ++i) {
    const std::size_t comma = i + 1 == wanted ? std::string_view::npos : list.find(',');
    fields[i] = list.substr(0, comma);
    if (const std::size_t name = fields[i].find('='); name != std::string_view::npos && name < 24)
      fields[i].remove_prefix(name + 1);
    if (comma == std::string_view::npos) break;
    list.remove_prefix(comma + 1);
  }
  return fields;
}

void AmEvent(const LogLine& line, RuleContext& context) {
  // Which field names the process: EventLogTags.logtags of the activity manager.
  struct Tag {
    std::string_view name;
    std::size_t process;
    std::size_t fields;
    FactKind kind;
  };
  static constexpr Tag kTags[] = {
      {"am_kill", 2, 5, FactKind::kAppKilled},        {"am_proc_died", 2, 5, FactKind::kAppDied},
      {"am_crash", 2, 8, FactKind::kAppCrashed},      {"am_anr", 2, 5, FactKind::kAppNotResponding},
      {"am_proc_start", 3, 6, FactKind::kAppStarted}, {"am_freeze", 1, 2, FactKind::kAppFrozen},
  };
  for (const Tag& tag : kTags) {
    if (line.tag != tag.name) continue;
    const auto fields = EventFields(Trim(line.message), tag.fields);
    // am_crash carries flags and a stack after the name: only what happened is kept.
    const std::string text = std::string(tag.name) + ": " + std::string(line.message);
    if (tag.kind == FactKind::kAppStarted)
      if (const auto pid = ParseInt<int>(fields[1])) Remember(context, *pid, fields[3]);
    if (tag.kind == FactKind::kAppDied && IsBluetoothProcess(fields[2]) && !fields[3].empty()) {
      const auto adj = ParseInt<int>(fields[3]);
      if (adj && *adj >= 900) return;  // cached: housekeeping
    }
    std::string_view process = fields[tag.process];
    SayProcess(tag.kind == FactKind::kAppKilled ? KindOfKill(fields[4]) : tag.kind, Trim(process),
               text, context);
    return;
  }
}

// "startForegroundService() not allowed due to mAllowStartForeground false: service com.x/.Y",
// "Background started FGS: Disallowed [callingPackage: com.x; …"
void ForegroundDenied(const LogLine& line, RuleContext& context) {
  std::string_view package;
  if (const auto service = After(line.message, "service ", "/"))
    package = *service;
  else if (const auto caller = After(line.message, "callingPackage: ", ";, ]"))
    package = *caller;
  if (package.empty() || package.size() > 200) package = context.Writer(line);
  SayProcess(FactKind::kForegroundServiceDenied, package, line.message, context);
}

// "Background start not allowed: service Intent { … } to com.x/.Y from pid=… uid=… pkg=com.x"
void BackgroundDenied(const LogLine& line, RuleContext& context) {
  std::string_view package;
  if (const auto target = After(line.message, "} to ", "/"))
    package = *target;
  else if (const auto component = After(line.message, "cmp=", "/"))
    package = *component;
  SayProcess(FactKind::kBackgroundStartDenied, package, line.message, context);
}

constexpr Rule kRules[] = {
    {"Killing ", Killing},
    {"Kill '", LmkdKill},
    {"Force stopping ", ForceStop},
    {" has died", HasDied},
    {"Start proc ", StartProc},
    {"freezing ", Freezing},
    {"ANR in ", Anr},
    {"Process: ", JavaCrash},
    {">>> ", NativeCrash},
    {"Fatal signal ", FatalSignal},
    {"am_kill", AmEvent},
    {"am_proc_died", AmEvent},
    {"am_crash", AmEvent},
    {"am_anr", AmEvent},
    {"am_proc_start", AmEvent},
    {"am_freeze", AmEvent},
    {"startForegroundService() not allowed", ForegroundDenied},
    {"startForeground() not allowed", ForegroundDenied},
    {"ForegroundServiceStartNotAllowedException", ForegroundDenied},
    {"Background started FGS: Disallowed", ForegroundDenied},
    {"Background start not allowed", BackgroundDenied},
    {"Background execution not allowed", BackgroundDenied},
};

}  // namespace

std::span<const Rule> AppRules() { return kRules; }

bool IsBluetoothProcess(std::string_view process) {
  process = Trim(process);
  const std::string_view package = process.substr(0, process.find(':'));
  return package == "com.android.bluetooth" || package == "com.google.android.bluetooth" ||
         package == "droid.bluetooth" ||  // the kernel's short forms of the two
         process.starts_with("android.hardware.bluetooth@") ||
         process.starts_with("/vendor/bin/hw/android.hardware.bluetooth");
}

std::string_view RuleContext::Companion(std::string_view process) const {
  process = Trim(process);
  const std::string_view package = process.substr(0, process.find(':'));
  if (package.empty()) return {};
  for (const evidence::CompanionApp& app : apps)
    for (const std::string& known : app.packages)
      if (package == known ||
          (package.size() == kCommChars && std::string_view(known).ends_with(package)))
        return known;
  return {};
}

std::string_view RuleContext::Writer(const LogLine& line) const {
  if (const auto known = package_of_pid.find(line.pid); known != package_of_pid.end())
    return known->second;
  for (const evidence::CompanionApp& app : apps) {
    if (app.packages.empty()) continue;
    for (const std::string& tag : app.log_tags)
      if (line.tag == tag) return app.packages.front();
    for (const std::string& package : app.packages)
      if (line.tag.starts_with(package)) return package;
    if (line.gadgetbridge && Has(app.packages.front(), "gadgetbridge")) return app.packages.front();
  }
  return {};
}

void ReadPackageLine(const LogLine& line, RuleContext& context) {
  // Power managers and cleaners of the vendors, by their tags (android-evidence.md 3.21).
  static constexpr std::string_view kCleaners[] = {
      "PowerKeeper", "ProcessManager", "ProcessPolicy", "SmartPower", "MiuiProcess", "MARs",
      "Freecess",    "HwActivity",     "iAware",        "PGServer",   "pg_",         "HwPfw",
      "Athena",      "athena",         "OppoClear",     "OplusHans",  "hans",        "OppoGuardElf",
      "OplusGuard",  "VivoPem",        "OnePlusStand"};
  bool cleaner = false;
  for (const std::string_view tag : kCleaners) cleaner = cleaner || line.tag.starts_with(tag);
  if (!cleaner) return;
  std::string_view package;
  for (const evidence::CompanionApp& app : context.apps)
    for (const std::string& known : app.packages)
      if (Has(line.message, known)) package = known;
  if (package.empty()) return;
  const auto says = [&](std::string_view word) { return ContainsNoCase(line.message, word); };
  if (says("unfreeze") || says("thaw") || says("not kill") || says("skip") || says("protect"))
    return;
  if (says("kill") || says("clean") || says("force stop") || says("forcestop"))
    context.say(FactKind::kAppKilled, 0, {}, package, line.message);
  else if (says("freez") || says("frozen"))
    context.say(FactKind::kAppFrozen, 0, {}, package, line.message);
}

}  // namespace bk::android::log
