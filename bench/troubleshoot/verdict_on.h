// What bandkeeper says of what an owner has told and done.
#pragma once

#include <algorithm>
#include <utility>

#include "troubleshoot/belief/belief.h"
#include "troubleshoot/population/walk.h"
#include "troubleshoot/verdict.h"

namespace bk::bench {

inline troubleshoot::Verdict VerdictOn(const troubleshoot::BeliefModel& model,
                                       const troubleshoot::Seen& seen,
                                       troubleshoot::Belief* belief_out = nullptr) {
  const auto observations = model.Observe(seen.findings);
  std::vector<std::size_t> failed = seen.failed;
  std::ranges::sort(failed);
  troubleshoot::Belief belief = model.Believe(observations, failed);
  troubleshoot::Verdict verdict =
      Judge(model, observations, belief, JudgeLayers(model, observations, belief),
            {.of_band = true, .from_person = true});
  if (belief_out != nullptr) *belief_out = std::move(belief);
  return verdict;
}

}  // namespace bk::bench
