// Harm comes last, by the rules that stand in planner.h.
#include <algorithm>
#include <array>

#include "troubleshoot/plan/progress.h"

namespace bk::troubleshoot {

std::size_t Progress::LossOf(std::size_t fix) const {
  return static_cast<std::size_t>(tables().loss[fix]);
}

bool Progress::WorthItself(std::size_t fix) const {
  const Model& limits = *tables().limits;
  const double helps = Helps(fix);
  return helps > 0 && helps >= limits.least_chance[LossOf(fix)] * mass_ &&
         helps >= limits.outweighs_unknown[LossOf(fix)] * unknown_ &&
         helps * limits.give_up_minutes > tables().worth[fix] * mass_;
}

bool Progress::HoldsUp(std::size_t other, std::size_t fix) const {
  const std::size_t loss = LossOf(fix);
  if (LossOf(other) >= loss) return false;
  if (cautious_ && loss >= static_cast<std::size_t>(LossClass::kPairing) && WorthItself(other))
    return true;
  const double real = tables().limits->waits_for_chance[loss];
  // Harm can be spared only where the other makes the band work by itself.
  const double cures = Cures(other);
  if (cures <= 0) return false;
  if (cures >= real * mass_) return true;
  const double fails = mass_ - Cures(fix);
  if (cures < real * fails) return false;
  double both = 0;
  for (const Hypotheses::Reach& reach : hypotheses_->ReachOf(fix))
    both += chances_[reach.hypothesis] * reach.cures * hypotheses_->Cures(other, reach.hypothesis);
  return cures - both >= real * fails;
}

double Progress::MostCuredBelow(std::size_t loss) const {
  double most = 0;
  for (const std::size_t fix : fixes_)
    if (LossOf(fix) < loss) most = std::max(most, Cures(fix));
  return most;
}

// Most cases are decided by the best of the less harmful ones, without looking at each.
bool Progress::MustWait(std::size_t fix, double most_cured_below) const {
  const std::size_t loss = LossOf(fix);
  if (loss == 0) return false;
  if (!cautious_ || loss < static_cast<std::size_t>(LossClass::kPairing)) {
    const double real = tables().limits->waits_for_chance[loss];
    if (most_cured_below <= 0 || most_cured_below < real * (mass_ - Cures(fix))) return false;
    if (most_cured_below >= real * mass_) return true;
  }
  return std::ranges::any_of(fixes_, [&](std::size_t other) { return HoldsUp(other, fix); });
}

std::vector<std::size_t> Progress::Proposable() const {
  constexpr std::size_t kClasses = kLossClasses.size();
  std::array<double, kClasses> below{};
  for (const std::size_t fix : fixes_)
    for (std::size_t loss = LossOf(fix) + 1; loss < kClasses; ++loss)
      below[loss] = std::max(below[loss], Cures(fix));
  const auto waits = [&](std::size_t fix) { return MustWait(fix, below[LossOf(fix)]); };
  std::vector<std::size_t> may, rest;
  std::array<std::vector<std::size_t>, kClasses> waiting;
  for (const std::size_t fix : fixes_)
    (!WorthItself(fix) ? rest : waits(fix) ? waiting[LossOf(fix)] : may).push_back(fix);
  // What waits draws in what it waits for, and so on down.
  for (std::size_t loss = kClasses; loss-- > 1;) {
    if (waiting[loss].empty()) continue;
    const double real = tables().limits->waits_for_chance[loss];
    double most = 0;
    for (const std::size_t fix : waiting[loss]) most = std::max(most, Cures(fix));
    std::erase_if(rest, [&](std::size_t other) {
      const double cures = Cures(other);
      if (LossOf(other) >= loss || cures <= 0 || cures < real * (mass_ - most)) return false;
      if (cures < real * mass_ &&
          std::ranges::none_of(waiting[loss], [&](std::size_t fix) { return HoldsUp(other, fix); }))
        return false;
      (waits(other) ? waiting[LossOf(other)] : may).push_back(other);
      return true;
    });
  }
  std::ranges::sort(may);
  return may;
}

bool Progress::MayPropose(std::size_t fix) const {
  if (open_[fix] == 0 || std::ranges::find(fixes_, fix) == fixes_.end() ||
      MustWait(fix, MostCuredBelow(LossOf(fix))))
    return false;
  if (WorthItself(fix)) return true;
  const std::vector<std::size_t> may = Proposable();
  return std::ranges::binary_search(may, fix);
}

}  // namespace bk::troubleshoot
