// `cmd deviceidle` and `dumpsys deviceidle`: Doze and who is exempt from it. Source: AOSP,
// DeviceIdleController.java of Android 8 to 15; Samsung's history of the list as its phones print
// it.
#include <fmt/format.h>

#include <iterator>
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

int UidOf(const System& system, const std::string& name) {
  const Package* package = FindPackage(system, name);
  return package == nullptr ? 0 : package->uid;
}

Said List(const Android& phone) {
  std::string out;
  const auto to = std::back_inserter(out);
  for (const std::string_view kind : {"system-excidle", "system"})
    for (const std::string& name : phone.system.doze_exempt_system)
      if (kind == "system-excidle" || name != "com.android.vending")
        fmt::format_to(to, "{},{},{}\n", kind, name, UidOf(phone.system, name));
  for (const std::string& name : phone.system.doze_exempt)
    fmt::format_to(to, "user,{},{}\n", name, UidOf(phone.system, name));
  return Out(std::move(out));
}

void Remember(Android& phone, std::string_view what, const std::string& name) {
  if (phone.flavour.maker != Maker::kSamsung) return;
  constexpr std::size_t kKept = 20;
  auto& history = phone.traces.doze_history;
  history.push_back(fmt::format("{} : {} {}", LocalTime(phone.clock), what, name));
  if (history.size() > kKept) history.erase(history.begin());
}

Said Whitelist(const Call& call) {
  if (call.words.size() < 2) return List(call.phone);
  std::string out;
  for (std::size_t i = 1; i < call.words.size(); ++i) {
    const std::string& word = call.words[i];
    const char sign = word.empty() ? ' ' : word[0];
    const std::string name = word.empty() ? "" : word.substr(1);
    if (sign != '+' && sign != '-' && sign != '=')
      return Out(out + fmt::format("Package must be prefixed with +, -, or =: {}\n", word));
    auto& exempt = call.phone.system.doze_exempt;
    if (sign == '+') {
      if (FindPackage(call.phone.system, name) == nullptr) {
        out += fmt::format("Unknown package: {}\n", name);
        continue;
      }
      if (exempt.insert(name).second) Remember(call.phone, "add", name);
      out += fmt::format("Added: {}\n", name);
    } else if (sign == '-') {
      if (exempt.erase(name) == 0) continue;
      Remember(call.phone, "remove", name);
      out += fmt::format("Removed: {}\n", name);
    } else {
      out += exempt.contains(name) || call.phone.system.doze_exempt_system.contains(name)
                 ? "true\n"
                 : "false\n";
    }
  }
  return Out(std::move(out));
}

std::string DeepState(const System& system) {
  if (system.doze_forced) return "IDLE";
  if (system.screen_on || system.plugged) return "ACTIVE";
  return "INACTIVE";
}

Said GetWord(const Call& call) {
  const System& system = call.phone.system;
  const std::string_view what = call.word(1);
  if (what == "light" || what == "deep") return Out(DeepState(system) + "\n");
  if (what == "force") return Out(fmt::format("{}\n", system.doze_forced));
  if (what == "screen") return Out(fmt::format("{}\n", system.screen_on));
  if (what == "charging") return Out(fmt::format("{}\n", system.plugged));
  if (what == "network") return Out(fmt::format("{}\n", system.network.connected));
  return Out(fmt::format("Unknown get option: {}\n", what));
}

