// Who says what, now: one line into the phone's log.
#pragma once

#include <string>
#include <string_view>

#include "simulate/phone/android.h"

namespace bk::simulate {

inline constexpr std::size_t kLogLinesMax = 6'000;  // of all buffers

// The package of the Bluetooth stack's process on this phone.
std::string_view BluetoothPackage(const Android& phone);

// `who` is a package with a process, or "system" (system_server), "bluetooth" (the stack's
// process), "kernel", "lmkd". Line breaks in `text` make several lines, as liblog does.
void Say(Android& phone, std::string_view who, char priority, std::string_view tag,
         std::string text, std::string_view buffer = "main");

}  // namespace bk::simulate
