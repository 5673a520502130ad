// What a companion app does by itself: one step at a time, each at its due moment.
#pragma once

#include <string>

#include "simulate/phone/android.h"
#include "simulate/phone/life/carrier.h"

namespace bk::simulate {

// Does what is due for `package` and sets the time of its next step.
void StepCompanion(Android& phone, const std::string& package, Carrier& carrier);

// Brings an app's doings in line with what happened to it: its process ended, its link is gone,
// its data were cleared.
void ReconcileCompanion(Android& phone, const std::string& package);

// Forgets what `pm clear` and a fresh installation lose.
void LoseData(CompanionApp& app);

// The band's link ends for every app that holds it. `address` upper case; `reason` is HCI's. On an
// air (Life::on_air) this is a wish, and the link ends when it has come true there.
void DropLink(Android& phone, std::string_view address, int reason);
// It has ended, whoever carried it.
void LinkLost(Android& phone, std::string_view address, int reason);

}  // namespace bk::simulate
