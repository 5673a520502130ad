// Which pages of its settings a simulated phone can open. Source: AOSP, Settings' manifest; makers'
// pages as public auto-start libraries name them.
#pragma once

#include <string_view>

#include "simulate/phone/android.h"

namespace bk::simulate {

// `am start -a ACTION -d DATA`
bool IsActionPage(const Android& phone, std::string_view action, std::string_view data);
// `am start -n PKG/CLS` of a maker's own page.
bool IsComponentPage(const Android& phone, std::string_view component);

}  // namespace bk::simulate
