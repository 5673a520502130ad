#include "troubleshoot/belief/beyond.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace bk::troubleshoot {
namespace {

// Sum over j >= 1 of e_j(x) / (j + 1). Never below it: e_j <= X^j / j! with X the sum of all x.
double Quick(double sum) {
  constexpr double kSmall = 1e-3;  // below, the closed form loses its digits
  if (sum < kSmall) return sum / 2 * (1 + sum);
  return (std::expm1(sum) - sum) / sum;
}

double Exact(std::span<const double> x, std::vector<double>& e) {
  e.assign(x.size() + 1, 0.0);
  e[0] = 1;
  for (std::size_t i = 0; i < x.size(); ++i)
    for (std::size_t j = i + 1; j > 0; --j) e[j] += x[i] * e[j - 1];
  double sum = 0;
  for (std::size_t j = 1; j < e.size(); ++j) sum += e[j] / static_cast<double>(j + 1);
  return sum;
}

// By the first two of each triple, in the given order: the triples' weights, at first * m + second.
std::vector<double> TriplesByFirstTwo(const SetOrder& order, std::span<const double> weights,
                                      std::span<const std::size_t> likeliest) {
  const std::size_t m = order.faults();
  std::vector<std::size_t> rank(m);
  for (std::size_t i = 0; i < m; ++i) rank[likeliest[i]] = i;
  std::vector<double> sums(m * m, 0.0);
  const double* w = weights.data() + order.FirstTriple();
  for (std::size_t c = 2; c < m; ++c)
    for (std::size_t b = 1; b < c; ++b) {
      const auto [low, high] = std::minmax(rank[b], rank[c]);
      for (std::size_t a = 0; a < b; ++a, ++w) {
        const std::size_t first = std::min(rank[a], low);
        const std::size_t second = std::max(std::min(rank[a], high), low);
        sums[first * m + second] += *w;
      }
    }
  return sums;
}

}  // namespace

double BoundBeyond(const SetOrder& order, std::span<const double> weights,
                   std::span<const std::size_t> likeliest, std::span<const double> gains) {
  const std::size_t m = order.faults();
  if (m < 4) return 0;
  const std::vector<double> begun = TriplesByFirstTwo(order, weights, likeliest);
  double all = 0;
  for (const double weight : weights) all += weight;
  std::vector<double> x, e;
  double bound = 0;
  for (std::size_t first = 0; first + 3 < m; ++first)
    for (std::size_t second = first + 1; second + 2 < m; ++second) {
      const double weight = begun[first * m + second];
      if (weight == 0) continue;
      const double* with_first = &gains[likeliest[first] * m];
      const double* with_second = &gains[likeliest[second] * m];
      x.clear();
      double sum = 0;
      for (std::size_t i = second + 1; i < m; ++i) {
        x.push_back(std::min(with_first[likeliest[i]], with_second[likeliest[i]]));
        sum += x.back();
      }
      const double quick = Quick(sum);
      constexpr double kCloseEnough = 1e-9;
      bound += weight * (weight * quick < kCloseEnough * all ? quick : Exact(x, e));
    }
  return bound;
}

}  // namespace bk::troubleshoot
