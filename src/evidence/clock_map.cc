#include "evidence/clock_map.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <compare>
#include <cstdlib>
#include <map>
#include <numbers>
#include <set>
#include <tuple>
#include <utility>
#include <vector>

#include "base/address.h"
#include "evidence/evidence.h"

namespace bk::evidence {
namespace {

constexpr std::int64_t kSecond = 1'000'000;
constexpr std::int64_t kRepeatUs = 200'000;
// Stamps are no finer than this: logs are written after the fact, in milliseconds.
constexpr std::int64_t kFinestUs = 5'000;
constexpr std::size_t kPairsMax = 200'000;
constexpr std::size_t kCandidatesMax = 128;
// Of a burst, this many are compared with a moment that may repeat one of them.
constexpr std::size_t kBurstMax = 64;
constexpr std::size_t kTriedMax = 4096;
// One chance in 4,096 that unrelated sources agree as well, after all offsets that were tried.
constexpr double kBitsNeeded = 12;
// Two moments alone agree in one distance only, and devices have their habits.
constexpr double kBitsNeededOfTwo = 18;
// Of the moments that both sides could have seen while both were there, this share agrees, on the
// side that has fewer: a source that misses most of what happened is no witness.
constexpr double kShareShared = 1.0 / 3;
// The next best offset must be this much worse, and when it would do by itself, by a share too:
// under a steady beat each offset fits almost as well as the next.
constexpr double kBitsAhead = 6;
constexpr double kShareOfBest = 0.8;
constexpr double kBitsPerMoment = 12;
// Zones of the world: whole quarters of an hour, UTC-12 to UTC+14.
constexpr std::int64_t kQuarterUs = 900 * kSecond;
constexpr std::int64_t kZoneMaxUs = 14 * 3600 * kSecond;
constexpr std::int64_t kZoneExactUs = 250'000;

AnyInstant At(ClockKind clock, std::int64_t us) {
  AnyInstant instant;
  instant.clock = clock;
  instant.us = us;
  return instant;
}

// What a person reads off two clocks that show the same moment.
std::int64_t Difference(const AnyInstant& from, const AnyInstant& to) {
  if (from.clock != ClockKind::kLogcat && to.clock != ClockKind::kLogcat) return to.us - from.us;
  constexpr std::int64_t kYear = 366 * 86'400 * kSecond;
  std::int64_t shown = WithoutYear(to) - WithoutYear(from);
  if (shown > kYear / 2) shown -= kYear;
  if (shown < -kYear / 2) shown += kYear;
  return shown;
}

bool SameAddress(const std::string& a, const std::string& b) {
  if (a.empty() || b.empty() || a == b) return true;
  // The last octet is never masked, and mostly settles it.
  if (a.size() == b.size() && (a.back() | 0x20) != (b.back() | 0x20)) return false;
  const auto full_a = ParseAddress(a), full_b = ParseAddress(b);
  if (full_a && full_b) return *full_a == *full_b;
  if (full_a) return MatchesMasked(b, *full_a);
  if (full_b) return MatchesMasked(a, *full_b);
  // Two masked forms: the octets that neither hides.
  return BandId{.masked_address = a}.MayBe(b);
}

bool MayBeSame(int a, int b) { return a < 0 || b < 0 || a == b; }

bool Compatible(const SharedMoment& a, const SharedMoment& b) {
  return a.kind == b.kind && MayBeSame(a.reason, b.reason) && MayBeSame(a.handle, b.handle) &&
         SameAddress(a.address, b.address);
}

std::vector<SharedMoment> Tidy(std::span<const SharedMoment> moments) {
  std::vector<SharedMoment> all(moments.begin(), moments.end());
  std::ranges::stable_sort(all, {}, &SharedMoment::us);
  std::vector<SharedMoment> kept;
  for (SharedMoment& moment : all) {
    bool repeat = false;
    std::size_t seen = 0;
    for (auto it = kept.rbegin(); it != kept.rend() && moment.us - it->us <= kRepeatUs; ++it) {
      if (++seen > kBurstMax) break;
      if (!Compatible(*it, moment)) continue;
      if (it->address.empty()) it->address = moment.address;
      if (it->reason < 0) it->reason = moment.reason;
      if (it->handle < 0) it->handle = moment.handle;
      repeat = true;
      break;
    }
    if (!repeat && kept.size() < kMomentsMax) kept.push_back(std::move(moment));
  }
  return kept;
}

// Moments that nothing but their time tells apart.
struct Classes {
  explicit Classes(const std::vector<SharedMoment>& moments) {
    std::map<std::tuple<std::string, std::string, int, int>, std::size_t> known;
    for (std::size_t i = 0; i < moments.size(); ++i) {
      const SharedMoment& m = moments[i];
      const auto [it, added] =
          known.try_emplace({m.kind, m.address, m.reason, m.handle}, members.size());
      if (added) members.emplace_back();
      members[it->second].push_back(i);
      of.push_back(it->second);
    }
  }
  std::vector<std::vector<std::size_t>> members;  // positions in time order
  std::vector<std::size_t> of;                    // by position
};

struct Pair {
  std::int64_t delta;
  std::size_t a, b;
  friend auto operator<=>(const Pair&, const Pair&) = default;
};

struct Fit {
  std::int64_t offset = 0;
  std::size_t moments = 0;
  std::size_t named = 0;  // whose address both sides know
  std::int64_t spread = 0;
  double bits = 0;
};

class Linker {
 public:
  Linker(std::vector<SharedMoment> a, ClockKind from, std::vector<SharedMoment> b, ClockKind to)
      : a_(std::move(a)), b_(std::move(b)), from_(from), to_(to), classes_a_(a_), classes_b_(b_) {}

