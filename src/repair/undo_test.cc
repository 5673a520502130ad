#include "repair/undo.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "repair/fake_phone_testing.h"
#include "repair/fakes_testing.h"

namespace bk::repair {
namespace {

using testing::HasSubstr;

class UndoTest : public testing::Test {
 protected:
  UndoTest() {
    phone_.sdk = 34;
    traits_ = *ReadTraits(phone_);
    journal_.emplace(*RepairJournal::Open(file_, clock_));
    repair_ = *journal_->BeginRepair("fake", "a phone");
  }
  Workplace Place() { return {phone_, clock_, *journal_, traits_, repair_}; }
  // As the executor does it.
  std::uint64_t Made(const SettingId& id, const SettingValue& to) {
    const Reading before = ReadSetting(phone_, traits_, id);
    EXPECT_TRUE(before.has_value());
    const auto change = journal_->WillChange(
        repair_, {.fix = "some_fix", .setting = id, .before = *before, .to = to});
    EXPECT_TRUE(change.has_value());
    (void)WriteSetting(phone_, traits_, id, *before, to);
    EXPECT_TRUE(journal_->Changed(*change, to).has_value());
    return *change;
  }
  std::vector<Undone> Undo(const AskAnyway& ask = nullptr) {
    return UndoRepair(repair_, Place(), ask);
  }

