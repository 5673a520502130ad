// `doctor --everyday` as a verb: opens the phone, looks, says.
#pragma once

#include "app/world.h"
#include "cli/options.h"
#include "cli/outcome.h"
#include "cli/style.h"

namespace bk::cli {

Outcome Everyday(const Options& options, const app::World& world, const Style& style);

}  // namespace bk::cli
