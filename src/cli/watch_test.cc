// `watch --phone` over hours of virtual time: a phone whose link, syncs and cable follow a script.
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "cli/run.h"
#include "ports/literal_scan.h"
#include "repair/fake_phone_testing.h"
#include "repair/fakes_testing.h"
#include "troubleshoot/knowledge/embedded_knowledge.h"

namespace bk::cli {
namespace {

using repair::FakePhone;
using std::chrono::milliseconds;
using std::chrono::minutes;
using testing::HasSubstr;
using testing::Not;

struct Script {
  std::vector<std::pair<milliseconds, milliseconds>> linked, gone;  // from, to
  std::vector<milliseconds> syncs;

  static bool In(const std::vector<std::pair<milliseconds, milliseconds>>& spans, milliseconds at) {
    return std::ranges::any_of(
        spans, [&](const auto& span) { return at >= span.first && at < span.second; });
  }
};

std::string LogTime(milliseconds at) {
  const auto s = at.count() / 1000;
  return fmt::format("03-02 {:02}:{:02}:{:02}.000", 8 + s / 3600, s / 60 % 60, s % 60);
}

class ScriptedPhone : public FakePhone {
 public:
  ScriptedPhone(const Script& script, repair::FakeClock& clock)
      : FakePhone(34, "Google"), script_(script), clock_(clock) {}
  using ports::Phone::Run;
  std::vector<ports::PhoneAnswer> Run(std::span<const ports::PhoneCommand> commands) override {
    cut_at = Script::In(script_.gone, clock_.now) ? 0 : SIZE_MAX;
    says["date"] = LogTime(clock_.now).substr(0, 14) + "\n";
    says["dumpsys bluetooth_manager"] =
        "Bluetooth Status\n  enabled: true\n  state: ON\n\nGATT Client Map\n  Entries: 1\n\n"
        "  com.xiaomi.hm.health (Registered)\n"
        "  LE scans (started/stopped)                                  : 0 / 0\n"
        "  Total number of results                                     : 0\n"
        "  Application ID                     : 5\n"
        "  UUID                               : 00000000-0000-0000-0000-000000000005\n" +
        std::string(Script::In(script_.linked, clock_.now)
                        ? "  Connections: 1\n    03-02 07:59:00 - 60000ms : C8:0F:10:01:02:03 (5)\n"
                        : "  Connections: 0\n") +
        "\n";
    std::vector<ports::PhoneAnswer> answers;
    for (const ports::PhoneCommand& command : commands) {
      if (command.line.starts_with("logcat")) says["logcat"] = Log(command.line);
      // What a diagnosis asks beside it this phone does not know.
      const bool known = std::ranges::any_of(
          kKnown, [&](std::string_view begin) { return command.line.starts_with(begin); });
      if (known)
        answers.push_back(std::move(FakePhone::Run(std::span(&command, 1)).front()));
      else
        answers.push_back({.exit = 127, .err = "sh: inaccessible or not found\n"});
    }
    return answers;
  }
  Status WaitUntilReady(milliseconds time_out) override {
    for (const milliseconds until = clock_.now + time_out; clock_.now < until;)
      if (!clock_.Wait(milliseconds(1'000)))
        return Fail(ErrorCode::kStopped, "Stopped.");
      else if (!Script::In(script_.gone, clock_.now))
        return {};
    return Fail(ErrorCode::kTimedOut, "It did not come back.");
  }

 private:
  static constexpr std::array<std::string_view, 8> kKnown = {"date",
                                                             "logcat",
                                                             "dumpsys bluetooth_manager",
                                                             "pidof",
                                                             "dumpsys package com.",
                                                             "pm list packages",
                                                             "am get-current-user",
                                                             "getprop ro."};

  // The lines that are there by now, from the moment on that -T names.
  std::string Log(const std::string& line) const {
    const std::size_t from = line.find("-T '");
    const std::string since = from == std::string::npos ? "" : line.substr(from + 4, 18);
    std::string log;
    for (const milliseconds sync : script_.syncs)
      for (const bool on : {true, false}) {
        const milliseconds at = sync + milliseconds(on ? 0 : 2'000);
        if (at > clock_.now || LogTime(at) < since) continue;
        log += LogTime(at) +
               " 10143  4711  4760 D BluetoothGatt: "
               "setCharacteristicNotification() - uuid: 00000005-0000-3512-2118-0009af100700 "
               "enable: " +
               (on ? "true" : "false") + "\n";
      }
    return log;
  }

  const Script& script_;
  repair::FakeClock& clock_;
};

class WatchTest : public testing::Test, public ports::Phones {
 protected:
  Outcome Watch(const Script& script, std::vector<std::string> more = {}) {
    script_ = script;
    clock_.now = milliseconds(0);
    app::World world;
    world.embedded_knowledge = &troubleshoot::EmbeddedKnowledge();
    world.patterns = patterns_.get();
    world.phones = this;
    world.clock = [this] { return std::make_unique<repair::SharedClock>(clock_); };
    world.journal = [](bool) -> Result<std::unique_ptr<ports::Journal>> {
      return std::make_unique<repair::FakeJournal>();
    };
    said_.clear();
    world.say = [this](std::string_view text) { said_ += text; };
    std::vector<std::string> words = {"watch", "--phone"};
    words.insert(words.end(), more.begin(), more.end());
    return cli::Run(words, world, Style(false, 0));
  }
  Result<std::vector<ports::PhoneSeen>> List() override {
    return std::vector<ports::PhoneSeen>{{.serial = "fake", .model = "Phone"}};
  }
  Status Track(const std::function<bool(std::span<const ports::PhoneSeen>)>&) override {
    return {};
  }
  Result<std::unique_ptr<ports::Phone>> Open(const std::string&) override {
    return std::make_unique<ScriptedPhone>(script_, clock_);
  }

  std::unique_ptr<ports::PatternCompiler> patterns_ = ports::MakePortablePatternCompiler();
  repair::FakeClock clock_;
  Script script_;
  std::string said_;
};

constexpr minutes kEver{100'000};

std::size_t Count(const std::string& text, std::string_view part) {
  std::size_t count = 0;
  for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1))
    ++count;
  return count;
}

TEST_F(WatchTest, AnEveningWithoutADropIsGood) {
  Script script{.linked = {{minutes(0), kEver}}};
  for (int i = 1; i <= 7; ++i) script.syncs.push_back(minutes(15 * i));
  const Outcome outcome = Watch(script, {"--hours", "2"});
  EXPECT_EQ(outcome.status, ExitCode::kHealthy) << outcome.out << outcome.err;
  EXPECT_EQ(outcome.out,
            "In 2 h the band was connected 100 % of the time: no drop, 7 syncs seen.\n");
  EXPECT_THAT(said_,
              HasSubstr("Zepp Life, the only one that is installed. Watching for 2 h; Ctrl-C"));
  EXPECT_EQ(Count(said_, "Connected"), 1U);
  EXPECT_EQ(Count(said_, "has fetched the band's data"), 7U) << said_;
}

TEST_F(WatchTest, DropsAreToldWithHowLongTheyLasted) {
  const Outcome outcome = Watch(
      {.linked = {{minutes(0), minutes(20)}, {minutes(30), minutes(50)}, {minutes(51), kEver}}},
      {"--hours", "1"});
  EXPECT_EQ(outcome.status, ExitCode::kTrouble);
  EXPECT_THAT(outcome.out,
              HasSubstr("connected 80 % of the time: 2 drops (longest 10 min), no sync"));
  EXPECT_THAT(said_, HasSubstr("Connected again after 10 min."));
  EXPECT_THAT(said_, HasSubstr("Connected again after 60 s."));
  EXPECT_EQ(Count(said_, "The link to the band is gone."), 2U);
}

TEST_F(WatchTest, ABandThatStaysAwayIsNotConnectedAtTheEnd) {
  const Outcome never = Watch({}, {"--hours", "1"});
  EXPECT_EQ(never.status, ExitCode::kTrouble);
  EXPECT_EQ(never.out,
            "In 1 h the band was never connected. `bandkeeper fix` looks for the reason.\n");
  const Outcome lost = Watch({.linked = {{minutes(0), minutes(30)}}}, {"--hours", "1"});
  EXPECT_THAT(lost.out, HasSubstr("1 drop (longest 30 min)"));
  EXPECT_THAT(lost.out, HasSubstr("It is not connected now."));
}

TEST_F(WatchTest, APulledCableIsToldAndItsTimeCountsForNothing) {
  const Outcome outcome = Watch(
      {.linked = {{minutes(0), kEver}}, .gone = {{minutes(10), minutes(25)}}}, {"--hours", "1"});
  EXPECT_EQ(outcome.status, ExitCode::kHealthy) << outcome.out;
  EXPECT_THAT(outcome.out, HasSubstr("In 45 min the band was connected 100 %"));
  EXPECT_EQ(Count(said_, "does not answer"), 1U) << said_;
  EXPECT_EQ(Count(said_, "The phone is back."), 1U) << said_;
}

TEST_F(WatchTest, CtrlCEndsItWithWhatWasSeen) {
  clock_.stop_at = minutes(10);
  const Outcome outcome = Watch({.linked = {{minutes(0), kEver}}}, {"--hours", "8"});
  EXPECT_EQ(outcome.status, ExitCode::kHealthy);
  EXPECT_THAT(outcome.out, HasSubstr("In 10 min the band was connected 100 %"));
  clock_.stop = false;
  clock_.stop_at = milliseconds(0);  // at once
  const Outcome nothing = Watch({.linked = {{minutes(0), kEver}}});
  EXPECT_NE(nothing.status, ExitCode::kTrouble) << nothing.out;
}

TEST_F(WatchTest, JsonIsOneDocumentAndNothingElse) {
  clock_.stop_at = minutes(20);
  const Outcome outcome =
      Watch({.linked = {{minutes(0), minutes(5)}}, .syncs = {minutes(3)}}, {"--json"});
  EXPECT_EQ(said_, "");
  const auto json = nlohmann::json::parse(outcome.out);
  EXPECT_EQ(json["schema"], "bandkeeper.watch/1");
  EXPECT_EQ(json["app"], FakePhone::kApp);
  EXPECT_EQ(json["stopped"], true);
  EXPECT_EQ(json["drops"], 1);
  EXPECT_EQ(json["syncs"], 1);
  EXPECT_EQ(json["linked_at_end"], false);
  std::string kinds;
  for (const auto& event : json["events"]) kinds += event["kind"].get<std::string>() + " ";
  EXPECT_EQ(kinds, "begun link_up sync drop ");
}

}  // namespace
}  // namespace bk::cli
