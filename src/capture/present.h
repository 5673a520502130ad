// What of a capture's findings still holds when it ends. A link, a key that was taken, a sync that
// came to its end are evidence of health for as long as nothing speaks against it: when the band's
// last link is gone and none came back though there was time, they are of the past. So they are
// when the phone itself let go of the band, or reset its chip, and the recording ends with that:
// whether its Bluetooth was switched off then, and for how long, is not in it. Internal to this
// room.
#pragma once

#include <optional>

#include "capture/selection.h"

namespace bk::capture {

// Takes out what is past, and adds that no link came back where the phone looked for the band.
// Last, when all other findings are written. The loss: the recording ends too early to tell.
std::optional<evidence::Loss> KeepThePresent(const Story& story, const Selection& selection,
                                             FindingWriter& out);

}  // namespace bk::capture
