// The person who holds the phone and wears the band. Asked for a fix, they do it with their own
// fingers, forget it, or refuse; what follows is the state's business.
#pragma once

#include <string_view>

#include "simulate/phone/android.h"

namespace bk::simulate {

// `fix` is an id of knowledge/fixes. What it takes in time (a charge, ten seconds of airplane mode)
// passes. Refusing and forgetting change nothing. A fix that nobody knows how to do is kRefuses.
Deed AskOwner(Android& phone, std::string_view fix);

// Parts of what a person does.
// Binds the band in the companion, as the makers' apps do: with the server's word, and only a band
// that is bound to nobody else. False when that is not given.
bool BindInApp(Android& phone);
// Opens the companion's page and lets it sync now.
void OpenCompanion(Android& phone);

}  // namespace bk::simulate
