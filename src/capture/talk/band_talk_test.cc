// What else is told of a link: battery, time, factory reset; and how characteristics are found.
#include "capture/talk/band_talk.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "capture/talk/talk_script.h"
#include "evidence/finding_ids.h"

namespace bk::capture::talk {
namespace {

namespace id = evidence::id;
using testing::HasSubstr;
using testing::Not;

Script Ready() { return Script().Add(kBandLink).Add(kAskChallenge).Add(kProve).Add(kKeyFits); }

constexpr std::string_view kBattery12 =
    "+0.1 > att 40 1b 4100 0f0c00 e807010108000000 e807010109000000 64\n";
constexpr std::string_view kBattery80Charging =
    "+0.1 > att 40 1b 4100 0f5001 e807010108000000 e807010109000000 64\n";

TEST(BandTalk, ALowBattery) {
  const Heard heard = Hear(Ready().Add(kBattery12));
  EXPECT_EQ(heard.Value(id::kBandBatteryLow), "true");
  EXPECT_THAT(heard.Text(id::kBandBatteryLow), HasSubstr("12 %"));
}

TEST(BandTalk, ABatteryThatWasChargedIsNotLow) {
  const Heard heard = Hear(Ready().Add(kBattery12).Add(kBattery80Charging));
  EXPECT_EQ(heard.Value(id::kBandBatteryLow), "false");
}

TEST(BandTalk, TheClockWasNeverSet) {
  const Heard heard = Hear(Ready().Add(R"(
    +0.1 < att 40 0a 2c00
    +0.1 > att 40 0b b207 01 01 00 00 00 04 00 00 80
  )"));
  EXPECT_EQ(heard.Value(id::kTimeNotSynced), "true");
}

TEST(BandTalk, TheClockIsSet) {
  const Heard heard = Hear(Ready().Add(kSetTime));
  EXPECT_EQ(heard.Value(id::kTimeNotSynced), "false");
}

TEST(BandTalk, TheClockIsRefused) {
  const Heard heard = Hear(Ready().Add(R"(
    +0.1 < att 40 12 2c00 e807 01 01 0c 00 00 01 00 00 00
    +0.1 > att 40 01 12 2c00 80
  )"));
  EXPECT_EQ(heard.Value(id::kTimeNotSynced), "true");
}

TEST(BandTalk, DiscoveryMakesHandlesKnown) {
  // Another table than the Mi Smart Band 4's: authentication at 0x0031.
  const Heard heard = Hear(Script().Add(kNamelessLink).Add(R"(
    +0.1 < att 40 08 3000 ffff 0328
    +0.1 > att 40 09 15 3000 14 3100 0007 10af 0900 1821 1235 0000 0900 0000
    +0.1 < att 40 08 3200 ffff 0328
    +0.1 > att 40 01 08 3200 0a
    +0.1 < att 40 52 3100 0200
    +0.1 > att 40 1b 3100 100201 000102030405060708090a0b0c0d0e0f
    +0.1 < att 40 52 3100 0300 f0f1f2f3f4f5f6f7f8f9fafbfcfdfeff
    +0.1 > att 40 1b 3100 100301
  )"));
  EXPECT_TRUE(heard.story.links[0].talk.huami);
  EXPECT_EQ(heard.Value(id::kAuthSucceeded), "true");
  EXPECT_THAT(heard.story.links[0].text, Not(HasSubstr("inferred")));
}

TEST(BandTalk, NoSecretIsKept) {
  const Heard heard = Hear(Ready().Add(kUnbind));
  std::string all;
  for (const Link& link : heard.story.links) all += link.text;
  for (const auto& event : heard.story.events) all += event.text;
  for (const auto& finding : heard.findings) all += finding.text;
  for (const std::string_view secret : {"f0f1", "f0 f1", "0001020", "00 01 02"})
    EXPECT_THAT(all, Not(HasSubstr(std::string(secret))));
}

TEST(BandTalk, AHoleTakesTheClaimsAboutMissingAnswers) {
  // A fragment without its beginning: PDUs are missing.
  const Heard heard = Hear(Script().Add(kBandLink).Add(kAskChallenge).Add(R"(
    +0.1 > acl 4010 0200 0102
    +60 > evt 05 00 4000 13
  )"));
  EXPECT_EQ(heard.Value(id::kAuthNotCompleted), "");
}

}  // namespace
}  // namespace bk::capture::talk
