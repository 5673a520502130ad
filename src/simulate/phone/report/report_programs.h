// bugreportz -v, -p, -s (Android 11 and later) and without a word. Source: AOSP,
// frameworks/native/cmds/bugreportz.
#pragma once

#include "simulate/phone/shell/programs.h"

namespace bk::simulate {

// The zip is put among Life::files, under /bugreports, from where it can be pulled; writing one
// takes 75 s of the phone's time. Without libzip's help: "FAIL:", as Android says it.
void AddReportPrograms(Programs& programs);

}  // namespace bk::simulate
