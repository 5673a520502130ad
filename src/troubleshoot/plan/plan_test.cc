// The policy against the exact optimum, which dynamic programming finds where the problem is small.
#include "troubleshoot/plan/plan.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdio>
#include <map>
#include <random>

#include "troubleshoot/belief/belief.h"
#include "troubleshoot/plan/small_problem.h"

namespace bk::troubleshoot {
namespace {

// Expected minutes of the best policy and of the planner's, by working through every outcome.
class Exact {
 public:
  explicit Exact(const Knowledge& knowledge)
      : knowledge_(knowledge), model_(knowledge_), planner_(model_) {}

  double Optimum() { return Best(Start()); }
  double Policy() const { return Follow(Start()); }
  double OfPlan() const { return MakePlan(planner_, {}, {}, {}).expected_minutes; }
  double Bound() const { return MakePlan(planner_, {}, {}, {}).bound_minutes; }

 private:
  Planner::Situation Start() const { return planner_.Start({}, {}, Context()); }

  double Best(const Planner::Situation& now) {
    std::vector<char> key(now.fix_open);
    for (const double chance : now.chances)  // what was answered shows in the chances
      key.insert(key.end(), reinterpret_cast<const char*>(&chance),
                 reinterpret_cast<const char*>(&chance + 1));
    key.insert(key.end(), now.question_open.begin(), now.question_open.end());
    if (const auto known = best_.find(key); known != best_.end()) return known->second;
    double best = knowledge_.model.give_up_minutes;
    for (std::size_t x = 0; x < now.fix_open.size(); ++x) {
      if (!planner_.MayPropose(now, x)) continue;
      Planner::Situation failed = now;
      planner_.Fail(failed, x);
      best = std::min(
          best, knowledge_.fixes[x].minutes + (1 - planner_.CureChance(now, x)) * Best(failed));
    }
    for (std::size_t q = 0; q < now.question_open.size(); ++q)
      if (now.question_open[q] != 0)
        best = std::min(best, Ask(now, q, [&](const auto& then) { return Best(then); }));
    best_[key] = best;
    return best;
  }

  double Follow(const Planner::Situation& now) const {
    const Planner::Choice choice = planner_.Next(now);
    switch (choice.kind) {
      case Planner::Choice::Kind::kGiveUp:
        break;
      case Planner::Choice::Kind::kAsk:
        return Ask(now, choice.index, [&](const auto& then) { return Follow(then); });
      case Planner::Choice::Kind::kFix: {
        EXPECT_TRUE(planner_.MayPropose(now, choice.index));
        Planner::Situation failed = now;
        planner_.Fail(failed, choice.index);
        return knowledge_.fixes[choice.index].minutes +
               (1 - planner_.CureChance(now, choice.index)) * Follow(failed);
      }
    }
    return knowledge_.model.give_up_minutes;
  }

  template <class Value>
  double Ask(const Planner::Situation& now, std::size_t q, Value value) const {
    const double yes = planner_.YesChance(now, q);
    double minutes = knowledge_.findings[q].minutes;
    for (const bool answer : {true, false}) {
      Planner::Situation then = now;
      planner_.Answer(then, q, answer);
      minutes += (answer ? yes : 1 - yes) * value(then);
    }
    return minutes;
  }

  Knowledge knowledge_;
  BeliefModel model_;
  Planner planner_;
  std::map<std::vector<char>, double> best_;
};

TEST(Plan, FourCausesThreeActionsOneQuestion) {
  Exact exact(AsKnowledge(VomlelsToy()));
  const double optimum = exact.Optimum(), policy = exact.Policy();
  std::printf("toy: optimum %.3f, policy %.3f, plan %.3f, bound %.3f\n", optimum, policy,
              exact.OfPlan(), exact.Bound());
  EXPECT_NEAR(policy, optimum, 1e-6);
  EXPECT_LE(exact.Bound(), optimum + 1e-6);
}

TEST(Plan, IsNearTheOptimumOfSmallProblems) {
  std::mt19937 random(11);
  const auto uniform = [&](double low, double high) {
    return std::uniform_real_distribution<double>(low, high)(random);
  };
  constexpr int kProblems = 80;
  double sum = 0, worst = 1;
  int with_questions = 0;
  for (int i = 0; i < kProblems; ++i) {
    SmallProblem toy;
    toy.give_up = uniform(60, 200);
    const std::size_t causes = 3 + random() % 4, fixes = 2 + random() % 4, questions = random() % 4;
    for (std::size_t c = 0; c < causes; ++c) toy.priors.push_back(uniform(0.05, 1));
    for (std::size_t x = 0; x < fixes; ++x) {
      SmallProblem::Act act{uniform(0.5, 15), {}, LossClass::kNone};
      for (std::size_t c = 0; c < causes; ++c)
        act.chance.push_back(random() % 3 == 0 ? uniform(0.3, 0.95) : 0);
      toy.fixes.push_back(act);
    }
    for (std::size_t q = 0; q < questions; ++q) {
      SmallProblem::Act act{uniform(0.1, 1), {}, LossClass::kNone};
      for (std::size_t c = 0; c < causes; ++c)
        act.chance.push_back(random() % 2 == 0 ? 0.5 : uniform(0.02, 0.98));
      toy.questions.push_back(act);
    }
    Exact exact(AsKnowledge(toy));
    const double optimum = exact.Optimum(), policy = exact.Policy();
    ASSERT_GE(policy, optimum - 1e-9);
    EXPECT_GE(exact.OfPlan(), optimum - 1e-6);  // the printed minutes promise nothing impossible
    EXPECT_LE(exact.Bound(), optimum + 1e-6);
    sum += policy / optimum;
    worst = std::max(worst, policy / optimum);
    with_questions += questions > 0 ? 1 : 0;
  }
  std::printf(
      "%d small problems, %d with questions: policy / optimum is %.5f on average, %.3f at "
      "worst\n",
      kProblems, with_questions, sum / kProblems, worst);
  EXPECT_LE(sum / kProblems, 1.005);
  EXPECT_LE(worst, 1.05);
}

}  // namespace
}  // namespace bk::troubleshoot
