#include "app/repair/goal_watch.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "ports/literal_scan.h"
#include "repair/fake_phone_testing.h"
#include "troubleshoot/knowledge/embedded_knowledge.h"

namespace bk::app {
namespace {

using repair::FakePhone;
using testing::Contains;
using testing::HasSubstr;
using By = GoalSeen::By;

constexpr int kUid = 10143;

std::string Listens(std::string_view time, bool on, std::string_view uid = "10143") {
  return std::string("03-02 ") + std::string(time) + " " + std::string(uid) +
         "  4711  4760 D BluetoothGatt: setCharacteristicNotification() - uuid: "
         "00000005-0000-3512-2118-0009af100700 enable: " +
         (on ? "true" : "false") + "\n";
}

class GoalWatchTest : public testing::Test {
 protected:
  GoalWatchTest() {
    phone_.says["date"] = "03-02 08:00:00\n";
    Link(true);
  }
  void Link(bool up, std::string_view since = "03-02 07:59:00 - 60000ms : ") {
    phone_.says["dumpsys bluetooth_manager"] =
        "Bluetooth Status\n  enabled: true\n  state: ON\n\nGATT Client Map\n  Entries: 1\n\n"
        "  com.xiaomi.hm.health (Registered)\n"
        "  LE scans (started/stopped)                                  : 0 / 0\n"
        "  Total number of results                                     : 0\n"
        "  Application ID                     : 5\n"
        "  UUID                               : 00000000-0000-0000-0000-000000000005\n" +
        (up ? "  Connections: 1\n    " + std::string(since) + "C8:0F:10:01:02:03 (5)\n\n"
            : std::string("  Connections: 0\n\n"));
  }
  GoalWatch Watch(int uid = kUid) {
    return {phone_,
            *patterns_,
            troubleshoot::EmbeddedKnowledge().apps,
            {.companion = FakePhone::kApp, .title = "Zepp Life", .companion_uid = uid}};
  }
  GoalSeen Look(std::string log, int uid = kUid) {
    phone_.says["logcat"] = std::move(log);
    GoalWatch watch = Watch(uid);
    EXPECT_TRUE(watch.Begin());
    return watch.Look();
  }

  FakePhone phone_{34, "Google"};
  std::unique_ptr<ports::PatternCompiler> patterns_ = ports::MakePortablePatternCompiler();
};

TEST_F(GoalWatchTest, ARoundOfFetchingByTheMakersAppIsASync) {
  const GoalSeen seen = Look(Listens("08:00:05.000", true) + Listens("08:00:06.300", false));
  EXPECT_TRUE(seen.proved());
  EXPECT_EQ(seen.synced_by, By::kTraffic);
  EXPECT_EQ(seen.link_text, "Zepp Life holds a connection to the band.");
  EXPECT_THAT(seen.sync_text, HasSubstr("08:00:06"));
}

// As a capture of the maker's app shows it: one kind of data after the other, and the last round's
// end is only written down with the next sync.
TEST_F(GoalWatchTest, ALongRoundCountsWhenTheNextBeginsAtOnce) {
  const std::string slow = Listens("08:00:05.000", true) + Listens("08:00:45.000", false);
  EXPECT_FALSE(Look(slow).synced());
  EXPECT_TRUE(Look(slow + Listens("08:00:45.500", true)).synced());
  EXPECT_FALSE(Look(slow + Listens("08:00:55.000", true)).synced());
}

TEST_F(GoalWatchTest, WhatIsHalfOverOrGivenUpIsNone) {
  EXPECT_FALSE(Look(Listens("08:00:05.000", true)).synced());
  EXPECT_FALSE(Look(Listens("08:00:05.000", false)).synced());
  // Its beginning was before the watch.
  EXPECT_FALSE(Look(Listens("08:00:05.000", false) + Listens("08:00:05.500", true)).synced());
  EXPECT_FALSE(Look(Listens("08:00:05.000", true) + Listens("08:00:15.000", false)).synced());
  EXPECT_FALSE(Look("").synced());
}

TEST_F(GoalWatchTest, AnotherAppsRoundsDoNotCount) {
  const std::string others =
      Listens("08:00:05.000", true, "10222") + Listens("08:00:06.000", false, "10222");
  EXPECT_FALSE(Look(others).synced());
  EXPECT_TRUE(Look(others, -1).synced());  // as long as nobody knows whose is whose
  EXPECT_TRUE(
      Look(Listens("08:00:05.000", true, "u0_a143") + Listens("08:00:06.000", false, "u0_a143"))
          .synced());
  EXPECT_FALSE(
      Look(Listens("08:00:05.000", true, "u10_a143") + Listens("08:00:06.000", false, "u10_a143"))
          .synced());
}

TEST_F(GoalWatchTest, TheLogsOwnWordsComeBeforeTraffic) {
  const GoalSeen seen = Look(
      "03-02 08:00:04.000 10143  4711  4711 I nodomain.freeyourgadget.gadgetbridge: fetch "
      "activity data has finished round 3, got 1440 bytes in buffer\n" +
      Listens("08:00:05.000", true) + Listens("08:00:06.300", false));
  // The line is Gadgetbridge's, which is not the companion here.
  EXPECT_EQ(seen.synced_by, By::kTraffic);
  phone_.says["logcat"] =
      "03-02 08:00:01.000  1000  1000  1100 I ActivityManager: Start proc "
      "4711:com.xiaomi.hm.health/u0a143 for service\n"
      "03-02 08:00:04.000 10143  4711  4711 I nodomain.freeyourgadget.gadgetbridge: fetch "
      "activity data has finished round 3, got 1440 bytes in buffer\n" +
      Listens("08:00:05.000", true) + Listens("08:00:06.300", false);
  EXPECT_EQ(Watch().Look().synced_by, By::kLog);
}

TEST_F(GoalWatchTest, WhatWasBeforeIsJudgedSinceTheLinkCameUp) {
  const std::string early = Listens("07:40:05.000", true) + Listens("07:40:06.000", false);
  const std::string late = Listens("07:59:05.000", true) + Listens("07:59:06.000", false);
  phone_.says["logcat"] = early;
  EXPECT_FALSE(Watch().LookBack().synced());
  phone_.says["logcat"] = early + late;
  EXPECT_TRUE(Watch().LookBack().proved());
  Link(false);
  EXPECT_FALSE(Watch().LookBack().proved());
  // Android 7 does not tell since when a link stands: the last hour of the log.
  Link(true, "6: ");
  phone_.says["logcat"] = early;
  EXPECT_TRUE(Watch().LookBack().synced());
}

TEST_F(GoalWatchTest, ABeginALittleEarlierCrossesMidnightAndNewYear) {
  phone_.says["date"] = "01-01 00:00:20\n";
  GoalWatch watch = Watch();
  ASSERT_TRUE(watch.Begin(std::chrono::seconds(45)));
  (void)watch.Look();
  EXPECT_THAT(phone_.lines, Contains(HasSubstr("12-31 23:59:35.000")));
  phone_.says["date"] = "no clock\n";
  EXPECT_FALSE(watch.Begin());
}

}  // namespace
}  // namespace bk::app
