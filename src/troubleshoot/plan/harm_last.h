// For tests: the first rule of harm, worked out anew from planner.h's words.
#pragma once

#include <algorithm>
#include <vector>

#include "troubleshoot/plan/planner.h"

namespace bk::troubleshoot {

// The open, less harmful fixes that have a real chance to make the band work, as it is or given
// that `fix` fails: each would have to come before it.
inline std::vector<std::size_t> OwedBefore(const Planner& planner, const Situation& now,
                                           std::size_t fix) {
  constexpr double kRounding = 1e-9;
  const Knowledge& knowledge = planner.model().knowledge();
  const LossClass loss = knowledge.fixes[fix].loss;
  const double real = knowledge.model.waits_for_chance[static_cast<std::size_t>(loss)] + kRounding;
  std::vector<std::size_t> owed;
  for (std::size_t x = 0; x < knowledge.fixes.size(); ++x) {
    const bool milder =
        knowledge.fixes[x].loss < loss ||
        std::ranges::find(knowledge.fixes[fix].loses_more_than, knowledge.fixes[x].id) !=
            knowledge.fixes[fix].loses_more_than.end();
    if (now.fix_open[x] == 0 || !milder) continue;
    double cures = 0, fails = 0, fails_and_cures = 0;
    for (std::size_t h = 0; h < now.chances.size(); ++h) {
      const FaultSet& set = now.hypotheses->set(h);
      const double failing = 1 - planner.model().CureChance(fix, set);
      const double curing = planner.model().CureChance(x, set);
      cures += now.chances[h] * curing;
      fails += now.chances[h] * failing;
      fails_and_cures += now.chances[h] * failing * curing;
    }
    if (cures >= real || fails_and_cures >= real * fails) owed.push_back(x);
  }
  return owed;
}

}  // namespace bk::troubleshoot
