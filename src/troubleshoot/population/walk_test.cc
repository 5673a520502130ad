#include "troubleshoot/population/walk.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdio>
#include <set>

#include "troubleshoot/knowledge/embedded_knowledge.h"
#include "troubleshoot/plan/harm_last.h"
#include "troubleshoot/population/policies.h"

namespace bk::troubleshoot {
namespace {

using evidence::SourceKind;

World People() {
  World world;
  world.healthy_share = 0.1;
  world.more_faults = 0.1;
  world.sources[static_cast<std::size_t>(SourceKind::kBugReport)] = {0.4, 0.8, 0.8};
  world.sources[static_cast<std::size_t>(SourceKind::kLog)] = {0.3, 0.5, 0.1};
  world.sources[static_cast<std::size_t>(SourceKind::kPerson)] = {1, 0.3, 0.02};
  world.dont_know = 0.15;
  world.patience_minutes = 180;
  world.effect_sigma = world.leak_sigma = world.cure_sigma = 0.4;
  world.unknown_share = 0.15;
  world.mimic_share = 0.5;
  world.mimic_likeness = 0.8;
  return world;
}

class Walks : public testing::Test {
 protected:
  const Knowledge& knowledge_ = EmbeddedKnowledge();
  BeliefModel model_{knowledge_};
  Planner planner_{model_};
  Population population_{knowledge_, People(), 99};
};

TEST_F(Walks, AreTheSameForOneSeedAndNoStepComesTwice) {
  for (auto& policy : AllPolicies(model_, planner_, 1)) {
    for (std::uint64_t i = 0; i < 20; ++i) {
      const Owner owner = population_.Make(i);
      const Walk walk = CarryOut(population_, owner, *policy);
      const Walk again = CarryOut(population_, owner, *policy);
      ASSERT_EQ(walk.steps.size(), again.steps.size());
      std::set<std::pair<int, std::size_t>> seen;
      double minutes = 0;
      for (std::size_t s = 0; s < walk.steps.size(); ++s) {
        const Choice& step = walk.steps[s];
        EXPECT_EQ(step.index, again.steps[s].index);
        EXPECT_TRUE(seen.emplace(static_cast<int>(step.kind), step.index).second)
            << policy->Name() << " owner " << i;
        for (const std::size_t more : step.more)
          EXPECT_TRUE(seen.emplace(static_cast<int>(step.kind), more).second);
        minutes += step.kind == Choice::Kind::kAsk ? knowledge_.findings[step.index].minutes
                                                   : knowledge_.fixes[step.index].minutes;
        for (const std::size_t more : step.more) minutes += knowledge_.fixes[more].minutes;
      }
      // Who is there already, or tests once for several, saves some.
      EXPECT_LE(walk.minutes, minutes + 1e-9);
      EXPECT_GE(walk.minutes, minutes * 0.4);
      EXPECT_LE(walk.needless_lossy, walk.lossy);
      const bool unknown = std::ranges::binary_search(owner.faults, population_.unknown_fault());
      EXPECT_FALSE(walk.cured && unknown);
    }
  }
}

// Harm comes last, step by step, on owners whose world is not the known one.
TEST_F(Walks, BandkeeperNeverTakesAStepBeforeALessHarmfulRealOne) {
  const auto policy = Bandkeeper(model_, planner_);
  constexpr std::uint64_t kOwners = 100;
  int lossy = 0, questions = 0, cured = 0;
  for (std::uint64_t i = 0; i < kOwners; ++i) {
    const Owner owner = population_.Make(i);
    const Walk walk = CarryOut(population_, owner, *policy);
    lossy += walk.lossy;
    questions += walk.questions;
    cured += walk.cured ? 1 : 0;
    Seen seen;
    seen.findings = owner.told;
    std::size_t answered = seen.findings.size();
    for (const Choice& step : walk.steps) {
      if (step.kind == Choice::Kind::kAsk) {
        EXPECT_FALSE(knowledge_.findings[step.index].question.empty());
        if (owner.answers[step.index] == Answer::kDontKnow)
          seen.unanswered.push_back(step.index);
        else
          seen.findings.push_back(walk.seen.findings[answered++]);
        continue;
      }
      const auto observations = model_.Observe(seen.findings);
      std::vector<std::size_t> failed = seen.failed;
      std::ranges::sort(failed);
      Situation now = planner_.Start(observations, failed, {});
      std::vector<std::size_t> done = {step.index};
      done.insert(done.end(), step.more.begin(), step.more.end());
      for (const std::size_t x : done) {
        for (const std::size_t other : OwedBefore(planner_, now, x))
          ADD_FAILURE() << "owner " << i << ": " << knowledge_.fixes[x].id << " before "
                        << knowledge_.fixes[other].id << " (" << planner_.CureChance(now, other)
                        << ")";
        planner_.Fail(now, x);
        seen.failed.push_back(x);
      }
    }
  }
  std::printf("%d owners: %d cured, %d lossy steps, %d questions\n", static_cast<int>(kOwners),
              cured, lossy, questions);
  EXPECT_GT(cured, static_cast<int>(kOwners) / 3);
}

// A policy that does what it is told.
class Told final : public Policy {
 public:
  explicit Told(std::vector<Choice> choices) : choices_(std::move(choices)) {}
  [[nodiscard]] std::string_view Name() const override { return "told"; }
  void Begin(const Seen& /*seen*/, std::uint64_t /*number*/) override { at_ = 0; }
  Choice Next(const Seen& /*seen*/) override {
    return at_ < choices_.size() ? choices_[at_++] : Choice{};
  }

