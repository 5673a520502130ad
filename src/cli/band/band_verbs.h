// The verbs for a band over this computer's own Bluetooth.
#pragma once

#include "cli/band/band_talk.h"

namespace bk::cli {

// Of one of the band's verbs. Its progress goes to world.progress, its questions to world.person.
Outcome BandVerb(const Options& options, const app::World& world, const Style& style);

Outcome PairBand(BandTalk& talk);
Outcome ResetTheBand(BandTalk& talk);
Outcome UpdateTheBand(BandTalk& talk);
Outcome ExportBand(BandTalk& talk);
Outcome WatchTheBand(BandTalk& talk);

}  // namespace bk::cli
