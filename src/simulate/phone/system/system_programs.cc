#include "simulate/phone/system/system_programs.h"

namespace bk::simulate {

void AddSystemPrograms(Programs& programs) {
  AddSettingsPrograms(programs);
  AddDeviceConfigPrograms(programs);
  AddPropertyPrograms(programs);
  AddPackagePrograms(programs);
  AddActivityPrograms(programs);
  AddActivityDump(programs);
  AddAppOpsPrograms(programs);
  AddDeviceIdlePrograms(programs);
  AddNetPolicyPrograms(programs);
  AddPowerPrograms(programs);
  AddBatteryStats(programs);
  AddLocationPrograms(programs);
  AddNotificationPrograms(programs);
  AddUsagePrograms(programs);
  AddOtherPrograms(programs);
}

}  // namespace bk::simulate
