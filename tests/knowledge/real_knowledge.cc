#include "knowledge/real_knowledge.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <map>

#include "adapters/toml/load_knowledge.h"
#include "troubleshoot/verdict.h"

namespace bk::troubleshoot {

using nlohmann::json;

const std::string& SourceRoot() {
  static const std::string root = BK_SOURCE_DIR;
  return root;
}

const Knowledge& TheKnowledge() {
  static const auto loaded = adapters::toml::LoadKnowledge(SourceRoot() + "/knowledge");
  if (!loaded) {
    std::fprintf(stderr, "%s\n", loaded.error().message.c_str());
    std::abort();
  }
  return *loaded;
}

std::vector<json> Lines(const std::string& path) {
  std::ifstream in(SourceRoot() + "/" + path);
  std::vector<json> lines;
  for (std::string line; std::getline(in, line);)
    if (!line.empty()) lines.push_back(json::parse(line));
  EXPECT_FALSE(lines.empty()) << path;
  return lines;
}

evidence::Finding Said(const std::string& id, bool value, evidence::SourceKind source) {
  evidence::Finding finding;
  finding.id = id;
  finding.value = value;
  finding.source = source;
  return finding;
}

std::vector<evidence::Finding> SaidAll(const BeliefModel& model, const json& said) {
  std::vector<evidence::Finding> findings;
  for (const auto& [id, value] : said.items()) {
    EXPECT_NE(model.FindingIndex(id), BeliefModel::npos) << id;
    findings.push_back(Said(id, value.get<bool>(), evidence::SourceKind::kPerson));
  }
  return findings;
}

Ranking Rank(const BeliefModel& model, const std::vector<evidence::Finding>& findings) {
  constexpr std::size_t kTold = 4;
  const Belief belief = model.Believe(model.Observe(findings));
  Ranking ranking;
  std::map<std::string, double> layers;
  for (const CauseChance& cause : SortedCauses(model, belief)) {
    if (cause.id == kNoneOfThese) continue;
    ranking.causes.push_back(cause.id);
    layers[cause.layer] += cause.probability;
    if (ranking.causes.size() <= kTold)
      ranking.text += fmt::format("{} {:.3f}; ", cause.id, cause.probability);
  }
  ranking.layer =
      std::ranges::max_element(layers, {}, [](const auto& one) { return one.second; })->first;
  for (const CauseSet& set : LikeliestSets(model, belief, kTold)) {
    ranking.text += fmt::format("{{{}}} {:.3f} ", fmt::join(set.causes, " + "), set.probability);
    if (ranking.best_set.empty()) ranking.best_set = set.causes;
  }
  std::ranges::sort(ranking.best_set);
  return ranking;
}

}  // namespace bk::troubleshoot
