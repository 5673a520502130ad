#include "simulate/phone/system/restart.h"

#include <fmt/format.h>

#include <string_view>
#include <vector>

#include "simulate/phone/system/state.h"

namespace bk::simulate {
namespace {

// Runs from boot on every phone.
bool IsPersistent(std::string_view name) {
  for (const std::string_view one :
       {"android", "com.android.systemui", "com.android.phone", "com.android.bluetooth",
        "com.google.android.bluetooth", "com.google.android.gms",
        "com.google.android.apps.nexuslauncher", "com.sec.android.app.launcher", "com.miui.home",
        "com.miui.powerkeeper"})
    if (one == name) return true;
  return false;
}

}  // namespace

void BeginRestart(Android& phone) {
  phone.system.booted = false;
  phone.system.properties["sys.boot_completed"] = "0";
  phone.system.doze_forced = false;
  phone.clock.boot = std::chrono::microseconds(0);
  phone.life.processes.clear();
  phone.bluetooth.clients.clear();
  phone.bluetooth.scanners.clear();
  phone.traces.live_listeners.clear();
  phone.traces.last_used.clear();
  phone.traces.page.clear();
  phone.traces.page_data.clear();
  ++phone.traces.restarts;
}

void FinishBoot(Android& phone) {
  phone.system.booted = true;
  phone.system.properties["sys.boot_completed"] = "1";
  for (const auto& [name, package] : phone.system.packages)
    if (IsPersistent(name) && MayRun(package)) {
      phone.life.processes[name] = {phone.life.next_pid, phone.clock.boot, false};
      phone.life.next_pid += 11;
    }
}

}  // namespace bk::simulate
