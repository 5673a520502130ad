#include "repair/actions/pages.h"

#include <array>

#include "base/shell_quote.h"

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

}  // namespace

OpenPage PlainPage(std::string what, std::string_view action) {
  return {std::move(what), {SettingsPage(action), SettingsPage("android.settings.SETTINGS")}};
}

OpenPage BluetoothPage() {
  return {"the Bluetooth settings", {SettingsPage("android.settings.BLUETOOTH_SETTINGS")}};
}

OpenPage AppInfoPage(const PhoneTraits& traits, std::string_view package) {
  return {"the page of " + traits.TitleOf(package) + " in the settings", {AppInfo(package)}};
}

OpenPage BatteryPage(const PhoneTraits& traits, std::string_view package) {
  // Until Android 11 the list is where an app is exempted; since 12 it is a row of the app's page.
  if (!traits.AtLeast(31))
    return {
        "the list of battery optimisation",
        {SettingsPage("android.settings.IGNORE_BATTERY_OPTIMIZATION_SETTINGS"), AppInfo(package)}};
  return {
      "the page of " + traits.TitleOf(package) + " in the settings",
      {AppInfo(package), SettingsPage("android.settings.IGNORE_BATTERY_OPTIMIZATION_SETTINGS")}};
}

OpenPage AutostartPage(const PhoneTraits& traits, std::string_view package) {
  OpenPage page{"the page for apps that start by themselves", {}};
  for (const MakerPage& of : kAutostart)
    if (of.maker == traits.maker) page.ways.push_back(Component(of.component));
  if (traits.maker == "xiaomi") page.ways.push_back(AmStart("-a miui.intent.action.OP_AUTO_START"));
  page.ways.push_back(AppInfo(package));
  return page;
}

OpenPage NotificationAccessPage() {
  return PlainPage("the list of notification access",
                   "android.settings.ACTION_NOTIFICATION_LISTENER_SETTINGS");
}

OpenPage AppNotificationsPage(const PhoneTraits& traits, std::string_view package) {
  return {"the notifications of " + traits.TitleOf(package),
          {AmStart("-a android.settings.APP_NOTIFICATION_SETTINGS --es "
                   "android.provider.extra.APP_PACKAGE " +
                   ShellQuote(package)),
           AppInfo(package)}};
}

OpenPage DataSaverPage(const PhoneTraits& traits, std::string_view package) {
  return {"the data use of " + traits.TitleOf(package),
          {SettingsPage("android.settings.IGNORE_BACKGROUND_DATA_RESTRICTIONS_SETTINGS",
                        PackageData(package)),
           AppInfo(package)}};
}

OpenPage StorePage(const PhoneTraits& traits, std::string_view package) {
  return {
      "the store's page of " + traits.TitleOf(package),
      {SettingsPage("android.intent.action.VIEW", "market://details?id=" + std::string(package))}};
}

OpenPage UninstallPage(const PhoneTraits& traits, std::string_view package) {
  return {"the question whether to uninstall " + traits.TitleOf(package),
          {SettingsPage("android.intent.action.DELETE", PackageData(package)), AppInfo(package)}};
}

OpenPage RecentApps() {
  return {"the recent apps", {{Command("input keyevent KEYCODE_APP_SWITCH")}}};
}

OpenPage AppPage(const PhoneTraits& traits, std::string_view package) {
  return {traits.TitleOf(package), WaysToStart(package)};
}

Deed StartApp(const PhoneTraits& traits, std::string_view package) {
  return {"Open " + traits.TitleOf(package), WaysToStart(package)};
}

}  // namespace bk::repair::actions
