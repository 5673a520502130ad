// Findings from a story: what the air and the links say about one band.
#pragma once

#include "capture/story.h"
#include "evidence/evidence.h"

namespace bk::capture {

// Findings, events and losses of `story` for `band` (nothing known = every band-like peer
// that the phone dealt with or heard from close by, or that is a Mi Smart Band 4 by its name, and
// links whose peer the capture hides). A finding is false only where its absence was seen:
// "band_not_in_scan" wants enough listening that heard others. Every finding has a frame number.
evidence::Evidence FindingsFor(const Story& story, const evidence::BandId& band);

}  // namespace bk::capture