  ClockLink Link() {
    Collect();
    // Repeats beyond counting fit anywhere.
    if (pairs_.empty())
      return {.outcome =
                  too_many_ ? ClockLinkOutcome::kAmbiguous : ClockLinkOutcome::kNoSharedMoments};
    std::vector<Fit> fits;
    for (const std::int64_t centre : Centres()) fits.push_back(FitAt(centre));
    const auto better = [](const Fit& x, const Fit& y) {
      return std::tuple(x.bits, x.moments, -x.spread, -x.offset) <
             std::tuple(y.bits, y.moments, -y.spread, -y.offset);
    };
    Fit best = *std::ranges::max_element(fits, better);
    for (const std::int64_t centre : Near(best.offset))
      best = std::max(best, FitAt(centre), better);
    double second = 0;
    for (const Fit& fit : fits)
      if (std::abs(fit.offset - best.offset) > 2 * kMomentToleranceUs)
        second = std::max(second, fit.bits);
    ClockLink link{.outcome = ClockLinkOutcome::kTooFew, .moments = best.moments};
    const double tried = std::log2(static_cast<double>(pairs_.size()));
    const bool several = best.moments >= 3 || (best.moments == 2 && best.named == 2);
    const double needed = best.moments >= 3 ? kBitsNeeded : kBitsNeededOfTwo;
    if (!several || best.bits < needed + tried || !SharesEnough(best)) return link;
    if (best.bits - second < kBitsAhead ||
        (second >= kBitsNeeded + tried && second > kShareOfBest * best.bits)) {
      link.outcome = ClockLinkOutcome::kAmbiguous;
      return link;
    }
    link.outcome = ClockLinkOutcome::kLinked;
    link.map = ClockMap{.from = from_,
                        .to = to_,
                        .offset_us = best.offset,
                        .moments = best.moments,
                        .spread_us = best.spread,
                        .bits = best.bits};
    return link;
  }

 private:
  // The rarest first: what happens once tells most.
  void Collect() {
    const auto& of_a = classes_a_.members;
    const auto& of_b = classes_b_.members;
    std::vector<std::tuple<std::size_t, std::size_t, std::size_t>> matching;
    may_be_same_.assign(of_a.size() * of_b.size(), false);
    for (std::size_t i = 0; i < of_a.size(); ++i)
      for (std::size_t j = 0; j < of_b.size(); ++j)
        if (Compatible(a_[of_a[i].front()], b_[of_b[j].front()])) {
          may_be_same_[i * of_b.size() + j] = true;
          matching.emplace_back(of_a[i].size() * of_b[j].size(), i, j);
        }
    std::ranges::sort(matching);
    for (const auto& [count, i, j] : matching) {
      if (pairs_.size() + count > kPairsMax) {
        too_many_ = true;
        break;
      }
      for (const std::size_t x : of_a[i])
        for (const std::size_t y : of_b[j]) pairs_.push_back({b_[y].us - a_[x].us, x, y});
    }
    std::ranges::sort(pairs_);
  }

  // Offsets worth weighing: those of the pairs with the most others nearby, near and very near.
  [[nodiscard]] std::vector<std::int64_t> Centres() const {
    std::vector<std::int64_t> centres;
    for (const std::int64_t reach : {kMomentToleranceUs, kSecond / 10}) {
      std::vector<std::pair<std::size_t, std::size_t>> ranked;  // (others, pair)
      std::size_t low = 0, high = 0;
      for (std::size_t i = 0; i < pairs_.size(); ++i) {
        while (pairs_[i].delta - pairs_[low].delta > reach) ++low;
        while (high < pairs_.size() && pairs_[high].delta - pairs_[i].delta <= reach) ++high;
        ranked.emplace_back(high - low, i);
      }
      std::ranges::sort(ranked, [](const auto& x, const auto& y) {
        return x.first != y.first ? x.first > y.first : x.second < y.second;
      });
      // Apart from each other, so that the rivals of the best are among them.
      std::set<std::int64_t> chosen;
      for (std::size_t i = 0; i < ranked.size() && chosen.size() < kCandidatesMax; ++i) {
        const std::int64_t centre = pairs_[ranked[i].second].delta;
        const auto next = chosen.lower_bound(centre - reach / 20);
        if (next == chosen.end() || *next > centre + reach / 20) chosen.insert(centre);
      }
      centres.insert(centres.end(), chosen.begin(), chosen.end());
    }
    std::ranges::sort(centres);
    centres.erase(std::ranges::unique(centres).begin(), centres.end());
    return centres;
  }

