#include "adapters/toml/write_numbers.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace bk::adapters::toml {
namespace {

using troubleshoot::Change;
using troubleshoot::ClosedCase;
using troubleshoot::NumberKind;

std::vector<KnowledgeFile> Shipped() {
  auto files = ReadKnowledgeFiles(BK_SOURCE_DIR "/knowledge");
  return files ? *std::move(files) : std::vector<KnowledgeFile>{};
}

const std::string& TextOf(const std::vector<KnowledgeFile>& files, const std::string& path) {
  return std::ranges::find(files, path, &KnowledgeFile::path)->text;
}

std::size_t Lines(const std::string& text) {
  return static_cast<std::size_t>(std::ranges::count(text, '\n'));
}

TEST(WithNumbers, ReplacesTheNumberAndItsOriginAndKeepsTheRest) {
  std::vector<KnowledgeFile> files = Shipped();
  std::string& text =
      std::ranges::find(files, "causes/stale_bond.toml", &KnowledgeFile::path)->text;
  text +=
      "\n[[effect]]   # ä comment\nfinding = \"miui\"\nchance = 0.25 # kept: ü\n"
      "from = '''two\nlines'''\n";
  const Change change{.kind = NumberKind::kEffect,
                      .id = "stale_bond",
                      .item = "miui",
                      .before = 0.25,
                      .after = 0.3,
                      .elicited = 0.25,
                      .elicited_from = "a \"guess\"",
                      .from = "case count: 1 of 2"};
  const std::string before = text;
  const auto after = WithNumbers(files, {&change, 1});
  ASSERT_TRUE(after) << after.error().message;
  EXPECT_TRUE(TextOf(*after, "causes/stale_bond.toml")
                  .ends_with("\n[[effect]]   # ä comment\nfinding = \"miui\"\n"
                             "chance = 0.3 # kept: ü\nfrom = \"case count: 1 of 2\"\n"
                             "elicited = 0.25\nelicited_from = \"a \\\"guess\\\"\"\n"));
  // And back again.
  Change back = change;
  back.back = true;
  back.after = 0.25;
  back.from = "a \"guess\"";
  const auto again = WithNumbers(*after, {&back, 1});
  ASSERT_TRUE(again) << again.error().message;
  EXPECT_EQ(Lines(TextOf(*again, "causes/stale_bond.toml")), Lines(before) - 1);
  EXPECT_EQ(TextOf(*again, "causes/stale_bond.toml").find("0.3 # kept"), std::string::npos);
}

// The whole way on the shipped knowledge: fitted, written, read again, fitted: nothing changes, and
// what was read is what was fitted.
TEST(WithNumbers, WhatWasFittedIsWhatIsReadAgain) {
  const std::vector<KnowledgeFile> files = Shipped();
  const Loaded loaded = ParseKnowledge(files);
  ASSERT_TRUE(loaded.problems.empty());
  std::vector<ClosedCase> cases;
  for (int i = 0; i < 6; ++i) {
    ClosedCase& closed = cases.emplace_back();
    closed.id = "c" + std::to_string(i);
    closed.cause = i % 2 == 0 ? "stale_bond" : "app_bug";
    closed.findings = {{"band_not_in_scan"}, {"miui"}, {"login_fails"}};
    closed.cured_by = i % 2 == 0 ? "forget_in_android" : "update_app";
  }
  const troubleshoot::Sizes sizes{
      .prior = 32, .effect = 8, .leak = 16, .fix = 4, .temperature = 1.25};
  const auto fitted = troubleshoot::Fit(loaded.knowledge, cases, sizes);
  EXPECT_GT(fitted.changes.size(), 20U);
  const auto written = WithNumbers(files, fitted.changes);
  ASSERT_TRUE(written) << written.error().message;
  const Loaded again = ParseKnowledge(*written);
  ASSERT_TRUE(again.problems.empty());
  EXPECT_TRUE(troubleshoot::Fit(again.knowledge, cases, sizes).changes.empty());
  for (std::size_t c = 0; c < again.knowledge.causes.size(); ++c)
    EXPECT_DOUBLE_EQ(again.knowledge.causes[c].prior, fitted.knowledge.causes[c].prior);
  EXPECT_DOUBLE_EQ(again.knowledge.model.temperature, 1.25);
}

TEST(WithNumbers, AChangeWithoutAPlaceIsAnError) {
  const Change change{.kind = NumberKind::kEffect, .id = "stale_bond", .item = "no_such_finding"};
  EXPECT_FALSE(WithNumbers(Shipped(), {&change, 1}));
}

}  // namespace
}  // namespace bk::adapters::toml
