// `dumpsys package` of a simulated phone. Source: AOSP, Settings.java, and phones of Android 8.1, 9
// and 14.
#pragma once

#include <string>
#include <string_view>

#include "simulate/phone/android.h"

namespace bk::simulate {

// Of all packages, or of `only` one; a name that is not installed answers as Android does.
std::string PackageDump(const Android& phone, const std::string& only);

// What `pm list features` lists too.
constexpr std::string_view kPhoneFeatures[] = {"android.hardware.audio.output",
                                               "android.hardware.bluetooth",
                                               "android.hardware.bluetooth_le",
                                               "android.hardware.camera",
                                               "android.hardware.camera.autofocus",
                                               "android.hardware.faketouch",
                                               "android.hardware.fingerprint",
                                               "android.hardware.location",
                                               "android.hardware.location.gps",
                                               "android.hardware.location.network",
                                               "android.hardware.microphone",
                                               "android.hardware.nfc",
                                               "android.hardware.ram.normal",
                                               "android.hardware.sensor.accelerometer",
                                               "android.hardware.sensor.light",
                                               "android.hardware.sensor.stepcounter",
                                               "android.hardware.telephony",
                                               "android.hardware.touchscreen",
                                               "android.hardware.usb.host",
                                               "android.hardware.wifi",
                                               "android.software.app_widgets",
                                               "android.software.backup",
                                               "android.software.companion_device_setup",
                                               "android.software.device_admin",
                                               "android.software.webview"};

}  // namespace bk::simulate