  // The offsets of the pairs closest to `centre`, to find the one in the middle of most.
  [[nodiscard]] std::vector<std::int64_t> Near(std::int64_t centre) const {
    std::vector<std::int64_t> near;
    auto up = std::ranges::lower_bound(pairs_, centre, {}, &Pair::delta);
    auto down = up;
    const auto take = [&](std::int64_t delta) {
      if (std::abs(delta - centre) <= kSecond / 10 && (near.empty() || near.back() != delta))
        near.push_back(delta);
    };
    for (std::size_t i = 0; i < kCandidatesMax / 2; ++i) {
      if (up != pairs_.end()) take((up++)->delta);
      if (down != pairs_.begin()) take((--down)->delta);
    }
    return near;
  }

  [[nodiscard]] Fit FitAt(std::int64_t centre) const {
    const auto from =
        std::ranges::lower_bound(pairs_, centre - kMomentToleranceUs, {}, &Pair::delta);
    const auto to = std::ranges::upper_bound(pairs_, centre + kMomentToleranceUs, {}, &Pair::delta);
    std::vector<Pair> near(from, to);
    const auto error = [&](const Pair& pair) { return std::abs(pair.delta - centre); };
    std::ranges::stable_sort(near, {}, error);
    // Each moment once, the best fitting first.
    std::vector<Pair> taken;
    std::vector<bool> used_a(a_.size()), used_b(b_.size());
    for (const Pair& pair : near) {
      if (used_a[pair.a] || used_b[pair.b]) continue;
      used_a[pair.a] = used_b[pair.b] = true;
      taken.push_back(pair);
    }
    Fit fit{.offset = centre, .moments = taken.size()};
    if (taken.empty()) return fit;
    const Pair fitted = taken.front();
    std::ranges::sort(taken, {}, &Pair::a);
    for (const Pair& pair : taken) {
      fit.spread = std::max(fit.spread, error(pair));
      if (!a_[pair.a].address.empty() && !b_[pair.b].address.empty()) ++fit.named;
    }
    // Outwards from the pair that set the offset: each next one had the whole stretch to miss.
    const auto middle = static_cast<std::size_t>(std::ranges::find(taken, fitted) - taken.begin());
    double sum = 0;
    for (std::size_t k = middle + 1; k < taken.size(); ++k)
      sum += Bits(taken[k - 1], taken[k], error(taken[k]));
    for (std::size_t k = middle; k-- > 0;) sum += Bits(taken[k], taken[k + 1], error(taken[k]));
    if (taken.size() >= 2)
      fit.bits = Together(sum, taken.size() - 1) + ZoneBits(centre, a_[fitted.a].us);
    return fit;
  }

  // The chance that `count` chances have a product this small (Fisher), in bits.
  [[nodiscard]] static double Together(double sum_bits, std::size_t count) {
    const double sum = sum_bits * std::numbers::ln2;
    if (sum <= 0) return 0;
    // The tail of a gamma distribution, exp(-sum) * (1 + sum + sum^2/2! + ...), by logarithms.
    double largest = 0, term = 0;
    for (std::size_t k = 1; k < count; ++k) {
      term += std::log(sum) - std::log(static_cast<double>(k));
      largest = std::max(largest, term);
    }
    double tail = std::exp(-largest);
    term = 0;
    for (std::size_t k = 1; k < count; ++k) {
      term += std::log(sum) - std::log(static_cast<double>(k));
      tail += std::exp(term - largest);
    }
    return std::max(0.0, (sum - largest - std::log(tail)) / std::numbers::ln2);
  }

