// An invented phone from the words of the command line.
#pragma once

#include <chrono>
#include <string>

#include "app/phone/simulated_phone.h"
#include "base/result.h"
#include "language/language.h"
#include "simulate/phone/android.h"

namespace bk::main {

// Of Android 8, 10, 12, 14 and 15.
int SdkOf(int android);

// It has been healthy for an hour and had its faults for another: all has left its traces. `now`:
// since 1970; the same words and the same time give the same phone. kInvalid names the faults that
// there are.
Result<simulate::Android> InventPhone(const app::SimulatedPhone& wanted,
                                      std::chrono::microseconds now);
// "an invented Pixel 7, Android 14, with bluetooth_off".
std::string SentenceOf(const simulate::Flavour& flavour, const app::SimulatedPhone& wanted,
                       const language::Language& language = {});

}  // namespace bk::main
