#include "cli/everyday.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "cli/run.h"
#include "ports/literal_scan.h"
#include "repair/dying_testing.h"
#include "repair/fake_phone_testing.h"
#include "repair/journal.h"
#include "troubleshoot/knowledge/embedded_knowledge.h"

namespace bk::cli {
namespace {

using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

// The one phone on the cable; every Open gives a copy of it.
class OnePhone : public ports::Phones {
 public:
  explicit OnePhone(repair::FakePhone phone) : phone_(std::move(phone)) {}
  Result<std::vector<ports::PhoneSeen>> List() override { return {}; }
  Status Track(const std::function<bool(std::span<const ports::PhoneSeen>)>&) override {
    return {};
  }
  Result<std::unique_ptr<ports::Phone>> Open(const std::string& serial) override {
    if (serial == "gone")
      return Fail(ErrorCode::kNotFound, "No phone is on the cable: plug it in.");
    return std::make_unique<repair::FakePhone>(phone_);
  }

 private:
  repair::FakePhone phone_;
};

Outcome Doctor(repair::FakePhone phone, std::vector<std::string> words) {
  OnePhone phones(std::move(phone));
  app::World world;
  world.embedded_knowledge = &troubleshoot::EmbeddedKnowledge();
  world.phones = &phones;
  words.insert(words.begin(), {"doctor", "--everyday"});
  return Run(words, world, Style(false, 0));
}

repair::FakePhone GoodPhone() {
  repair::FakePhone phone(34, "Google");
  for (const char* row : {"global/auto_time", "global/auto_time_zone"}) phone.state.rows[row] = "1";
  phone.state.rows["secure/location_mode"] = "3";
  for (auto& [name, granted] : phone.state.permissions) granted = true;
  phone.state.doze.insert(repair::FakePhone::kApp);
  phone.state.level = "adaptive_bucket";
  return phone;
}

TEST(DoctorEveryday, AGoodPhoneIsHealthyAndABadOneTrouble) {
  const Outcome good = Doctor(GoodPhone(), {});
  EXPECT_EQ(good.status, ExitCode::kHealthy) << good.out << good.err;
  EXPECT_THAT(good.out, HasSubstr("All everyday settings are good."));
  EXPECT_THAT(good.out, HasSubstr("✔ Zepp Life runs without battery limits"));

  repair::FakePhone phone = GoodPhone();
  phone.state.doze.erase(repair::FakePhone::kApp);
  const Outcome bad = Doctor(phone, {});
  EXPECT_EQ(bad.status, ExitCode::kTrouble);
  EXPECT_THAT(bad.out, HasSubstr("✖ Zepp Life runs without battery limits"));
  EXPECT_THAT(bad.out, HasSubstr("now: Zepp Life: free of battery limits: no"));
  EXPECT_THAT(bad.out, HasSubstr("1 of "));
}

TEST(DoctorEveryday, JsonIsOneDocument) {
  const Outcome outcome = Doctor(GoodPhone(), {"--json"});
  EXPECT_THAT(outcome.out, StartsWith("{"));
  EXPECT_THAT(outcome.out, HasSubstr("bandkeeper.everyday/1"));
}

TEST(DoctorEveryday, WithoutAPhoneItSaysWhatToDo) {
  const Outcome none = Doctor(GoodPhone(), {"--serial", "gone"});
  EXPECT_EQ(none.status, ExitCode::kCouldNotCheck);
  EXPECT_THAT(none.err, HasSubstr("plug it in"));
  EXPECT_EQ(Doctor(GoodPhone(), {"report.zip"}).status, ExitCode::kUsage);
  EXPECT_EQ(Doctor(GoodPhone(), {"--app", "unknown"}).status, ExitCode::kUsage);
}

TEST(DoctorEveryday, AHostilePhoneDoesNotPaintTheTerminal) {
  repair::FakePhone phone = GoodPhone();
  phone.says["settings get global auto_time"] = "\x1b[2J\x1b]0;x\x07\n";
  phone.says["appops get"] = "\x1b[2J\n";
  const Outcome outcome = Doctor(phone, {"-v"});
  EXPECT_THAT(outcome.out, Not(HasSubstr("\x1b")));
}

// A phone that outlives its openings, a journal, and perhaps somebody at the terminal.
class LastingHome : public ports::Phones {
 public:
  LastingHome() {
    world.embedded_knowledge = &troubleshoot::EmbeddedKnowledge();
    world.patterns = patterns_.get();
    world.phones = this;
    world.clock = [this] { return std::make_unique<repair::SharedClock>(clock); };
    world.journal = [this](bool) -> Result<std::unique_ptr<ports::Journal>> {
      return std::make_unique<SharedJournal>(file);
    };
    world.say = [this](std::string_view text) { screen += text; };
    world.person = [this](bool) -> Result<std::unique_ptr<ports::Person>> {
      return std::make_unique<Typing>(*this);
    };
  }
  Outcome Do(std::vector<std::string> words) {
    screen.clear();
    return Run(words, world, Style(false, 0));
  }
  Result<std::vector<ports::PhoneSeen>> List() override { return {}; }
  Status Track(const std::function<bool(std::span<const ports::PhoneSeen>)>&) override {
    return {};
  }
  Result<std::unique_ptr<ports::Phone>> Open(const std::string&) override {
    return std::make_unique<repair::DyingPhone>(phone, never_);
  }

  repair::FakePhone phone{34, "Google"};
  repair::FakeJournal file;
  repair::FakeClock clock;
  app::World world;
  std::string screen, keys;  // what is typed
  bool terminal = true;

