#include "troubleshoot/plan/separate.h"

#include <algorithm>

namespace bk::troubleshoot {

std::vector<std::size_t> SeparateBest(const Progress& progress, std::size_t limit) {
  constexpr double kTellsNothing = 1e-6;
  const PlanTables& tables = progress.tables();
  const double mass = progress.mass();
  if (mass <= 0) return {};
  std::vector<std::pair<double, std::size_t>> ranked;
  for (const std::size_t q : progress.questions()) {
    const double mean = progress.YesMass(q) / mass;
    if (mean <= 0 || mean >= 1) continue;
    const std::span<const double> yes = progress.hypotheses().Yes(q);
    double variance = 0;
    for (std::size_t h = 0; h < yes.size(); ++h)
      variance += progress.chances()[h] * (yes[h] - mean) * (yes[h] - mean);
    const double worth =
        variance / mass / (mean * (1 - mean)) /
        (tables.prices.Question(q, progress.place()) + tables.limits->reading_minutes);
    if (worth > kTellsNothing) ranked.emplace_back(-worth, q);
  }
  const std::size_t count = std::min(limit, ranked.size());
  std::ranges::partial_sort(ranked, ranked.begin() + static_cast<std::ptrdiff_t>(count));
  std::vector<std::size_t> best;
  for (std::size_t i = 0; i < count; ++i) best.push_back(ranked[i].second);
  return best;
}

}  // namespace bk::troubleshoot
