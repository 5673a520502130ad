// What each Android version demands of an app, in one place.
#pragma once

#include <string_view>

namespace bk::android {

// SDK levels at which the demands changed.
inline constexpr int kSdkRuntimePermissions = 23;  // 6: permissions are asked for one by one
inline constexpr int kSdkListsDenied = 29;         // 10: a dump lists denied permissions too
inline constexpr int kSdkNearbyDevices = 31;       // 12: BLUETOOTH_SCAN and BLUETOOTH_CONNECT

bool IsLocationPermission(std::string_view permission);  // fine or coarse, not background
// BLUETOOTH_SCAN or BLUETOOTH_CONNECT; BLUETOOTH_ADVERTISE is not needed to reach a band.
bool IsNearbyPermission(std::string_view permission);
bool IsBluetoothPermission(std::string_view permission);  // any, old or new

// The SDK level at which `permission` came to be; 1 for those that have always been there.
int FirstSdk(std::string_view permission);

// Whether a person can deny `permission` to an app on this phone. `sdk` 0: not known.
bool IsAskedFor(std::string_view permission, int sdk);

}  // namespace bk::android
