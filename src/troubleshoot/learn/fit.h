// The numbers of the knowledge, estimated from closed cases with the elicited ones as a prior.
//
// - Priors of the causes: Dirichlet around the elicited shares; one case, one count. The share of
//   none_of_these stays: who collects closed cases collects known causes.
// - Effects and leaks: estimate.h, one column per finding. A leak's cell holds the cases of all
//   causes that do not list the finding. A pair that no cause lists becomes an effect of its own
//   when it was told kTimesForNewEffect times.
// - Fix chances: Beta likewise. That a fix is what cured counts for it, that a finding says it was
//   tried in vain (Fix::tried_as) against it; a fix that is not told was not tried for all we know,
//   as one cure ends a case.
//
// Always from the elicited numbers (Elicited), so that fitting its own outcome changes nothing.
//
// What no weighing mends: only solved and written-up cases are counted, so rare and unsolved ones
// are too few; of the remedies that were tried, the one that worked is told; and whoever elicited
// the numbers may have read these very cases (evaluate.h measures how much that may flatter).
#pragma once

#include <span>
#include <string>
#include <vector>

#include "troubleshoot/knowledge/knowledge.h"
#include "troubleshoot/learn/closed_case.h"
#include "troubleshoot/learn/estimate.h"

namespace bk::troubleshoot {

// Equivalent numbers of cases behind the elicited numbers, and what evidence is divided by.
struct Sizes {
  double prior = 0, effect = 0, leak = 0, fix = 0;
  double temperature = 1;
};

enum class NumberKind : std::uint8_t { kPrior, kLeak, kEffect, kTreatment, kTemperature };
std::string_view NumberKindName(
    NumberKind kind);  // "prior", "leak", "effect", "fix", "temperature"

struct Change {
  NumberKind kind = NumberKind::kEffect;
  std::string id;    // of the cause; of the finding for kLeak; empty for kTemperature
  std::string item;  // the finding of an effect, the fix of a treatment; else empty
  double before = 0, after = 0;
  double elicited = 0;
  Origin elicited_from;
  bool back = false;   // after == elicited: the cases do not move it any more
  bool added = false;  // an effect that was not there; `before` is the leak
  Origin from;  // why it is `after`: "case count: told in 4 of 9; elicited 0.35 weighs as 16"
};

struct Fitted {
  Knowledge knowledge;          // with the changes in it
  std::vector<Change> changes;  // against the knowledge that was given; kinds in order, then ids
  Sizes sizes;
  MentionRate mentioned;           // how often a finding that holds (or does not) is mentioned
  std::vector<std::string> notes;  // what could not be used, one sentence each
};

// `sizes` as chosen, or by hand.
Fitted Fit(const Knowledge& knowledge, std::span<const ClosedCase> cases, const Sizes& sizes);

// The same without words: `changes` and `notes` are empty.
Knowledge FitNumbers(const Knowledge& knowledge, std::span<const ClosedCase> cases,
                     const Sizes& sizes);

// Of Knowledge::learning, what says most of the causes of cases left out (log score of the cause;
// of the curing fix for Sizes::fix). Effects, leaks, fixes and temperature: of several as good
// within one standard error of the difference, the one that trusts the elicited numbers most, as
// these may have been elicited by who had read the cases, so that leaving cases out tests them only
// in part. Needs learning.folds >= 2 and at least one entry in each list; else the sizes are
// the largest of each list, or zero.
Sizes ChooseSizes(const Knowledge& knowledge, std::span<const ClosedCase> cases);

}  // namespace bk::troubleshoot
