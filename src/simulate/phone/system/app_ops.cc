// `appops`, and `dumpsys appops`. Sources: AOSP, AppOpsService.java of Android 8 to 15 (the shell
// and the dump); MIUI's numbered ops as its phones print them.
#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "simulate/phone/clock_text.h"
#include "simulate/phone/system/names.h"
#include "simulate/phone/system/refusal.h"
#include "simulate/phone/system/state.h"
#include "simulate/phone/system/system_programs.h"

namespace bk::simulate {
namespace {

using Words = std::vector<std::string>;

struct Op {
  std::string_view name;
  int since = 0;
};
constexpr Op kOps[] = {{"COARSE_LOCATION"},
                       {"FINE_LOCATION"},
                       {"GPS"},
                       {"VIBRATE"},
                       {"READ_CONTACTS"},
                       {"WRITE_CONTACTS"},
                       {"READ_CALL_LOG"},
                       {"WRITE_CALL_LOG"},
                       {"READ_CALENDAR"},
                       {"WIFI_SCAN"},
                       {"POST_NOTIFICATION"},
                       {"CALL_PHONE"},
                       {"READ_SMS"},
                       {"RECEIVE_SMS"},
                       {"WRITE_SETTINGS"},
                       {"SYSTEM_ALERT_WINDOW"},
                       {"ACCESS_NOTIFICATIONS"},
                       {"CAMERA"},
                       {"RECORD_AUDIO"},
                       {"PLAY_AUDIO"},
                       {"READ_CLIPBOARD"},
                       {"WAKE_LOCK"},
                       {"MONITOR_LOCATION"},
                       {"MONITOR_HIGH_POWER_LOCATION"},
                       {"GET_USAGE_STATS"},
                       {"READ_PHONE_STATE"},
                       {"READ_EXTERNAL_STORAGE"},
                       {"WRITE_EXTERNAL_STORAGE"},
                       {"GET_ACCOUNTS"},
                       {"RUN_IN_BACKGROUND"},
                       {"RUN_ANY_IN_BACKGROUND", 28},
                       {"START_FOREGROUND", 28},
                       {"BLUETOOTH_SCAN", 28},
                       {"BLUETOOTH_CONNECT", kAndroid12},
                       {"ACTIVITY_RECOGNITION", kAndroid10},
                       {"SCHEDULE_EXACT_ALARM", kAndroid12},
                       {"AUTO_REVOKE_PERMISSIONS_IF_UNUSED", 30},
                       {"MANAGE_EXTERNAL_STORAGE", 30},
                       {"ACCESS_RESTRICTED_SETTINGS", kAndroid13},
                       {"BOOT_COMPLETED", 24}};

// What a runtime permission has as its op.
constexpr std::pair<std::string_view, std::string_view> kOfPermission[] = {
    {"android.permission.ACCESS_COARSE_LOCATION", "COARSE_LOCATION"},
    {"android.permission.ACCESS_FINE_LOCATION", "FINE_LOCATION"},
    {"android.permission.READ_CONTACTS", "READ_CONTACTS"},
    {"android.permission.READ_CALL_LOG", "READ_CALL_LOG"},
    {"android.permission.READ_PHONE_STATE", "READ_PHONE_STATE"},
    {"android.permission.CAMERA", "CAMERA"},
    {"android.permission.RECORD_AUDIO", "RECORD_AUDIO"},
    {"android.permission.RECEIVE_SMS", "RECEIVE_SMS"},
    {"android.permission.READ_CALENDAR", "READ_CALENDAR"},
    {"android.permission.BLUETOOTH_SCAN", "BLUETOOTH_SCAN"},
    {"android.permission.BLUETOOTH_CONNECT", "BLUETOOTH_CONNECT"},
    {"android.permission.POST_NOTIFICATIONS", "POST_NOTIFICATION"}};

constexpr std::string_view kModes[] = {"allow", "ignore", "deny", "default", "foreground"};

bool IsMode(const Android& phone, std::string_view mode) {
  return std::ranges::find(kModes, mode) != std::end(kModes) ||
         (mode == "ask" && phone.flavour.maker == Maker::kXiaomi);
}

// The op's own name, from "android:fine_location" or "10008" too; nullopt when there is none such.
std::optional<std::string> OpName(const Android& phone, std::string text) {
  if (text.starts_with("android:")) text.erase(0, 8);
  if (std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; })) {
    const int number = std::atoi(text.c_str());
    constexpr int kMiuiFirst = 10'001, kMiuiLast = 10'060;
    if (phone.flavour.maker == Maker::kXiaomi && number >= kMiuiFirst && number <= kMiuiLast)
      return fmt::format("MIUIOP({})", number);
    if (!text.empty() && number < static_cast<int>(std::size(kOps)))
      return std::string(kOps[number].name);
    return std::nullopt;
  }
  std::ranges::transform(text, text.begin(), [](char c) {
    return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c;
  });
  for (const Op& op : kOps)
    if (op.name == text && op.since <= phone.flavour.sdk) return text;
  return std::nullopt;
}

