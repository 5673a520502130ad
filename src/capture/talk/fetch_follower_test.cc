// Fetching what the band recorded: what is a healthy sync and what is trouble.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "capture/talk/talk_script.h"
#include "evidence/finding_ids.h"

namespace bk::capture::talk {
namespace {

namespace id = evidence::id;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

Script Ready() {
  return Script().Add(kBandLink).Add(kAskChallenge).Add(kProve).Add(kKeyFits).Add(kSetTime);
}
// Two records since 2024-01-01 11:50, and then nothing newer than 11:52.
constexpr std::string_view kRound = R"(
  +0.1 < att 40 52 3b00 0101 e807 01 01 0b 32 00 00
  +0.1 > att 40 1b 3b00 100101 02000000 e807 01 01 0b 32 00 00
  +0.1 < att 40 52 3b00 02
  +0.1 > att 40 1b 3e00 00 01140046 01140147
  +0.1 > att 40 1b 3b00 100201
  +0.1 < att 40 52 3b00 03
  +0.1 > att 40 1b 3b00 100301
)";
constexpr std::string_view kNothingNewer = R"(
  +0.1 < att 40 52 3b00 0101 e807 01 01 0b 34 00 00
  +0.1 > att 40 1b 3b00 100101 00000000 e807 01 01 0b 34 00 00
)";
// Since 07:00, five hours before the band's time.
constexpr std::string_view kNothingForHours = R"(
  +0.1 < att 40 52 3b00 0101 e807 01 01 07 00 00 00
  +0.1 > att 40 1b 3b00 100101 00000000 e807 01 01 07 00 00 00
)";

TEST(Fetch, ARoundThatEndsIsACompletedSync) {
  const Heard heard = Hear(Ready().Add(kRound));
  EXPECT_EQ(heard.Value(id::kSyncCompleted), "true");
  EXPECT_TRUE(heard.Reached(Stage::kFetching));
  EXPECT_TRUE(heard.Reached(Stage::kSynced));
}

TEST(Fetch, NothingNewerAfterAGoodSyncIsHealthy) {
  const Heard heard = Hear(Ready().Add(kRound).Add(kNothingNewer));
  EXPECT_EQ(heard.Value(id::kSyncCompleted), "true");
  EXPECT_EQ(heard.Value(id::kNoNewData), "");
  EXPECT_THAT(heard.story.links[0].text,
              HasSubstr("2 minutes of activity since 2024-01-01 11:50 reached the phone"));
}

// "The band works (a sync came to its end)", of a band that had refused the key for an hour since.
TEST(Fetch, ASyncBeforeTheKeyWasRefusedIsOfThePast) {
  const auto once_synced = [] { return Ready().Add(kRound).Add(kBandHangsUp).Wait(60); };
  const Heard refused =
      Hear(once_synced().Add(kBandLink).Add(kAskChallenge).Add(kProve).Add(kWrongKey));
  EXPECT_EQ(refused.Value(id::kAuthFailed), "true");
  EXPECT_EQ(refused.Value(id::kSyncCompleted), "");
  EXPECT_THAT(refused.Text(id::kAuthFailed), HasSubstr("a sync ended well"));
  // What came after the refusal counts again.
  const Heard mended = Hear(Ready()
                                .Add(kBandHangsUp)
                                .Add(kBandLink)
                                .Add(kAskChallenge)
                                .Add(kProve)
                                .Add(kWrongKey)
                                .Add(kAskChallenge)
                                .Add(kProve)
                                .Add(kKeyFits)
                                .Add(kRound));
  EXPECT_EQ(mended.Value(id::kSyncCompleted), "true");
  EXPECT_EQ(mended.Value(id::kAuthFailed), "");
}

