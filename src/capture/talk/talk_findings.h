// What the talk of all links says about one band.
#pragma once

#include <span>
#include <vector>

#include "capture/story.h"
#include "evidence/evidence.h"

namespace bk::capture::talk {

// Findings of "the talk with the band" (evidence/finding_ids.h), each id at most once, from `links`
// of one story, which are of one band. Where the story changes, the last state is the finding and
// its text names the earlier one: an authentication that failed and then succeeded has succeeded,
// one that succeeded before the band was unpaired says nothing any more. Events and losses of
// those links are not repeated here: the story has them.
std::vector<evidence::Finding> TalkFindings(std::span<const Link* const> links);

}  // namespace bk::capture::talk
