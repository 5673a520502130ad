// The shell of a simulated phone: runs a command line over the state. Pure: time passes only as far
// as `took` says, the caller moves the clock.
#pragma once

#include <string_view>

#include "simulate/phone/shell/programs.h"

namespace bk::simulate {

// The programs that belong to the shell itself and to toybox (text_tools.h), and dumpsys, cmd and
// svc themselves: their lists, and what they say of a service that is not there.
void AddShellPrograms(Programs& programs);

// Runs `line` as /system/bin/sh does for adb. `took` is the sum over the programs. Programs that
// are missing answer as on that Android, exit 127. The last pipeline decides the exit and may be
// endless (Said::more).
Said RunLine(Android& phone, const Programs& programs, std::string_view line);

}  // namespace bk::simulate
