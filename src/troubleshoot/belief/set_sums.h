// The weights of all sets of at most three faults under given observations. Of this folder alone.
//
// Of an observation a set feels only the members that the observation speaks of. So a set's weight
// is the sum of its single members', of what its pairs add to them, and of what its triples add to
// that (inclusion and exclusion); pairs and triples are worked through only among the causes of one
// observation, which are few. The rest is one pass over all sets.
//
// Beside them stands how much any further fault can add to larger sets. Write L = y p + n (1 - p)
// for the reports on one sign, 1 - p = (1 - leak R) Q = u. Let B be any set and c not in it.
//
// - c spares with q < 1: u becomes q u, and L falls from y + (n - y) u to y + (n - y) q u. For
//   y <= n that is at most a factor 1. For y > n the factor (y - (y - n) q u) / (y - (y - n) u)
//   grows with u. A set that holds `a` has Q <= spares(a), and R is no less than the product of
//   all that lower the sign, so u <= (1 - leak R_all) spares(a).
// - c lowers with r < 1: u grows to (1 - leak R r) Q. For y >= n that is at most a factor 1. For
//   y < n the factor (y + (n - y)(1 - leak R r) Q) / (y + (n - y)(1 - leak R) Q) grows with Q and
//   with R, and a set that holds `a` has Q <= spares(a), R <= lowers(a).
//
// So the product over all observations, each to the power of its share, is at most Gain(c, a) for
// every set that holds a.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "troubleshoot/belief/belief.h"
#include "troubleshoot/belief/fault_sets.h"

namespace bk::troubleshoot {

class BeliefModel::SetSums {
 public:
  SetSums(const BeliefModel& model, std::span<const Observation> observations, bool with_gains);

  [[nodiscard]] const SetOrder& order() const { return order_; }

  // Weights of all sets in their order (of the single ones alone where second_fault = 0), scaled so
  // that the largest is 1. Returns the scale's logarithm.
  // Once: the sums are used up by it.
  double TakeWeights(std::vector<double>& weights);

  // See Belief::alike.
  [[nodiscard]] std::vector<double> Alike() const;

  // The most that fault c can multiply the weight of any set that holds fault a; its prior is in
  // it.
  [[nodiscard]] double Gain(std::size_t c, std::size_t a) const;

 private:
  // What many observations of the same share multiply, so that one logarithm does for them all.
  struct Bunch {
    double share = 0;
    double log_range = 0;         // no factor is farther from 1
    std::vector<double> triples;  // in the order of triples
    std::vector<double> gains;    // at context * m + fault
  };
  struct Likely;

  void Add(const Observation& observation, double share);
  void AddPairs(const Sign& sign, const Likely& likely, double share);
  void AddTriples(const Sign& sign, const Likely& likely);
  void AddGains(const Sign& sign, const Likely& likely);
  void Flush();

  const BeliefModel& model_;
  SetOrder order_;
  std::size_t m_;
  double further_;
  bool with_gains_;
  std::vector<double> single_;  // logarithms, by fault
  std::vector<double> alike_;   // of an unknown fault that looks like the cause, likewise
  std::vector<double> pair_;    // what the pair adds, at larger * m + smaller
  // In the order of sets; until TakeWeights of triples alone, and what each adds.
  std::vector<double> weights_;
  std::vector<double> gain_;          // by fault, in any set
  std::vector<double> context_gain_;  // what a context takes off that, at context * m + fault
  Bunch bunch_;
  std::vector<double> one_, two_;  // of the observation at hand: by part, by pair of parts
};

// How much better the evidence fits an unknown fault that looks like a known one with the chance
// `mimics` than one that never does.
double Looks(std::span<const double> alike, double mimics);

}  // namespace bk::troubleshoot
