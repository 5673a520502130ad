// The simulated band in this very process, for `--simulated`. See app::World::simulate_band.
#pragma once

#include <memory>
#include <string>

#include "app/band/simulated_band.h"
#include "base/result.h"
#include "main/simulated_home.h"

namespace bk::main {

// `folder`: of its own, where the band and what this computer keeps of it lie between runs.
Result<std::unique_ptr<app::SimulatedBandHome>> OpenSimulatedBand(
    const std::string& folder, const app::SimulatedBand& wanted, bool anew,
    RealClock real = adapters::terminal::MakeClock);

}  // namespace bk::main
