#include "repair/step.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "repair/dying_testing.h"
#include "repair/fake_phone_testing.h"
#include "repair/undo.h"
#include "troubleshoot/knowledge/embedded_knowledge.h"

namespace bk::repair {
namespace {

using End = StepResult::End;
using testing::HasSubstr;

struct Teller : StepTeller {
  void Tell(std::string_view sentence) override { told.append(sentence).append("\n"); }
  Finger AskFinger(const OpenPage&, bool) override { return finger; }
  bool Waiting(std::string_view, std::chrono::milliseconds) override { return !gives_up; }
  std::string told;
  Finger finger = Finger::kDone;
  bool gives_up = false;
};

Situation TheSituation() {
  return {.companion = FakePhone::kApp,
          .companion_listener = "com.xiaomi.hm.health.Listener",
          .other_companions = {"nodomain.freeyourgadget.gadgetbridge"},
          .bluetooth_hogs = {"com.example.scanner"}};
}

Permit PermitFor(const troubleshoot::Fix& fix, const Action& action) {
  Consents consents;
  consents.AgreeToHarmless();
  consents.Agree(fix.id);
  if (auto permit = consents.PermitFor(fix, &action)) return *permit;
  consents.Type(fix.id, QuestionFor(fix, &action).word);
  auto permit = consents.PermitFor(fix, &action);
  BK_CHECK(permit.has_value());
  return *permit;
}
Permit PermitFor(const Action& action) {
  const auto& fixes = troubleshoot::EmbeddedKnowledge().fixes;
  const auto fix = std::ranges::find(fixes, action.fix, &troubleshoot::Fix::id);
  BK_CHECK(fix != fixes.end());
  return PermitFor(*fix, action);
}

// One run of the program over a phone and a journal that outlive it.
class Program {
 public:
  Program(ports::Phone& phone, FakeJournal& file, Moment& moment)
      : phone_(phone, moment), file_(file, moment), traits_(*ReadTraits(phone)) {
    auto opened = RepairJournal::Open(file_, clock);
    BK_CHECK(opened.has_value());
    journal.emplace(*std::move(opened));
  }
  Workplace At(std::uint64_t repair) { return {phone_, clock, *journal, traits_, repair}; }
  StepResult Carry(const Action& action, bool by_finger = false) {
    const auto repair = journal->BeginRepair("fake", "a phone");
    if (!repair) return {.end = End::kJournal};
    const StepResult result = CarryOut(action, by_finger, PermitFor(action), At(*repair), teller);
    if (!result.temporary_left) (void)journal->EndRepair(*repair, EndName(result.end));
    return result;
  }
  std::vector<Undone> RollBackAll() {
    std::vector<Undone> all;
    for (const Repair& repair : std::vector(journal->repairs())) {
      std::vector<Undone> some = UndoRepair(repair.number, At(repair.number), nullptr);
      all.insert(all.end(), some.begin(), some.end());
    }
    return all;
  }
  const PhoneTraits& traits() const { return traits_; }

  FakeClock clock;
  std::optional<RepairJournal> journal;
  Teller teller;

 private:
  DyingPhone phone_;
  DyingJournal file_;
  PhoneTraits traits_;
};

class StepTest : public testing::Test {
 protected:
  Program Start() { return {phone_, file_, moment_}; }
  FakePhone phone_{14, ""};
  FakeJournal file_;
  Moment moment_;

