// ports::Clock over this computer's clocks; Ctrl-C and its like end a wait.
#pragma once

#include <memory>

#include "ports/clock.h"

namespace bk::adapters::terminal {

// While it lives, Ctrl-C, SIGTERM, SIGQUIT and SIGHUP do not end the program: stopped() says so
// from then on, and the person (person.h) is heard as kInterrupted.
std::unique_ptr<ports::Clock> MakeClock();

// Hears no signal and changes none: for a program that hears them elsewhere.
std::unique_ptr<ports::Clock> MakeDeafClock();

}  // namespace bk::adapters::terminal
