// The data of knowledge/ through the real loader, and what the belief makes of plain evidence. For
// tests alone.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "evidence/evidence.h"
#include "troubleshoot/belief/belief.h"

namespace bk::troubleshoot {

const std::string& SourceRoot();

// Ends the program when it does not load.
const Knowledge& TheKnowledge();

// The lines of a JSONL file below the source's root.
std::vector<nlohmann::json> Lines(const std::string& path);

evidence::Finding Said(const std::string& id, bool value, evidence::SourceKind source);

// What a person says: {"location_off": true}. Ids must be known.
std::vector<evidence::Finding> SaidAll(const BeliefModel& model, const nlohmann::json& findings);

struct Ranking {
  std::vector<std::string> causes;    // likeliest first, without none_of_these
  std::vector<std::string> best_set;  // causes of the likeliest set of faults, sorted
  std::string layer;                  // with the largest sum
  std::string text;                   // the first few, for messages
};
Ranking Rank(const BeliefModel& model, const std::vector<evidence::Finding>& findings);

}  // namespace bk::troubleshoot
