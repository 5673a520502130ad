// What happens on a phone besides the companion's own steps. Each does what is due now and leaves
// the clocks alone (Advance moves them). For this folder and faults/.
#pragma once

#include <string>

#include "simulate/phone/android.h"

namespace bk::simulate {

// Notices what commands, hands and events have changed: airplane mode, ended processes, removed
// apps, a restart, cleared data, the true time.
void Reconcile(Android& phone);
// Each minute: the system ends and starts apps; radio luck.
void Sweep(Android& phone);
// The phone's own services look around now and then.
void Neighbours(Android& phone);
// One turn of an app in Life::hogs: it scans, or takes slots.
void Hog(Android& phone, const std::string& package);

}  // namespace bk::simulate
