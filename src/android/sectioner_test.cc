#include "android/sectioner.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

namespace bk::android {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

const std::string kRule(79, '-');
const std::string kBar(56, '=');

std::string Service(std::string_view name, std::string_view body, bool end = true) {
  std::string out = kRule + "\nDUMP OF SERVICE " + std::string(name) + ":\n" + std::string(body);
  if (end) {
    const std::size_t space = name.rfind(' ');
    out += "--------- 0.009s was the duration of dumpsys " +
           std::string(name.substr(space == std::string_view::npos ? 0 : space + 1)) +
           ", ending at: 2024-03-02 15:31:49\n";
  }
  return out;
}

std::string Header() {
  return kBar + "\n== dumpstate: 2024-03-02 15:30:07\n" + kBar +
         "\n\nBuild: X 14\nBuild fingerprint: 'maker/prod/dev:14/ID/1:user/release-keys'\n\n";
}
std::string Done() { return kBar + "\n== dumpstate: done (id 2)\n" + kBar + "\n"; }

struct Fixture {
  explicit Fixture(std::string t) : text(std::move(t)) {
    origin.text = text;
    origin.file = "r.txt";
    split = SplitSections(origin);
  }
  std::vector<std::string> Names() const {
    std::vector<std::string> names;
    for (const Section& section : split.sections) names.push_back(section.name);
    return names;
  }
  const Section& Get(std::string_view name) const {
    for (const Section& section : split.sections)
      if (section.name == name) return section;
    ADD_FAILURE() << "no section " << name;
    return split.sections.front();
  }
  std::string text;
  TextOrigin origin;
  SplitText split;
};

TEST(Sectioner, SplitsAReport) {
  const Fixture f(Header() + "------ UPTIME (uptime) ------\nup 1 day\n" +
                  "------ 0.014s was the duration of 'UPTIME' ------\n" +
                  "------ SYSTEM LOG (logcat -v threadtime -d *:v) ------\n" +
                  "--------- beginning of main\n03-02 15:30:01.000  1  2 D tag: x\n" +
                  "------ 0.5s was the duration of 'SYSTEM LOG' ------\n" +
                  "------ DUMPSYS (/system/bin/dumpsys) ------\n" +
                  Service("CRITICAL activity", "A\n") + Service("battery", "  level: 5\n") +
                  "------ 3.1s was the duration of 'DUMPSYS' ------\n" + Done());
  EXPECT_THAT(f.Names(), ElementsAre("", "UPTIME", "SYSTEM LOG", "DUMPSYS", "activity", "battery"));
  EXPECT_EQ(f.Get("battery").body, "  level: 5\n");
  EXPECT_EQ(f.Get("UPTIME").command, "uptime");
  EXPECT_EQ(f.Get("UPTIME").body, "up 1 day\n");
  EXPECT_EQ(f.Get("SYSTEM LOG").kind, Section::Kind::kLog);
  EXPECT_THAT(std::string(f.Get("SYSTEM LOG").body), HasSubstr("beginning of main"));
  EXPECT_EQ(f.split.fingerprint, "maker/prod/dev:14/ID/1:user/release-keys");
  EXPECT_TRUE(f.split.complete);
  EXPECT_FALSE(f.split.ends_early);
  EXPECT_TRUE(f.split.losses.empty());
  EXPECT_EQ(FormatInstant(f.split.time), "2024-03-02 15:30:07.000000");
  for (const Section& section : f.split.sections) EXPECT_EQ(section.cut, "") << section.name;
}

TEST(Sectioner, AReportThatEndsEarlyNamesWhatIsMissing) {
  const Fixture f(Header() + "------ DUMPSYS (/system/bin/dumpsys) ------\n" +
                  Service("activity", "A\n") + Service("appops", "B\n", false));
  EXPECT_TRUE(f.split.ends_early);
  EXPECT_EQ(f.Get("appops").cut, "the text ends in the middle of it");
  ASSERT_EQ(f.split.losses.size(), 2U);
  EXPECT_THAT(f.split.losses[1].text, HasSubstr("bluetooth_manager"));
  EXPECT_THAT(f.split.losses[1].text, ::testing::Not(HasSubstr("appops")));
}

TEST(Sectioner, TimeOutsCutTheirService) {
  const Fixture f(
      Header() +
      Service("power", "half\n*** SERVICE 'power' DUMP TIMEOUT (10000ms) EXPIRED ***\n") +
      Service("usagestats",
              "half\n*** command '/system/bin/dumpsys' timed out after 60.001s (killing pid 7)\n",
              false) +
      "------ 60s was the duration of 'DUMPSYS' ------\n" + Done());
  EXPECT_EQ(f.Get("power").cut, "timed out after 10000ms");
  EXPECT_EQ(f.Get("usagestats").cut, "timed out after 60.001s");
  EXPECT_EQ(f.split.losses.size(), 2U);
}

TEST(Sectioner, AnEndLineGluedToTheOutputIsFound) {
  const Fixture f(
      Header() + kRule +
      "\nDUMP OF SERVICE tare:\nTODO--------- 0.001s was the duration of dumpsys tare\n" +
      Service("power", "x\n") + Done());
  EXPECT_EQ(f.Get("tare").body, "TODO");
  EXPECT_EQ(f.Get("tare").cut, "");
}

TEST(Sectioner, LinesBetweenDashesInsideADumpStayInIt) {
  const Fixture f(Service("wifi", "------ Interface wlan0 ------\nx\n------ a (b) ------\n") +
                  Service("power", "y\n"));
  EXPECT_THAT(f.Names(), ElementsAre("wifi", "power"));
}

TEST(Sectioner, OldReportsHaveNoEndLines) {
  const Fixture f(
      kBar + "\n== dumpstate: 1980-01-06 04:10:57\n" + kBar + "\n\nBuild: old\n\n" +
      "------ SYSTEM LOG (logcat -v time -d *:v) ------\n01-06 04:10:57.000 D/x( 1): y\n[logcat: "
      "0.2s elapsed]\n\n" +
      "------ DUMPSYS (dumpsys) ------\nCurrently running services:\n  battery\n  power\n" +
      Service("battery", "level\n", false) + Service("power", "p\n", false));
  EXPECT_EQ(f.split.services, 2U);
  EXPECT_FALSE(f.split.ends_early);
  EXPECT_TRUE(f.split.losses.empty());
  EXPECT_THAT(f.split.running, ElementsAre("battery", "power"));
  EXPECT_EQ(f.Get("battery").cut, "");
}

TEST(Sectioner, APlainDumpsysMissesWhatItPromised) {
  const Fixture f("Currently running services:\n  battery\n  power\n" + Service("battery", "x\n"));
  ASSERT_EQ(f.split.losses.size(), 1U);
  EXPECT_THAT(f.split.losses[0].text, HasSubstr("power"));
}

TEST(Sectioner, RefusalIsALoss) {
  const Fixture f(Service("power", "Permission Denial: can't dump power from pid=1, uid=2\n"));
  ASSERT_EQ(f.split.losses.size(), 1U);
  EXPECT_EQ(f.split.losses[0].kind, evidence::LossKind::kRefused);
}

TEST(Sectioner, FindsTheSnoozBlockWholeOrCut) {
  const std::string begin = "--- BEGIN:BTSNOOP_LOG_SUMMARY (6319 bytes in) ---\nAqfw\nzzz\n";
  const Fixture whole(Service("bluetooth_manager", begin + "--- END:BTSNOOP_LOG_SUMMARY ---\n"));
  ASSERT_EQ(whole.split.snooz.size(), 1U);
  EXPECT_EQ(whole.split.snooz[0].base64, "Aqfw\nzzz\n");
  EXPECT_TRUE(whole.split.snooz[0].whole);
  const Fixture cut(Service("bluetooth_manager", begin, false));
  ASSERT_EQ(cut.split.snooz.size(), 1U);
  EXPECT_FALSE(cut.split.snooz[0].whole);
}

TEST(Sectioner, TextBeforeTheFirstMarkIsKept) {
  const Fixture f("some random text here\n\n" + Service("power", "x\n"));
  EXPECT_EQ(f.split.unmarked, "some random text here\n\n");
}

TEST(Sectioner, EveryTruncationKeepsItsBodiesInside) {
  const std::string text = Header() + "------ UPTIME (uptime) ------\nup\n" +
                           Service("HIGH power", "x\n") +
                           "--- BEGIN:BTSNOOP_LOG_SUMMARY (6 bytes in) ---\nA\n*** SERVICE 'x' "
                           "DUMP TIMEOUT (1ms) EXPIRED ***\n" +
                           Done();
  for (std::size_t n = 0; n <= text.size(); ++n) {
    const Fixture f(text.substr(0, n));
    const char* last = f.text.data();
    for (const Section& section : f.split.sections) {
      EXPECT_GE(section.body.data(), last);
      EXPECT_LE(section.body.data() + section.body.size(), f.text.data() + f.text.size());
      last = section.body.data();
    }
  }
}

// A damaged archive had glued a page of the report to the reason, and the loss printed it.
TEST(Sectioner, WhatIsGluedToAFailureIsNotItsReason) {
  const std::string text =
      "========================================================\n"
      "== dumpstate: 2024-03-04 17:06:30\n"
      "========================================================\n"
      "------ RADIO LOG (logcat -b radio) ------\n"
      "*** command 'logcat -b radio' failed: exit code 1 ------ 0.03 owner@example.org ------\n"
      "------ 0.003s was the duration of 'RADIO LOG' ------\n";
  const Fixture report(text);
  bool seen = false;
  for (const Section& section : report.split.sections) {
    EXPECT_EQ(section.cut.find("example"), std::string::npos);
    seen = seen || section.cut == "failed: exit code 1";
  }
  EXPECT_TRUE(seen);
}

std::vector<std::string> Outputs(const std::string& text) {
  TextOrigin origin;
  origin.text = text;
  std::vector<std::string> names;
  for (const Section& section : SplitByContent(origin, text)) names.push_back(section.name);
  return names;
}

TEST(SingleOutput, IsToldByItsFirstLines) {
  EXPECT_THAT(Outputs("Bluetooth Status\n  enabled: true\n"), ElementsAre("bluetooth_manager"));
  EXPECT_THAT(Outputs("[ro.build.version.sdk]: [29]\n[a]: []\n"), ElementsAre("SYSTEM PROPERTIES"));
  EXPECT_THAT(Outputs("package:com.a\npackage:/data/app/x.apk=com.b\n"),
              ElementsAre("pm list packages"));
  EXPECT_THAT(Outputs("adb_enabled=1\nbluetooth_on=0\n"), ElementsAre("settings list global"));
  EXPECT_THAT(Outputs("a=1\nlocation_mode=3\n"), ElementsAre("settings list secure"));
  EXPECT_THAT(Outputs("Can't find service: bluetooth_manager\n"), ElementsAre("bluetooth_manager"));
  EXPECT_THAT(Outputs("  Settings:\n    light_after_inactive_to=+4m\n"), ElementsAre("deviceidle"));
}

TEST(SingleOutput, PastedBehindAWordIsFound) {
  EXPECT_THAT(Outputs("1. it is android 13\n2. Output: Bluetooth Status\n  enabled: true\n"),
              ElementsAre("bluetooth_manager"));
  EXPECT_THAT(Outputs("```Bluetooth Status\n  enabled: true\n"), ElementsAre("bluetooth_manager"));
  // A sentence that ends so is no heading.
  EXPECT_THAT(Outputs("I looked at Bluetooth Status\nand it is fine\n"), testing::IsEmpty());
  EXPECT_THAT(Outputs("MyBluetooth Status\n  enabled: true\n"), testing::IsEmpty());
}

TEST(SingleOutput, SeveralInOneFileAreSplit) {
  EXPECT_THAT(
      Outputs("Bluetooth Status\n  enabled: true\nCurrent Battery Service state:\n  level: 5\n"
              "POWER MANAGER (dumpsys power)\n\nPower Manager State:\n"),
      ElementsAre("bluetooth_manager", "battery", "power"));
}

TEST(SingleOutput, NotesAreNotOutputs) {
  EXPECT_TRUE(
      Outputs("dumpsys activity activities\nadb shell dumpsys bluetooth_manager\n").empty());
  EXPECT_TRUE(Outputs("x = 1\nname=value\nother=value\n").empty());
  EXPECT_TRUE(Outputs("").empty());
}

// A script's text of two Bluetooth dumps, a log and properties was read as one dump.
TEST(SingleOutput, WhatAScriptWroteBetweenOutputsIsPassedOver) {
  const std::string rule = "====================\n";
  const std::string log =
      "08-19 14:52:01.123  1234  1250 D Tag: one\n08-19 14:52:02.123  1234  1250 D Tag: two\n"
      "08-19 14:52:03.123  1234  1250 D Tag: three\n";
  EXPECT_THAT(
      Outputs(rule + "12 BLUETOOTH\n" + rule + "Bluetooth Status\n  enabled: true\n" + rule +
              "21 LIVE\n" + rule + "Bluetooth Status\n  enabled: false\n" + rule + "26 LOG\n" +
              rule + log + rule + "[ro.a]: [1]\n[ro.b]: [2]\n[ro.c]: [3]\n" + rule + "END\n"),
      ElementsAre("bluetooth_manager", "bluetooth_manager", "", "SYSTEM PROPERTIES"));
  // Times within a dump are no log.
  EXPECT_THAT(Outputs("Bluetooth Status\n  enabled: true\n"
                      "05-08 17:01:51:275 abandonAudioFocus() from uid/pid 10132/1723\n"
                      "05-08 17:01:52:275 abandonAudioFocus() from uid/pid 10132/1723\n"
                      "05-08 17:01:53:275 abandonAudioFocus() from uid/pid 10132/1723\n"),
              ElementsAre("bluetooth_manager"));
}

}  // namespace
}  // namespace bk::android
