// A restart of a simulated phone.
#pragma once

#include "simulate/phone/android.h"

namespace bk::simulate {

constexpr std::chrono::seconds kBootTime{28};  // from power to sys.boot_completed

// Everything that runs ends and the clock of this boot begins anew; the phone answers nothing until
// FinishBoot. What else a restart does (Bluetooth, the log, what a maker sets back) is life's,
// which sees that the boot time went back.
void BeginRestart(Android& phone);
// The system is up: what is always there runs. Other apps start as life/ has it.
void FinishBoot(Android& phone);

}  // namespace bk::simulate
