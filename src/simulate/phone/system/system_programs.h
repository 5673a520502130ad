// Adds the commands and dumps of this folder.
#pragma once

#include "simulate/phone/shell/programs.h"

namespace bk::simulate {

void AddSystemPrograms(Programs& programs);

// Parts of it, by topic.
void AddSettingsPrograms(Programs& programs);    // settings
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
