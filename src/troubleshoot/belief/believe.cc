// The sum over all sets of at most three faults.
//
// Of an observation a set feels only the members that the observation speaks of. So a set's weight
// is the sum of its single members', of what its pairs add to them, and of what its triples add to
// that (inclusion and exclusion); pairs and triples are worked through only among the causes of one
// observation, which are few. The rest is one pass over all sets.
#include <algorithm>
#include <cmath>
#include <limits>

#include "troubleshoot/belief/belief.h"

namespace bk::troubleshoot {
namespace {

constexpr double kTiny = 1e-12;       // nothing becomes impossible, however much speaks against it
constexpr double kListed = 0.999;     // Belief::sets goes so far
constexpr double kNegligible = 1e-8;  // and takes no set below this share
constexpr double kLogRangeMax = 600;  // exp of it is well within a double

}  // namespace

class BeliefModel::SetSums {
 public:
  SetSums(const BeliefModel& model, std::span<const Observation> observations)
      : model_(model),
        order_(model.log_prior_.size()),
        m_(model.log_prior_.size()),
        further_(model.knowledge_->model.second_fault),
        single_(model.log_prior_),
        pair_(further_ > 0 ? m_ * m_ : 0, 0.0) {
    const std::vector<double> shares = model.Shares(observations);
    const double temperature = model.knowledge_->model.temperature;
    for (std::size_t i = 0; i < observations.size(); ++i)
      Add(observations[i], shares[i] / temperature);
    Flush();
  }

  // Weights of all sets in their order, scaled so that the largest is 1; the scale as a logarithm.
  double Weights(std::vector<double>& weights) const {
    weights.assign(further_ > 0 ? order_.count() : m_, 0);
    std::ranges::copy(single_, weights.begin());
    if (further_ > 0) {
      const double each = std::log(further_);
      double* out = weights.data() + m_;
      for (std::size_t b = 1; b < m_; ++b)
        for (std::size_t a = 0; a < b; ++a)
          *out++ = single_[a] + single_[b] + pair_[b * m_ + a] + each;
      const double* three = triple_.empty() ? nullptr : triple_.data();
      for (std::size_t c = 2; c < m_; ++c)
        for (std::size_t b = 1; b < c; ++b) {
          const double both = single_[b] + single_[c] + pair_[c * m_ + b] + 2 * each;
          const double* with_b = &pair_[b * m_];
          const double* with_c = &pair_[c * m_];
          for (std::size_t a = 0; a < b; ++a) out[a] = both + single_[a] + with_b[a] + with_c[a];
          if (three != nullptr) {
            for (std::size_t a = 0; a < b; ++a) out[a] += three[a];
            three += b;
          }
          out += b;
        }
    }
    const double top = *std::ranges::max_element(weights);
    constexpr double kNothing = -80;  // e^-80 of the largest: below what a double adds
    for (double& w : weights) w = w - top > kNothing ? std::exp(w - top) : 0;
    return top;
  }

  [[nodiscard]] const SetOrder& order() const { return order_; }

 private:
  // y (1 - (1 - leak R) Q) + n (1 - leak R) Q, without differences of nearly equal numbers.
  struct Likely {
    double yes, no, leak;
    double operator()(double spares, double lowers) const {
      const double low = leak * lowers;
      return yes * ((1 - spares) + low * spares) + no * (1 - low) * spares;
    }
  };

  void Add(const Observation& observation, double share) {
    if (observation.if_true == observation.if_false || share == 0) return;
    const Sign& sign = model_.signs_[observation.finding];
    const std::vector<Part>& parts = sign.parts;
    const Likely likely{sign.turned ? observation.if_false : observation.if_true,
                        sign.turned ? observation.if_true : observation.if_false, sign.leak};
    const double none = likely(1, 1);
    const std::size_t k = parts.size();
    one_.resize(k);
    for (std::size_t i = 0; i < k; ++i) {
      one_[i] = likely(parts[i].spares, parts[i].lowers) / none;
      single_[parts[i].cause] += share * std::log(one_[i]);
    }
    if (further_ <= 0 || k < 2) return;
    two_.resize(k * k);
    double least = 1, most = 1;
    for (std::size_t j = 1; j < k; ++j)
      for (std::size_t i = 0; i < j; ++i) {
        const double both =
            likely(parts[i].spares * parts[j].spares, parts[i].lowers * parts[j].lowers) / none;
        const double more = both / (one_[i] * one_[j]);
        two_[j * k + i] = more;
        least = std::min({least, both, more});
        most = std::max({most, both, more});
        pair_[parts[j].cause * m_ + parts[i].cause] += share * std::log(more);
      }
    if (k < 3) return;
    AddTriples(parts, likely, none, share, 4 * (std::log(most) - std::log(least)));
  }

