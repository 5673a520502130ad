#include "app/interview/interview_state.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace bk::app {
namespace {

evidence::Finding Seen(std::string id, bool value) {
  evidence::Finding finding;
  finding.id = std::move(id);
  finding.value = value;
  return finding;
}

const InterviewState kState = {"00ff", {{"symptom", "drops"}, {"miui", "unknown"}}};

TEST(InterviewState, ComesBackAsItWas) {
  const auto back = ParseInterviewState(ToText(kState));
  ASSERT_TRUE(back.has_value());
  EXPECT_EQ(back->evidence, kState.evidence);
  EXPECT_EQ(back->answers, kState.answers);
}

TEST(InterviewState, EveryTruncationIsDamage) {
  std::string text = ToText(kState);
  while (text.ends_with('\n')) text.pop_back();
  for (std::size_t size = 0; size < text.size(); ++size) {
    const auto cut = ParseInterviewState(std::string_view(text).substr(0, size));
    ASSERT_FALSE(cut.has_value()) << size;
    EXPECT_EQ(cut.error().code, ErrorCode::kInvalid);
  }
}

TEST(InterviewState, WrongShapesAreDamageAndAnotherSchemaIsSaidSo) {
  for (const char* text :
       {"[]", "null", "{}", R"({"schema": 1})", R"({"schema": "bandkeeper.interview/1"})",
        R"({"schema": "bandkeeper.interview/1", "evidence": "x", "answers": [1]})",
        R"({"schema": "bandkeeper.interview/1", "evidence": "x", "answers": [{"question": 1}]})",
        R"({"schema": "bandkeeper.report/1", "evidence": "x", "answers": []})"})
    EXPECT_FALSE(ParseInterviewState(text).has_value()) << text;
  const auto later = ParseInterviewState(R"({"schema": "bandkeeper.interview/2"})");
  ASSERT_FALSE(later.has_value());
  EXPECT_EQ(later.error().code, ErrorCode::kNotSupported);
}

TEST(InterviewState, FingerprintKnowsEvidenceAndNotItsOrder) {
  std::vector<evidence::Finding> findings = {Seen("a", true), Seen("b", false)};
  const std::string print = FingerprintOf(findings, "");
  EXPECT_EQ(print.size(), 16U);
  std::ranges::reverse(findings);
  EXPECT_EQ(FingerprintOf(findings, ""), print);
  EXPECT_NE(FingerprintOf(findings, "my band"), print);
  findings[0].value = true;
  EXPECT_NE(FingerprintOf(findings, ""), print);
  EXPECT_NE(FingerprintOf({}, ""), print);
}

}  // namespace
}  // namespace bk::app
