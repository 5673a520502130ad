// One session over one radio: hands events in, orders out, time along.
#pragma once

#include <functional>

#include "companion/band_session.h"

namespace bk::app {

// What a use case does between events; false ends the drive. Called after every event and at least
// when the session's deadline or `look_again` has come.
using BetweenEvents = std::function<bool(ports::RadioTime now)>;

// Until the session is over or `between` says so. Does not close the session.
void Drive(ports::BandRadio& radio, companion::BandSession& session,
           std::chrono::microseconds look_again, const BetweenEvents& between);

// Closes the link and waits for its end, as long as the session waits for it.
void CloseLink(ports::BandRadio& radio, companion::BandSession& session);

}  // namespace bk::app
