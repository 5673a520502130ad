// A small healthy phone for the tests of this folder and of faults/: only the packages that life
// looks at.
#pragma once

#include "simulate/phone/life/advance.h"
#include "simulate/phone/life/rules.h"
#include "simulate/phone/system/state.h"
#include "simulate/phone/system/system_testing.h"

namespace bk::simulate::testing {

inline Android HealthyPhone(int sdk, Maker maker = Maker::kStock, std::uint64_t seed = 1,
                            std::string_view companion = kZeppLife) {
  using namespace std::chrono_literals;
  Android phone;
  phone.flavour.sdk = sdk;
  phone.flavour.maker = maker;
  phone.flavour.model = "Model";
  phone.clock.wall = std::chrono::sys_days{std::chrono::year{2024} / 3 / 2}.time_since_epoch() + 7h;
  phone.clock.boot = 26h;
  phone.life.random = seed;
  phone.life.companion = companion;
  PutSetting(phone.system, "global", "bluetooth_on", "1");
  PutSetting(phone.system, "global", "auto_time", "1");
  PutSetting(phone.system, "global", "auto_time_zone", "1");
  SetLocation(phone, true);
  for (const std::string_view name : {"com.android.bluetooth", "com.google.android.gms"}) {
    Package& package = phone.system.packages[std::string(name)];
    package.system = true;
    package.uid = name == "com.android.bluetooth" ? 1002 : 10'012;
    package.bucket = 5;
  }
  Package& app = phone.system.packages[phone.life.companion];
  app.uid = 10'143;
  app.version_code = 100;
  app.launcher = ".MainActivity";
  app.listener = ".Listener";
  for (const std::string_view permission :
       {"ACCESS_FINE_LOCATION", "ACCESS_COARSE_LOCATION", "BLUETOOTH_SCAN", "BLUETOOTH_CONNECT",
        "POST_NOTIFICATIONS"}) {
    if (permission.starts_with("BLUETOOTH") && sdk < 31) continue;
    if (permission.starts_with("POST") && sdk < 33) continue;
    app.permissions["android.permission." + std::string(permission)].granted = true;
  }
  phone.system.doze_exempt.insert(phone.life.companion);
  phone.system.data_saver_exempt.insert(app.uid);
  phone.system.listeners.insert(phone.life.companion + "/.Listener");
  SetUpLife(phone);
  return phone;
}

}  // namespace bk::simulate::testing
