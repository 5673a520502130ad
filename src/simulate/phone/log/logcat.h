// The `logcat` program over a simulated phone's log: its options, its formats, its buffers. What it
// is asked and does not know it refuses in logcat's words. Source: AOSP, system/logging/logcat and
// liblog of Android 8 to 15.
#pragma once

#include "simulate/phone/shell/programs.h"

namespace bk::simulate {

void AddLogPrograms(Programs& programs);  // logcat

}  // namespace bk::simulate
