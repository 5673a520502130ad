// What caution about unknown faults costs those whose fault is known.
#pragma once

#include <cstdint>
#include <vector>

#include "read_worlds.h"
#include "troubleshoot/belief/belief.h"
#include "troubleshoot/plan/planner.h"

namespace bk::bench {

struct HarmTally {
  int cases = 0, cured = 0, lossy = 0, needless = 0;
  int with_pairing = 0, with_data = 0;  // cases with a step of the class or worse
  int named = 0, sure = 0;              // at the start, wrongly
  int cannot_tell = 0;                  // at the end
  double cost = 0;                      // minutes, with those of giving up

  [[nodiscard]] double Share(double part) const { return cases == 0 ? 0 : part / cases; }
};

struct Harm {
  HarmTally known, unknown, mimics;  // mimics: unknown faults that look like a known one
};

// Two in five owners have an unknown fault.
Harm MeasureHarm(const troubleshoot::BeliefModel& model, const troubleshoot::Planner& planner,
                 const WorldKind& kind, int people, std::uint64_t seed);

void PrintHarm(const troubleshoot::BeliefModel& model, const troubleshoot::Planner& planner,
               const std::vector<WorldKind>& worlds, int people, std::uint64_t seed);

}  // namespace bk::bench
