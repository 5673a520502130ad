// Belief and plan on simulated owners with ground truth: minutes to cure and lossy steps against
// the troubleshooting guide and three naive orders, calibration, the exact optimum of small
// problems, and latency. All times are simulated minutes but those of the last section.
//
//   bench_troubleshoot [--people N] [--problems N] [--seed N] [--plot FILE.svg] [--part NAME]...
//                      [--set NAME=VALUE]... [--cases FOLDER] [--caution FILE.toml]
//
// Parts: policies, calibration, harm, caution, interview, exact, latency; without --part all of
// them. --set tries another number than knowledge/model.toml has (settings.cc); `caution` tries the
// settings of caution.toml (or FILE.toml) and needs --cases knowledge/cases.
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <string>
#include <string_view>
#include <vector>

#include "app/learn/closed_cases.h"
#include "caution.h"
#include "compare.h"
#include "exact.h"
#include "harm.h"
#include "interviews.h"
#include "latency.h"
#include "plot.h"
#include "read_worlds.h"
#include "reliability.h"
#include "settings.h"
#include "troubleshoot/knowledge/embedded_knowledge.h"

namespace {

using namespace bk;
using namespace bk::bench;

struct Options {
  int people = 2000, problems = 200;
  std::uint64_t seed = 20261125;
  std::string plot, cases, caution = BK_CAUTION;
  std::vector<std::string> parts, settings;

  [[nodiscard]] bool Wants(std::string_view part) const {
    return parts.empty() || std::ranges::find(parts, part) != parts.end();
  }
};

int Usage() {
  std::fprintf(
      stderr,
      "bench_troubleshoot [--people N] [--problems N] [--seed N] [--plot FILE.svg]\n"
      "                   [--part policies|calibration|harm|caution|interview|exact|latency]...\n"
      "                   [--set NAME=VALUE]... [--cases FOLDER] [--caution "
      "FILE.toml]\n");
  return 2;
}

std::string TextOf(const std::string& file) {
  std::ifstream in(file);
  return {std::istreambuf_iterator<char>(in), {}};
}

// The folder's closed cases with what cured them.
Result<std::vector<troubleshoot::ClosedCase>> ReadCases(const std::string& folder) {
  const std::string file = folder + "/cases.jsonl", cures = folder + "/cured_by.jsonl";
  BK_TRY(std::vector<troubleshoot::ClosedCase> cases, app::ParseClosedCases(TextOf(file), file));
  if (const auto added = app::AddCures(TextOf(cures), cures, cases); !added)
    return std::unexpected(added.error());
  if (cases.empty()) return Fail(ErrorCode::kInvalid, file + ": there is no case");
  return cases;
}

int Run(const Options& options) {
  const auto worlds = ReadWorlds(BK_WORLDS);
  if (!worlds) {
    std::fprintf(stderr, "%s\n", worlds.error().message.c_str());
    return 1;
  }
  troubleshoot::Knowledge knowledge = troubleshoot::EmbeddedKnowledge();
  for (const std::string& setting : options.settings)
    if (!Set(knowledge, setting)) {
      std::fprintf(stderr, "no such number: %s\n", setting.c_str());
      return 2;
    }
  const troubleshoot::BeliefModel model(knowledge);
  const troubleshoot::Planner planner(model);
  if (options.Wants("policies")) {
    std::printf(
        "POLICIES\nMinutes to cure count %g more for who is not cured. Lossy: costs the pairing, "
        "or more.\n\n",
        knowledge.model.give_up_minutes);
    std::vector<Comparison> comparisons;
    for (const WorldKind& kind : *worlds) {
      comparisons.push_back(Compare(model, planner, kind, options.people, options.seed));
      Print(comparisons.back(), knowledge.model);
      std::fflush(stdout);
    }
    if (!options.plot.empty()) {
      // The first world is for checking the arithmetic; people are as in the others.
      comparisons.erase(comparisons.begin());
      std::ofstream(options.plot) << CuredAgainstMinutes(comparisons);
    }
  }
  if (options.Wants("calibration")) {
    std::printf("CALIBRATION\n%d owners in each world; seeds other than above\n\n", options.people);
    std::vector<Reliability> reliability;
    for (const WorldKind& kind : *worlds)
      reliability.push_back(Measure(model, planner, kind, options.people, options.seed + 1));
    PrintSideBySide(reliability);
    std::fflush(stdout);
  }
  if (options.Wants("harm")) {
    std::printf("HARM\n");
    PrintHarm(model, planner, *worlds, options.people, options.seed + 2);
    std::fflush(stdout);
  }
  if (options.Wants("caution") && !options.cases.empty()) {
    std::printf("CAUTION\n");
    const auto rows = ReadCaution(options.caution);
    const auto cases = ReadCases(options.cases);
    if (!rows || !cases) {
      std::fprintf(stderr, "%s\n", (rows ? cases.error() : rows.error()).message.c_str());
      return 1;
    }
    if (!PrintCaution(knowledge, *rows, *cases, *worlds, options.people, options.seed + 2))
      return 2;
  }
  if (options.Wants("interview")) {
    std::printf("INTERVIEW\n");
    PrintInterviews(model, *worlds, std::min(options.people, 500), options.seed + 3);
    std::fflush(stdout);
  }
  if (options.Wants("exact")) {
    std::printf("AGAINST THE EXACT OPTIMUM\n");
    PrintExact(options.problems, options.seed);
    std::fflush(stdout);
  }
  if (options.Wants("latency")) {
    std::printf("LATENCY\n");
    PrintLatency(model, planner, worlds->at(1), std::min(options.people, 500), options.seed);
  }
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  Options options;
  for (int i = 1; i < argc; i += 2) {
    const std::string_view key = argv[i];
    if (i + 1 >= argc) return Usage();
    const char* value = argv[i + 1];
    if (key == "--people")
      options.people = std::max(1, std::atoi(value));
    else if (key == "--problems")
      options.problems = std::max(1, std::atoi(value));
    else if (key == "--seed")
      options.seed = std::strtoull(value, nullptr, 10);
    else if (key == "--plot")
      options.plot = value;
    else if (key == "--cases")
      options.cases = value;
    else if (key == "--caution")
      options.caution = value;
    else if (key == "--part")
      options.parts.emplace_back(value);
    else if (key == "--set")
      options.settings.emplace_back(value);
    else
      return Usage();
  }
  return Run(options);
}
