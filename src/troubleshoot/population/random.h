// Seeded chance that gives the same on every machine: std's distributions differ between libraries.
#pragma once

#include <cmath>
#include <cstdint>
#include <initializer_list>
#include <numbers>

namespace bk::troubleshoot {

// SplitMix64 (Steele, Lea, Flood 2014). Streams with different keys are independent, so that what
// one draws does not shift another.
class Random {
 public:
  // For example {seed, number of the owner, what is drawn}.
  explicit Random(std::initializer_list<std::uint64_t> key) {
    for (const std::uint64_t part : key) state_ = Next() ^ (part * kGolden);
    Next();
  }

  std::uint64_t Next() {
    std::uint64_t z = state_ += kGolden;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9U;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebU;
    return z ^ (z >> 31);
  }
  double Uniform() { return static_cast<double>(Next() >> 11) * 0x1p-53; }  // [0, 1)
  double Uniform(double low, double high) { return low + (high - low) * Uniform(); }
  bool Happens(double chance) { return Uniform() < chance; }
  std::uint64_t Below(std::uint64_t n) {  // n > 0, small against 2^53
    return static_cast<std::uint64_t>(Uniform() * static_cast<double>(n));
  }
  double Normal() {  // mean 0, deviation 1
    const double radius = std::sqrt(-2 * std::log(1 - Uniform()));
    return radius * std::cos(2 * std::numbers::pi * Uniform());
  }

 private:
  static constexpr std::uint64_t kGolden = 0x9e3779b97f4a7c15U;
  std::uint64_t state_ = 0;
};

}  // namespace bk::troubleshoot
