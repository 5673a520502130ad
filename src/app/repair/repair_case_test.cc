#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "app/repair/repair_case_testing.h"

namespace bk::app {
namespace {

using testing::HasSubstr;
using End = RepairOutcome::End;

TEST_F(RepairCaseTest, WithOneYesTheFaultIsMendedProvedAndUndone) {
  const FakeState before = phone_.state;
  Face face;
  const auto outcome = Run(face);
  ASSERT_TRUE(outcome.has_value()) << outcome.error().message;
  EXPECT_EQ(outcome->end, End::kProved) << outcome->sentence;
  EXPECT_THAT(outcome->proof, HasSubstr("sync"));
  ASSERT_FALSE(outcome->runs.empty());
  EXPECT_EQ(outcome->runs.front().fix, "turn_on_location");
  EXPECT_TRUE(outcome->runs.front().cured);
  EXPECT_FALSE(outcome->changed.empty());
  EXPECT_TRUE(face.order.ends_with("c"));
  const auto journal = Journal();
  ASSERT_EQ(journal->repairs().size(), 1U);
  EXPECT_EQ(journal->repairs()[0].outcome, "proved");
  EXPECT_FALSE(journal->repairs()[0].hot());

  const auto past = ListRepairs(knowledge_, world_);
  ASSERT_TRUE(past.has_value());
  ASSERT_EQ(past->repairs.size(), 1U);
  EXPECT_EQ(past->repairs[0].number, 1U);
  EXPECT_TRUE(past->repairs[0].undoable);
  EXPECT_FALSE(past->repairs[0].changes.empty());
  const auto undone = Undo(false);
  ASSERT_TRUE(undone.has_value());
  EXPECT_TRUE(undone->all_back);
  EXPECT_TRUE(Settings(phone_.state) == Settings(before));
  EXPECT_TRUE(Undo()->undone.empty());
}

TEST_F(RepairCaseTest, YesAloneDoesOnlyWhatIsHarmless) {
  phone_.works = nullptr;
  Face face;
  const auto outcome = Run(face, {.yes = true, .can_ask = false});
  ASSERT_TRUE(outcome.has_value());
  EXPECT_EQ(outcome->end, End::kNothingLeft);
  EXPECT_FALSE(outcome->sentence.empty());
  EXPECT_TRUE(face.agreed.empty() && face.typed_for.empty());
  EXPECT_EQ(face.order.find_first_of("hryc"), std::string::npos) << face.order;
  bool any = false;
  for (const StepRun& run : outcome->runs) {
    if (run.end != "done" && run.end != "already") continue;
    any = true;
    EXPECT_LE(run.loss, troubleshoot::LossClass::kSetting) << run.fix;
    EXPECT_NE(run.fix, "toggle_bluetooth");
    EXPECT_NE(run.fix, "restart_phone");
    EXPECT_NE(run.fix, "cycle_airplane_mode");
  }
  EXPECT_TRUE(any);
  EXPECT_TRUE(phone_.state.bluetooth);
  EXPECT_FALSE(last_failed_.empty());  // each failed step taught the belief
  EXPECT_FALSE(Journal()->repairs()[0].hot());
}

// Whoever asks for a repair has a reason to: what the phone does not show is asked for.
TEST_F(RepairCaseTest, WithoutAVisibleTroubleThePersonIsAskedForIt) {
  quiet_ = true;
  phone_.state.rows["secure/location_mode"] = "3";
  Face content;
  auto outcome = Run(content);
  ASSERT_TRUE(outcome.has_value());
  EXPECT_EQ(outcome->end, End::kNothingWrong) << outcome->sentence;
  EXPECT_EQ(content.questions, std::vector<std::string>{knowledge_.choices.front().id});
  EXPECT_TRUE(content.begun.empty());

  Face nobody;
  outcome = Run(nobody, {.yes = true, .can_ask = false});
  ASSERT_TRUE(outcome.has_value());
  EXPECT_EQ(outcome->end, End::kNothingWrong);
  EXPECT_TRUE(nobody.questions.empty());

  Face troubled;
  troubled.answers = {{"symptom", "no_notifications"}};
  outcome = Run(troubled);
  ASSERT_TRUE(outcome.has_value());
  EXPECT_NE(outcome->end, End::kNothingWrong) << outcome->sentence;
  EXPECT_FALSE(outcome->runs.empty());

  Face leaves;
  leaves.answers = {{"symptom", ""}};
  outcome = Run(leaves);
  ASSERT_TRUE(outcome.has_value());
  EXPECT_EQ(outcome->end, End::kStopped);
}

// A plan that has come to its end asks what it had no use for before it gives up, and each once.
TEST_F(RepairCaseTest, QuestionsRemainWhenThePlanIsAtItsEnd) {
  phone_.works = nullptr;
  Face face;
  face.done = RepairFace::Reply::kYes;
  const auto outcome = Run(face);
  ASSERT_TRUE(outcome.has_value());
  EXPECT_EQ(outcome->end, End::kNothingLeft) << outcome->sentence;
  EXPECT_FALSE(face.questions.empty());
  const std::set<std::string> once(face.questions.begin(), face.questions.end());
  EXPECT_EQ(once.size(), face.questions.size());
}

// What helps rarely is offered once all that was worth it is tried, and done only on a yes: the
// harmless first, and each loss by its own word.
TEST_F(RepairCaseTest, WhatHelpsRarelyIsOfferedAtTheEnd) {
  phone_.works = nullptr;
  const FakeState before = phone_.state;
  Face enough;
  enough.done = RepairFace::Reply::kYes;
  auto outcome = Run(enough);
  ASSERT_TRUE(outcome.has_value());
  ASSERT_FALSE(enough.rest.empty());
  EXPECT_EQ(enough.begun, enough.begun_before_rest);  // no was said
  EXPECT_FALSE(outcome->went_on);

  phone_.state = before;
  Face goes_on;
  goes_on.done = goes_on.step = goes_on.lossy = goes_on.go_on = RepairFace::Reply::kYes;
  outcome = Run(goes_on);
  ASSERT_TRUE(outcome.has_value());
  EXPECT_TRUE(outcome->went_on);
  EXPECT_EQ(outcome->end, End::kNothingLeft) << outcome->sentence;
  EXPECT_GT(goes_on.begun.size(), goes_on.begun_before_rest.size());
  const std::set<std::string> once(goes_on.begun.begin(), goes_on.begun.end());
  EXPECT_EQ(once.size(), goes_on.begun.size());
  bool costs = false;
  for (const StepRun& run : outcome->runs) {
    EXPECT_LE(run.loss, troubleshoot::LossClass::kPairing) << run.fix;
    const bool lossy = run.loss >= troubleshoot::LossClass::kPairing;
    EXPECT_FALSE(costs && !lossy) << run.fix << " is harmless, and comes after a loss";
    costs = costs || lossy;
    if (lossy) {
      EXPECT_THAT(goes_on.typed_for, testing::Contains(run.fix));
    }
  }
  EXPECT_TRUE(costs);
}

TEST_F(RepairCaseTest, WhichAppWasTakenIsSaidAndCanBeChosen) {
  using testing::ElementsAre;
  const auto dry = [&](std::string app) {
    return RunDry({.app = std::move(app)}, knowledge_, world_,
                  [this](ports::Phone&, const SoFar& so_far) { return Diagnose(so_far); });
  };
  EXPECT_TRUE(dry("")->companion.others.empty());
  phone_.says["pm list"] =
      "package:android uid:1000\npackage:com.xiaomi.hm.health uid:10143\n"
      "package:nodomain.freeyourgadget.gadgetbridge uid:10144\n";
  EXPECT_EQ(dry("")->companion.package, FakePhone::kApp);
  EXPECT_THAT(dry("")->companion.why, HasSubstr("because"));
  EXPECT_THAT(dry("")->other_companions,
              HasSubstr("Gadgetbridge (--app nodomain.freeyourgadget.gadgetbridge)"));
  EXPECT_THAT(dry("gadgetbridge")->companion.others, ElementsAre(FakePhone::kApp));
  const auto none = dry("mi_fitness");
  ASSERT_FALSE(none.has_value());
  EXPECT_EQ(none.error().code, ErrorCode::kInvalid);

  Face face;
  const auto outcome = Run(face, {.app = "gadgetbridge", .yes = true, .can_ask = false});
  ASSERT_TRUE(outcome.has_value());
  EXPECT_EQ(outcome->companion.package, "nodomain.freeyourgadget.gadgetbridge");
  Privacy privacy(false);
  EXPECT_THAT(ToJson(*outcome, privacy)["app_text"].get<std::string>(), HasSubstr("as you said"));
  EXPECT_TRUE(Undo()->all_back);
  Face asks;
  ASSERT_TRUE(Run(asks, {.app = "gadgetbridge"}).has_value());
  EXPECT_TRUE(asks.apps.empty());  // it was said
  EXPECT_FALSE(Run(face, {.app = "mi_fitness"}).has_value());
}

TEST_F(RepairCaseTest, OfTwoAppsTheMakersThenTheOneWithALinkComesFirstAndThePickedOneIsWatched) {
  using testing::ElementsAre;
  phone_.says["pm list"] =
      "package:android uid:1000\npackage:com.xiaomi.hm.health uid:10143\n"
      "package:nodomain.freeyourgadget.gadgetbridge uid:10144\n";
  Face makers;
  auto outcome = Run(makers);
  ASSERT_TRUE(outcome.has_value());
  EXPECT_THAT(makers.apps, ElementsAre("Zepp Life", "Gadgetbridge"));
  EXPECT_EQ(outcome->end, End::kProved) << outcome->sentence;
  EXPECT_TRUE(Undo()->all_back);

  Face other;  // the link that comes up is not of the app that was picked
  other.which = 1;
  outcome = Run(other);
  ASSERT_TRUE(outcome.has_value());
  EXPECT_NE(outcome->end, End::kProved) << outcome->proof;
  EXPECT_TRUE(Undo()->all_back);

  phone_.says["dumpsys bluetooth_manager"] =
      "Bluetooth Status\n  enabled: true\n  state: ON\n\nGATT Client Map\n  Entries: 1\n\n"
      "  nodomain.freeyourgadget.gadgetbridge (Registered)\n"
      "  LE scans (started/stopped)                                  : 0 / 0\n"
      "  Total number of results                                     : 0\n"
      "  Application ID                     : 5\n"
      "  UUID                               : 00000000-0000-0000-0000-000000000005\n"
      "  Connections: 1\n    03-02 07:59:00 - 60000ms : C8:0F:10:01:02:03 (5)\n\n";
  Face linked;
  ASSERT_TRUE(Run(linked).has_value());
  EXPECT_THAT(linked.apps, ElementsAre("Gadgetbridge", "Zepp Life"));
}

TEST_F(RepairCaseTest, ADryRunTouchesNothing) {
  const FakeState before = phone_.state;
  const auto dry = RunDry({}, knowledge_, world_,
                          [this](ports::Phone&, const SoFar& so_far) { return Diagnose(so_far); });
  ASSERT_TRUE(dry.has_value());
  EXPECT_TRUE(phone_.state == before);
  EXPECT_EQ(file_.bytes, "");
  ASSERT_FALSE(dry->steps.empty());
  EXPECT_EQ(dry->steps[0].fix->id, "turn_on_location");
  ASSERT_FALSE(dry->steps[0].lines.empty());
  EXPECT_FALSE(dry->steps[0].lines[0].commands.empty());
  Privacy privacy(false);
  const auto json = ToJson(*dry, privacy);
  EXPECT_EQ(json["schema"], "bandkeeper.dry_run/1");
  ASSERT_EQ(dry->afterwards.size(), 1U);
  EXPECT_THAT(dry->afterwards[0].what, HasSubstr("home button"));
  EXPECT_EQ(json["afterwards"][0]["commands"][0], "adb shell input keyevent KEYCODE_HOME");
}

TEST_F(RepairCaseTest, WithoutPhoneOrJournalNothingBegins) {
  Face face;
  moment_.dead = true;
  EXPECT_FALSE(Run(face).has_value());
  moment_.dead = false;
  world_.journal = [](bool) -> Result<std::unique_ptr<ports::Journal>> {
    return Fail(ErrorCode::kRefused, "Another one is at work.");
  };
  const auto begun = clock_.now;
  const auto refused = Run(face);
  ASSERT_FALSE(refused.has_value());
  EXPECT_EQ(refused.error().code, ErrorCode::kRefused);
  EXPECT_GE(clock_.now - begun, std::chrono::seconds(10));  // it was waited for
  world_.phones = nullptr;
  EXPECT_FALSE(Run(face).has_value());
}

}  // namespace
}  // namespace bk::app
