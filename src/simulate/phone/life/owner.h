// The person who holds the phone and wears the band. Asked for a fix, they do it with their own
// fingers, forget it, or refuse; what follows is the state's business.
#pragma once

#include <string_view>

#include "simulate/phone/android.h"

namespace bk::simulate {

// `fix` is an id of knowledge/fixes. What it takes in time (a charge, ten seconds of airplane mode)
// passes. What was asked is kept in Owner::asked. Refusing and forgetting change nothing else. A
// fix that nobody knows how to do is kRefuses.
Deed AskOwner(Android& phone, std::string_view fix);

}  // namespace bk::simulate
