#include "simulate/phone/life/owner.h"

#include <algorithm>
#include <functional>
#include <map>

#include "simulate/phone/bluetooth/adapter.h"
#include "simulate/phone/bluetooth/radio.h"
#include "simulate/phone/life/advance.h"
#include "simulate/phone/life/companion.h"
#include "simulate/phone/life/events.h"
#include "simulate/phone/life/rules.h"
#include "simulate/phone/log/chance.h"
#include "simulate/phone/system/state.h"

namespace bk::simulate {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

CompanionApp& Companion(Android& phone) { return phone.life.apps[phone.life.companion]; }
Package* CompanionPackage(Android& phone) {
  return FindPackage(phone.system, phone.life.companion);
}

void Switch(Android& phone, bool on) {
  SwitchBluetooth(phone, on, "APPLICATION_REQUEST",
                  phone.flavour.sdk >= 29 ? "com.android.systemui" : "com.android.settings");
}
void SetAirplane(Android& phone, bool on) {
  PutSetting(phone.system, "global", "airplane_mode_on", on ? "1" : "0");
  SettleAdapter(phone, /*by_page=*/true);
}
void Grant(Android& phone, std::string_view permission) {
  if (Package* package = CompanionPackage(phone))
    if (const auto found = package->permissions.find(std::string(permission));
        found != package->permissions.end())
      found->second.granted = true;
}
void Uninstall(Android& phone, const std::string& package) {
  EndProcess(phone, package, 10, 0, "pkg removed");
  phone.system.packages.erase(package);
  phone.life.apps.erase(package);
  phone.life.hogs.erase(package);
  StopScans(phone, package);
  CloseClients(phone, package);
}
// Every companion but the owner's own.
std::vector<std::string> Others(const Android& phone) {
  std::vector<std::string> others;
  for (const auto& [package, app] : phone.life.apps)
    if (package != phone.life.companion) others.push_back(package);
  return others;
}

// Binds the band in the companion, as the makers' apps do: with the server's word, and only a band
// that is bound to nobody else.
void BindInApp(Android& phone) {
  CompanionApp& app = Companion(phone);
  SimBandInAir& band = phone.life.band;
  Package* package = CompanionPackage(phone);
  if (package == nullptr || !MayRun(*package) || !app.supports_band) return;
  StartApp(phone, phone.life.companion, /*by_hand=*/true);
  Reconcile(phone);
  if (app.needs_server && !ReachesServer(phone, phone.life.companion)) return;
  app.signed_in = true;
  if (package->first_run) {
    // Its first page asks for what it needs, and the owner allows it.
    for (const std::string_view permission :
         {"ACCESS_FINE_LOCATION", "ACCESS_COARSE_LOCATION", "ACCESS_BACKGROUND_LOCATION",
          "BLUETOOTH_SCAN", "BLUETOOTH_CONNECT", "POST_NOTIFICATIONS"})
      Grant(phone, "android.permission." + std::string(permission));
    package->first_run = false;
  }
  // A band that Android paired by itself is not offered to an app that does not have it.
  if (const auto bond = phone.bluetooth.bonds.find(band.address);
      app.band.empty() && bond != phone.bluetooth.bonds.end() && bond->second.by_settings)
    return;
  if (!band.bound_to.empty() || !Advertises(phone, band)) {
    // A band whose link this app holds can be bound again over it.
    if (!band.bound_to.empty() || StandingLink(phone, band.address) == nullptr) return;
  }
  // The band asks for a tap; then it has a new key. Its bond with this phone is made anew.
  band.key = static_cast<std::uint32_t>(Between(phone, 1, 0x7fffffff));
  app.band = band.address;
  app.key = band.key;
  if (!band.refuses_pairing) {
    const auto bond = phone.bluetooth.bonds.find(band.address);
    if (app.makes_bond && bond != phone.bluetooth.bonds.end()) {
      bond->second.key_good = bond->second.key_in_memory = true;
      band.knows_bond = true;
    }
  }
  DropLink(phone, band.address, 0x13);
  app.doing = Doing::kResting;
  app.next = phone.clock.boot + seconds(2);
}

// Opens the companion's page and lets it sync now.
void OpenCompanion(Android& phone) {
  StartApp(phone, phone.life.companion, /*by_hand=*/true);
  Reconcile(phone);
  CompanionApp& app = Companion(phone);
  if (app.doing == Doing::kReady || app.doing == Doing::kResting)
    app.next = phone.clock.boot + seconds(1);
}

// Removes the band from the app while it can be told: the band forgets key and bond.
void UnpairInApp(Android& phone) {
  CompanionApp& app = Companion(phone);
  SimBandInAir& band = phone.life.band;
  if (app.band == band.address && app.key == band.key &&
      StandingLink(phone, band.address) != nullptr) {
    band.key = 0;
    band.knows_bond = false;
  }
  app.band.clear();
  app.key = 0;
  if (ReachesServer(phone, phone.life.companion) && band.bound_to.empty()) band.key = 0;
}

void RestartBand(SimBandInAir& band) { band.hung = band.hung_hard = false; }
// What its charger and its own menu can do; what hangs harder takes the owner's finger.
void NudgeBand(SimBandInAir& band) {
  if (!band.hung_hard) band.hung = false;
}
void Charge(Android& phone, std::chrono::seconds time, int at_least) {
  SimBandInAir& band = phone.life.band;
  Advance(phone, time);
  NudgeBand(band);
  band.battery = std::max(band.battery, at_least);
}

void FactoryReset(Android& phone) {
  SimBandInAir& band = phone.life.band;
  DropLink(phone, band.address, 0x08);
  // A reset Mi Smart Band 4 comes back with another address and knows nobody.
  const std::string old = band.address;
  constexpr const char* kHex = "0123456789ABCDEF";
  band.address[15] = kHex[Between(phone, 0, 15)];
  band.address[16] = kHex[Between(phone, 0, 15)];
  if (band.address == old) band.address[16] = band.address[16] == '0' ? '1' : '0';
  band.key = 0;
  band.bound_to.clear();
  band.knows_bond = band.refuses_pairing = band.drops_bonded = false;
  RestartBand(band);
  RemoveBond(phone, old, "com.android.settings");
  BindInApp(phone);
}

void UpdateApp(Android& phone, int by) {
  if (Package* package = CompanionPackage(phone)) {
    package->version_code += by;
    EndProcess(phone, phone.life.companion, phone.flavour.sdk >= 34 ? 16 : 10, 0,
               "installPackageLI");
    package->stopped = false;
  }
}

using Act = std::function<void(Android&)>;
const std::map<std::string, Act, std::less<>>& Acts() {
  static const std::map<std::string, Act, std::less<>> acts = {
      // The band.
      {"put_on_charger", [](Android& phone) { Charge(phone, seconds(30), 2); }},
      {"charge_band", [](Android& phone) { Charge(phone, minutes(35), 60); }},
      {"charge_band_hours", [](Android& phone) { Charge(phone, hours(4), 100); }},
      {"bring_band_near",
       [](Android& phone) {
         phone.life.band.in_reach = true;
         phone.life.band.rssi = -48;
       }},
      {"go_to_quiet_place",
       [](Android& phone) {
         phone.life.noise = 0;
         phone.life.band.in_reach = true;
         phone.life.band.rssi = std::max(phone.life.band.rssi, -60);
       }},
      {"finish_other_bluetooth_devices", [](Android& phone) { phone.life.noise /= 2; }},
      {"restart_band", [](Android& phone) { RestartBand(phone.life.band); }},
      {"switch_band_bluetooth", [](Android& phone) { NudgeBand(phone.life.band); }},
      {"erase_bond_on_band",
       [](Android& phone) {
         phone.life.band.knows_bond = phone.life.band.refuses_pairing = false;
       }},
      {"factory_reset_band", FactoryReset},
      {"free_from_other_phone", [](Android& phone) { phone.life.band.held_by_other = false; }},
      {"free_in_official_app",
       [](Android& phone) {
         phone.life.band.held_by_other = false;
         if (!phone.life.band.bound_to.empty()) phone.life.band.key = 0;
         phone.life.band.bound_to.clear();
         BindInApp(phone);
       }},
      {"unbind_on_server",
       [](Android& phone) {
         if (!phone.life.band.bound_to.empty()) phone.life.band.key = 0;
         phone.life.band.bound_to.clear();
         BindInApp(phone);
       }},
      // The app.
      {"bind_in_official_app", [](Android& phone) { BindInApp(phone); }},
      {"pair_in_app_again", [](Android& phone) { BindInApp(phone); }},
      {"use_right_account",
       [](Android& phone) {
         Companion(phone).signed_in = true;
         if (phone.life.band.bound_to == "another login") phone.life.band.bound_to.clear();
         BindInApp(phone);
       }},
      {"sign_out_and_in", [](Android& phone) { Companion(phone).signed_in = true; }},
      {"correct_key", [](Android& phone) { Companion(phone).key = phone.life.band.key; }},
      {"enter_key", [](Android& phone) { Companion(phone).key = phone.life.band.key; }},
      {"choose_right_mode", [](Android& phone) { Companion(phone).wrong_mode = false; }},
      {"turn_on_reconnect_option", [](Android& phone) { Companion(phone).reconnects = true; }},
      {"pair_without_os_bond",
       [](Android& phone) {
         Companion(phone).makes_bond = false;
         RemoveBond(phone, phone.life.band.address, "com.android.settings");
         phone.life.band.knows_bond = false;
       }},
      {"pick_right_device",
       [](Android& phone) {
         CompanionApp& app = Companion(phone);
         app.band = phone.life.band.address;
         app.key = phone.life.band.key;
       }},
      {"reset_sync_time",
       [](Android& phone) {
         // Helps a database whose last time lies ahead, not one that is damaged.
         Companion(phone).last_sync = phone.clock.wall - hours(24);
       }},
      {"reinstall_app",
       [](Android& phone) {
         LoseData(Companion(phone));
         for (auto& [name, permission] : CompanionPackage(phone)->permissions)
           permission.granted = true;
         EndProcess(phone, phone.life.companion, 10, 0, "pkg removed");
         BindInApp(phone);
       }},
      {"clear_app_data",
       [](Android& phone) {
         LoseData(Companion(phone));
         BindInApp(phone);
       }},
      {"update_app", [](Android& phone) { UpdateApp(phone, 1); }},
      {"go_back_app_version", [](Android& phone) { UpdateApp(phone, -1); }},
      {"lock_in_recents", [](Android& phone) { Companion(phone).locked_in_recents = true; }},
      {"allow_autostart",
       [](Android& phone) {
         if (Package* package = CompanionPackage(phone)) package->autostart = true;
       }},
      {"use_supporting_app",
       [](Android& phone) {
         Companion(phone).supports_band = true;
         BindInApp(phone);
       }},
      {"install_missing_package",
       [](Android& phone) {
         const std::string needed = Companion(phone).needs_package;
         if (needed.empty()) return;
         Package& package = phone.system.packages[needed];
         package.enabled = Enabled::kDefault;
         package.system = true;
       }},
      {"use_right_sibling_app",
       [](Android& phone) {
         phone.life.band.bound_to.clear();
         BindInApp(phone);
       }},
      {"uninstall_other_companion",
       [](Android& phone) {
         for (const std::string& package : Others(phone)) Uninstall(phone, package);
       }},
      {"uninstall_other_bluetooth_app",
       [](Android& phone) {
         std::vector<std::string> hogs;
         for (const auto& [package, hog] : phone.life.hogs) hogs.push_back(package);
         for (const std::string& package : hogs) Uninstall(phone, package);
       }},
      {"sync_by_hand", OpenCompanion},
      {"keep_app_open", OpenCompanion},
      {"start_app", OpenCompanion},
      {"scan_then_connect", OpenCompanion},
      {"restart_app",
       [](Android& phone) {
         ForceStop(phone, phone.life.companion);
         Advance(phone, seconds(2));
         OpenCompanion(phone);
       }},
      // The phone, by its settings pages.
      {"forget_in_android",
       [](Android& phone) {
         std::vector<std::string> ours;
         for (const auto& [address, bond] : phone.bluetooth.bonds)
           if (bond.name == phone.life.band.name) ours.push_back(address);
         for (const std::string& address : ours) RemoveBond(phone, address, "com.android.settings");
         // Whoever has no band in the app adds it there next.
         if (Companion(phone).band.empty()) BindInApp(phone);
       }},
      {"merge_duplicate_entries",
       [](Android& phone) {
         std::vector<std::string> extra;
         for (const auto& [address, bond] : phone.bluetooth.bonds)
           if (bond.name == phone.life.band.name && address != phone.life.band.address)
             extra.push_back(address);
         for (const std::string& address : extra)
           RemoveBond(phone, address, "com.android.settings");
       }},
      {"clean_repair",
       [](Android& phone) {
         UnpairInApp(phone);
         RemoveBond(phone, phone.life.band.address, "com.android.settings");
         Restart(phone);
         BindInApp(phone);
       }},
      {"clear_bluetooth_cache", ClearBluetoothCache},
      {"clear_bluetooth_data", ClearBluetoothData},
      {"toggle_bluetooth",
       [](Android& phone) {
         Switch(phone, false);
         Advance(phone, seconds(10));
         Switch(phone, true);
       }},
      {"turn_on_bluetooth", [](Android& phone) { Switch(phone, true); }},
      {"turn_off_airplane_mode", [](Android& phone) { SetAirplane(phone, false); }},
      {"cycle_airplane_mode",
       [](Android& phone) {
         SetAirplane(phone, true);
         Advance(phone, seconds(10));
         SetAirplane(phone, false);
       }},
      {"restart_phone", Restart},
      {"update_phone_system",
       [](Android& phone) {
         StackFault& fault = phone.bluetooth.fault;
         if (fault == StackFault::kBrokenByUpdate || fault == StackFault::kCrashes)
           fault = StackFault::kNone;
         Advance(phone, minutes(20));
         Restart(phone);
       }},
      {"revert_modification",
       [](Android& phone) {
         phone.flavour.quirks.erase("bonds_lost_at_restart");
         Restart(phone);
       }},
      {"turn_on_location", [](Android& phone) { SetLocation(phone, true); }},
      {"turn_off_battery_saver",
       [](Android& phone) { PutSetting(phone.system, "global", "low_power", "0"); }},
      {"grant_location_permission",
       [](Android& phone) {
         Grant(phone, "android.permission.ACCESS_FINE_LOCATION");
         Grant(phone, "android.permission.ACCESS_COARSE_LOCATION");
         Grant(phone, "android.permission.ACCESS_BACKGROUND_LOCATION");
       }},
      {"grant_nearby_devices",
       [](Android& phone) {
         Grant(phone, "android.permission.BLUETOOTH_SCAN");
         Grant(phone, "android.permission.BLUETOOTH_CONNECT");
       }},
      {"grant_notifications",
       [](Android& phone) {
         Grant(phone, "android.permission.POST_NOTIFICATIONS");
         if (Package* package = CompanionPackage(phone)) package->notifications_off = false;
       }},
      {"grant_notification_access",
       [](Android& phone) {
         if (const Package* package = CompanionPackage(phone);
             package != nullptr && !package->listener.empty())
           SetListener(phone.system, phone.life.companion + "/" + package->listener, true);
       }},
      {"regrant_notification_access",
       [](Android& phone) {
         const Package* package = CompanionPackage(phone);
         if (package == nullptr || package->listener.empty()) return;
         const std::string listener = phone.life.companion + "/" + package->listener;
         SetListener(phone.system, listener, false);
         Reconcile(phone);
         SetListener(phone.system, listener, true);
       }},
      {"exempt_from_battery_optimisation",
       [](Android& phone) { phone.system.doze_exempt.insert(phone.life.companion); }},
      {"lift_background_restriction",
       [](Android& phone) {
         if (Package* package = CompanionPackage(phone)) {
           package->ops.erase("RUN_ANY_IN_BACKGROUND");
           package->uid_ops.erase("RUN_ANY_IN_BACKGROUND");
           package->asleep = false;
           package->bucket = 10;
         }
       }},
      {"lift_bluetooth_app_restriction",
       [](Android& phone) {
         for (auto& [name, package] : phone.system.packages)
           if (name.ends_with(".android.bluetooth")) {
             package.ops.erase("RUN_ANY_IN_BACKGROUND");
             package.uid_ops.erase("RUN_ANY_IN_BACKGROUND");
           }
       }},
      {"exempt_from_data_saver",
       [](Android& phone) {
         if (const Package* package = CompanionPackage(phone)) {
           phone.system.data_saver_exempt.insert(package->uid);
           phone.system.data_denied.erase(package->uid);
         }
       }},
      {"enable_app",
       [](Android& phone) {
         if (Package* package = CompanionPackage(phone)) package->enabled = Enabled::kDefault;
         OpenCompanion(phone);
       }},
      {"stop_other_companion",
       [](Android& phone) {
         for (const std::string& package : Others(phone)) ForceStop(phone, package);
       }},
      {"stop_other_bluetooth_app",
       [](Android& phone) {
         for (const auto& [package, hog] : phone.life.hogs) ForceStop(phone, package);
       }},
      {"set_time_automatic",
       [](Android& phone) {
         PutSetting(phone.system, "global", "auto_time", "1");
         PutSetting(phone.system, "global", "auto_time_zone", "1");
       }},
      {"connect_to_internet",
       [](Android& phone) {
         phone.system.network.connected = phone.system.network.validated = true;
       }},
      {"turn_off_filtering_dns",
       [](Android& phone) {
         PutSetting(phone.system, "global", "private_dns_mode", "off");
         phone.system.network.vpn.clear();
         phone.system.network.validated = phone.system.network.connected;
       }},
      {"try_server_later",
       [](Android& phone) {
         Advance(phone, hours(2));
         phone.life.server_up = true;
       }},
  };
  return acts;
}

}  // namespace

Deed AskOwner(Android& phone, std::string_view fix) {
  Owner& owner = phone.life.owner;
  owner.asked.emplace_back(fix);
  const auto special = owner.on.find(std::string(fix));
  const Deed deed = special == owner.on.end() ? owner.usually : special->second;
  if (deed != Deed::kDoes) return deed;
  const auto act = Acts().find(fix);
  if (act == Acts().end()) return Deed::kRefuses;
  SetUpLife(phone);
  Reconcile(phone);
  act->second(phone);
  Reconcile(phone);
  return Deed::kDoes;
}

}  // namespace bk::simulate
