// Chances that a seed decides: for simulations, never for secrets.
#pragma once

#include <cstdint>

namespace bk {

// splitmix64 (Steele, Lea, Flood 2014). A value: a copy draws the same numbers again.
class Random {
 public:
  explicit constexpr Random(std::uint64_t seed = 0) : state_(seed) {}
  constexpr std::uint64_t Next() { return Mix(state_ += 0x9e37'79b9'7f4a'7c15ULL); }
  // Both included; `high` is at least `low`.
  constexpr std::int64_t Between(std::int64_t low, std::int64_t high) {
    return low + static_cast<std::int64_t>(Next() % static_cast<std::uint64_t>(high - low + 1));
  }
  // True with this probability. 0 and 1 draw nothing, so that a fault that is off changes no seed.
  constexpr bool Chance(double probability) {
    if (probability <= 0) return false;
    if (probability >= 1) return true;
    return static_cast<double>(Next() >> 11) * 0x1p-53 < probability;
  }
  // The number of splitmix64 that belongs to `z`: a hash of small integers.
  static constexpr std::uint64_t Mix(std::uint64_t z) {
    z = (z ^ z >> 30) * 0xbf58'476d'1ce4'e5b9ULL;
    z = (z ^ z >> 27) * 0x94d0'49bb'1331'11ebULL;
    return z ^ z >> 31;
  }
  friend bool operator==(const Random&, const Random&) = default;

 private:
  std::uint64_t state_;
};

}  // namespace bk
