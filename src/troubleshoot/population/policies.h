// Ways to go about it, to measure against each other.
#pragma once

#include <memory>
#include <vector>

#include "troubleshoot/belief/belief.h"
#include "troubleshoot/plan/planner.h"
#include "troubleshoot/population/walk.h"

namespace bk::troubleshoot {

// What bandkeeper does: belief, verdict and plan anew after each step, with the limits of `doctor`.
std::unique_ptr<Policy> Bandkeeper(const BeliefModel& model, const Planner& planner);
// The troubleshooting guide (knowledge/guide_order.h), its branches by what the owner told.
std::unique_ptr<Policy> TheGuide(const BeliefModel& model);
// Every fix once, by its minutes.
std::unique_ptr<Policy> CheapestFirst(const BeliefModel& model);
// By the chance to cure, believed anew after each failure; neither minutes nor harm count.
std::unique_ptr<Policy> LikeliestFirst(const BeliefModel& model);
// By lot.
std::unique_ptr<Policy> AtRandom(const BeliefModel& model, std::uint64_t seed);

// All of the above, Bandkeeper first and TheGuide second. They keep references to their arguments.
std::vector<std::unique_ptr<Policy>> AllPolicies(const BeliefModel& model, const Planner& planner,
                                                 std::uint64_t seed);

}  // namespace bk::troubleshoot
