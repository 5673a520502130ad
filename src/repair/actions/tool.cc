// What bandkeeper does over the cable, and what a finger does where the phone refuses.
#include <array>

#include "base/shell_quote.h"
#include "repair/actions/pages.h"
#include "repair/actions/table.h"
#include "repair/messages.h"

namespace bk::repair::actions {
namespace {

using std::chrono::seconds;

constexpr seconds kBluetooth{30};  // for Bluetooth to come or go
constexpr seconds kRest{10};       // off before on again, as the guide says
constexpr seconds kLook{1};        // for what is so already
constexpr seconds kStart{20};      // for an app to come up

ChangeSetting To(SettingId setting, std::string value) {
  return {.setting = std::move(setting), .to = std::move(value)};
}
ChangeSetting IfThere(SettingId setting, std::string value) {
  return {.setting = std::move(setting), .to = std::move(value), .optional = true};
}
// Only where somebody set it so: what Android has by itself stays.
ChangeSetting From(SettingId setting, std::vector<std::string> from, std::string value) {
  return {.setting = std::move(setting),
          .to = std::move(value),
          .optional = true,
          .only_from = std::move(from)};
}
ChangeSetting ForNow(SettingId setting, std::string value) {
  return {.setting = std::move(setting), .to = std::move(value), .temporary = true};
}
AwaitSetting Perhaps(SettingId setting, std::string value, seconds time_out) {
  return {.setting = std::move(setting),
          .value = std::move(value),
          .time_out = time_out,
          .optional = true};
}

void Open(const PhoneTraits& traits, const Situation& situation, std::vector<Move>& moves) {
  if (!situation.companion.empty()) moves.push_back(StartApp(traits, situation.companion));
}

// ---- Bluetooth and the radios

void ToggleBluetooth(const PhoneTraits& traits, const Situation& situation, Action& action) {
  action.moves = {ForNow(setting::Bluetooth(), "off"), Pause{kRest}, PutBack{},
                  Seen(setting::Bluetooth(), "on", kBluetooth)};
  Open(traits, situation, action.moves);
  action.by_finger = {BluetoothPage(traits), Seen(setting::Bluetooth(), "off"),
                      Seen(setting::Bluetooth(), "on")};
}

void TurnOnBluetooth(const PhoneTraits& traits, const Situation&, Action& action) {
  action.moves = {To(setting::Bluetooth(), "on"), Seen(setting::Bluetooth(), "on", kBluetooth)};
  action.by_finger = {BluetoothPage(traits), Seen(setting::Bluetooth(), "on")};
}

OpenPage AirplanePage(const PhoneTraits& traits) {
  return PlainPage(traits, kPageSays.airplane, "android.settings.AIRPLANE_MODE_SETTINGS");
}

void CycleAirplane(const PhoneTraits& traits, const Situation& situation, Action& action) {
  // Android 13 and later may keep Bluetooth on in airplane mode where the owner once wanted it so.
  action.moves = {ForNow(setting::AirplaneMode(), "on"),
                  Perhaps(setting::Bluetooth(), "off", kBluetooth),
                  Pause{kRest},
                  PutBack{},
                  Seen(setting::AirplaneMode(), "off", kBluetooth),
                  Seen(setting::Bluetooth(), "on", kBluetooth)};
  Open(traits, situation, action.moves);
  action.by_finger = {AirplanePage(traits), Seen(setting::AirplaneMode(), "on"),
                      Seen(setting::AirplaneMode(), "off"),
                      Seen(setting::Bluetooth(), "on", kBluetooth)};
}

void TurnOffAirplane(const PhoneTraits& traits, const Situation&, Action& action) {
  action.moves = {To(setting::AirplaneMode(), "off"),
                  Perhaps(setting::Bluetooth(), "on", seconds{10}), To(setting::Bluetooth(), "on"),
                  Seen(setting::Bluetooth(), "on", kBluetooth)};
  action.by_finger = {AirplanePage(traits), Seen(setting::AirplaneMode(), "off"),
                      Seen(setting::Bluetooth(), "on")};
}

void RestartThePhone(const PhoneTraits& traits, const Situation& situation, Action& action) {
  action.moves = {RestartPhone{}};
  Open(traits, situation, action.moves);
}

// ---- the app itself

void RestartApp(const PhoneTraits& traits, const Situation& situation, Action& action) {
  const std::string& app = situation.companion;
  if (app.empty()) return;
  // One that is switched off would be stopped and could not be opened again. Closed for a moment,
  // so that whatever happens to us in between it is opened again.
  action.moves = {Seen(setting::PackageEnabled(app), "enabled", kLook),
                  ForNow(setting::Closed(app), "yes"), PutBack{}, StartApp(traits, app),
                  Seen(setting::Running(app), "yes", kStart)};
  action.by_finger = {AppInfoPage(traits, app), Seen(setting::Running(app), "no"),
                      AppPage(traits, app), Seen(setting::Running(app), "yes")};
}

void StartTheApp(const PhoneTraits& traits, const Situation& situation, Action& action) {
  const std::string& app = situation.companion;
  if (app.empty()) return;
  action.moves = {StartApp(traits, app), Seen(setting::Running(app), "yes", kStart)};
  action.by_finger = {AppInfoPage(traits, app), Seen(setting::Running(app), "yes")};
}

void EnableApp(const PhoneTraits& traits, const Situation& situation, Action& action) {
  const std::string& app = situation.companion;
  if (app.empty()) return;
  action.moves = {To(setting::PackageEnabled(app), "enabled"), StartApp(traits, app)};
  action.by_finger = {AppInfoPage(traits, app), Seen(setting::PackageEnabled(app), "enabled")};
}

void ClearAppCache(const PhoneTraits& traits, const Situation& situation, Action& action) {
  const std::string& app = situation.companion;
  if (app.empty()) return;
  // Android 14 knows --cache-only by its source. Android 12 and older do not look at options that
  // they do not know and would clear all data of the app: never where the version is not known.
  if (traits.sdk >= 34) {
    action.moves = {DeedOf(traits, kPageSays.clear_cache, app,
                           {{ports::PhoneCommand{.line = "pm clear --cache-only " +
                                                         traits.UserOption() + ShellQuote(app)}}})};
  }
  action.by_finger = {AppInfoPage(traits, app)};
}

// ---- other apps

void StopOthers(const PhoneTraits& traits, const std::vector<std::string>& others,
                const Situation& situation, Action& action) {
  for (const std::string& other : others) {
    if (other == situation.companion) continue;
    // One that is switched off does not run, and could not be opened again.
    action.moves.push_back(
        ChangeSetting{.setting = setting::Stopped(other), .to = "yes", .only_from = {"no"}});
    action.by_finger.push_back(AppInfoPage(traits, other));
    action.by_finger.push_back(Seen(setting::Stopped(other), "yes"));
  }
  if (!action.moves.empty()) Open(traits, situation, action.moves);
}
void StopOtherCompanions(const PhoneTraits& traits, const Situation& situation, Action& action) {
  StopOthers(traits, situation.other_companions, situation, action);
}
void StopHogs(const PhoneTraits& traits, const Situation& situation, Action& action) {
  StopOthers(traits, situation.bluetooth_hogs, situation, action);
}

// ---- what holds the app back

// What the battery page of the settings sets: Android 9 split one op in two.
SettingId BackgroundOp(const PhoneTraits& traits, const std::string& app) {
  return setting::AppOp(app, traits.AtLeast(28) ? "RUN_ANY_IN_BACKGROUND" : "RUN_IN_BACKGROUND");
}

void FreeInBackground(const std::string& app, Action& action) {
  action.moves.push_back(To(setting::AppOp(app, "RUN_IN_BACKGROUND"), "allow"));
  action.moves.push_back(IfThere(setting::AppOp(app, "RUN_ANY_IN_BACKGROUND"), "allow"));
  // A mode of the whole uid wins over the app's own; hardly anybody sets one.
  for (const char* op : {"RUN_ANY_IN_BACKGROUND", "RUN_IN_BACKGROUND"})
    action.moves.push_back(From(setting::UidOp(app, op), {"ignore", "deny"}, "allow"));
  action.moves.push_back(From(setting::StandbyBucket(app), {"40", "45", "50"}, "10"));
  // It follows from the ops and the class; it is set by itself only where it does not.
  action.moves.push_back(From(setting::BackgroundLevel(app),
                              {"restricted_bucket", "background_restricted", "hibernation"},
                              "adaptive_bucket"));
}

void ExemptFromBattery(const PhoneTraits& traits, const Situation& situation, Action& action) {
  const std::string& app = situation.companion;
  if (app.empty()) return;
  action.moves = {To(setting::DozeExempt(app), "yes"),
                  IfThere(setting::AppOp(app, "RUN_ANY_IN_BACKGROUND"), "allow")};
  action.by_finger = {BatteryPage(traits, app), Seen(setting::DozeExempt(app), "yes")};
}

void LiftBackground(const PhoneTraits& traits, const Situation& situation, Action& action) {
  const std::string& app = situation.companion;
  if (app.empty()) return;
  FreeInBackground(app, action);
  action.by_finger = {AppInfoPage(traits, app), Seen(BackgroundOp(traits, app), "allow")};
}

void LiftBluetoothApp(const PhoneTraits& traits, const Situation& situation, Action& action) {
  const std::string& app = situation.bluetooth_app;
  if (app.empty()) return;
  action.moves = {To(setting::DozeExempt(app), "yes")};
  FreeInBackground(app, action);
  action.by_finger = {AppInfoPage(traits, app), Seen(BackgroundOp(traits, app), "allow")};
}

void ExemptFromDataSaver(const PhoneTraits& traits, const Situation& situation, Action& action) {
  const std::string& app = situation.companion;
  if (app.empty()) return;
  action.moves = {To(setting::DataSaverExempt(app), "yes")};
  action.by_finger = {DataSaverPage(traits, app), Seen(setting::DataSaverExempt(app), "yes")};
}

// ---- permissions

constexpr std::string_view kPermission = "android.permission.";
SettingId Permission(const std::string& app, std::string_view name) {
  return setting::Permission(app, std::string(kPermission) + std::string(name));
}

void GrantLocation(const PhoneTraits& traits, const Situation& situation, Action& action) {
  const std::string& app = situation.companion;
  if (app.empty()) return;
  action.moves = {To(Permission(app, "ACCESS_FINE_LOCATION"), "granted"),
                  IfThere(Permission(app, "ACCESS_COARSE_LOCATION"), "granted"),
                  IfThere(Permission(app, "ACCESS_BACKGROUND_LOCATION"), "granted"),
                  From(setting::AppOp(app, "FINE_LOCATION"), {"ignore", "deny"}, "allow"),
                  From(setting::AppOp(app, "COARSE_LOCATION"), {"ignore", "deny"}, "allow")};
  action.by_finger = {AppInfoPage(traits, app),
                      Seen(Permission(app, "ACCESS_FINE_LOCATION"), "granted")};
}

void GrantNearby(const PhoneTraits& traits, const Situation& situation, Action& action) {
  const std::string& app = situation.companion;
  if (app.empty() || !traits.AtLeast(31)) return;
  action.moves = {To(Permission(app, "BLUETOOTH_CONNECT"), "granted"),
                  To(Permission(app, "BLUETOOTH_SCAN"), "granted"),
                  IfThere(Permission(app, "BLUETOOTH_ADVERTISE"), "granted"),
                  From(setting::AppOp(app, "BLUETOOTH_CONNECT"), {"ignore", "deny"}, "allow"),
                  From(setting::AppOp(app, "BLUETOOTH_SCAN"), {"ignore", "deny"}, "allow")};
  action.by_finger = {AppInfoPage(traits, app),
                      Seen(Permission(app, "BLUETOOTH_CONNECT"), "granted"),
                      Seen(Permission(app, "BLUETOOTH_SCAN"), "granted")};
}

void GrantNotifications(const PhoneTraits& traits, const Situation& situation, Action& action) {
  const std::string& app = situation.companion;
  if (app.empty()) return;
  action.by_finger = {AppNotificationsPage(traits, app)};
  // Until Android 12 the switch lies with the notification service, which takes it from a finger.
  if (!traits.AtLeast(33)) return;
  action.moves = {To(Permission(app, "POST_NOTIFICATIONS"), "granted"),
                  From(setting::AppOp(app, "POST_NOTIFICATION"), {"ignore", "deny"}, "allow")};
  action.by_finger.push_back(Seen(Permission(app, "POST_NOTIFICATIONS"), "granted"));
}

void GrantNotificationAccess(const PhoneTraits& traits, const Situation& situation,
                             Action& action) {
  const std::string& app = situation.companion;
  if (app.empty()) return;
  if (!situation.companion_listener.empty())
    action.moves = {To(setting::NotificationListener(app, situation.companion_listener), "yes"),
                    Perhaps(setting::ListenerLive(app), "yes", kStart)};
  action.by_finger = {NotificationAccessPage(traits),
                      Seen(setting::NotificationListener(app, "*"), "yes")};
}

void RegrantNotificationAccess(const PhoneTraits& traits, const Situation& situation,
                               Action& action) {
  const std::string& app = situation.companion;
  if (app.empty()) return;
  if (!situation.companion_listener.empty())
    action.moves = {ForNow(setting::NotificationListener(app, situation.companion_listener), "no"),
                    Pause{kRest}, PutBack{}, Perhaps(setting::ListenerLive(app), "yes", kStart)};
  action.by_finger = {NotificationAccessPage(traits),
                      Seen(setting::NotificationListener(app, "*"), "no"),
                      Seen(setting::NotificationListener(app, "*"), "yes")};
}

// ---- switches of the phone

void SetTime(const PhoneTraits& traits, const Situation&, Action& action) {
  action.moves = {To(setting::Global("auto_time"), "1"),
                  To(setting::Global("auto_time_zone"), "1")};
  action.by_finger = {PlainPage(traits, kPageSays.date, "android.settings.DATE_SETTINGS"),
                      Seen(setting::Global("auto_time"), "1"),
                      Seen(setting::Global("auto_time_zone"), "1")};
}

void TurnOffSaver(const PhoneTraits& traits, const Situation&, Action& action) {
  // On the cable the phone charges and rests its battery saver; the sticky row brings it back when
  // the cable is out.
  action.moves = {To(setting::BatterySaver(), "off"),
                  From(setting::Global("low_power_sticky"), {"1"}, "0")};
  action.by_finger = {
      PlainPage(traits, kPageSays.battery_saver, "android.settings.BATTERY_SAVER_SETTINGS"),
      Seen(setting::BatterySaver(), "off")};
}

void TurnOffFilteringDns(const PhoneTraits& traits, const Situation&, Action& action) {
  if (traits.AtLeast(28))
    action.moves = {ChangeSetting{.setting = setting::Global("private_dns_mode"),
                                  .to = "opportunistic",
                                  .only_from = {"hostname"}}};
  action.by_finger = {PlainPage(traits, kPageSays.vpn, "android.settings.VPN_SETTINGS")};
}

void TurnOnLocation(const PhoneTraits& traits, const Situation&, Action& action) {
  action.moves = {To(setting::Location(), "on")};
  action.by_finger = {
      PlainPage(traits, kPageSays.location, "android.settings.LOCATION_SOURCE_SETTINGS"),
      Seen(setting::Location(), "on")};
}

constexpr std::array kRows = {
    Row{"clear_app_cache", Doer::kTool, ClearAppCache},
    Row{"cycle_airplane_mode", Doer::kTool, CycleAirplane},
    Row{"enable_app", Doer::kTool, EnableApp},
    Row{"exempt_from_battery_optimisation", Doer::kTool, ExemptFromBattery},
    Row{"exempt_from_data_saver", Doer::kTool, ExemptFromDataSaver},
    Row{"grant_location_permission", Doer::kTool, GrantLocation},
    Row{"grant_nearby_devices", Doer::kTool, GrantNearby},
    Row{"grant_notification_access", Doer::kTool, GrantNotificationAccess},
    Row{"grant_notifications", Doer::kTool, GrantNotifications},
    Row{"lift_background_restriction", Doer::kTool, LiftBackground},
    Row{"lift_bluetooth_app_restriction", Doer::kTool, LiftBluetoothApp},
    Row{"regrant_notification_access", Doer::kTool, RegrantNotificationAccess},
    Row{"restart_app", Doer::kTool, RestartApp},
    Row{"restart_phone", Doer::kTool, RestartThePhone},
    Row{"set_time_automatic", Doer::kTool, SetTime},
    Row{"start_app", Doer::kTool, StartTheApp},
    Row{"stop_other_bluetooth_app", Doer::kTool, StopHogs},
    Row{"stop_other_companion", Doer::kTool, StopOtherCompanions},
    Row{"toggle_bluetooth", Doer::kTool, ToggleBluetooth},
    Row{"turn_off_airplane_mode", Doer::kTool, TurnOffAirplane},
    Row{"turn_off_battery_saver", Doer::kTool, TurnOffSaver},
    Row{"turn_off_filtering_dns", Doer::kTool, TurnOffFilteringDns},
    Row{"turn_on_bluetooth", Doer::kTool, TurnOnBluetooth},
    Row{"turn_on_location", Doer::kTool, TurnOnLocation},
};

}  // namespace

std::span<const Row> ToolRows() { return kRows; }

}  // namespace bk::repair::actions
