// Joins what the folders of this room add.
#include "simulate/phone/bluetooth/programs.h"
#include "simulate/phone/life/advance.h"
#include "simulate/phone/log/logcat.h"
#include "simulate/phone/machine.h"
#include "simulate/phone/report/report_programs.h"
#include "simulate/phone/shell/shell.h"
#include "simulate/phone/system/system_programs.h"

namespace bk::simulate {

const Nature& WholeNature() {
  static const Nature nature = [] {
    Nature made;
    AddShellPrograms(made.programs);
    AddSystemPrograms(made.programs);
    AddBluetoothPrograms(made.programs);
    AddLogPrograms(made.programs);
    AddReportPrograms(made.programs);
    made.advance = Advance;
    made.file = [](const Android& phone, const std::string& path) -> const std::string* {
      const auto file = phone.life.files.find(path);
      return file == phone.life.files.end() ? nullptr : &file->second;
    };
    return made;
  }();
  return nature;
}

}  // namespace bk::simulate
