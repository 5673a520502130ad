// How a phone's services say no. Source: AOSP, ShellCommand.java and Binder.java of Android 8
// to 15.
#pragma once

#include <string>
#include <string_view>

#include "simulate/phone/shell/programs.h"

namespace bk::simulate {

// An exception within a `cmd` service, as android.os.ShellCommand prints it: "Exception occurred
// while executing 'put':" and the trace; before Android 11 security's had their own heading.
Said Exception(const Call& call, std::string_view verb, std::string_view kind,
               std::string_view message);
Said SecurityException(const Call& call, std::string_view verb, std::string_view message);

// MIUI and HyperOS without "USB debugging (Security settings)": writes through adb are refused.
bool SecuritySwitchOff(const Android& phone);

}  // namespace bk::simulate
