#include "simulate/phone/system/system_programs.h"

namespace bk::simulate {

void AddSystemPrograms(Programs& programs) {
  AddSettingsPrograms(programs);
  AddPropertyPrograms(programs);
}

}  // namespace bk::simulate
