// Small problems whose best policy is found by dynamic programming over all fixes done in vain and
// all answers: peers.md, C4.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace bk::bench {

// One fault, which is one of the causes.
struct SmallProblem {
  struct Act {
    double minutes = 0;
    std::vector<double> chance;  // by cause: fix: that it cures; question: that it is answered yes
  };
  std::vector<double> priors;
  std::vector<Act> fixes, questions;
  double give_up = 0;
};

struct SmallResult {  // expected minutes
  double optimum = 0, without_questions = 0;
  double bandkeeper = 0, bound = 0;
  double cheapest = 0, likeliest = 0, efficient = 0, random = 0;  // fixed orders
};

SmallProblem VomlelsToy();
enum class Family { kOneFixPerCause, kSeveralFixes, kSkewedPriors };
SmallProblem RandomProblem(Family family, std::uint64_t seed);

SmallResult Solve(const SmallProblem& problem);

void PrintExact(int problems, std::uint64_t seed);

}  // namespace bk::bench
