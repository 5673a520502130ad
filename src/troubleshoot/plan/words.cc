#include <array>

#include "base/text.h"
#include "troubleshoot/plan/plan.h"

namespace bk::troubleshoot {

int AndroidVersionOf(int sdk) {
  if (sdk <= 0) return 0;
  if (sdk >= 33) return sdk - 20;  // 33 is Android 13
  constexpr int kFirst = 19;
  constexpr std::array kVersions = {4, 4, 5, 5, 6, 7, 7, 8, 8, 9, 10, 11, 12, 12};
  return sdk < kFirst ? 4 : kVersions[static_cast<std::size_t>(sdk - kFirst)];
}

const Words* WordsFor(const Fix& fix, const Context& context) {
  const int android = AndroidVersionOf(context.android_sdk);
  const Words* best = nullptr;
  int best_rank = -1;
  for (const Words& words : fix.words) {
    const bool maker_fits = words.maker.empty() || (words.maker.size() == context.maker.size() &&
                                                    StartsWithNoCase(context.maker, words.maker));
    const bool min_fits = words.android_min == 0 || (android != 0 && android >= words.android_min);
    const bool max_fits = words.android_max == 0 || (android != 0 && android <= words.android_max);
    if (!maker_fits || !min_fits || !max_fits) continue;
    // The maker counts more than the version; a later lower bound is more special.
    const int rank =
        (words.maker.empty() ? 0 : 1000) + (words.android_max != 0 ? 100 : 0) + words.android_min;
    if (rank > best_rank) {
      best = &words;
      best_rank = rank;
    }
  }
  return best;
}

}  // namespace bk::troubleshoot
