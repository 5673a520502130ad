// A bug report: dumpstate's text over what the phone's own commands print, and the zip around it.
#pragma once

#include <string>
#include <string_view>

#include "simulate/phone/android.h"
#include "simulate/phone/shell/programs.h"

namespace bk::simulate {

// "bugreport-DEVICE-BUILD-2024-03-02-08-00-00", without an ending.
std::string BugReportName(const Android& phone);
// Every service that `programs` can dump, in dumpsys' order, with logs and properties.
std::string BugReportText(const Android& phone, const Programs& programs);
// version.txt, main_entry.txt, the text, dumpstate's own log; the HCI log where the phone keeps one
// (the property persist.bluetooth.btsnooplogmode is "full"). Empty when libzip fails.
std::string BugReportZip(const Android& phone, const Programs& programs);

}  // namespace bk::simulate
