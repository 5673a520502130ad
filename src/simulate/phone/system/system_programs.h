// Adds the commands and dumps of this folder.
#pragma once

#include "simulate/phone/shell/programs.h"

namespace bk::simulate {

void AddSystemPrograms(Programs& programs);

// Parts of it, by topic.
void AddSettingsPrograms(Programs& programs);  // settings
// device_config, from Android 10 on; before, no such command and no such service. A new phone has
// none of the flags that a real one gets from afar (`get` says "null"); what is put is kept.
// `reset` takes all that was put, whatever its mode; syncs and overrides (Android 12 and later) are
// not simulated.
void AddDeviceConfigPrograms(Programs& programs);
void AddPropertyPrograms(Programs& programs);    // getprop, date, id, uptime ...
void AddPackagePrograms(Programs& programs);     // pm, dumpsys package
void AddActivityPrograms(Programs& programs);    // am, monkey, input, pidof, ps
void AddActivityDump(Programs& programs);        // dumpsys activity
void AddAppOpsPrograms(Programs& programs);      // appops
void AddDeviceIdlePrograms(Programs& programs);  // deviceidle
void AddNetPolicyPrograms(Programs& programs);   // netpolicy, connectivity
void AddPowerPrograms(Programs& programs);       // power, battery, reboot
void AddBatteryStats(Programs& programs);        // batterystats
void AddLocationPrograms(Programs& programs);
void AddNotificationPrograms(Programs& programs);
void AddUsagePrograms(Programs& programs);  // usagestats
void AddOtherPrograms(Programs& programs);  // companiondevice, alarm, jobscheduler, user ...

}  // namespace bk::simulate