// "The band works (a sync came to its end)", of a band that was empty for an hour and a half since.
TEST(Fetch, ASyncWithoutALinkSinceIsOfThePast) {
  constexpr std::string_view kLost = "+0.1 > evt 05 00 4000 08\n";
  constexpr std::string_view kSearch = R"(
    +0 < cmd 0b20 01 6000 3000 00 00
    +0 < cmd 0c20 01 00
    +12 < cmd 0c20 00 00
  )";
  const auto synced = [] { return Ready().Add(kRound); };
  const Heard searched = Hear(synced().Add(kLost).Wait(600).Add(kSearch));
  EXPECT_EQ(searched.Value(id::kSyncCompleted), "");
  EXPECT_EQ(searched.Value(id::kAuthSucceeded), "");
  EXPECT_EQ(searched.Value(id::kConnectsOk), "");
  EXPECT_EQ(searched.Value(id::kAppCannotConnect), "true");
  EXPECT_THAT(searched.Text(id::kAppCannotConnect),
              AllOf(HasSubstr("0x08"), HasSubstr("10 min"), HasSubstr("searched for 12 s")));
  // Nobody looked for it: neither health nor trouble.
  constexpr std::string_view kOfSomethingElse = "+0 > evt 0e 04 01 0310 00\n";
  const Heard quiet = Hear(synced().Add(kLost).Wait(600).Add(kOfSomethingElse));
  EXPECT_EQ(quiet.Value(id::kSyncCompleted), "");
  EXPECT_EQ(quiet.Value(id::kAppCannotConnect), "");
  // So short without a link is nothing: an app tries again within five minutes.
  const Heard soon = Hear(synced().Add(kLost).Wait(300).Add(kSearch));
  EXPECT_EQ(soon.Value(id::kSyncCompleted), "true");
  EXPECT_EQ(soon.Value(id::kAppCannotConnect), "");
  // It came back, or never went.
  const Heard back = Hear(synced().Add(kLost).Wait(600).Add(kSearch).Add(kBandLink));
  EXPECT_EQ(back.Value(id::kSyncCompleted), "true");
  EXPECT_EQ(back.Value(id::kAppCannotConnect), "");
  const Heard stands = Hear(synced().Wait(600).Add(kSearch));
  EXPECT_EQ(stands.Value(id::kSyncCompleted), "true");
  EXPECT_EQ(stands.Value(id::kAppCannotConnect), "");
}

TEST(Fetch, DataInThisSyncMeansThatTheBandRecords) {
  // Some clients ask for the whole day again after the first round.
  const Heard heard = Hear(Ready().Add(kRound).Add(kNothingForHours));
  EXPECT_EQ(heard.Value(id::kSyncCompleted), "true");
  EXPECT_EQ(heard.Value(id::kNoNewData), "");
}

TEST(Fetch, NothingWithinMinutesIsHealthy) {
  const Heard heard = Hear(Ready().Add(kNothingNewer));
  EXPECT_EQ(heard.Value(id::kSyncCompleted), "true");
  EXPECT_EQ(heard.Value(id::kNoNewData), "");
}

TEST(Fetch, NothingForHoursIsTrouble) {
  const Heard heard = Hear(Ready().Add(kNothingForHours));
  EXPECT_EQ(heard.Value(id::kNoNewData), "true");
  EXPECT_EQ(heard.Value(id::kSyncCompleted), "");
  EXPECT_THAT(heard.Text(id::kNoNewData), HasSubstr("since 2024-01-01 07:00"));
}

TEST(Fetch, WithoutTheBandsClockTheSpanIsNotKnown) {
  const Heard heard = Hear(
      Script().Add(kBandLink).Add(kAskChallenge).Add(kProve).Add(kKeyFits).Add(kNothingForHours));
  EXPECT_EQ(heard.Value(id::kNoNewData), "");
}

TEST(Fetch, AFreshlyPairedBandHasNothingYet) {
  const Heard heard = Hear(Script()
                               .Add(kBandLink)
                               .Add("+0.1 < att 40 52 6000 0100 000102030405060708090a0b0c0d0e0f\n"
                                    "+3 > att 40 1b 6000 100101\n")
                               .Add(kAskChallenge)
                               .Add(kProve)
                               .Add(kKeyFits)
                               .Add(kSetTime)
                               .Add(kNothingForHours));
  EXPECT_EQ(heard.Value(id::kNoNewData), "");
  EXPECT_EQ(heard.Value(id::kSyncCompleted), "true");
}

TEST(Fetch, OnceThereIsDataAgainNothingIsMissing) {
  const Heard heard = Hear(Ready()
                               .Add(kNothingForHours)
                               .Add(kBandHangsUp)
                               .Add(kBandLink)
                               .Add(kAskChallenge)
                               .Add(kProve)
                               .Add(kKeyFits)
                               .Add(kRound));
  EXPECT_EQ(heard.Value(id::kSyncCompleted), "true");
  EXPECT_EQ(heard.Value(id::kNoNewData), "");
  EXPECT_THAT(heard.Text(id::kSyncCompleted), HasSubstr("before that"));
}