  StepTest() { phone_.sdk = 34; }
};

TEST_F(StepTest, ASettingIsRecordedWrittenReadBackAndUndone) {
  const FakeState before = phone_.state;
  Program run = Start();
  const Action action{.fix = "turn_on_location",
                      .moves = {ChangeSetting{.setting = setting::Location(), .to = "on"}}};
  const StepResult result = run.Carry(action);
  EXPECT_EQ(result.end, End::kDone) << result.sentence;
  ASSERT_EQ(result.changes.size(), 1U);
  const Change& change = run.journal->repairs()[0].changes[0];
  EXPECT_EQ(change.state, Change::State::kMade);
  EXPECT_EQ(change.before, "off");
  EXPECT_EQ(change.left, "on");
  EXPECT_FALSE(phone_.state == before);
  EXPECT_EQ(run.Carry(action).end, End::kAlready);  // and nothing is recorded for it
  EXPECT_TRUE(run.journal->repairs()[1].changes.empty());
  for (const Undone& undone : run.RollBackAll()) EXPECT_EQ(undone.how, Undone::How::kRestored);
  EXPECT_TRUE(phone_.state == before);
  EXPECT_TRUE(run.RollBackAll().empty());
}

// Invariant 1.
TEST_F(StepTest, AFullDiskMeansThatNothingIsDone) {
  Program run = Start();
  const auto repair = run.journal->BeginRepair("fake", "a phone");
  ASSERT_TRUE(repair.has_value());
  const FakeState before = phone_.state;
  file_.appends_left = 0;
  for (const char* fix : {"turn_on_location", "restart_app", "toggle_bluetooth"}) {
    const auto action = ActionFor(fix, run.traits(), TheSituation());
    ASSERT_TRUE(action.has_value()) << fix;
    const StepResult result =
        CarryOut(*action, false, PermitFor(*action), run.At(*repair), run.teller);
    EXPECT_EQ(result.end, End::kJournal) << fix;
    EXPECT_THAT(result.sentence, HasSubstr("no space"));
    EXPECT_TRUE(phone_.state == before) << fix;
  }
}

// Invariant 4.
TEST_F(StepTest, AConsentIsOnTheDiskBeforeALossyStepBegins) {
  Program run = Start();
  const auto& fixes = troubleshoot::EmbeddedKnowledge().fixes;
  const auto fix = std::ranges::find(fixes, "clear_app_data", &troubleshoot::Fix::id);
  const Action action{.fix = fix->id, .moves = {Deed{.what = "Clear it", .ways = {}}}};
  const auto repair = run.journal->BeginRepair("fake", "a phone");
  file_.appends_left = 0;
  EXPECT_EQ(CarryOut(action, false, PermitFor(*fix, action), run.At(*repair), run.teller).end,
            End::kJournal);
  EXPECT_EQ(run.teller.told, "");
  file_.appends_left.reset();
  Program again = Start();
  (void)again.Carry(action);
  const Repair& told = again.journal->repairs().back();
  ASSERT_EQ(told.consents.size(), 1U);
  EXPECT_THAT(told.consents[0].words, HasSubstr(fix->loss_text));
}

TEST_F(StepTest, ATemporaryChangeIsPutBackAlsoWhenThePersonStops) {
  const FakeState before = phone_.state;
  Program run = Start();
  const Action action{
      .fix = "toggle_bluetooth",
      .moves = {ChangeSetting{.setting = setting::Bluetooth(), .to = "off", .temporary = true},
                Pause{std::chrono::seconds(10)}}};
  EXPECT_EQ(run.Carry(action).end, End::kDone);
  EXPECT_TRUE(phone_.state == before);
  run.clock.stop_at = run.clock.now + std::chrono::seconds(5);
  const StepResult stopped = run.Carry(action);
  EXPECT_EQ(stopped.end, End::kStopped);
  EXPECT_FALSE(stopped.temporary_left);
  EXPECT_TRUE(phone_.state == before);
  for (const Repair& repair : run.journal->repairs()) EXPECT_FALSE(repair.hot());
}

// Bug: killed between the two, the app stayed stopped, and Android wakes no stopped app.
TEST_F(StepTest, AnAppThatIsRestartedIsOpenedAgainWhereverTheProgramDies) {
  const FakeState before = phone_.state;
  int stopped = 0;
  for (int at = 0; at < 200; ++at) {
    for (const bool after : {false, true}) {
      phone_.state = before;
      file_ = {};
      moment_ = {.at = at, .after = after};
      Program run = Start();
      const auto action = ActionFor("restart_app", run.traits(), TheSituation());
      ASSERT_TRUE(action.has_value());
      (void)run.Carry(*action);
      const bool died = moment_.dead;
      stopped += phone_.state.stopped ? 1 : 0;
      moment_ = {};
      Program guard = Start();
      for (const std::uint64_t number : HotRepairs(*guard.journal, "fake"))
        for (const Undone& undone : PutBackTemporary(number, guard.At(number)))
          EXPECT_NE(undone.how, Undone::How::kCannot) << at << undone.text;
      EXPECT_FALSE(phone_.state.stopped) << at << after;
      EXPECT_TRUE(phone_.state.running) << at << after;
      if (died) continue;
      EXPECT_GT(stopped, 2);
      EXPECT_GT(at, 5);
      return;
    }
  }
  FAIL() << "it never came to its end";
}

// Bug: "changing" was recorded as what was before, and nothing could put that back.
TEST_F(StepTest, ABluetoothThatIsJustChangingIsAwaitedOrLeftAlone) {
  Program run = Start();
  const Action action{
      .fix = "toggle_bluetooth",
      .moves = {ChangeSetting{.setting = setting::Bluetooth(), .to = "off", .temporary = true}}};
  phone_.turning = 5;
  EXPECT_EQ(run.Carry(action).end, End::kDone);
  EXPECT_EQ(run.journal->repairs()[0].changes.at(0).before, "on");
  EXPECT_TRUE(phone_.state.bluetooth);

  phone_.turning = 1'000;
  phone_.lines.clear();
  const StepResult refused = run.Carry(action);
  EXPECT_EQ(refused.end, End::kRefused);
  EXPECT_THAT(refused.sentence, HasSubstr("just changing"));
  EXPECT_TRUE(run.journal->repairs()[1].changes.empty());
  for (const std::string& line : phone_.lines)
    EXPECT_TRUE(line.starts_with("dumpsys bluetooth_manager")) << line;
}

TEST_F(StepTest, ARefusalIsAValueWithAWayOut) {
  phone_.sdk = 33;
  phone_.maker = "Xiaomi";
  phone_.security_switch = false;
  const FakeState before = phone_.state;
  Program run = Start();
  const auto action = ActionFor("grant_nearby_devices", run.traits(), TheSituation());
  ASSERT_TRUE(action.has_value());
  const StepResult result = run.Carry(*action);
  EXPECT_EQ(result.end, End::kRefused);
  ASSERT_TRUE(result.refusal.has_value());
  EXPECT_EQ(result.refusal->why, Refusal::Why::kSecuritySwitch);
  EXPECT_TRUE(phone_.state == before);
  EXPECT_FALSE(run.journal->repairs()[0].undoable());
}

TEST_F(StepTest, AFingersWorkIsSeenOrTheStepFails) {
  Program run = Start();
  const Action action{.fix = "turn_on_bluetooth",
                      .by_finger = {OpenPage{.what = "the Bluetooth settings"},
                                    AwaitSetting{.setting = setting::Bluetooth(),
                                                 .value = "on",
                                                 .time_out = std::chrono::seconds(30)}}};
  EXPECT_EQ(run.Carry(action, true).end, End::kDone);
  phone_.state.bluetooth = false;
  const auto begun = run.clock.now;
  EXPECT_EQ(run.Carry(action, true).end, End::kNotSeen);
  EXPECT_EQ(run.clock.now - begun, std::chrono::seconds(30));
  run.teller.gives_up = true;
  EXPECT_EQ(run.Carry(action, true).end, End::kNotSeen);
  const Action asked{.fix = "turn_on_bluetooth", .by_finger = {OpenPage{.what = "a page"}}};
  EXPECT_EQ(run.Carry(asked, true).end, End::kDone);
  run.teller.finger = StepTeller::Finger::kCannot;
  EXPECT_EQ(run.Carry(asked, true).end, End::kNotSeen);
  run.teller.finger = StepTeller::Finger::kStop;
  EXPECT_EQ(run.Carry(asked, true).end, End::kStopped);
}

TEST_F(StepTest, ThePreviewSaysAllAndTouchesNothing) {
  const FakeState before = phone_.state;
  Program run = Start();
  for (const troubleshoot::Fix& fix : troubleshoot::EmbeddedKnowledge().fixes) {
    const auto action = ActionFor(fix.id, run.traits(), TheSituation());
    if (!action) continue;
    for (const bool by_finger : {false, true}) {
      std::set<std::string> settings;
      for (const PreviewLine& line : Preview(*action, by_finger, phone_, run.traits())) {
        EXPECT_FALSE(line.what.empty()) << fix.id;
        const bool twice = line.already && !settings.insert(line.what).second;
        EXPECT_FALSE(twice) << fix.id << ": " << line.what;
      }
    }
  }
  EXPECT_TRUE(phone_.state == before);
  EXPECT_EQ(file_.bytes, "");
  const auto location = ActionFor("turn_on_location", run.traits(), TheSituation());
  const auto lines = Preview(*location, false, phone_, run.traits());
  ASSERT_FALSE(lines.empty());
  ASSERT_FALSE(lines[0].commands.empty());
  EXPECT_THAT(lines[0].commands[0], HasSubstr("adb shell "));
}

// What deeds leave: an app runs or not. No setting, and nothing to undo.
FakeState Settings(FakeState state) {
  state.running = false;
  state.stopped = false;
  return state;
}

// Every action, dead or cut off before or after every command and record, is found by the next
// start and rolled back to the state before; a second death during that roll-back changes nothing.
// Invariants 1, 2, 3, 5, 6.
class DeathTest : public testing::TestWithParam<std::pair<int, const char*>> {};

TEST_P(DeathTest, TheNextStartRecoversFromEveryMoment) {
  const auto [sdk, maker] = GetParam();
  int moments = 0;
  for (const std::string_view fix : KnownFixes()) {
    const auto fresh = [&, sdk = sdk, maker = maker] {
      FakePhone phone(sdk, maker);
      phone.sdk = sdk;
      return phone;
    };
    FakePhone healthy = fresh();
    const auto action = ActionFor(fix, *ReadTraits(healthy), TheSituation());
    if (!action || action->moves.empty()) continue;
    for (const bool after : {false, true}) {
      for (int at = 0; at < 400; ++at) {
        FakePhone phone = fresh();
        FakeJournal file;
        Moment moment;
        const FakeState before = phone.state;
        {
          Program run(phone, file, moment);
          moment = {.at = at, .after = after};
          (void)run.Carry(*action);
        }
        if (!moment.dead) break;
        ++moments;
        // The next start, which dies too.
        for (int second = 0; second < 12; second += 3) {
          Moment again{.at = second, .after = second % 2 == 0};
          Program run(phone, file, again);
          (void)run.RollBackAll();
        }
        Moment never;
        Program run(phone, file, never);
        for (const Repair& repair : std::vector(run.journal->repairs())) {
          if (!repair.hot() && !repair.undoable()) continue;
          for (const Undone& undone : UndoRepair(repair.number, run.At(repair.number), nullptr))
            EXPECT_TRUE(undone.how == Undone::How::kRestored || undone.how == Undone::How::kAlready)
                << fix << " dead at " << at << ": " << undone.text;
        }
        EXPECT_TRUE(Settings(phone.state) == Settings(before)) << fix << " dead at " << at << after;
        EXPECT_TRUE(HotRepairs(*run.journal, "fake").empty()) << fix << at;
        const auto lines = phone.lines.size();
        EXPECT_TRUE(run.RollBackAll().empty());
        EXPECT_EQ(phone.lines.size(), lines);  // nothing is asked twice
        if (testing::Test::HasFailure()) return;
      }
    }
  }
  EXPECT_GT(moments, 100);
}

INSTANTIATE_TEST_SUITE_P(Phones, DeathTest,
                         testing::Values(std::pair(28, ""), std::pair(31, "Xiaomi"),
                                         std::pair(34, "samsung")));

// A cable that breaks while the program lives: the same, without a death.
TEST_F(StepTest, ACableThatBreaksAtAnyCommandLeavesAJournalThatRollsBack) {
  for (int at = 0; at < 60; ++at) {
    FakePhone phone(34, "");
    phone.sdk = 34;
    const FakeState before = phone.state;
    FakeJournal file;
    Moment cable{.at = at, .after = at % 2 == 0};
    Moment never;
    DyingPhone breaking(phone, cable);
    Program run(phone, file, never);
    const auto action = ActionFor("toggle_bluetooth", run.traits(), TheSituation());
    const auto repair = run.journal->BeginRepair("fake", "a phone");
    const Workplace place{breaking, run.clock, *run.journal, run.traits(), *repair};
    const StepResult result = CarryOut(*action, false, PermitFor(*action), place, run.teller);
    if (!cable.dead) {
      EXPECT_TRUE(result.done());
      EXPECT_GT(at, 3);
      return;
    }
    if (!result.temporary_left) {
      EXPECT_TRUE(phone.state == before) << at;
    }
    Program next(phone, file, never);
    for (const std::uint64_t hot : HotRepairs(*next.journal, "fake"))
      (void)UndoRepair(hot, next.At(hot), nullptr);
    EXPECT_TRUE(phone.state == before) << at;
    EXPECT_TRUE(HotRepairs(*next.journal, "fake").empty()) << at;
  }
  FAIL() << "the cable never held";
}

}  // namespace
}  // namespace bk::repair
