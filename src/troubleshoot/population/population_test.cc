// The generator against the knowledge, and the belief against the generator, which share no code.
#include "troubleshoot/population/population.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <map>

#include "troubleshoot/belief/belief.h"
#include "troubleshoot/knowledge/embedded_knowledge.h"

namespace bk::troubleshoot {
namespace {

using evidence::SourceKind;

// Everything is as known; sources speak of what holds as often as of what does not, so that silence
// tells nothing.
World AsKnown() {
  World world;
  world.id = "as_known";
  world.healthy_share = EmbeddedKnowledge().healthy_prior;
  world.more_faults = 0.1;
  world.sources[static_cast<std::size_t>(SourceKind::kPhone)] = {0.5, 0.5, 0.5};
  world.sources[static_cast<std::size_t>(SourceKind::kCapture)] = {0.3, 0.3, 0.3};
  world.sources[static_cast<std::size_t>(SourceKind::kPerson)] = {1, 0.15, 0.15};
  world.dont_know = 0.1;
  world.patience_minutes = 180;
  return world;
}

TEST(Population, IsTheSameForOneSeed) {
  World world = AsKnown();
  world.effect_sigma = world.cure_sigma = world.group_correlation = 0.5;
  const Population one(EmbeddedKnowledge(), world, 7), same(EmbeddedKnowledge(), world, 7);
  const Population other(EmbeddedKnowledge(), world, 8);
  int differ = 0;
  for (std::uint64_t i = 0; i < 50; ++i) {
    const Owner a = one.Make(i), b = same.Make(i), c = other.Make(i);
    EXPECT_EQ(a.faults, b.faults);
    EXPECT_EQ(a.holds, b.holds);
    EXPECT_EQ(a.answers, b.answers);
    EXPECT_EQ(a.cures, b.cures);
    ASSERT_EQ(a.told.size(), b.told.size());
    for (std::size_t t = 0; t < a.told.size(); ++t) EXPECT_EQ(a.told[t].id, b.told[t].id);
    differ += a.holds != c.holds ? 1 : 0;
  }
  EXPECT_GT(differ, 40);
}

TEST(Population, ChancesAreThoseOfTheBelief) {
  const Knowledge& knowledge = EmbeddedKnowledge();
  const BeliefModel model(knowledge);
  const Population population(knowledge, AsKnown(), 1);
  const double floor = 2 * knowledge.model.chance_floor;  // the belief stays off 0 and 1
  const std::size_t n = knowledge.causes.size();
  for (std::size_t f = 0; f < knowledge.findings.size(); ++f) {
    for (std::size_t c = 0; c < n; ++c) {
      const std::vector<std::size_t> alone = {c};
      EXPECT_NEAR(population.Chance(alone, f), model.Chance(c, f), floor)
          << knowledge.causes[c].id << " " << knowledge.findings[f].id;
    }
    for (std::size_t c = 0; c + 7 < n; c += 3) {
      const std::vector<std::size_t> both = {c, c + 5}, three = {c, c + 2, c + 7};
      const auto set = [](std::initializer_list<std::size_t> members) {
        FaultSet made;
        for (const std::size_t member : members)
          made.members[made.size++] = static_cast<std::uint16_t>(member);
        return made;
      };
      EXPECT_NEAR(population.Chance(both, f), model.Chance(set({c, c + 5}), f), 2 * floor);
      EXPECT_NEAR(population.Chance(three, f), model.Chance(set({c, c + 2, c + 7}), f), 3 * floor);
    }
  }
}

TEST(Population, FindingsComeAsOftenAsTheModelSays) {
  const Knowledge& knowledge = EmbeddedKnowledge();
  const Population population(knowledge, AsKnown(), 20261125);
  constexpr int kOwners = 400;
  std::vector<std::vector<std::size_t>> sets = {{}, {3, 11, population.unknown_fault()}};
  for (std::size_t c = 0; c <= population.unknown_fault(); ++c) sets.push_back({c});
  double squares = 0;
  int compared = 0;
  for (const auto& faults : sets) {
    std::vector<int> seen(knowledge.findings.size(), 0);
    for (std::uint64_t i = 0; i < kOwners; ++i) {
      const Owner owner = population.MakeWith(i, faults);
      for (std::size_t f = 0; f < seen.size(); ++f) seen[f] += owner.holds[f];
    }
    for (std::size_t f = 0; f < seen.size(); ++f) {
      const double chance = population.Chance(faults, f), mean = chance * kOwners;
      const double deviation = std::sqrt(mean * (1 - chance));
      if (mean < 5 || kOwners - mean < 5) {
        EXPECT_LE(std::abs(seen[f] - mean), 14) << knowledge.findings[f].id;
        continue;
      }
      const double z = (seen[f] - mean) / deviation;
      EXPECT_LE(std::abs(z), 5) << knowledge.findings[f].id << " " << seen[f] << " of " << kOwners
                                << ", expected " << mean;
      squares += z * z;
      ++compared;
    }
  }
  std::printf("%d rates, mean square of z %.3f\n", compared, squares / compared);
  EXPECT_NEAR(squares / compared, 1, 0.12);  // owners of equal number share their luck
}

TEST(Population, FaultsComeAsOftenAsTheirPriors) {
  const World world = AsKnown();
  const Population population(EmbeddedKnowledge(), world, 5);
  constexpr int kOwners = 20000;
  std::map<std::size_t, int> sizes;
  std::vector<int> single(population.unknown_fault() + 1, 0);
  for (std::uint64_t i = 0; i < kOwners; ++i) {
    const Owner owner = population.Make(i);
    ++sizes[owner.faults.size()];
    if (owner.faults.size() == 1) ++single[owner.faults[0]];
  }
  EXPECT_NEAR(sizes[0], kOwners * world.healthy_share, 5 * std::sqrt(kOwners * 0.25));
  EXPECT_GT(sizes[2], 0);
  EXPECT_LT(sizes[2] + sizes[3], kOwners / 10);
  for (std::size_t c = 0; c < single.size(); ++c) {
    const double mean = sizes[1] * population.Weight(c);
    EXPECT_NEAR(single[c], mean, 5 * std::sqrt(mean) + 2);
  }
}

TEST(Population, SourcesErrAsOftenAsTheirTrustSays) {
  const Knowledge& knowledge = EmbeddedKnowledge();
  for (const double times : {1.0, 5.0}) {
    World world = AsKnown();
    world.error_times = times;
    const Population population(knowledge, world, 3);
    double expected = 0, variance = 0;
    int wrong = 0, told = 0;
    for (std::uint64_t i = 0; i < 1500; ++i) {
      const Owner owner = population.Make(i);
      for (const evidence::Finding& finding : owner.told) {
        const auto f = static_cast<std::size_t>(
            std::ranges::find(knowledge.findings, finding.id, &FindingKind::id) -
            knowledge.findings.begin());
        const double right = population.RightChance(f, finding.source);
        wrong += std::get<bool>(finding.value) != (owner.holds[f] != 0) ? 1 : 0;
        expected += 1 - right;
        variance += right * (1 - right);
        ++told;
      }
    }
    std::printf("%d of %d reports are wrong, expected %.0f\n", wrong, told, expected);
    EXPECT_NEAR(wrong, expected, 5 * std::sqrt(variance));
  }
}

TEST(Population, WhoTriedAFixInVainIsNotCuredByIt) {
  const Knowledge& knowledge = EmbeddedKnowledge();
  const Population population(knowledge, AsKnown(), 3);
  int tried = 0;
  for (std::uint64_t i = 0; i < 300; ++i) {
    const Owner owner = population.Make(i);
    for (std::size_t x = 0; x < knowledge.fixes.size(); ++x)
      for (const std::string& id : knowledge.fixes[x].tried_as) {
        const auto f =
            static_cast<std::size_t>(std::ranges::find(knowledge.findings, id, &FindingKind::id) -
                                     knowledge.findings.begin());
        if (owner.holds[f] == 0) continue;
        EXPECT_EQ(owner.cures[x], 0);
        ++tried;
      }
  }
  EXPECT_GT(tried, 100);
}

TEST(Population, AMovedWorldKeepsItsMeaningAndMimicsLookAlike) {
  const Knowledge& knowledge = EmbeddedKnowledge();
  World world = AsKnown();
  world.effect_sigma = world.leak_sigma = world.prior_sigma = world.cure_sigma = 0.7;
  world.unknown_share = 0.3;
  world.mimic_share = 0.5;
  world.mimic_likeness = 1;
  const Population population(knowledge, world, 2);
  double sum = 0;
  for (std::size_t c = 0; c <= population.unknown_fault(); ++c) sum += population.Weight(c);
  EXPECT_NEAR(sum, 1, 1e-9);
  EXPECT_NEAR(population.Weight(population.unknown_fault()), 0.3, 1e-9);
  int unknown = 0, mimics = 0;
  for (std::uint64_t i = 0; i < 2000; ++i) {
    const Owner owner = population.Make(i);
    if (owner.faults.empty() || owner.faults.back() != population.unknown_fault()) {
      EXPECT_FALSE(owner.mimicked);
      continue;
    }
    ++unknown;
    mimics += owner.mimicked ? 1 : 0;
    const auto own = static_cast<unsigned>(1U << (owner.faults.size() - 1));
    for (const std::uint8_t cures : owner.cures) EXPECT_EQ(cures & own, 0U);
  }
  EXPECT_NEAR(mimics, unknown / 2, 5 * std::sqrt(unknown / 4.0));
}

// The belief's arithmetic on owners that it describes exactly: of what it gives a chance of one in
// three, one in three must be so. Without the tempering that stands for a world that is not known
// exactly.
TEST(Population, TheBeliefIsCalibratedWhereItsModelHolds) {
  Knowledge knowledge = EmbeddedKnowledge();
  knowledge.model.temperature = 1;
  knowledge.model.group_damping = 1;
  knowledge.model.second_fault = 0.1;
  knowledge.model.mimics_in_verdict = 0;  // as the world has it
  const BeliefModel model(knowledge);
  const Population population(knowledge, AsKnown(), 42);
  struct Bin {
    double chances = 0, variance = 0;
    int so = 0, all = 0;
  };
  std::array<Bin, 10> faults, health;
  const auto note = [](std::array<Bin, 10>& bins, double chance, bool so) {
    Bin& bin = bins[static_cast<std::size_t>(std::min(9.0, chance * 10))];
    bin.chances += chance;
    bin.variance += chance * (1 - chance);
    bin.so += so ? 1 : 0;
    ++bin.all;
  };
  constexpr int kOwners = 1500;
  for (std::uint64_t i = 0; i < kOwners; ++i) {
    const Owner owner = population.Make(i);
    const Belief belief = model.Believe(model.Observe(owner.told));
    note(health, belief.healthy, owner.faults.empty());
    if (owner.faults.empty()) continue;
    for (std::size_t c = 0; c <= population.unknown_fault(); ++c)
      note(faults, c < belief.causes.size() ? belief.causes[c] : belief.none,
           std::ranges::binary_search(owner.faults, c));
  }
  for (const auto& [name, bins] : {std::pair{"fault", &faults}, std::pair{"health", &health}})
    for (const Bin& bin : *bins) {
      if (bin.all == 0) continue;
      std::printf("%s: believed %.3f, so %.3f (%d)\n", name, bin.chances / bin.all,
                  static_cast<double>(bin.so) / bin.all, bin.all);
      EXPECT_NEAR(bin.so, bin.chances, 4.5 * std::sqrt(bin.variance) + 3);
    }
}

}  // namespace
}  // namespace bk::troubleshoot
