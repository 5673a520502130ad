// Scripted people over the real knowledge.
#include "troubleshoot/interview/interview.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <map>
#include <random>
#include <set>

#include "troubleshoot/diagnose.h"
#include "troubleshoot/knowledge/embedded_knowledge.h"

namespace bk::troubleshoot {
namespace {

const BeliefModel& TheModel() {
  static const BeliefModel model(EmbeddedKnowledge());
  return model;
}

std::string LikeliestLayer(const Diagnosis& diagnosis) {
  return std::ranges::max_element(diagnosis.layers, {}, &LayerVerdict::probability)->id;
}

using Person = std::function<std::string(const Interview::Question&)>;

// Answers until the end; gives the number of questions.
std::size_t Talk(Interview& interview, const Person& person) {
  std::size_t questions = 0;
  while (const Interview::Question* question = interview.current()) {
    ++questions;
    EXPECT_EQ(question->number, questions);
    EXPECT_TRUE(interview.Answer(person(*question))) << question->id;
  }
  return questions;
}

Diagnosis Verdict(const Interview& interview) {
  return Diagnose(TheModel(), interview.Findings(), interview.FinalContext());
}

// Picks the symptom, then answers as the cause makes it likely; of several changes, none.
Person WithCause(const std::string& symptom, std::string_view cause) {
  const std::size_t c = TheModel().CauseIndex(cause);
  EXPECT_NE(c, BeliefModel::npos) << cause;
  return [=](const Interview::Question& question) -> std::string {
    if (question.id == "symptom") return symptom;
    if (!question.options.empty()) return std::string(kNone);
    return std::string(TheModel().Chance(c, TheModel().FindingIndex(question.id)) >= 0.5 ? kYes
                                                                                         : kNo);
  };
}

evidence::Finding Seen(std::string id, bool value,
                       evidence::SourceKind source = evidence::SourceKind::kPhone) {
  evidence::Finding finding;
  finding.id = std::move(id);
  finding.value = value;
  finding.source = source;
  return finding;
}

// What a question may establish: itself, or what its options say.
void AddFindings(const Interview::Question& question, std::set<std::string>& into) {
  if (question.options.empty()) into.insert(question.id);
  for (const ChoiceQuestion& choice : EmbeddedKnowledge().choices)
    if (choice.id == question.id)
      for (const ChoiceOption& option : choice.options)
        for (const Condition& condition : option.sets) into.insert(condition.finding);
}

// Symptoms of the guide, what it says is behind them, and the layer that it points at.
struct Symptom {
  const char* option;
  const char* cause;
  std::vector<const char*> layers;
};
const std::vector<Symptom>& GuidesSymptoms() {
  static const std::vector<Symptom> symptoms = {
      {"not_connected", "stale_bond", {"link"}},                                     // A
      {"sync_fails", "background_killed", {"app"}},                                  // B
      {"only_when_open", "background_killed", {"app"}},                              // C
      {"in_android_not_in_app", "paired_via_system_settings", {"binding", "link"}},  // D
      {"bound_elsewhere", "bound_to_other_account_or_phone", {"binding"}},           // E
      {"update_fails", "partial_update", {"firmware"}}};                             // its section
  return symptoms;
}

TEST(Interview, BeginsWithTheSymptomsBecauseThatIsWorthMost) {
  const Interview interview(TheModel(), {}, {});
  ASSERT_NE(interview.current(), nullptr);
  EXPECT_EQ(interview.current()->id, "symptom");
  EXPECT_GT(interview.current()->saves, EmbeddedKnowledge().model.interview_saves);
}

// The description alone, before any other question.
TEST(Interview, ASymptomAloneLeansToTheGuidesLayer) {
  for (const Symptom& symptom : GuidesSymptoms()) {
    const auto findings = FindingsOf(EmbeddedKnowledge(), {"symptom", symptom.option});
    ASSERT_FALSE(findings.empty()) << symptom.option;
    const Diagnosis diagnosis = Diagnose(TheModel(), findings, {});
    EXPECT_TRUE(std::ranges::find(symptom.layers, LikeliestLayer(diagnosis)) !=
                symptom.layers.end())
        << symptom.option << ": " << LikeliestLayer(diagnosis) << ": " << diagnosis.verdict.text;
  }
}

// "Listed in Android's Bluetooth, not in the app" is not enough to tell; the interview finds out.
TEST(Interview, SymptomDEndsInItsCause) {
  Interview interview(TheModel(), {}, {});
  std::set<std::string> asked;
  const Person truth = WithCause("in_android_not_in_app", "paired_via_system_settings");
  Talk(interview, [&](const Interview::Question& question) {
    asked.insert(question.id);
    return truth(question);
  });
  const Diagnosis diagnosis = Verdict(interview);
  EXPECT_EQ(diagnosis.verdict.cause, "paired_via_system_settings") << diagnosis.verdict.text;
  EXPECT_TRUE(asked.contains("paired_in_android_settings"));
}

TEST(Interview, GuidesSymptomsLeadToTheGuidesLayer) {
  for (const Symptom& symptom : GuidesSymptoms()) {
    Interview interview(TheModel(), {}, {});
    const std::size_t questions = Talk(interview, WithCause(symptom.option, symptom.cause));
    const Diagnosis diagnosis = Verdict(interview);
    EXPECT_TRUE(std::ranges::find(symptom.layers, LikeliestLayer(diagnosis)) !=
                symptom.layers.end())
        << symptom.option << " after " << questions << ": " << diagnosis.verdict.text;
  }
}

// Four of the checklist's five questions are in the first question, the fifth is in the second.
TEST(Interview, AsksTheGuidesChecklistFirst) {
  Interview interview(TheModel(), {}, {});
  std::set<std::string> asked;
  for (int i = 0; i < 6 && interview.current() != nullptr; ++i) {
    AddFindings(*interview.current(), asked);
    interview.Answer(kNotKnown);
  }
  for (const char* id : {"connects_ok", "works_only_when_app_open", "sync_fails", "binding_fails",
                         "after_firmware_update"})
    EXPECT_TRUE(asked.contains(id)) << id;
}

TEST(Interview, BackUndoesAndResumeGoesOn) {
  const Person person = WithCause("not_connected", "stale_bond");
  Interview interview(TheModel(), {}, {});
  EXPECT_FALSE(interview.Back());
  std::vector<std::string> ids;
  for (int i = 0; i < 3 && interview.current() != nullptr; ++i) {
    ids.push_back(interview.current()->id);
    interview.Answer(person(*interview.current()));
  }
  ASSERT_EQ(ids.size(), 3U);
  Interview later(TheModel(), {}, {});
  later.Resume(interview.answers());
  EXPECT_EQ(later.answers(), interview.answers());
  ASSERT_EQ(later.current() == nullptr, interview.current() == nullptr);
  if (later.current() != nullptr) {
    EXPECT_EQ(later.current()->id, interview.current()->id);
  }
  for (int i = 2; i >= 0; --i) {
    ASSERT_TRUE(interview.Back());
    ASSERT_NE(interview.current(), nullptr);
    EXPECT_EQ(interview.current()->id, ids[static_cast<std::size_t>(i)]);
  }
  EXPECT_TRUE(interview.Findings().empty());
}

TEST(Interview, ResumeDropsWhatFitsNoMore) {
  Interview interview(TheModel(), {Seen("band_in_scan", true)}, {});
  const std::vector<Given> given = {{"no_such_question", "yes"},  // gone from the knowledge
                                    {"band_not_in_scan", "yes"},  // the phone has shown otherwise
                                    {"symptom", "no_such_option"}, {"miui", "perhaps"},
                                    {"location_off", "no"},        {"location_off", "yes"}};
  interview.Resume(given);
  EXPECT_EQ(interview.answers(), (std::vector<Given>{{"location_off", "no"}}));
}

TEST(Interview, RefusesWhatIsNoAnswer) {
  Interview interview(TheModel(), {}, {});
  EXPECT_FALSE(interview.Answer(kYes));  // of one of several
  EXPECT_FALSE(interview.Answer(""));
  EXPECT_TRUE(interview.answers().empty());
  while (interview.current() != nullptr && !interview.current()->options.empty())
    interview.Answer(kNone);
  ASSERT_NE(interview.current(), nullptr);
  EXPECT_FALSE(interview.Answer(kNone));  // of yes or no
}

TEST(Interview, AsksNothingThatEvidenceHasAnswered) {
  std::mt19937 random(11);
  const Knowledge& knowledge = EmbeddedKnowledge();
  for (int round = 0; round < 30; ++round) {
    std::vector<evidence::Finding> evidence;
    for (int i = 0; i < 6; ++i)
      evidence.push_back(
          Seen(knowledge.findings[random() % knowledge.findings.size()].id, random() % 3 != 0));
    Interview interview(TheModel(), evidence, {});
    while (const Interview::Question* question = interview.current()) {
      if (question->options.empty()) {
        const std::size_t f = TheModel().FindingIndex(question->id);
        ASSERT_NE(f, BeliefModel::npos);
        const FindingKind& asked = knowledge.findings[f];
        const auto observed = TheModel().Observe(interview.Findings());
        const auto known = [&](const std::string& id) {
          return Known(TheModel(), observed, TheModel().FindingIndex(id));
        };
        EXPECT_EQ(known(asked.id), 0) << asked.id;  // its opposite is the same observation
        EXPECT_TRUE(
            asked.presumes.empty() ||
            std::ranges::any_of(asked.presumes, [&](const auto& id) { return known(id) > 0; }))
            << asked.id;
        for (const FindingKind& other : knowledge.findings)
          EXPECT_FALSE(!asked.group.empty() && other.group == asked.group && known(other.id) > 0)
              << asked.id << " though " << other.id;
        for (const Condition& condition : asked.moot_when)
          EXPECT_NE(known(condition.finding), condition.value ? 1 : -1) << asked.id;
      }
      const std::size_t pick = random() % 3;
      const bool choice = !question->options.empty();
      interview.Answer(pick == 0   ? kNotKnown
                       : choice    ? std::string_view(kNone)
                       : pick == 1 ? kYes
                                   : kNo);
    }
  }
}

TEST(Interview, IsNeverLongAndNeverAsksTwice) {
  std::mt19937 random(5);
  const Knowledge& knowledge = EmbeddedKnowledge();
  const auto limit = static_cast<std::size_t>(knowledge.model.interview_questions_max);
  std::size_t right = 0, people = 0;
  for (const Cause& cause : knowledge.causes) {
    const std::size_t c = TheModel().CauseIndex(cause.id);
    std::set<std::string> asked;
    const auto sees = [&](const std::string& id) {
      return std::uniform_real_distribution<>(0, 1)(random) <
             TheModel().Chance(c, TheModel().FindingIndex(id));
    };
    Interview interview(TheModel(), {}, {});
    // One answer in five is a lie or a shrug.
    const std::size_t questions = Talk(interview, [&](const Interview::Question& question) {
      EXPECT_TRUE(asked.insert(question.id).second) << question.id;
      EXPECT_FALSE(question.text.empty() || question.why.empty()) << question.id;
      EXPECT_FALSE(interview.Leanings().empty());
      const bool off = random() % 5 == 0;
      if (off && random() % 2 == 0) return std::string(kNotKnown);
      if (!question.options.empty()) {
        if (off) return question.options[random() % question.options.size()].id;
        for (const ChoiceQuestion& choice : knowledge.choices)
          if (choice.id == question.id)
            for (const ChoiceOption& option : choice.options)
              if (std::ranges::all_of(option.sets, [&](const Condition& condition) {
                    return sees(condition.finding) == condition.value;
                  }))
                return option.id;
        return std::string(kNone);
      }
      const bool yes = sees(question.id);
      return std::string(yes != off ? kYes : kNo);
    });
    EXPECT_LE(questions, limit);
    EXPECT_NE(interview.ended(), Interview::End::kOpen);
    const Diagnosis diagnosis = Verdict(interview);
    ++people;
    right += LikeliestLayer(diagnosis) == cause.layer ? 1 : 0;
    // What the person could not tell is not asked again by the plan.
    for (const Step& step : diagnosis.plan.steps) EXPECT_FALSE(asked.contains(step.id)) << step.id;
  }
  EXPECT_GT(right * 3, people);  // far from sure, and better than the sixth of chance
}

}  // namespace
}  // namespace bk::troubleshoot
