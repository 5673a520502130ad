// The data of knowledge/, through the real loader, checker and belief.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdio>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "adapters/toml/load_knowledge.h"
#include "evidence/evidence.h"
#include "troubleshoot/belief/belief.h"
#include "troubleshoot/knowledge/check_knowledge.h"

namespace bk::troubleshoot {
namespace {

using nlohmann::json;

const std::string kRoot = BK_SOURCE_DIR;

const Knowledge& TheKnowledge() {
  static const auto loaded = adapters::toml::LoadKnowledge(kRoot + "/knowledge");
  if (!loaded) {
    std::fprintf(stderr, "%s\n", loaded.error().message.c_str());
    std::abort();
  }
  return *loaded;
}

std::vector<json> Lines(const std::string& path) {
  std::ifstream in(kRoot + "/" + path);
  std::vector<json> lines;
  for (std::string line; std::getline(in, line);)
    if (!line.empty()) lines.push_back(json::parse(line));
  return lines;
}

evidence::Finding Said(const std::string& id, bool value, evidence::SourceKind source) {
  evidence::Finding finding;
  finding.id = id;
  finding.value = value;
  finding.source = source;
  return finding;
}

struct Ranking {
  std::vector<std::string> causes;  // likeliest first, without none_of_these
  std::string layer;                // with the largest sum
  std::string text;
};

Ranking Rank(const BeliefModel& model, const std::vector<evidence::Finding>& findings) {
  const Knowledge& knowledge = model.knowledge();
  const Belief belief = model.Believe(model.Observe(findings));
  std::vector<std::size_t> order(knowledge.causes.size());
  for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    return belief.causes[a] > belief.causes[b];
  });
  Ranking ranking;
  std::map<std::string, double> layers;
  for (const std::size_t i : order) {
    ranking.causes.push_back(knowledge.causes[i].id);
    layers[knowledge.causes[i].layer] += belief.causes[i];
    if (ranking.causes.size() <= 4)
      ranking.text += knowledge.causes[i].id + " " + std::to_string(belief.causes[i]) + "; ";
  }
  ranking.layer = std::max_element(layers.begin(), layers.end(), [](const auto& a, const auto& b) {
                    return a.second < b.second;
                  })->first;
  return ranking;
}

TEST(KnowledgeData, IsCompleteAndAtOneWithItself) {
  for (const Problem& problem : CheckKnowledge(TheKnowledge())) {
    const std::string text = Format(problem);
    if (problem.severity == Severity::kError)
      ADD_FAILURE() << text;
    else
      std::printf("%s\n", text.c_str());
    EXPECT_NE(problem.line, 0U) << text;
  }
  const Origins origins = CountOrigins(TheKnowledge());
  std::printf("numbers: %zu from cases, %zu from references, %zu from the guide, %zu guesses\n",
              origins.cases, origins.references, origins.guide, origins.guesses);
}

// A small faulty copy for each rule: the mistake is found, and at its line.
TEST(KnowledgeData, ChecksFindWhatIsWrong) {
  const auto finds = [](const Knowledge& faulty, std::string_view what, Severity severity) {
    for (const Problem& problem : CheckKnowledge(faulty))
      if (problem.severity == severity && problem.text.find(what) != std::string::npos)
        return problem.line != 0;
    return false;
  };
  const auto cause = [](Knowledge& knowledge, std::string_view id) -> Cause& {
    return *std::find_if(knowledge.causes.begin(), knowledge.causes.end(),
                         [&](const Cause& one) { return one.id == id; });
  };
  const auto finding = [](Knowledge& knowledge, std::string_view id) -> FindingKind& {
    return *std::find_if(knowledge.findings.begin(), knowledge.findings.end(),
                         [&](const FindingKind& one) { return one.id == id; });
  };
  const auto effect = [&](Knowledge& knowledge, std::string_view id,
                          std::string_view of) -> Effect& {
    auto& effects = cause(knowledge, id).effects;
    return *std::find_if(effects.begin(), effects.end(),
                         [&](const Effect& one) { return one.finding == of; });
  };

  Knowledge both = TheKnowledge();
  effect(both, "phone_bluetooth_stack_bug", "other_phone_fails_too").chance = 0.9;
  EXPECT_TRUE(finds(both, "cannot both hold", Severity::kError));

  Knowledge leak = TheKnowledge();
  effect(leak, "stale_bond", "connect_loop").chance = finding(leak, "connect_loop").leak;
  EXPECT_TRUE(finds(leak, "equals its leak", Severity::kWarning));

  Knowledge circle = TheKnowledge();
  finding(circle, "firmware_update_fails").presumes = {"fails_at_end_of_transfer"};
  EXPECT_TRUE(finds(circle, "in a circle", Severity::kError));

  Knowledge health = TheKnowledge();
  effect(health, "app_bug", "permissions_granted").chance = 0.99;
  for (FindingKind& one : health.findings)
    if (one.id == "permissions_granted") one.when_healthy = 0.2;
  EXPECT_TRUE(finds(health, "counts as health", Severity::kError));

  Knowledge hidden =
      TheKnowledge();  // another cause says the same, and is a thousand times likelier
  cause(hidden, "airplane_mode").effects = cause(hidden, "bluetooth_off").effects;
  cause(hidden, "airplane_mode").prior = cause(hidden, "bluetooth_off").prior / 1000;
  EXPECT_TRUE(finds(hidden, "unreachable", Severity::kError));

  Knowledge idle = TheKnowledge();
  for (Cause& one : idle.causes)
    std::erase_if(one.fixes, [](const Treatment& t) { return t.fix == "enter_key"; });
  EXPECT_TRUE(finds(idle, "no cause is treated by it", Severity::kError));

  Knowledge unchecked = TheKnowledge();
  unchecked.fixes.front().check.clear();
  EXPECT_TRUE(finds(unchecked, "has no check", Severity::kError));

  Knowledge helpless = TheKnowledge();
  cause(helpless, "phone_clock_wrong").fixes.clear();
  EXPECT_TRUE(finds(helpless, "has no fix", Severity::kError));

  Knowledge origin = TheKnowledge();
  effect(origin, "stale_bond", "connect_loop").from = "somebody said so";
  EXPECT_TRUE(finds(origin, "what kind of origin", Severity::kWarning));
  effect(origin, "stale_bond", "connect_loop").from.clear();
  EXPECT_TRUE(finds(origin, "has no origin", Severity::kError));
}

