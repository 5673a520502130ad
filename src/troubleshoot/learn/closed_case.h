// Cases whose cause is known, to learn from and to be measured with.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "evidence/evidence.h"

namespace bk::troubleshoot {

// How a finding of a closed case came to be there. What is not listed is not known, whoever told
// the case: reporters mention what is striking, readers read what they were given.
enum class HowKnown : std::uint8_t {
  kTold,     // somebody chose to mention it
  kRead,     // a reader established it, whichever way it was
  kDeduced,  // inferred afterwards from the solution: never learned from, else cause proves cause
};

struct CaseFinding {
  std::string id;
  bool value = true;
  evidence::SourceKind source = evidence::SourceKind::kPerson;
  HowKnown known = HowKnown::kTold;
};

struct ClosedCase {
  std::string id;
  std::string cause;  // id of a cause
  std::vector<CaseFinding> findings;
  std::string cured_by;  // id of the fix that ended it; empty: none did, or none of ours fits
};

// The evidence as the belief takes it, with or without what was only deduced.
std::vector<evidence::Finding> EvidenceOf(const ClosedCase& closed, bool with_deduced);

}  // namespace bk::troubleshoot
