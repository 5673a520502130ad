// Settings that do not stay as they should: those of every day, and those that a phone puts back.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "app/repair/repair_case_testing.h"

namespace bk::app {
namespace {

using testing::HasSubstr;
using End = RepairOutcome::End;

// A second fault may hide behind a link that stands: settings that are off are offered, not taken.
TEST_F(RepairCaseTest, WhatIsOffAlthoughTheBandWorksIsOfferedOnceAndUndoneWithTheRest) {
  const FakeState before = phone_.state;
  Face face;
  auto outcome = Run(face);
  ASSERT_TRUE(outcome.has_value()) << outcome.error().message;
  ASSERT_EQ(outcome->end, End::kProved) << outcome->sentence;
  ASSERT_FALSE(face.everyday.empty());
  for (const std::string& off : face.everyday)
    EXPECT_THAT(outcome->everyday_off, testing::Contains(off));  // left, and said
  const std::size_t changed = outcome->changed.size();
  ASSERT_TRUE(Undo().has_value());
  ASSERT_TRUE(Settings(phone_.state) == Settings(before));

  face.keep = RepairFace::Reply::kYes;
  const std::vector<std::string> offered = face.everyday;
  outcome = Run(face);
  ASSERT_EQ(outcome->end, End::kProved) << outcome->sentence;
  EXPECT_EQ(face.everyday, offered);
  for (const std::string& off : offered)
    EXPECT_THAT(outcome->everyday_off, testing::Not(testing::Contains(off)));
  EXPECT_GT(outcome->changed.size(), changed);
  const auto undone = Undo(false);  // one repair, one undo
  ASSERT_TRUE(undone.has_value());
  EXPECT_TRUE(undone->all_back);
  EXPECT_TRUE(Settings(phone_.state) == Settings(before));
}

// Another repair set it, and the phone's system put it back in between.
TEST_F(RepairCaseTest, WhatThePhonePutBackIsSaidAndOfferedAgain) {
  const repair::SettingId doze = repair::setting::DozeExempt(FakePhone::kApp);
  {
    auto journal = *repair::RepairJournal::Open(file_, clock_);
    const auto number = *journal.BeginRepair("fake", "a phone");
    const auto change = journal.WillChange(
        number,
        {.fix = "exempt_from_battery_optimisation", .setting = doze, .before = "no", .to = "yes"});
    ASSERT_TRUE(journal.Changed(*change, "yes"));
    ASSERT_TRUE(journal.EndRepair(number, "proved"));
  }
  clock_.now += std::chrono::hours(26);
  Face leaves;
  leaves.again = RepairFace::Reply::kNo;
  auto outcome = Run(leaves);
  ASSERT_TRUE(outcome.has_value());
  ASSERT_EQ(leaves.put_back.size(), 1U);
  EXPECT_THAT(leaves.put_back[0], HasSubstr("\"yes\" yesterday; it was put back and is \"no\""));
  EXPECT_TRUE(outcome->set_again.empty());
  EXPECT_FALSE(phone_.state.doze.contains(FakePhone::kApp));
  EXPECT_TRUE(Undo(false)->all_back);  // the repair of just now

  Face sets;
  outcome = Run(sets);
  ASSERT_TRUE(outcome.has_value());
  EXPECT_EQ(outcome->set_again.size(), 1U);
  EXPECT_TRUE(phone_.state.doze.contains(FakePhone::kApp));
  EXPECT_TRUE(Undo(false)->all_back);
  EXPECT_FALSE(phone_.state.doze.contains(FakePhone::kApp));
  // Taken back by the person: nobody says that the phone did it.
  Face after;
  ASSERT_TRUE(Run(after).has_value());
  EXPECT_TRUE(after.put_back.empty());
}

TEST_F(RepairCaseTest, WithYesWhatWasPutBackIsSetAgainAndOnAHealthyPhoneTheCaseEndsThere) {
  {
    auto journal = *repair::RepairJournal::Open(file_, clock_);
    const auto number = *journal.BeginRepair("fake", "a phone");
    const auto change =
        journal.WillChange(number, {.fix = "exempt_from_battery_optimisation",
                                    .setting = repair::setting::DozeExempt(FakePhone::kApp),
                                    .before = "no",
                                    .to = "yes"});
    ASSERT_TRUE(journal.Changed(*change, "yes"));
    ASSERT_TRUE(journal.EndRepair(number, "proved"));
  }
  Face nobody;
  const auto outcome = RunRepair(
      {.yes = true, .can_ask = false}, knowledge_, world_,
      [](ports::Phone&, const SoFar&) -> Result<Report> {
        Report healthy;
        healthy.diagnosis.verdict.outcome = troubleshoot::Outcome::kHealthy;
        return healthy;
      },
      nobody);
  ASSERT_TRUE(outcome.has_value());
  EXPECT_EQ(outcome->end, End::kNothingWrong);
  EXPECT_EQ(outcome->set_again.size(), 1U);
  EXPECT_EQ(outcome->changed.size(), 1U);
  EXPECT_TRUE(phone_.state.doze.contains(FakePhone::kApp));
  EXPECT_FALSE(Journal()->repairs().back().hot());
}

TEST_F(RepairCaseTest, ARestartThatPutsSettingsBackIsSeenAndTheBandIsAwaitedAfterIt) {
  phone_.at_restart = [](FakeState& state) { state.rows["secure/location_mode"] = "0"; };
  phone_.works = [](const BandPhone& phone) {
    return phone.state.rows.at("secure/location_mode") != "0";
  };
  Face face;
  face.restart = RepairFace::Reply::kYes;
  const auto outcome = Run(face);
  ASSERT_TRUE(outcome.has_value());
  EXPECT_EQ(outcome->end, End::kProved) << outcome->sentence;
  ASSERT_EQ(outcome->put_back_by_phone.size(), 1U);
  EXPECT_THAT(outcome->put_back_by_phone[0], HasSubstr("Location: on → off"));
  EXPECT_EQ(outcome->set_again.size(), 1U);  // the face says yes
  EXPECT_EQ(outcome->link_after_restart, true);
  EXPECT_EQ(phone_.state.rows.at("secure/location_mode"), "3");
  EXPECT_TRUE(Undo()->all_back);
}

}  // namespace
}  // namespace bk::app
