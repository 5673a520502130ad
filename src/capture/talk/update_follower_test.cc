// Firmware and resource transfers.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "capture/talk/talk_script.h"
#include "evidence/finding_ids.h"

namespace bk::capture::talk {
namespace {

namespace id = evidence::id;
using testing::HasSubstr;

Script Ready() { return Script().Add(kBandLink).Add(kAskChallenge).Add(kProve).Add(kKeyFits); }

constexpr std::string_view kFirmwareAccepted = R"(
  +0.1 < att 40 52 1600 01 00 08000000 11223344
  +0.1 > att 40 1b 1600 100101
  +0.1 < att 40 52 1600 03 01
)";
constexpr std::string_view kHalf = "+0.1 < att 40 52 1900 00010203\n";

TEST(Update, FirmwareIsVerifiedAndTheBandRestarts) {
  const Heard heard = Hear(Ready().Add(kFirmwareAccepted).Add(kHalf).Add(kHalf).Add(R"(
    +0.1 > att 40 1b 1600 100301
    +0.1 < att 40 52 1600 04
    +0.1 > att 40 1b 1600 100401
    +0.1 < att 40 52 1600 05
    +0.1 > att 40 1b 1600 100501
    +1 > evt 05 00 4000 08
  )"));
  EXPECT_EQ(heard.Value(id::kFirmwareUpdateDone), "true");
  EXPECT_EQ(heard.Value(id::kFirmwareUpdateFails), "");
  EXPECT_TRUE(heard.Reached(Stage::kUpdating));
  EXPECT_TRUE(heard.Happened("band_restart"));
}

TEST(Update, TheProbeOfTheOfficialAppIsNoUpdate) {
  const Heard heard = Hear(Ready().Add(R"(
    +0.1 < att 40 52 1600 01ff
    +0.1 > att 40 1b 1600 100109
    +60 > evt 05 00 4000 13
  )"));
  EXPECT_FALSE(heard.Happened("update_started"));
  EXPECT_EQ(heard.Value(id::kFirmwareUpdateFails), "");
}

TEST(Update, BatteryTooLow) {
  const Heard heard = Hear(Ready().Add(R"(
    +0.1 < att 40 52 1600 01 00 08000000 11223344
    +0.1 > att 40 1b 1600 100122
  )"));
  EXPECT_EQ(heard.Value(id::kFirmwareUpdateFails), "true");
  EXPECT_THAT(heard.Text(id::kFirmwareUpdateFails), HasSubstr("battery is too low"));
}

TEST(Update, TheLinkEndsHalfWay) {
  const Heard heard =
      Hear(Ready().Add(kFirmwareAccepted).Add(kHalf).Add("+1 > evt 05 00 4000 08\n"));
  EXPECT_EQ(heard.Value(id::kFirmwareUpdateFails), "true");
  EXPECT_THAT(heard.Text(id::kFirmwareUpdateFails), HasSubstr("4 of 8 bytes, 50 %"));
}

TEST(Update, TheCaptureEndsHalfWay) {
  const Heard heard = Hear(Ready().Add(kFirmwareAccepted).Add(kHalf));
  EXPECT_EQ(heard.Value(id::kFirmwareUpdateFails), "") << "it may have gone on";
}

TEST(Update, ResourcesThatFailAreNotFirmware) {
  const Heard heard = Hear(Ready().Add(R"(
    +0.1 < att 40 52 1600 01 02 08000000 11223344
    +0.1 > att 40 1b 1600 100147
  )"));
  EXPECT_EQ(heard.Value(id::kResourceTransferFails), "true");
  EXPECT_EQ(heard.Value(id::kFirmwareUpdateFails), "");
  EXPECT_THAT(heard.Text(id::kResourceTransferFails), HasSubstr("no space"));
}

TEST(Update, FailsThenSucceedsIsDone) {
  const Heard heard = Hear(Ready()
                               .Add(kFirmwareAccepted)
                               .Add(kHalf)
                               .Add(kBandHangsUp)
                               .Add(kBandLink)
                               .Add(kAskChallenge)
                               .Add(kProve)
                               .Add(kKeyFits)
                               .Add(kFirmwareAccepted)
                               .Add(kHalf)
                               .Add(kHalf)
                               .Add(R"(
    +0.1 > att 40 1b 1600 100301
    +0.1 < att 40 52 1600 04
    +0.1 > att 40 1b 1600 100401
  )"));
  EXPECT_EQ(heard.Value(id::kFirmwareUpdateDone), "true");
  EXPECT_EQ(heard.Value(id::kFirmwareUpdateFails), "");
  EXPECT_THAT(heard.Text(id::kFirmwareUpdateDone), HasSubstr("before that"));
}

TEST(Update, DataWithoutTheirBeginningClaimNothing) {
  const Heard heard = Hear(Ready().Add(kHalf).Add("+60 > evt 05 00 4000 08\n"));
  EXPECT_EQ(heard.Value(id::kFirmwareUpdateFails), "");
  EXPECT_THAT(heard.story.links[0].text, HasSubstr("its beginning is not in the capture"));
}

TEST(Update, FilteredDataStillCount) {
  const Heard heard = Hear(Ready().Add(kFirmwareAccepted).Add(R"(
    +0.1 < attcut 40 3 52 1900 0001020304050607
    +1 > evt 05 00 4000 08
  )"));
  EXPECT_THAT(heard.Text(id::kFirmwareUpdateFails), HasSubstr("8 of 8 bytes"));
}

}  // namespace
}  // namespace bk::capture::talk
