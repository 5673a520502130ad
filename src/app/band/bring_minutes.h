// A whole sync as one visit: brings what the band has recorded into the store and tells of it.
#pragma once

#include "app/band/band_visit.h"

namespace bk::app {

// `keep`: the band keeps its records for another app. The document has minutes, links, asked_again,
// gaps and info.
Result<BandTold> BringMinutes(const BandVisit& visit, bool keep);

}  // namespace bk::app
