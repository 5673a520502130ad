// What a phone's shell answers for Bluetooth.
#pragma once

#include "simulate/phone/shell/programs.h"

namespace bk::simulate {

// dumpsys bluetooth_manager, cmd bluetooth_manager (13 and later), svc bluetooth (12 and later;
// before, the shell lacks the permission that its service asks for).
void AddBluetoothPrograms(Programs& programs);

}  // namespace bk::simulate
