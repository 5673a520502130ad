#include "troubleshoot/plan/progress.h"

#include <algorithm>
#include <numeric>

#include "troubleshoot/plan/planner.h"

namespace bk::troubleshoot {
namespace {

constexpr double kNothing = 1e-12;  // of the mass: what is left of sums that cancelled

}  // namespace

Progress::Progress(const Situation& situation)
    : hypotheses_(situation.hypotheses.get()),
      chances_(situation.chances),
      open_(situation.fix_open),
      cautious_(situation.cautious),
      place_(situation.place),
      sums_(situation.fix_open.size()) {
  for (std::size_t fix = 0; fix < open_.size(); ++fix)
    if (open_[fix] != 0) fixes_.push_back(fix);
  for (std::size_t q = 0; q < situation.question_open.size(); ++q)
    if (situation.question_open[q] != 0 && hypotheses_->CanAsk(q)) questions_.push_back(q);
  Refresh();
}

void Progress::Refresh() {
  judged_ = false;
  mass_ = std::accumulate(chances_.begin(), chances_.end(), 0.0);
  unknown_ = 0;
  for (std::size_t h = 0; h < chances_.size(); ++h)
    if (!hypotheses_->curable(h)) unknown_ += chances_[h];
  for (const std::size_t fix : fixes_) {
    Sums sums;
    for (const Hypotheses::Reach& reach : hypotheses_->ReachOf(fix)) {
      const double chance = chances_[reach.hypothesis];
      sums.cures += chance * reach.cures;
      sums.helps += chance * reach.helps;
      sums.gains += chance * reach.gains;
    }
    sums_[fix] = sums;
  }
  std::erase_if(fixes_, [&](std::size_t fix) { return sums_[fix].helps <= kNothing * mass_; });
}

void Progress::Fail(std::size_t fix) {
  judged_ = false;
  const auto add = [&](std::size_t h, double chance) {
    chances_[h] += chance;
    for (const Hypotheses::Back& back : hypotheses_->FixesOf(h)) {
      Sums& sums = sums_[back.fix];
      sums.cures += chance * back.cures;
      sums.helps += chance * back.helps;
      sums.gains += chance * back.gains;
    }
  };
  // Smaller sets first: larger ones still hold what they held before.
  for (const Hypotheses::Reach& reach : hypotheses_->ReachOf(fix)) {
    const double chance = chances_[reach.hypothesis];
    if (chance <= 0) continue;
    mass_ -= chance * reach.cures;
    add(reach.hypothesis, -chance * (1 - reach.stays));
    for (const Hypotheses::Move& move : hypotheses_->MovesOf(reach))
      add(move.to, chance * move.chance);
  }
  mass_ = std::max(mass_, 0.0);
  open_[fix] = 0;
  std::erase_if(fixes_, [&](std::size_t other) {
    return other == fix || sums_[other].helps <= kNothing * mass_;
  });
}

double Progress::YesMass(std::size_t question) const {
  const std::span<const double> yes = hypotheses_->Yes(question);
  return std::inner_product(chances_.begin(), chances_.end(), yes.begin(), 0.0);
}

void Progress::Answer(std::size_t question, bool yes) {
  const std::span<const double> says_yes = hypotheses_->Yes(question);
  for (std::size_t h = 0; h < chances_.size(); ++h)
    chances_[h] *= yes ? says_yes[h] : 1 - says_yes[h];
  const BeliefModel& model = *tables().model;
  const auto [first, turned] = model.CanonicalOf(question);
  std::erase_if(questions_,
                [&, same = first](std::size_t q) { return model.CanonicalOf(q).finding == same; });
  for (const std::size_t fix :
       (yes != turned ? tables().closed_by_yes : tables().closed_by_no)[first])
    open_[fix] = 0;
  std::erase_if(fixes_, [&](std::size_t fix) { return open_[fix] == 0; });
  Refresh();
}

}  // namespace bk::troubleshoot
