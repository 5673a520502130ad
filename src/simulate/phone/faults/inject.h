// Faults, by the ids of knowledge/causes: each of its causes is either injectable or among
// CausesElsewhere (tests/phone holds the two rooms together). Peculiarities of a phone that are no
// cause are quirks: AddQuirk in setup/make_android.h.
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
