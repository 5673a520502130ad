#include "app/band_choice.h"

#include <gtest/gtest.h>

#include "app/privacy.h"

namespace bk::app {
namespace {

using evidence::BandSeen;

const Address kBand{0xC80F10010203};
const Address kOther{0xD01122330405};

TEST(BandChoice, OneDeviceSeenInThreeWaysIsOneCandidate) {
  const std::vector<BandSeen> seen = {
      {.masked_address = "XX:XX:XX:XX:02:03",
       .name = "Mi Smart Band 4",
       .likeness = 3,
       .how = "bonded device list"},
      {.address = kBand, .likeness = 2, .how = "service fee0"},
      {.address = kBand, .name = "Mi Smart Band 4", .likeness = 3, .how = "advertised name"}};
  const auto merged = MergeSightings(seen);
  ASSERT_EQ(merged.size(), 1u);
  EXPECT_EQ(merged[0].seen.size(), 3u);
  EXPECT_EQ(merged[0].likeness, 3);
  EXPECT_EQ(merged[0].address, kBand);
}

TEST(BandChoice, AMaskedAddressThatFitsTwoDevicesJoinsNeither) {
  const Address twin{0xC80F11010203};
  const std::vector<BandSeen> seen = {
      {.address = kBand, .likeness = 2, .how = "a"},
      {.address = twin, .likeness = 2, .how = "a"},
      {.masked_address = "XX:XX:XX:XX:02:03", .likeness = 1, .how = "b"}};
  EXPECT_EQ(MergeSightings(seen).size(), 3u);
}

TEST(BandChoice, TakesTheLikeliestAndNamesTheOthers) {
  const std::vector<BandSeen> seen = {
      {.address = kOther, .name = "Amazfit Bip", .likeness = 2, .how = "x"},
      {.address = kBand, .name = "Mi Smart Band 4", .likeness = 3, .how = "x"}};
  const auto choice = ChooseBand(seen, "");
  ASSERT_TRUE(choice);
  EXPECT_EQ(choice->chosen->address, kBand);
  EXPECT_NE(choice->text.find("Amazfit Bip"), std::string::npos);
}

TEST(BandChoice, HeadphonesAloneAreNoBand) {
  const std::vector<BandSeen> seen = {
      {.address = kOther, .name = "JBL Flip", .likeness = 0, .how = "x"}};
  const auto choice = ChooseBand(seen, "");
  ASSERT_TRUE(choice);
  EXPECT_FALSE(choice->chosen);
  EXPECT_EQ(choice->text, "The evidence shows no device that could be the band.");
}

TEST(BandChoice, AStrangersBandThatWasOnlyOverheardIsNotTaken) {
  const std::vector<BandSeen> seen = {{.address = kOther,
                                       .name = "Xiaomi Band 9",
                                       .likeness = 2,
                                       .how = "advertised name",
                                       .overheard = true}};
  const auto choice = ChooseBand(seen, "");
  ASSERT_TRUE(choice);
  EXPECT_FALSE(choice->chosen);
  EXPECT_NE(choice->text.find("Xiaomi Band 9"), std::string::npos);
  EXPECT_TRUE(ChooseBand(seen, "Band 9")->chosen);
}

TEST(BandChoice, AnotherMakersWearableIsTakenOnlyWhenNamedAndIsNotNamedByUs) {
  const std::vector<BandSeen> seen = {
      {.address = kOther, .name = "Anna's Watch", .likeness = 1, .how = "x"}};
  const auto choice = ChooseBand(seen, "");
  ASSERT_TRUE(choice);
  EXPECT_FALSE(choice->chosen);
  EXPECT_EQ(choice->text.find("Anna"), std::string::npos);
  EXPECT_TRUE(ChooseBand(seen, "anna")->chosen);
}

TEST(BandChoice, TheBandThatThePhoneUsedGoesBeforeOneThatWasOverheard) {
  const std::vector<BandSeen> seen = {
      {.address = kBand, .name = "Mi Smart Band 4", .likeness = 3, .how = "x", .overheard = true},
      {.address = kOther, .name = "Mi Band 3", .likeness = 2, .how = "x"}};
  EXPECT_EQ(ChooseBand(seen, "")->chosen->address, kOther);
  const auto alone = ChooseBand(std::span(seen).first(1), "");
  ASSERT_TRUE(alone->chosen);
  EXPECT_NE(alone->text.find("only heard from afar"), std::string::npos);
}

TEST(BandChoice, TheWishIsANamePartOrAnAddressOrItsEnd) {
  const std::vector<BandSeen> seen = {
      {.address = kOther, .name = "Amazfit Bip", .likeness = 2, .how = "x"},
      {.address = kBand, .name = "Mi Smart Band 4", .likeness = 3, .how = "x"}};
  for (const char* wish : {"bip", "d0:11:22:33:04:05", "D0-11-22-33-04-05", "04:05"}) {
    const auto choice = ChooseBand(seen, wish);
    ASSERT_TRUE(choice) << wish;
    EXPECT_EQ(choice->chosen->address, kOther) << wish;
  }
}

TEST(BandChoice, AWishThatFitsNoneOrSeveralSaysWhatThereIs) {
  const std::vector<BandSeen> seen = {
      {.address = kOther, .name = "Mi Band 3", .likeness = 2, .how = "x"},
      {.address = kBand, .name = "Mi Smart Band 4", .likeness = 3, .how = "x"}};
  const auto none = ChooseBand(seen, "garmin");
  ASSERT_FALSE(none);
  EXPECT_NE(none.error().message.find("Mi Band 3"), std::string::npos);
  const auto several = ChooseBand(seen, "band");
  ASSERT_FALSE(several);
  EXPECT_EQ(several.error().code, ErrorCode::kInvalid);
}

// A report without addresses calls them <device-N>: what --band takes, of two of one name too.
TEST(BandChoice, TakesADeviceByWhatAReportCallsIt) {
  const Address strange{0x112233445566};
  const std::vector<BandSeen> seen = {
      {.address = strange, .name = "JBL Flip", .likeness = 0, .how = "x"},
      {.address = kOther, .name = "Mi Smart Band 4", .likeness = 3, .how = "x"},
      {.address = kBand, .name = "Mi Smart Band 4", .likeness = 3, .how = "x"}};
  Privacy privacy(false);
  for (const std::string& one : DevicesInOrder(seen)) privacy.Number(one);
  const auto several = ChooseBand(seen, "smart band");
  ASSERT_FALSE(several);
  const std::string list = privacy.Scrub(several.error().message);
  const std::size_t at = list.find("<device-2>");
  ASSERT_NE(at, std::string::npos) << list;
  for (const char* wish : {"device-2", "<device-2>"}) {
    const auto choice = ChooseBand(seen, wish);
    ASSERT_TRUE(choice) << wish;
    EXPECT_EQ(privacy.Scrub(FormatAddress(*choice->chosen->address)), "<device-2>");
  }
  EXPECT_EQ(privacy.Scrub(FormatAddress(*ChooseBand(seen, "device-1")->chosen->address)),
            "<device-1>");
  EXPECT_FALSE(ChooseBand(seen, "device-4"));
}

}  // namespace
}  // namespace bk::app
