#include "reliability.h"

#include <algorithm>
#include <cstdio>
#include <string_view>

#include "troubleshoot/population/policies.h"
#include "troubleshoot/population/population.h"
#include "verdict_on.h"

namespace bk::bench {

using namespace troubleshoot;

namespace {

void Note(Bins& bins, double chance, bool so) {
  Bin& bin = bins[static_cast<std::size_t>(std::clamp(chance * 10, 0.0, 9.0))];
  bin.believed += chance;
  bin.so += so ? 1 : 0;
  ++bin.all;
}

void Note(Verdicts& verdicts, const Knowledge& knowledge, const Verdict& verdict,
          const Owner& owner) {
  ++verdicts.cases;
  const auto is_fault = [&](std::string_view id) {
    return std::ranges::any_of(owner.faults, [&](std::size_t fault) {
      return fault < knowledge.causes.size() && knowledge.causes[fault].id == id;
    });
  };
  switch (verdict.outcome) {
    case Outcome::kNoBand:
    case Outcome::kNoTrouble:
      ++verdicts.no_trouble;
      break;
    case Outcome::kHealthy:
      ++verdicts.healthy;
      break;
    case Outcome::kCannotTell:
      ++verdicts.cannot_tell;
      break;
    case Outcome::kLayer:
      ++verdicts.layer;
      break;
    case Outcome::kCause:
      ++verdicts.cause;
      verdicts.sure += verdict.sure ? 1 : 0;
      verdicts.cause_right += is_fault(verdict.cause) ? 1 : 0;
      verdicts.sure_and_wrong += verdict.sure && !is_fault(verdict.cause) ? 1 : 0;
      break;
  }
}

void Note(Verdicts& verdicts, const Walk& walk) {
  verdicts.with_lossy += walk.lossy > 0 ? 1 : 0;
  verdicts.with_data += walk.by_loss[static_cast<std::size_t>(LossClass::kAppData)] +
                                    walk.by_loss[static_cast<std::size_t>(LossClass::kBandData)] >
                                0
                            ? 1
                            : 0;
}

double Share(int part, int all) { return all == 0 ? 0 : 100.0 * part / all; }

void PrintBins(const char* title, const std::vector<Reliability>& worlds,
               Bins Reliability::* bins) {
  std::printf("  %s\n    believed    ", title);
  for (const Reliability& world : worlds) std::printf("%-26s", world.world_id.c_str());
  std::printf("\n");
  for (std::size_t b = 0; b < Bins{}.size(); ++b) {
    std::printf("    %2zu-%3zu %%  ", b * 10, b * 10 + 10);
    for (const Reliability& world : worlds) {
      const Bin& bin = (world.*bins)[b];
      if (bin.all == 0)
        std::printf("%26s", "-");
      else
        std::printf("%5.1f -> %5.1f %% of %-6d ", 100 * bin.believed / bin.all,
                    Share(bin.so, bin.all), bin.all);
    }
    std::printf("\n");
  }
}

template <class Number>
void Row(const char* title, const std::vector<Reliability>& worlds, const char* format,
         Number number) {
  std::printf("    %-50s", title);
  for (const Reliability& world : worlds) {
    std::printf(format, number(world));
  }
  std::printf("\n");
}

}  // namespace

Reliability Measure(const BeliefModel& model, const Planner& planner, const WorldKind& kind,
                    int people, std::uint64_t seed) {
  Reliability result;
  result.world_id = kind.world.id;
  const Knowledge& knowledge = model.knowledge();
  const std::size_t unknown = knowledge.causes.size();
  const auto policy = Bandkeeper(model, planner);
  const Belief blind = model.Believe({});
  for (int draw = 0; draw < kind.draws; ++draw) {
    World world = kind.world;
    world.seed = static_cast<std::uint64_t>(draw) + 1;
    const Population population(knowledge, world, seed);
    const int from = people * draw / kind.draws, to = people * (draw + 1) / kind.draws;
    for (int number = from; number < to; ++number) {
      const Owner owner = population.Make(static_cast<std::uint64_t>(number));
      Belief belief;
      const Verdict verdict = VerdictOn(model, {owner.told, {}, {}}, &belief);
      Note(result.health, belief.healthy, owner.faults.empty());
      const double well = owner.faults.empty() ? 1 : 0;
      result.health_brier += (belief.healthy - well) * (belief.healthy - well) / people;
      if (owner.faults.empty()) {
        Note(result.well, knowledge, verdict, owner);
        Note(result.well, CarryOut(population, owner, *policy));
        continue;
      }
      ++result.faulty;
      double best = -1;
      bool best_so = false;
      for (std::size_t c = 0; c <= unknown; ++c) {
        const double chance = c < unknown ? belief.causes[c] : belief.none;
        const double base = c < unknown ? blind.causes[c] : blind.none;
        const bool so = std::ranges::binary_search(owner.faults, c);
        const double truth = so ? 1 : 0;
        Note(result.faults, chance, so);
        result.brier += (chance - truth) * (chance - truth);
        result.brier_base += (base - truth) * (base - truth);
        if (chance <= best) continue;
        best = chance;
        best_so = so;
      }
      Note(result.likeliest, best, best_so);
      result.top_right += best_so ? 1 : 0;
      if (owner.faults.back() != unknown) {
        Note(result.known, knowledge, verdict, owner);
        continue;
      }
      // A known fault beside the unknown one is cured or not on its own account.
      if (owner.faults.size() > 1) continue;
      Note(owner.mimicked ? result.mimics : result.unknown, knowledge, verdict, owner);
      const Walk walk = CarryOut(population, owner, *policy);
      Verdicts& end = owner.mimicked ? result.mimics_end : result.unknown_end;
      Note(end, knowledge, VerdictOn(model, walk.seen), owner);
      Note(end, walk);
    }
  }
  result.brier /= std::max(1, result.faulty);
  result.brier_base /= std::max(1, result.faulty);
  return result;
}

void PrintSideBySide(const std::vector<Reliability>& worlds) {
  PrintBins("chances of all causes: believed -> so", worlds, &Reliability::faults);
  PrintBins("chance of the likeliest cause", worlds, &Reliability::likeliest);
  PrintBins("chance that nothing is wrong", worlds, &Reliability::health);
  std::printf("\n    %-50s", "");
  for (const Reliability& world : worlds) std::printf("%12s", world.world_id.c_str());
  std::printf("\n");
  using R = Reliability;
  Row("Brier score of the causes", worlds, "%12.3f", [](const R& r) { return r.brier; });
  Row("  knowing only how often each comes", worlds, "%12.3f",
      [](const R& r) { return r.brier_base; });
  Row("Brier score of health", worlds, "%12.3f", [](const R& r) { return r.health_brier; });
  Row("the likeliest cause is a fault", worlds, "%10.1f %%",
      [](const R& r) { return Share(r.top_right, r.faulty); });
  const auto rows = [&](const char* title, Verdicts R::* of, bool walked) {
    std::printf("  %s\n", title);
    Row("cases", worlds, "%12d", [&](const R& r) { return (r.*of).cases; });
    const auto share = [&](const char* name, int Verdicts::* part) {
      Row(name, worlds, "%10.1f %%",
          [&](const R& r) { return Share((r.*of).*part, (r.*of).cases); });
    };
    share("cannot tell", &Verdicts::cannot_tell);
    share("a layer only", &Verdicts::layer);
    share("a cause", &Verdicts::cause);
    share("  of them right, of all cases", &Verdicts::cause_right);
    share("  sure", &Verdicts::sure);
    share("  sure and wrong", &Verdicts::sure_and_wrong);
    share("works", &Verdicts::healthy);
    share("no trouble seen", &Verdicts::no_trouble);
    if (!walked) return;
    share("with a step that costs the pairing or more", &Verdicts::with_lossy);
    share("with a step that can lose data", &Verdicts::with_data);
  };
  rows("faults of the knowledge, verdict at the start", &R::known, false);
  rows("unknown faults, verdict at the start", &R::unknown, false);
  rows("unknown faults, where the policy ended", &R::unknown_end, true);
  rows("unknown faults that mimic a known one, at the start", &R::mimics, false);
  rows("unknown faults that mimic a known one, at the end", &R::mimics_end, true);
  rows("working bands", &R::well, true);
  std::printf("\n");
}

}  // namespace bk::bench
