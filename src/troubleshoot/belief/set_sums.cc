#include "troubleshoot/belief/set_sums.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace bk::troubleshoot {
namespace {

constexpr double kLogRangeMax = 600;  // exp of it is well within a double
constexpr double kNothing = -80;      // e^-80 of the largest is below what a double adds

}  // namespace

// The chance of the reports, without differences of nearly equal numbers.
struct BeliefModel::SetSums::Likely {
  double yes, no, leak;

  double operator()(double spares, double lowers) const {
    const double low = leak * lowers;
    return yes * ((1 - spares) + low * spares) + no * (1 - low) * spares;
  }
};

BeliefModel::SetSums::SetSums(const BeliefModel& model, std::span<const Observation> observations,
                              bool with_gains)
    : model_(model),
      order_(model.log_prior_.size()),
      m_(model.log_prior_.size()),
      further_(model.knowledge_->model.second_fault),
      with_gains_(with_gains && further_ > 0),
      single_(model.log_prior_) {
  if (further_ > 0) {
    pair_.assign(m_ * m_, 0.0);
    weights_.assign(order_.count(), 0.0);
    bunch_.triples.assign(SetOrder::Triples(m_), 1.0);
  }
  if (with_gains_) {
    context_gain_.assign(m_ * m_, 0.0);
    bunch_.gains.assign(context_gain_.size(), 1.0);
    for (const double log_prior : model.log_prior_) gain_.push_back(log_prior + std::log(further_));
  }
  alike_.assign(m_ - 1, 0.0);
  const std::vector<double> shares = model.Shares(observations);
  const double temperature = model.knowledge_->model.temperature;
  // Those of one share after one another: one bunch does for all.
  std::vector<std::size_t> order(observations.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::stable_sort(order, {}, [&](std::size_t i) { return shares[i]; });
  for (const std::size_t i : order) Add(observations[i], shares[i] / temperature);
  Flush();
}

void BeliefModel::SetSums::Add(const Observation& observation, double share) {
  if (observation.if_true == observation.if_false || share == 0) return;
  const Sign& sign = model_.signs_[observation.finding];
  const Likely likely{sign.turned ? observation.if_false : observation.if_true,
                      sign.turned ? observation.if_true : observation.if_false, sign.leak};
  const double none = likely(1, 1);
  const double likeness = model_.knowledge_->model.unknown_likeness;
  one_.clear();
  for (const Part& part : sign.parts) {
    one_.push_back(likely(part.spares, part.lowers) / none);
    single_[part.cause] += share * std::log(one_.back());
    alike_[part.cause] += share * std::log(1 + likeness * (one_.back() - 1));
  }
  if (further_ <= 0) return;
  AddPairs(sign, likely, share);
  double least = 1, most = 1;
  for (const std::vector<double>* factors : {&one_, &two_})
    for (const double factor : *factors) {
      least = std::min(least, factor);
      most = std::max(most, factor);
    }
  const double log_range = 4 * (std::log(most) - std::log(least));
  if (bunch_.share != share || bunch_.log_range + log_range > kLogRangeMax) Flush();
  bunch_.share = share;
  bunch_.log_range += log_range;
  AddTriples(sign, likely);
  if (with_gains_) AddGains(sign, likely);
}

// two_ at larger * k + smaller: what the pair has beyond the product of its members.
void BeliefModel::SetSums::AddPairs(const Sign& sign, const Likely& likely, double share) {
  const std::vector<Part>& parts = sign.parts;
  const std::size_t k = parts.size();
  const double none = likely(1, 1);
  two_.assign(k * k, 1.0);
  for (std::size_t j = 1; j < k; ++j)
    for (std::size_t i = 0; i < j; ++i) {
      const double both =
          likely(parts[i].spares * parts[j].spares, parts[i].lowers * parts[j].lowers) / none;
      two_[j * k + i] = both / (one_[i] * one_[j]);
      pair_[parts[j].cause * m_ + parts[i].cause] += share * std::log(two_[j * k + i]);
    }
}

void BeliefModel::SetSums::AddTriples(const Sign& sign, const Likely& likely) {
  const std::vector<Part>& parts = sign.parts;
  const std::size_t k = parts.size();
  const double none = likely(1, 1);
  for (std::size_t l = 2; l < k; ++l)
    for (std::size_t j = 1; j < l; ++j) {
      const double spares = parts[l].spares * parts[j].spares;
      const double lowers = parts[l].lowers * parts[j].lowers;
      const double rest = 1 / (none * one_[l] * one_[j] * two_[l * k + j]);
      const double* with_j = &two_[j * k];
      const double* with_l = &two_[l * k];
      double* out = bunch_.triples.data() + SetOrder::Triples(parts[l].cause) +
                    SetOrder::Pairs(parts[j].cause);
      for (std::size_t i = 0; i < j; ++i)
        out[parts[i].cause] *= likely(spares * parts[i].spares, lowers * parts[i].lowers) * rest /
                               (one_[i] * with_j[i] * with_l[i]);
    }
}

// As the head of the header proves.
void BeliefModel::SetSums::AddGains(const Sign& sign, const Likely& likely) {
  const std::vector<Part>& parts = sign.parts;
  const bool seen = likely.yes > likely.no;
  double lowest = 1;
  for (const Part& part : parts) lowest *= part.lowers;
  const auto most = [&](const Part& c, double spares, double lowers) {
    if (seen) return likely(spares * c.spares, lowest) / likely(spares, lowest);
    return likely(spares, lowers * c.lowers) / likely(spares, lowers);
  };
  for (const Part& c : parts) {
    if (seen ? c.spares == 1 : c.lowers == 1) continue;
    const double anywhere = most(c, 1, 1);
    gain_[c.cause] += bunch_.share * std::log(anywhere);
    for (const Part& a : parts)
      if (a.cause != c.cause)
        bunch_.gains[a.cause * m_ + c.cause] *= most(c, a.spares, a.lowers) / anywhere;
  }
}

void BeliefModel::SetSums::Flush() {
  if (further_ <= 0) return;  // single faults alone: there is nothing but their own sums
  const auto take = [&](std::vector<double>& factors, double* logarithms) {
    for (std::size_t i = 0; i < factors.size(); ++i) {
      if (factors[i] == 1.0) continue;
      logarithms[i] += bunch_.share * std::log(factors[i]);
      factors[i] = 1.0;
    }
  };
  take(bunch_.triples, weights_.data() + order_.FirstTriple());
  take(bunch_.gains, context_gain_.data());
  bunch_.log_range = 0;
}

double BeliefModel::SetSums::TakeWeights(std::vector<double>& weights) {
  weights = std::move(weights_);
  weights.resize(further_ > 0 ? order_.count() : m_);
  std::ranges::copy(single_, weights.begin());
  if (further_ > 0) {
    const double each = std::log(further_);
    double* out = weights.data() + order_.FirstPair();
    for (std::size_t b = 1; b < m_; ++b)
      for (std::size_t a = 0; a < b; ++a)
        *out++ = single_[a] + single_[b] + pair_[b * m_ + a] + each;
    for (std::size_t c = 2; c < m_; ++c)
      for (std::size_t b = 1; b < c; ++b) {
        const double both = single_[b] + single_[c] + pair_[c * m_ + b] + 2 * each;
        const double* with_b = &pair_[b * m_];
        const double* with_c = &pair_[c * m_];
        for (std::size_t a = 0; a < b; ++a) out[a] += both + single_[a] + with_b[a] + with_c[a];
        out += b;
      }
  }
  weights[m_ - 1] += std::log(Looks(Alike(), model_.knowledge_->model.mimics_in_verdict));
  const double top = *std::ranges::max_element(weights);
  for (double& w : weights) w = w - top > kNothing ? std::exp(w - top) : 0;
  return top;
}

// Reports are linear in the chance of a sign, so that a likeness mixes what the two weigh.
std::vector<double> BeliefModel::SetSums::Alike() const {
  double known = 0;
  for (std::size_t c = 0; c + 1 < m_; ++c) known += std::exp(model_.log_prior_[c]);
  std::vector<double> alike;
  for (std::size_t c = 0; c + 1 < m_; ++c)
    alike.push_back(std::exp(model_.log_prior_[c] + alike_[c]) / known);
  return alike;
}

double BeliefModel::SetSums::Gain(std::size_t c, std::size_t a) const {
  return std::exp(gain_[c] + context_gain_[a * m_ + c]);
}

double Looks(std::span<const double> alike, double mimics) {
  if (alike.empty()) return 1;
  double as_known = 0;
  for (const double one : alike) as_known += one;
  return 1 - mimics + mimics * as_known;
}

}  // namespace bk::troubleshoot
