// The simulated phone in this very process, for `--simulated`. See app::World::simulate.
#pragma once

#include <memory>
#include <string>

#include "adapters/terminal/clock.h"
#include "app/phone/simulated_phone.h"
#include "base/result.h"

namespace bk::main {

using RealClock = std::unique_ptr<ports::Clock> (*)();

// `folder`: of its own, where the phone and the journal of its repairs are kept between runs.
// `real`: this computer's clock, which hears the wish to stop, or not.
Result<std::unique_ptr<app::SimulatedHome>> OpenSimulatedHome(
    const std::string& folder, const app::SimulatedPhone& wanted, bool anew,
    RealClock real = adapters::terminal::MakeClock);

}  // namespace bk::main