  FakePhone phone_{34, ""};
  FakeJournal file_;
  FakeClock clock_;
  PhoneTraits traits_;
  std::optional<RepairJournal> journal_;
  std::uint64_t repair_ = 0;
};

TEST_F(UndoTest, TheLastChangeIsPutBackFirst) {
  const FakeState before = phone_.state;
  Made(setting::StandbyBucket(FakePhone::kApp), "10");
  Made(setting::StandbyBucket(FakePhone::kApp), "20");
  const auto undone = Undo();
  ASSERT_EQ(undone.size(), 2U);
  EXPECT_GT(undone[0].change, undone[1].change);
  for (const Undone& one : undone) EXPECT_EQ(one.how, Undone::How::kRestored);
  EXPECT_TRUE(phone_.state == before);
  EXPECT_TRUE(journal_->Find(repair_)->ended);
}

// Invariant 3.
TEST_F(UndoTest, WhatSomebodyChangedSinceIsAskedFor) {
  Made(setting::StandbyBucket(FakePhone::kApp), "10");
  phone_.state.bucket = "20";
  std::string asked;
  const AskAnyway no = [&](const Change&, const SettingValue& now, std::string_view text) {
    EXPECT_EQ(now, "20");
    asked = text;
    return false;
  };
  auto undone = Undo();  // nobody to ask: it stays, and stays open
  ASSERT_EQ(undone.size(), 1U);
  EXPECT_EQ(undone[0].how, Undone::How::kLeft);
  EXPECT_EQ(phone_.state.bucket, "20");
  undone = Undo(no);
  ASSERT_EQ(undone.size(), 1U);
  EXPECT_EQ(undone[0].how, Undone::How::kLeft);
  EXPECT_NE(asked, "");
  EXPECT_EQ(phone_.state.bucket, "20");
  EXPECT_TRUE(Undo(no).empty());  // the answer holds
}

// 40 → 10 by us, → 30 by somebody, → 20 by us, → 10 by somebody: what stands there now is what our
// first change left, and is not ours.
TEST_F(UndoTest, AnOlderChangeDoesNotOverwriteWhatAPersonWantsToStay) {
  Made(setting::StandbyBucket(FakePhone::kApp), "10");
  phone_.state.bucket = "30";
  Made(setting::StandbyBucket(FakePhone::kApp), "20");
  phone_.state.bucket = "10";
  for (const Undone& one : Undo()) EXPECT_EQ(one.how, Undone::How::kLeft);  // nobody to ask
  EXPECT_EQ(phone_.state.bucket, "10");
  int asked = 0;
  const auto undone = Undo([&](const Change&, const SettingValue&, std::string_view) {
    ++asked;
    return false;
  });
  ASSERT_EQ(undone.size(), 2U);
  for (const Undone& one : undone) EXPECT_EQ(one.how, Undone::How::kLeft);
  EXPECT_EQ(phone_.state.bucket, "10");
  EXPECT_EQ(asked, 1);
  EXPECT_TRUE(journal_->Find(repair_)->ended);
}

TEST_F(UndoTest, WhatALaterRepairWasToldToLeaveIsAskedForAnOlderOneToo) {
  const std::uint64_t older = repair_;
  Made(setting::StandbyBucket(FakePhone::kApp), "10");
  phone_.state.bucket = "30";
  repair_ = *journal_->BeginRepair("fake", "a phone");
  Made(setting::StandbyBucket(FakePhone::kApp), "20");
  phone_.state.bucket = "10";
  int asked = 0;
  const AskAnyway no = [&](const Change&, const SettingValue&, std::string_view) {
    ++asked;
    return false;
  };
  (void)Undo(no);
  repair_ = older;
  (void)Undo(no);
  EXPECT_EQ(asked, 2);
  EXPECT_EQ(phone_.state.bucket, "10");
}

TEST_F(UndoTest, AYesForTheLaterChangePutsBackTheOlderOneAsWell) {
  Made(setting::StandbyBucket(FakePhone::kApp), "10");
  Made(setting::StandbyBucket(FakePhone::kApp), "20");
  phone_.state.bucket = "30";
  int asked = 0;
  const auto undone = Undo([&](const Change&, const SettingValue&, std::string_view) {
    ++asked;
    return true;
  });
  ASSERT_EQ(undone.size(), 2U);
  EXPECT_EQ(asked, 1);
  EXPECT_EQ(phone_.state.bucket, "40");
}

TEST_F(UndoTest, AYesPutsItBackAnyway) {
  Made(setting::StandbyBucket(FakePhone::kApp), "10");
  phone_.state.bucket = "20";
  const auto undone =
      Undo([](const Change&, const SettingValue&, std::string_view) { return true; });
  ASSERT_EQ(undone.size(), 1U);
  EXPECT_EQ(undone[0].how, Undone::How::kRestored);
  EXPECT_EQ(phone_.state.bucket, "40");
}

// Invariant 6.
TEST_F(UndoTest, WhatIsAsBeforeIsNotWrittenAgain) {
  Made(setting::StandbyBucket(FakePhone::kApp), "10");
  phone_.state.bucket = "40";
  const auto undone = Undo();
  ASSERT_EQ(undone.size(), 1U);
  EXPECT_EQ(undone[0].how, Undone::How::kAlready);
  for (const std::string& line : phone_.lines) EXPECT_NE(line, "am set-standby-bucket 40");
}

TEST_F(UndoTest, AHostileJournalCanNotMakeItRunCommands) {
  std::string bytes = file_.bytes;
  std::uint64_t number = 1;
  for (const std::string& name : {std::string("global/x; reboot"), std::string("nonsense/a/b"),
                                  std::string("running/app"), std::string("app_op/$(reboot)/X"),
                                  std::string("permission/a b/c"), std::string(500, '/')}) {
    Record record{.kind = Record::Kind::kWillChange, .number = ++number, .repair = repair_};
    record.fix = "f";
    record.setting = name;
    record.before = "1; reboot";
    record.value = "0";
    bytes += *EncodeRecord(record);
  }
  file_.bytes = bytes;
  journal_.emplace(*RepairJournal::Open(file_, clock_));
  const std::size_t asked = phone_.lines.size();
  for (const Undone& undone : Undo()) EXPECT_EQ(undone.how, Undone::How::kCannot);
  for (std::size_t i = asked; i < phone_.lines.size(); ++i)
    EXPECT_EQ(phone_.lines[i].find("reboot"), std::string::npos) << phone_.lines[i];
}

TEST_F(UndoTest, APhoneThatIsGoneStopsItAndLeavesItOpen) {
  Made(setting::StandbyBucket(FakePhone::kApp), "10");
  Made(setting::Location(), "on");
  phone_.cut_at = phone_.lines.size();
  const auto undone = Undo();
  ASSERT_EQ(undone.size(), 1U);
  EXPECT_EQ(undone[0].how, Undone::How::kCannot);
  EXPECT_TRUE(journal_->Find(repair_)->hot());
  EXPECT_EQ(HotRepairs(*journal_, "fake").size(), 1U);
  EXPECT_TRUE(HotRepairs(*journal_, "another phone").empty());
}

}  // namespace
}  // namespace bk::repair