 private:
  std::vector<Choice> choices_;
  std::size_t at_ = 0;
};

TEST(Walk, GettingThereIsPaidOnceAndWhatIsDoneTogetherIsTestedOnce) {
  Knowledge knowledge;
  knowledge.model.clusters = {{"phone", 1, "", true, ""}, {"page", 2, "phone", false, ""}};
  for (const auto& [cluster, minutes] : {std::pair{"page", 8.0}, {"page", 9.0}, {"", 5.0}}) {
    Fix fix;
    fix.id = "x" + std::to_string(knowledge.fixes.size());
    fix.cluster = cluster;
    fix.minutes = minutes;
    fix.hands_on = 4;
    fix.test_minutes = minutes / 4;
    knowledge.fixes.push_back(fix);
  }
  World world;
  world.patience_minutes = 1000;
  const Population population(knowledge, world, 1);
  const Owner owner = population.MakeWith(1, {population.unknown_fault()});
  const auto minutes = [&](std::vector<Choice> choices) {
    Told policy(std::move(choices));
    return CarryOut(population, owner, policy).minutes;
  };
  const auto fix = [](std::size_t x, std::vector<std::size_t> more = {}) {
    return Choice{Choice::Kind::kFix, x, std::move(more)};
  };
  EXPECT_NEAR(minutes({fix(0)}), 8, 1e-9);
  EXPECT_NEAR(minutes({fix(0), fix(1)}), 8 + 9 - 1, 1e-9);  // the phone is still in hand
  EXPECT_NEAR(minutes({fix(0, {1})}), (8 - 2) + (9 - 2.25 - 3) + 2.25, 1e-9);
  EXPECT_NEAR(minutes({fix(0), fix(2), fix(1)}), 8 + 5 + 9, 1e-9);
}

TEST_F(Walks, AWorkingBandIsSeenAtTheFirstTest) {
  const auto policy = TheGuide(model_);
  const Walk walk = CarryOut(population_, population_.MakeWith(1, {}), *policy);
  EXPECT_TRUE(walk.cured);
  EXPECT_EQ(walk.fixes, 1);
}

TEST_F(Walks, AnUnknownFaultIsNeverCured) {
  for (auto& policy : AllPolicies(model_, planner_, 1)) {
    const Walk walk =
        CarryOut(population_, population_.MakeWith(4, {population_.unknown_fault()}), *policy);
    EXPECT_FALSE(walk.cured);
    EXPECT_NEAR(walk.Cost(knowledge_.model), walk.minutes + knowledge_.model.give_up_minutes, 1e-9);
  }
}

}  // namespace
}  // namespace bk::troubleshoot
