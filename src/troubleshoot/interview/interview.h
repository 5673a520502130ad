// Asks a person what is worth most to know, one question at a time. Pure: no terminal, no clock.
//
// The value of a question is what its answers save of the expected minutes to a cure, less the
// minutes that answering takes (Planner), and what they take away from the doubt of the verdict
// (Model::interview_doubt). Questions with several answers (knowledge/choices.toml)
// are valued by the same measure, so that nothing decides that the guide's symptoms come first but
// their worth. What evidence or an earlier answer has settled is not asked: the finding itself, its
// opposite, a group of which one holds, what presumes something that is not known, what
// FindingKind::moot_when names, an option that is contradicted.
//
// It ends when the best question saves less than Model::interview_saves.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "evidence/evidence.h"
#include "troubleshoot/plan/planner.h"

namespace bk::troubleshoot {

// One answer of the person; what an interview is restored from.
struct Given {
  std::string question;  // id of a finding or of a choice
  std::string answer;    // kYes, kNo, kNotKnown; of a choice an option's id, kNone or kNotKnown
  friend bool operator==(const Given&, const Given&) = default;
};
inline constexpr std::string_view kYes = "yes";
inline constexpr std::string_view kNo = "no";
inline constexpr std::string_view kNotKnown = "unknown";
inline constexpr std::string_view kNone = "none";

class Interview {
 public:
  struct Option {
    std::string id;     // what Answer takes
    std::string words;  // what the person reads
  };
  struct Question {
    std::string id;
    std::string text;
    std::string why;
    std::vector<Option> options;  // empty: yes or no. Else one of them, or kNone
    std::string none_words;       // of a question with options
    std::size_t number = 1;       // how many the person will have answered with this one
    double minutes = 0;           // that answering takes
    double saves = 0;             // what it is worth beyond these, in minutes
  };
  enum class End {
    kOpen,         // a question is open
    kEnough,       // further questions cost more than they bring
    kNothingLeft,  // no question is left that a person could answer
    kLimit,        // Model::interview_questions_max
  };
  // What an answer would do to the cause that gains most by it.
  struct Lean {
    std::string answer;  // as Answer takes it
    std::string cause;   // its title
    double before = 0, after = 0;
  };

  // `model` must outlive the interview. `evidence`: what is known before the first question.
  Interview(const BeliefModel& model, std::vector<evidence::Finding> evidence, Context context);

  // Null when it is over.
  [[nodiscard]] const Question* current() const {
    return ended_ == End::kOpen ? &current_ : nullptr;
  }
  [[nodiscard]] End ended() const { return ended_; }
  // About so many questions follow the current one, if the likelier answers are given.
  [[nodiscard]] std::size_t More() const;
  [[nodiscard]] const std::vector<Given>& answers() const { return answers_; }

  // False, and nothing changes, when `answer` is none of the current question's.
  bool Answer(std::string_view answer);
  // Takes the last answer back; its question is the current one again. False at the first.
  bool Back();
  // Takes up answers that were given earlier. Those of questions that the knowledge no longer has,
  // or that the evidence has settled since, are dropped.
  void Resume(std::span<const Given> given);

  // The evidence and what the person said, for Diagnose.
  [[nodiscard]] std::vector<evidence::Finding> Findings() const;
  // For Diagnose: someone can be asked, but not again what he does not know.
  [[nodiscard]] Context FinalContext() const;

  // What each answer to the current question would speak for; empty when it is over.
  [[nodiscard]] std::vector<Lean> Leanings() const;

 private:
  struct State;    // what follows from the evidence and some answers
  struct Outcome;  // an answer, its chance, and the situation then
  [[nodiscard]] State StateAfter(std::span<const Given> answers) const;
  [[nodiscard]] std::vector<Outcome> OutcomesOf(const State& state,
                                                std::string_view question) const;
  [[nodiscard]] std::vector<const ChoiceOption*> OptionsLeft(const State& state,
                                                             const ChoiceQuestion& choice) const;
  [[nodiscard]] double Doubt(const Situation& situation) const;
  [[nodiscard]] Question Best(const State& state) const;
  [[nodiscard]] End EndOf(const Question& best, std::size_t answered) const;
  void Proceed();

  const BeliefModel* model_;
  Planner planner_;
  std::vector<evidence::Finding> evidence_;
  Context context_;
  std::vector<std::size_t> failed_;
  std::vector<Given> answers_;
  Question current_;
  End ended_ = End::kOpen;
};

// What an answer says, as findings of a person; nothing for kNotKnown, and nothing for a question
// or an option that the knowledge does not have.
std::vector<evidence::Finding> FindingsOf(const Knowledge& knowledge, const Given& given);

}  // namespace bk::troubleshoot
