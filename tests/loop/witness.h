// What the person who wears the band would say when asked, by what is so on the simulated phone and
// band: only what such a person can see. Written from the simulation's side, so that a wrong idea
// of what a fault looks like shows as a disagreement.
#pragma once

#include <optional>
#include <string_view>

#include "simulate/phone/android.h"

namespace bk::loop {

// nullopt: this person does not know.
std::optional<bool> Witness(const simulate::Android& phone, std::string_view finding);

}  // namespace bk::loop
