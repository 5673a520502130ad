// Why the belief is what it is, and what would change it.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "troubleshoot/belief/belief.h"
#include "troubleshoot/verdict.h"

namespace bk::troubleshoot {

// What one finding did for the leading cause.
struct Contribution {
  std::string finding;  // id as the evidence had it
  bool value = true;    // as the evidence had it; of several reports, the one that weighs
  double log_odds =
      0;  // by how much it moved the leading cause against all others; negative = speaks against it
  std::string text;  // the proof in the words of the source, else the statement of the finding
  std::size_t source = 0;  // index of that finding in the evidence that was given
};

// An answer that would put another cause first.
struct MindChange {
  std::string finding;
  bool value = true;
  std::string to_cause;
  double chance = 0;  // that the answer is so, by the present belief
  std::string text;   // "If the band were seen in a scan, ... would become likelier."
};

struct Explanation {
  std::string cause;                   // the leading cause
  std::vector<Contribution> moved_by;  // strongest first; only what moved it by more than nothing
  std::vector<MindChange> would_change;
  std::vector<std::string> contradictions;  // findings on which sources disagree, one sentence each
};

Explanation Explain(const BeliefModel& model, std::span<const evidence::Finding> findings,
                    std::span<const Observation> observations, std::span<const std::size_t> failed,
                    const Belief& belief);

}  // namespace bk::troubleshoot
