#include "troubleshoot/learn/fit.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <numeric>

#include "troubleshoot/learn/bare_knowledge.h"
#include "troubleshoot/learn/evaluate.h"

namespace bk::troubleshoot {
namespace {

FindingKind Seen(const std::string& id, double leak, const std::string& opposite = "") {
  FindingKind kind;
  kind.id = id;
  kind.statement = id;
  kind.leak = leak;
  kind.leak_from = "guess";
  kind.opposite = opposite;
  return kind;
}

Cause Named(const std::string& id, const std::string& layer, std::vector<Effect> effects,
            std::vector<Treatment> fixes) {
  Cause cause;
  cause.id = id;
  cause.layer = layer;
  cause.title = id;
  cause.prior = 0.5;
  cause.prior_from = "guess";
  cause.effects = std::move(effects);
  cause.fixes = std::move(fixes);
  return cause;
}

Fix Remedy(const std::string& id, LossClass loss, std::vector<std::string> tried_as) {
  Fix fix;
  fix.id = id;
  fix.title = id;
  fix.minutes = 2;
  fix.loss = loss;
  fix.tried_as = std::move(tried_as);
  return fix;
}

Knowledge Small() {
  Knowledge knowledge;
  knowledge.layers = {{"link", "Link", "", "", "", {}}, {"app", "App", "", "", "", {}}};
  knowledge.findings = {Seen("in_scan", 0.8, "not_in_scan"), Seen("not_in_scan", 0.2, "in_scan"),
                        Seen("dies", 0.1), Seen("custom_rom", 0.1), Seen("toggle_no_help", 0.1)};
  knowledge.causes = {
      Named("glitch", "link", {{"not_in_scan", 0.5, "guess"}}, {{"toggle", 0.5, "guess"}}),
      Named("killed", "app", {{"dies", 0.6, "guess"}, {"not_in_scan", 0.05, "guess"}},
            {{"exempt", 0.5, "guess"}, {"toggle", 0.1, "guess"}})};
  knowledge.fixes = {Remedy("toggle", LossClass::kNone, {"toggle_no_help"}),
                     Remedy("exempt", LossClass::kSetting, {})};
  knowledge.none_prior = 0.1;
  knowledge.model.chance_floor = 1e-3;
  knowledge.model.trust.fill(0.99);
  knowledge.model.give_up_minutes = 60;
  knowledge.learning = {.prior_sizes = {4, 16},
                        .effect_sizes = {4, 16},
                        .leak_sizes = {32},
                        .fix_sizes = {4, 16},
                        .temperatures = {1, 1.5},
                        .mention_size = 5,
                        .doubt = 0.5,
                        .folds = 3,
                        .worth_saying = 0.01};
  return knowledge;
}

ClosedCase Case(int number, const std::string& cause, const std::string& told,
                const std::string& cured_by) {
  ClosedCase closed;
  closed.id = "c" + std::to_string(number);
  closed.cause = cause;
  closed.findings = {{told}};
  closed.cured_by = cured_by;
  return closed;
}

std::vector<ClosedCase> Cases() {
  std::vector<ClosedCase> cases;
  for (int i = 0; i < 9; ++i) cases.push_back(Case(i, "glitch", "not_in_scan", "toggle"));
  for (int i = 9; i < 12; ++i) cases.push_back(Case(i, "killed", "dies", "exempt"));
  return cases;
}

constexpr Sizes kSizes{.prior = 8, .effect = 8, .leak = 32, .fix = 8, .temperature = 1};

const Change* Find(const Fitted& fitted, NumberKind kind, const std::string& id,
                   const std::string& item = "") {
  const auto found = std::ranges::find_if(fitted.changes, [&](const Change& change) {
    return change.kind == kind && change.id == id && change.item == item;
  });
  return found == fitted.changes.end() ? nullptr : &*found;
}

TEST(Fit, CountsCausesAndKeepsTheWhole) {
  const Fitted fitted = Fit(Small(), Cases(), kSizes);
  const Change* glitch = Find(fitted, NumberKind::kPrior, "glitch");
  ASSERT_NE(glitch, nullptr);
  EXPECT_NEAR(glitch->after, (8 * 0.5 + 9) / (8 + 12), 1e-3);
  EXPECT_NE(glitch->from.find("case count: 9 of 12"), std::string::npos);
  EXPECT_NEAR(fitted.knowledge.causes[0].prior + fitted.knowledge.causes[1].prior, 1, 2e-3);
  EXPECT_EQ(fitted.knowledge.none_prior, 0.1);
}

TEST(Fit, EffectsOfOppositesMoveWhicheverIsNamed) {
  const Fitted fitted = Fit(Small(), Cases(), kSizes);
  const Change* effect = Find(fitted, NumberKind::kEffect, "glitch", "not_in_scan");
  ASSERT_NE(effect, nullptr);
  EXPECT_GT(effect->after, 0.5);
  EXPECT_NE(effect->from.find("told in 9 of 9"), std::string::npos);
}

TEST(Fit, FixesLearnFromCuresAndFromWhatWasTriedInVain) {
  std::vector<ClosedCase> cases = Cases();
  for (int i = 9; i < 12; ++i)
    cases[static_cast<std::size_t>(i)].findings.push_back({"toggle_no_help"});
  const Fitted fitted = Fit(Small(), cases, kSizes);
  EXPECT_NEAR(Find(fitted, NumberKind::kTreatment, "glitch", "toggle")->after, 13.0 / 17, 1e-3);
  EXPECT_NEAR(Find(fitted, NumberKind::kTreatment, "killed", "toggle")->after, 0.8 / 11, 1e-3);
}

TEST(Fit, FittingItsOwnOutcomeChangesNothing) {
  const Fitted once = Fit(Small(), Cases(), kSizes);
  EXPECT_FALSE(once.changes.empty());
  EXPECT_TRUE(Fit(once.knowledge, Cases(), kSizes).changes.empty());
}

TEST(Fit, WithoutCasesGoesBackToTheElicited) {
  const Knowledge before = Small();
  const Fitted back = Fit(Fit(before, Cases(), kSizes).knowledge, {}, kSizes);
  for (std::size_t c = 0; c < before.causes.size(); ++c) {
    EXPECT_EQ(back.knowledge.causes[c].prior, before.causes[c].prior);
    EXPECT_FALSE(back.knowledge.causes[c].prior_elicited);
    for (std::size_t e = 0; e < before.causes[c].effects.size(); ++e)
      EXPECT_EQ(back.knowledge.causes[c].effects[e].chance, before.causes[c].effects[e].chance);
  }
}

TEST(Fit, WhatWasDeducedFromTheSolutionTeachesNothing) {
  std::vector<ClosedCase> cases = Cases();
  const Fitted without = Fit(Small(), cases, kSizes);
  for (ClosedCase& closed : cases)
    closed.findings.push_back(
        {"custom_rom", true, evidence::SourceKind::kPhone, HowKnown::kDeduced});
  const Fitted with = Fit(Small(), cases, kSizes);
  EXPECT_EQ(with.changes.size(), without.changes.size());
}

TEST(Fit, WhatIsToldOftenAndListedNowhereBecomesAnEffect) {
  std::vector<ClosedCase> cases = Cases();
  for (std::size_t i = 0; i < 4; ++i) cases[i].findings.push_back({"custom_rom"});
  const Fitted fitted = Fit(Small(), cases, kSizes);
  const Change* effect = Find(fitted, NumberKind::kEffect, "glitch", "custom_rom");
  ASSERT_NE(effect, nullptr);
  EXPECT_TRUE(effect->added);
  EXPECT_GT(effect->after, 0.1);
}

TEST(Fit, NotesWhatItCannotUse) {
  const std::vector<ClosedCase> cases = {Case(0, "nothing_of_ours", "dies", ""),
                                         Case(1, "killed", "no_such_finding", "no_such_fix")};
  EXPECT_EQ(Fit(Small(), cases, kSizes).notes.size(), 3U);
}

TEST(ChooseSizes, TakesOneOfEachList) {
  const Sizes sizes = ChooseSizes(Small(), Cases());
  const Learning learning = Small().learning;
  EXPECT_TRUE(std::ranges::count(learning.prior_sizes, sizes.prior));
  EXPECT_TRUE(std::ranges::count(learning.effect_sizes, sizes.effect));
  EXPECT_TRUE(std::ranges::count(learning.fix_sizes, sizes.fix));
  EXPECT_TRUE(std::ranges::count(learning.temperatures, sizes.temperature));
}

TEST(Evaluate, CountsEveryCaseOncePerKindOfNumbers) {
  const Evaluation evaluation = Evaluate(Small(), Cases(), 4);
  ASSERT_EQ(evaluation.scores.size(), 6U);
  EXPECT_EQ(evaluation.chosen.size(), 4U);
  for (const Scores& scores : evaluation.scores) {
    const CauseScore& causes = scores.causes;
    EXPECT_EQ(causes.cases, 12U);
    EXPECT_EQ(causes.named + causes.layer_only + causes.cannot_tell + causes.other, 12U);
    std::size_t binned = 0;
    for (const CalibrationBin& bin : causes.calibration) binned += bin.cases;
    EXPECT_EQ(binned, 12U);
    EXPECT_LE(causes.first, causes.in_three);
    EXPECT_GE(causes.brier, 0);
    EXPECT_LE(causes.brier, 2);
    EXPECT_EQ(scores.fixes.cases, 12U);
  }
}

// What is judged must not have been learned from: in each fold other cases are left out, and all
// of them once for each kind of numbers that is fitted anew (cross-validated, doubted).
TEST(Evaluate, FoldsAreFittedWithoutThemselves) {
  const std::vector<ClosedCase> cases = Cases();
  std::map<std::string, int> left_out;
  const auto evaluation =
      Evaluate(Small(), cases, 3, [&](const Knowledge&, std::span<const ClosedCase> kept) {
        EXPECT_EQ(kept.size(), cases.size() * 2 / 3);
        for (const ClosedCase& closed : cases)
          if (std::ranges::find(kept, closed.id, &ClosedCase::id) == kept.end())
            ++left_out[closed.id];
        return kSizes;
      });
  ASSERT_EQ(left_out.size(), cases.size());
  for (const auto& [id, times] : left_out) EXPECT_EQ(times, 2) << id;
  for (const Scores& scores : evaluation.scores) EXPECT_EQ(scores.causes.cases, cases.size());
}

// A case of the owner's names no layer: that of its cause is the right one.
TEST(Evaluate, TheLayerIsThatOfTheCause) {
  const Evaluation evaluation = Evaluate(Small(), Cases(), 3);
  EXPECT_GE(evaluation.scores.front().causes.layer, evaluation.scores.front().causes.first);
  EXPECT_GT(evaluation.scores.front().causes.layer, 0U);
}

}  // namespace
}  // namespace bk::troubleshoot
