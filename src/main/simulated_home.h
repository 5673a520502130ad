// The simulated phone in this very process, for `--simulated`. See app::World::simulate.
#pragma once

#include <memory>
#include <string>

#include "app/phone/simulated_phone.h"
#include "base/result.h"

namespace bk::main {

// `folder`: of its own, where the phone and the journal of its repairs are kept between runs.
Result<std::unique_ptr<app::SimulatedHome>> OpenSimulatedHome(const std::string& folder,
                                                              const app::SimulatedPhone& wanted,
                                                              bool anew);

}  // namespace bk::main
