// The belief against the plain sum over all sets, on small random models.
#include "troubleshoot/belief/all_sets.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdio>
#include <numeric>

namespace bk::troubleshoot {
namespace {

using all_sets::Mask;

Mask MaskOf(const FaultSet& set) {
  Mask mask = 0;
  for (const std::uint16_t fault : set.Members()) mask |= Mask{1} << fault;
  return mask;
}

std::vector<double> MarginalsOf(const Belief& belief) {
  std::vector<double> faults = belief.causes;
  faults.push_back(belief.none);
  return faults;
}

// Every fix fails with a chance of one in three.
std::vector<std::size_t> SomeFixes(std::mt19937& random, const Knowledge& knowledge) {
  std::vector<std::size_t> failed;
  for (std::size_t x = 0; x < knowledge.fixes.size(); ++x)
    if (random() % 3 == 0) failed.push_back(x);
  return failed;
}

TEST(SetOrder, CountsAndFindsEverySet) {
  for (std::size_t m = 1; m < 9; ++m) {
    const SetOrder order(m);
    for (std::size_t i = 0; i < order.count(); ++i) {
      const FaultSet set = order.SetAt(i);
      EXPECT_EQ(order.IndexOf(set), i);
      EXPECT_TRUE(std::ranges::is_sorted(set.Members()));
      EXPECT_LT(set.Members().back(), m);
    }
  }
  EXPECT_EQ(SetOrder(54).count(), 54U + 1431U + 24804U);
}

TEST(AllSets, ChanceOfAFindingIsTheDefinition) {
  std::mt19937 random(1);
  for (int round = 0; round < 30; ++round) {
    const Knowledge knowledge = all_sets::RandomKnowledge(random, {});
    const BeliefModel model(knowledge);
    const SetOrder order(knowledge.causes.size() + 1);
    for (std::size_t f = 0; f < knowledge.findings.size(); ++f)
      for (std::size_t i = 0; i < order.count(); ++i) {
        const FaultSet set = order.SetAt(i);
        const double chance = model.Chance(set, f);
        EXPECT_NEAR(chance, all_sets::Chance(knowledge, f, MaskOf(set)), 1e-12);
        if (set.size == 1) {
          EXPECT_NEAR(chance, model.Chance(set.members[0], f), 1e-12);
        }
      }
  }
}

TEST(AllSets, UpToThreeFaultsTheSumIsExact) {
  std::mt19937 random(2);
  for (int round = 0; round < 150; ++round) {
    const Knowledge knowledge = all_sets::RandomKnowledge(random, {});
    const BeliefModel model(knowledge);
    const auto observations = model.Observe(all_sets::RandomEvidence(random, knowledge));
    const auto failed = SomeFixes(random, knowledge);
    const Belief belief = model.Believe(observations, failed);
    const all_sets::Sum sum = all_sets::SumOf(knowledge, model, observations, failed, 3);
    const std::vector<double> marginals = MarginalsOf(belief);
    for (std::size_t c = 0; c < marginals.size(); ++c)
      EXPECT_NEAR(marginals[c], sum.faults[c], 1e-9);
    double listed = belief.rest;
    for (std::size_t i = 0; i < belief.sets.size(); ++i) {
      EXPECT_NEAR(belief.sets[i].chance, sum.sets[MaskOf(belief.sets[i].set)], 1e-9);
      if (i > 0) {
        EXPECT_LE(belief.sets[i].chance, belief.sets[i - 1].chance);
      }
      listed += belief.sets[i].chance;
    }
    EXPECT_NEAR(listed, 1, 1e-9);
    for (std::size_t l = 0; l < knowledge.layers.size(); ++l) {
      double layer = 0;
      for (Mask set = 1; set < sum.sets.size(); ++set)
        for (std::size_t c = 0; c < knowledge.causes.size(); ++c)
          if ((set >> c & 1) != 0 && knowledge.causes[c].layer == knowledge.layers[l].id) {
            layer += sum.sets[set];
            break;
          }
      EXPECT_NEAR(belief.layers[l], layer, 1e-9);
    }
  }
}

// As a plan reckons: the same sum with the plan's own mixture, fixes failed or not. The list of
// sets may lack what the verdict's belief left out of it.
TEST(AllSets, ForAPlanTheUnknownFaultIsMixedAnew) {
  std::mt19937 random(6);
  for (int round = 0; round < 150; ++round) {
    const Knowledge knowledge = all_sets::RandomKnowledge(random, {});
    const BeliefModel model(knowledge);
    const auto observations = model.Observe(all_sets::RandomEvidence(random, knowledge));
    const auto failed = SomeFixes(random, knowledge);
    const Belief plain = model.Believe(observations, failed);
    const Belief belief = model.ForPlan(plain);
    const all_sets::Sum sum = all_sets::SumOf(knowledge, model, observations, failed, 3, true);
    const std::vector<double> marginals = MarginalsOf(belief);
    for (std::size_t c = 0; c < marginals.size(); ++c)
      EXPECT_NEAR(marginals[c], sum.faults[c], 1e-9);
    double listed = belief.rest;
    for (const SetChance& one : belief.sets) {
      EXPECT_NEAR(one.chance, sum.sets[MaskOf(one.set)], 1e-9 + plain.rest);
      listed += one.chance;
    }
    EXPECT_NEAR(listed, 1, 1e-9);
    const double looks =
        std::accumulate(belief.unknown_looks.begin(), belief.unknown_looks.end(), 0.0);
    EXPECT_NEAR(looks, 1, 1e-9);
  }
}

TEST(AllSets, MoreThanThreeFaultsStayWithinTheBound) {
  std::mt19937 random(3);
  std::vector<double> bounds, truths;
  for (int round = 0; round < 200; ++round) {
    const Knowledge knowledge = all_sets::RandomKnowledge(random, {});
    const BeliefModel model(knowledge);
    const auto observations = model.Observe(all_sets::RandomEvidence(random, knowledge));
    const auto failed = SomeFixes(random, knowledge);
    const Belief belief = model.Believe(observations, failed);
    const all_sets::Sum sum = all_sets::SumOf(knowledge, model, observations, failed, 99);
    EXPECT_LE(sum.beyond, belief.beyond + 1e-12);
    const std::vector<double> marginals = MarginalsOf(belief);
    for (std::size_t c = 0; c < marginals.size(); ++c)
      EXPECT_LE(std::abs(marginals[c] - sum.faults[c]), belief.beyond + 1e-9);
    bounds.push_back(belief.beyond);
    truths.push_back(sum.beyond);
  }
  std::ranges::sort(bounds);
  std::ranges::sort(truths);
  std::printf("more than three faults: median %.1e (bound %.1e), nine in ten below %.1e (%.1e)\n",
              truths[100], bounds[100], truths[180], bounds[180]);
}

TEST(AllSets, FailedStepsOnSetsAreThoseOfTheBelief) {
  std::mt19937 random(4);
  for (int round = 0; round < 100; ++round) {
    const Knowledge knowledge = all_sets::RandomKnowledge(random, {});
    const BeliefModel model(knowledge);
    if (knowledge.fixes.empty()) continue;
    const auto observations = model.Observe(all_sets::RandomEvidence(random, knowledge));
    const std::size_t fix = random() % knowledge.fixes.size();
    const Belief before = model.Believe(observations);
    const std::vector<std::size_t> failed = {fix};
    const Belief after = model.Believe(observations, failed);
    const std::vector<SetChance> left = model.AfterFailure(fix, before.sets);
    double sum = 0, cured = 0;
    for (const SetChance& one : left) sum += one.chance;
    for (const SetChance& one : before.sets) cured += one.chance * model.CureChance(fix, one.set);
    EXPECT_NEAR(sum + cured, 1 - before.rest, 1e-9);
    for (const SetChance& one : after.sets) {
      const auto found = std::ranges::find(left, one.set, &SetChance::set);
      const double chance = found == left.end() ? 0 : found->chance / sum;
      EXPECT_NEAR(chance, one.chance, 2 * before.rest / sum + 1e-9);
    }
  }
}

TEST(AllSets, WithoutASecondFaultOneFaultIsAtWork) {
  std::mt19937 random(5);
  for (int round = 0; round < 50; ++round) {
    Knowledge knowledge = all_sets::RandomKnowledge(random, {});
    knowledge.model.second_fault = 0;
    const BeliefModel model(knowledge);
    const auto observations = model.Observe(all_sets::RandomEvidence(random, knowledge));
    const auto failed = SomeFixes(random, knowledge);
    const Belief belief = model.Believe(observations, failed);
    const all_sets::Sum sum = all_sets::SumOf(knowledge, model, observations, failed, 1);
    const std::vector<double> marginals = MarginalsOf(belief);
    for (std::size_t c = 0; c < marginals.size(); ++c)
      EXPECT_NEAR(marginals[c], sum.faults[c], 1e-9);
    EXPECT_NEAR(std::accumulate(marginals.begin(), marginals.end(), 0.0), 1, 1e-9);
    EXPECT_EQ(belief.beyond, 0);
    for (const SetChance& one : belief.sets) EXPECT_EQ(one.set.size, 1);
  }
}

// Two causes of one sign: either explains it, so that the other is no likelier than before it was
// seen; a second sign that only the other brings about makes both likely.
TEST(AllSets, OneExplanationMakesTheOtherNeedless) {
  Knowledge knowledge;
  knowledge.model.second_fault = 0.1;
  knowledge.none_prior = 0.1;
  for (const char* id : {"both", "first", "second"}) {
    FindingKind finding;
    finding.id = id;
    finding.leak = 0.01;
    knowledge.findings.push_back(finding);
  }
  knowledge.causes.resize(2);
  knowledge.causes[0].id = "a";
  knowledge.causes[0].effects = {{"both", 0.9, ""}, {"first", 0.9, ""}};
  knowledge.causes[1].id = "b";
  knowledge.causes[1].effects = {{"both", 0.9, ""}, {"second", 0.9, ""}};
  const BeliefModel model(knowledge);
  const auto believe = [&](const std::vector<std::string>& ids) {
    std::vector<evidence::Finding> findings(ids.size());
    for (std::size_t i = 0; i < ids.size(); ++i) findings[i].id = ids[i];
    return model.Believe(model.Observe(findings));
  };
  const Belief one = believe({"both", "first"});
  EXPECT_GT(one.causes[0], 0.9);
  EXPECT_LT(one.causes[1], 0.1);
  const Belief two = believe({"both", "first", "second"});
  EXPECT_GT(two.causes[0], 0.8);
  EXPECT_GT(two.causes[1], 0.8);
  EXPECT_EQ(two.sets.front().set, (FaultSet{0, 1}));
}

}  // namespace
}  // namespace bk::troubleshoot