TEST(Fetch, DataStopInTheMiddle) {
  const Heard heard = Hear(Ready().Add(R"(
    +0.1 < att 40 52 3b00 0101 e807 01 01 0b 32 00 00
    +0.1 > att 40 1b 3b00 100101 08000000 e807 01 01 0b 32 00 00
    +0.1 < att 40 52 3b00 02
    +0.1 > att 40 1b 3e00 00 01140046 01140147
    +15 > att 40 1b 2600 0040
  )"));
  EXPECT_EQ(heard.Value(id::kSyncStalls), "true");
  EXPECT_THAT(heard.Text(id::kSyncStalls), HasSubstr("8 bytes in 1 packets of 32 announced bytes"));
  EXPECT_EQ(heard.Value(id::kSyncCompleted), "");
}

TEST(Fetch, TheLinkEndsInTheMiddle) {
  const Heard heard = Hear(Ready().Add(R"(
    +0.1 < att 40 52 3b00 0101 e807 01 01 0b 32 00 00
    +0.1 > att 40 1b 3b00 100101 08000000 e807 01 01 0b 32 00 00
    +0.1 < att 40 52 3b00 02
    +0.1 > att 40 1b 3e00 00 01140046 01140147
    +2 > evt 05 00 4000 08
  )"));
  EXPECT_EQ(heard.Value(id::kSyncDisconnects), "true");
  EXPECT_THAT(heard.Text(id::kSyncDisconnects), HasSubstr("0x08"));
}

TEST(Fetch, AHoleInTheCounterIsNoCompletedSync) {
  const Heard heard = Hear(Ready().Add(R"(
    +0.1 < att 40 52 3b00 0101 e807 01 01 0b 32 00 00
    +0.1 > att 40 1b 3b00 100101 06000000 e807 01 01 0b 32 00 00
    +0.1 < att 40 52 3b00 02
    +0.1 > att 40 1b 3e00 00 01140046 01140147
    +0.1 > att 40 1b 3e00 02 01140046 01140147
    +0.1 > att 40 1b 3b00 100201
  )"));
  EXPECT_EQ(heard.Value(id::kSyncCompleted), "");
  EXPECT_TRUE(heard.Happened("sync_gap"));
  EXPECT_TRUE(heard.Happened("sync_incomplete"));
}

TEST(Fetch, RefusedIsAnEventOnly) {
  const Heard heard = Hear(Ready().Add(R"(
    +0.1 < att 40 52 3b00 0101 e807 01 01 0b 32 00 00
    +0.1 > att 40 1b 3b00 100102
  )"));
  EXPECT_TRUE(heard.Happened("sync_refused"));
  EXPECT_EQ(heard.Value(id::kSyncCompleted), "");
}

TEST(Fetch, FilteredDataClaimNothing) {
  const Heard heard = Hear(Ready().Add(R"(
    +0.1 < attcut 40 3 52 3b00 0101 e807 01 01 0b 32 00 00
    +0.1 > attcut 40 3 1b 3b00 100101 06000000 e807 01 01 0b 32 00 00
    +0.1 < attcut 40 3 52 3b00 02
    +0.1 > attcut 40 3 1b 3e00 00 01140046 01140147
    +60 > evt 05 00 4000 08
  )"));
  for (const id::Id finding :
       {id::kSyncCompleted, id::kSyncStalls, id::kSyncDisconnects, id::kNoNewData})
    EXPECT_EQ(heard.Value(finding), "") << finding;
  EXPECT_THAT(heard.story.links[0].text, HasSubstr("whether the sync ended is not known"));
}

TEST(Fetch, ManyRoundsAreOneSentence) {
  Script script = Ready();
  for (int i = 0; i < 20; ++i) script.Add(kRound).Add(kNothingNewer).Wait(120);
  const Heard heard = Hear(script);
  EXPECT_EQ(heard.Value(id::kSyncCompleted), "true");
  const std::string& text = heard.story.links[0].text;
  EXPECT_THAT(text, AllOf(HasSubstr("40 minutes of activity"), HasSubstr("in 20 rounds")));
  EXPECT_LT(text.size(), 1500U);
}

}  // namespace
}  // namespace bk::capture::talk
