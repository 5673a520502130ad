// What must hold for any evidence, over the real knowledge.
#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <algorithm>
#include <numeric>
#include <set>
#include <string>
#include <vector>

#include "troubleshoot/diagnose.h"
#include "troubleshoot/knowledge/embedded_knowledge.h"

namespace bk::troubleshoot {
namespace {

const BeliefModel& TheModel() {
  static const BeliefModel model(EmbeddedKnowledge());
  return model;
}

evidence::Finding AnyFinding() {
  const auto& kinds = EmbeddedKnowledge().findings;
  evidence::Finding finding;
  finding.id = kinds[*rc::gen::inRange<std::size_t>(0, kinds.size())].id;
  finding.value = *rc::gen::weightedElement<bool>({{3, true}, {1, false}});
  finding.source = static_cast<evidence::SourceKind>(*rc::gen::inRange(0, 6));
  return finding;
}

std::vector<evidence::Finding> AnyEvidence(int most) {
  std::vector<evidence::Finding> findings;
  const int count = *rc::gen::inRange(0, most);
  for (int i = 0; i < count; ++i) findings.push_back(AnyFinding());
  return findings;
}

// One fault at a time, and an unknown fault that looks like nothing known.
const Knowledge& PlainFaults() {
  static const Knowledge knowledge = [] {
    Knowledge plain = EmbeddedKnowledge();
    plain.model.mimics_in_verdict = plain.model.second_fault = 0;
    return plain;
  }();
  return knowledge;
}

Belief BelieveIn(const std::vector<evidence::Finding>& findings) {
  return TheModel().Believe(TheModel().Observe(findings));
}

TEST(Properties, BeliefIsADistribution) {
  EXPECT_TRUE(rc::check("chances lie between 0 and 1 and sum to 1, in any order of findings", [] {
    std::vector<evidence::Finding> findings = AnyEvidence(30);
    const Belief belief = BelieveIn(findings);
    for (const double chance : belief.causes) RC_ASSERT(chance > 0 && chance < 1);
    RC_ASSERT(belief.none > 0 && belief.none < 1);
    RC_ASSERT(belief.beyond >= 0 && belief.beyond <= 1);
    for (const double chance : belief.layers) RC_ASSERT(chance >= 0 && chance <= 1);
    double sum = belief.rest;
    for (const SetChance& one : belief.sets) sum += one.chance;
    RC_ASSERT(std::abs(sum - 1) < 1e-9);
    RC_ASSERT(belief.healthy > 0 && belief.healthy < 1);
    std::ranges::reverse(findings);
    const Belief again = BelieveIn(findings);
    for (std::size_t c = 0; c < belief.causes.size(); ++c)
      RC_ASSERT(std::abs(again.causes[c] - belief.causes[c]) < 1e-12);
  }));
}

TEST(Properties, EvidenceWithoutWeightChangesNothing) {
  EXPECT_TRUE(rc::check("unknown ids, contradictions and repetitions of one source", [] {
    std::vector<evidence::Finding> findings = AnyEvidence(12);
    RC_PRE(!findings.empty());
    const Belief before = BelieveIn(findings);
    evidence::Finding unknown;
    unknown.id = "no_such_finding";
    findings.push_back(unknown);
    findings.push_back(findings[*rc::gen::inRange<std::size_t>(0, findings.size() - 1)]);
    evidence::Finding both = AnyFinding();
    const std::size_t first = TheModel().CanonicalOf(TheModel().FindingIndex(both.id)).finding;
    if (std::ranges::none_of(findings,
                             [&](const evidence::Finding& finding) {
                               const std::size_t index = TheModel().FindingIndex(finding.id);
                               return index != BeliefModel::npos &&
                                      TheModel().CanonicalOf(index).finding == first;
                             }) &&
        EmbeddedKnowledge().findings[first].group.empty()) {
      both.value = true;
      findings.push_back(both);
      both.value = false;
      findings.push_back(both);
    }
    const Belief after = BelieveIn(findings);
    for (std::size_t c = 0; c < before.causes.size(); ++c)
      RC_ASSERT(std::abs(after.causes[c] - before.causes[c]) < 1e-9);
    RC_ASSERT(std::abs(after.healthy - before.healthy) < 1e-9);
  }));
}

TEST(Properties, SoftEvidenceLiesBetweenTheHard) {
  // Without temperature and groups: the belief is then a mixture of the two hard ones.
  static const Knowledge knowledge = [] {
    Knowledge plain = EmbeddedKnowledge();
    plain.model.temperature = 1;
    for (FindingKind& kind : plain.findings) kind.group.clear();
    return plain;
  }();
  static const BeliefModel model(knowledge);
  EXPECT_TRUE(rc::check("every marginal lies between those of sure yes and sure no", [] {
    std::vector<Observation> observations = model.Observe(AnyEvidence(8));
    Observation one;
    one.finding =
        model.CanonicalOf(*rc::gen::inRange<std::size_t>(0, knowledge.findings.size())).finding;
    std::erase_if(observations, [&](const auto& seen) { return seen.finding == one.finding; });
    const auto with = [&](double if_true, double if_false) {
      std::vector<Observation> all = observations;
      one.if_true = if_true;
      one.if_false = if_false;
      all.insert(std::ranges::lower_bound(all, one.finding, {}, &Observation::finding), one);
      return model.Marginals(all);
    };
    const std::vector<double> yes = with(1, 0), no = with(0, 1);
    const std::vector<double> soft = with(1, 0.01 * *rc::gen::inRange(1, 100));
    for (std::size_t h = 0; h < soft.size(); ++h)
      RC_ASSERT(soft[h] >= std::min(yes[h], no[h]) - 1e-9 &&
                soft[h] <= std::max(yes[h], no[h]) + 1e-9);
  }));
}

TEST(Properties, WhatACauseMakesLikelierSpeaksForIt) {
  // Another unknown fault gains with what it looks like; and beside a second fault that explains
  // the finding, one that it speaks against may gain.
  static const BeliefModel plain(PlainFaults());
  EXPECT_TRUE(rc::check("one more such finding, of no group, raises the cause against none", [] {
    const Knowledge& knowledge = EmbeddedKnowledge();
    const std::size_t c = *rc::gen::inRange<std::size_t>(0, knowledge.causes.size());
    const Cause& cause = knowledge.causes[c];
    const Effect& effect = cause.effects[*rc::gen::inRange<std::size_t>(0, cause.effects.size())];
    const std::size_t f = TheModel().FindingIndex(effect.finding);
    RC_PRE(knowledge.findings[f].group.empty());
    std::vector<evidence::Finding> findings = AnyEvidence(10);
    const std::size_t first = TheModel().CanonicalOf(f).finding;
    RC_PRE(std::ranges::none_of(findings, [&](const evidence::Finding& finding) {
      return TheModel().CanonicalOf(TheModel().FindingIndex(finding.id)).finding == first;
    }));
    const Belief before = plain.Believe(plain.Observe(findings));
    evidence::Finding one;
    one.id = effect.finding;
    one.source = evidence::SourceKind::kPhone;
    findings.push_back(one);
    const Belief after = plain.Believe(plain.Observe(findings));
    const double then = before.causes[c] / before.none, now = after.causes[c] / after.none;
    if (TheModel().Chance(c, f) >= TheModel().Chance(BeliefModel::npos, f))
      RC_ASSERT(now >= then * (1 - 1e-6));
    else
      RC_ASSERT(now <= then * (1 + 1e-6));
  }));
}

TEST(Properties, PlansAreSound) {
  EXPECT_TRUE(
      rc::check("no step twice, in vain or against what is known; no data before harm is due", [] {
        const std::vector<evidence::Finding> findings = AnyEvidence(12);
        const Knowledge& knowledge = EmbeddedKnowledge();
        Context context;
        context.band_seen = true;
        context.can_ask = *rc::gen::weightedElement<bool>({{3, true}, {1, false}});
        context.failed_fixes = {
            knowledge.fixes[*rc::gen::inRange<std::size_t>(0, knowledge.fixes.size())].id};
        const Diagnosis diagnosis = Diagnose(TheModel(), findings, context);
        const Plan& plan = diagnosis.plan;
        const auto observations = TheModel().Observe(findings);
        const auto known = [&](const std::string& id) {
          return Known(TheModel(), observations, TheModel().FindingIndex(id));
        };
        std::set<std::string> seen;
        int questions = 0;
        for (const Step& step : plan.steps) {
          RC_ASSERT(seen.insert(step.id).second);
          RC_ASSERT(!step.text.empty() && !step.why.empty());
          if (step.kind == Step::Kind::kAsk) {
            ++questions;
            RC_ASSERT(known(step.id) == 0);
            continue;
          }
          RC_ASSERT(step.id != context.failed_fixes.front());
          const Fix& fix = knowledge.fixes[TheModel().FixIndex(step.id)];
          for (const std::string& id : fix.requires_true) RC_ASSERT(known(id) >= 0);
          for (const std::string& id : fix.requires_false) RC_ASSERT(known(id) <= 0);
          for (const std::string& id : fix.tried_as) RC_ASSERT(known(id) <= 0);
          RC_ASSERT(step.chance > 0 && step.chance <= 1);
          RC_ASSERT((step.loss == LossClass::kNone) == step.loss_text.empty());
          if (diagnosis.verdict.outcome == Outcome::kCannotTell)
            RC_ASSERT(step.loss <= LossClass::kSetting);
          if (diagnosis.verdict.outcome == Outcome::kLayer)
            RC_ASSERT(step.loss <= LossClass::kPairing);
        }
        RC_ASSERT(context.can_ask || questions == 0);
        RC_ASSERT(questions <= knowledge.model.questions_max);
        RC_ASSERT(plan.bound_minutes <= plan.expected_minutes + 1e-9);
        RC_ASSERT(plan.expected_minutes <= knowledge.model.give_up_minutes + 1e-9);
        RC_ASSERT(diagnosis.verdict.outcome == Outcome::kHealthy ||
                  diagnosis.verdict.outcome == Outcome::kNoTrouble || !plan.instead.empty());
      }));
}

}  // namespace
}  // namespace bk::troubleshoot
