// bugreportz -v, -p, -s and without a word.
#pragma once

#include "simulate/phone/shell/programs.h"

namespace bk::simulate {

// The zip is put among Life::files, under /bugreports.
void AddReportPrograms(Programs& programs);

}  // namespace bk::simulate
