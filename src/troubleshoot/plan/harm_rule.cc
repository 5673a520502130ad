// Harm comes last: which fixes may be proposed at all. A constraint, whatever the prices say.
#include <algorithm>

#include "troubleshoot/plan/progress.h"

namespace bk::troubleshoot {

std::size_t Progress::LossOf(std::size_t fix) const {
  return static_cast<std::size_t>(tables().loss[fix]);
}

bool Progress::Worthwhile(std::size_t fix, double helps, double mass) const {
  const Model& limits = *tables().limits;
  return helps > 0 && helps >= limits.least_chance[LossOf(fix)] * mass &&
         helps * limits.give_up_minutes > tables().worth[fix] * mass;
}

bool Progress::MustWait(std::size_t fix) const {
  return LossOf(fix) != 0 &&
         std::ranges::any_of(fixes_, [&](std::size_t other) { return HoldsUp(other, fix); });
}

bool Progress::HoldsUp(std::size_t other, std::size_t fix) const {
  const std::size_t loss = LossOf(fix);
  if (LossOf(other) >= loss) return false;
  const bool all = cautious_ && loss >= static_cast<std::size_t>(LossClass::kPairing);
  const double real = all ? 0 : tables().limits->waits_for_chance[loss];
  // Harm can be spared only where the other makes the band work by itself.
  const double cures = Cures(other);
  if (cures >= real * mass_ && Worthwhile(other, cures, mass_)) return true;
  const double mass_after = mass_ - Cures(fix);
  // What both cure only lowers it.
  if (cures < real * mass_after || !Worthwhile(other, cures, mass_after)) return false;
  double both = 0;
  for (const Hypotheses::Reach& reach : hypotheses_->ReachOf(fix))
    both += chances_[reach.hypothesis] * reach.cures * hypotheses_->Cures(other, reach.hypothesis);
  const double after = cures - both;
  return after >= real * mass_after && Worthwhile(other, after, mass_after);
}

bool Progress::HoldsUpAll(std::size_t fix) const {
  if (Helps(fix) <= 0 || MustWait(fix)) return false;
  bool holds = false;
  for (const std::size_t other : fixes_) {
    if (!Worthwhile(other, Helps(other), mass_)) continue;
    if (!MustWait(other)) return false;
    holds = holds || HoldsUp(fix, other);
  }
  return holds;
}

bool Progress::MayPropose(std::size_t fix) const {
  if (open_[fix] == 0 || std::ranges::find(fixes_, fix) == fixes_.end()) return false;
  if (Worthwhile(fix, Helps(fix), mass_)) return !MustWait(fix);
  return HoldsUpAll(fix);
}

std::vector<std::size_t> Progress::Proposable() const {
  std::vector<std::size_t> may;
  bool some_wait = false;
  for (const std::size_t fix : fixes_) {
    if (!Worthwhile(fix, Helps(fix), mass_)) continue;
    if (MustWait(fix))
      some_wait = true;
    else
      may.push_back(fix);
  }
  if (may.empty() && some_wait)
    for (const std::size_t fix : fixes_)
      if (HoldsUpAll(fix)) may.push_back(fix);
  return may;
}

}  // namespace bk::troubleshoot