 private:
  struct SharedJournal : ports::Journal {
    explicit SharedJournal(repair::FakeJournal& all) : file(all) {}
    Result<std::string> Read() override { return file.Read(); }
    Status Append(std::string_view bytes) override { return file.Append(bytes); }
    repair::FakeJournal& file;
  };
  struct Typing : ports::Person {
    explicit Typing(LastingHome& at) : home(at) {}
    void Show(std::string_view text) override { home.screen += text; }
    Heard Listen() override {
      if (home.keys.empty()) return {Heard::Kind::kEnd, 0};
      const char key = home.keys.front();
      home.keys.erase(0, 1);
      return {Heard::Kind::kKey, key};
    }
    [[nodiscard]] bool at_terminal() const override { return home.terminal; }
    [[nodiscard]] bool colours() const override { return false; }
    [[nodiscard]] std::size_t columns() const override { return 0; }
    LastingHome& home;
  };
  std::unique_ptr<ports::PatternCompiler> patterns_ = ports::MakePortablePatternCompiler();
  repair::Moment never_;
};

TEST(DoctorEveryday, AtATerminalItOffersToSetWhatItCanAndUndoTakesItBack) {
  LastingHome home;
  const repair::FakeState before = home.phone.state;
  home.keys = "n";
  const Outcome no = home.Do({"doctor", "--everyday"});
  EXPECT_EQ(no.status, ExitCode::kTrouble);
  EXPECT_THAT(home.screen, HasSubstr("✖ Zepp Life runs without battery limits"));
  EXPECT_THAT(home.screen, HasSubstr("can set "));
  EXPECT_THAT(no.out, HasSubstr("--everyday --yes"));
  EXPECT_TRUE(home.phone.state == before);
  EXPECT_EQ(home.file.bytes, "");

  home.keys = "y";
  const Outcome yes = home.Do({"doctor", "--everyday"});
  EXPECT_EQ(yes.status, ExitCode::kHealthy) << yes.out << yes.err << home.screen;
  EXPECT_THAT(yes.out, HasSubstr("✔ Zepp Life: free of battery limits: no → yes"));
  EXPECT_THAT(yes.out, HasSubstr("All that the phone tells is good now."));
  EXPECT_TRUE(home.phone.state.doze.contains(repair::FakePhone::kApp));
  const Outcome past = home.Do({"undo", "--list"});
  EXPECT_THAT(past.out, HasSubstr("everyday settings set"));
  EXPECT_THAT(past.out, HasSubstr("Google phone"));
  const Outcome undone = home.Do({"undo", "--yes"});
  EXPECT_EQ(undone.status, ExitCode::kHealthy) << undone.out << undone.err;
  EXPECT_TRUE(home.phone.state == before);
}

TEST(DoctorEveryday, YesSetsWithoutAQuestionAndJsonSaysWhat) {
  LastingHome home;
  home.terminal = false;
  const Outcome look = home.Do({"doctor", "--everyday", "--json"});
  auto json = nlohmann::json::parse(look.out);
  EXPECT_TRUE(json["set"].is_null());
  EXPECT_EQ(json["good"], false);
  EXPECT_EQ(home.file.bytes, "");
  const Outcome set = home.Do({"doctor", "--everyday", "--json", "--yes"});
  json = nlohmann::json::parse(set.out);
  EXPECT_EQ(set.status, ExitCode::kHealthy) << set.out;
  EXPECT_EQ(json["good"], true);
  EXPECT_EQ(json["set"]["whole"], true);
  EXPECT_GT(json["set"]["steps"].size(), 2U);
  EXPECT_GT(json["set"]["changed"].size(), 2U);
  EXPECT_EQ(home.screen, "");
  // Nothing is left to set: nothing is begun.
  const std::string written = home.file.bytes;
  EXPECT_EQ(home.Do({"doctor", "--everyday", "--yes"}).status, ExitCode::kHealthy);
  EXPECT_EQ(home.file.bytes, written);
  EXPECT_EQ(home.Do({"doctor", "--yes"}).status, ExitCode::kUsage);
}

TEST(DoctorEveryday, WhatThePhonePutBackIsSaidTheNextTime) {
  LastingHome home;
  home.terminal = false;
  ASSERT_EQ(home.Do({"doctor", "--everyday", "--yes"}).status, ExitCode::kHealthy);
  home.phone.state.doze.erase(repair::FakePhone::kApp);
  home.clock.now += std::chrono::hours(49);
  const Outcome later = home.Do({"doctor", "--everyday"});
  EXPECT_EQ(later.status, ExitCode::kTrouble);
  EXPECT_THAT(later.out,
              HasSubstr("Zepp Life: free of battery limits: bandkeeper set it to \"yes\" "
                        "2 days ago; it was put back and is \"no\"."));
  const auto json = nlohmann::json::parse(home.Do({"doctor", "--everyday", "--json"}).out);
  ASSERT_EQ(json["put_back"].size(), 1U);
  EXPECT_EQ(json["put_back"][0]["repair"], 1);
}

TEST(DoctorEveryday, AnInterruptedRepairComesFirst) {
  LastingHome home;
  auto journal = repair::RepairJournal::Open(home.file, home.clock);
  ASSERT_TRUE(journal);
  ASSERT_TRUE(journal->BeginRepair("fake", "a phone"));
  const Outcome refused = home.Do({"doctor", "--everyday", "--yes"});
  EXPECT_EQ(refused.status, ExitCode::kCouldNotCheck) << refused.out;
  EXPECT_THAT(refused.err, HasSubstr("interrupted"));
}

}  // namespace
}  // namespace bk::cli
