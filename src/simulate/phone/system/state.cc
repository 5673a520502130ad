#include "simulate/phone/system/state.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <utility>

#include "simulate/phone/bluetooth/radio.h"
#include "simulate/phone/log/log.h"

namespace bk::simulate {
namespace {

constexpr int kBucketExempted = 5;

// AOSP, AppOpsManager: what an op that nobody set answers. The rest answer "allow".
std::string_view DefaultMode(std::string_view op) {
  static const std::map<std::string_view, std::string_view> kDefaults = {
      {"GET_USAGE_STATS", "default"},
      {"WRITE_SETTINGS", "default"},
      {"SYSTEM_ALERT_WINDOW", "default"},
      {"SCHEDULE_EXACT_ALARM", "default"},
      {"MANAGE_EXTERNAL_STORAGE", "default"},
      {"AUTO_REVOKE_PERMISSIONS_IF_UNUSED", "default"},
      {"LOADER_USAGE_STATS", "default"},
      {"REQUEST_INSTALL_PACKAGES", "default"},
      {"WRITE_SMS", "ignore"},
      {"MOCK_LOCATION", "deny"},
      {"ACCESS_RESTRICTED_SETTINGS", "default"},
  };
  const auto found = kDefaults.find(op);
  return found == kDefaults.end() ? "allow" : found->second;
}

}  // namespace

std::string_view Setting(const System& system, std::string_view table, std::string_view name) {
  const auto rows = system.settings.find(std::string(table));
  if (rows == system.settings.end()) return {};
  const auto row = rows->second.find(std::string(name));
  return row == rows->second.end() ? std::string_view{} : std::string_view(row->second);
}

void PutSetting(System& system, std::string_view table, std::string_view name, std::string value) {
  system.settings[std::string(table)][std::string(name)] = std::move(value);
}

bool AirplaneMode(const System& system) {
  return Setting(system, "global", "airplane_mode_on") == "1";
}
bool BatterySaver(const System& system) { return Setting(system, "global", "low_power") == "1"; }
bool LocationOn(const System& system) {
  const std::string_view mode = Setting(system, "secure", "location_mode");
  return !mode.empty() && mode != "0";
}
void SetLocation(Android& phone, bool on) {
  PutSetting(phone.system, "secure", "location_mode", on ? "3" : "0");
  PutSetting(phone.system, "secure", "location_providers_allowed", on ? "gps,network" : "");
}

void SetListener(System& system, const std::string& listener, bool allowed) {
  if (allowed)
    system.listeners.insert(listener);
  else
    system.listeners.erase(listener);
  std::string row;
  for (const std::string& one : system.listeners) row += (row.empty() ? "" : ":") + one;
  PutSetting(system, "secure", "enabled_notification_listeners", std::move(row));
}

Package* FindPackage(System& system, std::string_view name) {
  const auto found = system.packages.find(std::string(name));
  return found == system.packages.end() ? nullptr : &found->second;
}
const Package* FindPackage(const System& system, std::string_view name) {
  const auto found = system.packages.find(std::string(name));
  return found == system.packages.end() ? nullptr : &found->second;
}

std::string OpMode(const Package& package, std::string_view op) {
  const std::string_view default_mode = DefaultMode(op);
  const std::string key(op);
  if (const auto uid = package.uid_ops.find(key);
      uid != package.uid_ops.end() && uid->second != default_mode)
    return uid->second;
  if (const auto own = package.ops.find(key); own != package.ops.end()) return own->second;
  return std::string(default_mode);
}

bool Granted(const Package& package, std::string_view permission) {
  const auto found = package.permissions.find(std::string(permission));
  return found != package.permissions.end() && found->second.granted;
}

bool MayRun(const Package& package) {
  return package.enabled != Enabled::kDisabled && package.enabled != Enabled::kDisabledUser;
}

int Bucket(const System& system, std::string_view name) {
  const Package* package = FindPackage(system, name);
  if (package == nullptr) return 50;
  if (system.doze_exempt.contains(std::string(name)) ||
      system.doze_exempt_system.contains(std::string(name)))
    return kBucketExempted;
  return package->bucket;
}

std::string BackgroundLevel(const System& system, std::string_view name) {
  const Package* package = FindPackage(system, name);
  if (package == nullptr) return "unknown";
  const std::string mode = OpMode(*package, "RUN_ANY_IN_BACKGROUND");
  if (mode == "ignore" || mode == "deny") return "background_restricted";
  if (system.doze_exempt.contains(std::string(name))) return "unrestricted";
  if (system.doze_exempt_system.contains(std::string(name))) return "exempted";
  if (!package->background_level.empty()) return package->background_level;
  constexpr int kRestricted = 45;
  return package->bucket == kRestricted ? "restricted_bucket" : "adaptive_bucket";
}

bool Running(const Android& phone, std::string_view package) {
  return phone.life.processes.contains(std::string(package));
}

bool StartApp(Android& phone, std::string_view name, bool by_hand) {
  Package* package = FindPackage(phone.system, name);
  if (package == nullptr || !MayRun(*package)) return false;
  if (by_hand) {
    package->stopped = false;
  } else if (package->stopped) {
    return false;
  }
  phone.traces.last_used[std::string(name)] = phone.clock.boot;
  const auto [process, started] = phone.life.processes.try_emplace(std::string(name));
  if (started) {
    process->second.pid = phone.life.next_pid;
    phone.life.next_pid += 17;
    process->second.since = phone.clock.boot;
    Log(phone, "events", 'I', "am_proc_start",
        fmt::format("[0,{},{},{},{},]", process->second.pid, package->uid, name,
                    by_hand ? "top-activity" : "service"));
    Log(phone, "system", 'I', "ActivityManager",
        fmt::format("Start proc {}:{}/u0a{} for {}", process->second.pid, name,
                    package->uid - 10'000, by_hand ? "top-activity" : "service"));
  }
  process->second.foreground = process->second.foreground || by_hand;
  return true;
}

void EndProcess(Android& phone, std::string_view name, int reason, int subreason,
                std::string description) {
  const std::string key(name);
  const auto process = phone.life.processes.find(key);
  if (process == phone.life.processes.end()) return;
  Log(phone, "events", 'I', "am_kill",
      fmt::format("[0,{},{},{},{}]", process->second.pid, name,
                  process->second.foreground ? 0 : 700, description));
  Log(phone, "system", 'I', "ActivityManager",
      fmt::format("Killing {}:{}/u0a{} (adj {}): {}", process->second.pid, name,
                  phone.system.packages[key].uid - 10'000, process->second.foreground ? 0 : 700,
                  description));
  auto& exits = phone.traces.exits[key];
  exits.push_front({phone.clock.wall, process->second.pid, reason, subreason,
                    process->second.foreground ? 100 : 300, std::move(description)});
  if (exits.size() > kExitsKept) exits.pop_back();
  phone.life.processes.erase(process);
  StopScans(phone, name);
  CloseClients(phone, name);
  std::erase_if(phone.traces.live_listeners,
                [&](const std::string& listener) { return listener.starts_with(key + "/"); });
}

void ForceStop(Android& phone, std::string_view name) {
  Package* package = FindPackage(phone.system, name);
  if (package == nullptr) return;
  constexpr int kUserRequested = 10, kForceStop = 21;
  Log(phone, "system", 'I', "ActivityManager",
      fmt::format("Force stopping {} appid={} user=0: from pid 20000", name, package->uid));
  EndProcess(phone, name, kUserRequested, phone.flavour.sdk >= kAndroid14 ? kForceStop : 0,
             fmt::format("stop {} due to from pid 20000", name));
  package->stopped = true;
}

void Log(Android& phone, std::string_view buffer, char priority, std::string_view tag,
         std::string text) {
  Say(phone, "system", priority, tag, std::move(text), buffer);
}

}  // namespace bk::simulate
