#include "compare.h"

#include <cstdio>

#include "statistics.h"
#include "troubleshoot/population/policies.h"
#include "troubleshoot/population/population.h"

namespace bk::bench {

using namespace troubleshoot;

namespace {

template <class Number>
std::vector<double> Each(const std::vector<Walk>& walks, Number number) {
  std::vector<double> values;
  values.reserve(walks.size());
  for (const Walk& walk : walks) values.push_back(static_cast<double>(number(walk)));
  return values;
}

void PrintRatio(const char* what, const std::vector<double>& ours,
                const std::vector<double>& theirs) {
  const auto ratio = [](double a, double b) { return b / a; };
  const auto [low, high] = Interval95(ours, theirs, ratio);
  std::printf("    %-32s %6.2f x  [%.2f, %.2f]\n", what, Mean(theirs) / Mean(ours), low, high);
}

}  // namespace

Comparison Compare(const BeliefModel& model, const Planner& planner, const WorldKind& kind,
                   int people, std::uint64_t seed) {
  Comparison comparison{kind.world.id, kind.world.title, {}, {}};
  auto policies = AllPolicies(model, planner, seed);
  for (const auto& policy : policies)
    comparison.policies.push_back({std::string(policy->Name()), {}});
  for (int draw = 0; draw < kind.draws; ++draw) {
    World world = kind.world;
    world.seed = static_cast<std::uint64_t>(draw) + 1;
    world.healthy_share = 0;  // who has no fault cannot be cured of it
    const Population population(model.knowledge(), world, seed);
    const int from = people * draw / kind.draws, to = people * (draw + 1) / kind.draws;
    for (int number = from; number < to; ++number) {
      comparison.owners.push_back(population.Make(static_cast<std::uint64_t>(number)));
      for (std::size_t p = 0; p < policies.size(); ++p)
        comparison.policies[p].walks.push_back(
            CarryOut(population, comparison.owners.back(), *policies[p]));
    }
  }
  return comparison;
}

void Print(const Comparison& comparison, const Model& model) {
  std::printf("%s\n%zu owners with a fault\n\n", comparison.world_title.c_str(),
              comparison.owners.size());
  std::printf(
      "  policy            minutes to cure             cured    lossy steps per case    questions "
      " fixes  hands-on\n"
      "                    mean   median    p90     share    all  needless  setting   per case   "
      "        minutes\n");
  for (const PolicyWalks& policy : comparison.policies) {
    const auto cost = Each(policy.walks, [&](const Walk& w) { return w.Cost(model); });
    const auto mean = [&](auto number) { return Mean(Each(policy.walks, number)); };
    std::printf("  %-16s %6.1f %8.1f %6.1f %8.1f %% %7.2f %9.2f %8.2f %10.1f %6.1f %9.1f\n",
                policy.name.c_str(), Mean(cost), Quantile(cost, 0.5), Quantile(cost, 0.9),
                100 * mean([](const Walk& w) { return w.cured; }),
                mean([](const Walk& w) { return w.lossy; }),
                mean([](const Walk& w) { return w.needless_lossy; }), mean([](const Walk& w) {
                  return w.by_loss[static_cast<std::size_t>(LossClass::kSetting)];
                }),
                mean([](const Walk& w) { return w.questions; }),
                mean([](const Walk& w) { return w.fixes; }),
                mean([](const Walk& w) { return w.hands_on; }));
  }
  const PolicyWalks& ours = comparison.policies[0];
  const auto cost = [&](const Walk& w) { return w.Cost(model); };
  std::printf("\n  the same owners, paired: the other's minutes / bandkeeper's, 95 %% interval\n");
  for (std::size_t p = 1; p < comparison.policies.size(); ++p)
    PrintRatio(comparison.policies[p].name.c_str(), Each(ours.walks, cost),
               Each(comparison.policies[p].walks, cost));
  const PolicyWalks& guide = comparison.policies[1];
  std::printf("  lossy steps of bandkeeper / the guide's\n");
  PrintRatio("all", Each(guide.walks, [](const Walk& w) { return w.lossy; }),
             Each(ours.walks, [](const Walk& w) { return w.lossy; }));
  PrintRatio("needless", Each(guide.walks, [](const Walk& w) { return w.needless_lossy; }),
             Each(ours.walks, [](const Walk& w) { return w.needless_lossy; }));
  std::printf("\n");
}

}  // namespace bk::bench
