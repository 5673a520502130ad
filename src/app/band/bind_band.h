// The first binding with a key of this computer's own, confirmed by a tap (companion/bind.h), as
// one visit. Whoever had the band before loses it: the caller has the owner's word for that.
#pragma once

#include "app/band/band_visit.h"

namespace bk::app {

// `open` names the band; its key is made here and kept before the band gets it, so that no crash
// leaves a band whose key nobody has. A band that refuses keeps what it had, and so do we.
Result<BandTold> BindBand(const BandVisit& visit, OpenBand open);
// In the visit's language, or in English.
bool IsBindWord(const BandVisit& visit, std::string_view word);

}  // namespace bk::app
