#include "app/findings_file.h"

#include <gtest/gtest.h>

#include <string>

namespace bk::app {
namespace {

TEST(FindingsFile, ReadsTruthTextAndSilence) {
  const auto found = ParseFindings(
      R"({"findings": {"band_in_scan": false, "location_off": true, "skin": "MIUI", "miui": null}})",
      "answers.json");
  ASSERT_TRUE(found);
  ASSERT_EQ(found->size(), 3U);
  EXPECT_EQ((*found)[0].id, "band_in_scan");
  EXPECT_FALSE(std::get<bool>((*found)[0].value));
  EXPECT_EQ((*found)[0].source, evidence::SourceKind::kPerson);
  EXPECT_EQ((*found)[0].where.file, "answers.json");
  EXPECT_EQ(std::get<std::string>((*found)[2].value), "MIUI");
}

TEST(FindingsFile, RefusesWithTheReason) {
  const auto message = [](std::string_view json) {
    const auto found = ParseFindings(json, "a.json");
    return found ? std::string() : found.error().message;
  };
  EXPECT_NE(message("{").find("not valid JSON"), std::string::npos);
  EXPECT_NE(message("[1]").find("expected"), std::string::npos);
  EXPECT_NE(message(R"({"location_off": true})").find("expected"), std::string::npos);
  EXPECT_NE(message(R"({"findings": {"x": 3}})").find("findings.x"), std::string::npos);
}

TEST(FindingsFile, SurvivesACutAtEveryByte) {
  const std::string whole = R"({"findings": {"band_in_scan": false, "skin": "MIUI"}})";
  for (std::size_t size = 0; size < whole.size(); ++size)
    EXPECT_FALSE(ParseFindings(std::string_view(whole).substr(0, size), "a")) << size;
}

}  // namespace
}  // namespace bk::app
