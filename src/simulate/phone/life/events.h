// What happens on a phone besides the companion's own steps. Inside the folder only.
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
void Hog(Android& phone, const std::string& package);
// After the phone's start, with its boot time at 0.
void AfterRestart(Android& phone);

}  // namespace bk::simulate
