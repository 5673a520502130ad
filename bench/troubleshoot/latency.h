// How long belief and next step take, with every cause of the knowledge.
#pragma once

#include <cstdint>

#include "read_worlds.h"
#include "troubleshoot/belief/belief.h"
#include "troubleshoot/plan/planner.h"

namespace bk::bench {

void PrintLatency(const troubleshoot::BeliefModel& model, const troubleshoot::Planner& planner,
                  const WorldKind& kind, int people, std::uint64_t seed);

}  // namespace bk::bench
