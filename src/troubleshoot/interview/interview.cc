#include "troubleshoot/interview/interview.h"

#include <algorithm>
#include <set>

#include "troubleshoot/messages.h"

namespace bk::troubleshoot {
namespace {

// "about 9 more" is as far as anyone wants to know.
constexpr std::size_t kForeseenMax = 9;

const ChoiceQuestion* ChoiceOf(const Knowledge& knowledge, std::string_view id) {
  const auto found = std::ranges::find(knowledge.choices, id, &ChoiceQuestion::id);
  return found == knowledge.choices.end() ? nullptr : &*found;
}

const FindingKind* FindingOf(const Knowledge& knowledge, std::string_view id) {
  const auto found = std::ranges::find(knowledge.findings, id, &FindingKind::id);
  return found == knowledge.findings.end() ? nullptr : &*found;
}

evidence::Finding Said(std::string id, bool value, std::string text) {
  evidence::Finding finding;
  finding.id = std::move(id);
  finding.value = value;
  finding.source = evidence::SourceKind::kPerson;
  finding.text = std::move(text);
  return finding;
}

}  // namespace

struct Interview::State {
  std::vector<Observation> observations;
  Situation situation;
  std::set<std::string, std::less<>> asked;  // questions and choices
};

struct Interview::Outcome {
  std::string answer;
  double chance = 0;
  Situation then;
};

std::vector<evidence::Finding> FindingsOf(const Knowledge& knowledge, const Given& given) {
  std::vector<evidence::Finding> findings;
  if (const FindingKind* finding = FindingOf(knowledge, given.question)) {
    if (given.answer == kYes || given.answer == kNo)
      findings.push_back(
          Said(finding->id, given.answer == kYes,
               knowledge.language.Say(
                   given.answer == kYes ? kInterviewSays.answered_yes : kInterviewSays.answered_no,
                   {{"question", finding->question}})));
    return findings;
  }
  const ChoiceQuestion* choice = ChoiceOf(knowledge, given.question);
  if (choice == nullptr) return findings;
  if (given.answer == kNone) {
    for (const Condition& condition : choice->none_sets)
      findings.push_back(Said(
          condition.finding, condition.value,
          knowledge.language.Say(kInterviewSays.answered_none,
                                 {{"none", choice->none_words}, {"question", choice->question}})));
    return findings;
  }
  for (const ChoiceOption& option : choice->options)
    if (option.id == given.answer)
      for (const Condition& condition : option.sets)
        findings.push_back(
            Said(condition.finding, condition.value,
                 knowledge.language.Say(kInterviewSays.said, {{"option", option.words}})));
  return findings;
}

Interview::Interview(const BeliefModel& model, std::vector<evidence::Finding> evidence,
                     Context context)
    : model_(&model),
      planner_(model),
      evidence_(std::move(evidence)),
      context_(std::move(context)) {
  context_.can_ask = true;
  failed_ = model.FixIndices(context_.failed_fixes);
  Proceed();
}

Interview::State Interview::StateAfter(std::span<const Given> answers) const {
  const Knowledge& knowledge = model_->knowledge();
  State state;
  std::vector<evidence::Finding> findings = evidence_;
  for (const Given& given : answers) {
    std::ranges::move(FindingsOf(knowledge, given), std::back_inserter(findings));
    state.asked.insert(given.question);
  }
  state.observations = model_->Observe(findings);
  state.situation = planner_.Start(state.observations, failed_, context_, {.as_verdict = true});
  const auto known = [&](std::size_t f) { return Known(*model_, state.observations, f); };
  const auto skip = [&](std::string_view id) {
    if (const std::size_t f = model_->FindingIndex(id); f != BeliefModel::npos)
      planner_.Close(state.situation, f);
  };

  // Whoever is asked once whether something is so is not asked again, in these words or others.
  for (const Given& given : answers) {
    skip(given.question);
    const ChoiceQuestion* choice = ChoiceOf(knowledge, given.question);
    if (choice == nullptr || (given.answer != kNone && given.answer != kNotKnown)) continue;
    for (const ChoiceOption& option : choice->options)
      for (const Condition& condition : option.sets) skip(condition.finding);
  }
  std::set<std::string_view> settled;  // groups of which one is known to hold
  for (std::size_t f = 0; f < knowledge.findings.size(); ++f)
    if (!knowledge.findings[f].group.empty() && known(f) > 0)
      settled.insert(knowledge.findings[f].group);
  for (std::size_t f = 0; f < knowledge.findings.size(); ++f) {
    const FindingKind& finding = knowledge.findings[f];
    const bool moot = std::ranges::any_of(finding.moot_when, [&](const Condition& condition) {
      return known(model_->FindingIndex(condition.finding)) == (condition.value ? 1 : -1);
    });
    if (moot || settled.contains(finding.group)) state.situation.question_open[f] = 0;
  }
  return state;
}

// Those that nothing contradicts and that would tell something new. None at all when what is known
// says one of them already.
std::vector<const ChoiceOption*> Interview::OptionsLeft(const State& state,
                                                        const ChoiceQuestion& choice) const {
  std::vector<const ChoiceOption*> left;
  for (const ChoiceOption& option : choice.options) {
    std::size_t said = 0;
    bool against = false;
    for (const Condition& condition : option.sets) {
      const int known = Known(*model_, state.observations, model_->FindingIndex(condition.finding));
      said += known == (condition.value ? 1 : -1) ? 1 : 0;
      against = against || known == (condition.value ? -1 : 1) ||
                (condition.value && state.asked.contains(condition.finding));
    }
    if (said == option.sets.size()) return {};
    if (!against) left.push_back(&option);
  }
  return left;
}

std::vector<Interview::Outcome> Interview::OutcomesOf(const State& state,
                                                      std::string_view question) const {
  std::vector<Outcome> outcomes;
  const Situation& now = state.situation;
  const ChoiceQuestion* choice = ChoiceOf(model_->knowledge(), question);
  if (choice == nullptr) {
    const std::size_t f = model_->FindingIndex(question);
    const double yes = planner_.YesChance(now, f);
    for (const bool answer : {true, false}) {
      Outcome outcome{std::string(answer ? kYes : kNo), answer ? yes : 1 - yes, now};
      planner_.Answer(outcome.then, f, answer);
      outcomes.push_back(std::move(outcome));
    }
    return outcomes;
  }
  // One option fits best: their chances are those of all that they say, and none of them has the
  // rest.
  const auto said = [&](Situation& then, const std::vector<Condition>& conditions) {
    double chance = 1;
    for (const Condition& condition : conditions) {
      const std::size_t f = model_->FindingIndex(condition.finding);
      if (f == BeliefModel::npos) continue;
      const bool settled = Known(*model_, state.observations, f) != 0;
      if (settled || model_->knowledge().findings[f].question.empty()) continue;
      const double yes = planner_.YesChance(then, f);
      chance *= condition.value ? yes : 1 - yes;
      planner_.Answer(then, f, condition.value);
    }
    then.place = now.place;  // picked from memory
    return chance;
  };
  double sum = 0;
  for (const ChoiceOption* option : OptionsLeft(state, *choice)) {
    Outcome outcome{option->id, 0, now};
    outcome.chance = said(outcome.then, option->sets);
    sum += outcome.chance;
    outcomes.push_back(std::move(outcome));
  }
  Outcome none{std::string(kNone), std::max(0.0, 1 - sum), now};
  (void)said(none.then, choice->none_sets);
  outcomes.push_back(std::move(none));
  if (sum > 1)
    for (Outcome& outcome : outcomes) outcome.chance /= sum;
  return outcomes;
}

// What it would cost to end here with the likeliest cause as the verdict.
double Interview::Doubt(const Situation& situation) const {
  const std::vector<double> chances = planner_.Marginals(situation);
  const auto known = std::span(chances).first(model_->knowledge().causes.size());
  const double top = known.empty() ? 0 : *std::ranges::max_element(known);
  return model_->knowledge().model.interview_doubt * (1 - top);
}

// Of all questions that are open, the one that saves most; saves nothing when there is none.
Interview::Question Interview::Best(const State& state) const {
  const Knowledge& knowledge = model_->knowledge();
  Question best;
  const double doubt = Doubt(state.situation);
  const auto settles = [&](const std::vector<Outcome>& outcomes) {
    double less = doubt;
    for (const Outcome& outcome : outcomes) less -= outcome.chance * Doubt(outcome.then);
    return less;
  };
  for (const QuestionValue& worth : planner_.WorthAsking(state.situation)) {
    const FindingKind& finding = knowledge.findings[worth.finding];
    const double saves = worth.saves + settles(OutcomesOf(state, finding.id));
    if (!best.id.empty() && saves <= best.saves) continue;
    best = {.id = finding.id,
            .text = finding.question,
            .why = finding.why,
            .minutes = finding.minutes,
            .saves = saves};
  }
  const double unasked = planner_.FixesOnly(state.situation);
  for (const ChoiceQuestion& choice : knowledge.choices) {
    if (state.asked.contains(choice.id)) continue;
    const auto outcomes = OutcomesOf(state, choice.id);
    constexpr std::size_t kFewest = 3;  // two options and none of them
    if (outcomes.size() < kFewest) continue;
    // Priced as WorthAsking prices a question that is answered from memory.
    double saves = unasked - choice.minutes * knowledge.model.hands_on_price + settles(outcomes);
    for (const Outcome& outcome : outcomes)
      saves -= outcome.chance * planner_.FixesOnly(outcome.then);
    if (!best.id.empty() && saves <= best.saves) continue;
    best = {.id = choice.id,
            .text = choice.question,
            .why = choice.why,
            .none_words = choice.none_words,
            .minutes = choice.minutes,
            .saves = saves};
    for (const ChoiceOption* option : OptionsLeft(state, choice))
      best.options.push_back({option->id, option->words});
  }
  return best;
}

Interview::End Interview::EndOf(const Question& best, std::size_t answered) const {
  const Model& limits = model_->knowledge().model;
  if (best.id.empty()) return End::kNothingLeft;
  if (best.saves < limits.interview_saves) return End::kEnough;
  if (answered >= static_cast<std::size_t>(std::max(0, limits.interview_questions_max)))
    return End::kLimit;
  return End::kOpen;
}

std::size_t Interview::More() const {
  std::vector<Given> answers = answers_;
  Question next = current_;
  End end = ended_;
  for (std::size_t more = 0; end == End::kOpen; ++more) {
    if (more == kForeseenMax) return more;
    const State state = StateAfter(answers);
    const auto outcomes = OutcomesOf(state, next.id);
    answers.push_back({next.id, std::ranges::max_element(outcomes, {}, &Outcome::chance)->answer});
    next = Best(StateAfter(answers));
    end = EndOf(next, answers.size());
    if (end != End::kOpen) return more;
  }
  return 0;
}

void Interview::Proceed() {
  current_ = Best(StateAfter(answers_));
  ended_ = EndOf(current_, answers_.size());
  current_.number = answers_.size() + 1;
}

bool Interview::Answer(std::string_view answer) {
  if (ended_ != End::kOpen) return false;
  const bool fits =
      answer == kNotKnown ||
      (current_.options.empty()
           ? answer == kYes || answer == kNo
           : answer == kNone || std::ranges::find(current_.options, answer, &Option::id) !=
                                    current_.options.end());
  if (!fits) return false;
  answers_.push_back({current_.id, std::string(answer)});
  Proceed();
  return true;
}

bool Interview::Back() {
  if (answers_.empty()) return false;
  answers_.pop_back();
  Proceed();
  return true;
}

void Interview::Resume(std::span<const Given> given) {
  const Knowledge& knowledge = model_->knowledge();
  answers_.clear();
  const auto limit = static_cast<std::size_t>(std::max(0, knowledge.model.interview_questions_max));
  for (const Given& one : given) {
    if (answers_.size() == limit) break;
    const State state = StateAfter(answers_);
    if (state.asked.contains(one.question)) continue;
    const std::size_t f = model_->FindingIndex(one.question);
    if (f != BeliefModel::npos) {
      const bool answer = one.answer == kYes || one.answer == kNo || one.answer == kNotKnown;
      if (answer && state.situation.question_open[f] != 0) answers_.push_back(one);
      continue;
    }
    const ChoiceQuestion* choice = ChoiceOf(knowledge, one.question);
    if (choice == nullptr) continue;
    const auto left = OptionsLeft(state, *choice);
    if (one.answer == kNone || one.answer == kNotKnown ||
        std::ranges::any_of(left, [&](const auto* option) { return option->id == one.answer; }))
      answers_.push_back(one);
  }
  Proceed();
}

std::vector<evidence::Finding> Interview::Findings() const {
  std::vector<evidence::Finding> findings = evidence_;
  for (const Given& given : answers_)
    std::ranges::move(FindingsOf(model_->knowledge(), given), std::back_inserter(findings));
  return findings;
}

Context Interview::FinalContext() const {
  Context context = context_;
  // What is not asked for now need not be asked in the plan either: answers, and what they settled.
  const State state = StateAfter(answers_);
  const Situation open = planner_.Start(state.observations, failed_, context_);
  for (std::size_t f = 0; f < open.question_open.size(); ++f)
    if (open.question_open[f] != 0 && state.situation.question_open[f] == 0)
      context.not_known.push_back(model_->knowledge().findings[f].id);
  context.band_seen = context.band_seen || !answers_.empty();
  return context;
}

std::vector<Interview::Lean> Interview::Leanings() const {
  std::vector<Lean> leanings;
  if (ended_ != End::kOpen) return leanings;
  const Knowledge& knowledge = model_->knowledge();
  const State state = StateAfter(answers_);
  const std::vector<double> before = planner_.Marginals(state.situation);
  for (const Outcome& outcome : OutcomesOf(state, current_.id)) {
    const std::vector<double> after = planner_.Marginals(outcome.then);
    std::size_t most = 0;
    for (std::size_t c = 1; c < knowledge.causes.size(); ++c)
      if (after[c] - before[c] > after[most] - before[most]) most = c;
    leanings.push_back({outcome.answer, knowledge.causes[most].title, before[most], after[most]});
  }
  return leanings;
}

}  // namespace bk::troubleshoot
