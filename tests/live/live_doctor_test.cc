// `doctor --phone` beside `doctor FILE` on the same phone, in one process, without a cable.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>
#include <string>
#include <string_view>

#include "adapters/archive/archive.h"
#include "adapters/files/files.h"
#include "adapters/scan/scan.h"
#include "adapters/unpack/unpack.h"
#include "app/phone/fake_phone_testing.h"
#include "cli/run.h"
#include "golden/scenes.h"
#include "live/memory_log.h"
#include "live/taken_apart.h"
#include "reports/phones.h"
#include "troubleshoot/knowledge/embedded_knowledge.h"

namespace bk::live {
namespace {

using Json = nlohmann::json;
using reports::Fault;
using reports::Phone;
using reports::Plan;

constexpr Phone kPhones[] = {Phone::kMiui9, Phone::kStock12, Phone::kSamsung14};
constexpr Fault kFaults[] = {
    Fault::kNone,         Fault::kLocationDenied,   Fault::kBackgroundRestricted,
    Fault::kForceStopped, Fault::kBluetoothCrashed, Fault::kNearbyDenied,
    Fault::kStaleBond,    Fault::kBluetoothOff,     Fault::kAirplaneMode,
    Fault::kLocationOff,  Fault::kAppDisabled};

// Answers as the phone that wrote the report would.
class ReplayedPhone : public app::testing::FakePhone {
 public:
  explicit ReplayedPhone(const std::string& report) : outputs_(TakeApart(report)) {}
  using app::testing::FakePhone::Run;
  std::vector<ports::PhoneAnswer> Run(std::span<const ports::PhoneCommand> commands) override {
    for (const ports::PhoneCommand& command : commands)
      if (const std::string* output = AnswerTo(outputs_, command.line);
          output != nullptr && !answers.contains(command.line))
        Say(command.line, *output);
    return FakePhone::Run(commands);
  }

 private:
  std::map<std::string, std::string> outputs_;
};

// One file that is the report.
class OneFile : public ports::Files {
 public:
  explicit OneFile(const std::string& text) : text_(text) {}
  Result<std::unique_ptr<ports::ByteStream>> OpenStream(const std::string&) override {
    return Fail(ErrorCode::kNotFound, "no stream");
  }
  Result<std::unique_ptr<ports::Blob>> OpenWhole(const std::string&) override {
    return std::make_unique<Text>(text_);
  }
  Result<std::unique_ptr<ports::Archive>> OpenArchive(Bytes bytes) override {
    return adapters::OpenArchive(bytes);
  }

 private:
  class Text : public ports::Blob {
   public:
    explicit Text(const std::string& text) : text_(text) {}
    [[nodiscard]] Bytes bytes() const override { return AsBytes(text_); }

   private:
    const std::string& text_;
  };
  const std::string& text_;
};

struct Case {
  explicit Case(const Plan& plan) : text(reports::Report(plan)), phone(text) {
    world.files = &files;
    world.unpack = unpack.get();
    world.patterns = patterns.get();
    world.embedded_knowledge = &troubleshoot::EmbeddedKnowledge();
    world.phones = &phones;
  }
  cli::Outcome Run(std::vector<std::string> words) {
    return cli::Run(words, world, cli::Style(false, 0));
  }
  Json Doctor(std::vector<std::string> words) {
    words.insert(words.begin(), {"doctor", "--json"});
    return Json::parse(Run(std::move(words)).out, nullptr, false);
  }