TEST(KnowledgeData, HasEveryFindingOfTheReaders) {
  const BeliefModel model(TheKnowledge());
  std::ifstream in(kRoot + "/src/evidence/finding_ids.h");
  const std::string text{std::istreambuf_iterator<char>(in), {}};
  std::size_t ids = 0;
  for (std::size_t at = text.find("constexpr Id k"); at != std::string::npos;
       at = text.find("constexpr Id k", at + 1)) {
    const std::size_t open = text.find('"', at), close = text.find('"', open + 1);
    ASSERT_NE(close, std::string::npos);
    const std::string id = text.substr(open + 1, close - open - 1);
    ++ids;
    EXPECT_NE(model.FindingIndex(id), BeliefModel::npos) << id;
  }
  EXPECT_GT(ids, 50U);
}

TEST(KnowledgeData, PlainEvidenceLeadsToItsCause) {
  const BeliefModel model(TheKnowledge());
  const std::vector<json> expectations = Lines("knowledge/expectations.jsonl");
  EXPECT_GT(expectations.size(), 50U);
  for (const json& expected : expectations) {
    std::vector<evidence::Finding> findings;
    for (const auto& [id, value] : expected["findings"].items()) {
      EXPECT_NE(model.FindingIndex(id), BeliefModel::npos) << id;
      findings.push_back(Said(id, value.get<bool>(), evidence::SourceKind::kPerson));
    }
    const Ranking ranking = Rank(model, findings);
    EXPECT_EQ(ranking.causes.front(), expected["cause"].get<std::string>())
        << expected.dump() << "\n"
        << ranking.text;
    EXPECT_EQ(ranking.layer, expected["layer"].get<std::string>()) << expected.dump();
  }
}

TEST(KnowledgeData, ClosedCasesFit) {
  const BeliefModel model(TheKnowledge());
  const std::vector<json> cases = Lines("knowledge/cases/cases.jsonl");
  std::size_t layer = 0, first = 0, three = 0;
  for (const json& one : cases) {
    std::vector<evidence::Finding> findings;
    for (const json& id : one["observations"])
      findings.push_back(Said(id.get<std::string>(), true, evidence::SourceKind::kPerson));
    if (one.contains("would_show_on_phone"))
      for (const json& id : one["would_show_on_phone"])
        findings.push_back(Said(id.get<std::string>(), true, evidence::SourceKind::kPhone));
    const Ranking ranking = Rank(model, findings);
    const std::string cause = one["cause"].get<std::string>();
    layer += ranking.layer == one["layer"].get<std::string>() ? 1U : 0U;
    first += ranking.causes[0] == cause ? 1U : 0U;
    three += std::find(ranking.causes.begin(), ranking.causes.begin() + 3, cause) !=
                     ranking.causes.begin() + 3
                 ? 1U
                 : 0U;
  }
  std::printf("%zu cases: layer %zu, cause first %zu, among three %zu\n", cases.size(), layer,
              first, three);
  EXPECT_GE(three * 4, cases.size() * 3);  // far below what it does: catches a broken table
}

}  // namespace
}  // namespace bk::troubleshoot
