// Several faults at once: a hypothesis is a set of one to three faults out of all causes and the
// unknown fault (none_of_these). docs/design/0002-several-faults.md.
#pragma once

#include <array>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <span>
#include <vector>

namespace bk::troubleshoot {

struct FaultSet {
  static constexpr std::size_t kMost = 3;

  // Indices into Knowledge::causes, ascending; causes.size() is the unknown fault. The rest is 0.
  std::array<std::uint16_t, kMost> members{};
  std::uint8_t size = 0;

  FaultSet() = default;
  // At most kMost of them, in any order, each once.
  FaultSet(std::initializer_list<std::size_t> faults);

  [[nodiscard]] std::span<const std::uint16_t> Members() const { return {members.data(), size}; }
  [[nodiscard]] bool Has(std::size_t fault) const;
  [[nodiscard]] FaultSet Without(std::size_t fault) const;
  void Add(std::size_t fault);  // not when it is full

  friend auto operator<=>(const FaultSet&, const FaultSet&) = default;
};

// All that a fix may do to a set of `size` faults, each cured by itself: visit(gone, chance) for
// every outcome that can be, with bit i of `gone` for the i-th member cured.
template <class Visit>
void ForEachOutcome(std::size_t size, const std::array<double, FaultSet::kMost>& cured,
                    const std::array<double, FaultSet::kMost>& stays, Visit visit) {
  for (unsigned gone = 0; gone < 1U << size; ++gone) {
    double chance = 1;
    for (std::size_t i = 0; i < size; ++i) chance *= (gone >> i & 1U) != 0 ? cured[i] : stays[i];
    if (chance > 0) visit(gone, chance);
  }
}

struct SetChance {
  FaultSet set;
  double chance = 0;
};

// All sets of one to three out of `faults` faults, in a fixed order: first the single ones, then
// pairs, then triples, each in colexicographic order, so that sets that differ in their smallest
// member stand side by side.
class SetOrder {
 public:
  explicit SetOrder(std::size_t faults) : faults_(faults) {}

  [[nodiscard]] std::size_t faults() const { return faults_; }
  [[nodiscard]] std::size_t FirstPair() const { return faults_; }
  [[nodiscard]] std::size_t FirstTriple() const { return faults_ + Pairs(faults_); }
  [[nodiscard]] std::size_t count() const { return FirstTriple() + Triples(faults_); }

  // With a < b < c.
  [[nodiscard]] std::size_t Pair(std::size_t a, std::size_t b) const {
    return FirstPair() + Pairs(b) + a;
  }
  [[nodiscard]] std::size_t Triple(std::size_t a, std::size_t b, std::size_t c) const {
    return FirstTriple() + Triples(c) + Pairs(b) + a;
  }
  [[nodiscard]] std::size_t IndexOf(const FaultSet& set) const;  // size 1 to 3
  [[nodiscard]] FaultSet SetAt(std::size_t index) const;         // index < count()

  static constexpr std::size_t Pairs(std::size_t n) { return n * (n - (n > 0 ? 1 : 0)) / 2; }
  static constexpr std::size_t Triples(std::size_t n) {
    return n < 3 ? 0 : n * (n - 1) * (n - 2) / 6;
  }

 private:
  std::size_t faults_;
};

}  // namespace bk::troubleshoot
