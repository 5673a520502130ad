// `--simulated` of the band's verbs: a band that does not exist, which every screen and JSON says.
#pragma once

#include <functional>

#include "cli/outcome.h"

namespace bk::cli {

// `verb` gets a world whose Bluetooth, store, keys and time are the simulated band's.
Outcome OnSimulatedBand(const Options& options, const app::World& world,
                        const std::function<Outcome(const app::World&)>& verb);

}  // namespace bk::cli
