// Whatever is answered and whenever it ends: the next start and `undo` bring everything back.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>

#include "app/repair/repair_case_testing.h"
#include "app/repair/repair_guard.h"

namespace bk::app {
namespace {

using testing::HasSubstr;
using End = RepairOutcome::End;

TEST_F(RepairCaseTest, AGuardStandsWhileSomethingIsChangedForAMoment) {
  phone_.works = [](const BandPhone& phone) {  // cured by Bluetooth off and on
    return std::ranges::count_if(phone.lines, [](const std::string& line) {
             return line.starts_with("cmd bluetooth_manager enable");
           }) > 0;
  };
  Face face;
  face.step = RepairFace::Reply::kYes;
  const auto outcome = Run(face);
  ASSERT_TRUE(outcome.has_value());
  EXPECT_EQ(outcome->end, End::kProved) << outcome->sentence;
  EXPECT_EQ(guards_set_, 1);
  EXPECT_EQ(guards_, 0);
  EXPECT_FALSE(taken_over_);
  EXPECT_TRUE(std::ranges::count(face.agreed, "toggle_bluetooth"));
}

// Invariant 5: the roll-back is offered before anything else.
TEST_F(RepairCaseTest, AfterADeathTheNextStartOffersToRollBackFirst) {
  const FakeState before = phone_.state;
  auto journal = *repair::RepairJournal::Open(file_, clock_);
  const auto number = *journal.BeginRepair("fake", "a phone");
  ASSERT_TRUE(journal
                  .WillChange(number, {.fix = "turn_on_location",
                                       .setting = repair::setting::Location(),
                                       .before = "off",
                                       .to = "on"})
                  .has_value());
  phone_.state.rows["secure/location_mode"] = "3";
  {
    Face face;
    face.roll_back = RepairFace::Reply::kStop;
    const auto outcome = Run(face);
    ASSERT_TRUE(outcome.has_value());
    EXPECT_EQ(outcome->end, End::kStopped);
    EXPECT_EQ(face.order, "r");
  }
  Face face;
  const auto outcome = Run(face);
  ASSERT_TRUE(outcome.has_value());
  EXPECT_EQ(face.order.front(), 'r');
  ASSERT_EQ(face.offered.size(), 1U);
  EXPECT_THAT(face.offered[0], HasSubstr("on"));
  EXPECT_EQ(Journal()->repairs()[0].outcome, "rolled back");
  EXPECT_TRUE(Undo()->all_back);
  EXPECT_TRUE(Settings(phone_.state) == Settings(before));
}

// Any answers, any moment of a death or of a stop: no lossy step without its word, no disruptive
// one without its yes, and the next start and `undo` bring everything back.
TEST_F(RepairCaseTest, AnyAnswersAndAnyDeathEndInAStateThatCanBePutBack) {
  const FakeState before = phone_.state;
  for (unsigned seed = 1; seed <= 24; ++seed) {
    std::mt19937_64 random(seed);
    phone_.state = before;
    phone_.lines.clear();
    phone_.works =
        seed % 3 == 0 ? std::function<bool(const BandPhone&)>() : [](const BandPhone& phone) {
          return phone.state.rows.at("secure/location_mode") != "0";
        };
    if (seed % 3 == 2) phone_.logs = !phone_.logs;
    file_ = {};
    clock_ = {};
    if (seed % 5 == 0) clock_.stop_at = std::chrono::seconds(random() % 400);
    moment_ = {};
    if (seed % 2 == 0) moment_ = {.at = static_cast<int>(random() % 300), .after = seed % 4 == 0};
    Face face;
    face.random = &random;
    face.preview = true;
    const auto outcome = Run(face);
    if (outcome) {
      for (const StepRun& run : outcome->runs) {
        if (run.end == "skipped" || run.end == "not_here") continue;
        if (run.loss > troubleshoot::LossClass::kSetting) {
          EXPECT_TRUE(std::ranges::count(face.typed_for, run.fix)) << run.fix << " " << seed;
        }
        if (run.fix == "toggle_bluetooth" || run.fix == "restart_phone") {
          EXPECT_TRUE(std::ranges::count(face.agreed, run.fix)) << run.fix << " " << seed;
        }
      }
      Privacy privacy(false);
      EXPECT_EQ(ToJson(*outcome, privacy)["schema"], "bandkeeper.repair/1");
    }
    // The guard, then undo.
    const bool died = moment_.dead;
    moment_ = {};
    clock_.stop_at.reset();
    clock_.stop = false;
    if (died) {
      EXPECT_TRUE(PutBackAfterDeath("fake", world_).has_value()) << seed;
    }
    EXPECT_EQ(phone_.state.bluetooth, before.bluetooth) << seed;
    EXPECT_EQ(phone_.state.rows.at("global/airplane_mode_on"), "0") << seed;
    const auto undone = Undo();
    ASSERT_TRUE(undone.has_value()) << undone.error().message;
    EXPECT_TRUE(undone->all_back) << seed;
    EXPECT_TRUE(Settings(phone_.state) == Settings(before)) << seed;
    if (HasFailure()) return;
  }
}

}  // namespace
}  // namespace bk::app
