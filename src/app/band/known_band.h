// Short visits to a band that is known here, and how one becomes known.
#pragma once

#include <string>

#include "app/band/band_visit.h"
#include "app/band/owed_resources.h"
#include "app/band/scan_bands.h"

namespace bk::app {

// Battery, firmware and clock; which minutes are stored.
Result<BandTold> LookAtBand(const BandVisit& visit);

enum class BandCommand : std::uint8_t { kFind, kRestart, kReset };
// Asked once, never twice. kReset: the caller has the owner's word for it (kCommandSays.reset_word,
// as IsResetWord says); the key that it makes void is forgotten here.
Result<BandTold> CommandBand(const BandVisit& visit, BandCommand command);
// In the visit's language, or in English.
bool IsResetWord(const BandVisit& visit, std::string_view word);

// Tries the key and keeps it when the band takes it, never before.
Result<BandTold> PairBand(const BandVisit& visit, OpenBand open);

// Which minutes of the open band are stored and which are not and why, in `more` and as `ledger` in
// the document. A store that cannot be read leaves both out: what was done is done.
void TellLedger(const BandVisit& visit, const OpenBand& open, BandTold& told);

// That another program changed the firmware, in `more` and in the document.
void TellChanged(const BandVisit& visit, const ChangedElsewhere& changed, BandTold& told);

// "One band is heard.", or why none is and what to do.
std::string HeardInWords(const BandScan& scan, const language::Language& language);

}  // namespace bk::app
