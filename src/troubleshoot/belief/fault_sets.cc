#include "troubleshoot/belief/fault_sets.h"

#include <algorithm>

namespace bk::troubleshoot {

FaultSet::FaultSet(std::initializer_list<std::size_t> faults) {
  for (const std::size_t fault : faults) Add(fault);
}

bool FaultSet::Has(std::size_t fault) const {
  return std::ranges::find(Members(), fault) != Members().end();
}

FaultSet FaultSet::Without(std::size_t fault) const {
  FaultSet left;
  for (const std::uint16_t member : Members())
    if (member != fault) left.members[left.size++] = member;
  return left;
}

void FaultSet::Add(std::size_t fault) {
  if (size == kMost) return;
  members[size++] = static_cast<std::uint16_t>(fault);
  std::sort(members.begin(), members.begin() + size);
}

std::size_t SetOrder::IndexOf(const FaultSet& set) const {
  const auto& m = set.members;
  if (set.size == 1) return m[0];
  return set.size == 2 ? Pair(m[0], m[1]) : Triple(m[0], m[1], m[2]);
}

FaultSet SetOrder::SetAt(std::size_t index) const {
  if (index < faults_) return {index};
  std::size_t c = 0;
  const bool three = index >= FirstTriple();
  std::size_t left = index - (three ? FirstTriple() : FirstPair());
  if (three) {
    while (Triples(c + 1) <= left) ++c;
    left -= Triples(c);
  }
  std::size_t b = 0;
  while (Pairs(b + 1) <= left) ++b;
  const std::size_t a = left - Pairs(b);
  return three ? FaultSet{a, b, c} : FaultSet{a, b};
}

}  // namespace bk::troubleshoot
