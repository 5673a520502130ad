#include "troubleshoot/plan/step_prices.h"

#include <algorithm>

namespace bk::troubleshoot {
namespace {

constexpr std::size_t kClustersMax = 250;
constexpr double kLeastMinutes = 1e-3;  // nothing is free, so that ratios are finite

Spot PlaceOf(const Model& model, std::string_view cluster) {
  const std::size_t count = std::min(model.clusters.size(), kClustersMax);
  for (std::size_t i = 0; i < count; ++i)
    if (model.clusters[i].id == cluster) return static_cast<Spot>(i + 1);
  return 0;
}

}  // namespace

StepPrices::StepPrices(const Knowledge& knowledge)
    : knowledge_(&knowledge), fixes_(knowledge.fixes.size()), findings_(knowledge.findings.size()) {
  const Model& model = knowledge.model;
  const std::size_t places = 1 + std::min(model.clusters.size(), kClustersMax);
  inside_.assign(places, 0);
  after_test_.assign(places, 0);
  for (std::size_t p = 1; p < places; ++p) {
    inside_[p] = PlaceOf(model, model.clusters[p - 1].inside);
    if (inside_[p] == p) inside_[p] = 0;
  }
  for (std::size_t p = 1; p < places; ++p) {  // a ring leads nowhere
    Spot at = inside_[p];
    for (std::size_t steps = 0; at != 0 && steps < places; ++steps) at = inside_[at];
    if (at != 0) inside_[p] = 0;
  }
  for (std::size_t p = 1; p < places; ++p) {
    Spot at = static_cast<Spot>(p);
    while (at != 0 && !model.clusters[at - 1U].survives_test) at = inside_[at];
    after_test_[p] = at;
  }
  for (const Fix& fix : knowledge.fixes) place_of_fix_.push_back(PlaceOf(model, fix.cluster));
  for (const FindingKind& finding : knowledge.findings)
    place_of_finding_.push_back(PlaceOf(model, finding.cluster));

  for (std::size_t p = 0; p < places; ++p) {
    const auto place = static_cast<Spot>(p);
    for (std::size_t x = 0; x < fixes_; ++x)
      act_.push_back(ActOf(knowledge.fixes[x], place_of_fix_[x], place).price);
    for (std::size_t q = 0; q < findings_; ++q) question_.push_back(OfQuestion(q, place).price);
  }
  for (std::size_t x = 0; x < fixes_; ++x) {
    test_.push_back(TestOf(knowledge.fixes[x]).price);
    // Of a group that pays its longest test, each member's own test is at most that; so the group
    // pays at least the mean of theirs.
    const bool shares = knowledge.fixes[x].loss <= LossClass::kSetting;
    least_.push_back(Act(x, place_of_fix_[x]) +
                     test_[x] / (shares ? std::max(1, model.together_max) : 1));
  }
}

double StepPrices::Saved(Spot target, Spot place) const {
  double saved = 0;
  for (Spot at = target; at != 0; at = inside_[at]) {
    bool there = false;
    for (Spot here = place; here != 0 && !there; here = inside_[here]) there = here == at;
    if (there) saved += knowledge_->model.clusters[at - 1U].minutes;
  }
  return saved;
}

StepCost StepPrices::ActOf(const Fix& fix, Spot target, Spot place) const {
  const Model& model = knowledge_->model;
  const StepCost test = TestOf(fix);
  const double waiting = std::max(0.0, fix.minutes - fix.hands_on - (test.minutes - test.hands_on));
  double hands_on = std::max(0.0, fix.hands_on - test.hands_on);
  hands_on = std::max(0.0, hands_on - Saved(target, place));
  StepCost cost{waiting + hands_on, hands_on, 0};
  if (cost.minutes < kLeastMinutes) cost.minutes = kLeastMinutes;
  cost.price = waiting * model.waiting_price +
               std::max(hands_on, cost.minutes - waiting) * model.hands_on_price +
               model.loss_price[static_cast<std::size_t>(fix.loss)];
  return cost;
}

StepCost StepPrices::TestOf(const Fix& fix) const {
  const Model& model = knowledge_->model;
  const double minutes = std::clamp(fix.test_minutes, 0.0, fix.minutes);
  const double hands_on = std::max(0.0, minutes - std::max(0.0, fix.minutes - fix.hands_on));
  return {minutes, hands_on,
          (minutes - hands_on) * model.waiting_price + hands_on * model.hands_on_price};
}

StepCost StepPrices::OfFixes(std::span<const std::size_t> together, Spot place) const {
  StepCost sum, test;
  for (const std::size_t fix : together) {
    const Fix& kind = knowledge_->fixes[fix];
    const StepCost act = ActOf(kind, place_of_fix_[fix], place);
    const StepCost own = TestOf(kind);
    sum.minutes += act.minutes;
    sum.hands_on += act.hands_on;
    sum.price += act.price;
    if (own.price > test.price) test = own;
    place = AfterAct(fix);
  }
  return {sum.minutes + test.minutes, sum.hands_on + test.hands_on, sum.price + test.price};
}

StepCost StepPrices::OfQuestion(std::size_t finding, Spot place) const {
  const double minutes = std::max(
      0.0, knowledge_->findings[finding].minutes - Saved(place_of_finding_[finding], place));
  return {minutes, minutes,
          minutes * knowledge_->model.hands_on_price + knowledge_->model.question_saves};
}

}  // namespace bk::troubleshoot
