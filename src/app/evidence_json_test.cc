#include "app/evidence_json.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

namespace bk::app {
namespace {

TEST(EvidenceJson, FindingCitesItsPlace) {
  Privacy privacy(false);
  const evidence::Finding finding{.id = "location_off",
                                  .value = true,
                                  .source = evidence::SourceKind::kBugReport,
                                  .where = {.file = "r.zip", .member = "dumpstate.txt", .line = 12},
                                  .text = "location_mode=0 near C8:0F:10:01:02:03"};
  const auto json = ToJson(finding, privacy);
  EXPECT_EQ(json["value"], true);
  EXPECT_EQ(json["where"]["line"], 12);
  EXPECT_EQ(json["text"], "location_mode=0 near <device-1>");
  EXPECT_FALSE(json["where"].contains("packet"));
}

TEST(EvidenceJson, ForeignBytesStayValidUtf8) {
  Privacy privacy(false);
  for (const std::string text : {"\xff", "a\xc3", "\xed\xa0\x80", "\xf4\x90\x80\x80", "\xc0\xaf",
                                 "Gr\xc3\xb6\xc3\x9f"
                                 "e"}) {
    const auto json = ToJson(evidence::Loss{.text = text}, privacy);
    EXPECT_NO_THROW((void)json.dump()) << "dump() refuses what is not UTF-8";
  }
  EXPECT_EQ(ValidUtf8("Gr\xc3\xb6"), "Gr\xc3\xb6");
  EXPECT_EQ(ValidUtf8("a\xff"
                      "b"),
            "a\xef\xbf\xbd"
            "b");
}

TEST(EvidenceJson, EventsNameTheirClock) {
  Privacy privacy(false);
  const auto json = ToJson(evidence::Event{.at = BootTime{1'500'000}, .kind = "link_up"}, privacy);
  EXPECT_EQ(json["clock"], "boot");
  EXPECT_EQ(json["time"], "+1.500000s");
}

}  // namespace
}  // namespace bk::app
