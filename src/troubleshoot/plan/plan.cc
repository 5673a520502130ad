#include "troubleshoot/plan/plan.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/text.h"

namespace bk::troubleshoot {
namespace {

constexpr std::size_t kStepsMax = 60;  // more than there are fixes; a stop for mistakes of ours
constexpr std::size_t kNamesMax = 3;

std::string Minutes(double minutes) {
  if (minutes < 1) return "under a minute";
  const int whole = static_cast<int>(std::lround(minutes));
  return whole == 1 ? "one minute" : fmt::format("{} minutes", whole);
}

// Natural frequencies: people weigh "one in six" better than "16 %".
std::string HowOften(double chance) {
  const int of_ten = static_cast<int>(std::lround(chance * 10));
  if (of_ten >= 10) return "It helps in nearly every case like this";
  if (of_ten >= 4) return fmt::format("It helps in about {} of 10 cases like this", of_ten);
  const int one_in = static_cast<int>(std::lround(1 / std::max(chance, 1e-3)));
  constexpr int kRarest = 20;
  if (one_in <= kRarest) return fmt::format("It helps in about one of {} cases like this", one_in);
  return "It helps in few cases like this";
}

std::string_view LossWords(LossClass loss) {
  switch (loss) {
    case LossClass::kNone:
      return "loses nothing";
    case LossClass::kSetting:
      return "changes a setting";
    case LossClass::kPairing:
      return "costs the pairing";
    case LossClass::kAppData:
      return "can lose data of the app";
    case LossClass::kBandData:
      return "can lose data of the band";
  }
  return "";
}

// What is the best that can be done when the cause is known: its own fixes by chance over minutes.
double MinutesWhenKnown(const BeliefModel& model, const Situation& start, std::size_t cause) {
  const Knowledge& knowledge = model.knowledge();
  const double give_up = knowledge.model.give_up_minutes;
  std::vector<std::pair<double, std::size_t>> order;  // minutes per cure
  for (std::size_t fix = 0; fix < knowledge.fixes.size(); ++fix) {
    const double chance = model.FixChance(fix, cause);
    if (start.fix_open[fix] == 0 || chance <= 0) continue;
    const double price = std::max(knowledge.fixes[fix].minutes, 1e-3) / chance;
    if (price < give_up) order.emplace_back(price, fix);
  }
  std::ranges::sort(order);
  double minutes = 0, left = 1;
  for (const auto& [price, fix] : order) {
    const double chance = model.FixChance(fix, cause);
    minutes += left * price * chance;
    left *= 1 - chance;
  }
  return minutes + left * give_up;
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

  Step FixStep(const Situation& now, std::size_t index) const {
    const Fix& fix = knowledge_.fixes[index];
    Step step;
    step.kind = Step::Kind::kFix;
    step.id = fix.id;
    step.chance = planner_.CureChance(now, index);
    std::vector<std::pair<double, std::size_t>> shares;
    for (std::size_t c = 0; c < knowledge_.causes.size(); ++c) {
      const double share = now.chances[c] * model_.FixChance(index, c);
      if (share > knowledge_.model.names_share * step.chance) shares.emplace_back(-share, c);
    }
    std::ranges::sort(shares);
    for (const auto& [share, c] : shares) step.treats.push_back(knowledge_.causes[c].id);
    step.minutes = fix.minutes;
    step.hands_on = fix.hands_on;
    step.loss = fix.loss;
    step.loss_text = fix.loss_text;
    step.by = fix.by;
    const bool sure = std::ranges::any_of(fix.requires_true, [&](const std::string& id) {
      return Known(model_, observations_, model_.FindingIndex(id)) > 0;
    });
    step.text = sure || fix.title_if_unsure.empty() ? fix.title : fix.title_if_unsure;
    step.why = fmt::format("{}; it takes {} and {}.", HowOften(step.chance), Minutes(fix.minutes),
                           LossWords(fix.loss));
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
    step.minutes = finding.minutes;
    step.hands_on = finding.minutes;
    step.text = finding.question;
    Situation yes = now;
    planner_.Answer(yes, index, true);
    std::vector<std::pair<double, std::size_t>> moved;
    for (std::size_t c = 0; c < knowledge_.causes.size(); ++c)
      moved.emplace_back(-std::abs(yes.chances[c] - now.chances[c]), c);
    std::ranges::sort(moved);
    for (std::size_t i = 0; i < std::min(kNamesMax, moved.size()); ++i)
      step.treats.push_back(knowledge_.causes[moved[i].second].id);
    step.why = finding.why.empty() ? "Its answer saves more minutes than it takes." : finding.why;
    return step;
  }

  // Expected minutes of the policy, its first questions answered; later questions are not counted.
  double Expected(const Situation& now, int questions) const {
    const Choice choice = questions > 0 ? planner_.Next(now) : Choice{};
    if (questions == 0 || choice.kind != Choice::Kind::kAsk) return planner_.FixesOnly(now);
    const double yes = planner_.YesChance(now, choice.index);
    double minutes = knowledge_.findings[choice.index].minutes;
    for (const bool answer : {true, false}) {
      Situation then = now;
      planner_.Answer(then, choice.index, answer);
      minutes += (answer ? yes : 1 - yes) * Expected(then, questions - 1);
    }
    return minutes;
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

int AndroidVersionOf(int sdk) {
  if (sdk <= 0) return 0;
  if (sdk >= 33) return sdk - 20;  // 33 is Android 13
  constexpr int kFirst = 19;
  constexpr std::array kVersions = {4, 4, 5, 5, 6, 7, 7, 8, 8, 9, 10, 11, 12, 12};
  return sdk < kFirst ? 4 : kVersions[static_cast<std::size_t>(sdk - kFirst)];
}

const Words* WordsFor(const Fix& fix, const Context& context) {
  const int android = AndroidVersionOf(context.android_sdk);
  const Words* best = nullptr;
  int best_rank = -1;
  for (const Words& words : fix.words) {
    const bool maker_fits = words.maker.empty() || (words.maker.size() == context.maker.size() &&
                                                    StartsWithNoCase(context.maker, words.maker));
    const bool min_fits = words.android_min == 0 || (android != 0 && android >= words.android_min);
    const bool max_fits = words.android_max == 0 || (android != 0 && android <= words.android_max);
    if (!maker_fits || !min_fits || !max_fits) continue;
    // The maker counts more than the version; a later lower bound is more special.
    const int rank =
        (words.maker.empty() ? 0 : 1000) + (words.android_max != 0 ? 100 : 0) + words.android_min;
    if (rank > best_rank) {
      best = &words;
      best_rank = rank;
    }
  }
  return best;
}

Plan MakePlan(const Planner& planner, std::span<const Observation> observations,
              std::span<const std::size_t> failed, const Context& context, const Limits& limits) {
  const BeliefModel& model = planner.model();
  const Knowledge& knowledge = model.knowledge();
  const Situation start = planner.Start(observations, failed, context, limits);
  const ListMaker list(planner, model, context, observations);
  Plan plan;
  plan.expected_minutes = list.Expected(start, knowledge.model.questions_max);
  const std::vector<double> chances = planner.Marginals(start);
  for (std::size_t c = 0; c + 1 < chances.size(); ++c)
    plan.bound_minutes += chances[c] * MinutesWhenKnown(model, start, c);
  plan.bound_minutes += chances.back() * knowledge.model.give_up_minutes;
  plan.bound_minutes = std::min(plan.bound_minutes, plan.expected_minutes);

  Situation now = start;
  double uncured = 1;
  int questions = 0;
  while (plan.steps.size() < kStepsMax) {
    if (questions == knowledge.model.questions_max) std::ranges::fill(now.question_open, 0);
    const Choice choice = planner.Next(now);
    if (choice.kind == Choice::Kind::kGiveUp) break;
    if (choice.kind == Choice::Kind::kAsk) {
      plan.steps.push_back(list.AskStep(now, choice.index));
      CloseQuestion(model, now, choice.index);
      ++questions;
    } else {
      plan.steps.push_back(list.FixStep(now, choice.index));
      uncured *= 1 - plan.steps.back().chance;
      planner.Fail(now, choice.index);
    }
  }
  plan.cure_chance = 1 - uncured;

  const Ending at_once = planner.EndingOf(start);
  plan.instead_now = at_once.now;
  const Ending ending = at_once.now ? at_once : planner.EndingOf(now);
  if (ending.cause != BeliefModel::npos) {
    plan.instead = knowledge.causes[ending.cause].instead;
    plan.instead_for = knowledge.causes[ending.cause].id;
  } else {
    plan.instead =
        "If no step helped, none of the known causes fits: hand this report to the support of the "
        "companion app or of the maker.";
  }
  return plan;
}

}  // namespace bk::troubleshoot
