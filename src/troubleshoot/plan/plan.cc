#include "troubleshoot/plan/plan.h"

#include <algorithm>
#include <cmath>

#include "troubleshoot/messages.h"

namespace bk::troubleshoot {
namespace {

constexpr std::size_t kStepsMax = 60;  // more than there are fixes; a stop for mistakes of ours
constexpr std::size_t kNamesMax = 3;
constexpr std::size_t kWorkAhead = 100'000;  // for each step after the first

std::string Minutes(const language::Language& language, double minutes) {
  return minutes < 1 ? language.Say(kPlanSays.under_a_minute)
                     : language.Say(kPlanSays.minutes, {{"minutes", std::lround(minutes)}});
}

// Natural frequencies: people weigh "one in six" better than "16 %".
std::string HowOften(const language::Language& language, double chance) {
  constexpr long kNearlyAlways = 10, kOften = 4, kRarest = 20;
  const long of_ten = std::lround(chance * 10);
  if (of_ten >= kNearlyAlways) return language.Say(kPlanSays.helps_nearly_always);
  if (of_ten >= kOften) return language.Say(kPlanSays.helps_of_ten, {{"count", of_ten}});
  const long one_in = std::lround(1 / std::max(chance, 1e-3));
  return one_in <= kRarest ? language.Say(kPlanSays.helps_one_of, {{"count", one_in}})
                           : language.Say(kPlanSays.helps_rarely);
}

const Message& LossWords(LossClass loss) {
  switch (loss) {
    case LossClass::kNone:
      break;
    case LossClass::kSetting:
      return kPlanSays.changes_setting;
    case LossClass::kPairing:
      return kPlanSays.costs_pairing;
    case LossClass::kAppData:
      return kPlanSays.loses_app_data;
    case LossClass::kBandData:
      return kPlanSays.loses_band_data;
  }
  return kPlanSays.loses_nothing;
}

class ListMaker {
 public:
  ListMaker(const Planner& planner, const BeliefModel& model, const Context& context,
            std::span<const Observation> observations)
      : planner_(planner),
        model_(model),
        knowledge_(model.knowledge()),
        context_(context),
        observations_(observations) {}

  Step FixStep(const Situation& now, std::size_t index, const StepCost& cost) const {
    const Fix& fix = knowledge_.fixes[index];
    Step step;
    step.kind = Step::Kind::kFix;
    step.id = fix.id;
    step.chance = planner_.CureChance(now, index);
    const std::vector<double> marginals = planner_.Marginals(now);
    const double helps = planner_.HelpChance(now, index);
    std::vector<std::pair<double, std::size_t>> shares;
    for (std::size_t c = 0; c < knowledge_.causes.size(); ++c) {
      const double share = marginals[c] * model_.FixChance(index, c);
      if (share > knowledge_.model.names_share * helps) shares.emplace_back(-share, c);
    }
    std::ranges::sort(shares);
    for (const auto& [share, c] : shares) step.treats.push_back(knowledge_.causes[c].id);
    step.minutes = cost.minutes;
    step.hands_on = cost.hands_on;
    step.loss = fix.loss;
    step.loss_text = fix.loss_text;
    step.by = fix.by;
    const bool sure = std::ranges::any_of(fix.requires_true, [&](const std::string& id) {
      return Known(model_, observations_, model_.FindingIndex(id)) > 0;
    });
    step.text = sure || fix.title_if_unsure.empty() ? fix.title : fix.title_if_unsure;
    const language::Language& language = knowledge_.language;
    step.why = language.Say(kPlanSays.why, {{"how_often", HowOften(language, helps)},
                                            {"minutes", Minutes(language, cost.minutes)},
                                            {"loss", language.Say(LossWords(fix.loss))}});
    if (const Words* words = WordsFor(fix, context_)) step.words = words->steps;
    step.check = fix.check;
    step.undo = fix.undo;
    return step;
  }

  Step AskStep(const Situation& now, std::size_t index) const {
    const FindingKind& finding = knowledge_.findings[index];
    Step step;
    step.kind = Step::Kind::kAsk;
    step.id = finding.id;
    const StepCost cost = planner_.CostOf(now, {Choice::Kind::kAsk, index, {}});
    step.minutes = cost.minutes;
    step.hands_on = cost.hands_on;
    step.text = finding.question;
    Situation yes = now;
    planner_.Answer(yes, index, true);
    const std::vector<double> before = planner_.Marginals(now), after = planner_.Marginals(yes);
    std::vector<std::pair<double, std::size_t>> moved;
    for (std::size_t c = 0; c < knowledge_.causes.size(); ++c)
      moved.emplace_back(-std::abs(after[c] - before[c]), c);
    std::ranges::sort(moved);
    for (std::size_t i = 0; i < std::min(kNamesMax, moved.size()); ++i)
      step.treats.push_back(knowledge_.causes[moved[i].second].id);
    step.why = finding.why.empty() ? knowledge_.language.Say(kPlanSays.worth_asking) : finding.why;
    return step;
  }

