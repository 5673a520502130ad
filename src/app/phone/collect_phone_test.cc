#include "app/phone/collect_phone.h"

#include <gtest/gtest.h>

#include "android/report_text.h"
#include "app/phone/bug_report.h"
#include "app/phone/fake_phone_testing.h"
#include "evidence/finding_ids.h"

namespace bk::app {
namespace {

using ports::PhoneAnswer;
using testing::FakePhone;
using End = PhoneAnswer::End;

constexpr std::string_view kPackage = "com.xiaomi.hm.health";

FakePhone Android(int sdk, std::string maker = "Xiaomi") {
  FakePhone phone;
  phone.Say("getprop", "[ro.build.version.release]: [9]\n[ro.build.version.sdk]: [" +
                           std::to_string(sdk) + "]\n[ro.product.manufacturer]: [" + maker +
                           "]\n[ro.product.model]: [Invented 8]\n");
  phone.Say("date '+%Y-%m-%d %H:%M:%S'", "2024-03-02 08:10:00\n");
  phone.Say("am get-current-user", "0\n");
  phone.Say("pm list packages",
            "package:android\npackage:com.xiaomi.hm.health\npackage:com.other\n");
  phone.Say("settings list global", "airplane_mode_on=1\nbluetooth_on=1\nauto_time=1\n");
  return phone;
}

Result<CollectedPhone> Collect(FakePhone& phone) {
  static const auto patterns = android::testing::NoPatterns();
  static const auto apps = android::testing::CompanionApps();
  return CollectPhone(phone, *patterns, apps);
}

bool Says(const CollectedPhone& collected, std::string_view id, bool value) {
  const auto apps = android::testing::CompanionApps();
  const evidence::FindingValue wanted = value;
  for (const evidence::Finding& finding : android::FindingsFor(collected.state, {}, apps).findings)
    if (finding.id == id && finding.value == wanted &&
        finding.source == evidence::SourceKind::kPhone)
      return true;
  return false;
}

bool Has(const std::vector<ports::PhoneCommand>& commands, std::string_view line) {
  return std::ranges::find(commands, line, &ports::PhoneCommand::line) != commands.end();
}

TEST(CollectPhone, AsksInTwoRoundTrips) {
  FakePhone phone = Android(28);
  const auto collected = Collect(phone);
  ASSERT_TRUE(collected);
  EXPECT_EQ(phone.rounds.size(), 2U);
  EXPECT_EQ(collected->state.phone.model, "Invented 8");
  EXPECT_EQ(collected->state.phone.sdk, 28);
  EXPECT_TRUE(collected->description.starts_with("Invented 8, Android 9, asked over adb: "));
  EXPECT_TRUE(Says(*collected, evidence::id::kAirplaneMode, true));
  ASSERT_TRUE(collected->state.system.report.time);
  EXPECT_EQ(FormatInstant(collected->state.system.report.time->value).substr(0, 16),
            "2024-03-02 08:10");
  // What this phone does not have is no loss; what it has and refuses is.
  EXPECT_TRUE(collected->losses.empty());
}

TEST(CollectPhone, AsksWhatTheVersionHas) {
  const auto of = [](int sdk) {
    return CommandsFor({.sdk = sdk, .maker = "Google", .packages = {std::string(kPackage)}});
  };
  for (const int sdk : {23, 26, 29, 33, 35}) {
    const auto commands = of(sdk);
    EXPECT_EQ(Has(commands, "dumpsys companiondevice"), sdk >= 26) << sdk;
    EXPECT_EQ(Has(commands, "dumpsys activity exit-info"), sdk >= 30) << sdk;
    EXPECT_EQ(Has(commands, "am get-bg-restriction-level com.xiaomi.hm.health"), sdk >= 33) << sdk;
    EXPECT_EQ(Has(commands, "logcat -d -t 50000 -v threadtime -b main -b system"), sdk < 24) << sdk;
    for (const char* always : {"dumpsys bluetooth_manager", "dumpsys package com.xiaomi.hm.health",
                               "dumpsys deviceidle", "settings list secure"})
      EXPECT_TRUE(Has(commands, always)) << sdk << always;
  }
  EXPECT_TRUE(Has(CommandsFor({.sdk = 33, .maker = "samsung"}), "dumpsys activity mars"));
  EXPECT_FALSE(Has(CommandsFor({.sdk = 33, .maker = "Xiaomi"}), "dumpsys activity mars"));
}

TEST(CollectPhone, EveryCommandHasATimeOutAndALimit) {
  for (const auto& commands :
       {FirstCommands(), CommandsFor({.sdk = 34, .packages = {std::string(kPackage)}})})
    for (const auto& command : commands) {
      EXPECT_GT(command.time_out.count(), 0) << command.line;
      EXPECT_LE(command.time_out.count(), 15'000) << command.line;
      EXPECT_LE(command.bytes_max, std::size_t{12} << 20) << command.line;
    }
}

TEST(CollectPhone, ReadsWhatThePhoneIs) {
  const auto apps = android::testing::CompanionApps();
  const PhoneBasics basics =
      ReadBasics("[ro.build.version.sdk]: [33]\r\n[ro.product.manufacturer]: [samsung]\n", "10\n",
                 "package:android\npackage:com.xiaomi.hm.health\npackage:com.example\n"
                 "package:nodomain.freeyourgadget.gadgetbridge\n",
                 apps);
  EXPECT_EQ(basics.sdk, 33);
  EXPECT_EQ(basics.maker, "samsung");
  EXPECT_EQ(basics.user, 10);
  EXPECT_EQ(basics.packages, (std::vector<std::string>{"com.xiaomi.hm.health",
                                                       "nodomain.freeyourgadget.gadgetbridge"}));
  const PhoneBasics nothing = ReadBasics("", "Error", "", apps);
  EXPECT_EQ(nothing.sdk, 0);
  EXPECT_EQ(nothing.user, 0);
  EXPECT_TRUE(Has(CommandsFor(nothing), "dumpsys bluetooth_manager"));
}

TEST(CollectPhone, AnotherUserOfThePhoneIsSaid) {
  FakePhone phone = Android(30);
  phone.Say("am get-current-user", "11\n");
  const auto collected = Collect(phone);
  ASSERT_TRUE(collected);
  EXPECT_TRUE(phone.WasAsked("settings list --user 11 secure"));
  ASSERT_EQ(collected->losses.size(), 1U);
  EXPECT_TRUE(collected->losses[0].text.contains("user number 11"));
}

TEST(CollectPhone, ARefusalIsALoss) {
  FakePhone phone = Android(28);
  phone.Say("dumpsys power", "Permission Denial: can't dump PowerManager from pid=1\n");
  phone.answers["dumpsys alarm"] = {.end = End::kRefused, .why = "The phone refused: closed"};
  phone.answers["dumpsys battery"] = {.end = End::kTimedOut, .why = "It did not end."};
  const auto collected = Collect(phone);
  ASSERT_TRUE(collected);
  std::vector<std::string> lost;
  for (const auto& loss : collected->losses) lost.push_back(loss.where.member);
  for (const auto& loss : collected->state.losses) lost.push_back(loss.where.member);
  std::ranges::sort(lost);
  EXPECT_EQ(lost, (std::vector<std::string>{"dumpsys alarm", "dumpsys battery", "dumpsys power"}));
}

// What is missing in half an answer is no proof that it is not there.
TEST(CollectPhone, HalfAnAnswerProvesNothingAbsent) {
  const std::string ops =
      "Current AppOps Service state:\n  Uid u0a143:\n    state=cch\n    Package "
      "com.xiaomi.hm.health:\n      WAKE_LOCK (allow): \n";
  FakePhone phone = Android(30);
  phone.Say("dumpsys appops", ops);
  const auto whole = Collect(phone);
  ASSERT_TRUE(whole);
  EXPECT_TRUE(whole->state.system.saw_appops);
  phone.answers["dumpsys appops"].end = End::kTimedOut;
  const auto half = Collect(phone);
  ASSERT_TRUE(half);
  EXPECT_FALSE(half->state.system.saw_appops);
  ASSERT_EQ(half->losses.size(), 1U);
  EXPECT_EQ(half->losses[0].kind, evidence::LossKind::kTruncated);
  // dumpsys may give up on the service by itself.
  phone.Say("dumpsys appops", ops + "*** SERVICE 'appops' DUMP TIMEOUT (10000ms) EXPIRED ***\n");
  const auto given_up = Collect(phone);
  ASSERT_TRUE(given_up);
  EXPECT_FALSE(given_up->state.system.saw_appops);
  EXPECT_FALSE(given_up->state.losses.empty());
}

TEST(CollectPhone, APhoneWithoutBluetoothIsSeen) {
  FakePhone phone = Android(28);  // says "Can't find service" where it has no answer
  const auto collected = Collect(phone);
  ASSERT_TRUE(collected);
  EXPECT_EQ(collected->state.bluetooth.has_service, false);
}

// The cable is pulled out after any number of commands.
TEST(CollectPhone, ACutCableLeavesWhatCame) {
  FakePhone whole = Android(33);
  ASSERT_TRUE(Collect(whole));
  const std::size_t all = whole.rounds[0].size() + whole.rounds[1].size();
  for (std::size_t left = 0; left < all; ++left) {
    FakePhone phone = Android(33);
    phone.left = left;
    phone.cut_after = End::kCut;
    const auto collected = Collect(phone);
    if (left == 0) {
      ASSERT_FALSE(collected);
      EXPECT_EQ(collected.error().code, ErrorCode::kNotReadable);
      continue;
    }
    ASSERT_TRUE(collected) << left;
    EXPECT_FALSE(collected->losses.empty()) << left;
    EXPECT_LE(collected->losses.size(), 3U) << "one sentence, not one for each command";
  }
}

TEST(CollectPhone, CtrlCEndsIt) {
  for (const std::size_t left : {0U, 2U, 9U}) {
    FakePhone phone = Android(33);
    phone.left = left;
    phone.cut_after = End::kStopped;
    const auto collected = Collect(phone);
    ASSERT_FALSE(collected) << left;
    EXPECT_EQ(collected.error().code, ErrorCode::kStopped);
  }
}

// Huge, binary, and full of commands for a terminal: it is read like anything else.
TEST(CollectPhone, AHostilePhoneIsOnlyRead) {
  FakePhone phone = Android(33);
  const std::string screen = "\x1b[2J\x1b]0;owned\x07";
  phone.Say("getprop",
            "[ro.product.model]: [" + screen + "]\n[ro.build.version.sdk]: [99999999999]");
  phone.Say("am get-current-user", screen);
  phone.Say("pm list packages", "package:com.xiaomi.hm.health; reboot\npackage:$(reboot)\n");
  phone.Say("dumpsys bluetooth_manager", std::string(40 << 20, '\xff'));
  phone.Say("dumpsys power", std::string(3 << 20, '\0'));
  const auto collected = Collect(phone);
  ASSERT_TRUE(collected);
  for (const auto& round : phone.rounds)
    for (const std::string& line : round) EXPECT_FALSE(line.contains("reboot")) << line;
  EXPECT_TRUE(std::ranges::any_of(collected->losses, [](const evidence::Loss& loss) {
    return loss.kind == evidence::LossKind::kTooLarge;
  }));
}

// ---- a whole report

TEST(BugReport, FollowsTheProgressAndFetchesTheZip) {
  FakePhone phone;
  phone.followed = {"BEGIN:/bugreports/bugreport-x.zip\nPROGRESS:10/10", "0\nPROGRESS:50/1000\nPRO",
                    "GRESS:90/100\n", "", "OK:/bugreports/bugreport-x.zip\n"};
  phone.files["/bugreports/bugreport-x.zip"] = std::string(5000, 'z');
  std::vector<std::string> shown;
  const auto report =
      FetchBugReport(phone, [&](std::string_view text) { shown.emplace_back(text); });
  ASSERT_TRUE(report) << report.error().message;
  EXPECT_EQ(report->name, "bugreport-x.zip");
  EXPECT_EQ(report->bytes.size(), 5000U);
  EXPECT_EQ(shown,
            (std::vector<std::string>{
                "the phone begins to write a bug report", "the phone writes a bug report (10 %)",
                "the phone writes a bug report (10 %)", "the phone writes a bug report (90 %)"}));
}

TEST(BugReport, ThePhonesOwnReasonIsPassedOn) {
  FakePhone phone;
  phone.followed = {"BEGIN:/x\nFAIL:the disk is full"};
  const auto report = FetchBugReport(phone, {});
  ASSERT_FALSE(report);
  EXPECT_EQ(report.error().message, "the disk is full");

  FakePhone gone;
  gone.followed = {"OK:/bugreports/gone.zip\n"};
  EXPECT_EQ(FetchBugReport(gone, {}).error().code, ErrorCode::kNotFound);

  FakePhone stopped;
  stopped.followed = {"BEGIN:/x\n"};
  stopped.follow_end = {.end = End::kStopped};
  EXPECT_EQ(FetchBugReport(stopped, {}).error().code, ErrorCode::kStopped);
}

TEST(BugReport, AnOldPhonePrintsIt) {
  FakePhone phone;
  phone.follow_end = {.end = End::kExited, .exit = 127};
  phone.Say("bugreport", "========\n== dumpstate: 2016-03-02 08:10:00\n========\n");
  const auto report = FetchBugReport(phone, {});
  ASSERT_TRUE(report);
  EXPECT_EQ(report->name, "bugreport.txt");
  FakePhone neither;
  neither.follow_end = {.end = End::kExited, .exit = 127};
  EXPECT_FALSE(FetchBugReport(neither, {}));
}

}  // namespace
}  // namespace bk::app
