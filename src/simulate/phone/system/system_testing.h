// For tests of what the system's commands answer and change, on a phone of their own making; and
// the kinds of phones that such tests go through.
#pragma once

#include <string_view>

#include "simulate/phone/shell/shell.h"
#include "simulate/phone/system/system_programs.h"

namespace bk::simulate::testing {

inline constexpr int kSdks[] = {26, 29, 31, 34, 35};
inline constexpr Maker kMakers[] = {Maker::kStock, Maker::kSamsung, Maker::kXiaomi};

// Runs a line with the programs of shell/ and system/ alone; no time passes.
inline Said Do(Android& phone, std::string_view line) {
  static const Programs programs = [] {
    Programs made;
    AddShellPrograms(made);
    AddSystemPrograms(made);
    return made;
  }();
  return RunLine(phone, programs, line);
}

}  // namespace bk::simulate::testing