// Xiaomi's autostart switch is two ops that are set together.
bool IsAutostart(std::string_view op) { return op == "MIUIOP(10008)" || op == "MIUIOP(10053)"; }

// All that are away from their default, and those that were used, in the order of the ops' names.
using Modes = std::map<std::string, std::string>;
Modes OwnModes(const Android& phone, const Package& package) {
  Modes modes = package.ops;
  if (phone.flavour.maker == Maker::kXiaomi && !package.system)
    for (const std::string_view op : {"MIUIOP(10008)", "MIUIOP(10053)"})
      modes[std::string(op)] = package.autostart ? "allow" : "ignore";
  return modes;
}
// Android 10 to 14 keep a uid mode in step with each runtime permission.
Modes UidModes(const Android& phone, const Package& package) {
  Modes modes = package.uid_ops;
  if (phone.flavour.sdk < kAndroid10 || phone.flavour.sdk >= kAndroid15) return modes;
  for (const auto& [permission, op] : kOfPermission) {
    const auto found = package.permissions.find(std::string(permission));
    if (found == package.permissions.end() || modes.contains(std::string(op))) continue;
    if (!found->second.granted) {
      modes[std::string(op)] = "ignore";
    } else if (op.ends_with("_LOCATION") &&
               !Granted(package, "android.permission.ACCESS_BACKGROUND_LOCATION")) {
      modes[std::string(op)] = "foreground";
    }
  }
  return modes;
}

// When an op was last used or refused, if it was.
std::optional<std::chrono::milliseconds> Rejected(const Android& phone, const std::string& package,
                                                  const std::string& op) {
  const auto found = phone.traces.op_rejected.find(package + "/" + op);
  if (found == phone.traces.op_rejected.end()) return std::nullopt;
  return std::chrono::duration_cast<std::chrono::milliseconds>(phone.clock.wall - found->second);
}

Said Get(const Call& call, const std::string& name, const Package& package, const Words& words) {
  std::string wanted;
  if (words.size() > 1) {
    const auto op = OpName(call.phone, words[1]);
    if (!op) return Err(fmt::format("Error: Unknown operation string: {}\n", words[1]));
    wanted = *op;
  }
  std::string out;
  for (const auto& [op, mode] : UidModes(call.phone, package))
    if (wanted.empty() || wanted == op) out += fmt::format("Uid mode: {}: {}\n", op, mode);
  for (const auto& [op, mode] : OwnModes(call.phone, package)) {
    if (!wanted.empty() && wanted != op) continue;
    out += fmt::format("{}: {}", op, mode);
    if (const auto ago = Rejected(call.phone, name, op))
      out += fmt::format("; rejectTime={} ago", DurationText(*ago));
    out += '\n';
  }
  if (out.empty()) {
    out = "No operations.\n";
    if (!wanted.empty()) out += fmt::format("Default mode: {}\n", OpMode({}, wanted));
  }
  return Out(std::move(out));
}

