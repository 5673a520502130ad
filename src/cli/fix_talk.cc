#include "cli/fix_talk.h"

#include <fmt/format.h>

#include <cctype>

#include "app/evidence_json.h"
#include "app/repair/messages.h"
#include "app/repair/repair_hints.h"
#include "cli/messages.h"
#include "cli/moment.h"

namespace bk::cli {
namespace {

using ports::Person;
constexpr std::size_t kIndent = 2;

std::int64_t Seconds(std::chrono::milliseconds left) { return (left.count() + 999) / 1000; }

}  // namespace

FixTalk::FixTalk(Person* person, app::Privacy& privacy,
                 std::function<void(std::string_view)> progress, const language::Language* language)
    : person_(person),
      privacy_(privacy),
      progress_(std::move(progress)),
      language_(language),
      style_(person != nullptr && person->colours(), person != nullptr ? person->columns() : 0) {}

std::string FixTalk::Safe(std::string_view text) const {
  return privacy_.Scrub(app::ValidUtf8(text));
}

std::string FixTalk::In(const language::Message& message,
                        const std::vector<language::Argument>& arguments) const {
  static const language::Language kEnglish;
  return (language_ == nullptr ? kEnglish : *language_).Say(message, arguments);
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
    Say(In(kAskSays.no_key), kIndent);
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
  return Key(In(kAskSays.yes_no), "ynq") == 'y';
}

void FixTalk::ShowCommands(const app::StepShown& shown) {
  const auto lines = shown.preview();
  if (lines.empty()) Say(In(kTalkSays.no_commands), kIndent);
  for (const repair::PreviewLine& line : lines) {
    Say(line.what, kIndent);
    for (const std::string& command : line.commands)
      Show("      " + style_.Paint(Tone::kFaint, Printable(Safe(command))) + "\n");
  }
}

void FixTalk::Tell(std::string_view sentence) { Say(sentence, kIndent); }

repair::StepTeller::Finger FixTalk::AskFinger(const repair::OpenPage& page, bool opened) {
  Say(In(opened ? app::kFaceSays.finger_opened : app::kFaceSays.finger_open, {{"page", page.what}}),
      kIndent);
  switch (Key(In(kTalkSays.finger_keys), "ynq")) {
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
    progress_(In(kTalkSays.left, {{"what", In(app::kFaceSays.waiting, {{"what", Safe(what)}})},
                                  {"seconds", Seconds(left)}}));
  progress_shown_ = true;
  return true;
}

app::RepairFace::Reply FixTalk::OfferRollBack(const repair::Repair& repair,
                                              const std::vector<std::string>& changes) {
  static const language::Language kEnglish;
  const language::Language& spoken = language_ == nullptr ? kEnglish : *language_;
  Say(In(kTalkSays.interrupted, {{"phone", app::PhoneNameIn(spoken, repair.phone_name)},
                                 {"when", Moment(spoken, repair.at)}}));
  for (const std::string& change : changes) Say("- " + change, kIndent);
  Say(In(app::kFaceSays.roll_back));
  return YesNo(In(kTalkSays.roll_back_keys));
}

app::RepairFace::Reply FixTalk::OfferAgain(const std::vector<std::string>& put_back) {
  Say(In(app::kFaceSays.put_back));
  for (const std::string& one : put_back) Say("- " + one, kIndent);
  Say(In(app::kFaceSays.set_again));
  return YesNo(In(kTalkSays.again_keys));
}

app::RepairFace::Reply FixTalk::OfferRest(const std::vector<troubleshoot::Step>& rest) {
  static const language::Language kEnglish;
  const app::RestShown shown(rest, language_ == nullptr ? kEnglish : *language_);
  Say(shown.text);
  for (const std::string& one : shown.steps) Say("- " + one, kIndent);
  Say(In(app::kFaceSays.go_on));
  return YesNo(In(kTalkSays.rest_keys));
}

app::RepairFace::Reply FixTalk::OfferEveryday(const std::vector<std::string>& off) {
  Say(In(app::kFaceSays.everyday_off));
  for (const std::string& one : off) Say("- " + one, kIndent);
  Say(In(app::kFaceSays.set_everyday));
  return YesNo(In(kTalkSays.everyday_keys));
}

void FixTalk::ShowVerdict(const app::Report& report, bool again) {
  const troubleshoot::Verdict& verdict = report.diagnosis.verdict;
  Show("\n" +
       style_.Paint(
           again ? Tone::kPlain : Tone::kStrong,
           style_.Wrap(Safe(again ? In(app::kFaceSays.not_mended, {{"verdict", verdict.text}})
                                  : verdict.text),
                       0, 0)) +
       "\n");
}

app::RepairFace::Reply FixTalk::AskHarmless(const app::Report&) {
  Say(In(app::kFaceSays.harmless));
  return YesNo(In(kTalkSays.harmless_keys));
}

void FixTalk::BeginStep(const app::StepShown& shown) {
  begun_ = shown.fix->id;
  Show(fmt::format("\n{}  {}\n",
                   style_.Paint(Tone::kFaint, In(kTalkSays.step, {{"number", ++step_}})),
                   style_.Paint(Tone::kStrong, style_.Wrap(Safe(shown.step->text), 8, 8))));
  if (!shown.step->why.empty()) Say(shown.step->why, kIndent);
  if (shown.doer == repair::Doer::kTool) return;
  for (const std::string& words : shown.step->words) Say("- " + words, kIndent);
}

app::RepairFace::Reply FixTalk::AskStep(const app::StepShown& shown,
                                        const repair::ConsentQuestion& question) {
  if (!question.text.empty()) Say(question.text, kIndent);
  return YesNo(In(kTalkSays.step_keys), &shown);
}

app::RepairFace::Typed FixTalk::AskLossy(const app::StepShown&,
                                         const repair::ConsentQuestion& question) {
  Say(question.text, kIndent);
  Say(In(kTalkSays.type, {{"word", question.word}}), kIndent);
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
  return YesNo(In(kTalkSays.done_keys));
}

app::RepairFace::Said FixTalk::YesNoUnknown() {
  switch (Key(In(kTalkSays.know_keys), "yndq")) {
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
  const char key = Key(question.options.empty()
                           ? In(kTalkSays.know_keys)
                           : In(kTalkSays.one_of_keys,
                                {{"last", question.options.size()}, {"none", question.none_words}}),
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
      Key(In(kTalkSays.which_keys, {{"last", std::min(options.size(), kDigits)}}), keys);
  return key >= '1' && key <= '9' ? static_cast<std::size_t>(key - '1') : npos;
}

void FixTalk::Progress(const language::Message& what, std::chrono::milliseconds left) {
  if (progress_) progress_(In(kTalkSays.left, {{"what", In(what)}, {"seconds", Seconds(left)}}));
  progress_shown_ = true;
}

bool FixTalk::Watching(const app::GoalSeen& seen, std::chrono::milliseconds left) {
  Progress(seen.link ? app::kFaceSays.watching_up : app::kFaceSays.watching_down, left);
  return true;
}

app::RepairFace::Reply FixTalk::OfferBackground(const app::BackgroundLook& look) {
  Say(In(app::kFaceSays.background,
         {{"app", look.app},
          {"minutes", std::chrono::duration_cast<std::chrono::minutes>(look.time).count()}}),
      kIndent);
  return YesNo(In(kTalkSays.background_keys));
}

bool FixTalk::WatchingBackground(const app::GoalSeen& seen, std::chrono::milliseconds left) {
  Progress(seen.link ? app::kFaceSays.background_up : app::kFaceSays.background_down, left);
  return true;
}

app::RepairFace::Said FixTalk::AskSynced(const app::SyncQuestion& question) {
  const std::string app = question.app.empty() ? In(app::kFixSays.the_app) : question.app;
  if (question.as_before) {
    Say(In(app::kFaceSays.proves_nothing, {{"link", question.link}}), kIndent);
    Say(In(app::kFaceSays.is_it_gone, {{"app", app}}), kIndent);
  } else {
    Say(In(app::kFaceSays.sync_unseen, {{"link", question.link}}), kIndent);
    Say(In(app::kFaceSays.did_it_sync, {{"app", app}}), kIndent);
  }
  return YesNoUnknown();
}

void FixTalk::StepOver(const app::StepRun& run) {
  if (run.end == "done" || run.end == "already") {
    if (run.end == "already") Say(In(kTalkSays.already), kIndent);
    return;
  }
  const std::string why = run.sentence.empty() ? In(kTalkSays.left_out) : run.sentence;
  if (run.fix == begun_)
    Say(why, kIndent);
  else  // its title does not stand above
    Say(In(kOutcomeSays.step_why,
           {{"title", run.title}, {"end", In(kOutcomeSays.skipped)}, {"why", why}}));
}

app::RepairFace::Reply FixTalk::OfferRestartCheck(const std::vector<std::string>& changes) {
  Say("\n");
  Say(In(app::kFaceSays.works));
  for (const std::string& change : changes) Say("- " + change, kIndent);
  Say(In(app::kFaceSays.restart_check));
  return YesNo(In(kTalkSays.restart_keys));
}

}  // namespace bk::cli
