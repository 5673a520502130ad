#include "troubleshoot/learn/closed_case.h"

namespace bk::troubleshoot {

std::vector<evidence::Finding> EvidenceOf(const ClosedCase& closed, bool with_deduced) {
  std::vector<evidence::Finding> findings;
  for (const CaseFinding& known : closed.findings) {
    if (known.known == HowKnown::kDeduced && !with_deduced) continue;
    evidence::Finding finding;
    finding.id = known.id;
    finding.value = known.value;
    finding.source = known.source;
    findings.push_back(std::move(finding));
  }
  return findings;
}

}  // namespace bk::troubleshoot
