// getprop of a new phone, and its settings, as its flavour has them. What differs from phone to
// phone is drawn from `random` (catalogue.h), which moves on.
#pragma once

#include "simulate/phone/android.h"

namespace bk::simulate {

void SetProperties(Android& phone, std::uint64_t& random);
void SetSettings(Android& phone, std::uint64_t& random);

}  // namespace bk::simulate
