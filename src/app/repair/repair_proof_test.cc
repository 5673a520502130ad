// What proves that the band works again.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "app/repair/repair_case_testing.h"

namespace bk::app {
namespace {

using testing::HasSubstr;
using End = RepairOutcome::End;

TEST_F(RepairCaseTest, ALinkWithoutASeenSyncIsForThePersonToConfirm) {
  phone_.logs = false;
  Face face;
  face.synced = RepairFace::Said::kYes;
  const auto outcome = Run(face);
  ASSERT_TRUE(outcome.has_value());
  EXPECT_EQ(outcome->end, End::kConfirmed);
  EXPECT_THAT(face.order, HasSubstr("y"));
  EXPECT_TRUE(Undo()->all_back);
  Face nobody;
  const auto alone = Run(nobody, {.yes = true, .can_ask = false});
  ASSERT_TRUE(alone.has_value());
  EXPECT_EQ(alone->end, End::kUnproved);
}

TEST_F(RepairCaseTest, TheMakersAppIsProvedByItsTraffic) {
  phone_.logs = false;
  phone_.traffic = true;
  Face nobody;
  const auto outcome = Run(nobody, {.yes = true, .can_ask = false});
  ASSERT_TRUE(outcome.has_value());
  EXPECT_EQ(outcome->end, End::kProved) << outcome->sentence;
  EXPECT_EQ(outcome->proved_by, RepairOutcome::ProvedBy::kTraffic);
  EXPECT_THAT(outcome->proof, HasSubstr("fetched"));
  Privacy privacy(false);
  EXPECT_EQ(ToJson(*outcome, privacy)["proved_by"], "traffic");
}

// Bug: a fault that leaves link and syncs alone was "proved" to be mended after any first step.
TEST_F(RepairCaseTest, WhatWasSoBeforeTheFirstStepProvesNothing) {
  phone_.works = [](const BandPhone&) { return true; };
  Face nobody;
  auto outcome = Run(nobody, {.yes = true, .can_ask = false});
  ASSERT_TRUE(outcome.has_value());
  EXPECT_EQ(outcome->end, End::kUnproved) << outcome->sentence;
  EXPECT_THAT(outcome->sentence, HasSubstr("Open Zepp Life"));
  Privacy privacy(false);
  EXPECT_TRUE(ToJson(*outcome, privacy)["proved_by"].is_null());
  EXPECT_TRUE(Undo()->all_back);

  Face face;
  face.synced = RepairFace::Said::kYes;
  outcome = Run(face);
  ASSERT_TRUE(outcome.has_value());
  EXPECT_EQ(outcome->end, End::kConfirmed) << outcome->sentence;
  EXPECT_EQ(outcome->proved_by, RepairOutcome::ProvedBy::kPerson);
  EXPECT_TRUE(face.asked.as_before);
  EXPECT_EQ(face.asked.app, "Zepp Life");
}

// ---- with the app in the background

class BackgroundTest : public RepairCaseTest {
 protected:
  BackgroundTest() {
    phone_.logs = false;
    face_.synced = RepairFace::Said::kYes;  // seen on the app's own page, which is open then
  }
  // `works` as before, and `then` once the home button was pressed.
  void AfterHome(std::function<bool()> then) {
    phone_.works = [this, before = phone_.works, then = std::move(then)](const BandPhone& phone) {
      return before(phone) && (!HomePressed() || then());
    };
  }
  Face face_;
};

TEST_F(BackgroundTest, ThePersonIsAskedTheHomeButtonIsPressedAndTheLinkMustStand) {
  const FakeState before = phone_.state;
  const auto outcome = Run(face_);
  ASSERT_TRUE(outcome.has_value());
  EXPECT_EQ(outcome->end, End::kConfirmed) << outcome->sentence;
  EXPECT_EQ(outcome->background, RepairOutcome::Background::kStood);
  EXPECT_THAT(outcome->sentence, HasSubstr("With Zepp Life in the background it stayed connected"));
  EXPECT_THAT(face_.order, HasSubstr("yb"));
  EXPECT_EQ(face_.looked_for.app, "Zepp Life");
  EXPECT_EQ(face_.looked_for.time, std::chrono::minutes(3));
  EXPECT_TRUE(HomePressed());
  EXPECT_GE(face_.looks_behind, 18);
  Privacy privacy(false);
  EXPECT_EQ(ToJson(*outcome, privacy)["background"], "stood");
  // In the journal, and nothing to undo.
  EXPECT_THAT(file_.bytes, HasSubstr("Press%20the%20home%20button"));
  const std::size_t commands = phone_.lines.size();
  EXPECT_TRUE(Undo()->all_back);
  EXPECT_TRUE(Settings(phone_.state) == Settings(before));
  phone_.lines.erase(phone_.lines.begin(),
                     phone_.lines.begin() + static_cast<std::ptrdiff_t>(commands));
  EXPECT_FALSE(HomePressed());
}

TEST_F(BackgroundTest, LeftOutTheClaimIsAboutAnOpenApp) {
  face_.background = RepairFace::Reply::kNo;
  auto outcome = Run(face_);
  ASSERT_TRUE(outcome.has_value());
  EXPECT_EQ(outcome->end, End::kConfirmed);
  EXPECT_EQ(outcome->background, RepairOutcome::Background::kNotLooked);
  EXPECT_THAT(outcome->sentence, HasSubstr("while Zepp Life is open"));
  EXPECT_FALSE(HomePressed());
  EXPECT_TRUE(face_.order.ends_with("c")) << face_.order;  // the case goes on
  Privacy privacy(false);
  EXPECT_EQ(ToJson(*outcome, privacy)["background"], "not_looked");
  EXPECT_TRUE(Undo()->all_back);

  Face enough;  // of watching
  enough.synced = RepairFace::Said::kYes;
  enough.looks_enough = 2;
  outcome = Run(enough);
  ASSERT_TRUE(outcome.has_value());
  EXPECT_EQ(outcome->background, RepairOutcome::Background::kNotLooked);
  EXPECT_TRUE(HomePressed());
  EXPECT_TRUE(Undo()->all_back);

  Face leaves;
  leaves.synced = RepairFace::Said::kYes;
  leaves.background = RepairFace::Reply::kStop;
  outcome = Run(leaves);
  ASSERT_TRUE(outcome.has_value());
  EXPECT_EQ(outcome->end, End::kConfirmed);
  EXPECT_EQ(outcome->background, RepairOutcome::Background::kNotLooked);
  EXPECT_TRUE(leaves.order.ends_with("b")) << leaves.order;  // nothing more is asked
  EXPECT_TRUE(leaves.everyday.empty());
}

TEST_F(BackgroundTest, ALinkThatGoesMeansThatTheStepIsNoCure) {
  AfterHome([] { return false; });
  const auto outcome = Run(face_);
  ASSERT_TRUE(outcome.has_value());
  EXPECT_EQ(outcome->end, End::kNothingLeft) << outcome->sentence;
  EXPECT_THAT(outcome->sentence, HasSubstr("while Zepp Life is open, and not in the background"));
  EXPECT_THAT(face_.told, HasSubstr("With Zepp Life in the background the connection went"));
  for (const StepRun& run : outcome->runs) EXPECT_FALSE(run.cured) << run.fix;
  ASSERT_FALSE(last_failed_.empty());
  EXPECT_EQ(last_failed_.front(), "turn_on_location");
  Privacy privacy(false);
  EXPECT_TRUE(ToJson(*outcome, privacy)["background"].is_null());
}

TEST_F(BackgroundTest, ALinkThatChanceCutsForAMomentBeginsTheTimeAnew) {
  std::optional<std::chrono::milliseconds> pressed;
  AfterHome([&] {
    if (!pressed) pressed = clock_.now;
    const auto since = clock_.now - *pressed;
    return since < std::chrono::seconds(95) || since > std::chrono::seconds(112);
  });
  const auto outcome = Run(face_);
  ASSERT_TRUE(outcome.has_value());
  EXPECT_EQ(outcome->background, RepairOutcome::Background::kStood) << outcome->sentence;
  ASSERT_TRUE(pressed.has_value());
  EXPECT_GE(clock_.now - *pressed, std::chrono::seconds(95) + std::chrono::minutes(3));
}

TEST_F(BackgroundTest, ALinkThatGoesTwiceDoesNotStand) {
  std::optional<std::chrono::milliseconds> pressed;
  AfterHome([&] {
    if (!pressed) pressed = clock_.now;
    return (clock_.now - *pressed) % std::chrono::seconds(60) < std::chrono::seconds(45);
  });
  const auto outcome = Run(face_);
  ASSERT_TRUE(outcome.has_value());
  EXPECT_NE(outcome->end, End::kConfirmed) << outcome->sentence;
}

TEST_F(BackgroundTest, ASyncInThatTimeIsSaid) {
  AfterHome([&] {
    phone_.logs = true;
    return true;
  });
  const auto outcome = Run(face_);
  ASSERT_TRUE(outcome.has_value());
  EXPECT_EQ(outcome->background, RepairOutcome::Background::kSynced) << outcome->sentence;
  EXPECT_THAT(outcome->sentence, HasSubstr("and synced"));
  Privacy privacy(false);
  EXPECT_EQ(ToJson(*outcome, privacy)["background"], "synced");
}

TEST_F(BackgroundTest, APhoneThatTakesNoHomeButtonIsNotLookedAt) {
  phone_.says["am start -a android.intent.action.MAIN"] = "Error: unable to resolve Intent\n";
  const auto outcome = Run(face_);
  ASSERT_TRUE(outcome.has_value());
  EXPECT_EQ(outcome->end, End::kConfirmed);
  EXPECT_EQ(outcome->background, RepairOutcome::Background::kNotLooked);
  EXPECT_THAT(face_.told, HasSubstr("does not take its home button"));
  EXPECT_EQ(face_.looks_behind, 0);
}

TEST_F(BackgroundTest, NothingWasOpenedSoNothingIsSentAway) {
  phone_.logs = true;
  const auto outcome = Run(face_);
  ASSERT_TRUE(outcome.has_value());
  EXPECT_EQ(outcome->end, End::kProved);
  EXPECT_EQ(outcome->background, RepairOutcome::Background::kNotAsked);
  EXPECT_EQ(outcome->sentence, "The band works again.");
  EXPECT_FALSE(HomePressed());
}

}  // namespace
}  // namespace bk::app
