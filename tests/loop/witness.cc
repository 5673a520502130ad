#include "loop/witness.h"

#include <functional>
#include <map>
#include <string>

#include "simulate/phone/bluetooth/radio.h"
#include "simulate/phone/life/advance.h"
#include "simulate/phone/life/rules.h"
#include "simulate/phone/system/state.h"

namespace bk::loop {
namespace {

using namespace simulate;  // NOLINT: this file is about nothing else

const CompanionApp& App(const Android& phone) {
  static const CompanionApp kNone;
  const auto found = phone.life.apps.find(phone.life.companion);
  return found == phone.life.apps.end() ? kNone : found->second;
}
bool Linked(const Android& phone) {
  return StandingLink(phone, phone.life.band.address) != nullptr &&
         (App(phone).doing == Doing::kReady || App(phone).doing == Doing::kSyncing);
}
// The band's own app's page says "connected" while it lasts; a sync of the last half hour.
bool Syncs(const Android& phone) {
  return phone.clock.wall - phone.life.last_sync < std::chrono::minutes(30) &&
         phone.life.last_sync <= phone.clock.wall;
}
bool Wakes(const Android& phone) { return phone.life.band.powered && phone.life.band.battery > 0; }

using Sees = std::function<std::optional<bool>(const Android&)>;
const std::map<std::string_view, Sees>& Table() {
  const auto never = [](const Android&) { return std::optional(false); };
  static const std::map<std::string_view, Sees> table = {
      // The band on the wrist.
      {"band_battery_low", [](const Android& p) { return p.life.band.battery < 15; }},
      {"band_dead", [](const Android& p) { return !Wakes(p); }},
      // One that hangs shows nothing of it: its screen goes on.
      {"band_ui_stuck", [](const Android& p) { return !Wakes(p) || p.life.band.hung_hard; }},
      {"strong_signal", [](const Android& p) { return p.life.band.rssi > -80; }},
      {"weak_signal", [](const Android& p) { return p.life.band.rssi <= -80; }},
      {"radio_crowded", [](const Android& p) { return p.life.noise > 60; }},
      {"band_was_dropped", never},
      {"boot_loop", never},
      {"display_flickers", never},
      {"new_band", never},
      {"band_replaced", never},
      {"band_bluetooth_settings_changed", never},
      {"time_not_synced",
       [](const Android& p) {
         return p.life.clock_off != std::chrono::microseconds(0) && Linked(p);
       }},
      {"other_phone_nearby_paired",
       [](const Android& p) {
         return p.life.band.held_by_other || p.life.band.bound_to == "the old phone";
       }},
      {"old_phone_not_unpaired",
       [](const Android& p) {
         return p.life.band.held_by_other || p.life.band.bound_to == "the old phone";
       }},
      {"paired_before_on_this_phone", [](const Android&) { return true; }},
      {"pair_first_on_band_screen",
       [](const Android& p) { return Wakes(p) && p.life.band.key == 0; }},
      // The app.
      {"connects_ok", Linked},
      {"app_cannot_connect", [](const Android& p) { return !Linked(p); }},
      {"sync_fails", [](const Android& p) { return !Syncs(p); }},
      {"sync_completed", Syncs},
      {"band_not_registered_in_app", [](const Android& p) { return App(p).band.empty(); }},
      {"login_ok", [](const Android& p) { return App(p).signed_in; }},
      {"login_fails", [](const Android& p) { return App(p).needs_server && !p.life.server_up; }},
      {"account_lists_no_band",
       [](const Android& p) { return App(p).needs_server && App(p).band.empty(); }},
      {"app_content_not_loading",
       [](const Android& p) { return App(p).needs_server && !ReachesServer(p, p.life.companion); }},
      {"autoreconnect_off", [](const Android& p) { return !App(p).reconnects; }},
      {"autoreconnect_enabled", [](const Android& p) { return App(p).reconnects; }},
      {"manual_connect_works", [](const Android& p) { return !App(p).reconnects || Linked(p); }},
      {"no_auth_key_entered", [](const Android& p) { return App(p).key == 0; }},
      {"official_app_used", [](const Android& p) { return p.life.companion == kZeppLife; }},
      {"notifications_work", [](const Android& p) { return NotificationsArrive(p); }},
      {"notifications_not_arriving", [](const Android& p) { return !NotificationsArrive(p); }},
      {"auth_failed",
       [](const Android& p) -> std::optional<bool> {
         if (App(p).band.empty()) return std::nullopt;
         return DeviceAt(p, App(p).band).key != App(p).key;
       }},
      {"other_companion_app_installed",
       [](const Android& p) {
         for (const auto& [package, app] : p.life.apps)
           if (package != p.life.companion && FindPackage(p.system, package) != nullptr)
             return true;
         return false;
       }},
      {"firmware_update_fails", never},
      {"firmware_update_done", never},
      {"after_firmware_update", never},
      {"third_party_updater", never},
      {"same_model_nearby", never},
      {"other_device_on_account", never},
      {"after_app_update", [](const Android& p) { return App(p).faulty_version != 0; }},
      {"after_app_reinstall", never},
      {"after_travel", [](const Android& p) { return !p.life.true_zone.empty(); }},
      // The phone in the hand.
      {"bluetooth_off", [](const Android& p) { return p.bluetooth.adapter != AdapterState::kOn; }},
      {"airplane_mode_on", [](const Android& p) { return AirplaneMode(p.system); }},
      {"location_off", [](const Android& p) { return !LocationOn(p.system); }},
      {"battery_saver_on", [](const Android& p) { return BatterySaver(p.system); }},
      {"phone_offline", [](const Android& p) { return !p.system.network.connected; }},
      {"private_dns_or_adblock_on",
       [](const Android& p) {
         return Setting(p.system, "global", "private_dns_mode") == "hostname";
       }},
      {"bonded_in_android",
       [](const Android& p) { return p.bluetooth.bonds.contains(p.life.band.address); }},
      {"paired_in_android_settings",
       [](const Android& p) {
         const auto bond = p.bluetooth.bonds.find(p.life.band.address);
         return bond != p.bluetooth.bonds.end() && bond->second.by_settings;
       }},
      {"listed_in_android_bluetooth_not_in_app",
       [](const Android& p) {
         return p.bluetooth.bonds.contains(p.life.band.address) && App(p).band.empty();
       }},
      {"phone_rooted_or_modified", never},
      {"phone_debloated", never},
      {"custom_rom", never},
      {"new_phone", never},
      {"after_os_change", never},
      {"after_android_update",
       [](const Android& p) { return p.bluetooth.fault == StackFault::kBrokenByUpdate; }},
      {"other_bluetooth_app_installed_recently",
       [](const Android& p) { return !p.life.hogs.empty(); }},
      {"other_bluetooth_devices_affected",
       [](const Android& p) {
         return p.bluetooth.adapter != AdapterState::kOn ||
                (p.bluetooth.fault != StackFault::kNone &&
                 p.bluetooth.fault != StackFault::kDamagedCache);
       }},
      {"reproducible", [](const Android&) { return true; }},
  };
  return table;
}

}  // namespace

std::optional<bool> Witness(const Android& phone, std::string_view finding) {
  const auto row = Table().find(finding);
  return row == Table().end() ? std::nullopt : row->second(phone);
}

}  // namespace bk::loop
