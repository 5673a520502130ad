#include "cli/run.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "app/band_privacy.h"
#include "app/diagnose_case.h"
#include "app/evidence_json.h"
#include "app/interview/interview_case.h"
#include "app/repair/kept_settings.h"
#include "app/story_json.h"
#include "cli/ask.h"
#include "cli/band/band_verbs.h"
#include "cli/band/on_simulated_band.h"
#include "cli/doctor_text.h"
#include "cli/everyday.h"
#include "cli/fix_verbs.h"
#include "cli/learn_verbs.h"
#include "cli/messages.h"
#include "cli/options.h"
#include "cli/put_back_text.h"
#include "cli/serve_verb.h"
#include "cli/simulate_verb.h"
#include "cli/simulated.h"
#include "cli/story_text.h"
#include "cli/words_verb.h"
#include "troubleshoot/knowledge/check_knowledge.h"

namespace bk::cli {
namespace {

using troubleshoot::Knowledge;

ExitCode StatusOf(const troubleshoot::Verdict& verdict) {
  switch (verdict.outcome) {
    case troubleshoot::Outcome::kHealthy:
      return ExitCode::kHealthy;
    case troubleshoot::Outcome::kNoBand:
    case troubleshoot::Outcome::kNoTrouble:
      return ExitCode::kCouldNotCheck;
    case troubleshoot::Outcome::kCannotTell:
    case troubleshoot::Outcome::kLayer:
    case troubleshoot::Outcome::kCause:
      break;
  }
  return ExitCode::kTrouble;
}

// A message of several lines, whose words may be those of a file.
std::string PrintableLines(std::string_view text) {
  std::string safe;
  for (bool first = true; first || !text.empty(); first = false) {
    const std::size_t end = text.find('\n');
    safe += Printable(app::ValidUtf8(text.substr(0, end)));
    if (end == std::string_view::npos) break;
    safe += '\n';
    text.remove_prefix(end + 1);
  }
  return safe;
}

// The interview, then the report of what it came to.
Result<app::Report> Ask(const app::DiagnoseRequest& request, const Options& options,
                        const Knowledge& knowledge, const app::World& world,
                        app::Privacy& privacy) {
  if (!world.person) return Fail(ErrorCode::kNotReadable, "Nobody can be asked here.");
  BK_TRY(const auto asked, app::InterviewCase::Open(request, knowledge, world));
  if (world.progress) world.progress("");
  const bool input_taken =
      options.findings_file == "-" || std::ranges::find(options.files, "-") != options.files.end();
  TalkEnd end{};
  {
    BK_TRY(const auto person, world.person(input_taken));
    end = Talk(*asked, *person, privacy, options.fresh);
  }
  if (end == TalkEnd::kInterrupted)
    return Fail(ErrorCode::kStopped, knowledge.language.Say(asked->interview().answers().empty()
                                                                ? kAskSays.stopped_first
                                                                : kAskSays.stopped_kept));
  return asked->Finish();
}

Outcome Doctor(const Options& options, const app::World& world, const Style& style) {
  if (options.everyday) return Everyday(options, world, style);
  app::Privacy privacy(options.show_addresses);
  auto knowledge = KnowledgeOf(options, world);
  if (knowledge) knowledge = InChosenLanguage(std::move(*knowledge), options, world);
  if (!knowledge)
    return {.status = ExitCode::kUsage,
            .err = "bandkeeper: " + PrintableLines(knowledge.error().message) + "\n"};
  app::DiagnoseRequest request = {
      .files = options.files, .findings_file = options.findings_file, .band = options.band};
  if (options.phone)
    request.phone = {.serial = options.serial, .deep = options.deep, .patient = options.patient};
  if (options.probe)
    request.probe = {
        .band = options.band, .adapter = options.on_band.adapter, .phones_off = options.phones_off};
  app::Privacy choosing = app::BandPrivacy(world.band, options.show_addresses);
  request.devices = [&](const std::vector<std::string>& devices) {
    for (const std::string& one : devices) privacy.Number(one), choosing.Number(one);
  };
  const auto report = options.ask ? Ask(request, options, *knowledge, world, privacy)
                                  : app::DiagnoseCase(request, *knowledge, world);
  if (!report) return Failed(report.error(), options.probe ? choosing : privacy);
  Outcome outcome{.status = StatusOf(report->diagnosis.verdict)};
  // Of a band that was found well there is nothing left to check.
  if (outcome.status == ExitCode::kCouldNotCheck && report->probe &&
      report->probe->records == app::ProbeResult::Records::kCame)
    outcome.status = ExitCode::kHealthy;
  if (report->probe && report->evidence.findings.empty()) outcome.status = ExitCode::kCouldNotCheck;
  std::vector<app::PutBackSetting> put_back;
  if (options.phone) put_back = app::LookAtPutBack(options.serial, *knowledge, world);
  if (options.json) {
    nlohmann::ordered_json json = app::ToJson(*report, privacy);
    if (options.phone) json["put_back"] = app::ToJson(put_back, privacy);
    outcome.out = Dump(json);
  } else {
    outcome.out = DoctorText(*report, *knowledge, style, privacy, options.verbose) +
                  PutBackText(put_back, knowledge->language, style, privacy);
  }
  return outcome;
}

Outcome Read(const Options& options, const app::World& world, const Style& style) {
  app::Privacy privacy(options.show_addresses);
  const auto reading = app::ReadCase(options.files, *world.embedded_knowledge, world);
  if (!reading) return Failed(reading.error(), privacy);
  return {.out = options.json ? Dump(app::StoryJson(reading->files, reading->stories,
                                                    reading->texts, reading->timeline, privacy))
                              : StoryText(*reading, style, privacy, options.verbose)};
}

Outcome CheckKnowledge(const Options& options, const app::World& world) {
  const auto knowledge = KnowledgeOf(options, world);
  if (!knowledge)
    return {.status = knowledge.error().code == ErrorCode::kInvalid ? ExitCode::kTrouble
                                                                    : ExitCode::kCouldNotCheck,
            .err = PrintableLines(knowledge.error().message) + "\n"};
  auto problems = troubleshoot::CheckKnowledge(*knowledge);
  std::ranges::move(troubleshoot::CheckLanguages(*knowledge, AllMessages()),
                    std::back_inserter(problems));
  Outcome outcome;
  nlohmann::ordered_json json = {{"schema", "bandkeeper.knowledge_check/1"},
                                 {"causes", knowledge->causes.size()},
                                 {"fixes", knowledge->fixes.size()},
                                 {"findings", knowledge->findings.size()},
                                 {"problems", nlohmann::ordered_json::array()}};
  for (const auto& problem : problems) {
    const bool error = problem.severity == troubleshoot::Severity::kError;
    if (error) outcome.status = ExitCode::kTrouble;
    if (options.json) {
      json["problems"].push_back({{"file", problem.file},
                                  {"line", problem.line},
                                  {"key", problem.key},
                                  {"id", problem.id},
                                  {"severity", error ? "error" : "warning"},
                                  {"text", problem.text}});
    } else {
      outcome.out += Printable(app::ValidUtf8(troubleshoot::Format(problem))) + "\n";
    }
  }
  outcome.out += options.json ? Dump(json)
                              : fmt::format("{} causes, {} fixes, {} findings: {} problems\n",
                                            knowledge->causes.size(), knowledge->fixes.size(),
                                            knowledge->findings.size(), problems.size());
  return outcome;
}

}  // namespace

Outcome Run(const std::vector<std::string>& words, const app::World& world, const Style& style) {
  const auto parsed = ParseOptions(words);
  if (const auto* answer = std::get_if<Answer>(&parsed))
    return answer->wrong ? Outcome{.status = ExitCode::kUsage, .err = answer->text}
                         : Outcome{.out = answer->text};
  const Options& options = std::get<Options>(parsed);
  const auto on_phone = [&](const auto& verb) {
    if (!options.simulated) return verb(options, world, style);
    return OnSimulated(options, world,
                       [&](const app::World& inside) { return verb(options, inside, style); });
  };
  switch (options.verb) {
    case Verb::kDoctor:
      if (options.or_simulated)
        return OnPhoneOrSimulated(options, world,
                                  [&](const Options& with, const app::World& inside) {
                                    return Doctor(with, inside, style);
                                  });
      if (options.probe && options.simulated)
        return OnSimulatedBand(options, world, [&](const app::World& inside) {
          return Doctor(options, inside, style);
        });
      return on_phone(Doctor);
    case Verb::kRead:
      return Read(options, world, style);
    case Verb::kFix:
      return on_phone(FixPhone);
    case Verb::kUndo:
      return on_phone(UndoRepairs);
    case Verb::kWatch:
      return on_phone(WatchPhone);
    case Verb::kKnowledgeCheck:
      return CheckKnowledge(options, world);
    case Verb::kKnowledgeFit:
      return FitKnowledge(options, world);
    case Verb::kKnowledgeEvaluate:
      return EvaluateKnowledge(options, world);
    case Verb::kKnowledgeRemember:
      return RememberCase(options, world);
    case Verb::kKnowledgeWords:
      return WordsToTranslate(options, world);
    case Verb::kServe:
      return ServePage(options, world);
    case Verb::kSimulatePhone:
      return SimulatePhone(options, world);
    case Verb::kSimulateBand:
      return SimulateBand(options, world);
    case Verb::kSimulateWorld:
      return SimulateWorld(options, world);
    case Verb::kCompletion:
      return {.out = CompletionScript(options.shell)};
    case Verb::kPair:
    case Verb::kInfo:
    case Verb::kSync:
    case Verb::kFind:
    case Verb::kRestart:
    case Verb::kReset:
    case Verb::kUpdate:
    case Verb::kExport:
    case Verb::kWatchBand:
      return BandVerb(options, world, style);
  }
  return {.status = ExitCode::kInternal};
}

}  // namespace bk::cli
