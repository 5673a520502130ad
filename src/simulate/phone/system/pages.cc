// Sources: the manifest of AOSP's Settings (which actions need which data); the makers' components
// as open apps list them.
#include "simulate/phone/system/pages.h"

#include <string>

#include "simulate/phone/system/names.h"
#include "simulate/phone/system/state.h"

namespace bk::simulate {
namespace {

struct ActionPage {
  std::string_view action;
  std::string_view data;  // what the data must start with; empty: none needed
  int since = 0;
};
constexpr ActionPage kActions[] = {
    {"android.settings.SETTINGS", ""},
    {"android.settings.BLUETOOTH_SETTINGS", ""},
    {"android.settings.WIFI_SETTINGS", ""},
    {"android.settings.WIRELESS_SETTINGS", ""},
    {"android.settings.AIRPLANE_MODE_SETTINGS", ""},
    {"android.settings.APPLICATION_SETTINGS", ""},
    {"android.settings.APPLICATION_DETAILS_SETTINGS", "package:"},
    {"android.settings.APPLICATION_DEVELOPMENT_SETTINGS", ""},
    {"android.settings.IGNORE_BATTERY_OPTIMIZATION_SETTINGS", ""},
    {"android.settings.REQUEST_IGNORE_BATTERY_OPTIMIZATIONS", "package:"},
    {"android.settings.BATTERY_SAVER_SETTINGS", ""},
    {"android.settings.LOCATION_SOURCE_SETTINGS", ""},
    {"android.settings.LOCATION_SCANNING_SETTINGS", "", 29},
    {"android.settings.ACTION_NOTIFICATION_LISTENER_SETTINGS", ""},
    {"android.settings.APP_NOTIFICATION_SETTINGS", ""},
    {"android.settings.IGNORE_BACKGROUND_DATA_RESTRICTIONS_SETTINGS", "package:"},
    {"android.settings.DATE_SETTINGS", ""},
    {"android.settings.REQUEST_SCHEDULE_EXACT_ALARM", "package:", 31},
    {"android.settings.USAGE_ACCESS_SETTINGS", ""},
    {"android.settings.MANAGE_APPLICATIONS_SETTINGS", ""},
    {"android.settings.SYSTEM_UPDATE_SETTINGS", ""},
    {"android.settings.DEVICE_INFO_SETTINGS", ""},
    {"android.settings.INTERNAL_STORAGE_SETTINGS", ""},
    {"android.settings.DATA_USAGE_SETTINGS", "", 28},
    {"android.settings.PRIVACY_SETTINGS", ""},
    {"android.settings.SECURITY_SETTINGS", ""},
    {"android.intent.action.POWER_USAGE_SUMMARY", ""},
};

struct MakerPage {
  Maker maker;
  std::string_view component;
  int since, until;
};
constexpr int kNewest = 99;
constexpr MakerPage kComponents[] = {
    {Maker::kXiaomi,
     "com.miui.securitycenter/com.miui.permcenter.autostart.AutoStartManagementActivity", 0,
     kNewest},
    {Maker::kXiaomi, "com.miui.securitycenter/com.miui.powercenter.PowerSettings", 0, kNewest},
    {Maker::kXiaomi, "com.miui.powerkeeper/com.miui.powerkeeper.ui.HiddenAppsConfigActivity", 0,
     kNewest},
    {Maker::kSamsung, "com.samsung.android.lool/com.samsung.android.sm.ui.battery.BatteryActivity",
     0, 29},
    {Maker::kSamsung, "com.samsung.android.lool/com.samsung.android.sm.battery.ui.BatteryActivity",
     30, kNewest},
};

}  // namespace

bool IsActionPage(const Android& phone, std::string_view action, std::string_view data) {
  if (action == "android.intent.action.VIEW")
    return (data.starts_with("market://") &&
            FindPackage(phone.system, "com.android.vending") != nullptr) ||
           data.starts_with("https://");
  if (action == "miui.intent.action.OP_AUTO_START") return phone.flavour.maker == Maker::kXiaomi;
  for (const ActionPage& page : kActions)
    if (page.action == action && page.since <= phone.flavour.sdk && data.starts_with(page.data)) {
      if (!page.data.starts_with("package:")) return true;
      return FindPackage(phone.system, data.substr(page.data.size())) != nullptr;
    }
  return false;
}

bool IsComponentPage(const Android& phone, std::string_view component) {
  for (const MakerPage& page : kComponents)
    if (page.maker == phone.flavour.maker && page.component == component)
      return page.since <= phone.flavour.sdk && phone.flavour.sdk <= page.until;
  return component == "com.android.settings/.Settings" ||
         component == "com.android.settings/com.android.settings.Settings" ||
         component == "com.android.settings/.bluetooth.BluetoothSettings";
}

}  // namespace bk::simulate
