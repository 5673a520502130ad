// Adds the commands and dumps of this folder.
#pragma once

#include "simulate/phone/shell/programs.h"

namespace bk::simulate {

void AddSystemPrograms(Programs& programs);

// Parts of it, by topic.
void AddSettingsPrograms(Programs& programs);  // settings
void AddPropertyPrograms(Programs& programs);  // getprop, date, id, uptime ...

}  // namespace bk::simulate
