// Policies on the same owners with the same luck.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "read_worlds.h"
#include "troubleshoot/belief/belief.h"
#include "troubleshoot/plan/planner.h"
#include "troubleshoot/population/walk.h"

namespace bk::bench {

struct PolicyWalks {
  std::string name;
  std::vector<troubleshoot::Walk> walks;  // by owner
};

struct Comparison {
  std::string world_id, world_title;
  std::vector<troubleshoot::Owner> owners;  // all of them have a fault
  std::vector<PolicyWalks> policies;        // bandkeeper first, the guide second
};

// `people` owners with a fault, spread over the world's draws; each policy of policies.h.
Comparison Compare(const troubleshoot::BeliefModel& model, const troubleshoot::Planner& planner,
                   const WorldKind& kind, int people, std::uint64_t seed);

void Print(const Comparison& comparison, const troubleshoot::Model& model);

}  // namespace bk::bench
