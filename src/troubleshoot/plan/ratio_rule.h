// The rule that needs no search: fixes by what they gain over their price, tested together where
// that pays. Optimal for one fault, independent fixes and prices that do not depend on the place
// (Kadane and Simon; Heckerman, Breese and Rommelse); elsewhere the policy that search improves on.
#pragma once

#include <vector>

#include "troubleshoot/plan/progress.h"

namespace bk::troubleshoot {

// Fixes to be done in this order and tested once; empty = give up. Moves `progress` on as if they
// had failed, and adds their price times the chances that it is paid to `price`.
std::vector<std::size_t> TakeNextGroup(Progress& progress, double& price);

// Expected price of the rule's fixes in its order, given up where that is cheapest, times the mass.
double FixesOnlyCost(Progress progress);

}  // namespace bk::troubleshoot
