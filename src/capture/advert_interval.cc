#include "capture/advert_interval.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace bk::capture {
namespace {

constexpr std::size_t kDistancesMin = 8;
constexpr double kShareMin = 0.8;
// A longer period that explains this much less than the best is still the truer one: every divisor
// of the interval explains all that the interval does.
constexpr double kShareSlack = 0.05;
constexpr double kPeriodMin = 20, kPeriodMax = 10'500;  // ms (Vol 6 Part B 4.4.2.2)
constexpr double kMultipleMax = 24;  // beyond, the random delays add up to anything
constexpr double kDelayMean = 5;

// Below this share a period is not worth its refinement.
constexpr double kShareHopeless = 0.3;
// Every distance of a fit lies within this of its multiple: no refinement moves a period further.
constexpr double kToleranceMax = 0.2;

// 6 + 4 * sqrt(multiple), in ms.
const std::array<double, static_cast<std::size_t>(kMultipleMax) + 1>& Jitter() {
  static const auto table = [] {
    std::array<double, static_cast<std::size_t>(kMultipleMax) + 1> made{};
    for (std::size_t i = 0; i < made.size(); ++i)
      made[i] = 6 + 4 * std::sqrt(static_cast<double>(i));
    return made;
  }();
  return table;
}

struct Fit {
  std::size_t explained = 0;
  double sum = 0, multiples = 0;
};

Fit FitOf(std::span<const double> distances, double period) {
  Fit fit;
  const auto& jitter = Jitter();
  const double inverse = 1 / period;
  const double widest = kToleranceMax * period;
  for (const double distance : distances) {
    const double rounded = distance * inverse + 0.5;
    if (rounded < 1 || rounded >= kMultipleMax + 1) continue;
    const auto whole = static_cast<unsigned>(rounded);
    const double multiple = whole;
    if (std::abs(distance - multiple * period) > std::min(jitter[whole], widest)) continue;
    ++fit.explained;
    fit.sum += distance;
    fit.multiples += multiple;
  }
  return fit;
}

}  // namespace

std::optional<AdvertisingInterval> EstimateInterval(std::span<const double> distances) {
  if (distances.size() < kDistancesMin) return std::nullopt;
  const auto share = [&](const Fit& fit) {
    return static_cast<double>(fit.explained) / static_cast<double>(distances.size());
  };
  double best_share = 0;
  double best_period = 0;
  for (const double distance : distances) {
    for (const int divisor : {1, 2, 3}) {
      double period = distance / divisor;
      if (period < kPeriodMin || period > kPeriodMax) continue;
      // Once (nearly) all are explained, only a longer period is better.
      if (best_share + kShareSlack >= 1 && period * (1 + kToleranceMax) <= best_period) continue;
      Fit fit = FitOf(distances, period);
      if (fit.explained == 0 || share(fit) < kShareHopeless) continue;
      period = fit.sum / fit.multiples;  // the mean over all is better than the one it came from
      fit = FitOf(distances, period);
      const double now = share(fit);
      if (now > best_share + kShareSlack ||
          (now >= best_share - kShareSlack && period > best_period)) {
        best_share = std::max(best_share, now);
        best_period = period;
      }
    }
  }
  const Fit fit = best_period > 0 ? FitOf(distances, best_period) : Fit{};
  if (share(fit) < kShareMin) return std::nullopt;
  AdvertisingInterval interval;
  interval.milliseconds = std::max(fit.sum / fit.multiples - kDelayMean, kPeriodMin);
  interval.distances = static_cast<std::uint32_t>(fit.explained);
  interval.share_explained = share(fit);
  return interval;
}

}  // namespace bk::capture
