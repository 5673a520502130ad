#include "app/repair/everyday_set.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "repair/fake_phone_testing.h"
#include "repair/fakes_testing.h"
#include "repair/undo.h"
#include "troubleshoot/knowledge/embedded_knowledge.h"

namespace bk::app {
namespace {

using testing::Contains;
using testing::HasSubstr;
using testing::Not;
using Is = repair::EverydayState::Is;

const troubleshoot::Knowledge& Known() { return troubleshoot::EmbeddedKnowledge(); }

class Silent final : public repair::StepTeller {
 public:
  void Tell(std::string_view) override {}
  Finger AskFinger(const repair::OpenPage&, bool) override { return Finger::kCannot; }
  bool Waiting(std::string_view, std::chrono::milliseconds) override { return true; }
};

struct Bench {
  explicit Bench(int sdk, std::string maker = "Google") : phone(sdk, std::move(maker)) {}
  repair::FakePhone phone;
  repair::FakeJournal file;
  repair::FakeClock clock;
  Silent silent;
  int asked = 0;
  bool yes = true;

  Result<EverydaySet> Set() {
    auto report = LookAtEveryday({}, phone, Known());
    EXPECT_TRUE(report);
    auto journal = repair::RepairJournal::Open(file, clock);
    EXPECT_TRUE(journal);
    return SetEveryday(*report, Known(), phone, clock, *journal, silent,
                       [&](const repair::ConsentQuestion&) {
                         ++asked;
                         return yes;
                       });
  }
};

TEST(EverydaySet, SetsWhatIsOffAndUndoGivesItBack) {
  for (const int sdk : {29, 31, 34, 35}) {
    Bench bench(sdk);
    const repair::FakeState before = bench.phone.state;
    const auto set = bench.Set();
    ASSERT_TRUE(set) << set.error().message;
    for (const auto& one : set->done) EXPECT_EQ(one.end, "done") << one.fix << ": " << one.sentence;
    EXPECT_TRUE(set->whole());
    EXPECT_GT(set->changed.size(), 3U);
    EXPECT_THAT(set->changed, Contains(HasSubstr("free of battery limits: no → yes")));

    const auto again = LookAtEveryday({}, bench.phone, Known());
    ASSERT_TRUE(again);
    EXPECT_EQ(CountOfSettable(*again), 0U);
    EXPECT_EQ(again->CountOf(Is::kOff), 0U);

    auto journal = repair::RepairJournal::Open(bench.file, bench.clock);
    EXPECT_TRUE(repair::HotRepairs(*journal, "").empty());
    const repair::Workplace place{bench.phone, bench.clock, *journal, again->traits, set->repair};
    repair::UndoRepair(set->repair, place, [](const auto&...) { return false; });
    EXPECT_EQ(bench.phone.state, before) << sdk;
  }
}

TEST(EverydaySet, AGoodPhoneIsNotTouchedAndNothingIsBegun) {
  Bench bench(34);
  ASSERT_TRUE(bench.Set());
  const std::string journal = bench.file.bytes;
  bench.phone.lines.clear();
  const auto set = bench.Set();
  ASSERT_TRUE(set);
  EXPECT_EQ(set->repair, 0U);
  EXPECT_TRUE(set->done.empty());
  EXPECT_EQ(bench.file.bytes, journal);
  for (const std::string& line : bench.phone.lines)
    EXPECT_THAT(line, Not(HasSubstr(" put "))) << line;
}

TEST(EverydaySet, WhatAPhoneRefusesIsSaidAndTheRestGoesOn) {
  Bench bench(34, "Xiaomi");
  bench.phone.security_switch = false;
  const auto set = bench.Set();
  ASSERT_TRUE(set);
  EXPECT_FALSE(set->whole());
  bool refused = false;
  bool done = false;
  for (const auto& one : set->done) {
    refused = refused ||
              (one.end == "refused" && one.sentence.find("Security settings") != std::string::npos);
    done = done || one.end == "done";
  }
  EXPECT_TRUE(refused);
  EXPECT_TRUE(done);  // the battery list is not held back
}

TEST(EverydaySet, WithoutAJournalNothingIsDone) {
  Bench bench(34);
  bench.file.appends_left = 0;
  const repair::FakeState before = bench.phone.state;
  const auto set = bench.Set();
  EXPECT_FALSE(set);
  EXPECT_EQ(bench.phone.state, before);
}

TEST(EverydaySet, ACutEndsItAndTheJournalKnowsWhatWasDone) {
  Bench bench(34);
  bench.phone.cut_at = 60;
  const auto set = bench.Set();
  ASSERT_TRUE(set);
  ASSERT_FALSE(set->done.empty());
  if (!set->whole()) {
    EXPECT_EQ(set->done.back().end, "phone_gone") << set->done.back().sentence;
  }
}

}  // namespace
}  // namespace bk::app
