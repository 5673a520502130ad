// What is set on a phone, as names and values, so that two moments can be compared and told apart.
#pragma once

#include <map>
#include <set>
#include <string>

#include "simulate/phone/android.h"

namespace bk::loop {

// "settings/global/low_power" → "1", "package/PKG/op/RUN_IN_BACKGROUND" → "ignore" ... Two phones
// whose System is equal give the same, and only they do.
using FlatSystem = std::map<std::string, std::string>;
FlatSystem Flatten(const simulate::System& system);

// Names whose values differ, those that only one has included.
std::set<std::string> Differing(const FlatSystem& a, const FlatSystem& b);

}  // namespace bk::loop
