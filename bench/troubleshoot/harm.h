// What caution about unknown faults costs those whose fault is known.
#pragma once

#include <cstdint>
#include <vector>

#include "read_worlds.h"
#include "troubleshoot/belief/belief.h"
#include "troubleshoot/plan/planner.h"

namespace bk::bench {

void PrintHarm(const troubleshoot::BeliefModel& model, const troubleshoot::Planner& planner,
               const std::vector<WorldKind>& worlds, int people, std::uint64_t seed,
               std::size_t work);

}  // namespace bk::bench
