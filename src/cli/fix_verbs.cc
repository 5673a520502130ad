#include "cli/fix_verbs.h"

#include <fmt/format.h>

#include <map>

#include "app/evidence_json.h"
#include "app/repair/phone_diagnosis.h"
#include "app/repair/repair_case.h"
#include "app/repair/undo_case.h"
#include "app/repair/watch_case.h"
#include "cli/fix_talk.h"
#include "cli/moment.h"

namespace bk::cli {
namespace {

using End = app::RepairOutcome::End;

// Text for standard output, safe and wrapped.
class Page {
 public:
  Page(const Style& style, app::Privacy& privacy) : style_(style), privacy_(privacy) {}
  void Line(std::string_view text, std::size_t indent = 0, Tone tone = Tone::kPlain) {
    out_ += std::string(indent, ' ') +
            style_.Paint(tone, style_.Wrap(privacy_.Scrub(app::ValidUtf8(text)), indent, indent)) +
            "\n";
  }
  void Blank() { out_ += "\n"; }
  // Not wrapped: to be copied.
  void Command(std::string_view text, std::size_t indent) {
    out_ += std::string(indent, ' ') + Printable(privacy_.Scrub(app::ValidUtf8(text))) + "\n";
  }
  std::string Take() { return std::move(out_); }

