#include "app/repair/repair_case.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <random>
#include <set>

#include "app/repair/repair_guard.h"
#include "app/repair/undo_case.h"
#include "ports/literal_scan.h"
#include "repair/dying_testing.h"
#include "repair/fake_phone_testing.h"
#include "troubleshoot/knowledge/embedded_knowledge.h"

namespace bk::app {
namespace {

using repair::FakePhone;
using repair::FakeState;
using testing::HasSubstr;
using End = RepairOutcome::End;

// A phone whose band works as soon as `works` says so of its state.
class BandPhone : public FakePhone {
 public:
  BandPhone() : FakePhone(34, "") { sdk = 34; }
  using ports::Phone::Run;
  std::vector<ports::PhoneAnswer> Run(std::span<const ports::PhoneCommand> commands) override {
    std::vector<ports::PhoneAnswer> answers;
    for (const ports::PhoneCommand& command : commands) {
      says["date"] = "03-02 08:00:00\n";
      const bool up = works && works(*this);
      says["logcat"] = up ? Log() : "";
      std::vector<ports::PhoneAnswer> some = FakePhone::Run(std::span(&command, 1));
      if (up && command.line == "dumpsys bluetooth_manager" && some[0].ran())
        some[0].out +=
            "GATT Client Map\n  Entries: 1\n\n  com.xiaomi.hm.health (Registered)\n"
            "  LE scans (started/stopped)                                  : 0 / 0\n"
            "  Total number of results                                     : 0\n"
            "  Application ID                     : 5\n"
            "  UUID                               : 00000000-0000-0000-0000-000000000005\n"
            "  Connections: 1\n    03-02 07:59:00 - 60000ms : C8:0F:10:01:02:03 (5)\n\n";
      answers.push_back(std::move(some[0]));
    }
    return answers;
  }
  Status Restart() override {
    if (at_restart) at_restart(state);
    return {};
  }
  std::function<bool(const BandPhone&)> works;
  std::function<void(FakeState&)> at_restart;
  bool logs = true;      // the companion writes its syncs into the log
  bool traffic = false;  // Android writes that the companion listens for the band's data

 private:
  [[nodiscard]] std::string Log() const {
    std::string log;
    if (logs)
      log =
          "03-02 08:00:30.000  1000  1000  1100 I ActivityManager: Start proc "
          "4711:com.xiaomi.hm.health/u0a143 for service\n"
          "03-02 08:01:00.000 10143  4711  4711 I nodomain.freeyourgadget.gadgetbridge: fetch "
          "activity data has finished round 3, got 1440 bytes in buffer\n";
    for (const char* listens : {"08:01:02.000|true", "08:01:03.000|false"})
      if (traffic)
        log += "03-02 " + std::string(listens, 12) +
               " 10143  4711  4760 D BluetoothGatt: setCharacteristicNotification() - uuid: "
               "00000005-0000-3512-2118-0009af100700 enable: " +
               (listens + 13) + "\n";
    return log;
  }
};

class BorrowedPhone : public repair::DyingPhone {
 public:
  using repair::DyingPhone::DyingPhone;
};

class OnePhone : public ports::Phones {
 public:
  OnePhone(ports::Phone& phone, repair::Moment& moment) : phone_(phone), moment_(moment) {}
  Result<std::vector<ports::PhoneSeen>> List() override { return {}; }
  Status Track(const std::function<bool(std::span<const ports::PhoneSeen>)>&) override {
    return {};
  }
  Result<std::unique_ptr<ports::Phone>> Open(const std::string&) override {
    if (moment_.dead) return Fail(ErrorCode::kNotFound, "There is no phone.");
    return std::make_unique<BorrowedPhone>(phone_, moment_);
  }

