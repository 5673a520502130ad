// The verbs for a band over this computer's own Bluetooth.
#pragma once

#include "cli/options.h"
#include "cli/outcome.h"
#include "cli/style.h"

namespace bk::cli {

// Of one of the band's verbs. Its progress goes to world.progress, its questions to world.person.
Outcome BandVerb(const Options& options, const app::World& world, const Style& style);

Outcome PairBand(const Options& options, const app::World& world, const Style& style);
Outcome BandInfo(const Options& options, const app::World& world, const Style& style);
Outcome SyncMinutes(const Options& options, const app::World& world, const Style& style);
Outcome FindTheBand(const Options& options, const app::World& world, const Style& style);
Outcome RestartTheBand(const Options& options, const app::World& world, const Style& style);
Outcome ResetTheBand(const Options& options, const app::World& world, const Style& style);
Outcome UpdateTheBand(const Options& options, const app::World& world, const Style& style);
Outcome ExportBand(const Options& options, const app::World& world, const Style& style);
Outcome WatchTheBand(const Options& options, const app::World& world, const Style& style);

}  // namespace bk::cli
