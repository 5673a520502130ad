#include "troubleshoot/plan/lower_bound.h"

#include <algorithm>

namespace bk::troubleshoot {
namespace {

// One fault, known: the least expected price to cure it with the open fixes, or to give up at
// `give_up`. Fixes cure it each by itself, so those of least price per chance come first, and one
// is worth doing while that is below give_up (Kadane and Simon). Prices are the least that any
// sequence pays for the fix (StepPrices::Least), so no policy does better.
double CostWhenKnown(const PlanTables& tables, const std::vector<char>& open, std::size_t cause,
                     double give_up) {
  double price = 0, left = 1;
  for (const PlanTables::Cure& fix : tables.cured_by[cause]) {
    if (open[fix.other] == 0) continue;
    const double least = tables.prices.Least(fix.other);
    if (least >= fix.chance * give_up) break;
    price += left * least;
    left *= 1 - fix.chance;
  }
  return price + left * give_up;
}

}  // namespace

// If an oracle named the set of faults at the start, a policy could only gain: it may ignore it. So
// the chances times what each set costs when it is known bound every policy from below. The bounds
// of harm and of preconditions are dropped, which only lowers it.
//
// A known set costs at least
// (a) what its dearest member costs alone: who cures the set has cured the member by then, and can
//     pretend the others;
// (b) with giving up split evenly among the members, the sum of what each then costs alone, if no
//     open fix treats two of them: each fix's price then counts for one member, and a policy that
//     gives up pays every share.
double KnownFaultsBound(const Progress& progress) {
  const PlanTables& tables = progress.tables();
  const Hypotheses& hypotheses = progress.hypotheses();
  const double give_up = tables.limits->give_up_minutes;
  const std::size_t causes = tables.cured_by.size();
  // By number of members that share giving up, then cause; < 0 = not worked out yet.
  std::vector<double> known(causes * FaultSet::kMost, -1);
  const auto alone = [&](std::size_t cause, std::size_t sharers) {
    double& cost = known[(sharers - 1) * causes + cause];
    if (cost < 0)
      cost = CostWhenKnown(tables, progress.open(), cause, give_up / static_cast<double>(sharers));
    return cost;
  };
  double bound = 0;
  for (std::size_t h = 0; h < hypotheses.size(); ++h) {
    const double chance = progress.chances()[h];
    if (chance <= 0) continue;
    if (!hypotheses.curable(h)) {
      bound += chance * give_up;
      continue;
    }
    const FaultSet& set = hypotheses.set(h);
    double dearest = 0, sum = 0;
    for (const std::size_t member : set.Members()) {
      dearest = std::max(dearest, alone(member, 1));
      sum += alone(member, set.size);
    }
    bound += chance * (hypotheses.SharesNoFix(h) ? std::max(dearest, sum) : dearest);
  }
  return bound;
}

namespace {

// Without questions a policy is one sequence of fixes. Let H be the mass that a fix may help with.
// What the first i fixes have cured is at most the sum of their H, since a set is not cured unless
// some fix helped with it, and H only falls. So the mass that is still alive after the price t is
// at least M - K(t), K the fractional knapsack of H by H over least price, and never below what no
// fix cures; what counts beyond that is paid until stopping, then at give_up. K is concave, so on
// each piece the sum is a concave function of where one stops, and its least value lies at an end.
double SequenceBound(const Progress& progress) {
  const PlanTables& tables = progress.tables();
  const Hypotheses& hypotheses = progress.hypotheses();
  const double give_up = tables.limits->give_up_minutes;
  double doomed = 0, curable = 0;
  for (std::size_t h = 0; h < hypotheses.size(); ++h) {
    if (hypotheses.curable(h))
      curable += progress.chances()[h];
    else
      doomed += progress.chances()[h];
  }
  std::vector<std::pair<double, double>> order;  // price per help, help
  for (const std::size_t fix : progress.fixes())
    if (const double helps = progress.Helps(fix); helps > 0)
      order.emplace_back(tables.prices.Least(fix) / helps, helps);
  std::ranges::sort(order);
  double alive = curable, paid = 0, best = curable * give_up;
  for (const auto& [price_per_help, helps] : order) {
    const double cured = std::min(alive, helps);
    paid += price_per_help * cured * (alive - cured / 2);
    alive -= cured;
    best = std::min(best, paid + alive * give_up);
    if (alive <= 0) break;
  }
  return doomed * give_up + best;
}

}  // namespace

// The first step of a policy is to give up, to ask, or to begin a group with some fix x. Asking
// costs its price, and the answers only split the chances, in which KnownFaultsBound is linear
// (that an answer closes fixes raises it). Beginning with x costs x's act from here and its share
// of the group's test (StepPrices::Least), whatever happens, and then at least what bounds the
// situation that x leaves.
double LowerBound(const Progress& progress) {
  const PlanTables& tables = progress.tables();
  const double give_up = tables.limits->give_up_minutes;
  const double known = KnownFaultsBound(progress);
  double first = progress.mass() * give_up;
  for (const std::size_t q : progress.questions())
    first = std::min(first, known + progress.mass() * tables.prices.Question(q, progress.place()));
  for (const std::size_t fix : progress.Proposable()) {
    Progress then = progress;
    then.Fail(fix);
    // Least counts the act as if one were there; here it is known where one is.
    const double price = tables.prices.Act(fix, progress.place()) + tables.prices.Least(fix) -
                         tables.prices.Act(fix, tables.prices.AfterAct(fix));
    first = std::min(first, progress.mass() * price + KnownFaultsBound(then));
  }
  double bound = std::max(known, first);
  if (progress.questions().empty()) bound = std::max(bound, SequenceBound(progress));
  return bound;
}

}  // namespace bk::troubleshoot
