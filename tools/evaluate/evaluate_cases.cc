// evaluate_cases [SOURCE_DIR]: how well the knowledge does on the closed cases.
#include <algorithm>
#include <array>
#include <cstdio>
#include <ctime>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "adapters/toml/load_knowledge.h"
#include "troubleshoot/diagnose.h"

namespace {

using namespace bk;
using namespace bk::troubleshoot;

constexpr std::size_t kFolds = 8;
constexpr double kEachPlus = 1.5;  // as the priors in knowledge/causes were counted

struct Case {
  std::string cause, layer;
  std::vector<evidence::Finding> findings;
};

std::vector<Case> ReadCases(const std::string& path) {
  std::vector<Case> cases;
  std::ifstream in(path);
  for (std::string line; std::getline(in, line);) {
    if (line.empty()) continue;
    const auto json = nlohmann::json::parse(line);
    Case one{json["cause"], json["layer"], {}};
    const auto add = [&](const char* key, evidence::SourceKind source) {
      if (!json.contains(key)) return;
      for (const auto& id : json[key]) {
        evidence::Finding finding;
        finding.id = id;
        finding.source = source;
        one.findings.push_back(finding);
      }
    };
    add("observations", evidence::SourceKind::kPerson);
    add("would_show_on_phone", evidence::SourceKind::kPhone);
    cases.push_back(std::move(one));
  }
  return cases;
}

struct Score {
  std::size_t cases = 0, layer = 0, first = 0, three = 0, cannot_tell = 0;
  double brier = 0;
  struct Bin {
    std::size_t count = 0, right = 0;
    double said = 0;
  };
  std::array<Bin, 5> bins;

  void Add(const Case& one, const Diagnosis& diagnosis) {
    ++cases;
    const auto likeliest =
        std::ranges::max_element(diagnosis.layers, {}, &LayerVerdict::probability);
    layer += likeliest->id == one.layer ? 1U : 0U;
    cannot_tell += diagnosis.verdict.outcome == Outcome::kCannotTell ? 1U : 0U;
    std::size_t rank = 0;
    for (const CauseChance& cause : diagnosis.causes) {
      const bool is = cause.id == one.cause;
      brier += (cause.probability - (is ? 1 : 0)) * (cause.probability - (is ? 1 : 0));
      if (cause.id == kNoneOfThese) continue;
      if (is) {
        first += rank == 0 ? 1U : 0U;
        three += rank < 3 ? 1U : 0U;
      }
      if (rank++ > 0) continue;
      Bin& bin = bins[std::min<std::size_t>(4, static_cast<std::size_t>(cause.probability * 5))];
      ++bin.count;
      bin.said += cause.probability;
      bin.right += is ? 1U : 0U;
    }
  }

  void Print(const char* title) const {
    const auto share = [&](std::size_t n) {
      return 100.0 * static_cast<double>(n) / static_cast<double>(cases);
    };
    std::printf("%s: %zu cases\n", title, cases);
    std::printf("  layer %zu (%.0f %%), first %zu (%.0f %%), among three %zu (%.0f %%)\n", layer,
                share(layer), first, share(first), three, share(three));
    std::printf("  cannot tell %zu, Brier %.3f\n", cannot_tell, brier / static_cast<double>(cases));
    for (const Bin& bin : bins)
      if (bin.count > 0)
        std::printf("  said %.2f on average: right %zu of %zu\n",
                    bin.said / static_cast<double>(bin.count), bin.right, bin.count);
  }
};

// Priors counted over the cases that are not in the fold; causes without cases keep theirs.
Knowledge WithoutFold(const Knowledge& knowledge, const std::vector<Case>& cases,
                      std::size_t fold) {
  std::map<std::string, std::size_t> all, kept;
  for (std::size_t i = 0; i < cases.size(); ++i) {
    ++all[cases[i].cause];
    if (i % kFolds != fold) ++kept[cases[i].cause];
  }
  Knowledge without = knowledge;
  for (Cause& cause : without.causes)
    if (const auto counted = all.find(cause.id); counted != all.end())
      cause.prior *= (static_cast<double>(kept[cause.id]) + kEachPlus) /
                     (static_cast<double>(counted->second) + kEachPlus);
  return without;
}

}  // namespace

int main(int argc, char** argv) {
  const std::string root = argc > 1 ? argv[1] : ".";
  const auto knowledge = adapters::toml::LoadKnowledge(root + "/knowledge");
  if (!knowledge) {
    std::fprintf(stderr, "%s\n", knowledge.error().message.c_str());
    return 1;
  }
  const std::vector<Case> cases = ReadCases(root + "/knowledge/cases/cases.jsonl");
  if (cases.empty()) {
    std::fprintf(stderr, "no cases in %s\n", root.c_str());
    return 1;
  }
  const Context context{.band_seen = true};
  Score fit, folded;
  std::vector<double> times;
  const BeliefModel model(*knowledge);
  for (const Case& one : cases) {
    const std::clock_t before = std::clock();  // processor time: others may run beside
    const Diagnosis diagnosis = Diagnose(model, one.findings, context);
    times.push_back(1000.0 * static_cast<double>(std::clock() - before) / CLOCKS_PER_SEC);
    fit.Add(one, diagnosis);
  }
  for (std::size_t fold = 0; fold < kFolds; ++fold) {
    const Knowledge without = WithoutFold(*knowledge, cases, fold);
    const BeliefModel without_model(without);
    for (std::size_t i = fold; i < cases.size(); i += kFolds)
      folded.Add(cases[i], Diagnose(without_model, cases[i].findings, context));
  }
  fit.Print("priors as they stand (a fit)");
  folded.Print("priors counted without each fold (8 folds)");
  std::ranges::sort(times);
  std::printf("belief, verdict, plan and explanation: median %.2f ms, largest %.2f ms\n",
              times[times.size() / 2], times.back());
  return 0;
}
