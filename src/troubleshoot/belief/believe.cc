// From the weights of all sets to the belief.
#include <algorithm>
#include <cmath>
#include <functional>
#include <numeric>

#include "base/odds.h"
#include "troubleshoot/belief/belief.h"
#include "troubleshoot/belief/beyond.h"
#include "troubleshoot/belief/set_sums.h"

namespace bk::troubleshoot {
namespace {

constexpr double kTiny = 1e-12;       // nothing becomes impossible, however much speaks against it
constexpr double kListed = 0.999;     // Belief::sets goes so far
constexpr double kNegligible = 1e-8;  // and takes no set below this share

// Each set hands to its subsets what failed fixes may have left of it: of fault c they have left
// nothing with 1 - stays[c]. Smaller sets first, so that larger ones still hold what they held.
void LoseMembers(const SetOrder& order, const std::vector<double>& stays,
                 std::vector<double>& weights) {
  const std::size_t m = order.faults();
  for (std::size_t c = 0; c < m; ++c) weights[c] *= stays[c];
  if (weights.size() == m) return;
  double* w = weights.data() + order.FirstPair();
  for (std::size_t b = 1; b < m; ++b)
    for (std::size_t a = 0; a < b; ++a, ++w) {
      weights[a] += *w * stays[a] * (1 - stays[b]);
      weights[b] += *w * stays[b] * (1 - stays[a]);
      *w *= stays[a] * stays[b];
    }
  for (std::size_t c = 2; c < m; ++c)
    for (std::size_t b = 1; b < c; ++b)
      for (std::size_t a = 0; a < b; ++a, ++w) {
        const double all = *w;
        if (all == 0) continue;
        const double gone_a = 1 - stays[a], gone_b = 1 - stays[b], gone_c = 1 - stays[c];
        weights[a] += all * stays[a] * gone_b * gone_c;
        weights[b] += all * stays[b] * gone_a * gone_c;
        weights[c] += all * stays[c] * gone_a * gone_b;
        weights[order.Pair(a, b)] += all * stays[a] * stays[b] * gone_c;
        weights[order.Pair(a, c)] += all * stays[a] * stays[c] * gone_b;
        weights[order.Pair(b, c)] += all * stays[b] * stays[c] * gone_a;
        *w *= stays[a] * stays[b] * stays[c];
      }
}

double ChanceOf(double weight, double sum) { return std::clamp(weight / sum, kTiny, 1 - kTiny); }

struct Tally {
  double sum = 0;
  std::vector<double> faults;  // by fault: of the sets that hold it
  std::vector<double> layers;  // by layer: of the sets with a member there
};

Tally TallyOf(const SetOrder& order, const std::vector<double>& weights,
              const std::vector<std::size_t>& layer_of, std::size_t layers) {
  const std::size_t m = order.faults();
  Tally tally{0, std::vector<double>(m, 0.0), std::vector<double>(layers, 0.0)};
  for (std::size_t c = 0; c < m; ++c) {
    tally.sum += weights[c];
    tally.faults[c] += weights[c];
    tally.layers[layer_of[c]] += weights[c];
  }
  if (weights.size() == m) return tally;
  const double* w = weights.data() + order.FirstPair();
  for (std::size_t b = 1; b < m; ++b)
    for (std::size_t a = 0; a < b; ++a, ++w) {
      tally.sum += *w;
      tally.faults[a] += *w;
      tally.faults[b] += *w;
      tally.layers[layer_of[a]] += *w;
      if (layer_of[b] != layer_of[a]) tally.layers[layer_of[b]] += *w;
    }
  for (std::size_t c = 2; c < m; ++c)
    for (std::size_t b = 1; b < c; ++b) {
      const std::size_t layer_b = layer_of[b], layer_c = layer_of[c];
      double all = 0;
      for (std::size_t a = 0; a < b; ++a) {
        all += w[a];
        tally.faults[a] += w[a];
        if (layer_of[a] != layer_b && layer_of[a] != layer_c) tally.layers[layer_of[a]] += w[a];
      }
      w += b;
      tally.sum += all;
      tally.faults[b] += all;
      tally.faults[c] += all;
      tally.layers[layer_b] += all;
      if (layer_c != layer_b) tally.layers[layer_c] += all;
    }
  return tally;
}

// The likeliest sets, by falling chance, then by their order.
void ListSets(const SetOrder& order, const std::vector<double>& weights, double sum,
              Belief& belief) {
  std::vector<std::pair<double, std::size_t>> listed;  // a heap once it is full, the least on top
  listed.reserve(Belief::kSetsMax);
  for (std::size_t i = 0; i < weights.size(); ++i) {
    if (weights[i] <= kNegligible * sum) continue;
    const std::pair<double, std::size_t> one(-weights[i], i);
    if (listed.size() < Belief::kSetsMax) {
      listed.push_back(one);
      if (listed.size() == Belief::kSetsMax) std::ranges::make_heap(listed);
    } else if (one < listed.front()) {
      std::ranges::pop_heap(listed);
      listed.back() = one;
      std::ranges::push_heap(listed);
    }
  }
  std::ranges::sort(listed);
  double so_far = 0;
  for (std::size_t i = 0; i < listed.size() && so_far < kListed; ++i) {
    belief.sets.push_back({order.SetAt(listed[i].second), -listed[i].first / sum});
    so_far += belief.sets.back().chance;
  }
  belief.rest = std::max(0.0, 1 - so_far);
}

// What is left of each set once the fixes have failed: at least one member.
void DropCured(const SetOrder& order, const std::vector<double>& stays,
               std::vector<double>& weights) {
  const std::size_t m = order.faults();
  double* w = weights.data();
  for (std::size_t c = 0; c < m; ++c) *w++ *= stays[c];
  for (std::size_t b = 1; b < m; ++b)
    for (std::size_t a = 0; a < b; ++a) *w++ *= 1 - (1 - stays[a]) * (1 - stays[b]);
  for (std::size_t c = 2; c < m; ++c)
    for (std::size_t b = 1; b < c; ++b)
      for (std::size_t a = 0; a < b; ++a)
        *w++ *= 1 - (1 - stays[a]) * (1 - stays[b]) * (1 - stays[c]);
}

std::vector<double> LooksLike(std::span<const double> alike, double mimics) {
  const double all = Looks(alike, mimics);
  std::vector<double> chances;
  for (const double one : alike) chances.push_back(mimics * one / all);
  chances.push_back(alike.empty() ? 1 : (1 - mimics) / all);
  return chances;
}

std::vector<std::size_t> ByFallingWeight(const std::vector<double>& faults) {
  std::vector<std::size_t> order(faults.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::stable_sort(order, std::greater{}, [&](std::size_t c) { return faults[c]; });
  return order;
}

}  // namespace

std::vector<double> BeliefModel::StaysAfter(std::span<const Observation> observations,
                                            std::span<const std::size_t> failed_fixes) const {
  std::vector<double> stays;
  if (failed_fixes.empty()) return stays;
  const std::vector<std::size_t> told = TriedInVain(observations);
  for (const std::size_t fix : failed_fixes) {
    if (std::ranges::binary_search(told, fix)) continue;  // it has weighed as a finding
    stays.resize(log_prior_.size(), 1.0);
    for (const Entry& entry : treats_[fix]) stays[entry.cause] *= 1 - entry.chance;
  }
  return stays;
}

struct BeliefModel::Weighed {
  double scale = 0;             // logarithm of the unit of all weights
  std::vector<double> weights;  // of what is at work now
  // Of what was at work before the fixes, where they left something of it; empty without fixes.
  std::vector<double> before;
  std::vector<double> stays;  // see StaysAfter
  double unknown_alone = 0;   // before the fixes
  Tally tally;
};

BeliefModel::Weighed BeliefModel::WeighAll(SetSums& sums, std::span<const Observation> observations,
                                           std::span<const std::size_t> failed_fixes,
                                           bool keep) const {
  const SetOrder& order = sums.order();
  Weighed weighed;
  weighed.scale = sums.TakeWeights(weighed.weights);
  weighed.unknown_alone = weighed.weights[order.faults() - 1];
  weighed.stays = StaysAfter(observations, failed_fixes);
  if (!weighed.stays.empty()) {
    if (keep && weighed.weights.size() > order.faults())
      DropCured(order, weighed.stays, weighed.before = weighed.weights);
    LoseMembers(order, weighed.stays, weighed.weights);
  }
  const std::size_t nowhere = knowledge_->layers.size();
  std::vector<std::size_t> layer_of(order.faults(), nowhere);
  for (std::size_t c = 0; c < layer_.size(); ++c)
    if (layer_[c] != npos) layer_of[c] = layer_[c];
  weighed.tally = TallyOf(order, weighed.weights, layer_of, nowhere + 1);
  return weighed;
}

std::vector<double> BeliefModel::Marginals(std::span<const Observation> observations,
                                           std::span<const std::size_t> failed_fixes) const {
  SetSums sums(*this, observations, /*with_gains=*/false);
  const Tally tally = WeighAll(sums, observations, failed_fixes, false).tally;
  std::vector<double> chances;
  chances.reserve(tally.faults.size());
  for (const double weight : tally.faults) chances.push_back(ChanceOf(weight, tally.sum));
  return chances;
}

Belief BeliefModel::Believe(std::span<const Observation> observations,
                            std::span<const std::size_t> failed_fixes, bool bound) const {
  const std::size_t m = log_prior_.size();
  SetSums sums(*this, observations, /*with_gains=*/bound);
  const SetOrder& order = sums.order();
  const Weighed weighed = WeighAll(sums, observations, failed_fixes, bound);
  const Tally& tally = weighed.tally;
  const std::vector<double>& stays = weighed.stays;

  Belief belief;
  if (!bound) belief.beyond = 1;
  if (bound && weighed.weights.size() > m) {
    // A fault that stays where others are cured keeps larger sets from dropping out.
    std::vector<double> gains(m * m);
    for (std::size_t a = 0; a < m; ++a)
      for (std::size_t c = 0; c < m; ++c)
        gains[a * m + c] =
            sums.Gain(c, a) * (stays.empty() ? 1 : 1 + stays[c] * (1 - stays[a]) / stays[a]);
    const double more = BoundBeyond(order, stays.empty() ? weighed.weights : weighed.before,
                                    ByFallingWeight(tally.faults), gains);
    belief.beyond = std::isfinite(more) ? more / (tally.sum + more) : 1;
  }
  belief.alike = sums.Alike();
  belief.unknown_alone = weighed.unknown_alone / tally.sum;
  belief.unknown_looks = LooksLike(belief.alike, knowledge_->model.mimics_in_verdict);
  belief.none = ChanceOf(tally.faults.back(), tally.sum);
  for (std::size_t c = 0; c + 1 < m; ++c)
    belief.causes.push_back(ChanceOf(tally.faults[c], tally.sum));
  for (std::size_t l = 0; l < knowledge_->layers.size(); ++l)
    belief.layers.push_back(std::min(1.0, tally.layers[l] / tally.sum));
  ListSets(order, weighed.weights, tally.sum, belief);

  double healthy = 0;
  const std::vector<double> shares = Shares(observations);
  for (std::size_t i = 0; i < observations.size(); ++i)
    healthy += shares[i] / knowledge_->model.temperature * HealthyWeight(observations[i]);
  // A fix in vain is also the word of whoever tested it that the band does not work. Once: the same
  // mistake would be made at each test.
  if (!failed_fixes.empty()) {
    const double right =
        knowledge_->model.trust[static_cast<std::size_t>(evidence::SourceKind::kPerson)];
    healthy += std::log(std::max(1 - right, knowledge_->model.chance_floor));
  }
  const double prior = std::clamp(knowledge_->healthy_prior, kTiny, 1 - kTiny);
  const double wrong = std::log(tally.sum) + weighed.scale - log_prior_sum_;
  belief.healthy = std::clamp(ChanceOfLogOdds(LogOdds(prior) + healthy - wrong), kTiny, 1 - kTiny);
  return belief;
}

// Only the weight of the unknown fault alone changes, by a factor; fixes do nothing to it.
Belief BeliefModel::ForPlan(Belief belief) const {
  const Model& limits = knowledge_->model;
  const double gain =
      Looks(belief.alike, limits.mimics_in_plan) / Looks(belief.alike, limits.mimics_in_verdict);
  const double more = belief.unknown_alone * (gain - 1);
  const double sum = 1 + more;
  const auto scaled = [&](double chance) { return std::clamp(chance / sum, kTiny, 1 - kTiny); };
  belief.none = scaled(belief.none + more);
  for (double& chance : belief.causes) chance = scaled(chance);
  for (double& chance : belief.layers) chance = std::min(1.0, chance / sum);
  const FaultSet unknown{belief.causes.size()};
  const auto alone = std::ranges::find(belief.sets, unknown, &SetChance::set);
  // Not listed: what is left out of the list is no more than `rest`.
  if (alone == belief.sets.end()) {
    const double listed = std::min(belief.unknown_alone, belief.rest);
    belief.sets.push_back({unknown, listed + more});
    belief.rest -= listed;
  } else {
    alone->chance += more;
  }
  for (SetChance& one : belief.sets) one.chance = std::max(0.0, one.chance / sum);
  belief.rest = std::max(0.0, belief.rest / sum);
  std::ranges::stable_sort(belief.sets, std::greater{}, &SetChance::chance);
  belief.healthy =
      std::clamp(ChanceOfLogOdds(LogOdds(belief.healthy) - std::log(sum)), kTiny, 1 - kTiny);
  belief.unknown_alone *= gain / sum;
  belief.unknown_looks = LooksLike(belief.alike, limits.mimics_in_plan);
  return belief;
}

}  // namespace bk::troubleshoot
