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
  if (!tables().Milder(other, fix)) return false;
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

// Most cases are decided by the best of the less harmful ones, without looking at each.
// `below`: the largest chance of a fix of a lower class.
bool Progress::MustWait(std::size_t fix, double below) const {
  const std::size_t loss = LossOf(fix);
  if (loss == 0) return false;
  if (!cautious_ || loss < static_cast<std::size_t>(LossClass::kPairing)) {
    for (const std::size_t other : tables().milder_of_class[fix])
      if (open_[other] != 0) below = std::max(below, Cures(other));
    const double real = tables().limits->waits_for_chance[loss];
    if (below <= 0 || below < real * (mass_ - Cures(fix))) return false;
    if (below >= real * mass_) return true;
  }
  return std::ranges::any_of(fixes_, [&](std::size_t other) { return HoldsUp(other, fix); });
}

const std::vector<std::size_t>& Progress::Proposable() const {
  if (judged_) return may_;
  judged_ = true;
  may_.clear();
  constexpr std::size_t kClasses = kLossClasses.size();
  const PlanTables& known = tables();
  std::array<double, kClasses> below{};
  for (const std::size_t fix : fixes_)
    if (const std::size_t above = LossOf(fix) + 1; above < kClasses)
      below[above] = std::max(below[above], Cures(fix));
  std::array<double, kClasses> least{};
  for (std::size_t loss = 0; loss < kClasses; ++loss) {
    if (loss > 0) below[loss] = std::max(below[loss], below[loss - 1]);
    least[loss] = std::max(known.limits->least_chance[loss] * mass_,
                           known.limits->outweighs_unknown[loss] * unknown_);
  }
  const auto waits = [&](std::size_t fix) { return MustWait(fix, below[LossOf(fix)]); };
  const double give_up = known.limits->give_up_minutes;
  std::array<std::vector<std::size_t>, kClasses> waiting;
  bool some_wait = false;
  const auto worth = [&](std::size_t fix) {
    const double helps = sums_[fix].helps;
    return helps > 0 && helps >= least[LossOf(fix)] && helps * give_up > known.worth[fix] * mass_;
  };
  for (const std::size_t fix : fixes_) {
    if (!worth(fix)) continue;
    if (waits(fix)) {
      waiting[LossOf(fix)].push_back(fix);
      some_wait = true;
    } else {
      may_.push_back(fix);
    }
  }
  if (!some_wait) return may_;
  std::vector<std::size_t> rest;
  for (const std::size_t fix : fixes_)
    if (!worth(fix)) rest.push_back(fix);
  // What waits draws in what it waits for, and so on down.
  for (std::size_t loss = kClasses; loss-- > 1;) {
    if (waiting[loss].empty()) continue;
    const double real = known.limits->waits_for_chance[loss];
    double most = 0;
    for (const std::size_t fix : waiting[loss]) most = std::max(most, Cures(fix));
    const std::vector<std::size_t> here = waiting[loss];  // of its class only milder ones are added
    std::erase_if(rest, [&](std::size_t other) {
      const double cures = Cures(other);
      if (LossOf(other) > loss || cures <= 0 || cures < real * (mass_ - most)) return false;
      if ((cures < real * mass_ || LossOf(other) == loss) &&
          std::ranges::none_of(here, [&](std::size_t fix) { return HoldsUp(other, fix); }))
        return false;
      (waits(other) ? waiting[LossOf(other)] : may_).push_back(other);
      return true;
    });
    // What the added ones wait for in turn.
    if (waiting[loss].size() > here.size()) ++loss;
  }
  std::ranges::sort(may_);
  return may_;
}

// What is worth it by itself is proposed unless it waits: no need to judge all the others.
bool Progress::MayPropose(std::size_t fix) const {
  if (judged_ || !std::ranges::binary_search(fixes_, fix) || !WorthItself(fix))
    return std::ranges::binary_search(Proposable(), fix);
  double below = 0;
  for (const std::size_t other : fixes_)
    if (LossOf(other) < LossOf(fix)) below = std::max(below, Cures(other));
  return !MustWait(fix, below);
}

}  // namespace bk::troubleshoot