  std::string text;
  ReplayedPhone phone;
  app::testing::FakePhones phones{phone};
  OneFile files{text};
  std::unique_ptr<ports::Unpack> unpack = adapters::MakeUnpack();
  std::unique_ptr<ports::PatternCompiler> patterns = adapters::MakePatternCompiler();
  app::World world;
};

std::set<std::string> Findings(const Json& report) {
  std::set<std::string> told;
  for (const Json& finding : report["findings"])
    told.insert(finding["id"].get<std::string>() + "=" + finding["value"].dump());
  return told;
}

TEST(LiveDoctor, SaysOfAPhoneWhatItSaysOfItsReport) {
  for (const Phone phone : kPhones)
    for (const Fault fault : kFaults) {
      if (fault == Fault::kNearbyDenied && reports::AndroidOf(phone) < 12) continue;
      SCOPED_TRACE(
          fmt::format("Android {}, fault {}", reports::AndroidOf(phone), static_cast<int>(fault)));
      Case same({.phone = phone, .fault = fault});
      const Json file = same.Doctor({"report.txt"});
      const Json live = same.Doctor({"--phone"});
      ASSERT_TRUE(file.is_object());
      ASSERT_TRUE(live.is_object());
      EXPECT_EQ(live["verdict"]["outcome"], file["verdict"]["outcome"]);
      EXPECT_EQ(live["verdict"]["layer"], file["verdict"]["layer"]);
      EXPECT_EQ(live["verdict"]["cause"], file["verdict"]["cause"]);
      EXPECT_EQ(Findings(live), Findings(file));
      EXPECT_EQ(live["phone"]["model"], reports::ModelOf(phone));
      for (const Json& loss : live["losses"]) ADD_FAILURE() << loss;
    }
}

TEST(LiveDoctor, AloneItIsThePhone) {
  Case one({.phone = Phone::kStock12, .fault = Fault::kLocationOff});
  const cli::Outcome told = one.Run({});
  EXPECT_EQ(told.status, cli::ExitCode::kTrouble);
  EXPECT_TRUE(told.out.contains("asked over adb")) << told.out;
  EXPECT_TRUE(told.out.contains("phone » settings list secure, line ")) << told.out;
  one.phones.list.clear();
  const cli::Outcome none = one.Run({});
  EXPECT_EQ(none.status, cli::ExitCode::kCouldNotCheck);
  EXPECT_TRUE(none.err.contains("No phone is connected.")) << none.err;
}

TEST(LiveDoctor, StandsBesideAFile) {
  Case both({.phone = Phone::kStock12, .fault = Fault::kLocationOff});
  const Json report = both.Doctor({"--phone", "report.txt"});
  ASSERT_TRUE(report.is_object());
  ASSERT_EQ(report["files"].size(), 2U);
  EXPECT_EQ(report["files"][0]["path"], "phone");
  EXPECT_EQ(report["verdict"]["cause"], "location_services_off");
}

// --deep: the report that the phone writes stands beside its answers.
TEST(LiveDoctor, DeepReadsTheReportThatThePhoneWrites) {
  Case deep({.phone = Phone::kStock12, .fault = Fault::kStaleBond});
  deep.phone.followed = {"BEGIN:/bugreports/b.txt\n", "OK:/bugreports/b.txt\n"};
  deep.phone.files["/bugreports/b.txt"] = deep.text;
  const Json report = deep.Doctor({"--deep"});
  ASSERT_TRUE(report.is_object());
  ASSERT_EQ(report["files"].size(), 2U);
  EXPECT_EQ(report["files"][1]["member"], "b.txt");
  EXPECT_EQ(report["verdict"]["cause"], "stale_bond");
  std::set<std::string> sources;
  for (const Json& finding : report["findings"]) sources.insert(finding["source"]);
  EXPECT_TRUE(sources.contains("phone"));
  EXPECT_TRUE(sources.contains("bugreport"));
}

// The memory log within a dump of Android 8 to 12L was found and never read, though the README said
// that it is: over the cable and in a report alike.
TEST(LiveDoctor, ReadsTheMemoryLogWithinTheDump) {
  constexpr int kWrongKey = 0x08;
  const std::string log = MemoryLogOf(golden::Scenes()
                                          .Scan(30, -62)
                                          .Connect()
                                          .Discover()
                                          .AskForNotifications()
                                          .Authenticate(kWrongKey)
                                          .End(0x13)
                                          .script());
  const std::string dump =
      "Bluetooth Status\n  enabled: true\n  state: ON\n  name: Invented\n\nBluetooth crashed 0 "
      "times\n\n" +
      log;
  Case one({.phone = Phone::kStock12});
  app::testing::FakePhone phone;
  phone.Say("getprop", "[ro.build.version.sdk]: [29]\n[ro.product.model]: [Invented]\n");
  phone.Say("dumpsys bluetooth_manager", dump);
  app::testing::FakePhones phones(phone);
  one.world.phones = &phones;
  one.text = dump;
  for (const std::string& how : {std::string("--phone"), std::string("dump.txt")}) {
    const Json report = one.Doctor({how});
    ASSERT_TRUE(report.is_object());
    EXPECT_TRUE(Findings(report).contains("auth_failed=true")) << how;
    EXPECT_EQ(report["verdict"]["layer"], "binding") << report["verdict"];
    bool told = false;
    for (const Json& file : report["files"]) told = told || file.contains("packets");
    EXPECT_TRUE(told) << report["files"];
    for (const Json& loss : report["losses"]) EXPECT_FALSE(how == "--phone") << loss;
  }
}

TEST(LiveDoctor, KeepsWhatIsPrivate) {
  for (const Phone phone : kPhones) {
    Case one({.phone = phone, .fault = Fault::kStaleBond});
    for (const std::vector<std::string>& words :
         {std::vector<std::string>{"doctor", "--phone", "-v"}, {"doctor", "--phone", "--json"}}) {
      const std::string out = one.Run(words).out;
      for (const std::string_view secret :
           {reports::kBandAddress, reports::kPhoneAddress, reports::kAccount, reports::kSerial})
        EXPECT_FALSE(out.contains(secret)) << secret;
    }
  }
}

// Nothing that a phone says drives the terminal.
TEST(LiveDoctor, AHostilePhonePaintsNothing) {
  const std::string paint =
      "\x1b[2J\x1b]0;owned\x07\x9b"
      "31m";
  Case one({.phone = Phone::kStock12, .fault = Fault::kAirplaneMode});
  std::string text = one.text;
  for (std::size_t at = 0; (at = text.find("Invented", at)) != std::string::npos; at += 30)
    text.insert(at, paint);
  ReplayedPhone painted(text);
  painted.Say("uptime", paint);
  for (const char* line : {"dumpsys alarm", "dumpsys power", "dumpsys user"})
    painted.answers[line] = {.end = ports::PhoneAnswer::End::kRefused, .why = "closed" + paint};
  painted.answers["dumpsys deviceidle"] = {.exit = 1, .out = paint + "Permission denied"};
  app::testing::FakePhones phones(painted);
  one.world.phones = &phones;
  for (const std::vector<std::string>& words :
       {std::vector<std::string>{"doctor", "--phone", "-v"}, {"doctor", "--phone", "--json"}}) {
    const cli::Outcome told = one.Run(words);
    EXPECT_TRUE(told.out.contains("closed")) << told.out;
    for (const std::string& said : {told.out, told.err})
      for (const char control : {'\x1b', '\x07', '\x9b'}) EXPECT_FALSE(said.contains(control));
  }
}

}  // namespace
}  // namespace bk::live
