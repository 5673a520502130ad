// Means, quantiles and bootstrap intervals.
#pragma once

#include <algorithm>
#include <cstddef>
#include <functional>
#include <numeric>
#include <utility>
#include <vector>

#include "troubleshoot/population/random.h"

namespace bk::bench {

inline double Mean(const std::vector<double>& values) {
  return values.empty() ? 0
                        : std::accumulate(values.begin(), values.end(), 0.0) /
                              static_cast<double>(values.size());
}

inline double Quantile(std::vector<double> values, double share) {
  if (values.empty()) return 0;
  const auto at = std::min(values.size() - 1,
                           static_cast<std::size_t>(share * static_cast<double>(values.size())));
  std::ranges::nth_element(values, values.begin() + static_cast<std::ptrdiff_t>(at));
  return values[at];
}

// The middle 95 % of `statistic` over owners drawn anew with replacement: pairs stay pairs.
inline std::pair<double, double> Interval95(
    const std::vector<double>& a, const std::vector<double>& b,
    const std::function<double(double mean_a, double mean_b)>& statistic) {
  constexpr int kDraws = 1000;
  constexpr std::uint64_t kSeed = 95;
  std::vector<double> drawn;
  for (std::uint64_t d = 0; d < kDraws; ++d) {
    troubleshoot::Random random({kSeed, d});
    double sum_a = 0, sum_b = 0;
    for (std::size_t i = 0; i < a.size(); ++i) {
      const auto at = static_cast<std::size_t>(random.Below(a.size()));
      sum_a += a[at];
      sum_b += b[at];
    }
    const auto n = static_cast<double>(a.size());
    drawn.push_back(statistic(sum_a / n, sum_b / n));
  }
  return {Quantile(drawn, 0.025), Quantile(drawn, 0.975)};
}

}  // namespace bk::bench