Said Set(const Call& call, Package& package, const Words& words, bool whole_uid) {
  if (words.size() < 3) return Err("Error: Operation not specified.\n");
  const auto op = OpName(call.phone, words[1]);
  if (!op) return Err(fmt::format("Error: Unknown operation string: {}\n", words[1]));
  if (!IsMode(call.phone, words[2]))
    return Err(fmt::format("Error: Mode {} is not valid\n", words[2]));
  if (SecuritySwitchOff(call.phone))
    return SecurityException(call, "set",
                             "uid 2000 does not have android.permission.MANAGE_APP_OPS_MODES.");
  if (IsAutostart(*op)) {
    package.autostart = words[2] == "allow";
    return Out({});
  }
  auto& modes = whole_uid ? package.uid_ops : package.ops;
  // An op that is back at its default and says nothing else is forgotten (pruneOpLocked).
  if (words[2] == OpMode({}, *op))
    modes.erase(*op);
  else
    modes[*op] = words[2];
  return Out({});
}

Said AppOps(const Call& call) {
  Words words(call.words.begin(), call.words.end());
  const std::string verb = words.empty() ? "" : words[0];
  if (!words.empty()) words.erase(words.begin());
  if (!TakeUser(words)) return Err("Error: Invalid user\n");
  const bool whole_uid = TakeFlag(words, "--uid");
  if (verb != "get" && verb != "set" && verb != "reset" && verb != "query-op")
    return verb.empty() || verb == "help"
               ? Out("AppOps service (appops) commands:\n  help\n    Print this help text.\n")
               : Said{.out = fmt::format("Unknown command: {}\n", verb), .exit = 255};
  if (verb == "query-op") {
    const auto op = OpName(call.phone, words.empty() ? "" : words[0]);
    if (!op)
      return Err(
          fmt::format("Error: Unknown operation string: {}\n", words.empty() ? "" : words[0]));
    std::string out;
    for (const auto& [name, package] : call.phone.system.packages) {
      const Modes modes = OwnModes(call.phone, package);
      const auto found = modes.find(*op);
      if (found != modes.end() && (words.size() < 2 || found->second == words[1]))
        out += name + "\n";
    }
    return Out(out.empty() ? "No operations.\n" : out);
  }
  if (words.empty()) {
    if (verb != "reset") return Err("Error: Package name or UID not specified.\n");
    if (SecuritySwitchOff(call.phone))
      return SecurityException(call, "reset",
                               "uid 2000 does not have android.permission.MANAGE_APP_OPS_MODES.");
    for (auto& [name, package] : call.phone.system.packages) package.ops.clear();
    return Out("Reset all modes for: current user, all packages\n");
  }
  Package* package = FindPackage(call.phone.system, words[0]);
  std::string name = words[0];
  if (package == nullptr)
    for (auto& [other, one] : call.phone.system.packages)
      if (std::to_string(one.uid) == words[0]) {
        package = &one;
        name = other;
      }
  if (package == nullptr) return Err(fmt::format("Error: No UID for {} in user 0\n", words[0]));
  if (verb == "get") return Get(call, name, *package, words);
  if (verb == "set") return Set(call, *package, words, whole_uid);
  if (SecuritySwitchOff(call.phone))
    return SecurityException(call, "reset",
                             "uid 2000 does not have android.permission.MANAGE_APP_OPS_MODES.");
  package->ops.clear();
  package->uid_ops.clear();
  return Out(fmt::format("Reset all modes for: current user, package {}\n", name));
}

// ---- the dump

int ModeNumber(std::string_view mode) {
  const auto* const found = std::ranges::find(kModes, mode);
  return found == std::end(kModes) ? 5 : static_cast<int>(found - std::begin(kModes));
}

// One op of a package: Android 8 and 9 write numbers, 10 and later words and, below, when.
void OpLine(std::string& out, const Android& phone, const std::string& package,
            const std::string& op, const std::string& mode,
            std::optional<std::chrono::milliseconds> used) {
  const auto to = std::back_inserter(out);
  const auto rejected = Rejected(phone, package, op);
  if (phone.flavour.sdk < kAndroid10) {
    fmt::format_to(to, "      {}: mode={}", op, ModeNumber(mode));
    if (used) fmt::format_to(to, "; time={} ago", DurationText(*used));
    if (rejected) fmt::format_to(to, "; rejectTime={} ago", DurationText(*rejected));
    out += '\n';
    return;
  }
  fmt::format_to(to, "      {} ({}): \n", op, mode);
  const bool attributed = phone.flavour.sdk >= kAndroid12;
  if ((used || rejected) && attributed) out += "        null=[\n";
  const std::string_view indent = attributed ? "          " : "          ";
  if (used)
    fmt::format_to(to, "{}Access: [{}] {} (-{})\n", indent, "fg-s",
                   LocalTime(phone.clock, phone.clock.wall - *used), DurationText(*used).substr(1));
  if (rejected)
    fmt::format_to(to, "{}Reject: [{}]{} (-{})\n", indent, "bg-s",
                   LocalTime(phone.clock, phone.clock.wall - *rejected),
                   DurationText(*rejected).substr(1));
  if ((used || rejected) && attributed) out += "        ]\n";
}

