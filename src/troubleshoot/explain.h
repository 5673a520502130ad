// Why the belief is what it is, and what would change it.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "troubleshoot/belief/belief.h"
#include "troubleshoot/verdict.h"

namespace bk::troubleshoot {

// What one finding did for a cause: the log-odds that the cause is at work (alone or with others),
// with the finding less without it. What another cause explains as well moves it little.
struct Contribution {
  std::string finding;  // id as the evidence had it
  bool value = true;    // as the evidence had it; of several reports, the one that weighs
  double log_odds = 0;  // by how much it moved the cause; negative = speaks against it
  // By how much it moved the leading cause against Explanation::next alone, likewise.
  double against_next = 0;
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

// Why a further cause is thought to be at work beside the leading one.
struct AlsoExplained {
  std::string cause;
  std::vector<Contribution> moved_by;  // strongest first, only what speaks for it
};

struct Explanation {
  std::string cause;                   // the leading cause
  std::vector<Contribution> moved_by;  // strongest first; only what moved it by more than nothing
  std::string next;                    // the likeliest other one that is no part of `also`
  std::vector<AlsoExplained> also;     // as AlsoAtWork
  std::vector<MindChange> would_change;
  std::vector<std::string> contradictions;  // findings on which sources disagree, one sentence each
};

// What a finding says, in words: those of its source; where it has none, or has English ones and
// the knowledge speaks another language, the finding's statement. A person's answers are in the
// language already.
std::string TextOf(const Knowledge& knowledge, const evidence::Finding& finding);

Explanation Explain(const BeliefModel& model, std::span<const evidence::Finding> findings,
                    std::span<const Observation> observations, std::span<const std::size_t> failed,
                    const Belief& belief);

}  // namespace bk::troubleshoot