 private:
  const Planner& planner_;
  const BeliefModel& model_;
  const Knowledge& knowledge_;
  const Context& context_;
  std::span<const Observation> observations_;
};

// Questions that nobody answered yet stay open in the belief, but are not asked twice; nor is
// another of the same group or the opposite.
void CloseQuestion(const BeliefModel& model, Situation& situation, std::size_t asked) {
  const Knowledge& knowledge = model.knowledge();
  const std::string& group = knowledge.findings[asked].group;
  for (std::size_t f = 0; f < situation.question_open.size(); ++f)
    if (model.CanonicalOf(f).finding == model.CanonicalOf(asked).finding ||
        (!group.empty() && knowledge.findings[f].group == group))
      situation.question_open[f] = 0;
  // The question stands for the fix of what it asks for: who answers yes gets that fix next.
  for (std::size_t fix = 0; fix < knowledge.fixes.size(); ++fix)
    for (const std::string& id : knowledge.fixes[fix].requires_true)
      if (model.FindingIndex(id) == asked) situation.fix_open[fix] = 0;
}

}  // namespace

Plan MakePlan(const Planner& planner, std::span<const Observation> observations,
              std::span<const std::size_t> failed, const Context& context, const Limits& limits) {
  const BeliefModel& model = planner.model();
  const Knowledge& knowledge = model.knowledge();
  Situation start = planner.Start(observations, failed, context, limits);
  if (knowledge.model.questions_max == 0) std::ranges::fill(start.question_open, 0);
  const ListMaker list(planner, model, context, observations);
  Plan plan;
  // Where all is to be tried, the order is worth little thought.
  const Planner::Outlook outlook =
      planner.OutlookOf(start, context.to_the_end ? 0 : Planner::kWork);
  plan.expected_minutes = outlook.expected;
  plan.bound_minutes = outlook.bound;

  const std::size_t work_ahead = context.to_the_end ? 0 : kWorkAhead;
  Situation now = start;
  double uncured = 1;
  int questions = 0;
  while (plan.steps.size() < kStepsMax) {
    if (questions == knowledge.model.questions_max) std::ranges::fill(now.question_open, 0);
    // The first step is what comes now; the others show the way, and are decided anew then.
    const Choice choice = plan.steps.empty() ? outlook.first : planner.Next(now, work_ahead);
    if (choice.kind == Choice::Kind::kGiveUp) break;
    if (choice.kind == Choice::Kind::kAsk) {
      plan.steps.push_back(list.AskStep(now, choice.index));
      CloseQuestion(model, now, choice.index);
      ++questions;
      continue;
    }
    StepCost so_far;
    std::vector<std::size_t> group = {choice.index};
    group.insert(group.end(), choice.more.begin(), choice.more.end());
    const Situation before = now;
    Choice part{Choice::Kind::kFix, choice.index, {}};
    for (std::size_t i = 0; i < group.size(); ++i) {
      if (i > 0) part.more.push_back(group[i]);
      const StepCost all = planner.CostOf(before, part);
      plan.steps.push_back(list.FixStep(
          now, group[i], {all.minutes - so_far.minutes, all.hands_on - so_far.hands_on, 0}));
      plan.steps.back().test_later = i + 1 < group.size();
      so_far = all;
      uncured *= 1 - plan.steps.back().chance;
      planner.Fail(now, group[i]);
    }
  }
  plan.cure_chance = 1 - uncured;
  // A step may be worth proposing only since those before it failed, a loss among them; here, where
  // each of them is to be taken, what is harmless goes before all the same.
  if (context.to_the_end)
    std::ranges::stable_partition(plan.steps,
                                  [](const Step& step) { return step.loss < LossClass::kPairing; });

  const Ending at_once = planner.EndingOf(start);
  plan.instead_now = at_once.now;
  const Ending ending = at_once.now ? at_once : planner.EndingOf(now);
  if (ending.cause != BeliefModel::npos) {
    plan.instead = knowledge.causes[ending.cause].instead;
    plan.instead_for = knowledge.causes[ending.cause].id;
  } else {
    plan.instead = knowledge.language.Say(kPlanSays.hand_over);
  }
  return plan;
}

}  // namespace bk::troubleshoot
