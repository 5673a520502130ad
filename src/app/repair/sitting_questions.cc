// What only the person can tell or decide when the phone shows no trouble or the plan is at its
// end.
#include <utility>

#include "app/repair/messages.h"
#include "app/repair/repair_sitting.h"

namespace bk::app {

using troubleshoot::Interview;

void RepairSitting::Learn(std::vector<evidence::Finding> findings) {
  for (evidence::Finding& finding : findings) so_far_.said.push_back(std::move(finding));
  Again();
}

std::vector<evidence::Finding> RepairSitting::Hear(const Interview::Question& question) {
  const std::string answer = face_.AskQuestion(question);
  if (answer.empty()) {
    EndWith(End::kStopped, Say(kFixSays.stopped));
    return {};
  }
  passed_over_.insert(question.id);
  return troubleshoot::FindingsOf(knowledge_, {question.id, answer});
}

// Whoever asks for a repair has a reason to. The first of knowledge/choices.toml asks for it.
bool RepairSitting::AskTrouble() {
  if (!request_.can_ask || knowledge_.choices.empty()) return false;
  const troubleshoot::ChoiceQuestion& choice = knowledge_.choices.front();
  Interview::Question question{.id = choice.id,
                               .text = choice.question,
                               .why = Say(kFixSays.no_fault_seen, {{"why", choice.why}}),
                               .none_words = choice.none_words};
  for (const troubleshoot::ChoiceOption& option : choice.options)
    question.options.push_back({option.id, option.words});
  std::vector<evidence::Finding> findings = Hear(question);
  if (findings.empty()) return false;
  Learn(std::move(findings));
  return !ended_ && !ShowsNoTrouble();
}

bool RepairSitting::AskMore() {
  if (!request_.can_ask) return false;
  if (!model_) model_.emplace(knowledge_);
  troubleshoot::Context context{.android_sdk = traits_.sdk,
                                .maker = traits_.maker,
                                .band_seen = true,
                                .failed_fixes = so_far_.failed};
  context.not_known.assign(passed_over_.begin(), passed_over_.end());
  Interview interview(*model_, outcome_.last->evidence.findings, std::move(context));
  while (interview.current() != nullptr) {
    const Interview::Question question = *interview.current();
    if (passed_over_.contains(question.id)) {
      interview.Answer(troubleshoot::kNotKnown);
      continue;
    }
    std::vector<evidence::Finding> findings = Hear(question);
    if (ended_) return false;
    if (findings.empty()) {
      interview.Answer(troubleshoot::kNotKnown);
      continue;
    }
    Learn(std::move(findings));
    return !ended_ && (NextStep() != nullptr || AskMore());
  }
  return false;
}

bool RepairSitting::GoOn() {
  if (ended_ || !request_.can_ask || so_far_.to_the_end ||
      knowledge_.model.to_the_end.give_up_minutes <= 0)
    return false;
  if (!untested_.empty()) {
    if (Watch(untested_.back()) || ended_) return false;
    NoteFailed();
  }
  so_far_.to_the_end = true;
  auto report = Diagnose();
  if (!report) return false;  // what is known already is said
  std::vector<troubleshoot::Step> rest;
  for (const troubleshoot::Step& step : report->diagnosis.plan.steps)
    if (!passed_over_.contains(step.id)) rest.push_back(step);
  if (rest.empty()) return false;
  switch (face_.OfferRest(rest)) {
    case Reply::kYes:
      break;
    case Reply::kNo:
      return false;
    case Reply::kStop:
      EndWith(End::kStopped, Say(kFixSays.stopped));
      return false;
  }
  outcome_.went_on = true;
  outcome_.last = *std::move(report);
  return true;
}

}  // namespace bk::app
