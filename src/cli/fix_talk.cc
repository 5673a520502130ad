#include "cli/fix_talk.h"

#include <fmt/format.h>

#include <cctype>

#include "app/evidence_json.h"
#include "app/repair/face_words.h"
#include "cli/moment.h"

namespace bk::cli {
namespace {

using ports::Person;
constexpr std::size_t kIndent = 2;

std::string Seconds(std::chrono::milliseconds left) {
  return fmt::format("{} s left", (left.count() + 999) / 1000);
}

}  // namespace

FixTalk::FixTalk(Person* person, app::Privacy& privacy,
                 std::function<void(std::string_view)> progress)
    : person_(person),
      privacy_(privacy),
      progress_(std::move(progress)),
      style_(person != nullptr && person->colours(), person != nullptr ? person->columns() : 0) {}

std::string FixTalk::Safe(std::string_view text) const {
  return privacy_.Scrub(app::ValidUtf8(text));
}

void FixTalk::Show(std::string text) {
  if (progress_shown_ && progress_) progress_("");
  progress_shown_ = false;
  if (person_ != nullptr) person_->Show(text);
}

void FixTalk::Say(std::string_view text, std::size_t indent) {
  Show(std::string(indent, ' ') + style_.Wrap(Safe(text), indent, indent) + "\n");
}

char FixTalk::Key(std::string_view prompt, std::string_view keys, const app::StepShown* shown) {
  if (person_ == nullptr) return 'q';
  while (true) {
    Show(std::string(kIndent, ' ') + style_.Paint(Tone::kFaint, prompt) + " > ");
    const Person::Heard heard = person_->Listen();
    if (heard.kind == Person::Heard::Kind::kResumed) continue;
    if (heard.kind != Person::Heard::Kind::kKey) {
      Show("\n");
      return 'q';
    }
    const char key = static_cast<char>(std::tolower(static_cast<unsigned char>(heard.key)));
    if (key == '\n' || key == ' ') {
      if (person_->at_terminal()) Show("\n");
      continue;
    }
    Show(std::string(1, key) + "\n");
    if (key == 'c' && shown != nullptr) {
      ShowCommands(*shown);
      continue;
    }
    if (keys.find(key) != std::string_view::npos) return key;
    Say("That is none of the keys.", kIndent);
  }
}

app::RepairFace::Reply FixTalk::YesNo(std::string_view prompt, const app::StepShown* shown) {
  switch (Key(prompt, "ynq", shown)) {
    case 'y':
      return Reply::kYes;
    case 'n':
      return Reply::kNo;
    default:
      return Reply::kStop;
  }
}

bool FixTalk::AskYes(std::string_view question) {
  Say(question);
  return Key("y yes, n no", "ynq") == 'y';
}

void FixTalk::ShowCommands(const app::StepShown& shown) {
  const auto lines = shown.preview();
  if (lines.empty()) Say("Nothing is done over the cable for this step.", kIndent);
  for (const repair::PreviewLine& line : lines) {
    Say(line.what, kIndent);
    for (const std::string& command : line.commands)
      Show("      " + style_.Paint(Tone::kFaint, Printable(Safe(command))) + "\n");
  }
}

void FixTalk::Tell(std::string_view sentence) { Say(sentence, kIndent); }

repair::StepTeller::Finger FixTalk::AskFinger(const repair::OpenPage& page, bool opened) {
  Say(app::face_words::Finger(page.what, opened), kIndent);
  switch (Key("y done, n it cannot be done, q stop", "ynq")) {
    case 'y':
      return Finger::kDone;
    case 'n':
      return Finger::kCannot;
    default:
      return Finger::kStop;
  }
}

bool FixTalk::Waiting(std::string_view what, std::chrono::milliseconds left) {
  if (progress_)
    progress_(fmt::format("Waiting for the phone: {} ({}) …", Safe(what), Seconds(left)));
  progress_shown_ = true;
  return true;
}

app::RepairFace::Reply FixTalk::OfferRollBack(const repair::Repair& repair,
                                              const std::vector<std::string>& changes) {
  Say(fmt::format("A repair of {} was interrupted ({}). It left changed:", repair.phone_name,
                  Moment(repair.at)));
  for (const std::string& change : changes) Say("- " + change, kIndent);
  Say(app::face_words::kRollBack);
  return YesNo("y put back, n keep what was meant to last, q stop");
}

app::RepairFace::Reply FixTalk::OfferAgain(const std::vector<std::string>& put_back) {
  Say(app::face_words::kPutBack);
  for (const std::string& one : put_back) Say("- " + one, kIndent);
  Say("Set it again? It loses nothing, and `bandkeeper undo` takes it back.");
  return YesNo("y set it again, n leave it so, q stop");
}

void FixTalk::ShowVerdict(const app::Report& report, bool again) {
  const troubleshoot::Verdict& verdict = report.diagnosis.verdict;
  Show("\n" +
       style_.Paint(
           again ? Tone::kPlain : Tone::kStrong,
           style_.Wrap(Safe(again ? "Not mended yet. " + verdict.text : verdict.text), 0, 0)) +
       "\n");
}

app::RepairFace::Reply FixTalk::AskHarmless(const app::Report&) {
  Say(app::face_words::kHarmless);
  return YesNo("y yes to all of these, n ask each time, q stop");
}

void FixTalk::BeginStep(const app::StepShown& shown) {
  Show(fmt::format("\n{}  {}\n", style_.Paint(Tone::kFaint, fmt::format("Step {}", ++step_)),
                   style_.Paint(Tone::kStrong, style_.Wrap(Safe(shown.step->text), 8, 8))));
  if (!shown.step->why.empty()) Say(shown.step->why, kIndent);
  if (shown.doer == repair::Doer::kTool) return;
  for (const std::string& words : shown.step->words) Say("- " + words, kIndent);
}

app::RepairFace::Reply FixTalk::AskStep(const app::StepShown& shown,
                                        const repair::ConsentQuestion& question) {
  if (!question.text.empty()) Say(question.text, kIndent);
  return YesNo("y do it, n not this, c the exact commands, q stop", &shown);
}

app::RepairFace::Typed FixTalk::AskLossy(const app::StepShown&,
                                         const repair::ConsentQuestion& question) {
  Say(question.text, kIndent);
  Say(fmt::format("Type \"{}\" if you accept that; anything else leaves the step out.",
                  question.word),
      kIndent);
  if (person_ == nullptr) return {};
  Show(std::string(kIndent, ' ') + "> ");
  const Person::Line line = person_->ListenLine();
  if (!person_->at_terminal()) Show(Printable(app::ValidUtf8(line.text)) + "\n");
  switch (line.kind) {
    case Person::Heard::Kind::kKey:
      return {.reply = Reply::kYes, .word = line.text};
    case Person::Heard::Kind::kResumed:
      return {};
    case Person::Heard::Kind::kEnd:
    case Person::Heard::Kind::kInterrupted:
      break;
  }
  Show("\n");
  return {.reply = Reply::kStop};
}

app::RepairFace::Reply FixTalk::AskDone(const app::StepShown&) {
  return YesNo("y done, n not this, q stop");
}

app::RepairFace::Said FixTalk::YesNoUnknown() {
  switch (Key("y yes, n no, d don't know, q stop", "yndq")) {
    case 'y':
      return Said::kYes;
    case 'n':
      return Said::kNo;
    case 'd':
      return Said::kNotKnown;
    default:
      return Said::kStop;
  }
}

app::RepairFace::Said FixTalk::AskFinding(const troubleshoot::Step& question) {
  Show("\n" + style_.Paint(Tone::kStrong, style_.Wrap(Safe(question.text), 0, 0)) + "\n");
  if (!question.why.empty()) Say(question.why, kIndent);
  return YesNoUnknown();
}

std::string FixTalk::AskQuestion(const troubleshoot::Interview::Question& question) {
  Show("\n" + style_.Paint(Tone::kStrong, style_.Wrap(Safe(question.text), 0, 0)) + "\n");
  if (!question.why.empty()) Say(question.why, kIndent);
  std::string keys = question.options.empty() ? "yndq" : "ndq";
  for (std::size_t i = 0; i < question.options.size(); ++i) {
    keys += static_cast<char>('1' + i);
    Say(fmt::format("{}  {}", i + 1, question.options[i].words), kIndent);
  }
  const char key =
      Key(question.options.empty() ? std::string("y yes, n no, d don't know, q stop")
                                   : fmt::format("1-{}, n {}, d don't know, q stop",
                                                 question.options.size(), question.none_words),
          keys);
  switch (key) {
    case 'q':
      return {};
    case 'd':
      return std::string(troubleshoot::kNotKnown);
    case 'y':
      return std::string(troubleshoot::kYes);
    case 'n':
      return std::string(question.options.empty() ? troubleshoot::kNo : troubleshoot::kNone);
    default:
      return question.options[static_cast<std::size_t>(key - '1')].id;
  }
}

std::size_t FixTalk::AskWhich(std::string_view question, const std::vector<std::string>& options) {
  constexpr std::size_t kDigits = 9;
  Say(question);
  std::string keys = "nq";
  for (std::size_t i = 0; i < options.size() && i < kDigits; ++i) {
    keys += static_cast<char>('1' + i);
    Say(fmt::format("{}  {}", i + 1, options[i]), kIndent);
  }
  const char key =
      Key(fmt::format("1-{}, n none of them", std::min(options.size(), kDigits)), keys);
  return key >= '1' && key <= '9' ? static_cast<std::size_t>(key - '1') : npos;
}

bool FixTalk::Watching(const app::GoalSeen& seen, std::chrono::milliseconds left) {
  if (progress_)
    progress_(fmt::format("Watching whether the band works: {} ({}) …",
                          seen.link ? "connected, no sync seen yet" : "not connected yet",
                          Seconds(left)));
  progress_shown_ = true;
  return true;
}

app::RepairFace::Said FixTalk::AskSynced(const app::SyncQuestion& question) {
  Say(app::face_words::SyncedBefore(question.link, question.as_before), kIndent);
  Say(app::face_words::Synced(question.app, question.as_before), kIndent);
  return YesNoUnknown();
}

void FixTalk::StepOver(const app::StepRun& run) {
  if (run.end == "done" || run.end == "already") {
    if (run.end == "already") Say("Everything was so already.", kIndent);
    return;
  }
  Say(run.sentence.empty() ? "Left out." : run.sentence, kIndent);
}

app::RepairFace::Reply FixTalk::OfferRestartCheck(const std::vector<std::string>& changes) {
  Say("\n");
  Say(app::face_words::kWorks);
  for (const std::string& change : changes) Say("- " + change, kIndent);
  Say(app::face_words::kRestartCheck);
  return YesNo("y restart and look, n not now, q stop");
}

}  // namespace bk::cli
