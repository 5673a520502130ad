#include "android/packages/permission_rules.h"

#include <algorithm>
#include <array>

namespace bk::android {
namespace {

struct Rule {
  std::string_view permission;
  int first_sdk;
  int asked_from;  // the SDK level from which a person is asked; 0: never
};
constexpr std::array kRules = std::to_array<Rule>({
    {"android.permission.ACCESS_FINE_LOCATION", 1, 23},
    {"android.permission.ACCESS_COARSE_LOCATION", 1, 23},
    {"android.permission.ACCESS_BACKGROUND_LOCATION", 29, 29},
    {"android.permission.BLUETOOTH_SCAN", 31, 31},
    {"android.permission.BLUETOOTH_CONNECT", 31, 31},
    {"android.permission.BLUETOOTH_ADVERTISE", 31, 31},
    {"android.permission.NEARBY_WIFI_DEVICES", 33, 33},
    {"android.permission.POST_NOTIFICATIONS", 33, 33},
    {"android.permission.ACTIVITY_RECOGNITION", 29, 29},
    {"android.permission.BODY_SENSORS", 20, 23},
    {"android.permission.BLUETOOTH", 1, 0},
    {"android.permission.BLUETOOTH_ADMIN", 1, 0},
    {"android.permission.FOREGROUND_SERVICE", 28, 0},
    {"android.permission.FOREGROUND_SERVICE_CONNECTED_DEVICE", 34, 0},
    {"android.permission.REQUEST_COMPANION_RUN_IN_BACKGROUND", 26, 0},
    {"android.permission.READ_CALL_LOG", 16, 23},
    {"android.permission.ANSWER_PHONE_CALLS", 26, 26},
});

const Rule* Find(std::string_view permission) {
  const auto rule = std::find_if(kRules.begin(), kRules.end(),
                                 [&](const Rule& r) { return r.permission == permission; });
  return rule == kRules.end() ? nullptr : &*rule;
}

}  // namespace

bool IsLocationPermission(std::string_view permission) {
  return permission == "android.permission.ACCESS_FINE_LOCATION" ||
         permission == "android.permission.ACCESS_COARSE_LOCATION";
}

bool IsNearbyPermission(std::string_view permission) {
  return permission == "android.permission.BLUETOOTH_SCAN" ||
         permission == "android.permission.BLUETOOTH_CONNECT";
}

bool IsBluetoothPermission(std::string_view permission) {
  return permission.starts_with("android.permission.BLUETOOTH");
}

int FirstSdk(std::string_view permission) {
  const Rule* rule = Find(permission);
  return rule == nullptr ? 1 : rule->first_sdk;
}

bool IsAskedFor(std::string_view permission, int sdk) {
  const Rule* rule = Find(permission);
  if (rule == nullptr || rule->asked_from == 0) return false;
  return sdk == 0 || sdk >= rule->asked_from;
}

}  // namespace bk::android
