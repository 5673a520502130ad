// A restart of a simulated phone.
#pragma once

#include "simulate/phone/android.h"

namespace bk::simulate {

constexpr std::chrono::seconds kBootTime{28};  // from power to sys.boot_completed

// Everything that runs ends; the clock of this boot begins anew. The phone answers nothing until
// FinishBoot.
void BeginRestart(Android& phone);
// The system is up: what is always there runs. Apps start as life/ has it. With the quirk
// "settings_come_back" the maker's battery care has put its own will in place of the owner's.
void FinishBoot(Android& phone);

}  // namespace bk::simulate
