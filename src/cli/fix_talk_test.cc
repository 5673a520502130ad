#include "cli/fix_talk.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <deque>

#include "cli/options.h"
#include "cli/run.h"
#include "troubleshoot/knowledge/embedded_knowledge.h"

namespace bk::cli {
namespace {

using ports::Person;
using testing::HasSubstr;
using testing::Not;
using Reply = app::RepairFace::Reply;
using Said = app::RepairFace::Said;

class TypingPerson : public Person {
 public:
  explicit TypingPerson(std::string keys) : keys_(keys.begin(), keys.end()) {}
  void Show(std::string_view text) override { screen += text; }
  Heard Listen() override {
    if (keys_.empty()) return {Heard::Kind::kEnd, 0};
    const char key = keys_.front();
    keys_.pop_front();
    if (key == '\x03') return {Heard::Kind::kInterrupted, 0};
    return {Heard::Kind::kKey, key};
  }
  [[nodiscard]] bool at_terminal() const override { return true; }
  [[nodiscard]] bool colours() const override { return false; }
  [[nodiscard]] std::size_t columns() const override { return 80; }
  std::string screen;

 private:
  std::deque<char> keys_;
};

class FixTalkTest : public testing::Test {
 protected:
  FixTalkTest() {
    fix_.id = "clear_app_data";
    fix_.loss = troubleshoot::LossClass::kAppData;
    fix_.loss_text = "Settings of the app.";
    step_.text = "Clear the app's data";
    shown_ = {.step = &step_, .fix = &fix_, .doer = repair::Doer::kTool, .preview = [] {
                return std::vector<repair::PreviewLine>{
                    {.what = "Stop \x1b[31mit", .commands = {"adb shell am force-stop x"}}};
              }};
  }
  FixTalk& Talk(const std::string& keys) {
    person_ = std::make_unique<TypingPerson>(keys);
    talk_ = std::make_unique<FixTalk>(person_.get(), privacy_, nullptr);
    return *talk_;
  }
  app::Privacy privacy_{false};
  troubleshoot::Fix fix_;
  troubleshoot::Step step_;
  app::StepShown shown_;
  std::unique_ptr<TypingPerson> person_;
  std::unique_ptr<FixTalk> talk_;
};

TEST_F(FixTalkTest, WhatHelpsRarelyIsListedWithItsMinutes) {
  std::vector<troubleshoot::Step> rest(10);
  for (std::size_t i = 0; i < rest.size(); ++i) {
    rest[i].text = "Step " + std::to_string(i + 1);
    rest[i].minutes = 2.5;
  }
  EXPECT_EQ(Talk("y").OfferRest(rest), Reply::kYes);
  EXPECT_THAT(person_->screen, testing::HasSubstr("10 steps\nmore can help"));
  EXPECT_THAT(person_->screen, testing::HasSubstr("25 min in all"));
  EXPECT_THAT(person_->screen, testing::HasSubstr("- Step 8"));
  EXPECT_THAT(person_->screen, testing::Not(testing::HasSubstr("Step 9")));
  EXPECT_THAT(person_->screen, testing::HasSubstr("- and 2 more"));
  EXPECT_EQ(Talk("n").OfferRest(rest), Reply::kNo);
  EXPECT_EQ(Talk("").OfferRest(rest), Reply::kStop);
}

TEST_F(FixTalkTest, ALossIsNamedAndTheWordComesAsItWasTyped) {
  const repair::ConsentQuestion question{
      .harm = repair::Harm::kLossy, .text = "This can lose: " + fix_.loss_text, .word = "app data"};
  const auto typed = Talk("apx\bp data\n").AskLossy(shown_, question);
  EXPECT_EQ(typed.reply, Reply::kYes);
  EXPECT_EQ(typed.word, "app data");
  EXPECT_THAT(person_->screen, HasSubstr("Settings of the app."));
  EXPECT_THAT(person_->screen, HasSubstr("\"app data\""));
  EXPECT_EQ(Talk("y\n").AskLossy(shown_, question).word, "y");  // which is no consent
  EXPECT_EQ(Talk("app\x03").AskLossy(shown_, question).reply, Reply::kStop);
  EXPECT_EQ(Talk("").AskLossy(shown_, question).reply, Reply::kStop);
}

TEST_F(FixTalkTest, TheCommandsAreShownOnRequestAndNothingPaintsTheTerminal) {
  const auto reply = Talk("xcy").AskStep(
      shown_, {.harm = repair::Harm::kDisruptive, .text = "Bluetooth goes off."});
  EXPECT_EQ(reply, Reply::kYes);
  EXPECT_THAT(person_->screen, HasSubstr("That is none of the keys."));
  EXPECT_THAT(person_->screen, HasSubstr("adb shell am force-stop x"));
  EXPECT_THAT(person_->screen, Not(HasSubstr("\x1b")));
  talk_->Tell("a phone says \x1b[2J C8:0F:10:4A:5B:6C");
  EXPECT_THAT(person_->screen, Not(HasSubstr("\x1b")));
  EXPECT_THAT(person_->screen, Not(HasSubstr("4A:5B")));
}

TEST_F(FixTalkTest, TheBackgroundIsOfferedAndCanBeLeftOut) {
  const app::BackgroundLook look{.app = "Zepp Life", .time = std::chrono::minutes(3)};
  EXPECT_EQ(Talk("y").OfferBackground(look), Reply::kYes);
  EXPECT_THAT(person_->screen, HasSubstr("Zepp Life"));
  EXPECT_THAT(person_->screen, HasSubstr("3 min"));
  EXPECT_EQ(Talk("n").OfferBackground(look), Reply::kNo);
  EXPECT_EQ(Talk("q").OfferBackground(look), Reply::kStop);
}

// Bug: `fix --yes` said "It needs a person." and not of what.
TEST_F(FixTalkTest, AStepThatWasNotBegunIsNamed) {
  const app::StepRun run{
      .fix = fix_.id, .title = step_.text, .end = "skipped", .sentence = "It needs a person."};
  Talk("").StepOver(run);
  EXPECT_THAT(person_->screen, HasSubstr("Clear the app's data: left out (It needs a person.)"));
  Talk("").BeginStep(shown_);
  person_->screen.clear();
  talk_->StepOver(run);
  EXPECT_THAT(person_->screen, Not(HasSubstr("Clear the app's data")));
}

TEST_F(FixTalkTest, EndOfInputAndCtrlCStop) {
  for (const std::string& keys : {std::string(), std::string("\x03"), std::string("q")}) {
    EXPECT_EQ(Talk(keys).AskHarmless({}), Reply::kStop);
    EXPECT_EQ(Talk(keys).AskDone(shown_), Reply::kStop);
    EXPECT_EQ(Talk(keys).AskFinding(step_), Said::kStop);
    EXPECT_EQ(Talk(keys).AskSynced({.link = "A link."}), Said::kStop);
    EXPECT_EQ(Talk(keys).AskFinger({}, true), repair::StepTeller::Finger::kStop);
    EXPECT_EQ(Talk(keys).AskWhich("Which?", {"a", "b"}), app::RepairFace::npos);
    EXPECT_FALSE(Talk(keys).AskYes("Sure?"));
  }
  EXPECT_EQ(Talk("2").AskWhich("Which?", {"a", "b"}), 1U);
  EXPECT_EQ(Talk("9n").AskWhich("Which?", {"a", "b"}), app::RepairFace::npos);
}

TEST(FixVerbs, WordsAreParsed) {
  const auto options = [](std::vector<std::string> words) {
    const auto parsed = ParseOptions(words);
    const auto* good = std::get_if<Options>(&parsed);
    return good != nullptr ? std::optional(*good) : std::nullopt;
  };
  const auto fix = options({"fix", "--dry-run", "--serial", "x", "-y"});
  ASSERT_TRUE(fix.has_value());
  EXPECT_EQ(fix->verb, Verb::kFix);
  EXPECT_TRUE(fix->dry_run && fix->yes);
  EXPECT_EQ(fix->serial, "x");
  const auto undo = options({"undo", "3", "1"});
  ASSERT_TRUE(undo.has_value());
  EXPECT_EQ(undo->verb, Verb::kUndo);
  EXPECT_EQ(undo->numbers, (std::vector<std::size_t>{3, 1}));
  EXPECT_FALSE(options({"undo", "--all", "3"}).has_value());
  EXPECT_FALSE(options({"undo", "-1"}).has_value());
  EXPECT_NE(options({"watch"})->verb, options({"watch", "--phone"})->verb);  // this computer's own
  EXPECT_EQ(options({"watch", "--phone", "--hours", "0.5"})->hours, 0.5);
}

TEST(FixVerbs, WithoutAPhoneThereIsASentence) {
  const app::World world{.embedded_knowledge = &troubleshoot::EmbeddedKnowledge()};
  for (const std::vector<std::string>& words : {std::vector<std::string>{"fix", "--yes"},
                                                {"fix", "--dry-run"},
                                                {"undo"},
                                                {"undo", "--list"},
                                                {"watch", "--phone"}}) {
    const Outcome told = cli::Run(words, world, Style(false, 0));
    EXPECT_EQ(told.status, ExitCode::kCouldNotCheck) << words[0];
    EXPECT_THAT(told.err, HasSubstr("bandkeeper: ")) << words[0];
    EXPECT_EQ(told.out, "");
  }
}

}  // namespace
}  // namespace bk::cli
