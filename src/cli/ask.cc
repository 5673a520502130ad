#include "cli/ask.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <cmath>

#include "app/evidence_json.h"
#include "cli/messages.h"
#include "cli/style.h"

namespace bk::cli {
namespace {

using ports::Person;
using troubleshoot::Interview;

std::string Percent(double chance) { return fmt::format("{:.0f}\u00a0%", 100 * chance); }

constexpr double kWorthSaying = 0.02;  // a smaller rise of a chance is not told

class Dialogue {
 public:
  Dialogue(app::InterviewCase& the_case, Person& person, app::Privacy& privacy)
      : case_(the_case),
        interview_(the_case.interview()),
        person_(person),
        privacy_(privacy),
        language_(the_case.knowledge().language),
        style_(person.colours(), person.columns()) {}

  TalkEnd Run(bool fresh) {
    if (person_.at_terminal()) {
      if (const auto end = TakeUp(fresh)) return *end;
    }
    while (interview_.current() != nullptr) {
      ShowQuestion();
      if (const auto end = HearAnswer()) return *end;
    }
    SayText(EndWords());
    return TalkEnd::kOver;
  }

 private:
  // What an earlier run kept: offered, or passed over with a sentence.
  std::optional<TalkEnd> TakeUp(bool fresh) {
    if (fresh) {
      if (const Status gone = case_.Forget(); !gone) SayText(gone.error().message);
      return std::nullopt;
    }
    const auto kept = case_.KeptAnswers();
    if (!kept.problem.empty()) {
      SayText(kept.problem + " " + In(kAskSays.starting_anew));
      return std::nullopt;
    }
    if (kept.answers.empty()) return std::nullopt;
    while (true) {
      Say(kAskSays.kept, {{"count", kept.answers.size()}, {"ago", Ago(kept.age_seconds)}});
      Prompt(In(kAskSays.kept_keys));
      const auto heard = person_.Listen();
      if (heard.kind == Person::Heard::Kind::kInterrupted) return Interrupted();
      const char key = heard.kind == Person::Heard::Kind::kEnd
                           ? 'q'
                           : static_cast<char>(std::tolower(heard.key));
      if (key == 'n') {
        Echo(In(kAskSays.start_anew));
        return std::nullopt;
      }
      if (key != 'y' && key != 'q') continue;
      Echo(In(key == 'y' ? kAskSays.go_on : kAskSays.stop));
      interview_.Resume(kept.answers);
      if (key == 'q') return Stopped();
      return std::nullopt;
    }
  }

  void ShowQuestion() {
    const Interview::Question& question = *interview_.current();
    const std::size_t more = interview_.More();
    const std::string head = In(more > 0 ? kAskSays.question_more : kAskSays.question_last,
                                {{"number", question.number}, {"more", more}});
    std::string text = "\n" + style_.Paint(Tone::kFaint, head) + "\n";
    text += "  " + style_.Paint(Tone::kStrong, style_.Wrap(Safe(question.text), 2, 2)) + "\n";
    const auto option = [&](char key, std::string_view words) {
      constexpr std::size_t kIndent = 7;
      text += fmt::format("    {}  {}\n", style_.Paint(Tone::kStrong, std::string(1, key)),
                          style_.Wrap(Safe(words), kIndent, kIndent));
    };
    for (std::size_t i = 0; i < question.options.size(); ++i)
      option(static_cast<char>('1' + i), question.options[i].words);
    if (!question.options.empty()) option('n', question.none_words);
    person_.Show(text);
    ShowKeys();
  }

  void ShowKeys() {
    const Interview::Question& question = *interview_.current();
    const std::string answers = question.options.empty()
                                    ? In(kAskSays.yes_no)
                                    : In(kAskSays.one_of, {{"last", question.options.size()}});
    Prompt(In(interview_.answers().empty() ? kAskSays.keys : kAskSays.keys_back,
              {{"answers", answers}}));
  }

  std::optional<TalkEnd> HearAnswer() {
    while (true) {
      const auto heard = person_.Listen();
      switch (heard.kind) {
        case Person::Heard::Kind::kInterrupted:
          return Interrupted();
        case Person::Heard::Kind::kEnd:
          Echo("");
          return Stopped();
        case Person::Heard::Kind::kResumed:
          person_.Show("\n");
          ShowQuestion();
          continue;
        case Person::Heard::Kind::kKey:
          break;
      }
      const char key = static_cast<char>(std::tolower(heard.key));
      if (key == '\n' || key == ' ') {
        if (!person_.at_terminal()) ShowKeys();
        continue;
      }
      if (key == 'q') {
        Echo(In(kAskSays.stop));
        return Stopped();
      }
      if (key == 'w' || key == '?' || key == 'h') {
        Echo(In(kAskSays.why));
        ShowWhy();
        ShowKeys();
        continue;
      }
      if (key == 'b' || key == Person::kBack) {
        Echo(In(kAskSays.back));
        if (interview_.Back()) {
          Keep();
          return std::nullopt;
        }
        Say(kAskSays.first_question);
        ShowKeys();
        continue;
      }
      if (Answer(key)) return std::nullopt;
      Echo(std::string(1, heard.key));
      Say(kAskSays.no_key);
      ShowKeys();
    }
  }

