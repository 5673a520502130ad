// Whether what is believed is so as often as it is believed, and what becomes of faults that nobody
// knows.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "read_worlds.h"
#include "troubleshoot/belief/belief.h"
#include "troubleshoot/plan/planner.h"
#include "troubleshoot/verdict.h"

namespace bk::bench {

struct Bin {
  double believed = 0;
  int so = 0, all = 0;
};
using Bins = std::array<Bin, 10>;

// What verdicts come to, against the truth.
struct Verdicts {
  int cases = 0;
  int cannot_tell = 0, layer = 0, cause = 0, sure = 0, healthy = 0, no_trouble = 0;
  int sure_and_wrong = 0;  // a sure verdict whose cause is none of the faults
  int cause_right = 0;     // a cause is named, and it is one of the faults
  int with_lossy = 0;      // cases with a step that cost the pairing or more
  int with_data = 0;       // cases with a step that can lose data of app or band
};

struct Reliability {
  std::string world_id;
  Bins faults;            // of every cause and the unknown fault, given that something is wrong
  Bins likeliest;         // of the likeliest of them alone
  Bins health;            // that nothing is wrong
  double brier = 0;       // per case: sum over causes and the unknown fault of (chance - truth)^2
  double brier_base = 0;  // the same of somebody who knows only how often each fault comes
  double health_brier = 0;
  int top_right = 0, faulty = 0;
  Verdicts known, unknown,
      mimics;  // at the start: faults of the knowledge; others; those that mimic
  Verdicts unknown_end, mimics_end;  // where the policy ended
  Verdicts well;                     // owners of working bands
};

Reliability Measure(const troubleshoot::BeliefModel& model, const troubleshoot::Planner& planner,
                    const WorldKind& kind, int people, std::uint64_t seed);

void PrintSideBySide(const std::vector<Reliability>& worlds);

}  // namespace bk::bench
