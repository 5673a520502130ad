// Joins what the folders of this room add.
#include "simulate/phone/machine.h"
#include "simulate/phone/shell/shell.h"
#include "simulate/phone/system/system_programs.h"

namespace bk::simulate {

const Nature& WholeNature() {
  static const Nature nature = [] {
    Nature made;
    AddShellPrograms(made.programs);
    AddSystemPrograms(made.programs);
    made.advance = [](Android& phone, std::chrono::microseconds time) {
      phone.clock.wall += time;
      phone.clock.boot += time;
    };
    return made;
  }();
  return nature;
}

}  // namespace bk::simulate
