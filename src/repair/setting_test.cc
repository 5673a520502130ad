// What is read from, written to and refused by a phone. The words of refusals are those that public
// reports of Xiaomi's and OPPO's phones cite.
#include "repair/setting.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "repair/fake_phone_testing.h"

namespace bk::repair {
namespace {

using testing::AllOf;
using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

const std::string kApp = FakePhone::kApp;
const std::string kScan = "android.permission.BLUETOOTH_SCAN";
const std::string kListener = kApp + ".NotificationListener";

PhoneTraits TraitsOf(FakePhone& phone) {
  auto traits = ReadTraits(phone);
  EXPECT_TRUE(traits);
  traits->titles[kApp] = "Zepp Life";
  return *traits;
}

std::vector<std::string> LinesOf(const std::vector<Way>& ways) {
  std::vector<std::string> lines;
  for (const Way& way : ways)
    for (const auto& command : way) lines.push_back(command.line);
  return lines;
}
std::vector<std::string> WaysOf(int sdk, const SettingId& id, const SettingValue& to) {
  PhoneTraits traits{.sdk = sdk};
  traits.uids[kApp] = 10143;
  const auto ways = WaysToWrite(traits, id, to);
  return ways ? LinesOf(*ways) : std::vector<std::string>{};
}

// The value, "none", or why there is none.
std::string Shown(const Reading& reading) {
  return reading ? reading->value_or("none") : "refused: " + reading.error().sentence;
}

// One of each kind that can be written, with two values that it can have.
struct Sample {
  SettingId id;
  SettingValue a, b;
};
std::vector<Sample> Samples(int sdk) {
  std::vector<Sample> samples = {
      {setting::Global("auto_time"), "0", "1"},
      {setting::Global("auto_time_zone"), std::nullopt, "1"},
      {setting::Secure("some_text"), "it's; $(reboot)", "b"},
      {setting::AppOp(kApp, "RUN_IN_BACKGROUND"), "ignore", "allow"},
      {setting::UidOp(kApp, "RUN_IN_BACKGROUND"), "deny", "default"},
      {setting::Permission(kApp, "android.permission.ACCESS_FINE_LOCATION"), "denied", "granted"},
      {setting::DozeExempt(kApp), "no", "yes"},
      {setting::DataSaverExempt(kApp), "no", "yes"},
      {setting::NotificationListener(kApp, kListener), "no", "yes"},
      {setting::PackageEnabled(kApp), "disabled-user", "enabled"},
      {setting::Stopped(kApp), "yes", "no"},
      {setting::BatterySaver(), "off", "on"},
      {setting::Location(), "off", "on"},
      {setting::DataSaver(), "off", "on"},
  };
  if (sdk >= 28) {
    samples.push_back({setting::AppOp(kApp, "RUN_ANY_IN_BACKGROUND"), "ignore", "allow"});
    samples.push_back({setting::StandbyBucket(kApp), "45", "10"});
    samples.push_back({setting::AirplaneMode(), "off", "on"});
  }
  if (sdk >= 31) {
    samples.push_back({setting::Bluetooth(), "on", "off"});
    samples.push_back({setting::Permission(kApp, kScan), "denied", "granted"});
  }
  if (sdk >= 33)
    samples.push_back({setting::BackgroundLevel(kApp), "background_restricted", "adaptive_bucket"});
  return samples;
}

class OnAndroid : public testing::TestWithParam<int> {};

TEST_P(OnAndroid, WhatIsWrittenReadsBackAndTheOldValueRestoresThePhone) {
  for (const Sample& sample : Samples(GetParam())) {
    for (const auto& [from, to] : {std::pair{sample.a, sample.b}, std::pair{sample.b, sample.a}}) {
      FakePhone phone(GetParam(), "Google");
      const PhoneTraits traits = TraitsOf(phone);
      WriteSetting(phone, traits, sample.id, *ReadSetting(phone, traits, sample.id), from);
      const FakeState before = phone.state;
      const Reading was = ReadSetting(phone, traits, sample.id);
      ASSERT_TRUE(was) << sample.id.text << ": " << was.error().sentence;
      EXPECT_TRUE(Same(sample.id, *was, from)) << sample.id.text << " " << was->value_or("none");

      const Writing done = WriteSetting(phone, traits, sample.id, *was, to);
      EXPECT_FALSE(done.refused) << sample.id.text << ": " << done.refused->sentence;
      ASSERT_TRUE(done.now) << sample.id.text;
      EXPECT_TRUE(Same(sample.id, *done.now, to)) << sample.id.text;
      EXPECT_NE(phone.state, before) << sample.id.text;

      const Writing back = WriteSetting(phone, traits, sample.id, *done.now, *was);
      EXPECT_FALSE(back.refused) << sample.id.text;
      if (sample.id == setting::Stopped(kApp)) phone.state.running = before.running;
      EXPECT_EQ(phone.state, before) << sample.id.text << " is not as it was";
    }
  }
}

TEST_P(OnAndroid, NothingIsWrittenThatMatchesAlready) {
  for (const Sample& sample : Samples(GetParam())) {
    FakePhone phone(GetParam(), "Google");
    const PhoneTraits traits = TraitsOf(phone);
    phone.lines.clear();
    const Writing done = WriteSetting(phone, traits, sample.id, sample.a, sample.a);
    EXPECT_FALSE(done.refused);
    EXPECT_THAT(phone.lines, IsEmpty()) << sample.id.text;
    EXPECT_THAT(done.lines, IsEmpty());
  }
}

TEST_P(OnAndroid, ManySettingsAreReadInOneRoundTrip) {
  FakePhone phone(GetParam(), "Google");
  const PhoneTraits traits = TraitsOf(phone);
  std::vector<SettingId> ids;
  for (const Sample& sample : Samples(GetParam())) ids.push_back(sample.id);
  ids.push_back(setting::Running(kApp));
  ids.push_back(setting::Bonded("c8:0f:10:00:00:01"));
  ids.push_back(setting::Version(kApp));
  phone.trips = 0;
  phone.lines.clear();
  const std::vector<Reading> readings = ReadSettings(phone, traits, ids);
  EXPECT_EQ(phone.trips, GetParam() == 30 ? 2 : 1);  // 11 has location's command on some phones
  for (std::size_t i = 0; i < ids.size(); ++i)
    EXPECT_TRUE(readings[i]) << ids[i].text << ": " << readings[i].error().sentence;
  std::vector<std::string> lines = phone.lines;
  std::ranges::sort(lines);
  EXPECT_EQ(std::ranges::adjacent_find(lines), lines.end()) << "a command was given twice";
  EXPECT_EQ(Shown(readings[ids.size() - 2]), "yes");
  EXPECT_EQ(Shown(readings.back()), "6.9.5 (50612)");
}

INSTANTIATE_TEST_SUITE_P(Versions, OnAndroid, testing::Values(26, 29, 30, 31, 34, 35));

TEST(Setting, ItsTextFormComesBackAndForeignOnesAreRefused) {
  for (const Sample& sample : Samples(35)) {
    EXPECT_TRUE(IsKnown({sample.id.text}));
    EXPECT_TRUE(CanBeWritten(sample.id)) << sample.id.text;
  }
  for (const SettingId& id :
       {setting::Running(kApp), setting::ListenerLive(kApp), setting::Bonded("C8:0F:10:00:00:01"),
        setting::Version(kApp), setting::InstalledAt(kApp), setting::SystemBuild(),
        setting::Internet(), setting::NotificationListener(kApp, "*")}) {
    EXPECT_TRUE(IsKnown(id)) << id.text;
    EXPECT_FALSE(CanBeWritten(id)) << id.text;
  }
  FakePhone phone(34, "Google");
  const PhoneTraits traits = TraitsOf(phone);
  phone.lines.clear();
  for (const char* text : {"", "global", "global/", "global/a/b", "global/a b", "global/a;reboot",
                           "global/$(reboot)", "app_op/x", "app_op/--uid/x", "unknown/x",
                           "bluetooth/x", "permission/a/b/c", "global/'", "GLOBAL/x"}) {
    EXPECT_FALSE(IsKnown({text})) << text;
    EXPECT_FALSE(ReadSetting(phone, traits, {text})) << text;
    EXPECT_TRUE(WriteSetting(phone, traits, {text}, "a", "b").refused) << text;
  }
  EXPECT_THAT(phone.lines, IsEmpty());
}

TEST(Setting, EachAndroidHasItsOwnCommands) {
  EXPECT_THAT(WaysOf(29, setting::Bluetooth(), "off"), ElementsAre("svc bluetooth disable"));
  EXPECT_THAT(WaysOf(34, setting::Bluetooth(), "on"),
              ElementsAre("cmd bluetooth_manager enable",
                          "cmd bluetooth_manager wait-for-state:STATE_ON", "svc bluetooth enable"));
  EXPECT_THAT(WaysOf(26, setting::AirplaneMode(), "on"), IsEmpty());
  EXPECT_THAT(WaysOf(29, setting::AirplaneMode(), "on"),
              ElementsAre("settings put global airplane_mode_on 1"));
  EXPECT_THAT(WaysOf(34, setting::AirplaneMode(), "off"),
              ElementsAre("cmd connectivity airplane-mode disable",
                          "settings put global airplane_mode_on 0"));
  EXPECT_THAT(WaysOf(26, setting::Location(), "on"),
              ElementsAre("settings put secure location_providers_allowed +gps",
                          "settings put secure location_providers_allowed +network"));
  EXPECT_THAT(WaysOf(29, setting::Location(), "on"),
              ElementsAre("settings put secure location_mode 3"));
  EXPECT_THAT(WaysOf(29, setting::Permission(kApp, kScan), "granted"), IsEmpty());
  EXPECT_THAT(WaysOf(31, setting::BackgroundLevel(kApp), "unrestricted"), IsEmpty());
  EXPECT_THAT(WaysOf(26, setting::StandbyBucket(kApp), "10"), IsEmpty());
  EXPECT_THAT(WaysOf(29, setting::Global("x"), std::nullopt),
              ElementsAre("settings delete global x"));
  EXPECT_THAT(WaysOf(29, setting::Global("x"), "a b'c"),
              ElementsAre("settings put global x 'a b'\\''c'"));
  EXPECT_THAT(WaysOf(29, setting::DataSaverExempt(kApp), "yes"),
              ElementsAre("cmd netpolicy add restrict-background-whitelist 10143"));
  EXPECT_THAT(WaysOf(29, setting::DataSaverExempt("com.other"), "yes"), IsEmpty());
}

TEST(Setting, AnotherUserOfThePhoneIsNamedInEveryCommandThatKnowsUsers) {
  PhoneTraits traits{.sdk = 34, .user = 10};
  traits.uids[kApp] = 1010143;
  for (const SettingId& id :
       {setting::AppOp(kApp, "WAKE_LOCK"), setting::Permission(kApp, kScan),
        setting::PackageEnabled(kApp), setting::Stopped(kApp), setting::StandbyBucket(kApp),
        setting::BackgroundLevel(kApp), setting::Secure("x")}) {
    const SettingValue value = id == setting::AppOp(kApp, "WAKE_LOCK")  ? "allow"
                               : id == setting::Permission(kApp, kScan) ? "granted"
                               : id == setting::PackageEnabled(kApp)    ? "enabled"
                               : id == setting::Stopped(kApp)           ? "yes"
                               : id == setting::BackgroundLevel(kApp)   ? "unrestricted"
                                                                        : "10";
    EXPECT_THAT(LinesOf(*WaysToWrite(traits, id, value)), Contains(HasSubstr("--user 10 ")))
        << id.text;
  }
  EXPECT_THAT(LinesOf(*WaysToWrite(traits, setting::Global("x"), "1")),
              ElementsAre("settings put global x 1"));
}

// "default" as a mode would be stored, and many places of Android read it as "not allowed".
TEST(Setting, AnOpThatWasNotSetIsRestoredByTheModeThatIsItsDefault) {
  EXPECT_THAT(WaysOf(34, setting::AppOp(kApp, "RUN_ANY_IN_BACKGROUND"), "default"),
              ElementsAre("appops set " + kApp + " RUN_ANY_IN_BACKGROUND allow"));
  EXPECT_TRUE(Same(setting::AppOp(kApp, "RUN_ANY_IN_BACKGROUND"), "default", "allow"));
  EXPECT_FALSE(Same(setting::AppOp(kApp, "10008"), "default", "allow"));
  EXPECT_FALSE(Same(setting::AppOp(kApp, "RUN_ANY_IN_BACKGROUND"), "ignore", "allow"));
}

struct Refused {
  std::string maker, text;
  Refusal::Why why;
};
class Refuses : public testing::TestWithParam<Refused> {};

TEST_P(Refuses, AndSaysWhatTheOwnerCanDo) {
  const Refused& want = GetParam();
  for (const bool on_err : {true, false}) {
    FakePhone phone(34, want.maker);
    const PhoneTraits traits = TraitsOf(phone);
    if (on_err) {
      phone.says["settings put"] = want.text;
    } else {
      phone.says["settings put"] = "\n" + want.text + "\n";
    }
    const FakeState before = phone.state;
    const Writing done = WriteSetting(phone, traits, setting::Global("auto_time"), "0", "1");
    ASSERT_TRUE(done.refused) << want.text;
    EXPECT_EQ(static_cast<int>(done.refused->why), static_cast<int>(want.why)) << want.text;
    EXPECT_THAT(done.refused->sentence, Not(IsEmpty()));
    if (want.why == Refusal::Why::kSecuritySwitch) {
      EXPECT_THAT(done.refused->sentence, HasSubstr("switch"));
    }
    ASSERT_TRUE(done.now);
    EXPECT_EQ(Shown(done.now), "0");
    EXPECT_EQ(phone.state, before);
  }
}

using Why = Refusal::Why;
INSTANTIATE_TEST_SUITE_P(
    Texts, Refuses,
    testing::Values(
        Refused{"Xiaomi",
                "Exception occurred while executing 'grant':\njava.lang.SecurityException: "
                "grantRuntimePermission: Neither user 2000 nor current process has "
                "android.permission.GRANT_RUNTIME_PERMISSIONS.",
                Why::kSecuritySwitch},
        Refused{"Redmi",
                "Permission denial: writing to settings "
                "requires:android.permission.WRITE_SECURE_SETTINGS",
                Why::kSecuritySwitch},
        Refused{"POCO", "uid 2000 does not have android.permission.MANAGE_APP_OPS_MODES.",
                Why::kSecuritySwitch},
        Refused{"Xiaomi",
                "PID 1 does not have permission android.permission.CLEAR_APP_USER_DATA to clear "
                "data of package x",
                Why::kSecuritySwitch},
        Refused{"Xiaomi", "Injecting to another application requires INJECT_EVENTS permission",
                Why::kSecuritySwitch},
        Refused{"OPPO",
                "java.lang.SecurityException: Neither user 2000 nor current process has "
                "android.permission.GRANT_RUNTIME_PERMISSIONS.",
                Why::kSecuritySwitch},
        Refused{"realme", "java.lang.SecurityException: adb clearing user data is forbidden.",
                Why::kSecuritySwitch},
        Refused{"Google",
                "java.lang.SecurityException: Neither user 2000 nor current process has "
                "android.permission.WRITE_SECURE_SETTINGS.",
                Why::kNotAllowed},
        Refused{"Google",
                "java.lang.SecurityException: Shell cannot change component state for x/null to 1",
                Why::kNotAllowed},
        Refused{"Google", "Error: java.lang.SecurityException: Cannot change policy fixed x",
                Why::kManaged},
        Refused{"Xiaomi", "java.lang.SecurityException: Package x has not requested permission y",
                Why::kNotHere},
        Refused{"Google", "Error: Unknown operation string: 10008", Why::kNotHere},
        Refused{"Google", "cmd: Can't find service: settings", Why::kNotHere},
        Refused{"Google", "Unknown command: put", Why::kNotHere},
        Refused{"Google", "/system/bin/sh: settings: not found", Why::kNotHere},
        Refused{"Google", "Failure [DELETE_FAILED]", Why::kUnclear},
        Refused{"Google", "java.lang.NullPointerException", Why::kUnclear}));

TEST(Setting, ACommandThatThisAndroidLacksGivesWayToTheNext) {
  FakePhone phone(34, "Google");
  const PhoneTraits traits = TraitsOf(phone);
  phone.says["cmd bluetooth_manager"] = "cmd: Can't find service: bluetooth_manager\n";
  const Writing done = WriteSetting(phone, traits, setting::Bluetooth(), "on", "off");
  EXPECT_FALSE(done.refused);
  EXPECT_EQ(Shown(done.now), "off");
  EXPECT_THAT(done.lines, ElementsAre("cmd bluetooth_manager disable", "svc bluetooth disable"));

  phone.says["cmd location"] = "No shell command implementation.\n";
  EXPECT_EQ(Shown(ReadSetting(phone, traits, setting::Location())), "off");
}

TEST(Setting, BeforeAndroid12BluetoothIsLeftToTheFinger) {
  FakePhone phone(29, "Google");
  const Writing done = WriteSetting(phone, TraitsOf(phone), setting::Bluetooth(), "on", "off");
  ASSERT_TRUE(done.refused);
  EXPECT_EQ(done.refused->why, Why::kNotAllowed);
  EXPECT_THAT(done.refused->sentence, HasSubstr("finger"));
  EXPECT_EQ(Shown(done.now), "on");
}

TEST(Setting, AYesThatChangesNothingIsNoSuccess) {
  FakePhone phone(34, "Google");
  const PhoneTraits traits = TraitsOf(phone);
  phone.silent = {"cmd power", "settings put"};
  const Writing done = WriteSetting(phone, traits, setting::BatterySaver(), "off", "on");
  ASSERT_TRUE(done.refused);
  EXPECT_EQ(done.refused->why, Why::kNoEffect);
  EXPECT_THAT(done.refused->sentence, HasSubstr("charges"));
  EXPECT_THAT(done.lines, ElementsAre("cmd power set-mode 1", "settings put global low_power 1"));
}

TEST(Setting, AfterACutNoOtherWayIsTriedBlindly) {
  FakePhone phone(34, "Google");
  const PhoneTraits traits = TraitsOf(phone);
  phone.lines.clear();
  phone.cut_at = 0;
  const Writing done = WriteSetting(phone, traits, setting::Bluetooth(), "on", "off");
  ASSERT_TRUE(done.refused);
  EXPECT_EQ(done.refused->why, Why::kNoAnswer);
  EXPECT_FALSE(done.now);
  EXPECT_EQ(phone.lines.size(), 1U);
  EXPECT_EQ(ReadSetting(phone, traits, setting::Location()).error().why, Why::kNoAnswer);
  EXPECT_EQ(ReadTraits(phone).error().code, ErrorCode::kNotReadable);
}

TEST(Setting, WhatAnAppDoesNotAskForAndAnAppThatIsNotThereAreNotHere) {
  FakePhone phone(34, "Google");
  const PhoneTraits traits = TraitsOf(phone);
  const std::string read_sms = "android.permission.READ_SMS";
  Reading reading = ReadSetting(phone, traits, setting::Permission(kApp, read_sms));
  ASSERT_FALSE(reading);
  EXPECT_EQ(reading.error().why, Why::kNotHere);
  EXPECT_THAT(reading.error().sentence, HasSubstr("Zepp Life does not ask"));
  reading = ReadSetting(phone, traits, setting::Permission("com.gone", read_sms));
  ASSERT_FALSE(reading);
  EXPECT_EQ(reading.error().why, Why::kNotHere) << reading.error().sentence;
  EXPECT_EQ(Shown(ReadSetting(phone, traits, setting::Version("com.gone"))), "none");
  EXPECT_FALSE(ReadSetting(phone, traits, setting::DataSaverExempt("com.gone")));
}

TEST(Setting, OtherNamesOfTheSameClassAndClassesOfTheSameMeaning) {
  FakePhone phone(34, "Google");
  const PhoneTraits traits = TraitsOf(phone);
  phone.state.rows["secure/enabled_notification_listeners"] =
      "com.other/.Listener:" + kApp + "/.NotificationListener";
  EXPECT_EQ(Shown(ReadSetting(phone, traits, setting::NotificationListener(kApp, kListener))),
            "yes");
  EXPECT_EQ(Shown(ReadSetting(phone, traits, setting::NotificationListener(kApp, ".Other"))), "no");
  EXPECT_EQ(Shown(ReadSetting(phone, traits, setting::NotificationListener(kApp, "*"))), "yes");
  EXPECT_EQ(Shown(ReadSetting(phone, traits, setting::NotificationListener("com.xiaomi", "*"))),
            "no");
  EXPECT_TRUE(Same(setting::StandbyBucket(kApp), "5", "10"));
  EXPECT_FALSE(Same(setting::StandbyBucket(kApp), "45", "10"));
  EXPECT_TRUE(Same(setting::PackageEnabled(kApp), "default", "enabled"));
  EXPECT_FALSE(Same(setting::Global("x"), std::nullopt, "1"));
}

TEST(Setting, BondsAreReadInTheFormsOfAllVersions) {
  FakePhone phone(34, "Google");
  const PhoneTraits traits = TraitsOf(phone);
  const SettingId band = setting::Bonded("C8:0F:10:AA:BB:01");
  const auto with = [&](const std::string& lines) {
    phone.says["dumpsys bluetooth_manager"] =
        "Bluetooth Status\n  enabled: true\n  state: ON\n" + lines;
    return Shown(ReadSetting(phone, traits, band));
  };
  EXPECT_EQ(with("  Bonded devices:\n  c8:0f:10:aa:bb:01 [  LE  ] Mi Smart Band 4\n"), "yes");
  EXPECT_EQ(with("Bonded devices:\n    00:11:22:33:44:55 [ DUAL ] Car\n\n    66:11:22:33:44:55 => "
                 "C8:0F:10:AA:BB:01 [  LE  ] Mi Smart Band 4\n"),
            "yes");
  EXPECT_EQ(with("Bonded devices:\n    C8:0F:10:AA:BB:01 [  LE  ][ 0x000000 ] Mi Smart Band 4\n"),
            "yes");
  EXPECT_EQ(with("Bonded devices:\n    00:11:22:33:44:55 [ DUAL ] Car\nOther:\n  "
                 "C8:0F:10:AA:BB:01\n"),
            "no");
  EXPECT_EQ(with("Bonded devices:\n"), "no");
  EXPECT_THAT(with("Bluetooth Service not connected\n"), HasSubstr("refused"));
}

TEST(Setting, TheAdapterIsOnOnlyWhenAppsCanUseIt) {
  FakePhone phone(34, "Google");
  const PhoneTraits traits = TraitsOf(phone);
  const auto state = [&](const std::string& word) {
    phone.says["dumpsys bluetooth_manager"] = "Bluetooth Status\n  enabled: true\n  state: " + word;
    return Shown(ReadSetting(phone, traits, setting::Bluetooth()));
  };
  EXPECT_EQ(state("ON\n"), "on");
  EXPECT_EQ(state("12\n"), "on");
  EXPECT_EQ(state("OFF\n"), "off");
  EXPECT_EQ(state("BLE_ON\n"), "off");
  EXPECT_EQ(state("TURNING_ON\n"), "changing");
  phone.says["dumpsys bluetooth_manager"] = "Can't find service: bluetooth_manager\n";
  EXPECT_EQ(ReadSetting(phone, traits, setting::Bluetooth()).error().why, Why::kNotHere);
}

TEST(Setting, SaysItPlainly) {
  FakePhone phone(34, "Google");
  const PhoneTraits traits = TraitsOf(phone);
  EXPECT_EQ(DescribeChange(traits, setting::Location(), "off", "on"), "Location: off → on");
  EXPECT_EQ(DescribeChange(traits, setting::DozeExempt(kApp), "no", "yes"),
            "Zepp Life: free of battery limits: no → yes");
  EXPECT_EQ(
      DescribeChange(traits, setting::AppOp(kApp, "RUN_ANY_IN_BACKGROUND"), "ignore", "allow"),
      "Zepp Life: may run in the background: no → yes");
  EXPECT_EQ(DescribeChange(traits, setting::Permission(kApp, kScan), "denied", "granted"),
            "Zepp Life: permission for nearby devices (search): not allowed → allowed");
  EXPECT_EQ(DescribeChange(traits, setting::Global("auto_time"), std::nullopt, "1"),
            "Automatic time: not set → on");
  EXPECT_THAT(Describe(traits, setting::Bonded("C8:0F:10:00:00:01")), Not(HasSubstr("C8")));
  EXPECT_THAT(DescribeValue(traits, setting::Version(kApp), "a\x1b[31m"), Not(HasSubstr("\x1b")));
  for (const Sample& sample : Samples(35))
    EXPECT_THAT(Describe(traits, sample.id), Not(HasSubstr("/"))) << sample.id.text;
}

TEST(Setting, TraitsAreReadInOneRoundTrip) {
  FakePhone phone(29, "Redmi");
  const auto traits = ReadTraits(phone);
  ASSERT_TRUE(traits);
  EXPECT_EQ(phone.trips, 1);
  EXPECT_EQ(traits->sdk, 29);
  EXPECT_EQ(traits->maker, "xiaomi");
  EXPECT_EQ(traits->uids.at(kApp), 10143);
  phone.says["am get-current-user"] = "10\n";
  EXPECT_EQ(ReadTraits(phone)->uids.at(kApp), 1010143);
}

}  // namespace
}  // namespace bk::repair
