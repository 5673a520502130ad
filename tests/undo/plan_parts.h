// Private to plan.cc and run_plan.cc: what the numbers of a plan's events stand for.
#pragma once

#include <array>
#include <cstddef>
#include <vector>

#include "simulate/phone/android.h"
#include "troubleshoot/knowledge/knowledge.h"
#include "undo/edits.h"
#include "undo/plan.h"

namespace bk::undo {

inline constexpr std::array kQuirks = {"miui_security_off", "settings_come_back", "slow",
                                       "command_missing:cmd netpolicy",
                                       "command_missing:cmd deviceidle"};

// Those that change what has more than two values come more often: only there can somebody have set
// another one.
const troubleshoot::Fix& FixFor(std::size_t index);
simulate::Android NewPhone(const Plan& plan);
// What the phone and the band's app have is set more often than what other apps have: there are
// far fewer of the former.
const Edit& EditBefore(const std::vector<Edit>& edits, std::size_t index);

}  // namespace bk::undo