  void AddTriples(const std::vector<Part>& parts, const Likely& likely, double none, double share,
                  double log_range) {
    Bunch& bunch = BunchOf(share);
    if (bunch.log_range + log_range > kLogRangeMax) Flush(bunch);
    bunch.log_range += log_range;
    const std::size_t k = parts.size();
    for (std::size_t l = 2; l < k; ++l)
      for (std::size_t j = 1; j < l; ++j) {
        const double spares = parts[l].spares * parts[j].spares;
        const double lowers = parts[l].lowers * parts[j].lowers;
        const double rest = 1 / (none * one_[l] * one_[j] * two_[l * k + j]);
        const double* with_j = &two_[j * k];
        const double* with_l = &two_[l * k];
        double* out = bunch.factor.data() + SetOrder::Triples(parts[l].cause) +
                      SetOrder::Pairs(parts[j].cause);
        for (std::size_t i = 0; i < j; ++i)
          out[parts[i].cause] *= likely(spares * parts[i].spares, lowers * parts[i].lowers) * rest /
                                 (one_[i] * with_j[i] * with_l[i]);
      }
  }

  // What triples add, as a product: one logarithm for many observations of the same share.
  struct Bunch {
    double share = 0;
    double log_range = 0;
    std::vector<double> factor;
  };

  Bunch& BunchOf(double share) {
    for (Bunch& bunch : bunches_)
      if (bunch.share == share) return bunch;
    bunches_.push_back({share, 0, std::vector<double>(SetOrder::Triples(m_), 1.0)});
    return bunches_.back();
  }

  void Flush(Bunch& bunch) {
    if (triple_.empty()) triple_.assign(bunch.factor.size(), 0.0);
    for (std::size_t i = 0; i < triple_.size(); ++i) {
      if (bunch.factor[i] == 1.0) continue;
      triple_[i] += bunch.share * std::log(bunch.factor[i]);
      bunch.factor[i] = 1.0;
    }
    bunch.log_range = 0;
  }
  void Flush() {
    for (Bunch& bunch : bunches_) Flush(bunch);
  }

