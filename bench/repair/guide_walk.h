// The troubleshooting guide walked by a simulated owner on a simulated phone: by finger, fix by fix
// in the guide's own order, until the band works.
#pragma once

#include "loop/owner.h"
#include "loop/phone_at_hand.h"

namespace bk::bench {

struct Walk {
  bool well = false;  // afterwards, by the world's own state
  double minutes = 0;
  int fixes = 0, lossy = 0;  // lossy: done, and can lose the pairing or more
};

// The reader knows what the one who wears the band sees (loop/witness.h), and is as they are.
Walk WalkTheGuide(loop::PhoneAtHand& phone, const std::vector<std::string>& faults,
                  const loop::Temper& temper);

}  // namespace bk::bench
