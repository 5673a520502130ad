// Which equivalent sample sizes and temperature say most of cases that were left out.
#include <algorithm>
#include <cmath>
#include <map>
#include <vector>

#include "troubleshoot/belief/belief.h"
#include "troubleshoot/learn/bare_knowledge.h"
#include "troubleshoot/learn/fit.h"

namespace bk::troubleshoot {
namespace {

// Scores of all cases under one setting; higher is better.
struct Setting {
  Sizes sizes;
  std::vector<double> scores;
};

double Mean(const std::vector<double>& values) {
  double sum = 0;
  for (const double value : values) sum += value;
  return values.empty() ? 0 : sum / static_cast<double>(values.size());
}

// The standard error of the mean difference between two settings over the same cases.
double ErrorOfDifference(const Setting& a, const Setting& b) {
  const double n = static_cast<double>(a.scores.size());
  if (n < 2) return 0;
  const double mean = Mean(a.scores) - Mean(b.scores);
  double sum = 0;
  for (std::size_t i = 0; i < a.scores.size(); ++i) {
    const double off = a.scores[i] - b.scores[i] - mean;
    sum += off * off;
  }
  return std::sqrt(sum / (n - 1) / n);
}

// Of the settings that are within one standard error of the best, the first by `more_cautious`.
template <class Compare>
Sizes Choose(const std::vector<Setting>& settings, Compare more_cautious) {
  const auto best = std::ranges::max_element(
      settings, [](const auto& a, const auto& b) { return Mean(a.scores) < Mean(b.scores); });
  const Setting* chosen = &*best;
  for (const Setting& setting : settings)
    if (Mean(best->scores) - Mean(setting.scores) <= ErrorOfDifference(*best, setting) &&
        more_cautious(setting, *chosen))
      chosen = &setting;
  return chosen->sizes;
}

std::vector<ClosedCase> WithoutFold(std::span<const ClosedCase> cases, std::size_t folds,
                                    std::size_t fold) {
  std::vector<ClosedCase> kept;
  for (std::size_t i = 0; i < cases.size(); ++i)
    if (i % folds != fold) kept.push_back(cases[i]);
  return kept;
}

// What the evidence of a case weighs for each cause against none_of_these, before temperature.
std::vector<double> WeightsOf(const BeliefModel& model, const ClosedCase& closed) {
  std::vector<double> sum(model.knowledge().causes.size(), 0), weights(sum.size());
  const auto observations = model.Observe(EvidenceOf(closed, false));
  const auto shares = model.Shares(observations);
  for (std::size_t i = 0; i < observations.size(); ++i) {
    model.Weigh(observations[i], weights);
    for (std::size_t c = 0; c < sum.size(); ++c) sum[c] += shares[i] * weights[c];
  }
  return sum;
}

struct Priors {
  std::vector<double> causes;
  double none = 0;
};

// log P(cause | evidence), one fault at a time.
double ScoreOf(const Priors& priors, const std::vector<double>& weights, std::size_t cause,
               double temperature) {
  double sum = priors.none;
  for (std::size_t c = 0; c < weights.size(); ++c)
    sum += priors.causes[c] * std::exp(weights[c] / temperature);
  return std::log(priors.causes[cause]) + weights[cause] / temperature - std::log(sum);
}

// log of the share of the fix that cured among all that the cause lists.
double CureScore(const Knowledge& knowledge, const ClosedCase& closed, std::size_t cause) {
  double cured = 0, sum = 0;
  for (const Treatment& treatment : knowledge.causes[cause].fixes) {
    sum += treatment.chance;
    if (treatment.fix == closed.cured_by) cured = treatment.chance;
  }
  return cured > 0 ? std::log(cured / sum) : std::log(1e-3);
}

}  // namespace

Sizes ChooseSizes(const Knowledge& knowledge, std::span<const ClosedCase> cases) {
  const Learning& learning = knowledge.learning;
  // Too few cases to choose by: the elicited numbers weigh as much as they may.
  const auto most = [](const std::vector<double>& sizes) {
    return sizes.empty() ? 0 : *std::ranges::max_element(sizes);
  };
  Sizes chosen{most(learning.prior_sizes), most(learning.effect_sizes), most(learning.leak_sizes),
               most(learning.fix_sizes), knowledge.model.temperature};
  const auto folds = static_cast<std::size_t>(std::max(0, learning.folds));
  if (folds < 2 || cases.size() < folds || learning.prior_sizes.empty() ||
      learning.effect_sizes.empty() || learning.leak_sizes.empty() || learning.fix_sizes.empty() ||
      learning.temperatures.empty())
    return chosen;
  const Knowledge bare = NumbersOnly(knowledge);
  const BeliefModel index(bare);

  std::vector<Setting> settings;
  for (const double prior : learning.prior_sizes)
    for (const double effect : learning.effect_sizes)
      for (const double leak : learning.leak_sizes)
        for (const double temperature : learning.temperatures)
          settings.push_back({{prior, effect, leak, chosen.fix, temperature}, {}});
  std::vector<Setting> fix_settings;
  fix_settings.reserve(learning.fix_sizes.size());
  for (const double fix : learning.fix_sizes)
    fix_settings.push_back(
        {{chosen.prior, chosen.effect, chosen.leak, fix, chosen.temperature}, {}});

  for (std::size_t fold = 0; fold < folds; ++fold) {
    const std::vector<ClosedCase> kept = WithoutFold(cases, folds, fold);
    std::vector<std::size_t> left_out;
    for (std::size_t i = fold; i < cases.size(); i += folds)
      if (index.CauseIndex(cases[i].cause) != BeliefModel::npos) left_out.push_back(i);
    // Priors do not bear on what evidence weighs: fitted once for all of it.
    std::map<double, Priors> priors;
    for (const double prior : learning.prior_sizes) {
      const Knowledge fitted = FitNumbers(
          bare, kept, {prior, chosen.effect, chosen.leak, chosen.fix, chosen.temperature});
      Priors& one = priors[prior];
      one.none = fitted.none_prior;
      for (const Cause& cause : fitted.causes) one.causes.push_back(cause.prior);
    }
    for (const double effect : learning.effect_sizes)
      for (const double leak : learning.leak_sizes) {
        const Knowledge fitted =
            FitNumbers(bare, kept, {chosen.prior, effect, leak, chosen.fix, chosen.temperature});
        const BeliefModel model(fitted);
        for (const std::size_t i : left_out) {
          const std::vector<double> weights = WeightsOf(model, cases[i]);
          for (Setting& setting : settings)
            if (setting.sizes.effect == effect && setting.sizes.leak == leak)
              setting.scores.push_back(ScoreOf(priors.at(setting.sizes.prior), weights,
                                               index.CauseIndex(cases[i].cause),
                                               setting.sizes.temperature));
        }
      }
    for (Setting& setting : fix_settings) {
      const Knowledge fitted = FitNumbers(bare, kept, setting.sizes);
      for (const std::size_t i : left_out)
        if (!cases[i].cured_by.empty())
          setting.scores.push_back(CureScore(fitted, cases[i], index.CauseIndex(cases[i].cause)));
    }
  }

  chosen = Choose(settings, [&](const Setting& a, const Setting& b) {
    // The larger sizes, then the higher temperature. Nobody elicited priors case by case, so that
    // leaving cases out tests these in full: the best of them.
    const auto caution = [](const Setting& s) { return s.sizes.effect * s.sizes.leak; };
    if (caution(a) != caution(b)) return caution(a) > caution(b);
    if (a.sizes.temperature != b.sizes.temperature)
      return a.sizes.temperature > b.sizes.temperature;
    return Mean(a.scores) > Mean(b.scores);
  });
  chosen.fix = Choose(fix_settings, [](const Setting& a, const Setting& b) {
                 return a.sizes.fix > b.sizes.fix;
               }).fix;
  return chosen;
}

}  // namespace bk::troubleshoot
