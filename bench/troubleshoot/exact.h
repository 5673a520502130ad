// The planner against the best policy of small problems, which dynamic programming over all fixes
// done in vain and all answers finds; and against fixed orders.
#pragma once

#include <cstdint>

#include "troubleshoot/plan/small_problem.h"

namespace bk::bench {

struct SmallResult {  // expected minutes
  double optimum = 0, without_questions = 0;
  double bandkeeper = 0, one_step = 0, bound = 0;
  double cheapest = 0, likeliest = 0, efficient = 0, random = 0;  // fixed orders
};

enum class Family { kOneFixPerCause, kSeveralFixes, kSkewedPriors };
troubleshoot::SmallProblem RandomProblem(Family family, std::uint64_t seed);

SmallResult Solve(const troubleshoot::SmallProblem& problem);

void PrintExact(int problems, std::uint64_t seed);

}  // namespace bk::bench