 private:
  ports::Phone& phone_;
  repair::Moment& moment_;
};

// Answers as told; remembers what it was asked.
class Face : public RepairFace {
 public:
  void Tell(std::string_view sentence) override { told.append(sentence).append("\n"); }
  Finger AskFinger(const repair::OpenPage&, bool) override {
    return static_cast<Finger>(Pick(static_cast<int>(finger), 3));
  }
  bool Waiting(std::string_view, std::chrono::milliseconds) override { return waits; }
  Reply OfferRollBack(const repair::Repair&, const std::vector<std::string>& changes) override {
    offered = changes;
    order += 'r';
    return PickReply(roll_back);
  }
  Reply OfferAgain(const std::vector<std::string>& of) override {
    put_back = of;
    return PickReply(again);
  }
  Reply OfferEveryday(const std::vector<std::string>& off) override {
    everyday = off;
    return PickReply(keep);
  }
  void ShowVerdict(const Report&, bool) override { order += 'v'; }
  Reply AskHarmless(const Report&) override {
    order += 'h';
    return PickReply(harmless);
  }
  void BeginStep(const StepShown& shown) override {
    order += 's';
    begun.push_back(shown.fix->id);
    if (preview) (void)shown.preview();
  }
  Reply AskStep(const StepShown& shown, const repair::ConsentQuestion& question) override {
    EXPECT_NE(question.harm, repair::Harm::kLossy);
    const Reply reply = PickReply(step);
    if (reply == Reply::kYes) agreed.push_back(shown.fix->id);
    return reply;
  }
  Typed AskLossy(const StepShown& shown, const repair::ConsentQuestion& question) override {
    EXPECT_THAT(question.text, HasSubstr(shown.fix->loss_text));
    EXPECT_NE(question.word, "");
    Typed typed{.reply = PickReply(lossy), .word = question.word};
    if (random && Pick(0, 3) == 0) typed.word = "yes";
    if (typed.reply == Reply::kYes && typed.word == question.word)
      typed_for.push_back(shown.fix->id);
    return typed;
  }
  Reply AskDone(const StepShown&) override { return PickReply(done); }
  Said AskFinding(const troubleshoot::Step&) override {
    return static_cast<Said>(Pick(static_cast<int>(finding), 4));
  }
  std::size_t AskWhich(std::string_view question,
                       const std::vector<std::string>& options) override {
    if (question.starts_with("Which app")) apps = options;
    return static_cast<std::size_t>(Pick(which, static_cast<int>(options.size())));
  }
  bool Watching(const GoalSeen&, std::chrono::milliseconds) override { return true; }
  std::string AskQuestion(const troubleshoot::Interview::Question& question) override {
    order += 'q';
    questions.push_back(question.id);
    if (random != nullptr) {
      std::vector<std::string> all = {
          "", std::string(troubleshoot::kNotKnown),
          std::string(question.options.empty() ? troubleshoot::kYes : troubleshoot::kNone)};
      for (const auto& option : question.options) all.push_back(option.id);
      return all[(*random)() % all.size()];
    }
    const std::string own = question.options.empty() ? std::string(troubleshoot::kNotKnown)
                                                     : std::string(troubleshoot::kNone);
    return answers.contains(question.id) ? answers.at(question.id) : own;
  }
  Said AskSynced(const SyncQuestion& question) override {
    asked = question;
    order += 'y';
    return static_cast<Said>(Pick(static_cast<int>(synced), 4));
  }
  void StepOver(const StepRun&) override {}
  Reply OfferRestartCheck(const std::vector<std::string>&) override {
    order += 'c';
    return PickReply(restart);
  }

  std::mt19937_64* random = nullptr;  // then every answer is drawn
  Finger finger = Finger::kCannot;
  Reply roll_back = Reply::kYes, again = Reply::kYes, harmless = Reply::kYes, step = Reply::kNo,
        lossy = Reply::kNo, done = Reply::kNo, restart = Reply::kNo, keep = Reply::kNo;
  Said finding = Said::kNotKnown, synced = Said::kNo;
  bool waits = true, preview = false;
  int which = 0;
  std::string told, order;
  SyncQuestion asked;
  std::map<std::string, std::string> answers;  // to questions of the interview, by id
  std::vector<std::string> questions;
  std::vector<std::string> apps, begun, agreed, typed_for, offered, put_back, everyday;

 private:
  int Pick(int fixed, int count) {
    if (random == nullptr) return fixed;
    return static_cast<int>((*random)() % static_cast<unsigned>(count));
  }
  Reply PickReply(Reply fixed) { return static_cast<Reply>(Pick(static_cast<int>(fixed), 3)); }
};

// What deeds leave is no setting.
FakeState Settings(FakeState state) {
  state.running = false;
  state.stopped = false;
  return state;
}

class RepairCaseTest : public testing::Test {
 protected:
  RepairCaseTest() : phones_(phone_, moment_) {
    world_.patterns = patterns_.get();
    world_.embedded_knowledge = &knowledge_;
    world_.phones = &phones_;
    world_.clock = [this] { return std::make_unique<repair::SharedClock>(clock_); };
    world_.journal = [this](bool) -> Result<std::unique_ptr<ports::Journal>> {
      return std::make_unique<repair::DyingJournal>(file_, moment_);
    };
    world_.set_guard = [this](const std::string& serial) { return SetGuard(serial); };
    phone_.works = [](const BandPhone& phone) {
      return phone.state.rows.at("secure/location_mode") != "0";
    };
  }

