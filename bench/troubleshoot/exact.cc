#include "exact.h"

#include <algorithm>
#include <cstdio>
#include <ctime>
#include <numeric>

#include "statistics.h"
#include "troubleshoot/belief/belief.h"
#include "troubleshoot/plan/plan.h"
#include "troubleshoot/plan/planner.h"
#include "troubleshoot/population/random.h"

namespace bk::bench {

using namespace troubleshoot;

namespace {

double Seconds() {
  timespec now{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) * 1e-9;
}

double Sum(const std::vector<double>& values) {
  return std::accumulate(values.begin(), values.end(), 0.0);
}

// The least expected minutes, by value iteration from full knowledge backwards. States: which fixes
// were done in vain, and for each question: open, yes, no.
class Optimum {
 public:
  Optimum(const SmallProblem& problem, bool ask) : problem_(problem) {
    if (ask) questions_ = problem.questions.size();
    for (std::size_t q = 0; q < questions_; ++q) answers_ *= 3;
    values_.assign((std::size_t{1} << problem.fixes.size()) * answers_, 0);
  }

  double Solve() {
    const std::size_t masks = std::size_t{1} << problem_.fixes.size();
    // Fixes done only grow, answers only become known: larger numbers first.
    for (std::size_t mask = masks; mask-- > 0;)
      for (std::size_t answer = answers_; answer-- > 0;) At(mask, answer);
    return values_[0];
  }

 private:
  void At(std::size_t mask, std::size_t answer) {
    std::vector<double> mass = problem_.priors;
    for (std::size_t x = 0; x < problem_.fixes.size(); ++x)
      if ((mask >> x & 1) != 0)
        for (std::size_t c = 0; c < mass.size(); ++c) mass[c] *= 1 - problem_.fixes[x].chance[c];
    for (std::size_t q = 0, power = 1; q < questions_; ++q, power *= 3)
      if (const std::size_t said = answer / power % 3; said != 0)
        for (std::size_t c = 0; c < mass.size(); ++c)
          mass[c] *=
              said == 1 ? problem_.questions[q].chance[c] : 1 - problem_.questions[q].chance[c];
    const double all = Sum(mass);
    double best = problem_.give_up * all;
    for (std::size_t x = 0; x < problem_.fixes.size(); ++x)
      if ((mask >> x & 1) == 0)
        best = std::min(best, problem_.fixes[x].minutes * all +
                                  values_[(mask | std::size_t{1} << x) * answers_ + answer]);
    for (std::size_t q = 0, power = 1; q < questions_; ++q, power *= 3)
      if (answer / power % 3 == 0)
        best = std::min(best, problem_.questions[q].minutes * all +
                                  values_[mask * answers_ + answer + power] +
                                  values_[mask * answers_ + answer + 2 * power]);
    values_[mask * answers_ + answer] = best;
  }

