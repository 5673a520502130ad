// A case of `fix` as tests run it: a fake phone whose band works when its state is right, a person
// who answers as told, evidence that is made from the phone's state.
#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>
#include <random>

#include "app/repair/repair_case.h"
#include "app/repair/undo_case.h"
#include "ports/literal_scan.h"
#include "repair/dying_testing.h"
#include "repair/fake_phone_testing.h"
#include "troubleshoot/knowledge/embedded_knowledge.h"

namespace bk::app {

using repair::FakePhone;
using repair::FakeState;

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
  Reply OfferRest(const std::vector<troubleshoot::Step>& steps) override {
    EXPECT_TRUE(rest.empty()) << "offered twice";
    rest = steps;
    begun_before_rest = begun;
    return PickReply(go_on);
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
    EXPECT_THAT(question.text, testing::HasSubstr(shown.fix->loss_text));
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
  Reply OfferBackground(const BackgroundLook& look) override {
    order += 'b';
    looked_for = look;
    return PickReply(background);
  }
  bool WatchingBackground(const GoalSeen&, std::chrono::milliseconds) override {
    return ++looks_behind < looks_enough;
  }
  void StepOver(const StepRun&) override {}
  Reply OfferRestartCheck(const std::vector<std::string>&) override {
    order += 'c';
    return PickReply(restart);
  }

  std::mt19937_64* random = nullptr;  // then every answer is drawn
  Finger finger = Finger::kCannot;
  Reply roll_back = Reply::kYes, again = Reply::kYes, harmless = Reply::kYes, step = Reply::kNo,
        lossy = Reply::kNo, done = Reply::kNo, restart = Reply::kNo, keep = Reply::kNo,
        background = Reply::kYes, go_on = Reply::kNo;
  Said finding = Said::kNotKnown, synced = Said::kNo;
  bool waits = true, preview = false;
  int which = 0;
  int looks_behind = 0, looks_enough = 1'000'000;
  BackgroundLook looked_for;
  std::string told, order;
  SyncQuestion asked;
  std::map<std::string, std::string> answers;  // to questions of the interview, by id
  std::vector<std::string> questions;
  std::vector<troubleshoot::Step> rest;
  std::vector<std::string> begun_before_rest;
  std::vector<std::string> apps, begun, agreed, typed_for, offered, put_back, everyday;

 private:
  int Pick(int fixed, int count) {
    if (random == nullptr) return fixed;
    return static_cast<int>((*random)() % static_cast<unsigned>(count));
  }
  Reply PickReply(Reply fixed) { return static_cast<Reply>(Pick(static_cast<int>(fixed), 3)); }
};

// What deeds leave is no setting.
inline FakeState Settings(FakeState state) {
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
  Result<Report> Diagnose(const SoFar& so_far) {
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
    findings.insert(findings.end(), so_far.said.begin(), so_far.said.end());
    const troubleshoot::Context context{.android_sdk = 34,
                                        .band_seen = true,
                                        .failed_fixes = so_far.failed,
                                        .not_known = so_far.not_known,
                                        .to_the_end = so_far.to_the_end};
    report.diagnosis = troubleshoot::Diagnose(knowledge_, findings, context);
    last_failed_ = so_far.failed;
    return report;
  }
  Result<RepairOutcome> Run(Face& face, RepairRequest request = {}) {
    return RunRepair(
        request, knowledge_, world_,
        [this](ports::Phone&, const SoFar& so_far) { return Diagnose(so_far); }, face);
  }
  Result<UndoOutcome> Undo(bool all = true) {
    UndoRequest request;
    request.all = all;
    return RunUndo(request, knowledge_, world_);
  }
  [[nodiscard]] bool HomePressed() const {
    return std::ranges::any_of(phone_.lines, [](const std::string& line) {
      return line.find("KEYCODE_HOME") != std::string::npos;
    });
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

}  // namespace bk::app
