// What the troubleshooting guide advises, row by row in our own words (guide_rows.jsonl): each row
// is known, treated and found. The symptoms A to E as an owner picks them, and the order of the
// checklist's questions, are tested in troubleshoot/interview.
#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <span>
#include <string>
#include <vector>

#include "knowledge/real_knowledge.h"

namespace bk::troubleshoot {
namespace {

using nlohmann::json;

std::vector<json> Rows() { return Lines("tests/knowledge/guide_rows.jsonl"); }

std::vector<std::string> Ids(const json& row, const char* key) {
  return row.at(key).get<std::vector<std::string>>();
}

template <class Things>
auto Find(const Things& things, const std::string& id) {
  return std::ranges::find(things, id, [](const auto& one) { return one.id; });
}

TEST(GuideRows, EachFixOfARowTreatsEachOfItsCauses) {
  const Knowledge& knowledge = TheKnowledge();
  for (const json& row : Rows()) {
    const std::string name = row.at("row").get<std::string>();
    const auto causes = Ids(row, "causes"), fixes = Ids(row, "fixes");
    EXPECT_FALSE(causes.empty() || fixes.empty()) << name;
    for (const std::string& fix : fixes)
      EXPECT_NE(Find(knowledge.fixes, fix), knowledge.fixes.end()) << name << ": " << fix;
    for (const std::string& id : causes) {
      const auto cause = Find(knowledge.causes, id);
      ASSERT_NE(cause, knowledge.causes.end()) << name << ": " << id;
      for (const std::string& fix : fixes)
        EXPECT_NE(std::ranges::find(cause->fixes, fix, &Treatment::fix), cause->fixes.end())
            << name << ": " << id << " is not treated by " << fix;
    }
  }
}

// One example for each row: what an owner sees leads to the row's layer, and one of its causes is
// among the first three.
TEST(GuideRows, WhatOneSeesLeadsToTheRowsLayer) {
  constexpr std::size_t kShown = 3;
  const BeliefModel model(TheKnowledge());
  for (const json& row : Rows()) {
    const Ranking ranking = Rank(model, SaidAll(model, row.at("findings")));
    const std::string told = row.at("row").get<std::string>() + "\n" + ranking.text;
    EXPECT_EQ(ranking.layer, row.at("layer").get<std::string>()) << told;
    const auto causes = Ids(row, "causes");
    EXPECT_TRUE(std::ranges::any_of(
        std::span(ranking.causes).first(kShown),
        [&](const std::string& cause) { return std::ranges::find(causes, cause) != causes.end(); }))
        << told;
  }
}

// Nothing of the guide's order (guide_order.toml) is without a row.
TEST(GuideRows, HoldEveryFixAndSuspectOfTheGuidesOrder) {
  std::set<std::string> causes, fixes;
  for (const json& row : Rows()) {
    for (const std::string& id : Ids(row, "causes")) causes.insert(id);
    for (const std::string& id : Ids(row, "fixes")) fixes.insert(id);
  }
  for (const GuidePassage& passage : TheKnowledge().guide) {
    for (const std::string& id : passage.suspects)
      EXPECT_TRUE(causes.contains(id)) << passage.id << ": " << id;
    for (const std::string& id : passage.fixes)
      EXPECT_TRUE(fixes.contains(id)) << passage.id << ": " << id;
  }
}

}  // namespace
}  // namespace bk::troubleshoot
