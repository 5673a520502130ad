// Every fix that is known, who does it, and how. The rows are ordered by the fix's id within their
// file; each id stands in one of them.
#pragma once

#include <chrono>
#include <span>
#include <string_view>
#include <utility>

#include "repair/action.h"

namespace bk::repair::actions {

// Fills in moves and by_finger; leaves both empty when what is needed is not known.
using Maker = void (*)(const PhoneTraits&, const Situation&, Action&);

struct Row {
  std::string_view fix;
  Doer doer;
  Maker make;  // nullptr: words only
};

inline constexpr std::chrono::minutes kFinger{3};  // for a person to find a switch

// Awaits what shows that something was done.
inline AwaitSetting Seen(SettingId setting, SettingValue value,
                         std::chrono::milliseconds time_out = kFinger) {
  return {.setting = std::move(setting), .value = std::move(value), .time_out = time_out};
}

std::span<const Row> ToolRows();    // tool.cc
std::span<const Row> FingerRows();  // finger.cc
std::span<const Row> WordsRows();   // finger.cc

}  // namespace bk::repair::actions
