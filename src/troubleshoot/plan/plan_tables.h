// What the policy looks up, made once of the knowledge.
#pragma once

#include <cstddef>
#include <memory>
#include <utility>
#include <vector>

#include "troubleshoot/belief/belief.h"
#include "troubleshoot/plan/step_prices.h"

namespace bk::troubleshoot {

struct PlanTables {
  struct Cure {
    std::size_t other;  // a cause, or a fix
    double chance;      // that the fix cures the cause
  };

  // `to_the_end`: with Model::to_the_end in the place of what it replaces.
  explicit PlanTables(const BeliefModel& of, bool to_the_end = false);

  // Chance that a person says yes when the finding holds with this chance. Answers are tempered as
  // the belief is, in a way that keeps yes and no a whole.
  [[nodiscard]] double SaysYes(std::size_t finding, double chance) const;

  const BeliefModel* model;
  std::shared_ptr<const Model> limits;  // of `model`, or its own
  StepPrices prices;
  // By fix: what it must be worth to be proposed, and to hold up a more harmful one. Never more
  // than its minutes: a price on losses and on work does not let harm pass by.
  std::vector<double> worth;
  std::vector<LossClass> loss;  // by fix
  // By fix: those of its own class that lose less (Fix::loses_more_than).
  std::vector<std::vector<std::size_t>> milder_of_class;
  // Whether `other` is less harmful than `fix`.
  [[nodiscard]] bool Milder(std::size_t other, std::size_t fix) const;
  std::vector<std::vector<Cure>> cures;     // by fix: causes
  std::vector<std::vector<Cure>> cured_by;  // by cause: fixes, by rising least price per cure
  std::vector<char> can_be_asked;           // by finding
  // By finding that can be asked: causes whose chance differs from the leak, with that chance.
  std::vector<std::vector<Cure>> effects;
  std::vector<double> right;  // by finding: chance that a person's answer is so
  // By canonical finding: the fixes that are out once it is known to hold, and not to hold.
  std::vector<std::vector<std::size_t>> closed_by_yes, closed_by_no;
};

}  // namespace bk::troubleshoot
