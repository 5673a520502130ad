#include "troubleshoot/population/walk.h"

#include <algorithm>
#include <string_view>
#include <vector>

namespace bk::troubleshoot {
namespace {

constexpr std::size_t kStepsMax = 400;  // more than there are fixes and questions; a stop for
                                        // policies that repeat themselves

// Where the owner is, and what getting somewhere else takes: knowledge.h, Cluster. Written on its
// own, not with the planner's prices, which are measured by it.
class Whereabouts {
 public:
  explicit Whereabouts(const Model& model) : model_(model) {}

  // Goes there; minutes that are saved because one is there already, wholly or in part.
  double Enter(std::string_view cluster) {
    std::vector<std::size_t> path;  // from the inside out
    for (std::string_view at = cluster; !at.empty() && path.size() < model_.clusters.size();) {
      const auto found = std::ranges::find(model_.clusters, at, &Cluster::id);
      if (found == model_.clusters.end()) break;
      path.push_back(static_cast<std::size_t>(found - model_.clusters.begin()));
      at = found->inside;
    }
    double saved = 0;
    for (const std::size_t place : path)
      if (std::ranges::find(here_, place) != here_.end()) saved += model_.clusters[place].minutes;
    here_ = std::move(path);
    return saved;
  }
  void Test() {
    while (!here_.empty() && !model_.clusters[here_.front()].survives_test)
      here_.erase(here_.begin());
  }

 private:
  const Model& model_;
  std::vector<std::size_t> here_;
};

}  // namespace

Walk CarryOut(const Population& population, const Owner& owner, Policy& policy) {
  const Knowledge& knowledge = population.knowledge();
  Walk walk;
  walk.seen.findings = owner.told;
  unsigned left = (1U << owner.faults.size()) - 1;  // faults that are still there, as bits
  Whereabouts at(knowledge.model);
  policy.Begin(walk.seen, owner.number);
  while (walk.steps.size() < kStepsMax && walk.minutes < population.world().patience_minutes) {
    const Choice choice = policy.Next(walk.seen);
    if (choice.kind == Choice::Kind::kGiveUp) break;
    walk.steps.push_back(choice);
    if (choice.kind == Choice::Kind::kAsk) {
      const FindingKind& kind = knowledge.findings[choice.index];
      // What is answered from memory is answered anywhere.
      const double saved = kind.cluster.empty() ? 0 : at.Enter(kind.cluster);
      walk.minutes += std::max(0.0, kind.minutes - saved);
      walk.hands_on += std::max(0.0, kind.minutes - saved);
      ++walk.questions;
      if (owner.answers[choice.index] == Answer::kDontKnow) {
        walk.seen.unanswered.push_back(choice.index);
        continue;
      }
      evidence::Finding finding;
      finding.id = kind.id;
      finding.value = owner.answers[choice.index] == Answer::kTrue;
      finding.source = evidence::SourceKind::kPerson;
      walk.seen.findings.push_back(std::move(finding));
      continue;
    }
    std::vector<std::size_t> done = {choice.index};
    done.insert(done.end(), choice.more.begin(), choice.more.end());
    double test = 0;  // of what is done together, the longest
    for (const std::size_t x : done) {
      const Fix& fix = knowledge.fixes[x];
      const unsigned cured = left & owner.cures[x];
      left &= ~cured;
      const double saved = at.Enter(fix.cluster);
      test = std::max(test, fix.test_minutes);
      walk.minutes += std::max(0.0, fix.minutes - fix.test_minutes - saved);
      walk.hands_on += std::max(0.0, fix.hands_on - saved);
      ++walk.fixes;
      ++walk.by_loss[static_cast<std::size_t>(fix.loss)];
      if (fix.loss >= LossClass::kPairing) {
        ++walk.lossy;
        if (cured == 0) ++walk.needless_lossy;
      }
    }
    walk.minutes += test;
    at.Test();
    if (left == 0) {
      walk.cured = true;
      break;
    }
    walk.seen.failed.insert(walk.seen.failed.end(), done.begin(), done.end());
  }
  return walk;
}

}  // namespace bk::troubleshoot
