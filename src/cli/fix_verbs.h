// `fix`, `undo`, `watch --phone`, and the guard that a repair leaves behind.
#pragma once

#include <string>

#include "app/world.h"
#include "cli/options.h"
#include "cli/outcome.h"
#include "cli/style.h"

namespace bk::cli {

Outcome FixPhone(const Options& options, const app::World& world, const Style& style);
Outcome UndoRepairs(const Options& options, const app::World& world, const Style& style);
Outcome WatchPhone(const Options& options, const app::World& world, const Style& style);

}  // namespace bk::cli
