#include "troubleshoot/plan/ratio_rule.h"

#include <algorithm>
#include <array>
#include <utility>

namespace bk::troubleshoot {
namespace {

// What the fix gains over its price, done next and tested.
double RatioOf(const Progress& progress, std::size_t fix) {
  const StepPrices& prices = progress.tables().prices;
  return progress.Gains(fix) / (prices.Act(fix, progress.place()) + prices.Test(fix));
}

struct Run {
  double ratio = 0;
  std::size_t first = BeliefModel::npos;
};

// The best run of fixes at one place: its gains over its price, and the fix that begins it. A run
// is one fix and then others that need not pay the way there again (Ottosen and Jensen's clusters).
Run BestRun(const Progress& progress, std::span<const std::size_t> candidates, Spot place,
            std::vector<std::pair<double, std::size_t>>& order) {
  const StepPrices& prices = progress.tables().prices;
  const Spot settled = prices.AfterTest(place);
  order.clear();
  for (const std::size_t fix : candidates)
    if (prices.AfterAct(fix) == place)
      order.emplace_back(-progress.Gains(fix) / (prices.Act(fix, settled) + prices.Test(fix)), fix);
  if (order.size() < 2) return {};
  std::ranges::sort(order);
  Run best;
  double gains = 0, paid = 0;
  for (const auto& [ratio, fix] : order) {
    gains += progress.Gains(fix);
    paid += prices.Act(fix, paid == 0 ? progress.place() : settled) + prices.Test(fix);
    if (gains > best.ratio * paid) best = {gains / paid, order.front().second};
  }
  return best;
}

// Done after `group` and before its test: whether that is cheaper than after its test. `cured`: the
// chance that the group has cured already, so that the fix is done in vain.
bool PaysToJoin(const Progress& progress, std::size_t fix, double test, double cured) {
  const StepPrices& prices = progress.tables().prices;
  const double act = prices.Act(fix, progress.place());
  const double longest = std::max(test, prices.Test(fix));
  const double in_vain = cured * (act + longest - test);
  const double apart =
      test + prices.Act(fix, prices.AfterTest(progress.place())) + prices.Test(fix);
  return in_vain < progress.mass() * (apart - act - longest);
}

// The fix that the rule does next, or npos.
std::size_t BestByRatio(const Progress& progress) {
  const std::vector<std::size_t>& candidates = progress.Proposable();
  std::vector<std::pair<double, std::size_t>> order;
  const PlanTables& tables = progress.tables();
  double best_ratio = -1;
  std::size_t best = BeliefModel::npos;
  const auto offer = [&](double ratio, std::size_t fix) {
    if (ratio > best_ratio || (ratio == best_ratio && tables.loss[fix] < tables.loss[best])) {
      best_ratio = ratio;
      best = fix;
    }
  };
  for (const std::size_t fix : candidates) offer(RatioOf(progress, fix), fix);
  std::array<char, 256> seen{};
  for (const std::size_t fix : candidates) {
    const Spot place = tables.prices.AfterAct(fix);
    if (place == 0 || std::exchange(seen[place], 1) != 0) continue;
    // Only where being there after a test saves something.
    if (tables.prices.Act(fix, tables.prices.AfterTest(place)) >=
        tables.prices.Act(fix, progress.place()))
      continue;
    const Run run = BestRun(progress, candidates, place, order);
    if (run.first != BeliefModel::npos) offer(run.ratio, run.first);
  }
  return best;
}

// TakeNextGroup with this fix as the first.
std::vector<std::size_t> TakeGroupOf(Progress& progress, std::size_t first, double& price) {
  const PlanTables& tables = progress.tables();
  const StepPrices& prices = tables.prices;
  const double paying = progress.mass();  // every fix of a group is done, whatever is cured
  std::vector<std::size_t> group = {first};
  double test = prices.Test(first);
  price += paying * prices.Act(first, progress.place());
  progress.MoveTo(prices.AfterAct(first));
  progress.Fail(first);
  const auto most = static_cast<std::size_t>(std::max(1, tables.limits->together_max));
  while (tables.loss[first] <= LossClass::kSetting && group.size() < most) {
    std::size_t next = BeliefModel::npos;
    double best = 0;
    for (const std::size_t fix : progress.fixes()) {
      if (tables.loss[fix] != tables.loss[first]) continue;
      const double act = prices.Act(fix, progress.place());
      const double joins = act + std::max(test, prices.Test(fix)) - test;
      const double ratio = progress.Gains(fix) / joins;
      if (ratio <= best || !PaysToJoin(progress, fix, test, paying - progress.mass())) continue;
      if (!progress.MayPropose(fix)) continue;
      best = ratio;
      next = fix;
    }
    if (next == BeliefModel::npos) break;
    price += paying * prices.Act(next, progress.place());
    test = std::max(test, prices.Test(next));
    progress.MoveTo(prices.AfterAct(next));
    progress.Fail(next);
    group.push_back(next);
  }
  price += paying * test;
  progress.MoveTo(prices.AfterTest(progress.place()));
  return group;
}

}  // namespace

std::vector<std::size_t> TakeNextGroup(Progress& progress, double& price) {
  const std::size_t first = BestByRatio(progress);
  if (first == BeliefModel::npos) return {};
  return TakeGroupOf(progress, first, price);
}

double FixesOnlyCost(Progress progress) {
  const double give_up = progress.tables().limits->give_up_minutes;
  double paid = 0;
  double best = progress.mass() * give_up;
  // Whatever follows, what no fix cures is given up in the end.
  const double doomed = progress.unknown() * give_up;
  while (paid + doomed < best && !TakeNextGroup(progress, paid).empty())
    best = std::min(best, paid + progress.mass() * give_up);
  return best;
}

}  // namespace bk::troubleshoot