 private:
  const Style& style_;
  app::Privacy& privacy_;
  std::string out_;
};

ExitCode StatusOf(End end) {
  switch (end) {
    case End::kNothingWrong:
    case End::kProved:
    case End::kConfirmed:
      return ExitCode::kHealthy;
    case End::kNothingLeft:
      return ExitCode::kTrouble;
    case End::kNoVerdict:
    case End::kUnproved:
      return ExitCode::kCouldNotCheck;
    case End::kStopped:
    case End::kFailed:
      return ExitCode::kStepFailed;
  }
  return ExitCode::kInternal;
}

// Whose app was mended, where there was a choice.
void SayApp(const app::CompanionChoice& choice, const std::string& others, Page& page) {
  if (!choice.others.empty()) page.Line(choice.why + " " + others, 0, Tone::kFaint);
}

// How a step ended, for the list at the end. A step that changed nothing did not help, whatever
// was seen after it.
std::string EndWords(const app::StepRun& run) {
  static const std::map<std::string, std::string, std::less<>> words = {
      {"already", "was right already"},
      {"done", "done, it did not help by itself"},
      {"refused", "the phone refused"},
      {"not_seen", "was not seen to be done"},
      {"stopped", "stopped"},
      {"phone_gone", "the phone was gone"},
      {"not_recorded", "not begun, since it could not be written down"},
      {"skipped", "left out"},
      {"not_here", "nothing here to do it with"}};
  if (run.cured && run.end != "already") return "helped";
  const auto known = words.find(run.end);
  return known == words.end() ? run.end : known->second;
}

std::string OutcomeText(const app::RepairOutcome& outcome, const Style& style,
                        app::Privacy& privacy) {
  Page page(style, privacy);
  const bool good = StatusOf(outcome.end) == ExitCode::kHealthy;
  page.Line(outcome.sentence, 0, good ? Tone::kGood : Tone::kStrong);
  if (!outcome.proof.empty())
    page.Line((outcome.proved_by == app::RepairOutcome::ProvedBy::kNobody ? "Seen: " : "Proof: ") +
                  outcome.proof,
              2);
  SayApp(outcome.companion, outcome.other_companions, page);
  bool any = false;
  for (const app::StepRun& run : outcome.runs) {
    if (!any) page.Line("Steps:");
    any = true;
    page.Line(fmt::format("- {}: {}{}", run.title, EndWords(run),
                          run.sentence.empty() ? "" : " (" + run.sentence + ")"),
              2);
  }
  if (!outcome.changed.empty()) {
    page.Line("Changed on the phone; `bandkeeper undo` puts it back:");
    for (const std::string& change : outcome.changed) page.Line("- " + change, 2);
  }
  const auto list = [&](std::string_view heading, const std::vector<std::string>& lines,
                        Tone tone = Tone::kPlain) {
    if (lines.empty()) return;
    page.Line(heading, 0, tone);
    for (const std::string& line : lines) page.Line("- " + line, 2);
  };
  list("Set by an earlier repair, and put back since:", outcome.put_back_since, Tone::kUnsure);
  list("Set again:", outcome.set_again);
  list(
      "The restart has put back, so it will not last. Set it by hand where the phone "
      "offers it, or keep `bandkeeper fix` at hand:",
      outcome.put_back_by_phone, Tone::kUnsure);
  if (outcome.link_after_restart)
    page.Line(*outcome.link_after_restart
                  ? "After the restart the band connected again by itself."
                  : "After the restart the band did not connect within three minutes.",
              0, *outcome.link_after_restart ? Tone::kGood : Tone::kBad);
  return page.Take();
}

std::string_view HarmWords(repair::Harm harm) {
  switch (harm) {
    case repair::Harm::kHarmless:
      return "loses nothing";
    case repair::Harm::kDisruptive:
      return "asks first";
    case repair::Harm::kLossy:
      return "asks for a typed word first";
  }
  return "";
}

void DryLines(const std::vector<repair::PreviewLine>& lines, Page& page) {
  for (const repair::PreviewLine& line : lines) {
    page.Line(line.what + (line.already ? " (nothing to do)" : ""), 4);
    for (const std::string& command : line.commands) page.Command(command, 8);
  }
}

std::string DryText(const app::DryRun& dry, const Style& style, app::Privacy& privacy) {
  Page page(style, privacy);
  page.Line(dry.report.diagnosis.verdict.text, 0, Tone::kStrong);
  SayApp(dry.companion, dry.other_companions, page);
  page.Line(dry.steps.empty() ? "There is nothing to do."
                              : "What `bandkeeper fix` would do, one after the other, until the "
                                "band works. Nothing was touched.");
  int number = 0;
  for (const app::DryStep& step : dry.steps) {
    page.Blank();
    page.Line(fmt::format("{}. {} ({})", ++number, step.title, HarmWords(step.consent.harm)), 0,
              Tone::kStrong);
    if (!step.consent.text.empty()) page.Line(step.consent.text, 3);
    switch (step.doer) {
      case repair::Doer::kTool:
        DryLines(step.lines, page);
        break;
      case repair::Doer::kFinger:
        DryLines(step.by_finger, page);
        break;
      case repair::Doer::kWords:
        break;
    }
    if (step.doer != repair::Doer::kTool)
      for (const std::string& words : step.words) page.Line("- " + words, 4);
  }
  return page.Take();
}

std::string PastText(const app::PastRepairs& past, const Style& style, app::Privacy& privacy) {
  Page page(style, privacy);
  if (past.repairs.empty()) page.Line("No repair was made from this computer.");
  for (const app::PastRepair& repair : past.repairs) {
    page.Line(fmt::format("{}  {}  {}  {}", repair.number, Moment(repair.at), repair.phone,
                          repair.outcome.empty() ? "interrupted" : repair.outcome),
              0, Tone::kStrong);
    for (const std::string& fix : repair.fixes) page.Line(fix, 3);
    for (const app::PastChange& change : repair.changes)
      page.Line(fmt::format("- {} ({})", change.text, change.state), 5);
  }
  if (past.lost > 0)
    page.Line(fmt::format("{} record(s) of the journal are damaged and cannot be read.", past.lost),
              0, Tone::kUnsure);
  return page.Take();
}

std::string UndoText(const app::UndoOutcome& outcome, const Style& style, app::Privacy& privacy) {
  Page page(style, privacy);
  if (outcome.undone.empty()) page.Line("Nothing is left to undo.");
  for (const repair::Undone& undone : outcome.undone)
    page.Line((undone.how == repair::Undone::How::kCannot ? "Not put back: " : "") + undone.text);
  for (const std::string& other : outcome.others) page.Line(other);
  return page.Take();
}

// Who answers; null where nobody does. --yes in a script asks nothing.
Result<std::unique_ptr<ports::Person>> WhoAnswers(const Options& options, const app::World& world) {
  if (!world.person) return nullptr;
  auto person = world.person(false);
  if (!person && options.yes) return nullptr;
  return person;
}

}  // namespace

Outcome FixPhone(const Options& options, const app::World& world, const Style& style) {
  app::Privacy privacy(options.show_addresses);
  const auto knowledge = KnowledgeOf(options, world);
  if (!knowledge) return Failed(knowledge.error(), privacy);
  const app::DiagnosePhone diagnose = app::DiagnosisOf(options.band, *knowledge, world);
  app::RepairRequest request{.serial = options.serial, .app = options.app, .yes = options.yes};
  if (options.dry_run) {
    const auto dry = app::RunDry(request, *knowledge, world, diagnose);
    if (!dry) return Failed(dry.error(), privacy);
    return {.out = options.json ? Dump(app::ToJson(*dry, privacy)) : DryText(*dry, style, privacy)};
  }
  auto person = WhoAnswers(options, world);
  if (!person) return Failed(person.error(), privacy);
  request.can_ask = *person != nullptr && ((*person)->at_terminal() || !options.yes);
  FixTalk talk(person->get(), privacy, world.progress);
  const auto outcome = app::RunRepair(request, *knowledge, world, diagnose, talk);
  if (world.progress) world.progress("");
  if (!outcome) return Failed(outcome.error(), privacy);
  return {.status = StatusOf(outcome->end),
          .out = options.json ? Dump(app::ToJson(*outcome, privacy))
                              : OutcomeText(*outcome, style, privacy)};
}

Outcome UndoRepairs(const Options& options, const app::World& world, const Style& style) {
  app::Privacy privacy(options.show_addresses);
  if (options.list) {
    const auto past = app::ListRepairs(*world.embedded_knowledge, world);
    if (!past) return Failed(past.error(), privacy);
    return {.out =
                options.json ? Dump(app::ToJson(*past, privacy)) : PastText(*past, style, privacy)};
  }
  auto person = WhoAnswers(options, world);
  FixTalk talk(person ? person->get() : nullptr, privacy, world.progress);
  app::UndoRequest request{
      .serial = options.serial, .all = options.all, .numbers = options.numbers};
  if (person && *person && ((*person)->at_terminal() || !options.yes))
    request.ask = [&](std::string_view text) {
      return talk.AskYes(std::string(text) + " Put it back all the same?");
    };
  const auto outcome = app::RunUndo(request, *world.embedded_knowledge, world);
  if (!outcome) return Failed(outcome.error(), privacy);
  return {.status = outcome->all_back ? ExitCode::kHealthy : ExitCode::kStepFailed,
          .out = options.json ? Dump(app::ToJson(*outcome, privacy))
                              : UndoText(*outcome, style, privacy)};
}

Outcome WatchPhone(const Options& options, const app::World& world, const Style& style) {
  app::Privacy privacy(options.show_addresses);
  const auto tell = [&](const app::WatchEvent& event) {
    if (world.progress) world.progress("");
    if (!options.json && world.say)
      world.say(fmt::format("{}  {}\n", Moment(event.at),
                            Printable(privacy.Scrub(app::ValidUtf8(event.text)))));
  };
  const auto outcome = app::WatchPhone(
      {.serial = options.serial, .band = options.band, .app = options.app, .hours = options.hours},
      *world.embedded_knowledge, world, tell);
  if (!outcome) return Failed(outcome.error(), privacy);
  Page page(style, privacy);
  page.Line(outcome->sentence, 0, outcome->good() ? Tone::kGood : Tone::kBad);
  return {.status = outcome->seconds == 0 ? ExitCode::kCouldNotCheck
                    : outcome->good()     ? ExitCode::kHealthy
                                          : ExitCode::kTrouble,
          .out = options.json ? Dump(app::ToJson(*outcome, privacy)) : page.Take()};
}

}  // namespace bk::cli
