#include "troubleshoot/population/walk.h"

namespace bk::troubleshoot {
namespace {

constexpr std::size_t kStepsMax = 400;  // more than there are fixes and questions; a stop for
                                        // policies that repeat themselves

}  // namespace

Walk CarryOut(const Population& population, const Owner& owner, Policy& policy) {
  const Knowledge& knowledge = population.knowledge();
  Walk walk;
  walk.seen.findings = owner.told;
  unsigned left = (1U << owner.faults.size()) - 1;  // faults that are still there, as bits
  policy.Begin(walk.seen, owner.number);
  while (walk.steps.size() < kStepsMax && walk.minutes < population.world().patience_minutes) {
    const Choice choice = policy.Next(walk.seen);
    if (choice.kind == Choice::Kind::kGiveUp) break;
    walk.steps.push_back(choice);
    if (choice.kind == Choice::Kind::kAsk) {
      const FindingKind& kind = knowledge.findings[choice.index];
      walk.minutes += kind.minutes;
      walk.hands_on += kind.minutes;
      ++walk.questions;
      if (owner.answers[choice.index] == Answer::kDontKnow) {
        walk.seen.unanswered.push_back(choice.index);
        continue;
      }
      evidence::Finding finding;
      finding.id = kind.id;
      finding.value = owner.answers[choice.index] == Answer::kYes;
      finding.source = evidence::SourceKind::kPerson;
      walk.seen.findings.push_back(std::move(finding));
      continue;
    }
    std::vector<std::size_t> done = {choice.index};
    done.insert(done.end(), choice.more.begin(), choice.more.end());
    for (const std::size_t x : done) {
      const Fix& fix = knowledge.fixes[x];
      const unsigned cured = left & owner.cures[x];
      left &= ~cured;
      walk.minutes += fix.minutes;
      walk.hands_on += fix.hands_on;
      ++walk.fixes;
      ++walk.by_loss[static_cast<std::size_t>(fix.loss)];
      if (fix.loss >= LossClass::kPairing) {
        ++walk.lossy;
        if (cured == 0) ++walk.needless_lossy;
      }
    }
    if (left == 0) {
      walk.cured = true;
      break;
    }
    walk.seen.failed.insert(walk.seen.failed.end(), done.begin(), done.end());
  }
  return walk;
}

}  // namespace bk::troubleshoot
