// Whether Bluetooth is switched off by the kernel's switch.
#pragma once

namespace bk::adapters::bluez {

// Whether rfkill holds any Bluetooth adapter down. The kernel's own words: no permission is needed.
bool BluetoothBlocked();

}  // namespace bk::adapters::bluez
