// `cmd power`, `dumpsys power`, `dumpsys battery`, `svc power`, `reboot`. Source: AOSP,
// PowerManagerService.java, BatterySaverStateMachine.java (Android 9+), BatteryService.java.
#include <fmt/format.h>

#include <iterator>
#include <set>
#include <string>

#include "simulate/phone/system/names.h"
#include "simulate/phone/system/restart.h"
#include "simulate/phone/system/state.h"
#include "simulate/phone/system/system_programs.h"

namespace bk::simulate {
namespace {

std::string ExemptIds(const System& system) {
  std::set<int> ids;
  for (const auto* names : {&system.doze_exempt_system, &system.doze_exempt})
    for (const std::string& name : *names)
      if (const Package* package = FindPackage(system, name)) ids.insert(package->uid);
  std::string text = "[";
  for (const int id : ids) text += fmt::format("{}{}", text.size() > 1 ? ", " : "", id);
  return text + "]";
}

std::string Dump(const Android& phone) {
  const System& system = phone.system;
  const int sdk = phone.flavour.sdk;
  const bool saver = BatterySaver(system);
  std::string out = "POWER MANAGER (dumpsys power)\n\nPower Manager State:\n";
  const auto to = std::back_inserter(out);
  fmt::format_to(to,
                 "  Settings power_manager_constants:\n    no_cached_wake_locks=true\n"
                 "  mDirty=0x0\n  mWakefulness={}\n  mWakefulnessChanging=false\n"
                 "  mIsPowered={}\n  mPlugType={}\n  mBatteryLevel={}\n",
                 system.screen_on ? "Awake" : "Asleep", system.plugged, system.plugged ? 2 : 0,
                 system.battery_percent);
  if (sdk < kAndroid12)
    fmt::format_to(to, "  mBatteryLevelWhenDreamStarted=0\n");
  else
    out += "  mDreamsBatteryLevelDrain=0\n";
  out +=
      "  mDockState=0\n  mStayOn=false\n  mProximityPositive=false\n  mBootCompleted=true\n"
      "  mSystemReady=true\n  mHalAutoSuspendModeEnabled=false\n"
      "  mHalInteractiveModeEnabled=true\n  mWakeLockSummary=0x1\n"
      "  mNotifyLongScheduled=(none)\n  mNotifyLongDispatched=(none)\n"
      "  mNotifyLongNextCheck=(none)\n  mUserActivitySummary=0x1\n"
      "  mRequestWaitForNegativeProximity=false\n  mSandmanScheduled=false\n";
  if (sdk < kAndroid9) fmt::format_to(to, "  mLowPowerModeEnabled={}\n", saver);
  fmt::format_to(to,
                 "  mBatteryLevelLow={}\n  mLightDeviceIdleMode={}\n  mDeviceIdleMode={}\n"
                 "  mDeviceIdleWhitelist={}\n  mDeviceIdleTempWhitelist=[]\n",
                 system.battery_percent <= 15, false, system.doze_forced, ExemptIds(system));
  out +=
      "  mLastWakeTime=50215 (159392 ms ago)\n  mLastSleepTime=30190 (179417 ms ago)\n"
      "  mScreenBrightnessBoostInProgress=false\n  mHoldingWakeLockSuspendBlocker=true\n"
      "  mHoldingDisplaySuspendBlocker=true\n\nSettings and Configuration:\n"
      "  mDecoupleHalAutoSuspendModeFromDisplayConfig=true\n"
      "  mDecoupleHalInteractiveModeFromDisplayConfig=false\n"
      "  mWakeUpWhenPluggedOrUnpluggedConfig=true\n  mDreamsSupportedConfig=true\n"
      "  mDozeAfterScreenOffConfig=true\n";
  if (sdk < kAndroid9)
    fmt::format_to(to,
                   "  mLowPowerModeSetting={}\n  mAutoLowPowerModeConfigured=false\n"
                   "  mAutoLowPowerModeSnoozing=false\n",
                   saver);
  out += "  mScreenOffTimeoutSetting=60000\n  mStayOnWhilePluggedInSetting=0\n";
  out += "\nSleep timeout: -1 ms\nScreen off timeout: 60000 ms\nScreen dim duration: 7000 ms\n";
  out += "\nUID states (changing=false changed=false):\n";
  for (const auto& [name, process] : phone.life.processes)
    if (const Package* package = FindPackage(system, name))
      fmt::format_to(to, "  UID {}:   ACTIVE  count=0 state={}\n", UidText(package->uid),
                     process.foreground ? 2 : 4);
  out +=
      "\nLooper state:\n  Looper (PowerManagerService, tid 47) {9f1a2b}\n\nWake Locks: size=1\n"
      "  PARTIAL_WAKE_LOCK              'AudioMix' ACQ=-4m11s (uid=1041 ws=WorkSource{10140})\n"
      "\nSuspend Blockers: size=4\n";
  if (sdk >= kAndroid9) {
    out +=
        "\nBattery saver policy (*NOTE* they only apply when battery saver is ON):\n"
        "  Settings: battery_saver_constants\n    value: \n";
    out += "\nBattery saver state machine:\n";
    fmt::format_to(to, "  Enabled={}\n", saver);
    if (sdk >= kAndroid10) fmt::format_to(to, "    full={}\n    adaptive=false\n", saver);
    if (sdk >= kAndroid10) fmt::format_to(to, "  mState={}\n", saver ? 3 : 1);
    fmt::format_to(
        to,
        "  mLastChangedIntReason={}\n  mLastChangedStrReason={}\n  mBootCompleted=true\n"
        "  mSettingsLoaded=true\n  mBatteryStatusSet=true\n  mIsPowered={}\n"
        "  mBatteryLevel={}\n  mIsBatteryLevelLow={}\n  mSettingBatterySaverEnabled={}\n"
        "  mSettingBatterySaverEnabledSticky={}\n  mSettingBatterySaverTriggerThreshold={}\n",
        saver ? 2 : 3, saver ? "Manually enabled" : "Manually disabled", system.plugged,
        system.battery_percent, system.battery_percent <= 15, saver,
        Setting(system, "global", "low_power_sticky") == "1",
        Setting(system, "global", "low_power_trigger_level"));
  }
  return out;
}

std::string BatteryDump(const Android& phone) {
  const System& system = phone.system;
  std::string out = "Current Battery Service state:\n";
  const auto to = std::back_inserter(out);
  fmt::format_to(to, "  AC powered: false\n  USB powered: {}\n  Wireless powered: false\n",
                 system.plugged);
  if (phone.flavour.sdk >= 33) out += "  Dock powered: false\n";
  fmt::format_to(
      to,
      "  Max charging current: 500000\n  Max charging voltage: 5000000\n"
      "  Charge counter: {}\n  status: {}\n  health: 2\n  present: true\n  level: {}\n"
      "  scale: 100\n  voltage: {}\n  temperature: {}\n  technology: Li-ion\n",
      system.battery_percent * 40'000, system.plugged ? (system.battery_percent >= 100 ? 5 : 2) : 3,
      system.battery_percent, 3'600 + system.battery_percent * 7, system.battery_temperature);
  return out;
}

Said Power(const Call& call) {
  const std::string_view verb = call.word(0), value = call.word(1);
  if (verb == "set-mode") {
    if (value != "0" && value != "1") return Err("Error: mode must be 0 or 1\n");
    PutSetting(call.phone.system, "global", "low_power", std::string(value));
    PutSetting(call.phone.system, "global", "low_power_sticky", std::string(value));
    return Out({});
  }
  if (verb.empty() || verb == "help")
    return Out("Power manager (power) commands:\n  help\n    Print this help text.\n");
  return {.out = fmt::format("Unknown command: {}\n", verb), .exit = 255};
}

Said Reboot(const Call& call) {
  BeginRestart(call.phone);
  return Out({});
}

Said SvcPower(const Call& call) {
  if (call.word(0) != "reboot") return Out({});
  if (call.sdk() < kAndroid12)  // shell does not hold REBOOT before
    return Err(
        "java.lang.SecurityException: Neither user 2000 nor current process has "
        "android.permission.REBOOT.\n",
        1);
  return Reboot(call);
}

}  // namespace

void AddPowerPrograms(Programs& programs) {
  programs.Add("cmd power", Power);
  programs.Add("dumpsys power", [](const Call& call) { return Out(Dump(call.phone)); });
  programs.Add("dumpsys battery", [](const Call& call) { return Out(BatteryDump(call.phone)); });
  programs.Add("svc power", SvcPower);
  programs.Add("reboot", Reboot);
}

}  // namespace bk::simulate
