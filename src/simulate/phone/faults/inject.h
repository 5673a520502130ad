// Faults, by the ids of knowledge/causes.
//
// Quirks of a phone (Flavour::quirks) that belong to time rather than to a cause:
//   settings_come_back      what `Life::comes_back` lists is set back at each start of the phone
//   bonds_lost_at_restart   a modified system that forgets all bonds at each start
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "simulate/phone/android.h"

namespace bk::simulate {

// Every cause that can be injected on some phone, in alphabetical order.
std::vector<std::string_view> InjectableCauses();

struct NotInjectable {
  std::string_view cause, why;
};
// The causes that lie elsewhere.
std::span<const NotInjectable> CausesElsewhere();

// Puts the fault into a phone; the seed chooses among its forms. Let some time pass afterwards: an
// hour shows most of them in logs and histories. False, and nothing changed, when this phone cannot
// have it (a permission that its version does not know) or nobody knows the cause.
bool Inject(Android& phone, std::string_view cause, std::uint64_t seed);

}  // namespace bk::simulate
