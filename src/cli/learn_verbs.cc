#include "cli/learn_verbs.h"

#include <fmt/format.h>

#include <algorithm>

#include "app/evidence_json.h"
#include "app/findings_file.h"
#include "app/learn/closed_cases.h"
#include "app/learn/learn_json.h"
#include "cli/learn_text.h"
#include "troubleshoot/learn/bare_knowledge.h"
#include "troubleshoot/learn/evaluate.h"

namespace bk::cli {
namespace {

using troubleshoot::ClosedCase;
using troubleshoot::Knowledge;

constexpr std::size_t kFindingsBytesMax = 16 * 1024 * 1024;

Result<std::vector<ClosedCase>> CasesOf(const Options& options, const app::World& world) {
  std::vector<std::string> paths = options.cases;
  if (options.mine) {
    if (world.own_cases.empty())
      return Fail(ErrorCode::kNotFound, "There is no home folder to keep cases in.");
    paths.push_back(world.own_cases);
  }
  if (paths.empty())
    return Fail(ErrorCode::kInvalid, "No closed cases given; name a file, or --mine.");
  BK_TRY(std::vector<ClosedCase> cases, app::ReadClosedCases(paths, world));
  if (cases.empty()) return Fail(ErrorCode::kNotFound, "There is no closed case in these files.");
  return cases;
}

}  // namespace

Outcome FitKnowledge(const Options& options, const app::World& world) {
  app::Privacy privacy(options.show_addresses);
  const std::string into = options.in_place ? options.knowledge_dir : options.write_dir;
  if ((options.in_place || !options.write_dir.empty()) && options.knowledge_dir.empty())
    return Failed(ExitCode::kUsage,
                  "Writing needs --knowledge DIR: the built-in knowledge has no files.");
  auto knowledge = KnowledgeOf(options, world);
  if (!knowledge) return Failed(knowledge.error(), privacy);
  // Own cases come on top of those in the built-in numbers; files hold both numbers, and start from
  // the elicited ones.
  const bool mine_alone = options.mine && options.cases.empty();
  if (mine_alone && options.knowledge_dir.empty())
    *knowledge = troubleshoot::AsElicited(*std::move(knowledge));
  if (knowledge->learning.prior_sizes.empty())
    return Failed(ExitCode::kUsage, "model.toml has no [learning]: nothing says how cases weigh.");
  const auto cases = CasesOf(options, world);
  if (!cases) return Failed(cases.error(), privacy);
  if (world.progress) world.progress("choosing how heavily the elicited numbers weigh");
  auto fitted =
      troubleshoot::Fit(*knowledge, *cases, troubleshoot::ChooseSizes(*knowledge, *cases));
  if (mine_alone && !options.knowledge_dir.empty())
    fitted.notes.emplace_back(
        "only your own cases were counted, so what other cases had moved goes back; name their "
        "files "
        "too.");
  Outcome outcome{.out = options.json ? Dump(app::ToJson(fitted, cases->size()))
                                      : FitText(fitted, cases->size(), options.verbose)};
  if (into.empty()) {
    if (!options.json)
      outcome.out += "Nothing was written (--write DIR, or --in-place with --knowledge DIR).\n";
    return outcome;
  }
  const auto files = world.write_numbers(options.knowledge_dir, into, fitted.changes);
  if (!files) return Failed(files.error(), privacy);
  if (!options.json) outcome.out += fmt::format("{} files changed in {}.\n", *files, into);
  return outcome;
}

Outcome EvaluateKnowledge(const Options& options, const app::World& world) {
  app::Privacy privacy(options.show_addresses);
  const auto knowledge = KnowledgeOf(options, world);
  if (!knowledge) return Failed(knowledge.error(), privacy);
  const auto cases = CasesOf(options, world);
  if (!cases) return Failed(cases.error(), privacy);
  if (world.progress) world.progress("fitting anew for each fold");
  const auto evaluation =
      troubleshoot::Evaluate(*knowledge, *cases, static_cast<std::size_t>(options.folds));
  return {.out = options.json ? Dump(app::ToJson(evaluation))
                              : EvaluationText(evaluation, options.verbose)};
}

Outcome RememberCase(const Options& options, const app::World& world) {
  app::Privacy privacy(options.show_addresses);
  const Knowledge& knowledge = *world.embedded_knowledge;
  if (world.own_cases.empty())
    return Failed(ExitCode::kCouldNotCheck, "There is no home folder to keep cases in.");
  if (std::ranges::find(knowledge.causes, options.cause, &troubleshoot::Cause::id) ==
      knowledge.causes.end())
    return Failed(ExitCode::kUsage, fmt::format("There is no cause \"{}\".", options.cause));
  if (!options.fix.empty() && std::ranges::find(knowledge.fixes, options.fix,
                                                &troubleshoot::Fix::id) == knowledge.fixes.end())
    return Failed(ExitCode::kUsage, fmt::format("There is no fix \"{}\".", options.fix));
  const auto text = world.read_text(options.findings_file, kFindingsBytesMax);
  if (!text) return Failed(text.error(), privacy);
  auto findings = app::ParseFindingsOrReport(*text, options.findings_file);
  if (!findings) return Failed(findings.error(), privacy);
  // Only what the knowledge names is kept: nothing else can be learned from, or is free of secrets.
  std::erase_if(*findings, [&](const evidence::Finding& finding) {
    return std::ranges::find(knowledge.findings, finding.id, &troubleshoot::FindingKind::id) ==
           knowledge.findings.end();
  });
  std::size_t number = 1;
  if (const auto before = world.read_text(world.own_cases, app::kCasesBytesMax))
    number += static_cast<std::size_t>(std::ranges::count(*before, '\n'));
  const std::string line =
      app::ClosedCaseLine(fmt::format("own-{}", number), options.cause, options.fix, *findings);
  if (const auto added = world.append_line(world.own_cases, line); !added)
    return Failed(added.error(), privacy);
  return {.out = fmt::format("Remembered in {}, on this machine alone; `knowledge fit --mine` "
                             "learns from it.\n",
                             world.own_cases)};
}

}  // namespace bk::cli
