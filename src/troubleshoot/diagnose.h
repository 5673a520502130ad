// The one entry: findings in, verdict, plan and explanation out. Pure and deterministic.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "evidence/evidence.h"
#include "troubleshoot/belief/belief.h"
#include "troubleshoot/explain.h"
#include "troubleshoot/plan/plan.h"
#include "troubleshoot/verdict.h"

namespace bk::troubleshoot {

struct Diagnosis {
  static constexpr std::size_t kSetsShown = 5;

  std::vector<CauseChance> causes;  // every cause and none_of_these, likeliest first
  // The likeliest sets of causes that are at work together, at most kSetsShown; what all others
  // have together; and a bound for the chance of more than three causes at once, which are not
  // weighed.
  std::vector<CauseSet> fault_sets;
  double fault_sets_rest = 0;
  double more_faults_at_most = 0;
  std::vector<LayerVerdict> layers;  // as Knowledge::layers
  Verdict verdict;
  Plan plan;  // without steps for kNoBand, kHealthy and kNoTrouble
  Explanation explanation;
  double healthy = 0;  // chance that nothing is wrong
  std::vector<std::string>
      unknown_findings;  // ids in the evidence that the knowledge does not have, sorted
};

// How far a plan may go (Model::dares_*): by the verdict, and no farther than a verdict would allow
// that reckons with the unknown fault as plans do (BeliefModel::ForPlan). So an unknown fault that
// looks like a known one costs no pairing once steps in vain have made the known one doubtful.
// `to_the_end`: see Context; one dares at least Model::to_the_end.dares then, all the rest first.
Limits LimitsFor(const BeliefModel& model, std::span<const Observation> observations,
                 const Belief& belief, Hearing heard, bool to_the_end = false);

Diagnosis Diagnose(const Knowledge& knowledge, std::span<const evidence::Finding> findings,
                   const Context& context);

// The same with the tables built once, for many cases.
Diagnosis Diagnose(const BeliefModel& model, std::span<const evidence::Finding> findings,
                   const Context& context);

}  // namespace bk::troubleshoot
