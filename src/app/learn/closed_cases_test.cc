#include "app/learn/closed_cases.h"

#include <gtest/gtest.h>

#include <map>

#include "app/findings_file.h"

namespace bk::app {
namespace {

using troubleshoot::HowKnown;

constexpr std::string_view kThread =
    R"({"id": "c1", "observations": ["auth_failed"], "would_show_on_phone": ["bonded_in_android"], )"
    R"("layer": "binding", "cause": "auth_key_wrong", "fix": "free text"})";

TEST(ClosedCases, OfThreads) {
  auto cases = ParseClosedCases(std::string(kThread) + "\n\n", "cases.jsonl");
  ASSERT_TRUE(cases);
  ASSERT_EQ(cases->size(), 1U);
  const troubleshoot::ClosedCase& one = cases->front();
  EXPECT_EQ(one.cause, "auth_key_wrong");
  EXPECT_TRUE(one.cured_by.empty());  // free text is no id
  ASSERT_EQ(one.findings.size(), 2U);
  EXPECT_EQ(one.findings[0].known, HowKnown::kTold);
  EXPECT_EQ(one.findings[1].known, HowKnown::kDeduced);
  ASSERT_TRUE(AddCures(R"({"id": "c1", "fix": "correct_key"})", "cured_by.jsonl", *cases));
  EXPECT_EQ(cases->front().cured_by, "correct_key");
}

TEST(ClosedCases, OfTheOwnerThereAndBack) {
  const auto findings = ParseFindingsOrReport(
      R"({"findings": [{"id": "location_off", "value": false, "source": "phone", "text": "x"},
                       {"id": "auth_failed", "value": true, "source": "person"}]})",
      "report.json");
  ASSERT_TRUE(findings);
  const auto cases = ParseClosedCases(
      ClosedCaseLine("own-1", "stale_bond", "forget_in_android", *findings), "mine");
  ASSERT_TRUE(cases);
  const troubleshoot::ClosedCase& one = cases->front();
  EXPECT_EQ(one.cured_by, "forget_in_android");
  ASSERT_EQ(one.findings.size(), 2U);  // by id
  EXPECT_EQ(one.findings[0].known, HowKnown::kTold);
  EXPECT_EQ(one.findings[1].id, "location_off");
  EXPECT_FALSE(one.findings[1].value);
  EXPECT_EQ(one.findings[1].known, HowKnown::kRead);
}

TEST(ClosedCases, MistakesNameTheirLine) {
  for (const std::string_view wrong :
       {"[]", "{", R"({"id": "c"})", R"({"cause": "x"})",
        R"({"id": "c", "cause": "x", "observations": 3})",
        R"({"id": "c", "cause": "x", "findings": {"f": {"value": true, "source": "hearsay"}}})",
        R"({"id": "c", "cause": "x", "findings": {"f": 7}})"}) {
    const auto cases =
        ParseClosedCases(std::string(kThread) + "\n" + std::string(wrong), "cases.jsonl");
    ASSERT_FALSE(cases) << wrong;
    EXPECT_TRUE(cases.error().message.starts_with("cases.jsonl:2: ")) << cases.error().message;
  }
}

TEST(ClosedCases, CutAtEveryByte) {
  for (std::size_t length = 0; length < kThread.size(); ++length)
    EXPECT_EQ(ParseClosedCases(kThread.substr(0, length), "cases.jsonl").has_value(),
              kThread.substr(0, length).find_first_not_of("\n") == std::string_view::npos ||
                  kThread.substr(length).starts_with('\n'))
        << length;
}

TEST(ClosedCases, FilesFoldersAndTheCuresBesideThem) {
  const std::map<std::string, std::string> files = {
      {"k/cases.jsonl", std::string(kThread)},
      {"k/cured_by.jsonl", R"({"id": "c1", "fix": "correct_key"})"}};
  World world;
  world.read_text = [&](const std::string& path, std::size_t) -> Result<std::string> {
    const auto found = files.find(path);
    if (found == files.end()) return Fail(ErrorCode::kNotFound, path);
    return found->second;
  };
  for (const char* path : {"k", "k/cases.jsonl"}) {
    const auto cases = ReadClosedCases({path}, world);
    ASSERT_TRUE(cases) << path;
    EXPECT_EQ(cases->front().cured_by, "correct_key");
  }
  EXPECT_FALSE(ReadClosedCases({"nowhere"}, world));
  EXPECT_FALSE(ReadClosedCases({"k", "k"}, world));  // no case counts twice
}

}  // namespace
}  // namespace bk::app