std::string Dump(const Android& phone) {
  const System& system = phone.system;
  const int sdk = phone.flavour.sdk;
  std::string out = "  Settings:\n";
  if (sdk >= kAndroid12) out += "    flex_time_short=+1m0s0ms\n";
  out += "    light_after_inactive_to=+4m0s0ms\n";
  if (sdk < kAndroid14) out += "    light_pre_idle_to=+3m0s0ms\n";
  out +=
      "    light_idle_to=+5m0s0ms\n    light_idle_factor=2.0\n    light_max_idle_to=+15m0s0ms\n"
      "    light_idle_maintenance_min_budget=+1m0s0ms\n"
      "    light_idle_maintenance_max_budget=+5m0s0ms\n    min_light_maintenance_time=+5s0ms\n"
      "    min_deep_maintenance_time=+30s0ms\n    inactive_to=+30m0s0ms\n    sensing_to=+4m0s0ms\n"
      "    locating_to=+30s0ms\n    location_accuracy=20.0m\n    motion_inactive_to=+10m0s0ms\n"
      "    idle_after_inactive_to=+30m0s0ms\n    idle_pending_to=+5m0s0ms\n"
      "    max_idle_pending_to=+10m0s0ms\n    idle_pending_factor=2.0\n";
  if (sdk >= kAndroid9) out += "    quick_doze_delay_to=+1m0s0ms\n";
  out +=
      "    idle_to=+1h0m0s0ms\n    max_idle_to=+6h0m0s0ms\n    idle_factor=2.0\n"
      "    min_time_to_alarm=+1h0m0s0ms\n";
  out += sdk >= kAndroid12 ? "    max_temp_app_allowlist_duration_ms=+5m0s0ms\n"
                           : "    max_temp_app_whitelist_duration=+5m0s0ms\n";
  const auto names = [&](std::string_view heading, const auto& list, bool all) {
    if (list.empty()) return;
    out += fmt::format("  {}:\n", heading);
    for (const std::string& name : list)
      if (all || name != "com.android.vending") out += fmt::format("    {}\n", name);
  };
  names("Whitelist (except idle) system apps", system.doze_exempt_system, true);
  names("Whitelist system apps", system.doze_exempt_system, false);
  names("Whitelist user apps", system.doze_exempt, true);
  if (phone.flavour.maker == Maker::kSamsung)
    names("Whitelist History for User App", phone.traces.doze_history, true);
  std::set<int> except_idle, all;
  for (const std::string& name : system.doze_exempt_system) {
    except_idle.insert(UidOf(system, name));
    if (name != "com.android.vending") all.insert(UidOf(system, name));
  }
  for (const std::string& name : system.doze_exempt) {
    except_idle.insert(UidOf(system, name));
    all.insert(UidOf(system, name));
  }
  out += "  Whitelist (except idle) all app ids:\n";
  for (const int id : except_idle) out += fmt::format("    {}\n", id);
  if (!system.doze_exempt.empty()) {
    out += "  Whitelist user app ids:\n";
    for (const std::string& name : system.doze_exempt)
      out += fmt::format("    {}\n", UidOf(system, name));
  }
  out += "  Whitelist all app ids:\n";
  for (const int id : all) out += fmt::format("    {}\n", id);
  out += "  mLightEnabled=true  mDeepEnabled=true\n";
  out += fmt::format("  mForceIdle={}\n", system.doze_forced);
  if (sdk >= kAndroid9) out += "  mUseMotionSensor=true\n";
  out +=
      "  mMotionSensor={Sensor name=\"Significant Motion Detector\", vendor=\"QTI\", version=2, "
      "type=17, maxRange=1.0, resolution=1.0, power=0.9, minDelay=-1}\n";
  out += fmt::format("  mScreenOn={}\n", system.screen_on);
  if (sdk >= kAndroid9) out += fmt::format("  mScreenLocked={}\n", system.locked);
  out += fmt::format("  mNetworkConnected={}\n  mCharging={}\n", system.network.connected,
                     system.plugged);
  out +=
      "  mMotionActive=false\n  mNotMoving=false\n  mLocating=false mHasGps=false "
      "mHasNetwork=false mLocated=false\n";
  out += fmt::format("  mState={0} mLightState={0}\n  mInactiveTimeout=+30m0s0ms\n",
                     DeepState(system));
  return out;
}

Said DeviceIdle(const Call& call) {
  const std::string_view verb = call.word(0);
  if (verb == "whitelist") return Whitelist(call);
  if (verb == "get") return GetWord(call);
  if (verb == "force-idle") {
    call.phone.system.doze_forced = true;
    return Out("Now forced in to deep idle mode\n");
  }
  if (verb == "unforce") {
    call.phone.system.doze_forced = false;
    return Out(fmt::format("Light state: {0}, deep state: {0}\n", DeepState(call.phone.system)));
  }
  if (verb == "tempwhitelist") return Out({});
  if (verb == "enabled") return Out("1\n");
  if (verb == "step")
    return Out(fmt::format("Stepped to deep: {}\n", DeepState(call.phone.system)));
  if (verb.empty() || verb == "help")
    return Out(
        "Device idle controller (deviceidle) commands:\n  help\n    Print this help text.\n");
  return {.out = fmt::format("Unknown command: {}\n", verb), .exit = 255};
}

Said DumpDeviceIdle(const Call& call) {
  // The dump takes the shell's words, too.
  if (!call.words.empty() && !call.words[0].starts_with('-')) return DeviceIdle(call);
  return Out(Dump(call.phone));
}

}  // namespace

void AddDeviceIdlePrograms(Programs& programs) {
  programs.Add("cmd deviceidle", DeviceIdle);
  programs.Add("dumpsys deviceidle", DumpDeviceIdle);
}

}  // namespace bk::simulate
