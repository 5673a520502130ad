// Findings from what was heard on the air. Internal to this room.
#pragma once

#include "capture/selection.h"

namespace bk::capture {

void AddAirFindings(const Story& story, const Selection& selection, FindingWriter& out);

}  // namespace bk::capture