Said Dump(const Call& call) {
  const Android& phone = call.phone;
  const int sdk = phone.flavour.sdk;
  std::string out = "Current AppOps Service state:\n";
  const auto to = std::back_inserter(out);
  if (sdk >= kAndroid10)
    out +=
        "  Settings:\n    top_state_settle_time=+5s0ms\n    fg_service_state_settle_time=+5s0ms\n"
        "    bg_state_settle_time=+1s0ms\n\n";
  out += "  Op mode watchers:\n";
  for (const std::string_view op : {"COARSE_LOCATION", "FINE_LOCATION", "RUN_IN_BACKGROUND"})
    fmt::format_to(to,
                   "    Op {}:\n      #0: ModeCallback{{{} watchinguid=-1 flags=0x1 from uid=1000 "
                   "pid=1500}}\n",
                   op, HashText(op));
  out += '\n';
  std::map<int, std::vector<std::string>> uids;
  for (const auto& [name, package] : phone.system.packages) uids[package.uid].push_back(name);
  for (const auto& [uid, names] : uids) {
    fmt::format_to(to, "  Uid {}:\n", UidText(uid));
    if (sdk >= 28) {
      bool top = false, runs = false;
      for (const std::string& name : names) {
        const auto process = phone.life.processes.find(name);
        runs = runs || process != phone.life.processes.end();
        top = top || (process != phone.life.processes.end() && process->second.foreground);
      }
      fmt::format_to(to, "    state={}\n", top ? "top" : runs ? "fgs" : "cch");
      if (sdk >= kAndroid12) out += "    capability=------\n";
      if (sdk >= kAndroid14) out += "    appWidgetVisible=false\n";
    }
    for (const auto& [op, mode] : UidModes(phone, phone.system.packages.at(names[0])))
      fmt::format_to(to, "      {}: mode={}\n", op,
                     sdk < kAndroid10 ? std::to_string(ModeNumber(mode)) : mode);
    for (const std::string& name : names) {
      const Package& package = phone.system.packages.at(name);
      Modes modes = OwnModes(phone, package);
      std::map<std::string, std::chrono::milliseconds> used;
      const auto last = phone.traces.last_used.find(name);
      if (last != phone.traces.last_used.end() && !package.system) {
        const auto ago =
            std::chrono::duration_cast<std::chrono::milliseconds>(phone.clock.boot - last->second);
        for (const std::string_view op :
             {"WAKE_LOCK", "READ_EXTERNAL_STORAGE", "RUN_IN_BACKGROUND"}) {
          modes.try_emplace(std::string(op), "allow");
          used[std::string(op)] = ago;
        }
        if (sdk >= 28) {
          modes.try_emplace("RUN_ANY_IN_BACKGROUND", "allow");
          used["RUN_ANY_IN_BACKGROUND"] = ago;
        }
      }
      if (modes.empty()) continue;
      fmt::format_to(to, "    Package {}:\n", name);
      for (const auto& [op, mode] : modes) {
        const auto when = used.find(op);
        OpLine(
            out, phone, name, op, mode,
            when == used.end() || (mode != "allow") ? std::nullopt : std::optional(when->second));
      }
    }
  }
  Said said = Out(std::move(out));
  said.took = std::chrono::milliseconds(250);
  return said;
}

}  // namespace

void AddAppOpsPrograms(Programs& programs) {
  programs.Add("appops", AppOps);
  programs.Add("cmd appops", AppOps);
  programs.Add("dumpsys appops", Dump);
}

}  // namespace bk::simulate
