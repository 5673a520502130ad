// Authentication: each case is named after what an owner would say of it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "capture/talk/talk_script.h"
#include "evidence/finding_ids.h"

namespace bk::capture::talk {
namespace {

namespace id = evidence::id;
using testing::HasSubstr;
using testing::Not;

TEST(Auth, TheKeyFits) {
  const Heard heard =
      Hear(Script().Add(kBandLink).Add(kAskChallenge).Add(kProve).Add(kKeyFits).Add(kSetTime));
  EXPECT_EQ(heard.Value(id::kAuthSucceeded), "true");
  EXPECT_EQ(heard.Value(id::kAuthFailed), "");
  EXPECT_EQ(heard.Find(id::kAuthSucceeded)->where.packet, 8U);
  EXPECT_EQ(heard.Find(id::kAuthSucceeded)->where.file, "made.log");
  EXPECT_TRUE(heard.Reached(Stage::kAuthenticated));
  EXPECT_TRUE(heard.Reached(Stage::kInitialised));
}

TEST(Auth, TheBandHoldsAnotherKey) {
  const Heard heard = Hear(Script().Add(kBandLink).Add(kAskChallenge).Add(kProve).Add(kWrongKey));
  EXPECT_EQ(heard.Value(id::kAuthFailed), "true");
  EXPECT_EQ(heard.Value(id::kAuthSucceeded), "");
  EXPECT_EQ(heard.Value(id::kPairFirstOnBand), "");
  EXPECT_EQ(heard.Value(id::kBandHoldsOtherKey), "true");
  EXPECT_FALSE(heard.Reached(Stage::kAuthenticated));
}

TEST(Auth, RefusedOnceThenAccepted) {
  const Heard heard = Hear(Script()
                               .Add(kBandLink)
                               .Add(kAskChallenge)
                               .Add(kProve)
                               .Add(kWrongKey)
                               .Add(kAskChallenge)
                               .Add(kProve)
                               .Add(kKeyFits));
  EXPECT_EQ(heard.Value(id::kAuthSucceeded), "true");
  EXPECT_EQ(heard.Value(id::kAuthFailed), "");
  EXPECT_EQ(heard.Value(id::kBandHoldsOtherKey), "");
  EXPECT_THAT(heard.Text(id::kAuthSucceeded), HasSubstr("1 earlier try was refused"));
}

TEST(Auth, UnpairedAndNothingSince) {
  const Heard heard = Hear(Script()
                               .Add(kBandLink)
                               .Add(kAskChallenge)
                               .Add(kProve)
                               .Add(kKeyFits)
                               .Add(kAskChallenge)
                               .Add(kUnbind));
  EXPECT_EQ(heard.Value(id::kAuthSucceeded), "") << "the key is void now";
  EXPECT_EQ(heard.Value(id::kPairFirstOnBand), "true");
  EXPECT_TRUE(heard.Happened("band_unbound"));
}

TEST(Auth, RefusedSinceTheUnpair) {
  const Script one_link = Script()
                              .Add(kBandLink)
                              .Add(kAskChallenge)
                              .Add(kProve)
                              .Add(kKeyFits)
                              .Add(kAskChallenge)
                              .Add(kUnbind)
                              .Add(kAskChallenge)
                              .Add(kProve)
                              .Add(kKeyVoid);
  const Script two_links = Script()
                               .Add(kBandLink)
                               .Add(kAskChallenge)
                               .Add(kProve)
                               .Add(kKeyFits)
                               .Add(kAskChallenge)
                               .Add(kUnbind)
                               .Add(kBandHangsUp)
                               .Add(kBandLink)
                               .Add(kAskChallenge)
                               .Add(kProve)
                               .Add(kKeyVoid);
  for (const Script& script : {one_link, two_links}) {
    const Heard heard = Hear(script);
    EXPECT_EQ(heard.Value(id::kAuthFailed), "true");
    EXPECT_EQ(heard.Value(id::kAuthSucceeded), "");
    EXPECT_EQ(heard.Value(id::kPairFirstOnBand), "true");
    EXPECT_EQ(heard.Value(id::kBandHoldsOtherKey), "");
    EXPECT_THAT(heard.Text(id::kAuthFailed), HasSubstr("10 83 07"));
    EXPECT_THAT(heard.Text(id::kAuthFailed), HasSubstr("before that, in frame 8"));
  }
}

TEST(Auth, PairedAnewAfterTheUnpair) {
  const Heard heard = Hear(Script()
                               .Add(kBandLink)
                               .Add(kAskChallenge)
                               .Add(kUnbind)
                               .Add(R"(
    +1 < att 40 52 6000 0100
    +0.1 > att 40 1b 6000 10018101 000102030405060708090a0b0c0d0e0f
  )")
                               .Add(kAskChallenge)
                               .Add(R"(
    +0.1 < att 40 52 4d00 000400 8300 000102030405060708090a0b0c0d0e
    +0.1 < att 40 52 4d00 008401 0000
    +0.5 > att 40 1b 6000 108301
    +3 > att 40 1b 6000 100101
  )")
                               .Add(kAskChallenge)
                               .Add(kProve)
                               .Add(kKeyFits));
  EXPECT_EQ(heard.Value(id::kAuthSucceeded), "true");
  EXPECT_EQ(heard.Value(id::kPairFirstOnBand), "");
  EXPECT_TRUE(heard.Happened("band_binding"));
  EXPECT_TRUE(heard.Happened("band_asks_tap"));
  EXPECT_TRUE(heard.Happened("band_bound"));
}

TEST(Auth, NobodyTapsTheBand) {
  const Heard heard = Hear(Script().Add(kBandLink).Add(kAskChallenge).Add(R"(
    +0.1 < att 40 52 4d00 000400 8300 000102030405060708090a0b0c0d0e
    +0.1 < att 40 52 4d00 008401 0000
    +0.5 > att 40 1b 6000 108301
    +35 > evt 05 00 4000 13
  )"));
  EXPECT_EQ(heard.Value(id::kAuthNotCompleted), "true");
  EXPECT_THAT(heard.Text(id::kAuthNotCompleted), HasSubstr("asked for a tap"));
  EXPECT_EQ(heard.Value(id::kAuthSucceeded), "") << "10 83 01 accepted the signature, not a key";
}

TEST(Auth, TheAppHasNoKey) {
  const Heard heard =
      Hear(Script().Add(kBandLink).Add(kAskChallenge).Add("+12 > evt 05 00 4000 13\n"));
  EXPECT_EQ(heard.Value(id::kAuthNotCompleted), "true");
  EXPECT_THAT(heard.Text(id::kAuthNotCompleted), HasSubstr("the app has no key"));
}

TEST(Auth, TheCaptureEndsInTheMiddle) {
  const Heard heard = Hear(Script().Add(kBandLink).Add(kAskChallenge).Add(kProve));
  EXPECT_EQ(heard.Value(id::kAuthNotCompleted), "");
}

TEST(Auth, NobodyBeginsToAuthenticate) {
  // The model's serial number is read: handle 0x0b, and a battery with two dates proves the band.
  constexpr std::string_view kBattery =
      "+0.1 > att 40 1b 4100 0f3a00 e807010108000000 e807010109000000 64\n";
  const Heard heard = Hear(Script().Add(kBandLink).Add(kBattery).Add("+40 > evt 05 00 4000 13\n"));
  EXPECT_EQ(heard.Value(id::kAuthNotCompleted), "true");
  const Heard brief = Hear(Script().Add(kBandLink).Add(kBattery).Add("+10 > evt 05 00 4000 13\n"));
  EXPECT_EQ(brief.Value(id::kAuthNotCompleted), "");
}

TEST(Auth, FilteredToTheStatusStillTellsIt) {
  const Heard heard = Hear(Script().Add(kBandLink).Add(R"(
    +0.1 < attcut 40 6 52 6000 820002
    +0.1 > attcut 40 6 1b 6000 108201 000102030405060708090a0b0c0d0e0f
    +0.1 < attcut 40 5 52 6000 8300 f0f1f2f3f4f5f6f7f8f9fafbfcfdfeff
    +0.1 > att 40 1b 6000 108308
  )"));
  EXPECT_EQ(heard.Value(id::kAuthFailed), "true");
}

TEST(Auth, FilteredToHeadersTellsNothing) {
  const Heard heard = Hear(Script().Add(kBandLink).Add(R"(
    +0.1 < attcut 40 3 52 6000 820002
    +0.1 > attcut 40 3 1b 6000 108201 000102030405060708090a0b0c0d0e0f
    +0.1 < attcut 40 3 52 6000 8300 f0f1f2f3f4f5f6f7f8f9fafbfcfdfeff
    +0.1 > attcut 40 3 1b 6000 108308
    +60 > evt 05 00 4000 13
  )"));
  for (const id::Id finding : {id::kAuthFailed, id::kAuthSucceeded, id::kAuthNotCompleted})
    EXPECT_EQ(heard.Value(finding), "") << finding;
  ASSERT_FALSE(heard.story.losses.empty());
  EXPECT_TRUE(std::ranges::any_of(heard.story.losses, [](const evidence::Loss& loss) {
    return loss.kind == evidence::LossKind::kFiltered && loss.count == 4;
  }));
}

TEST(Auth, AnUnknownDeviceThatSpeaksLikeABandIsInferred) {
  // Mi Band 2 and 3: plain opcodes, another handle, no name.
  const Heard heard = Hear(Script().Add(kNamelessLink).Add(R"(
    +0.1 < att 40 52 5000 0208
    +0.1 > att 40 1b 5000 100201 000102030405060708090a0b0c0d0e0f
    +0.1 < att 40 52 5000 0308 f0f1f2f3f4f5f6f7f8f9fafbfcfdfeff
    +0.1 > att 40 1b 5000 100304
  )"));
  EXPECT_EQ(heard.Value(id::kAuthFailed), "true");
  EXPECT_TRUE(heard.story.links[0].talk.huami);
  EXPECT_THAT(heard.story.links[0].text, HasSubstr("inferred"));
}

TEST(Auth, AnotherDeviceIsNoBand) {
  const Heard heard = Hear(Script().Add(kNamelessLink).Add(R"(
    +0.1 < att 40 52 6000 0200
    +0.1 > att 40 1b 6000 100204
    +0.1 < att 40 12 6000 0308 01
    +0.1 > att 40 13
    +0.1 > att 40 1b 6000 100301
    +60 > evt 05 00 4000 13
  )"));
  EXPECT_FALSE(heard.story.links[0].talk.huami);
  EXPECT_TRUE(heard.story.links[0].talk.findings.empty());
  EXPECT_THAT(heard.story.links[0].text, Not(HasSubstr("key")));
}

}  // namespace
}  // namespace bk::capture::talk
