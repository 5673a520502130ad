// By example: shared ways, shared tests, two faults; and the bound over random evidence.
#include "troubleshoot/plan/planner.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <random>

#include "troubleshoot/belief/belief.h"
#include "troubleshoot/knowledge/embedded_knowledge.h"
#include "troubleshoot/plan/progress.h"
#include "troubleshoot/plan/ratio_rule.h"

namespace bk::troubleshoot {
namespace {

constexpr double kGiveUp = 100;

// Causes c0, c1, ... of these priors, each cured by the fix of its number with chance 0.9.
Knowledge OneFixEach(const std::vector<double>& priors) {
  Knowledge knowledge;
  knowledge.none_prior = 1e-9;
  knowledge.model.chance_floor = 1e-9;
  knowledge.model.give_up_minutes = kGiveUp;
  for (std::size_t i = 0; i < priors.size(); ++i) {
    Fix fix;
    fix.id = "x" + std::to_string(i);
    fix.minutes = fix.hands_on = 2;
    knowledge.fixes.push_back(fix);
    Cause cause;
    cause.id = "c" + std::to_string(i);
    cause.prior = priors[i];
    cause.fixes.push_back({fix.id, 0.9, ""});
    knowledge.causes.push_back(cause);
  }
  return knowledge;
}

// The way to a page is paid once: its second fix comes before one that is a little better alone.
TEST(Planner, StaysWhereItIs) {
  Knowledge knowledge = OneFixEach({0.5, 0.24, 0.26});
  knowledge.model.clusters.push_back({"page", 1.0, "", true, ""});
  knowledge.fixes[0].cluster = knowledge.fixes[1].cluster = "page";
  const BeliefModel model(knowledge);
  const Planner planner(model);
  Situation now = planner.Start({}, {}, {});
  const Choice first = planner.Next(now);
  EXPECT_EQ(first.index, 0U);
  EXPECT_NEAR(planner.CostOf(now, first).minutes, 2, 1e-9);
  planner.Fail(now, first);
  const Choice second = planner.Next(now);
  EXPECT_EQ(second.index, 1U);
  EXPECT_NEAR(planner.CostOf(now, second).minutes, 1, 1e-9);
  planner.Fail(now, second);
  planner.Fail(now, 2);  // elsewhere: the page is left
  EXPECT_EQ(now.place, 0);
}

// Two unlikely fixes with a long test are tested once; a likely one is tested at once.
TEST(Planner, TestsOnceWhereThatPays) {
  Knowledge knowledge = OneFixEach({0.5, 0.5});
  knowledge.model.together_max = 2;
  for (Fix& fix : knowledge.fixes) fix.test_minutes = 1.5;
  {
    // Together 0.5 + 0.5 + 1.5; one after the other 2 + 0.55 x 2.
    const BeliefModel model(knowledge);
    const Planner planner(model);
    const Situation now = planner.Start({}, {}, {});
    const Choice both = planner.Next(now);
    ASSERT_EQ(both.more.size(), 1U);
    EXPECT_NEAR(planner.CostOf(now, both).minutes, 2.5, 1e-9);
  }
  knowledge.causes[0].prior = 0.98;
  knowledge.causes[1].prior = 0.02;
  const BeliefModel model(knowledge);
  const Planner planner(model);
  EXPECT_TRUE(planner.Next(planner.Start({}, {}, {})).more.empty());
}

// Nothing that loses data is done while something else is untested.
TEST(Planner, NeverTestsHarmTogether) {
  Knowledge knowledge = OneFixEach({0.5, 0.5});
  knowledge.model.together_max = 2;
  for (Fix& fix : knowledge.fixes) {
    fix.test_minutes = 1.9;
    fix.loss = LossClass::kPairing;
  }
  const BeliefModel model(knowledge);
  const Planner planner(model);
  EXPECT_TRUE(planner.Next(planner.Start({}, {}, {})).more.empty());
}

// A step cures one of two: the band still does not work, and the other one is left.
// Of two that can lose data, the one that loses less comes first where it has a real chance, though
// the other cures more.
TEST(Planner, WaitsForWhatLosesLessOfItsClass) {
  for (const double chance : {0.2, 0.02}) {
    Knowledge knowledge = OneFixEach({1 - chance, chance});
    for (Fix& fix : knowledge.fixes) fix.loss = LossClass::kBandData;
    knowledge.model.waits_for_chance.back() = 0.05;
    const BeliefModel indifferent(knowledge);
    const Planner by_price(indifferent);
    EXPECT_EQ(by_price.Next(by_price.Start({}, {}, {})).index, 0U);
    knowledge.fixes[0].loses_more_than = {"x1"};
    const BeliefModel model(knowledge);
    const Planner planner(model);
    const Situation now = planner.Start({}, {}, {});
    // What has no real chance now has one once the other has failed: 0.02 of 0.118.
    EXPECT_EQ(planner.Next(now).index, 1U) << chance;
    EXPECT_FALSE(planner.MayPropose(now, 0)) << chance;
  }
}

// The rule's fixes are not worked through once nothing can be cheaper any more: the same as to the
// end.
TEST(Planner, FixesOnlyStopsEarlyAndLosesNothing) {
  const BeliefModel model(EmbeddedKnowledge());
  const Planner planner(model);
  std::mt19937 random(7);
  for (int round = 0; round < 60; ++round) {
    std::vector<evidence::Finding> findings(random() % 8);
    for (evidence::Finding& finding : findings) {
      const auto& kinds = model.knowledge().findings;
      finding.id = kinds[random() % kinds.size()].id;
      finding.value = random() % 3 != 0;
    }
    const Situation now = planner.Start(model.Observe(findings), {}, {});
    Progress progress(now);
    const double give_up = model.knowledge().model.give_up_minutes;
    double paid = 0, best = progress.mass() * give_up;
    while (!TakeNextGroup(progress, paid).empty())
      best = std::min(best, paid + progress.mass() * give_up);
    EXPECT_NEAR(planner.FixesOnly(now), best, 1e-9);
  }
}

TEST(Planner, TwoFaultsAreCuredOneAfterTheOther) {
  Knowledge knowledge = OneFixEach({0.5, 0.5});
  knowledge.model.second_fault = 1000;  // both, nearly for sure
  const BeliefModel model(knowledge);
  const Planner planner(model);
  Situation now = planner.Start({}, {}, {});
  const std::vector<double> before = planner.Marginals(now);
  EXPECT_GT(before[0], 0.99);
  EXPECT_GT(before[1], 0.99);
  EXPECT_LT(planner.CureChance(now, 0), 0.01);
  EXPECT_GT(planner.HelpChance(now, 0), 0.85);
  const Choice first = planner.Next(now);
  ASSERT_EQ(first.kind, Choice::Kind::kFix);
  planner.Fail(now, first);
  EXPECT_NEAR(planner.Marginals(now)[first.index], 0.1, 0.01);
  EXPECT_GT(planner.CureChance(now, 1 - first.index), 0.8);
  EXPECT_EQ(planner.Next(now).index, 1 - first.index);
}

// Two certain faults cost both fixes, each with its own share of giving up.
TEST(Planner, BoundHoldsForTwoFaults) {
  Knowledge knowledge = OneFixEach({0.5, 0.5});
  knowledge.model.second_fault = 1000;
  const BeliefModel model(knowledge);
  const Planner planner(model);
  const Planner::Outlook outlook = planner.OutlookOf(planner.Start({}, {}, {}));
  const double by_hand = 2 + 2 + (1 - 0.9 * 0.9) * kGiveUp;
  EXPECT_TRUE(outlook.exact);
  EXPECT_NEAR(outlook.expected, by_hand, 0.3);
  EXPECT_LE(outlook.bound, outlook.expected);
  EXPECT_GT(outlook.bound, 0.5 * by_hand);
}

// What is read back as right is hardly the cause any more.
TEST(Planner, ReadingBackCountsMoreThanFailing) {
  Knowledge knowledge = OneFixEach({0.5, 0.5});
  FindingKind off;
  off.id = "off";
  off.leak = 0.05;
  knowledge.findings.push_back(off);
  knowledge.causes[0].effects.push_back({"off", 0.99, ""});
  knowledge.causes[0].fixes[0].chance = 0.6;
  knowledge.fixes[0].requires_true.push_back("off");
  const BeliefModel model(knowledge);
  const Planner planner(model);
  Situation failed = planner.Start({}, {}, {});
  Situation done = failed;
  planner.Fail(failed, 0);
  planner.Done(done, 0);
  EXPECT_NEAR(planner.Marginals(failed)[0], 0.4 / 1.4, 1e-6);
  EXPECT_LT(planner.Marginals(done)[0], 0.01);
}

// Nothing can cure it: it stops at once.
TEST(Planner, StopsWhereNothingHelps) {
  Knowledge knowledge = OneFixEach({1.0});
  knowledge.causes[0].fixes.clear();
  knowledge.causes[0].instead = "Wait for the update.";
  const BeliefModel model(knowledge);
  const Planner planner(model);
  const Situation now = planner.Start({}, {}, {});
  EXPECT_EQ(planner.Next(now).kind, Choice::Kind::kGiveUp);
  EXPECT_EQ(planner.EndingOf(now).cause, 0U);
}

}  // namespace
}  // namespace bk::troubleshoot