  bool Answer(char key) {
    const Interview::Question& question = *interview_.current();
    std::string answer, words;
    if (key == 'd') {
      answer = troubleshoot::kNotKnown;
      words = In(kAskSays.do_not_know);
    } else if (question.options.empty() && (key == 'y' || key == 'n')) {
      answer = key == 'y' ? troubleshoot::kYes : troubleshoot::kNo;
      words = In(key == 'y' ? kAskSays.yes : kAskSays.no);
    } else if (!question.options.empty() && key == 'n') {
      answer = troubleshoot::kNone;
      words = In(kAskSays.none);
    } else if (key >= '1' && static_cast<std::size_t>(key - '1') < question.options.size()) {
      answer = question.options[static_cast<std::size_t>(key - '1')].id;
      words = std::string(1, key);
    }
    if (answer.empty() || !interview_.Answer(answer)) return false;
    Echo(words);
    Keep();
    return true;
  }

  void ShowWhy() {
    const Interview::Question& question = *interview_.current();
    std::string text = "  " + style_.Wrap(Safe(question.why), 2, 2) + "\n";
    // What hardly changes anything is no reason to ask.
    for (const Interview::Lean& lean : interview_.Leanings()) {
      if (lean.after - lean.before < kWorthSaying) continue;
      const std::string key = KeyOf(lean.answer);
      text += fmt::format("    {}  ", style_.Paint(Tone::kStrong, key)) +
              style_.Wrap(In(kAskSays.likelier, {{"cause", Safe(lean.cause)},
                                                 {"after", Percent(lean.after)},
                                                 {"before", Percent(lean.before)}}),
                          4 + key.size() + 2, 7) +
              "\n";
    }
    text +=
        "  " + style_.Wrap(In(kAskSays.worth, {{"minutes", Minutes(question.saves)}}), 2, 2) + "\n";
    person_.Show(text);
  }

  [[nodiscard]] std::string KeyOf(std::string_view answer) const {
    const auto& options = interview_.current()->options;
    const auto found = std::ranges::find(options, answer, &Interview::Option::id);
    return found != options.end() ? std::to_string(found - options.begin() + 1)
                                  : std::string(answer.substr(0, 1));  // yes, no, none
  }

  TalkEnd Stopped() {
    const std::size_t given = interview_.answers().size();
    Say(given == 0 ? kAskSays.none_answered : kAskSays.stopped_after, {{"count", given}});
    return TalkEnd::kStopped;
  }

  TalkEnd Interrupted() {
    person_.Show("\n");
    return TalkEnd::kInterrupted;
  }

  [[nodiscard]] std::string EndWords() const {
    const std::size_t given = interview_.answers().size();
    switch (interview_.ended()) {
      case Interview::End::kNothingLeft:
        return In(kAskSays.nothing_left);
      case Interview::End::kLimit:
        return In(kAskSays.one_sitting, {{"count", given}});
      case Interview::End::kEnough:
      case Interview::End::kOpen:
        break;
    }
    return In(given == 0 ? kAskSays.none_worth : kAskSays.enough);
  }

  void Keep() {
    if (!person_.at_terminal() || keeping_failed_) return;
    const Status kept = case_.Keep();
    if (kept) return;
    keeping_failed_ = true;
    Say(kAskSays.cannot_keep, {{"why", kept.error().message}});
  }

  [[nodiscard]] std::string In(const Message& message,
                               const std::vector<language::Argument>& arguments = {}) const {
    return language_.Say(message, arguments);
  }
  [[nodiscard]] std::string Ago(std::int64_t seconds) const {
    constexpr std::int64_t kMinute = 60, kHour = 60 * kMinute, kDay = 24 * kHour;
    if (seconds < kMinute) return In(kAskSays.just_now);
    if (seconds < kHour) return In(kAskSays.minutes_ago, {{"count", seconds / kMinute}});
    if (seconds < kDay) return In(kAskSays.hours_ago, {{"count", seconds / kHour}});
    return In(kAskSays.days_ago, {{"count", seconds / kDay}});
  }
  [[nodiscard]] std::string Minutes(double minutes) const {
    constexpr double kAMinute = 1.5;
    return minutes < kAMinute ? In(kAskSays.a_minute)
                              : In(kAskSays.minutes, {{"minutes", std::lround(minutes)}});
  }

  void Say(const Message& message, const std::vector<language::Argument>& arguments = {}) {
    SayText(In(message, arguments));
  }
  void SayText(std::string_view text) { person_.Show("\n" + style_.Wrap(Safe(text), 0, 0) + "\n"); }
  void Prompt(std::string_view keys) {
    person_.Show("  " + style_.Paint(Tone::kFaint, keys) + " > ");
  }
  // A terminal does not echo single keys; what a pipe sends is nowhere to be seen.
  void Echo(std::string_view words) { person_.Show(std::string(words) + "\n"); }
  [[nodiscard]] std::string Safe(std::string_view text) const {
    return privacy_.Scrub(app::ValidUtf8(text));
  }

  app::InterviewCase& case_;
  Interview& interview_;
  Person& person_;
  app::Privacy& privacy_;
  const language::Language& language_;
  Style style_;
  bool keeping_failed_ = false;
};

}  // namespace

TalkEnd Talk(app::InterviewCase& the_case, ports::Person& person, app::Privacy& privacy,
             bool fresh) {
  return Dialogue(the_case, person, privacy).Run(fresh);
}

}  // namespace bk::cli
