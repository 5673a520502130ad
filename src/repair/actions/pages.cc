#include "repair/actions/pages.h"

#include <array>

#include "base/shell_quote.h"
#include "repair/messages.h"

namespace bk::repair::actions {
namespace {

ports::PhoneCommand Command(std::string line) {
  return {.line = std::move(line), .bytes_max = std::size_t{64} * 1024};
}

Way AmStart(std::string_view words) { return {Command("am start " + std::string(words))}; }
Way SettingsPage(std::string_view action, std::string_view data = {}) {
  return AmStart("-a " + ShellQuote(action) + (data.empty() ? "" : " -d " + ShellQuote(data)));
}

std::string PackageData(std::string_view package) { return "package:" + std::string(package); }

Way AppInfo(std::string_view package) {
  return SettingsPage("android.settings.APPLICATION_DETAILS_SETTINGS", PackageData(package));
}
Way Component(std::string_view component) { return AmStart("-n " + ShellQuote(component)); }

std::vector<Way> WaysToStart(std::string_view package) {
  return {{Command("monkey -p " + ShellQuote(package) + " -c android.intent.category.LAUNCHER 1")},
          // A package alone is taken as "its launcher's screen".
          AmStart(ShellQuote(package))};
}

struct MakerPage {
  std::string_view maker, component;
};
// Where each maker lets an app start by itself.
constexpr std::array kAutostart = {
    MakerPage{"xiaomi",
              "com.miui.securitycenter/com.miui.permcenter.autostart.AutoStartManagementActivity"},
    MakerPage{"huawei", "com.huawei.systemmanager/.startupmgr.ui.StartupNormalAppListActivity"},
    MakerPage{"huawei", "com.huawei.systemmanager/.optimize.process.ProtectActivity"},
    MakerPage{"honor", "com.hihonor.systemmanager/.startupmgr.ui.StartupNormalAppListActivity"},
    MakerPage{"honor", "com.huawei.systemmanager/.startupmgr.ui.StartupNormalAppListActivity"},
    MakerPage{"oppo", "com.coloros.safecenter/.permission.startup.StartupAppListActivity"},
    MakerPage{"oppo", "com.oppo.safe/.permission.startup.StartupAppListActivity"},
    MakerPage{"realme", "com.coloros.safecenter/.permission.startup.StartupAppListActivity"},
    MakerPage{"vivo", "com.vivo.permissionmanager/.activity.BgStartUpManagerActivity"},
    MakerPage{"vivo", "com.iqoo.secure/.ui.phoneoptimize.AddWhiteListActivity"},
    MakerPage{"oneplus", "com.oneplus.security/.chainlaunch.view.ChainLaunchAppListActivity"},
    MakerPage{"samsung",
              "com.samsung.android.lool/com.samsung.android.sm.ui.battery.BatteryActivity"},
    MakerPage{"samsung",
              "com.samsung.android.lool/com.samsung.android.sm.battery.ui.BatteryActivity"},
};

std::string OfApp(const PhoneTraits& traits, const Message& message, std::string_view package) {
  return traits.Say(message, {{"app", traits.TitleOf(package)}});
}

}  // namespace

Deed DeedOf(const PhoneTraits& traits, const Message& message, std::string_view package,
            std::vector<Way> ways) {
  PhoneTraits english{.titles = traits.titles};
  return {.what = OfApp(traits, message, package),
          .ways = std::move(ways),
          .english = OfApp(english, message, package)};
}

OpenPage PlainPage(const PhoneTraits& traits, const Message& what, std::string_view action) {
  return {traits.Say(what), {SettingsPage(action), SettingsPage("android.settings.SETTINGS")}};
}

OpenPage BluetoothPage(const PhoneTraits& traits) {
  return {traits.Say(kPageSays.bluetooth), {SettingsPage("android.settings.BLUETOOTH_SETTINGS")}};
}

OpenPage AppInfoPage(const PhoneTraits& traits, std::string_view package) {
  return {OfApp(traits, kPageSays.app_info, package), {AppInfo(package)}};
}

OpenPage BatteryPage(const PhoneTraits& traits, std::string_view package) {
  // Until Android 11 the list is where an app is exempted; since 12 it is a row of the app's page.
  if (!traits.AtLeast(31))
    return {
        traits.Say(kPageSays.battery_list),
        {SettingsPage("android.settings.IGNORE_BATTERY_OPTIMIZATION_SETTINGS"), AppInfo(package)}};
  return {
      OfApp(traits, kPageSays.app_info, package),
      {AppInfo(package), SettingsPage("android.settings.IGNORE_BATTERY_OPTIMIZATION_SETTINGS")}};
}

OpenPage AutostartPage(const PhoneTraits& traits, std::string_view package) {
  OpenPage page{traits.Say(kPageSays.autostart), {}};
  for (const MakerPage& of : kAutostart)
    if (of.maker == traits.maker) page.ways.push_back(Component(of.component));
  if (traits.maker == "xiaomi") page.ways.push_back(AmStart("-a miui.intent.action.OP_AUTO_START"));
  page.ways.push_back(AppInfo(package));
  return page;
}

OpenPage NotificationAccessPage(const PhoneTraits& traits) {
  return PlainPage(traits, kPageSays.notification_access,
                   "android.settings.ACTION_NOTIFICATION_LISTENER_SETTINGS");
}

OpenPage AppNotificationsPage(const PhoneTraits& traits, std::string_view package) {
  return {OfApp(traits, kPageSays.app_notifications, package),
          {AmStart("-a android.settings.APP_NOTIFICATION_SETTINGS --es "
                   "android.provider.extra.APP_PACKAGE " +
                   ShellQuote(package)),
           AppInfo(package)}};
}

OpenPage DataSaverPage(const PhoneTraits& traits, std::string_view package) {
  return {OfApp(traits, kPageSays.data_use, package),
          {SettingsPage("android.settings.IGNORE_BACKGROUND_DATA_RESTRICTIONS_SETTINGS",
                        PackageData(package)),
           AppInfo(package)}};
}

OpenPage StorePage(const PhoneTraits& traits, std::string_view package) {
  return {
      OfApp(traits, kPageSays.store, package),
      {SettingsPage("android.intent.action.VIEW", "market://details?id=" + std::string(package))}};
}

OpenPage UninstallPage(const PhoneTraits& traits, std::string_view package) {
  return {OfApp(traits, kPageSays.uninstall, package),
          {SettingsPage("android.intent.action.DELETE", PackageData(package)), AppInfo(package)}};
}

OpenPage RecentApps(const PhoneTraits& traits) {
  return {traits.Say(kPageSays.recents), {{Command("input keyevent KEYCODE_APP_SWITCH")}}};
}

OpenPage AppPage(const PhoneTraits& traits, std::string_view package) {
  return {traits.TitleOf(package), WaysToStart(package), /*opens_app=*/true};
}

Deed StartApp(const PhoneTraits& traits, std::string_view package) {
  Deed deed = DeedOf(traits, kPageSays.open_app, package, WaysToStart(package));
  deed.opens_app = true;
  return deed;
}

std::vector<Way> WaysHome() {
  // The second way needs no right to press keys, which MIUI withholds.
  return {{Command("input keyevent KEYCODE_HOME")},
          AmStart("-a android.intent.action.MAIN -c android.intent.category.HOME")};
}

}  // namespace bk::repair::actions
