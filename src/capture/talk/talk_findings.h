// What the talk of all links says about one band.
#pragma once

#include "capture/story.h"
#include "evidence/evidence.h"

namespace bk::capture::talk {

// Findings of "the talk with the band" (evidence/finding_ids.h), each id at most once, from the
// links whose peer may be `band` (nothing known = any Huami band; a link whose peer the capture
// hides counts as well). Where the story changes, the last state is the finding and its text names
// the earlier one: an authentication that failed and then succeeded has succeeded. Events and
// losses of those links are not repeated here: the story has them.
evidence::Evidence TalkFindings(const Story& story, const evidence::BandId& band);

}  // namespace bk::capture::talk
