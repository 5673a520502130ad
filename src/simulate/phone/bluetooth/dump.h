// `dumpsys bluetooth_manager` in the words of each version: the manager (system_server), the
// Bluetooth app's Java half, the native stack. Off, only the first speaks.
#pragma once

#include <string>

#include "simulate/phone/android.h"

namespace bk::simulate {

// Source: AOSP, BluetoothManagerService, AdapterService, GattService and the native stack's dumps
// of Android 8 to 15.
std::string BluetoothDump(const Android& phone);

// Its parts, added to `out`.
void ManagerText(const Android& phone, std::string& out);
void AdapterText(const Android& phone, std::string& out);  // adapter block and bonded devices
void GattText(const Android& phone, std::string& out);
void NativeText(const Android& phone, std::string& out);

}  // namespace bk::simulate
