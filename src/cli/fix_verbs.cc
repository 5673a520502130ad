#include "cli/fix_verbs.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "app/evidence_json.h"
#include "app/repair/messages.h"
#include "app/repair/phone_diagnosis.h"
#include "app/repair/repair_case.h"
#include "app/repair/undo_case.h"
#include "app/repair/watch_case.h"
#include "cli/fix_talk.h"
#include "cli/messages.h"
#include "cli/moment.h"
#include "cli/words_verb.h"

namespace bk::cli {
namespace {

using End = app::RepairOutcome::End;

// Text for standard output, safe and wrapped.
class Page {
 public:
  Page(const Style& style, app::Privacy& privacy, const language::Language& language)
      : style_(style), privacy_(privacy), language_(language) {}
  [[nodiscard]] std::string Say(const Message& message,
                                const std::vector<language::Argument>& arguments = {}) const {
    return language_.Say(message, arguments);
  }
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
  const language::Language& language_;
  std::string out_;
};

// `name` as it is where it has no words.
using Words = std::map<std::string_view, const Message*>;
std::string WordsFor(const Words& words, const std::string& name, const Page& page) {
  const auto known = words.find(name);
  return known == words.end() ? name : page.Say(*known->second);
}

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

bool Helped(const app::StepRun& run) { return run.cured && run.end != "already"; }

// How a step ended, for the list at the end. A step that changed nothing did not help, whatever
// was seen after it. `together`: the one proof came after several.
std::string EndWords(const app::StepRun& run, bool together, const Page& page) {
  constexpr const OutcomeMessages& kSays = kOutcomeSays;
  static const Words words = {
      {"already", &kSays.already},           {"done", &kSays.done},
      {"refused", &kSays.refused},           {"not_seen", &kSays.not_seen},
      {"stopped", &kSays.stopped},           {"phone_gone", &kSays.phone_gone},
      {"not_recorded", &kSays.not_recorded}, {"skipped", &kSays.skipped},
      {"not_here", &kSays.not_here}};
  if (Helped(run)) return page.Say(together ? kSays.helped_together : kSays.helped);
  return WordsFor(words, run.end, page);
}

std::string OutcomeText(const app::RepairOutcome& outcome, const Style& style,
                        app::Privacy& privacy, const language::Language& language) {
  Page page(style, privacy, language);
  const bool good = StatusOf(outcome.end) == ExitCode::kHealthy;
  page.Line(outcome.sentence, 0, good ? Tone::kGood : Tone::kStrong);
  if (!outcome.proof.empty())
    page.Line(
        page.Say(outcome.proved_by == app::RepairOutcome::ProvedBy::kNobody ? kOutcomeSays.seen
                                                                            : kOutcomeSays.proof,
                 {{"what", outcome.proof}}),
        2);
  SayApp(outcome.companion, outcome.other_companions, page);
  bool any = false;
  const bool together = std::ranges::count_if(outcome.runs, Helped) > 1;
  for (const app::StepRun& run : outcome.runs) {
    if (!any) page.Line(page.Say(kOutcomeSays.steps));
    any = true;
    page.Line(
        page.Say(
            run.sentence.empty() ? kOutcomeSays.step : kOutcomeSays.step_why,
            {{"title", run.title}, {"end", EndWords(run, together, page)}, {"why", run.sentence}}),
        2);
  }
  if (!outcome.changed.empty()) {
    page.Line(page.Say(kOutcomeSays.changed));
    for (const std::string& change : outcome.changed) page.Line("- " + change, 2);
  }
  const auto list = [&](const Message& heading, const std::vector<std::string>& lines,
                        Tone tone = Tone::kPlain) {
    if (lines.empty()) return;
    page.Line(page.Say(heading), 0, tone);
    for (const std::string& line : lines) page.Line("- " + line, 2);
  };
  list(kOutcomeSays.everyday_off, outcome.everyday_off, Tone::kUnsure);
  list(kOutcomeSays.put_back_since, outcome.put_back_since, Tone::kUnsure);
  list(kOutcomeSays.set_again, outcome.set_again);
  list(kOutcomeSays.put_back_by_phone, outcome.put_back_by_phone, Tone::kUnsure);
  if (outcome.link_after_restart)
    page.Line(page.Say(*outcome.link_after_restart ? kOutcomeSays.back_after_restart
                                                   : kOutcomeSays.gone_after_restart),
              0, *outcome.link_after_restart ? Tone::kGood : Tone::kBad);
  return page.Take();
}

const Message& HarmWords(repair::Harm harm) {
  switch (harm) {
    case repair::Harm::kHarmless:
      return kPlanTextSays.loses_nothing;
    case repair::Harm::kDisruptive:
      return kPlanTextSays.asks_first;
    case repair::Harm::kLossy:
      break;
  }
  return kPlanTextSays.asks_word;
}

void DryLines(const std::vector<repair::PreviewLine>& lines, Page& page) {
  for (const repair::PreviewLine& line : lines) {
    page.Line(
        line.already ? page.Say(kPlanTextSays.nothing_to_do, {{"what", line.what}}) : line.what, 4);
    for (const std::string& command : line.commands) page.Command(command, 8);
  }
}

std::string DryText(const app::DryRun& dry, const Style& style, app::Privacy& privacy,
                    const language::Language& language) {
  Page page(style, privacy, language);
  page.Line(dry.report.diagnosis.verdict.text, 0, Tone::kStrong);
  SayApp(dry.companion, dry.other_companions, page);
  page.Line(page.Say(dry.steps.empty() ? kPlanTextSays.nothing : kPlanTextSays.would_do));
  int number = 0;
  for (const app::DryStep& step : dry.steps) {
    page.Blank();
    page.Line(
        fmt::format("{}. {} ({})", ++number, step.title, page.Say(HarmWords(step.consent.harm))), 0,
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
  if (dry.afterwards.empty()) return page.Take();
  page.Blank();
  for (const repair::PreviewLine& line : dry.afterwards) {
    page.Line(line.what + ":");
    for (const std::string& command : line.commands) page.Command(command, 8);
  }
  return page.Take();
}

// How a repair ended and how its changes stand, as the journal names it.
const Words& Endings() {
  constexpr const PlanTextMessages& kSays = kPlanTextSays;
  static const Words words = {{"", &kSays.interrupted},
                              {"interrupted", &kSays.interrupted},
                              {"nothing_wrong", &kSays.nothing_wrong},
                              {"no_verdict", &kSays.no_verdict},
                              {"proved", &kSays.proved},
                              {"confirmed", &kSays.confirmed},
                              {"unproved", &kSays.unproved},
                              {"nothing_left", &kSays.nothing_left},
                              {"stopped", &kSays.stopped},
                              {"failed", &kSays.failed},
                              {"rolled back", &kSays.rolled_back},
                              {"everyday settings set", &kSays.everyday_set},
                              {"not all was set", &kSays.not_all_set}};
  return words;
}
const Words& States() {
  constexpr const PlanTextMessages& kSays = kPlanTextSays;
  static const Words words = {{"stands", &kSays.stands},
                              {"restored", &kSays.restored},
                              {"left", &kSays.left},
                              {"refused", &kSays.refused},
                              {"unsure", &kSays.unsure}};
  return words;
}

std::string PastText(const app::PastRepairs& past, const Style& style, app::Privacy& privacy,
                     const language::Language& language) {
  Page page(style, privacy, language);
  if (past.repairs.empty()) page.Line(page.Say(kPlanTextSays.none));
  for (const app::PastRepair& repair : past.repairs) {
    page.Line(fmt::format("{}  {}  {}  {}", repair.number, Moment(language, repair.at),
                          app::PhoneNameIn(language, repair.phone),
                          WordsFor(Endings(), repair.outcome, page)),
              0, Tone::kStrong);
    for (const std::string& fix : repair.fixes) page.Line(fix, 3);
    for (const app::PastChange& change : repair.changes)
      page.Line(fmt::format("- {} ({})", change.text, WordsFor(States(), change.state, page)), 5);
  }
  if (past.lost > 0)
    page.Line(page.Say(kPlanTextSays.damaged, {{"count", past.lost}}), 0, Tone::kUnsure);
  return page.Take();
}

std::string UndoText(const app::UndoOutcome& outcome, const Style& style, app::Privacy& privacy,
                     const language::Language& language) {
  Page page(style, privacy, language);
  if (outcome.undone.empty()) page.Line(page.Say(kOutcomeSays.nothing_to_undo));
  for (const repair::Undone& undone : outcome.undone)
    page.Line(undone.how == repair::Undone::How::kCannot
                  ? page.Say(kOutcomeSays.not_put_back, {{"what", undone.text}})
                  : undone.text);
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
  const auto knowledge = KnowledgeInLanguage(options, world);
  if (!knowledge) return Failed(knowledge.error(), privacy);
  const app::DiagnosePhone diagnose = app::DiagnosisOf(
      options.band, *knowledge, world, [&privacy](const std::vector<std::string>& devices) {
        for (const std::string& one : devices) privacy.Number(one);
      });
  app::RepairRequest request{.serial = options.serial, .app = options.app, .yes = options.yes};
  if (options.dry_run) {
    const auto dry = app::RunDry(request, *knowledge, world, diagnose);
    if (!dry) return Failed(dry.error(), privacy);
    return {.out = options.json ? Dump(app::ToJson(*dry, privacy))
                                : DryText(*dry, style, privacy, knowledge->language)};
  }
  auto person = WhoAnswers(options, world);
  if (!person) return Failed(person.error(), privacy);
  request.can_ask = *person != nullptr && ((*person)->at_terminal() || !options.yes);
  FixTalk talk(person->get(), privacy, world.progress, &knowledge->language);
  const auto outcome = app::RunRepair(request, *knowledge, world, diagnose, talk);
  if (world.progress) world.progress("");
  if (!outcome) return Failed(outcome.error(), privacy);
  return {.status = StatusOf(outcome->end),
          .out = options.json ? Dump(app::ToJson(*outcome, privacy))
                              : OutcomeText(*outcome, style, privacy, knowledge->language)};
}

Outcome UndoRepairs(const Options& options, const app::World& world, const Style& style) {
  app::Privacy privacy(options.show_addresses);
  const auto knowledge = KnowledgeInLanguage(options, world);
  if (!knowledge) return Failed(knowledge.error(), privacy);
  if (options.list) {
    const auto past = app::ListRepairs(*knowledge, world);
    if (!past) return Failed(past.error(), privacy);
    return {.out = options.json ? Dump(app::ToJson(*past, privacy))
                                : PastText(*past, style, privacy, knowledge->language)};
  }
  auto person = WhoAnswers(options, world);
  FixTalk talk(person ? person->get() : nullptr, privacy, world.progress, &knowledge->language);
  app::UndoRequest request{
      .serial = options.serial, .all = options.all, .numbers = options.numbers};
  if (person && *person && ((*person)->at_terminal() || !options.yes))
    request.ask = [&](std::string_view text) {
      return talk.AskYes(knowledge->language.Say(app::kFixSays.all_the_same, {{"text", text}}));
    };
  const auto outcome = app::RunUndo(request, *knowledge, world);
  if (!outcome) return Failed(outcome.error(), privacy);
  return {.status = outcome->all_back ? ExitCode::kHealthy : ExitCode::kStepFailed,
          .out = options.json ? Dump(app::ToJson(*outcome, privacy))
                              : UndoText(*outcome, style, privacy, knowledge->language)};
}

Outcome WatchPhone(const Options& options, const app::World& world, const Style& style) {
  app::Privacy privacy(options.show_addresses);
  const auto knowledge = KnowledgeInLanguage(options, world);
  if (!knowledge) return Failed(knowledge.error(), privacy);
  const auto tell = [&](const app::WatchEvent& event) {
    if (world.progress) world.progress("");
    if (!options.json && world.say)
      world.say(fmt::format("{}  {}\n", Moment(knowledge->language, event.at),
                            Printable(privacy.Scrub(app::ValidUtf8(event.text)))));
  };
  const auto outcome = app::WatchPhone(
      {.serial = options.serial, .band = options.band, .app = options.app, .hours = options.hours},
      *knowledge, world, tell);
  if (!outcome) return Failed(outcome.error(), privacy);
  Page page(style, privacy, knowledge->language);
  page.Line(outcome->sentence, 0, outcome->good() ? Tone::kGood : Tone::kBad);
  return {.status = outcome->seconds == 0 ? ExitCode::kCouldNotCheck
                    : outcome->good()     ? ExitCode::kHealthy
                                          : ExitCode::kTrouble,
          .out = options.json ? Dump(app::ToJson(*outcome, privacy)) : page.Take()};
}

}  // namespace bk::cli
