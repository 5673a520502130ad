// Which half of an address a version of Android prints where. Source: AOSP, Android 8
// to 15.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace bk::simulate {

enum class Printer : std::uint8_t {
  kManager,   // BluetoothManagerService: hidden from Android 15
  kJava,      // bonded devices and the GATT maps: in full
  kNative,    // Connection Events, Bond Events: hidden from 14, lower case
  kShim,      // the shim's blocks and connection_manager: hidden from 13, lower case
  kJavaLog,   // log lines of the Java half and the apps: hidden from 14, "XX:…"
  kNativeLog  // log lines of the native stack: hidden from 13
};
// `address` in full, upper case with colons.
std::string Shown(int sdk, Printer printer, std::string_view address);

}  // namespace bk::simulate
