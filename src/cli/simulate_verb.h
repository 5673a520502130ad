// `bandkeeper simulate phone`, `simulate band` and `simulate world`.
#pragma once

#include "app/world.h"
#include "cli/options.h"
#include "cli/outcome.h"

namespace bk::cli {

// Says at once where the phone is; returns when the person ends it.
Outcome SimulatePhone(const Options& options, const app::World& world);
// Says what happens to the band in lines; returns when the person ends it.
Outcome SimulateBand(const Options& options, const app::World& world);
// Writes its files and returns.
Outcome SimulateWorld(const Options& options, const app::World& world);

}  // namespace bk::cli
