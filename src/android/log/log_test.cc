// Every format, every kind of fact, every truncation. All logs are of our own making.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <string>

#include "android/log/log_testing.h"

namespace bk::android::log {
namespace {

struct FormatCase {
  const char* name;
  const char* line;
  int pid;
  const char* uid;
  const char* tag;
  ClockKind clock;
};

class Formats : public ::testing::TestWithParam<FormatCase> {};

TEST_P(Formats, AreRead) {
  const FormatCase& c = GetParam();
  const LogLine line = ParseLogLine(c.line);
  ASSERT_EQ(line.kind, LineKind::kMessage) << c.line;
  EXPECT_EQ(line.pid, c.pid);
  EXPECT_EQ(line.uid, c.uid);
  EXPECT_EQ(line.tag, c.tag);
  EXPECT_EQ(line.message, "a: message");
  EXPECT_EQ(line.at.clock, c.clock);
}

INSTANTIATE_TEST_SUITE_P(
    All, Formats,
    ::testing::Values(
        FormatCase{"brief", "D/Tag     (  303): a: message", 303, "", "Tag", ClockKind::kNone},
        FormatCase{"briefuid", "D/Tag     ( 1000:  303): a: message", 303, "1000", "Tag",
                   ClockKind::kNone},
        FormatCase{"tag", "D/Tag     : a: message", -1, "", "Tag", ClockKind::kNone},
        FormatCase{"process", "D(  303) a: message  (Tag)", 303, "", "Tag", ClockKind::kNone},
        FormatCase{"thread", "D(  303:  310) a: message", 303, "", "", ClockKind::kNone},
        FormatCase{"time", "04-02 17:06:30.123 D/Tag     (  303): a: message", 303, "", "Tag",
                   ClockKind::kLogcat},
        FormatCase{"threadtime", "04-02 17:06:30.123   303   310 D Tag     : a: message", 303, "",
                   "Tag", ClockKind::kLogcat},
        FormatCase{"uid", "04-02 17:06:30.123  1000   303   310 D Tag     : a: message", 303,
                   "1000", "Tag", ClockKind::kLogcat},
        FormatCase{"uidname", "04-02 17:06:30.123 u0_a143   303   310 D Tag: a: message", 303,
                   "u0_a143", "Tag", ClockKind::kLogcat},
        FormatCase{"uidcolon", "04-02 17:06:30.123 10143:24942 24950 D Tag     : a: message", 24942,
                   "10143", "Tag", ClockKind::kLogcat},
        FormatCase{"year", "2024-04-02 17:06:30.123   303   310 D Tag     : a: message", 303, "",
                   "Tag", ClockKind::kWall},
        FormatCase{"usec", "04-02 17:06:30.123456   303   310 D Tag     : a: message", 303, "",
                   "Tag", ClockKind::kLogcat},
        FormatCase{"nsec", "04-02 17:06:30.123456789   303   310 D Tag     : a: message", 303, "",
                   "Tag", ClockKind::kLogcat},
        FormatCase{"epoch", "     1522688790.123   303   310 D Tag     : a: message", 303, "",
                   "Tag", ClockKind::kWall},
        FormatCase{"monotonic", "      173.123   303   310 D Tag     : a: message", 303, "", "Tag",
                   ClockKind::kBoot},
        FormatCase{"zone", "2024-04-02 17:06:30.123 +0200   303   310 D Tag     : a: message", 303,
                   "", "Tag", ClockKind::kWall},
        FormatCase{"colour",
                   "\x1b[38;5;75m04-02 17:06:30.123   303   310 D Tag     : a: message\x1b[0m", 303,
                   "", "Tag", ClockKind::kLogcat},
        FormatCase{"slashtag", "D/TP/Tag( 2672): a: message", 2672, "", "TP/Tag", ClockKind::kNone},
        FormatCase{"colontag", "04-02 17:06:30.123   303   310 D SSRM:a  : a: message", 303, "",
                   "SSRM:a", ClockKind::kLogcat},
        FormatCase{"notag", "04-02 17:06:30.123     0     0 I         : a: message", 0, "", "",
                   ClockKind::kLogcat},
        FormatCase{"kernel", "<6>[  164.253090] a: message", -1, "", "kernel", ClockKind::kBoot}),
    [](const auto& one) { return one.param.name; });

TEST(Formats, KeepTheFinestTime) {
  const auto us = [](std::string_view line) { return ParseLogLine(line).at.us % 1'000'000; };
  EXPECT_EQ(us("04-02 17:06:30.123   303   310 D T: m"), 123'000);
  EXPECT_EQ(us("04-02 17:06:30.123456   303   310 D T: m"), 123'456);
  EXPECT_EQ(us("04-02 17:06:30.123456789   303   310 D T: m"), 123'456);
  EXPECT_EQ(us("  173.000001   303   310 D T: m"), 1);
}

TEST(Formats, TheShapeAloneAgrees) {
  EXPECT_TRUE(IsPlainThreadtime("04-02 17:06:30.123   303   310 D Tag     : m"));
  EXPECT_TRUE(IsPlainThreadtime("04-02 17:06:30.123  1000   303   310 D Tag: m"));
  const std::string line = "04-02 17:06:30.123  1000   303   310 D Tag: m";
  for (std::size_t cut = 0; cut <= line.size(); ++cut)
    for (const char replaced : {' ', ':', '0', 'D'}) {
      std::string changed = line;
      if (cut < line.size()) changed[cut] = replaced;
      for (const std::string& text : {line.substr(0, cut), changed}) {
        if (!IsPlainThreadtime(text)) continue;
        if (text.starts_with("00-") || text.substr(3, 2) == "00") continue;
        EXPECT_EQ(ParseLogLine(text).kind, LineKind::kMessage) << text;
      }
    }
}

TEST(Formats, TheShapeIsTheSameHoweverLongTheLine) {
  // Short lines are looked at byte by byte, long ones many bytes at once.
  const std::string tail(60, 'x');
  for (const std::string_view start :
       {"04-02 17:06:30.123   303   310 D Tag: m", "04-02 17:06:30.123  1000   303   310 D T: m",
        "04-02 17:06:30.123  1000   303   310 2 D: T", "04-02 17:06:30.123 1 2D: m",
        "04-02 17:06:30.123 1234567890 2 D T: m", "04-02 17:06:30.123 root 2 3 D T: m"})
    for (std::size_t at = 0; at < start.size(); ++at)
      for (const char replaced : {' ', ':', '0', '9', '/', 'D', '\0', '\xb0'}) {
        std::string text(start);
        text[at] = replaced;
        EXPECT_EQ(IsPlainThreadtime(text), IsPlainThreadtime(text + tail)) << text;
        text.insert(18, 30, ' ');
        EXPECT_EQ(IsPlainThreadtime(text), IsPlainThreadtime(text + tail)) << text;
      }
}

TEST(Formats, OthersAreNotUnderstood) {
  for (const std::string_view line :
       {"hello", "04-02 17:06:30.123", "04-02 17:06:30.123   303", "D/", "D(", "D(x) y", "[ ]",
        "[ 04-02 17:06:30.123 ]", "<6>", "--------- ", "  at com.example.Main(Main.java:3)",
        "12345", "12345.678 word"})
    EXPECT_EQ(ParseLogLine(line).kind, LineKind::kNotUnderstood) << line;
  EXPECT_EQ(ParseLogLine("--------- beginning of main").kind, LineKind::kMark);
  EXPECT_EQ(ParseLogLine(" \r").kind, LineKind::kBlank);
}

TEST(Formats, LongHasItsMessageBelow) {
  const LogState state = Read(
      "--------- beginning of events\n"
      "[ 04-02 17:06:30.123  1000: 1010 I/am_kill ]\n"
      "[0,2617,com.xiaomi.hm.health,985,empty #17]\n\n"
      "[ 04-02 17:06:31.123  1000: 1010 E/BtGatt.ScanManager ]\n"
      "App 'com.example.scanner' is scanning too frequently\n\n");
  ASSERT_EQ(state.facts.size(), 2U);
  EXPECT_EQ(state.facts[0].kind, FactKind::kAppKilled);
  EXPECT_EQ(state.facts[0].package, "com.xiaomi.hm.health");
  EXPECT_EQ(state.facts[1].package, "com.example.scanner");
  EXPECT_EQ(state.lines, 2U);
  EXPECT_EQ(state.understood, 2U);
}

TEST(Bluetooth, TheLinkItselfAndTheBeginOfBonding) {
  const LogState state = Read(
      "--------- beginning of main\n"
      "04-02 17:07:10.000  1002  3000  3000 I BluetoothPhonePolicy: processDeviceConnected, "
      "device=C8:0F:10:01:02:03\n"
      "04-02 17:07:11.000  1002  3000  3010 I BluetoothBondStateMachine: bondStateChangeCallback: "
      "Status: 0 Address: C8:0F:10:01:02:03 newState: 1\n"
      "04-02 17:07:30.000  1002  3000  3010 D BluetoothRemoteDevices: aclStateChangeCallback: "
      "Adapter State: ON Connected: C8:0F:10:01:02:03 transportLinkType: 2\n"
      "04-02 17:08:00.000 10143  4000  4010 I MyFitness: processDeviceConnected, "
      "device=C8:0F:10:01:02:03\n");
  ASSERT_EQ(state.facts.size(), 3U);
  EXPECT_EQ(EventOf(state.facts[0]).kind, "link_up");
  EXPECT_EQ(EventOf(state.facts[1]).kind, "bonding");
  EXPECT_EQ(EventOf(state.facts[2]).kind, "link_up");
  // The link alone is no proof that an app could use it.
  EXPECT_FALSE(Has(FindingsOf(state), evidence::id::kConnectsOk));
}

// A log tells of hours; what went well in the first says little of the last.
TEST(Facts, DescriptiveEventsAndCleaners) {
  const LogState state = Read(
      "04-02 17:06:30.000  1000  1010 I am_kill : [User=0,PID=4000,Process "
      "Name=com.xiaomi.hm.health:push,OomAdj=985,Reason=one, two]\n"
      "04-02 17:06:40.000  1000  1010 D PowerKeeper.Frozen: kill com.xiaomi.hm.health by policy\n"
      "04-02 17:06:50.000  1000  1010 W ActivityManager: startForegroundService() not allowed due "
      "to mAllowStartForeground false: service com.xiaomi.hm.health/.Sync\n"
      "04-02 17:06:55.000  1000  1010 D SomethingElse: kill com.xiaomi.hm.health by policy\n");
  ASSERT_EQ(state.facts.size(), 3U);
  EXPECT_EQ(state.facts[0].package, "com.xiaomi.hm.health");
  EXPECT_EQ(state.facts[1].kind, FactKind::kAppKilled);
  EXPECT_EQ(state.facts[2].kind, FactKind::kForegroundServiceDenied);
}

TEST(Facts, GadgetbridgeFile) {
  const std::string_view log =
      "17:06:30.123 [main] INFO  n.f.g.s.btle.BtLEQueue - Attempting to connect to Mi Smart Band "
      "4\n"
      "17:07:00.123 [Binder:1] DEBUG n.f.g.s.btle.BtLEQueue - connection state change, newState: 0 "
      "(failed: 133)\n"
      "17:07:10.123 [Binder:1] DEBUG n.f.g.s.btle.BtLEQueue - connection state change, newState: "
      "2\n"
      "17:07:12.123 [Binder:1] INFO  n.f.g.s.d.h.o.InitOperation - Authentication failed, "
      "disconnecting\n";
  const LogState state = Read(log, "gadgetbridge-2024-03-01.log");
  ASSERT_EQ(state.facts.size(), 4U);
  EXPECT_EQ(state.facts[1].kind, FactKind::kConnectFailed);
  EXPECT_EQ(state.facts[1].code, 133);
  EXPECT_EQ(FormatInstant(state.facts[3].at).substr(0, 19), "2024-03-01 17:07:12");
  const evidence::Evidence out = FindingsOf(state);
  EXPECT_TRUE(Has(out, evidence::id::kAuthFailed));
  EXPECT_TRUE(Has(out, evidence::id::kGattStatus133));
  EXPECT_TRUE(Has(out, evidence::id::kConnectsOk));
  // Without a date no time is claimed.
  EXPECT_FALSE(Read(log, "gadgetbridge.log").facts[0].at.known());
}

TEST(Facts, GadgetbridgeFetches) {
  const LogState state = Read(
      "17:06:30.123 [main] INFO  n.f.g.A - fetch activity data has finished round 1, got 1440 "
      "bytes in buffer\n");
  EXPECT_TRUE(Has(FindingsOf(state), evidence::id::kSyncCompleted));
  EXPECT_TRUE(Read("04-02 17:06:30.000  1  1 D Other: x has finished round 1\n").facts.empty());
}

TEST(Facts, AnAppListensForTheBandsData) {
  const LogState state = Read(
      "04-02 17:06:30.000 10143  4711  4760 D BluetoothGatt: setCharacteristicNotification() - "
      "uuid: 00000005-0000-3512-2118-0009af100700 enable: true\n"
      "04-02 17:06:32.000 u10_a143  4711  4760 D BluetoothGatt: setCharacteristicNotification() - "
      "uuid: 00000005-0000-3512-2118-0009af100700 enable: false\n"
      "04-02 17:06:33.000 10143  4711  4760 D Other: "
      "00000005-0000-3512-2118-0009af100700 enable: true\n"
      "04-02 17:06:34.000 10143  4711  4760 D BluetoothGatt: setCharacteristicNotification() - "
      "uuid: 00000004-0000-3512-2118-0009af100700 enable: true\n");
  ASSERT_EQ(state.facts.size(), 2U);
  EXPECT_EQ(state.facts[0].kind, FactKind::kFetchOpened);
  EXPECT_EQ(state.facts[0].uid, 10143);
  EXPECT_EQ(state.facts[1].kind, FactKind::kFetchClosed);
  EXPECT_EQ(state.facts[1].uid, 1010143);
  // That it listens is not yet a sync.
  EXPECT_FALSE(Has(FindingsOf(state), evidence::id::kSyncCompleted));
}

TEST(Facts, APackageThatTheAppKeepsAskingForIsMissing) {
  const auto asks = [](int minute, char level, std::string_view package) {
    return fmt::format(
        "04-02 17:{:02}:00.000  4711  4760 {} nodomain.freeyourgadget.gadgetbridge.X: "
        "android.content.pm.PackageManager$NameNotFoundException: {}\n",
        minute, level, package);
  };
  const std::string twice = asks(1, 'E', "com.other") + asks(2, 'E', "com.google.android.gms");
  EXPECT_FALSE(Has(FindingsOf(Read(twice + asks(3, 'E', "com.google.android.gms"))),
                   evidence::id::kDependencyMissing));
  const evidence::Evidence out = FindingsOf(Read(twice + asks(3, 'E', "com.google.android.gms") +
                                                 asks(4, 'E', "com.google.android.gms")));
  ASSERT_TRUE(Has(out, evidence::id::kDependencyMissing));
  for (const evidence::Finding& finding : out.findings)
    if (finding.id == evidence::id::kDependencyMissing) {
      EXPECT_NE(finding.text.find("asking for com.google.android.gms "), std::string::npos);
    }
  std::string quiet;
  for (int minute = 1; minute < 9; ++minute) quiet += asks(minute, 'W', "com.google.android.gms");
  EXPECT_FALSE(Has(FindingsOf(Read(quiet)), evidence::id::kDependencyMissing));
}

TEST(Facts, DenialsOfScansOnly) {
  const LogState state = Read(
      "04-02 17:06:30.000  1002  1010 D BtGatt.GattService: Permission denial: Location is off.\n"
      "04-02 17:06:31.000  1002  1010 E BtGatt.GattService: Permission denial: Need "
      "ACCESS_FINE_LOCATION permission to get scan results\n"
      "04-02 17:06:32.000  1002  1010 E BluetoothMap: Permission denial: contacts\n"
      "04-02 17:06:40.000  4000  4010 D BluetoothLeScanner: onScannerRegistered() - status=2 "
      "scannerId=-1 mScannerId=0\n");
  ASSERT_EQ(state.facts.size(), 3U);
  EXPECT_EQ(state.facts[0].kind, FactKind::kLocationOff);
  EXPECT_EQ(state.facts[1].kind, FactKind::kScanDenied);
  EXPECT_EQ(state.facts[2].kind, FactKind::kScanFailed);
  EXPECT_EQ(state.facts[2].code, 2);
  const evidence::Evidence out = FindingsOf(state);
  EXPECT_TRUE(Has(out, evidence::id::kLocationOff));
  // Whose scan it was is not said.
  EXPECT_FALSE(Has(out, evidence::id::kScanSecurityException));
}

TEST(Facts, TombstoneOfBluetooth) {
  const LogState state = Read(
      "*** *** *** *** *** *** *** *** *** *** *** *** *** *** *** ***\n"
      "Build fingerprint: 'x'\n"
      "Timestamp: 2024-03-02 08:00:11.123456789+0100\n"
      "pid: 1009, tid: 1100, name: bt_main_thread  >>> com.google.android.bluetooth <<<\n");
  ASSERT_EQ(state.facts.size(), 1U);
  EXPECT_EQ(state.facts[0].kind, FactKind::kStackCrash);
  EXPECT_EQ(FormatInstant(state.facts[0].at).substr(0, 19), "2024-03-02 08:00:11");
}

TEST(Recognise, EachKind) {
  EXPECT_EQ(RecogniseLog(kBandLog), LogTextKind::kLogcat);
  EXPECT_EQ(RecogniseLog("[    0.000000] Booting Linux\n[    0.100000] more\n"),
            LogTextKind::kKernel);
  EXPECT_EQ(RecogniseLog("17:06:30.123 [main] INFO  n.f.g.A - x\n"), LogTextKind::kGadgetbridge);
  EXPECT_EQ(RecogniseLog("a letter\nto someone\n"), LogTextKind::kNothing);
  EXPECT_EQ(RecogniseLog(""), LogTextKind::kNothing);
}

TEST(Losses, LinesOfNoFormatAreCounted) {
  const LogState state = Read("04-02 17:06:30.000  1000  1010 D T: m\nstray one\nstray two\n");
  EXPECT_EQ(state.lines, 3U);
  EXPECT_EQ(state.understood, 1U);
  ASSERT_EQ(state.losses.size(), 1U);
  EXPECT_EQ(state.losses[0].count, 2U);
}

TEST(Truncation, AtEveryByte) {
  const std::string log = std::string(kBandLog) +
                          "[ 04-02 17:06:30.123  1000: 1010 I/am_kill ]\n"
                          "[0,2617,com.xiaomi.hm.health,985,empty #17]\n";
  for (std::size_t length = 0; length <= log.size(); ++length) {
    const std::string cut = log.substr(0, length);  // its own memory: reads past its end show
    const LogState state = Read(cut);
    EXPECT_LE(state.understood, state.lines);
    for (const LogFact& fact : state.facts) EXPECT_LE(fact.where.offset, cut.size());
    (void)FindingsOf(state);
    (void)RecogniseLog(cut);
  }
}

// A rule's words may stand in the tag: "Killing " was then sought in the message and cut at
// nothing.
TEST(LogReader, WordsOfARuleInTheTagAreNoKill) {
  const LogState state = Read(
      "04-02 17:08:00.001  1000  1010 I Killing 12:com.xiaomi.hm.health: y\n"
      "04-02 17:08:00.001  1000  1010 I Killing spree: y\n");
  EXPECT_TRUE(state.facts.empty());
}

}  // namespace
}  // namespace bk::android::log