  const SmallProblem& problem_;
  std::size_t questions_ = 0, answers_ = 1;
  std::vector<double> values_;
};

// Expected minutes of bandkeeper's policy, worked through every outcome with the problem's own
// numbers; `mass` is the chance to get here, by cause. `work`: how far it looks
// ahead (Planner::Next).
double Follow(const SmallProblem& problem, const Planner& planner, const Situation& now,
              const std::vector<double>& mass, std::size_t work) {
  const double all = Sum(mass);
  if (all < 1e-12) return 0;
  const Choice choice = planner.Next(now, work);
  if (choice.kind == Choice::Kind::kGiveUp) return problem.give_up * all;
  if (choice.kind == Choice::Kind::kAsk) {
    const SmallProblem::Act& question = problem.questions[choice.index];
    double minutes = question.minutes * all;
    for (const bool yes : {true, false}) {
      std::vector<double> then = mass;
      for (std::size_t c = 0; c < then.size(); ++c)
        then[c] *= yes ? question.chance[c] : 1 - question.chance[c];
      Situation next = now;
      planner.Answer(next, choice.index, yes);
      minutes += Follow(problem, planner, next, then, work);
    }
    return minutes;
  }
  std::vector<std::size_t> done = {choice.index};
  done.insert(done.end(), choice.more.begin(), choice.more.end());
  double minutes = 0;
  std::vector<double> left = mass;
  for (const std::size_t x : done) {
    minutes += problem.fixes[x].minutes * all;
    for (std::size_t c = 0; c < left.size(); ++c) left[c] *= 1 - problem.fixes[x].chance[c];
  }
  Situation next = now;
  planner.Fail(next, choice);
  return minutes + Follow(problem, planner, next, left, work);
}

// Expected minutes of a fixed order that gives up at its end.
double OfOrder(const SmallProblem& problem, const std::vector<std::size_t>& order) {
  std::vector<double> mass = problem.priors;
  double minutes = 0;
  for (const std::size_t x : order) {
    minutes += problem.fixes[x].minutes * Sum(mass);
    for (std::size_t c = 0; c < mass.size(); ++c) mass[c] *= 1 - problem.fixes[x].chance[c];
  }
  return minutes + problem.give_up * Sum(mass);
}

}  // namespace

SmallProblem RandomProblem(Family family, std::uint64_t seed) {
  constexpr std::size_t kCauses = 12, kFixes = 10, kQuestions = 4;
  constexpr double kGiveUp = 120;
  Random random({seed, static_cast<std::uint64_t>(family)});
  SmallProblem problem;
  problem.give_up = kGiveUp;
  for (std::size_t c = 0; c < kCauses; ++c) {
    const double even = random.Uniform(0.2, 1);
    problem.priors.push_back(family == Family::kSkewedPriors ? std::exp(1.5 * random.Normal())
                                                             : even);
  }
  const double sum = Sum(problem.priors);
  for (double& prior : problem.priors) prior /= sum;
  for (std::size_t x = 0; x < kFixes; ++x)
    problem.fixes.push_back({random.Uniform(0.3, 30), std::vector<double>(kCauses, 0)});
  for (std::size_t c = 0; c < kCauses; ++c) {
    const std::size_t treated = family == Family::kOneFixPerCause ? 1 : 1 + random.Below(3);
    for (std::size_t i = 0; i < treated; ++i)
      problem.fixes[random.Below(kFixes)].chance[c] = random.Uniform(0.5, 0.98);
  }
  for (std::size_t q = 0; q < kQuestions; ++q) {
    SmallProblem::Act question{random.Uniform(0.05, 2), {}};
    for (std::size_t c = 0; c < kCauses; ++c)
      question.chance.push_back(random.Happens(0.5) ? random.Uniform(0.02, 0.2)
                                                    : random.Uniform(0.6, 0.98));
    problem.questions.push_back(question);
  }
  return problem;
}

SmallResult Solve(const SmallProblem& problem) {
  SmallResult result;
  result.optimum = Optimum(problem, true).Solve();
  result.without_questions = Optimum(problem, false).Solve();
  const Knowledge knowledge = AsKnowledge(problem);
  const BeliefModel model(knowledge);
  const Planner planner(model);
  const Situation start = planner.Start({}, {}, Context{});
  result.bandkeeper = Follow(problem, planner, start, problem.priors, Planner::kWork);
  result.one_step = Follow(problem, planner, start, problem.priors, 0);
  result.bound = MakePlan(planner, {}, {}, Context{}).bound_minutes;

  std::vector<std::size_t> order(problem.fixes.size());
  std::iota(order.begin(), order.end(), 0);
  const auto cures = [&](std::size_t x) {
    double chance = 0;
    for (std::size_t c = 0; c < problem.priors.size(); ++c)
      chance += problem.priors[c] * problem.fixes[x].chance[c];
    return chance;
  };
  const auto by = [&](auto key) {
    std::ranges::stable_sort(order, {}, key);
    return OfOrder(problem, order);
  };
  result.cheapest = by([&](std::size_t x) { return problem.fixes[x].minutes; });
  result.likeliest = by([&](std::size_t x) { return -cures(x); });
  result.efficient = by([&](std::size_t x) { return -cures(x) / problem.fixes[x].minutes; });
  constexpr int kOrders = 20;
  Random random({order.size(), static_cast<std::uint64_t>(problem.give_up)});
  for (int i = 0; i < kOrders; ++i) {
    for (std::size_t j = order.size(); j > 1; --j) std::swap(order[j - 1], order[random.Below(j)]);
    result.random += OfOrder(problem, order) / kOrders;
  }
  return result;
}

void PrintExact(int problems, std::uint64_t seed) {
  const SmallResult toy = Solve(VomlelsToy());
  std::printf(
      "Vomlel's toy (4 causes, 3 fixes, 1 question): optimum %.3f, bandkeeper %.3f (%.4f x), "
      "bound %.3f\n\n",
      toy.optimum, toy.bandkeeper, toy.bandkeeper / toy.optimum, toy.bound);
  std::printf(
      "Random problems: 12 causes, 10 fixes of 0.3 to 30 minutes, 4 questions of 0.05 to 2 "
      "minutes,\n120 minutes for giving up; %d problems each; expected minutes as multiples of "
      "the optimum, mean (p95)\n\n  %-36s%-18s%-18s%s\n",
      problems, "policy", "one fix a cause", "1-3 fixes a cause", "1-3, skewed priors");
  struct Row {
    const char* name;
    double SmallResult::* value;
  };
  constexpr Row kRows[] = {
      {"bandkeeper", &SmallResult::bandkeeper},
      {"bandkeeper, looking one step ahead", &SmallResult::one_step},
      {"the best without questions", &SmallResult::without_questions},
      {"fixed: chance over minutes", &SmallResult::efficient},
      {"fixed: cheapest first", &SmallResult::cheapest},
      {"fixed: likeliest first", &SmallResult::likeliest},
      {"at random", &SmallResult::random},
      {"bandkeeper's printed lower bound", &SmallResult::bound},
  };
  std::vector<std::vector<SmallResult>> results;
  const double start = Seconds();
  for (const Family family :
       {Family::kOneFixPerCause, Family::kSeveralFixes, Family::kSkewedPriors}) {
    auto& family_results = results.emplace_back();
    for (int i = 0; i < problems; ++i)
      family_results.push_back(Solve(RandomProblem(family, seed + static_cast<std::uint64_t>(i))));
  }
  for (const Row& row : kRows) {
    std::printf("  %-36s", row.name);
    for (const auto& family : results) {
      std::vector<double> ratios;
      for (const SmallResult& result : family) ratios.push_back(result.*row.value / result.optimum);
      std::printf("%.4f (%.3f)    ", Mean(ratios), Quantile(ratios, 0.95));
    }
    std::printf("\n");
  }
  std::printf("  (%.1f s)\n\n", Seconds() - start);
}

}  // namespace bk::bench
