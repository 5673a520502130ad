#include "caution.h"

#include <cstdio>
#include <map>

#include "adapters/toml/table_reader.h"
#include "harm.h"
#include "settings.h"
#include "troubleshoot/learn/evaluate.h"

namespace bk::bench {

using namespace troubleshoot;
using adapters::toml::Need;
using adapters::toml::TableReader;

namespace {

constexpr std::size_t kFolds = 8;

// How the folds are fitted depends on the temperature alone, and takes long.
class SizesByTemperature {
 public:
  Sizes Of(const Knowledge& knowledge, std::span<const ClosedCase> kept) {
    std::string which;
    for (const ClosedCase& closed : kept) which += closed.id + " ";
    const std::pair key{knowledge.learning.temperatures, which};
    const auto found = known_.find(key);
    return found != known_.end() ? found->second : known_[key] = ChooseSizes(knowledge, kept);
  }

 private:
  std::map<std::pair<std::vector<double>, std::string>, Sizes> known_;
};

void PrintCases(const Scores& scores) {
  const CauseScore& c = scores.causes;
  const auto of = [](std::size_t part, std::size_t all) {
    return all == 0 ? 0 : 100.0 * static_cast<double>(part) / static_cast<double>(all);
  };
  std::printf(
      "    cases: layer %.0f %%, cause %.0f %%, cannot tell %.0f %%, sure %zu (wrong %zu), named "
      "%zu (wrong %zu), Brier "
      "%.3f; the fix: first %.0f %%, in three %.0f %%, listed %.0f %%, lossy before %.2f\n",
      of(c.layer, c.cases), of(c.first, c.cases), of(c.cannot_tell, c.cases), c.sure, c.sure_wrong,
      c.named, c.named_wrong, c.brier, of(scores.fixes.first, scores.fixes.cases),
      of(scores.fixes.in_three, scores.fixes.cases), of(scores.fixes.listed, scores.fixes.cases),
      scores.fixes.lossy_before);
}

}  // namespace

Result<std::vector<CautionRow>> ReadCaution(const std::filesystem::path& file) {
  ::toml::table table;
  try {
    table = ::toml::parse_file(file.string());
  } catch (const ::toml::parse_error& error) {
    return Fail(ErrorCode::kInvalid, file.string() + ": " + std::string(error.description()));
  }
  std::vector<adapters::toml::LoadProblem> problems;
  std::vector<CautionRow> rows;
  TableReader reader(table, file.string(), "", problems);
  reader.Tables("row", [&](TableReader& r) {
    rows.push_back({r.Text("title", Need::kRequired), r.Texts("set", Need::kOptional)});
  });
  reader.NoteUnknownKeys();
  if (!problems.empty()) return Fail(ErrorCode::kInvalid, adapters::toml::Format(problems[0]));
  return rows;
}

bool PrintCaution(const Knowledge& shipped, std::span<const CautionRow> rows,
                  std::span<const ClosedCase> cases, const std::vector<WorldKind>& worlds,
                  int people, std::uint64_t seed) {
  SizesByTemperature sizes;
  for (const CautionRow& row : rows) {
    Knowledge knowledge = shipped;
    for (const std::string& setting : row.settings)
      if (!Set(knowledge, setting)) {
        std::fprintf(stderr, "no such number: %s\n", setting.c_str());
        return false;
      }
    std::printf("%s\n", row.title.c_str());
    constexpr std::array kWanted = {Numbers::kCrossValidated};
    const Evaluation evaluation = Evaluate(
        knowledge, cases, kFolds,
        [&](const Knowledge& of, std::span<const ClosedCase> kept) { return sizes.Of(of, kept); },
        kWanted);
    PrintCases(evaluation.scores.front());  // by what people told alone
    const BeliefModel model(knowledge);
    const Planner planner(model);
    for (const WorldKind& kind : worlds) {
      const Harm harm = MeasureHarm(model, planner, kind, people, seed);
      const auto print = [](const char* who, const HarmTally& t) {
        if (t.cases > 0)
          std::printf(
              " %s: pairing %.0f %%, data %.0f %%, surely misnamed %.1f %%, can't tell %.0f %%;",
              who, 100 * t.Share(t.with_pairing), 100 * t.Share(t.with_data), 100 * t.Share(t.sure),
              100 * t.Share(t.cannot_tell));
      };
      std::printf(
          "    %-8s cured %.0f %%, minutes %.1f, known: pairing %.0f %%, surely misnamed %.1f %%;",
          kind.world.id.c_str(), 100 * harm.known.Share(harm.known.cured),
          harm.known.Share(harm.known.cost), 100 * harm.known.Share(harm.known.with_pairing),
          100 * harm.known.Share(harm.known.sure));
      print("unknown", harm.unknown);
      print("mimic", harm.mimics);
      std::printf("\n");
      std::fflush(stdout);
    }
  }
  return true;
}

}  // namespace bk::bench