  struct Watchman : ports::Guard {
    explicit Watchman(RepairCaseTest& test) : test_(test) { ++test_.guards_; }
    ~Watchman() override { --test_.guards_; }
    void TakeOver() override { test_.taken_over_ = true; }
    RepairCaseTest& test_;
  };
  Result<std::unique_ptr<ports::Guard>> SetGuard(const std::string&) {
    ++guards_set_;
    return std::make_unique<Watchman>(*this);
  }

  // Evidence as doctor would read it: what is wrong with the fake's state.
  Result<Report> Diagnose(std::span<const std::string> failed,
                          std::span<const evidence::Finding> said) {
    const auto seen = [](std::string id, bool value) {
      return evidence::Finding{
          .id = std::move(id), .value = value, .source = evidence::SourceKind::kPhone};
    };
    Report report;
    auto& findings = report.evidence.findings;
    findings.push_back(seen(quiet_ ? "sync_completed" : "app_cannot_connect", true));
    if (quiet_) findings.push_back(seen("connects_ok", true));
    findings.push_back(seen("location_off", phone_.state.rows.at("secure/location_mode") == "0"));
    findings.push_back(seen("bluetooth_off", !phone_.state.bluetooth));
    findings.push_back(seen("airplane_mode_on", false));
    findings.push_back(seen("companion_app_installed", true));
    findings.insert(findings.end(), said.begin(), said.end());
    troubleshoot::Context context{.android_sdk = 34, .band_seen = true};
    context.failed_fixes.assign(failed.begin(), failed.end());
    report.diagnosis = troubleshoot::Diagnose(knowledge_, findings, context);
    last_failed_.assign(failed.begin(), failed.end());
    return report;
  }
  Result<RepairOutcome> Run(Face& face, RepairRequest request = {}) {
    return RunRepair(
        request, knowledge_, world_,
        [this](ports::Phone&, auto failed, auto said) { return Diagnose(failed, said); }, face);
  }
  Result<UndoOutcome> Undo(bool all = true) {
    UndoRequest request;
    request.all = all;
    return RunUndo(request, knowledge_, world_);
  }
  std::optional<repair::RepairJournal> Journal() {
    auto opened = repair::RepairJournal::Open(file_, clock_);
    EXPECT_TRUE(opened.has_value());
    return *std::move(opened);
  }

  const troubleshoot::Knowledge& knowledge_ = troubleshoot::EmbeddedKnowledge();
  std::unique_ptr<ports::PatternCompiler> patterns_ = ports::MakePortablePatternCompiler();
  BandPhone phone_;
  repair::Moment moment_;
  OnePhone phones_;
  repair::FakeJournal file_;
  repair::FakeClock clock_;
  World world_;
  bool quiet_ = false;  // the evidence shows no trouble
  int guards_ = 0, guards_set_ = 0;
  bool taken_over_ = false;
  std::vector<std::string> last_failed_;
};

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

TEST_F(RepairCaseTest, WhichAppWasTakenIsSaidAndCanBeChosen) {
  using testing::ElementsAre;
  const auto dry = [&](std::string app) {
    return RunDry({.app = std::move(app)}, knowledge_, world_,
                  [this](ports::Phone&, auto failed, auto said) { return Diagnose(failed, said); });
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
      [](ports::Phone&, auto, auto) -> Result<Report> {
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

TEST_F(RepairCaseTest, ADryRunTouchesNothing) {
  const FakeState before = phone_.state;
  const auto dry = RunDry({}, knowledge_, world_, [this](ports::Phone&, auto failed, auto said) {
    return Diagnose(failed, said);
  });
  ASSERT_TRUE(dry.has_value());
  EXPECT_TRUE(phone_.state == before);
  EXPECT_EQ(file_.bytes, "");
  ASSERT_FALSE(dry->steps.empty());
  EXPECT_EQ(dry->steps[0].fix->id, "turn_on_location");
  ASSERT_FALSE(dry->steps[0].lines.empty());
  EXPECT_FALSE(dry->steps[0].lines[0].commands.empty());
  Privacy privacy(false);
  EXPECT_EQ(ToJson(*dry, privacy)["schema"], "bandkeeper.dry_run/1");
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
