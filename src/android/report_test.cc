#include "android/report.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <string_view>

#include "android/bluetooth/bluetooth_dumps.h"
#include "android/log/plain_scan.h"
#include "android/log_shape.h"
#include "android/report_text.h"
#include "android/text_kind.h"
#include "evidence/finding_ids.h"

namespace bk::android {
namespace {

using testing::Flavour;
using testing::MakeReport;
using testing::ReportPlan;

struct Read {
  Recognised seen;
  PhoneState phone;
  evidence::Evidence evidence;
};

Read ReadText(std::string_view text, const evidence::BandId& band = {}) {
  static const auto compiler = testing::NoPatterns();
  static const auto apps = testing::CompanionApps();
  ReportReader reader(*compiler, apps);
  Read read;
  read.seen = reader.Add(AsBytes(text), "phone.zip", "bugreport-x.txt");
  read.phone = std::move(reader).Finish();
  read.evidence = FindingsFor(read.phone, band, apps);
  return read;
}

const evidence::Finding* Find(const evidence::Evidence& evidence, std::string_view id) {
  const auto found = std::ranges::find_if(
      evidence.findings, [&](const evidence::Finding& finding) { return finding.id == id; });
  return found == evidence.findings.end() ? nullptr : &*found;
}

bool Says(const evidence::Evidence& evidence, std::string_view id, bool value) {
  const evidence::Finding* finding = Find(evidence, id);
  return finding != nullptr && finding->value == evidence::FindingValue(value);
}

std::string_view LineOf(std::string_view text, std::uint64_t line) {
  while (--line > 0) text.remove_prefix(text.find('\n') + 1);
  return text.substr(0, text.find('\n'));
}

class EveryReport : public ::testing::TestWithParam<std::tuple<int, Flavour>> {
 protected:
  ReportPlan Plan() const {
    return {.android = std::get<0>(GetParam()), .flavour = std::get<1>(GetParam())};
  }
};

TEST_P(EveryReport, IsReadWhole) {
  const ReportPlan plan = Plan();
  const std::string text = MakeReport(plan);
  const Read read = ReadText(text);
  EXPECT_EQ(read.seen.kind, TextKind::kBugReport);
  ASSERT_TRUE(read.phone.header);
  EXPECT_TRUE(read.phone.header->complete);
  EXPECT_TRUE(read.phone.header->time.known());
  EXPECT_GT(read.phone.header->services, 60U);
  EXPECT_EQ(read.phone.phone.model, testing::ModelOf(plan.flavour));
  EXPECT_EQ(read.phone.phone.sdk, testing::SdkOf(plan.android));
  EXPECT_EQ(read.phone.bluetooth.dumps, 1U);
  EXPECT_EQ(read.phone.bluetooth.has_service, true);
  EXPECT_TRUE(read.phone.packages.whole_list);
  EXPECT_NE(read.phone.packages.Find("com.xiaomi.hm.health"), nullptr);
  EXPECT_TRUE(Says(read.evidence, evidence::id::kBluetoothOff, false));
  EXPECT_EQ(read.phone.snooz.size(), plan.android >= 8 && plan.android <= 11 ? 1U : 0U);
  for (const evidence::Loss& loss : read.evidence.losses)
    ADD_FAILURE() << loss.where.member << ": " << loss.text;
}

TEST_P(EveryReport, PlacesAreLinesOfTheText) {
  const std::string text = MakeReport(Plan());
  const Read read = ReadText(text);
  ASSERT_FALSE(read.evidence.findings.empty());
  for (const evidence::Finding& finding : read.evidence.findings) {
    EXPECT_GT(finding.where.line, 1U) << finding.id;
    EXPECT_EQ(finding.where.file, "phone.zip");
    EXPECT_TRUE(finding.where.member.starts_with("bugreport-x.txt"));
  }
  const evidence::Finding* on = Find(read.evidence, evidence::id::kBluetoothOff);
  ASSERT_NE(on, nullptr);
  EXPECT_EQ(on->where.member, "bugreport-x.txt » bluetooth_manager");
  EXPECT_NE(LineOf(text, on->where.line).find("state: "), std::string_view::npos)
      << LineOf(text, on->where.line);
}

TEST_P(EveryReport, EveryCutIsCountedAndNothingIsMadeUp) {
  ReportPlan plan = Plan();
  plan.log_bytes = 2000;
  plan.filler_bytes = 500;
  plan.other_packages = 3;
  const std::string text = MakeReport(plan);
  const Read whole = ReadText(text);
  for (std::size_t cut = 1; cut < text.size(); cut += 1 + text.size() / 120) {
    const Read read = ReadText(std::string_view(text).substr(0, cut));
    // What a cut report says, the whole one says too; a missing part proves no absence.
    for (const evidence::Finding& finding : read.evidence.findings) {
      // Which companion is in use is told by later services, and of the other one nothing is said.
      if (plan.flavour == Flavour::kXiaomi && finding.id == evidence::id::kAppRestricted) continue;
      const evidence::Finding* same = Find(whole.evidence, finding.id);
      EXPECT_TRUE(same != nullptr) << "cut at " << cut << ": " << finding.id << " " << finding.text;
    }
    EXPECT_NE(read.phone.bluetooth.has_service, false) << cut;
    if (read.seen.kind == TextKind::kBugReport && read.phone.header->services > 0 &&
        !read.phone.header->complete) {
      EXPECT_FALSE(read.evidence.losses.empty()) << cut;
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Versions, EveryReport,
                         ::testing::Combine(::testing::Range(7, 16),
                                            ::testing::Values(Flavour::kPlain, Flavour::kSamsung,
                                                              Flavour::kXiaomi)));

TEST(Report, WholeReportWithoutABluetoothServiceHasNone) {
  const std::string text = MakeReport({.android = 9, .bluetooth = false});
  const Read read = ReadText(text);
  EXPECT_EQ(read.phone.bluetooth.has_service, false);
  EXPECT_TRUE(Says(read.evidence, evidence::id::kNoBluetooth, true));
}

TEST(Report, CutReportWithoutABluetoothServiceProvesNothing) {
  const std::string text = MakeReport({.android = 9, .bluetooth = false, .done = false});
  EXPECT_FALSE(ReadText(text).phone.bluetooth.has_service.has_value());
}

TEST(Report, Utf16WithCrlfIsTheSameReport) {
  const std::string text = MakeReport({.android = 11});
  std::string wide = "\xff\xfe";
  for (const char c : text) {
    if (static_cast<unsigned char>(c) >= 0x80) continue;  // keeps the test simple
    if (c == '\n') wide += std::string_view("\r\0", 2);
    wide += c;
    wide += '\0';
  }
  const Read read = ReadText(wide);
  EXPECT_EQ(read.seen.kind, TextKind::kBugReport);
  EXPECT_EQ(read.phone.bluetooth.dumps, 1U);
  EXPECT_TRUE(Says(read.evidence, evidence::id::kBluetoothOff, false));
}

TEST(Report, BandIsSeenOnceWithItsName) {
  const Read read = ReadText(MakeReport({.android = 13}));
  const auto named = std::ranges::count_if(
      read.phone.bands, [](const evidence::BandSeen& b) { return b.name == testing::kBandName; });
  EXPECT_EQ(named, 1);
}

TEST(Report, BareDumpIsAnOutput) {
  const Read read = ReadText(testing::kDumpAndroid10);
  EXPECT_EQ(read.seen.kind, TextKind::kOutput);
  EXPECT_EQ(read.seen.name, "bluetooth_manager");
  EXPECT_EQ(read.phone.bluetooth.dumps, 1U);
  EXPECT_TRUE(Says(read.evidence, evidence::id::kBluetoothOff, false));
}

TEST(Report, OutputsInOneFile) {
  const std::string text = "Current Battery Service state:\n  level: 5\n  scale: 100\n" +
                           std::string(testing::kDumpAndroid7);
  const Read read = ReadText(text);
  EXPECT_EQ(read.seen.kind, TextKind::kDumpsys);
  EXPECT_EQ(read.phone.bluetooth.dumps, 1U);
  EXPECT_TRUE(read.phone.system.battery.level);
}

// A Pixel's board text has a whole getprop among the vendor's own commands.
TEST(Report, BoardWithAnOutputInsideIsStillTheBoard) {
  std::string text;
  for (const std::string_view command : {"dump_aoc", "dump_modem", "dump_power", "dump_umfw"})
    text += fmt::format("------ {0} (/vendor/bin/dump/{0}) ------\nstatus: 1\n\n", command);
  text +=
      "[ro.build.version.release]: [16]\n[ro.build.version.sdk]: [36]\n"
      "[ro.product.manufacturer]: [Google]\n";
  const Read read = ReadText(text);
  EXPECT_EQ(read.seen.kind, TextKind::kBoard) << read.seen.sentence;
  EXPECT_EQ(read.phone.phone.sdk, 36);
}

TEST(Report, NothingIsNothing) {
  for (const std::string_view text :
       {std::string_view(), std::string_view("\n\n"), std::string_view("Dear support,\nhelp me\n"),
        std::string_view("\x7f"
                         "ELF\x02\x01\x01\0\0\0\x01\x02\x03\x04\x05\x06",
                         16)}) {
    const Read read = ReadText(text);
    EXPECT_EQ(read.seen.kind, TextKind::kNothing);
    EXPECT_FALSE(read.seen.useful());
    EXPECT_TRUE(read.evidence.findings.empty());
    EXPECT_TRUE(read.evidence.losses.empty());
    EXPECT_FALSE(read.evidence.phone);
    EXPECT_TRUE(read.phone.texts.empty());
  }
}

// The settings of an emulator have "bluetooth_on=1" although it has no radio.
TEST(Report, TheSwitchOfAMissingRadioIsNotOn) {
  const Read read = ReadText(MakeReport({.android = 9, .bluetooth = false}));
  EXPECT_TRUE(Says(read.evidence, evidence::id::kNoBluetooth, true));
  EXPECT_EQ(Find(read.evidence, evidence::id::kBluetoothOff), nullptr);
}

// The parts told their events one after the other: the timeline went back and forth.
TEST(Report, EventsAreInTheOrderOfTime) {
  const Read read = ReadText(MakeReport({.android = 15}));
  ASSERT_GT(read.evidence.events.size(), 2U);
  EXPECT_TRUE(std::ranges::is_sorted(read.evidence.events, [](const auto& a, const auto& b) {
    return std::pair(a.at.clock, a.at.us) < std::pair(b.at.clock, b.at.us);
  }));
}

TEST(Report, LivePhone) {
  const auto compiler = testing::NoPatterns();
  const auto apps = testing::CompanionApps();
  ReportReader reader(*compiler, apps);
  EXPECT_EQ(reader.AddOutput("dumpsys bluetooth_manager", AsBytes(testing::kDumpOff), "phone").kind,
            TextKind::kOutput);
  reader.AddOutput("adb shell getprop",
                   AsBytes("[ro.product.model]: [Invented]\n[ro.build.version.sdk]: [28]\n"),
                   "phone");
  reader.AddOutput("settings list global", AsBytes("airplane_mode_on=1\nauto_time=1\n"), "phone");
  reader.AddOutput("/system/bin/dumpsys -t 10 battery",
                   AsBytes("Current Battery Service state:\n  level: 80\n  scale: 100\n"), "phone");
  reader.AddOutput("dumpsys package com.xiaomi.hm.health",
                   AsBytes("Permission Denial: can't dump package from pid=1\n"), "phone");
  const PhoneState phone = std::move(reader).Finish();
  EXPECT_EQ(phone.phone.model, "Invented");
  EXPECT_EQ(phone.phone.sdk, 28);
  EXPECT_EQ(phone.system.switches.airplane_mode->value, true);
  EXPECT_EQ(phone.system.battery.level->value, 80);
  ASSERT_EQ(phone.losses.size(), 1U);
  EXPECT_EQ(phone.losses[0].kind, evidence::LossKind::kRefused);
  const evidence::Evidence seen = FindingsFor(phone, {}, apps);
  const evidence::Finding* off = Find(seen, evidence::id::kBluetoothOff);
  ASSERT_NE(off, nullptr);
  EXPECT_EQ(off->source, evidence::SourceKind::kPhone);
  EXPECT_EQ(off->where.member, "dumpsys bluetooth_manager");
  EXPECT_EQ(off->where.line, 3U);
}

TEST(Report, LivePhoneWithoutBluetooth) {
  const auto compiler = testing::NoPatterns();
  ReportReader reader(*compiler, {});
  reader.AddOutput("dumpsys bluetooth_manager", AsBytes("Can't find service: bluetooth_manager\n"),
                   "phone");
  EXPECT_EQ(std::move(reader).Finish().bluetooth.has_service, false);
}

// A live phone is asked for single packages, whose dumps do not list the hardware.
TEST(Report, LivePhoneTellsItsFeatures) {
  const auto compiler = testing::NoPatterns();
  const auto apps = testing::CompanionApps();
  const auto told = [&](const std::string& features, const std::string& cut) -> std::string {
    ReportReader reader(*compiler, apps);
    reader.AddOutput("pm list features", AsBytes(features), "phone", cut);
    const PhoneState phone = std::move(reader).Finish();
    const evidence::Evidence seen = FindingsFor(phone, {}, apps);
    const evidence::Finding* none = Find(seen, evidence::id::kNoBluetooth);
    if (none == nullptr) return "nothing";
    return none->value == evidence::FindingValue(true) ? "none" : "there";
  };
  std::string many;
  for (int i = 0; i < 12; ++i)
    many += "feature:android.hardware.invented" + std::to_string(i) + "\n";
  EXPECT_EQ(told(many, ""), "none");
  EXPECT_EQ(told(many, "the phone took too long"), "nothing");
  EXPECT_EQ(told("feature:android.hardware.wifi\n", ""), "nothing");
  EXPECT_EQ(told(many + "feature:android.hardware.bluetooth\n", ""), "none");
  EXPECT_EQ(told(many + "feature:android.hardware.bluetooth\r\nfeature:android.hardware."
                        "bluetooth_le\r\n",
                 ""),
            "there");
  EXPECT_EQ(told("feature:android.hardware.bluetooth_le\n", "cut"), "there");
}

TEST(Report, LogsAreRead) {
  const log::testing::PlainCompiler compiler;
  const auto apps = testing::CompanionApps();
  ReportReader reader(compiler, apps);
  const std::string text =
      "--------- beginning of main\n"
      "03-02 07:40:00.123  1348  1381 D BluetoothGatt: onClientConnectionState() - status=133 "
      "clientIf=6 device=C8:0F:10:01:02:03\n"
      "03-02 07:40:01.123  1348  1381 I Other: nothing\n";
  EXPECT_EQ(reader.Add(AsBytes(text), "logcat.txt").kind, TextKind::kLogcat);
  const PhoneState phone = std::move(reader).Finish();
  EXPECT_EQ(phone.log.lines, 2U);
  evidence::BandId band;
  band.address = ParseAddress(testing::kBandAddress);
  const evidence::Evidence seen = FindingsFor(phone, band, apps);
  const evidence::Finding* status = Find(seen, evidence::id::kGattStatus133);
  ASSERT_NE(status, nullptr);
  EXPECT_EQ(status->source, evidence::SourceKind::kLog);
  EXPECT_EQ(status->where.line, 2U);
}

TEST(Report, SameFindingOfTwoReportsIsKeptOnce) {
  const auto compiler = testing::NoPatterns();
  const auto apps = testing::CompanionApps();
  const std::string text = MakeReport({.android = 12});
  ReportReader reader(*compiler, apps);
  reader.Add(AsBytes(text), "a.zip", "bugreport-a.txt");
  reader.Add(AsBytes(text), "b.zip", "bugreport-b.txt");
  const PhoneState phone = std::move(reader).Finish();
  const evidence::Evidence seen = FindingsFor(phone, {}, apps);
  EXPECT_EQ(std::ranges::count_if(seen.findings,
                                  [](const evidence::Finding& finding) {
                                    return finding.id == evidence::id::kBluetoothOff;
                                  }),
            1);
}

TEST(TextKind, Shapes) {
  EXPECT_TRUE(IsLogcatLine("03-02 07:40:00.123  1348  1381 D ActivityManager: hello"));
  EXPECT_TRUE(IsLogcatLine("03-02 07:40:00.123  1000  1348  1381 D ActivityManager: hello"));
  EXPECT_TRUE(IsLogcatLine("03-02 07:40:00.123 root  1348  1381 D ActivityManager: hello"));
  EXPECT_TRUE(IsLogcatLine("2024-03-02 07:40:00.123  1348  1381 D ActivityManager: hello"));
  EXPECT_TRUE(IsLogcatLine("2024-03-02 07:40:00.123 +0100  1348  1381 D Tag: hello"));
  EXPECT_TRUE(IsLogcatLine("03-02 07:40:00.123 D/Tag( 12): hello"));
  EXPECT_TRUE(IsLogcatLine("D/Tag( 12): hello"));
  EXPECT_TRUE(IsLogcatLine("D/Tag: hello"));
  EXPECT_TRUE(IsLogcatLine("1709364000.123  1348  1381 D Tag: hello"));
  EXPECT_TRUE(IsLogcatLine("[ 03-02 07:40:00.123  1348: 1381 D/Tag ]"));
  EXPECT_FALSE(IsLogcatLine("2024-03-02 07:40:00 it rained"));
  EXPECT_FALSE(IsLogcatLine("Dear support"));

  EXPECT_EQ(KindByShape("10:00:00.123 [main] DEBUG n.f.g.X - a\n"
                        "10:00:00.124 [pool-1 thread] INFO  n.f.g.X - b\n"
                        "10:00:00.125 [main] WARN  n.f.g.X - c\n"),
            TextKind::kGadgetbridgeLog);
  EXPECT_EQ(KindByShape("<6>[    0.000000] Booting\n<6>[    0.100000] CPU\n[    1.200000] x\n"),
            TextKind::kKernelLog);
  EXPECT_EQ(KindByShape("*** *** *** *** *** *** *** ***\nBuild fingerprint: 'x'\n"
                        "pid: 1, tid: 2, name: bt  >>> com.android.bluetooth <<<\n"),
            TextKind::kTombstone);
  EXPECT_EQ(KindByShape("Setting progress: 1/2\nDuration of 'UPTIME': 0.01s\n"),
            TextKind::kProgressLog);
  EXPECT_EQ(KindByShape("once upon a time\n"), TextKind::kNothing);
  EXPECT_EQ(AndroidOfFingerprint("a/b/c:8.1.0/D/e:user/release-keys"), "8.1.0");
  EXPECT_EQ(AndroidOfFingerprint("unknown"), "");
}

}  // namespace
}  // namespace bk::android
