#include "harm.h"

#include <algorithm>
#include <cstdio>

#include "troubleshoot/population/policies.h"
#include "troubleshoot/population/population.h"
#include "verdict_on.h"

namespace bk::bench {

using namespace troubleshoot;

namespace {

void Add(HarmTally& tally, const Walk& walk, const Verdict& before, const Verdict& after,
         bool right, const Model& limits) {
  ++tally.cases;
  tally.cured += walk.cured ? 1 : 0;
  tally.lossy += walk.lossy;
  tally.needless += walk.needless_lossy;
  const auto done = [&](LossClass loss) {
    return walk.by_loss[static_cast<std::size_t>(loss)] > 0;
  };
  const bool data = done(LossClass::kAppData) || done(LossClass::kBandData);
  tally.with_data += data ? 1 : 0;
  tally.with_pairing += data || done(LossClass::kPairing) ? 1 : 0;
  const bool wrong = before.outcome == Outcome::kCause && !right;
  tally.named += wrong ? 1 : 0;
  tally.sure += wrong && before.sure ? 1 : 0;
  tally.cannot_tell += after.outcome == Outcome::kCannotTell ? 1 : 0;
  tally.cost += walk.Cost(limits);
}

void Print(const char* title, const HarmTally& t) {
  std::printf(
      "  %-34s %5d %8.1f %7.1f %% %7.2f %9.2f %7.1f %% %7.1f %% %7.1f %% %7.1f %% %7.1f %%\n",
      title, t.cases, t.Share(t.cost), 100 * t.Share(t.cured), t.Share(t.lossy),
      t.Share(t.needless), 100 * t.Share(t.with_pairing), 100 * t.Share(t.with_data),
      100 * t.Share(t.named), 100 * t.Share(t.sure), 100 * t.Share(t.cannot_tell));
}

}  // namespace

Harm MeasureHarm(const BeliefModel& model, const Planner& planner, const WorldKind& kind,
                 int people, std::uint64_t seed) {
  const auto policy = Bandkeeper(model, planner);
  const Knowledge& knowledge = model.knowledge();
  Harm harm;
  for (int draw = 0; draw < kind.draws; ++draw) {
    World world = kind.world;
    world.seed = static_cast<std::uint64_t>(draw) + 1;
    world.healthy_share = 0;
    const Population population(knowledge, world, seed);
    const int from = people * draw / kind.draws, to = people * (draw + 1) / kind.draws;
    for (int number = from; number < to; ++number) {
      Owner owner = population.Make(static_cast<std::uint64_t>(number));
      // As many with an unknown fault: in three more of each ten.
      if (number % 10 < 3) owner = population.MakeWith(owner.number, {population.unknown_fault()});
      const bool doomed = std::ranges::binary_search(owner.faults, population.unknown_fault());
      if (doomed && owner.faults.size() > 1) continue;
      const Verdict before = VerdictOn(model, {owner.told, {}, {}});
      const Walk walk = CarryOut(population, owner, *policy);
      const std::size_t named = model.CauseIndex(before.cause);
      const bool right = std::ranges::binary_search(owner.faults, named);
      HarmTally& tally = !doomed ? harm.known : owner.mimicked ? harm.mimics : harm.unknown;
      Add(tally, walk, before, VerdictOn(model, walk.seen), right, knowledge.model);
    }
  }
  return harm;
}

void PrintHarm(const BeliefModel& model, const Planner& planner,
               const std::vector<WorldKind>& worlds, int people, std::uint64_t seed) {
  for (const WorldKind& kind : worlds) {
    const Harm harm = MeasureHarm(model, planner, kind, people, seed);
    std::printf("%s\n  %-34s %5s %8s %9s %7s %9s %9s %9s %9s %9s %9s\n", kind.world.id.c_str(), "",
                "cases", "minutes", "cured", "lossy", "needless", "pairing", "data", "misnamed",
                "surely", "can't tell");
    Print("faults of the knowledge", harm.known);
    Print("unknown faults", harm.unknown);
    Print("unknown faults that mimic", harm.mimics);
  }
  std::printf("\n");
}

}  // namespace bk::bench