  const BeliefModel& model_;
  SetOrder order_;
  std::size_t m_;
  double further_;
  std::vector<double> single_;  // logarithms, by fault
  std::vector<double> pair_;    // what the pair adds, at larger * m + smaller
  std::vector<double> triple_;  // what the triple adds, in the order of triples; empty = nothing
  std::vector<Bunch> bunches_;
  std::vector<double> one_, two_;  // of the observation at hand: by part, by pair of parts
};

Belief BeliefModel::Believe(std::span<const Observation> observations,
                            std::span<const std::size_t> failed_fixes) const {
  const std::size_t m = log_prior_.size();
  const SetSums sums(*this, observations);
  const SetOrder& order = sums.order();
  std::vector<double> weights;
  const double scale = sums.Weights(weights);
  const bool several = weights.size() > m;

  std::vector<double> stays(m, 1.0);
  const std::vector<std::size_t> told =
      failed_fixes.empty() ? std::vector<std::size_t>{} : TriedInVain(observations);
  bool failed = false;
  for (const std::size_t fix : failed_fixes)
    if (!std::ranges::binary_search(told, fix)) {  // else it has weighed as a finding
      for (const Entry& entry : treats_[fix]) stays[entry.cause] *= 1 - entry.chance;
      failed = true;
    }
  if (failed) {
    // Each set hands to its subsets what the fixes may have left of it; smaller sets first, so that
    // larger ones still hold what they held before.
    for (std::size_t c = 0; c < m; ++c) weights[c] *= stays[c];
    double* out = weights.data() + m;
    if (several) {
      for (std::size_t b = 1; b < m; ++b)
        for (std::size_t a = 0; a < b; ++a, ++out) {
          weights[a] += *out * stays[a] * (1 - stays[b]);
          weights[b] += *out * stays[b] * (1 - stays[a]);
          *out *= stays[a] * stays[b];
        }
      for (std::size_t c = 2; c < m; ++c)
        for (std::size_t b = 1; b < c; ++b)
          for (std::size_t a = 0; a < b; ++a, ++out) {
            const double all = *out;
            if (all == 0) continue;
            const double gone_a = 1 - stays[a], gone_b = 1 - stays[b], gone_c = 1 - stays[c];
            weights[a] += all * stays[a] * gone_b * gone_c;
            weights[b] += all * stays[b] * gone_a * gone_c;
            weights[c] += all * stays[c] * gone_a * gone_b;
            weights[order.Pair(a, b)] += all * stays[a] * stays[b] * gone_c;
            weights[order.Pair(a, c)] += all * stays[a] * stays[c] * gone_b;
            weights[order.Pair(b, c)] += all * stays[b] * stays[c] * gone_a;
            *out *= stays[a] * stays[b] * stays[c];
          }
    }
  }

  Belief belief;
  std::vector<double> marginal(weights.begin(), weights.begin() + static_cast<std::ptrdiff_t>(m));
  belief.layers.assign(knowledge_->layers.size() + 1, 0);  // the last takes what has no layer
  const std::size_t nowhere = knowledge_->layers.size();
  const auto layer_of = [&](std::size_t fault) {
    return fault + 1 < m && layer_[fault] != npos ? layer_[fault] : nowhere;
  };
  std::vector<std::size_t> layers(m);
  for (std::size_t c = 0; c < m; ++c) layers[c] = layer_of(c);
  double sum = 0;
  for (std::size_t c = 0; c < m; ++c) {
    sum += weights[c];
    belief.layers[layers[c]] += weights[c];
  }
  if (several) {
    const double* w = weights.data() + m;
    for (std::size_t b = 1; b < m; ++b)
      for (std::size_t a = 0; a < b; ++a, ++w) {
        sum += *w;
        marginal[a] += *w;
        marginal[b] += *w;
        belief.layers[layers[a]] += *w;
        if (layers[b] != layers[a]) belief.layers[layers[b]] += *w;
      }
    for (std::size_t c = 2; c < m; ++c)
      for (std::size_t b = 1; b < c; ++b) {
        double all = 0;
        const std::size_t lb = layers[b], lc = layers[c];
        for (std::size_t a = 0; a < b; ++a) {
          const double weight = w[a];
          marginal[a] += weight;
          all += weight;
          if (layers[a] != lb && layers[a] != lc) belief.layers[layers[a]] += weight;
        }
        w += b;
        sum += all;
        marginal[b] += all;
        marginal[c] += all;
        belief.layers[lb] += all;
        if (lc != lb) belief.layers[lc] += all;
      }
  }
  belief.layers.pop_back();
  for (double& chance : belief.layers) chance = std::min(1.0, chance / sum);
  for (double& chance : marginal) chance = std::clamp(chance / sum, kTiny, 1 - kTiny);
  belief.none = marginal.back();
  marginal.pop_back();
  belief.causes = std::move(marginal);
  belief.beyond = several ? 1 : 0;

  std::vector<std::pair<double, std::size_t>> listed;
  for (std::size_t i = 0; i < weights.size(); ++i)
    if (weights[i] > kNegligible * sum) listed.emplace_back(-weights[i], i);
  const auto most = static_cast<std::ptrdiff_t>(std::min(listed.size(), Belief::kSetsMax));
  std::ranges::partial_sort(listed, listed.begin() + most);
  double so_far = 0;
  for (std::ptrdiff_t i = 0; i < most && so_far < kListed; ++i) {
    const double chance = -listed[static_cast<std::size_t>(i)].first / sum;
    belief.sets.push_back({order.SetAt(listed[static_cast<std::size_t>(i)].second), chance});
    so_far += chance;
  }
  belief.rest = std::max(0.0, 1 - so_far);

  double healthy = 0;
  const std::vector<double> shares = Shares(observations);
  for (std::size_t i = 0; i < observations.size(); ++i)
    healthy += shares[i] / knowledge_->model.temperature * HealthyWeight(observations[i]);
  const double prior = std::clamp(knowledge_->healthy_prior, kTiny, 1 - kTiny);
  const double odds =
      std::log(prior / (1 - prior)) + healthy - (std::log(sum) + scale - log_prior_sum_);
  belief.healthy = std::clamp(1 / (1 + std::exp(-odds)), kTiny, 1 - kTiny);
  return belief;
}

}  // namespace bk::troubleshoot
