// Chances as logarithms of odds, on which evidence adds.
#pragma once

#include <algorithm>
#include <cmath>

namespace bk {

// `nearest`: a chance counts as no nearer to 0 and 1 than this.
inline double LogOdds(double chance, double nearest = 1e-12) {
  const double kept = std::clamp(chance, nearest, 1 - nearest);
  return std::log(kept / (1 - kept));
}

inline double ChanceOfLogOdds(double log_odds) { return 1 / (1 + std::exp(-log_odds)); }

}  // namespace bk
