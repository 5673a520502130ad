#include "simulate/phone/faults/inject.h"

#include <algorithm>
#include <functional>
#include <map>

#include "simulate/phone/bluetooth/adapter.h"
#include "simulate/phone/bluetooth/radio.h"
#include "simulate/phone/life/advance.h"
#include "simulate/phone/life/companion.h"
#include "simulate/phone/life/events.h"
#include "simulate/phone/life/rules.h"
#include "simulate/phone/log/log.h"
#include "simulate/phone/system/state.h"

namespace bk::simulate {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

constexpr int kTimeout = 0x08;
constexpr std::string_view kSensorApp = "com.example.sensors";
constexpr std::string_view kFinderApp = "com.example.finder";

// A seed's choices, apart from the phone's own chances.
struct Dice {
  std::uint64_t seed;
  std::uint64_t Of(std::uint64_t sides) {
    seed = seed * 6'364'136'223'846'793'005ULL + 1'442'695'040'888'963'407ULL;
    return (seed >> 33) % sides;
  }
};

CompanionApp& Companion(Android& phone) { return phone.life.apps[phone.life.companion]; }
Package& CompanionPackage(Android& phone) { return phone.system.packages[phone.life.companion]; }
// Neither the app nor the band has the other any more.
void Unbind(Android& phone) {
  Companion(phone).band.clear();
  Companion(phone).key = phone.life.band.key = 0;
}
// Neither the phone nor the band has a bond with the other any more.
void LoseBond(Android& phone) {
  phone.life.band.knows_bond = false;
  RemoveBond(phone, phone.life.band.address, "com.android.settings");
}
// The owner walks away and comes back: from now on it takes a new link.
void Part(Android& phone) { DropLink(phone, phone.life.band.address, kTimeout); }

Package& AddApp(Android& phone, std::string_view name, std::string_view label) {
  int uid = 10'300;
  for (const auto& [other, package] : phone.system.packages) uid = std::max(uid, package.uid + 1);
  Package& package = phone.system.packages[std::string(name)];
  package = CompanionPackage(phone);
  package.label = label;
  package.uid = uid;
  package.launcher = ".MainActivity";
  package.listener.clear();
  package.service = ".ScanService";
  package.code_path = "/data/app/" + std::string(name) + "-1";
  for (auto& [permission, state] : package.permissions) state.granted = true;
  package.ops.clear();
  package.uid_ops.clear();
  package.stopped = package.asleep = false;
  package.enabled = Enabled::kDefault;
  phone.system.doze_exempt.insert(std::string(name));
  return package;
}

bool Revoke(Android& phone, std::initializer_list<std::string_view> permissions) {
  bool any = false;
  for (const std::string_view name : permissions) {
    const auto found =
        CompanionPackage(phone).permissions.find("android.permission." + std::string(name));
    if (found == CompanionPackage(phone).permissions.end()) continue;
    found->second.granted = false;
    any = true;
  }
  if (any) {
    // A revoked permission ends the app's process.
    EndProcess(phone, phone.life.companion, 8, 0, "permissions revoked");
    Reconcile(phone);
  }
  return any;
}

bool BackgroundKilled(Android& phone, Dice& dice) {
  const std::string& name = phone.life.companion;
  Package& package = CompanionPackage(phone);
  phone.system.doze_exempt.erase(name);
  auto& back = phone.life.comes_back;
  back.push_back({ComesBack::What::kDozeExempt, name, {}, {}});
  if (phone.flavour.maker == Maker::kXiaomi && dice.Of(2) == 0) {
    package.autostart = false;
    back.push_back({ComesBack::What::kAutostart, name, {}, {}});
  } else if (phone.flavour.maker == Maker::kSamsung && dice.Of(2) == 0) {
    package.asleep = true;
  } else if (phone.flavour.sdk >= kAndroid12 && dice.Of(3) == 0) {
    package.bucket = 45;
    back.push_back({ComesBack::What::kBucket, name, {}, "45"});
  } else {
    package.ops["RUN_ANY_IN_BACKGROUND"] = "ignore";
    back.push_back({ComesBack::What::kOp, name, "RUN_ANY_IN_BACKGROUND", "ignore"});
  }
  return true;
}

bool Competing(Android& phone, Dice&) {
  const std::string rival(phone.life.companion == kGadgetbridge ? kZeppLife : kGadgetbridge);
  AddApp(phone, rival, rival == kGadgetbridge ? "Gadgetbridge" : "Zepp Life").launcher =
      rival == kGadgetbridge ? ".activities.ControlCenterv2" : ".StartUpActivity";
  CompanionApp& app = phone.life.apps[rival];
  app.needs_server = rival != kGadgetbridge;
  app.band = phone.life.band.address;
  app.key = phone.life.band.key;
  app.grabs = true;
  StartApp(phone, rival, /*by_hand=*/false);
  return true;
}

bool StaleBond(Android& phone, Dice& dice) {
  SimBandInAir& band = phone.life.band;
  const auto bond = phone.bluetooth.bonds.find(band.address);
  if (bond == phone.bluetooth.bonds.end()) return false;
  switch (dice.Of(3)) {
    case 0:
      band.knows_bond = false;
      break;
    case 1:
      bond->second.key_good = false;
      break;
    default:
      RemoveBond(phone, band.address, "com.android.settings");
      band.refuses_pairing = true;
  }
  Part(phone);
  return true;
}

bool SwitchedOff(Android& phone, Dice& dice) {
  SwitchBluetooth(phone, false, "APPLICATION_REQUEST",
                  dice.Of(2) == 0 ? "com.android.systemui" : "com.example.saver");
  return true;
}

bool Hogged(Android& phone, Dice&) {
  AddApp(phone, kFinderApp, "Finder");
  phone.life.hogs[std::string(kFinderApp)] = {.scans = true, .next = phone.clock.boot};
  Part(phone);
  return true;
}

bool SlotsTaken(Android& phone, Dice&) {
  const std::string leak(kSensorApp);
  AddApp(phone, leak, "Sensors");
  phone.life.hogs[leak] = {.scans = false, .clients = 100, .next = phone.clock.boot + minutes(30)};
  StartApp(phone, leak, /*by_hand=*/false);
  Part(phone);
  CloseClients(phone, phone.life.companion);
  while (RegisterClient(phone, leak) != nullptr) {
  }
  return true;
}

bool WrongClock(Android& phone, Dice& dice) {
  const auto off = hours(static_cast<long>(dice.Of(20)) + 2) * (dice.Of(2) == 0 ? 1 : -1);
  phone.life.clock_off = off;
  phone.clock.wall += off;
  PutSetting(phone.system, "global", "auto_time", "0");
  if (dice.Of(3) == 0) {
    phone.life.true_zone = phone.clock.zone;
    phone.life.true_offset = phone.clock.utc_offset_minutes;
    phone.clock.zone = "America/Denver";
    phone.clock.utc_offset_minutes = -420;
    phone.system.properties["persist.sys.timezone"] = phone.clock.zone;
    PutSetting(phone.system, "global", "auto_time_zone", "0");
  }
  return true;
}

bool ServerGone(Android& phone, Dice& dice) {
  if (!Companion(phone).needs_server) return false;
  switch (dice.Of(3)) {
    case 0:
      PutSetting(phone.system, "global", "private_dns_mode", "hostname");
      PutSetting(phone.system, "global", "private_dns_specifier", "dns.adblock.example");
      break;
    case 1:
      phone.system.network.connected = phone.system.network.validated = false;
      break;
    default:
      phone.life.server_up = false;
  }
  return true;
}

bool NotificationsBlocked(Android& phone, Dice& dice) {
  Package& package = CompanionPackage(phone);
  const auto post = package.permissions.find("android.permission.POST_NOTIFICATIONS");
  if (phone.flavour.sdk >= kAndroid13 && post != package.permissions.end() && dice.Of(2) == 0) {
    post->second.granted = false;
    return true;
  }
  if (package.listener.empty()) return false;
  SetListener(phone.system, phone.life.companion + "/" + package.listener, false);
  return true;
}

bool ListenerDead(Android& phone, Dice& dice) {
  const Package& package = CompanionPackage(phone);
  const std::string listener = phone.life.companion + "/" + package.listener;
  if (!phone.system.listeners.contains(listener)) return false;
  phone.life.dead_listeners.insert(listener);
  phone.life.listener_bug = dice.Of(3) == 0;
  return true;
}

bool NoHardware(Android& phone, Dice&) {
  SwitchBluetooth(phone, false, "CRASH", "android");
  PutSetting(phone.system, "global", "bluetooth_on", "1");
  Advance(phone, seconds(5));
  phone.bluetooth.fault = StackFault::kNoHardware;
  SwitchBluetooth(phone, true, "RESTARTED", "android");
  return true;
}

bool Fault(Android& phone, StackFault fault) {
  phone.bluetooth.fault = fault;
  Part(phone);
  return true;
}

using Breaker = std::function<bool(Android&, Dice&)>;
const std::map<std::string, Breaker, std::less<>>& Breakers() {
  static const std::map<std::string, Breaker, std::less<>> breakers = {
      {"airplane_mode",
       [](Android& phone, Dice&) {
         PutSetting(phone.system, "global", "airplane_mode_on", "1");
         SettleAdapter(phone, /*by_page=*/true);
         return true;
       }},
      {"android_update_broke",
       [](Android& phone, Dice&) { return Fault(phone, StackFault::kBrokenByUpdate); }},
      {"app_bug",
       [](Android& phone, Dice&) {
         Companion(phone).faulty_version = CompanionPackage(phone).version_code;
         return true;
       }},
      {"app_data_corrupt", [](Android& phone, Dice&) { return Companion(phone).damaged = true; }},
      {"app_level_pairing_lost",
       [](Android& phone, Dice&) {
         phone.life.band.key = 0;
         Part(phone);
         return true;
       }},
      {"app_misconfigured",
       [](Android& phone, Dice&) { return Companion(phone).wrong_mode = true; }},
      {"app_stopped_or_disabled",
       [](Android& phone, Dice& dice) {
         ForceStop(phone, phone.life.companion);
         if (dice.Of(2) == 0) CompanionPackage(phone).enabled = Enabled::kDisabledUser;
         Reconcile(phone);
         return true;
       }},
      {"app_unsupported_device",
       [](Android& phone, Dice&) {
         Companion(phone).supports_band = false;
         Unbind(phone);
         LoseBond(phone);
         return true;
       }},
      {"auth_key_missing",
       [](Android& phone, Dice&) {
         Companion(phone).key = 0;
         Part(phone);
         return true;
       }},
      {"auth_key_wrong",
       [](Android& phone, Dice&) {
         Companion(phone).key ^= 0x5a5a;
         Part(phone);
         return true;
       }},
      {"autoreconnect_setting_off",
       [](Android& phone, Dice&) {
         Companion(phone).reconnects = false;
         Part(phone);
         return true;
       }},
      {"background_killed", BackgroundKilled},
      {"band_battery_empty",
       [](Android& phone, Dice&) {
         phone.life.band.battery = 0;
         return true;
       }},
      {"band_held_by_other_phone",
       [](Android& phone, Dice&) { return phone.life.band.held_by_other = true; }},
      {"band_needs_restart",
       [](Android& phone, Dice& dice) {
         phone.life.band.hung_hard = dice.Of(2) == 0;
         return phone.life.band.hung = true;
       }},
      {"band_not_bound_yet",
       [](Android& phone, Dice&) {
         if (!Companion(phone).needs_server) return false;
         Unbind(phone);
         LoseBond(phone);
         return true;
       }},
      {"battery_saver_active",
       [](Android& phone, Dice&) {
         // As its owner's switch does: on now, and on again after the cable.
         PutSetting(phone.system, "global", "low_power", "1");
         PutSetting(phone.system, "global", "low_power_sticky", "1");
         if (phone.flavour.maker == Maker::kStock)
           phone.system.doze_exempt.erase(phone.life.companion);
         return true;
       }},
      {"bluetooth_app_restricted",
       [](Android& phone, Dice&) {
         Package* stack = FindPackage(phone.system, BluetoothPackage(phone));
         // The app-op came with Android 9.
         if (stack == nullptr || phone.flavour.sdk < kAndroid9) return false;
         stack->ops["RUN_ANY_IN_BACKGROUND"] = "ignore";
         Part(phone);
         return true;
       }},
      {"bluetooth_cache_corrupt",
       [](Android& phone, Dice& dice) {
         return Fault(phone,
                      dice.Of(2) == 0 ? StackFault::kDamagedCache : StackFault::kDamagedData);
       }},
      {"bluetooth_clients_exhausted", SlotsTaken},
      {"bluetooth_off", SwitchedOff},
      {"bluetooth_stack_glitch",
       [](Android& phone, Dice& dice) {
         return Fault(phone, dice.Of(3) == 0 ? StackFault::kHungUntilReboot : StackFault::kHung);
       }},
      {"bound_to_other_account_or_phone",
       [](Android& phone, Dice&) {
         phone.life.band.bound_to = "the old phone";
         phone.life.band.key ^= 0x0f0f;
         Part(phone);
         return true;
       }},
      {"competing_app", Competing},
      {"data_saver_blocks_app",
       [](Android& phone, Dice&) {
         if (!Companion(phone).needs_server) return false;
         phone.system.data_saver = phone.life.metered = true;
         phone.system.data_saver_exempt.erase(CompanionPackage(phone).uid);
         return true;
       }},
      {"interference_or_range",
       [](Android& phone, Dice& dice) {
         if (dice.Of(2) == 0)
           phone.life.noise = 97;
         else
           phone.life.band.rssi = -96;
         Part(phone);
         return true;
       }},
      {"location_permission_missing",
       [](Android& phone, Dice&) {
         return Revoke(phone, {"ACCESS_FINE_LOCATION", "ACCESS_COARSE_LOCATION",
                               "ACCESS_BACKGROUND_LOCATION"});
       }},
      {"location_services_off",
       [](Android& phone, Dice&) {
         SetLocation(phone, false);
         Part(phone);
         return true;
       }},
      {"missing_dependency_app",
       [](Android& phone, Dice& dice) {
         CompanionApp& app = Companion(phone);
         if (!app.needs_server) return false;
         app.needs_package = "com.google.android.gms";
         if (Package* gms = FindPackage(phone.system, app.needs_package); gms && dice.Of(2) == 0)
           gms->enabled = Enabled::kDisabledUser;
         else
           phone.system.packages.erase(app.needs_package);
         Part(phone);
         return true;
       }},
      {"nearby_devices_permission_missing",
       [](Android& phone, Dice&) {
         if (phone.flavour.sdk < kAndroid12) return false;
         return Revoke(phone, {"BLUETOOTH_SCAN", "BLUETOOTH_CONNECT"});
       }},
      {"notification_listener_unbound", ListenerDead},
      {"notification_permission_missing", NotificationsBlocked},
      {"os_bonding_conflict",
       [](Android& phone, Dice&) {
         phone.life.band.drops_bonded = true;
         Part(phone);
         return true;
       }},
      {"other_app_hogs_bluetooth", Hogged},
      {"paired_via_system_settings",
       [](Android& phone, Dice&) {
         Unbind(phone);
         if (const auto bond = phone.bluetooth.bonds.find(phone.life.band.address);
             bond != phone.bluetooth.bonds.end())
           bond->second.by_settings = true;
         return true;
       }},
      {"paired_with_wrong_vendor_app",
       [](Android& phone, Dice&) {
         if (!Companion(phone).needs_server) return false;
         phone.life.band.bound_to = "Mi Fitness";
         phone.life.band.key ^= 0x3333;
         Part(phone);
         return true;
       }},
      {"phone_bluetooth_stack_bug",
       [](Android& phone, Dice&) {
         phone.life.next_crash = phone.clock.boot + minutes(2);
         return Fault(phone, StackFault::kCrashes);
       }},
      {"phone_clock_wrong", WrongClock},
      {"phone_without_bluetooth", NoHardware},
      {"server_unreachable", ServerGone},
      {"stale_bond", StaleBond},
      {"wrong_account_used",
       [](Android& phone, Dice&) {
         if (!Companion(phone).needs_server) return false;
         LoseData(Companion(phone));
         phone.life.band.bound_to = "another login";
         LoseBond(phone);
         return true;
       }},
      {"wrong_device_chosen",
       [](Android& phone, Dice&) {
         Part(phone);
         Companion(phone).band = "C8:0F:10:7E:16:0B";
         return true;
       }},
  };
  return breakers;
}

constexpr NotInjectable kElsewhere[] = {
    {"band_firmware_bug", "lies in the band's firmware, which is not simulated here"},
    {"hardware_defect", "lies in the band, and nothing cures it"},
    {"low_battery_during_update", "needs an update of the band, which is not simulated here"},
    {"other_device_on_account_confuses_key", "lies in the account on the maker's server"},
    {"partial_update", "lies in the band's firmware and resources"},
    {"phone_modification", "a trait of a phone, see the quirk bonds_lost_at_restart"},
    {"resource_pending", "lies in the band's firmware and resources"},
    {"transfer_unstable_on_phone", "needs an update of the band"},
    {"updater_app_bug", "needs an update of the band"},
    {"wrong_firmware_file", "needs an update of the band"},
};

}  // namespace

std::vector<std::string_view> InjectableCauses() {
  std::vector<std::string_view> causes;
  for (const auto& [cause, breaker] : Breakers()) causes.push_back(cause);
  return causes;
}
std::span<const NotInjectable> CausesElsewhere() { return kElsewhere; }

bool Inject(Android& phone, std::string_view cause, std::uint64_t seed) {
  const auto breaker = Breakers().find(cause);
  if (breaker == Breakers().end()) return false;
  SetUpLife(phone);
  Reconcile(phone);
  Android before = phone;
  Dice dice{seed * 2'654'435'761ULL + 17};
  dice.Of(2);
  if (!breaker->second(phone, dice)) {
    phone = std::move(before);
    return false;
  }
  Reconcile(phone);
  return true;
}

}  // namespace bk::simulate