  [[nodiscard]] bool SharesEnough(const Fit& fit) const {
    const std::int64_t start = std::max(a_.front().us + fit.offset, b_.front().us);
    const std::int64_t end = std::min(a_.back().us + fit.offset, b_.back().us);
    std::vector<bool> seen_a(classes_a_.members.size()), seen_b(classes_b_.members.size());
    for (std::size_t i = 0; i < seen_a.size(); ++i)
      for (std::size_t j = 0; j < seen_b.size(); ++j)
        if (may_be_same_[i * seen_b.size() + j]) seen_a[i] = seen_b[j] = true;
    const auto count = [&](const std::vector<SharedMoment>& moments, const Classes& classes,
                           const std::vector<bool>& seen, std::int64_t offset) {
      std::size_t within = 0;
      for (std::size_t i = 0; i < moments.size(); ++i) {
        const std::int64_t at = moments[i].us + offset;
        if (seen[classes.of[i]] && at >= start - kMomentToleranceUs &&
            at <= end + kMomentToleranceUs)
          ++within;
      }
      return within;
    };
    const std::size_t fewer =
        std::min(count(a_, classes_a_, seen_a, fit.offset), count(b_, classes_b_, seen_b, 0));
    return static_cast<double>(fit.moments) >= kShareShared * static_cast<double>(fewer);
  }

  // How surprising it is that, in the stretch between two matches, a pair agrees this well.
  [[nodiscard]] double Bits(const Pair& first, const Pair& next, std::int64_t error) const {
    const std::int64_t gap =
        std::max(a_[next.a].us - a_[first.a].us, b_[next.b].us - b_[first.b].us);
    const std::size_t step_b = std::max(first.b, next.b) - std::min(first.b, next.b);
    const std::size_t tried = Tried(first.a, next.a, std::min(first.b, next.b), step_b);
    const double window = 2.0 * static_cast<double>(std::max(error, kFinestUs));
    if (gap <= 0) return 0;
    const double chance = static_cast<double>(tried) * window / static_cast<double>(gap);
    return std::clamp(-std::log2(chance), 0.0, kBitsPerMoment);
  }

  // Pairs that could have matched within the stretch, at least one.
  [[nodiscard]] std::size_t Tried(std::size_t a, std::size_t a_end, std::size_t b,
                                  std::size_t steps_b) const {
    const std::size_t steps_a = a_end - a;
    if (steps_a * steps_b > kTriedMax) return steps_a * steps_b;
    std::size_t tried = 0;
    for (std::size_t i = 1; i <= steps_a; ++i)
      for (std::size_t j = 1; j <= steps_b; ++j)
        if (may_be_same_[classes_a_.of[a + i] * classes_b_.members.size() + classes_b_.of[b + j]])
          ++tried;
    return std::max<std::size_t>(tried, 1);
  }

  [[nodiscard]] double ZoneBits(std::int64_t offset, std::int64_t at) const {
    const bool zoned = (from_ == ClockKind::kSnoop || from_ == ClockKind::kWall) &&
                       (to_ == ClockKind::kLogcat || to_ == ClockKind::kWall);
    if (!zoned) return 0;
    const std::int64_t shown = Difference(At(from_, at), At(to_, at + offset));
    if (std::abs(shown) > kZoneMaxUs + kZoneExactUs) return 0;
    std::int64_t off = std::abs(shown) % kQuarterUs;
    off = std::min(off, kQuarterUs - off);
    const double window = 2.0 * static_cast<double>(std::max(off, kZoneExactUs));
    return std::max(0.0, std::log2(static_cast<double>(kQuarterUs) / window));
  }

  std::vector<SharedMoment> a_, b_;
  ClockKind from_, to_;
  Classes classes_a_, classes_b_;
  std::vector<bool> may_be_same_;  // by class of a, then of b
  std::vector<Pair> pairs_;        // by delta
  bool too_many_ = false;
};

}  // namespace

std::int64_t WithoutYear(const AnyInstant& instant) {
  if (instant.clock != ClockKind::kSnoop && instant.clock != ClockKind::kWall) return instant.us;
  CivilTime civil = CivilFromMicros(instant.us);
  civil.year = 2000;
  return MicrosFromCivil(civil);
}

AnyInstant ClockMap::Map(const AnyInstant& instant) const {
  return instant.clock == from ? At(to, instant.us + offset_us) : AnyInstant();
}

std::string ClockMap::OffsetText(const AnyInstant& at) const {
  const std::int64_t shown = Difference(At(from, at.us), At(to, at.us + offset_us));
  // To a tenth of a second first, so that 59.97 s carries.
  const std::int64_t tenths = (std::abs(shown) + kSecond / 20) / (kSecond / 10);
  return fmt::format("{}{} h {} min {}.{} s", shown < 0 && tenths != 0 ? "-" : "+", tenths / 36'000,
                     tenths / 600 % 60, tenths / 10 % 60, tenths % 10);
}

ClockLink LinkClocks(std::span<const SharedMoment> a, ClockKind from,
                     std::span<const SharedMoment> b, ClockKind to) {
  return Linker(Tidy(a), from, Tidy(b), to).Link();
}

}  // namespace bk::evidence
