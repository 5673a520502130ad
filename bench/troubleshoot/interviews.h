// How interviews end, with people who tell the truth, err or do not know.
#pragma once

#include <cstdint>
#include <vector>

#include "read_worlds.h"
#include "troubleshoot/belief/belief.h"

namespace bk::bench {

void PrintInterviews(const troubleshoot::BeliefModel& model, const std::vector<WorldKind>& worlds,
                     int people, std::uint64_t seed);

}  // namespace bk::bench
