// `knowledge fit`, `knowledge evaluate` and `knowledge remember`.
#pragma once

#include "app/world.h"
#include "cli/options.h"
#include "cli/outcome.h"

namespace bk::cli {

Outcome FitKnowledge(const Options& options, const app::World& world);
Outcome EvaluateKnowledge(const Options& options, const app::World& world);
Outcome RememberCase(const Options& options, const app::World& world);

}  // namespace bk::cli
