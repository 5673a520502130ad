// Findings from attempts and links to the band. Internal to this room.
#pragma once

#include "capture/selection.h"

namespace bk::capture {

void AddAttemptFindings(const Story& story, const Selection& selection, FindingWriter& out);
void AddLinkFindings(const Story& story, const Selection& selection, FindingWriter& out);

}  // namespace bk::capture
