// An update as one visit: reads and proves the files, looks how well the band is heard, sends them.
#pragma once

#include <vector>

#include "app/band/prove_files.h"

namespace bk::app {

// The document has files_done, version_before, version_after and resources_owed.
Result<BandTold> SendUpdate(const BandVisit& visit, const std::vector<FileForBand>& files,
                            const UpdateConsent& consent);

}  // namespace bk::app
