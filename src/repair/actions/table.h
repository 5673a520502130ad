// Every fix that is known, who does it, and how.
#pragma once

#include <span>
#include <string_view>

#include "repair/action.h"

namespace bk::repair::actions {

// Fills in moves and by_finger; leaves both empty when what is needed is not known.
using Maker = void (*)(const PhoneTraits&, const Situation&, Action&);

struct Row {
  std::string_view fix;
  Doer doer;
  Maker make;  // nullptr: words only
};

std::span<const Row> ToolRows();    // tool.cc
std::span<const Row> FingerRows();  // finger.cc
std::span<const Row> WordsRows();   // finger.cc

}  // namespace bk::repair::actions
