// The policy's look ahead: from a situation through fixes, groups of fixes and questions, each with
// all its outcomes, and the ratio rule where the look ends. Of a small problem AO* by depth: each
// round looks one step further, keeps what it worked out, leaves out what KnownFaultsBound shows to
// be no better, and ends when nothing is left out for want of depth or width (then the choice is
// the best there is), or when the work is used up (then the last whole round decides). Of a large
// one, a single step of the most promising fixes, groups of fixes and questions.
//
// Since each round's value is that of a policy that can be followed, it is an upper bound of the
// best, and no round is worse than the rule alone.
#pragma once

#include <cstddef>
#include <cstdint>

#include "troubleshoot/plan/planner.h"
#include "troubleshoot/plan/progress.h"

namespace bk::troubleshoot {

struct Found {
  Choice choice;
  double cost = 0;     // expected priced minutes of the policy that begins with it
  bool exact = false;  // no policy does better
};

// `work`: about how many multiplications it may take. Deterministic.
Found Search(const Progress& root, std::size_t work);

}  // namespace bk::troubleshoot
