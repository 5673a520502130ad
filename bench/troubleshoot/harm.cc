#include "harm.h"

#include <algorithm>
#include <cstdio>

#include "troubleshoot/population/policies.h"
#include "troubleshoot/population/population.h"
#include "verdict_on.h"

namespace bk::bench {

using namespace troubleshoot;

namespace {

struct Tally {
  int cases = 0, cured = 0, steps = 0, lossy = 0, needless = 0;
  int with_pairing = 0, with_data = 0;  // cases with a step of the class or worse
  int named = 0, sure = 0;              // at the start, wrongly
  int cannot_tell = 0;                  // at the end
  double cost = 0;

  void Add(const Walk& walk, const Verdict& before, const Verdict& after, bool right,
           const Model& limits) {
    ++cases;
    cured += walk.cured ? 1 : 0;
    lossy += walk.lossy;
    needless += walk.needless_lossy;
    const auto done = [&](LossClass loss) {
      return walk.by_loss[static_cast<std::size_t>(loss)] > 0;
    };
    const bool data = done(LossClass::kAppData) || done(LossClass::kBandData);
    with_data += data ? 1 : 0;
    with_pairing += data || done(LossClass::kPairing) ? 1 : 0;
    const bool wrong = before.outcome == Outcome::kCause && !right;
    named += wrong ? 1 : 0;
    sure += wrong && before.sure ? 1 : 0;
    cannot_tell += after.outcome == Outcome::kCannotTell ? 1 : 0;
    cost += walk.Cost(limits);
  }
  void Print(const char* title) const {
    const auto share = [&](double part) { return cases == 0 ? 0 : part / cases; };
    std::printf(
        "  %-34s %5d %8.1f %7.1f %% %7.2f %9.2f %7.1f %% %7.1f %% %7.1f %% %7.1f %% %7.1f %%\n",
        title, cases, share(cost), 100 * share(cured), share(lossy), share(needless),
        100 * share(with_pairing), 100 * share(with_data), 100 * share(named), 100 * share(sure),
        100 * share(cannot_tell));
  }
};

}  // namespace

void PrintHarm(const BeliefModel& model, const Planner& planner,
               const std::vector<WorldKind>& worlds, int people, std::uint64_t seed,
               std::size_t work) {
  const auto policy = Bandkeeper(model, planner, work);
  const Knowledge& knowledge = model.knowledge();
  for (const WorldKind& kind : worlds) {
    Tally known, unknown, mimics;
    for (int draw = 0; draw < kind.draws; ++draw) {
      World world = kind.world;
      world.seed = static_cast<std::uint64_t>(draw) + 1;
      world.healthy_share = 0;
      const Population population(knowledge, world, seed);
      const int from = people * draw / kind.draws, to = people * (draw + 1) / kind.draws;
      for (int number = from; number < to; ++number) {
        Owner owner = population.Make(static_cast<std::uint64_t>(number));
        // As many with an unknown fault: in three more of each ten.
        if (number % 10 < 3)
          owner = population.MakeWith(owner.number, {population.unknown_fault()});
        const bool doomed = std::ranges::binary_search(owner.faults, population.unknown_fault());
        if (doomed && owner.faults.size() > 1) continue;
        const Verdict before = VerdictOn(model, {owner.told, {}, {}});
        const Walk walk = CarryOut(population, owner, *policy);
        const std::size_t named = model.CauseIndex(before.cause);
        const bool right = std::ranges::binary_search(owner.faults, named);
        Tally& tally = !doomed ? known : owner.mimicked ? mimics : unknown;
        tally.Add(walk, before, VerdictOn(model, walk.seen), right, knowledge.model);
      }
    }
    std::printf("%s\n  %-34s %5s %8s %9s %7s %9s %9s %9s %9s %9s %9s\n", kind.world.id.c_str(), "",
                "cases", "minutes", "cured", "lossy", "needless", "pairing", "data", "misnamed",
                "surely", "can't tell");
    known.Print("faults of the knowledge");
    unknown.Print("unknown faults");
    mimics.Print("unknown faults that mimic");
  }
  std::printf("\n");
}

}  // namespace bk::bench
