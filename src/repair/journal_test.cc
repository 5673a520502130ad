#include "repair/journal.h"

#include <gtest/gtest.h>

#include "repair/fakes_testing.h"

namespace bk::repair {
namespace {

RepairJournal Opened(FakeJournal& file, const FakeClock& clock) {
  auto journal = RepairJournal::Open(file, clock);
  EXPECT_TRUE(journal.has_value());
  return *std::move(journal);
}

class JournalTest : public testing::Test {
 protected:
  RepairJournal Again() { return Opened(file_, clock_); }
  static RepairJournal::Intent LocationOn() {
    return {.fix = "turn_on_location", .setting = {"location"}, .before = "off", .to = "on"};
  }
  FakeJournal file_;
  FakeClock clock_;
};

TEST_F(JournalTest, WhatWasWrittenIsThereAgain) {
  RepairJournal journal = Again();
  const auto repair = journal.BeginRepair("serial", "Xiaomi Redmi Note 8");
  ASSERT_TRUE(repair.has_value());
  ASSERT_TRUE(journal.Consented(*repair, "clear_app_data", "Settings of the app.").has_value());
  const auto change = journal.WillChange(*repair, LocationOn());
  ASSERT_TRUE(change.has_value());
  ASSERT_TRUE(journal.Changed(*change, "on").has_value());
  ASSERT_TRUE(journal.EndFix(*repair, "turn_on_location", "done").has_value());
  ASSERT_TRUE(journal.EndRepair(*repair, "proved").has_value());
  for (const RepairJournal& read : {std::move(journal), Again()}) {
    ASSERT_EQ(read.repairs().size(), 1U);
    const Repair& told = read.repairs()[0];
    EXPECT_EQ(told.phone, PhoneMark("serial"));
    EXPECT_EQ(told.phone_name, "Xiaomi Redmi Note 8");
    ASSERT_EQ(told.consents.size(), 1U);
    EXPECT_EQ(told.consents[0].words, "Settings of the app.");
    ASSERT_EQ(told.changes.size(), 1U);
    EXPECT_EQ(told.changes[0].state, Change::State::kMade);
    EXPECT_EQ(told.changes[0].before, "off");
    EXPECT_EQ(told.changes[0].left, "on");
    ASSERT_EQ(told.fixes.size(), 1U);
    EXPECT_EQ(told.fixes[0].outcome, "done");
    EXPECT_TRUE(told.ended);
    EXPECT_FALSE(told.hot());
    EXPECT_TRUE(told.undoable());
  }
}

// Invariant 5.
TEST_F(JournalTest, ARepairThatDidNotEndIsHotAndSoIsATemporaryChange) {
  RepairJournal journal = Again();
  const std::uint64_t repair = *journal.BeginRepair("serial", "phone");
  EXPECT_TRUE(Again().repairs()[0].hot());
  auto intent = LocationOn();
  intent.temporary = true;
  const std::uint64_t change = *journal.WillChange(repair, intent);
  ASSERT_TRUE(journal.EndRepair(repair, "stopped").has_value());
  EXPECT_TRUE(Again().repairs()[0].hot());
  ASSERT_TRUE(journal.Restored(change, "off").has_value());
  EXPECT_FALSE(Again().repairs()[0].hot());
  EXPECT_FALSE(Again().repairs()[0].undoable());
}

TEST_F(JournalTest, ARefusedChangeIsNotUndone) {
  RepairJournal journal = Again();
  const std::uint64_t repair = *journal.BeginRepair("serial", "phone");
  const std::uint64_t change = *journal.WillChange(repair, LocationOn());
  EXPECT_TRUE(Again().repairs()[0].undoable());  // as after a crash: who knows
  ASSERT_TRUE(journal.NotChanged(change, "the phone refused").has_value());
  EXPECT_FALSE(Again().repairs()[0].undoable());
  EXPECT_EQ(Again().repairs()[0].changes[0].words, "the phone refused");
}

TEST_F(JournalTest, AfterAFullDiskNothingIsPromisedAnyMore) {
  RepairJournal journal = Again();
  const std::uint64_t repair = *journal.BeginRepair("serial", "phone");
  const std::uint64_t change = *journal.WillChange(repair, LocationOn());
  file_.appends_left = 0;
  file_.torn_bytes = 20;
  EXPECT_FALSE(journal.Changed(change, "on").has_value());
  file_.appends_left.reset();
  EXPECT_FALSE(journal.WillChange(repair, LocationOn()).has_value());
  EXPECT_FALSE(journal.WillDo(repair, "restart_app", "Stop the app").has_value());
  EXPECT_FALSE(journal.Consented(repair, "clear_app_data", "data").has_value());
  EXPECT_TRUE(journal.Restored(change, "off").has_value());  // what was done is told all the same
  EXPECT_EQ(Again().repairs()[0].changes[0].state, Change::State::kRestored);
}

TEST_F(JournalTest, RecordsWithoutTheirRepairArePassedOver) {
  RepairJournal journal = Again();
  const std::uint64_t repair = *journal.BeginRepair("serial", "phone");
  const std::uint64_t change = *journal.WillChange(repair, LocationOn());
  ASSERT_TRUE(journal.Changed(change, "on").has_value());
  ASSERT_TRUE(journal.EndRepair(repair, "done").has_value());
  file_.bytes.erase(0, file_.bytes.find('\n') + 1);
  const RepairJournal read = Again();
  EXPECT_TRUE(read.repairs().empty());
  EXPECT_EQ(read.lost(), 1U);
}

TEST_F(JournalTest, ASettledChangeStaysSettled) {
  RepairJournal journal = Again();
  const std::uint64_t repair = *journal.BeginRepair("serial", "phone");
  const std::uint64_t change = *journal.WillChange(repair, LocationOn());
  ASSERT_TRUE(journal.LeaveAs(change, "wanted so").has_value());
  ASSERT_TRUE(journal.Changed(change, "on").has_value());
  ASSERT_TRUE(journal.Restored(change, "off").has_value());
  EXPECT_EQ(Again().repairs()[0].changes[0].state, Change::State::kLeft);
}

}  // namespace
}  // namespace bk::repair
