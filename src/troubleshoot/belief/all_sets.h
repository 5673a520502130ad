// For tests: small random models, and the plain sum over all sets of any size, straight from the
// definition in belief.h, with products of chances and no tables.
#pragma once

#include <cstdint>
#include <random>
#include <vector>

#include "troubleshoot/belief/belief.h"

namespace bk::troubleshoot::all_sets {

struct ModelKind {
  std::size_t causes_max = 10;
  std::size_t findings_max = 12;
  bool tempered = true;  // temperature and groups
  bool mimics = true;    // the unknown fault may look like a known one
};
Knowledge RandomKnowledge(std::mt19937& random, const ModelKind& kind);

// Hard and soft, seen and seen to be absent, by all kinds of sources; some findings not at all.
std::vector<evidence::Finding> RandomEvidence(std::mt19937& random, const Knowledge& knowledge);

// Bit c of a mask: cause c; the bit after the last cause: the unknown fault.
using Mask = std::uint32_t;

// P(finding | these faults), from the knowledge alone; chances lie off the floor.
double Chance(const Knowledge& knowledge, std::size_t finding, Mask faults);

struct Sum {
  std::vector<double> faults;  // by fault, the unknown one last: marginals
  std::vector<double> sets;    // by mask
  double beyond = 0;           // chance of more than three faults before any fix failed
};
// Over all sets of at most `most` faults, as a verdict reckons or as a plan does
// (BeliefModel::ForPlan). `failed`: indices into Knowledge::fixes.
Sum SumOf(const Knowledge& knowledge, const BeliefModel& model,
          std::span<const Observation> observations, const std::vector<std::size_t>& failed,
          std::size_t most, bool for_plan = false);

}  // namespace bk::troubleshoot::all_sets
