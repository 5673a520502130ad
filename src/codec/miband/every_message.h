// Every decoder on the same bytes, with decode(encode(decode(x))) == decode(x) checked by
// re-encoding: for the truncation test and the fuzz target.
#pragma once

#include "base/bytes.h"

namespace bk::codec::miband {

// False when a decoder reads something that its encoder writes differently than it was understood.
bool EveryMessageHolds(Bytes bytes);

}  // namespace bk::codec::miband
