#include <gtest/gtest.h>

#include "simulate/phone/system/state.h"
#include "simulate/phone/system/system_testing.h"

namespace bk::simulate {
namespace {

using testing::Do;

TEST(Settings, WhatIsWrittenIsRead) {
  Android phone;
  EXPECT_EQ(Do(phone, "settings get global x").out, "null\n");
  EXPECT_EQ(Do(phone, "settings put global x 'a b'; settings get global x").out, "a b\n");
  EXPECT_EQ(Do(phone, "cmd settings list global").out, "x=a b\n");
  EXPECT_EQ(Do(phone, "settings delete global x").out, "Deleted 1 rows\n");
  EXPECT_EQ(Do(phone, "settings delete global x").out, "Deleted 0 rows\n");
  EXPECT_EQ(Do(phone, "settings get nothing x").exit, 255);
}

TEST(Settings, XiaomiRefusesWithoutItsSecuritySwitch) {
  Android phone;
  phone.flavour.maker = Maker::kXiaomi;
  phone.flavour.quirks = {"miui_security_off"};
  const Said said = Do(phone, "settings put global airplane_mode_on 1");
  EXPECT_NE(said.err.find("Permission denial: writing to settings requires:"
                          "android.permission.WRITE_SECURE_SETTINGS"),
            std::string::npos);
  EXPECT_EQ(said.exit, 255);
  EXPECT_FALSE(AirplaneMode(phone.system));
  phone.flavour.quirks.clear();
  EXPECT_EQ(Do(phone, "settings put global airplane_mode_on 1").exit, 0);
  EXPECT_TRUE(AirplaneMode(phone.system));
}

TEST(Settings, TheLocationSwitchHasTwoRows) {
  Android phone;
  Do(phone, "settings put secure location_mode 3");
  EXPECT_TRUE(LocationOn(phone.system));
  EXPECT_EQ(Do(phone, "settings get secure location_providers_allowed").out, "gps,network\n");
}

TEST(Properties, DateInAnyForm) {
  Android phone;
  phone.clock.wall = std::chrono::seconds(1'709'366'411);  // 2024-03-02 08:00:11 UTC, a Saturday
  EXPECT_EQ(Do(phone, "date").out, "Sat Mar  2 09:00:11 CET 2024\n");
  EXPECT_EQ(Do(phone, "date +%s").out, "1709366411\n");
  EXPECT_EQ(Do(phone, "date '+%F %T %z'").out, "2024-03-02 09:00:11 +0100\n");
  EXPECT_EQ(Do(phone, "date -u +%H").out, "08\n");
}

TEST(State, AForcedStopEndsTheProcessAndWhatItHeld) {
  Android phone;
  phone.flavour.sdk = 34;
  phone.system.packages["a.b"].launcher = ".Main";
  ASSERT_TRUE(StartApp(phone, "a.b", true));
  phone.bluetooth.clients.push_back({"a.b", "C8:0F:10:00:00:01", true});
  phone.bluetooth.scanners.push_back({"a.b", {}, 0});
  phone.traces.live_listeners = {"a.b/.L", "c.d/.L"};
  ForceStop(phone, "a.b");
  EXPECT_FALSE(Running(phone, "a.b"));
  EXPECT_TRUE(phone.system.packages["a.b"].stopped);
  EXPECT_TRUE(phone.bluetooth.clients.empty());
  EXPECT_TRUE(phone.bluetooth.scanners.empty());
  EXPECT_EQ(phone.traces.live_listeners, std::set<std::string>{"c.d/.L"});
  ASSERT_EQ(phone.traces.exits["a.b"].size(), 1U);
  EXPECT_EQ(phone.traces.exits["a.b"][0].reason, 10);
  EXPECT_EQ(phone.traces.exits["a.b"][0].subreason, 21);
  EXPECT_FALSE(StartApp(phone, "a.b", false)) << "a stopped app waits for a hand";
  EXPECT_TRUE(StartApp(phone, "a.b", true));
}

TEST(State, TheUidsModeWinsUnlessItIsTheDefault) {
  Package package;
  package.ops["WAKE_LOCK"] = "ignore";
  EXPECT_EQ(OpMode(package, "WAKE_LOCK"), "ignore");
  package.uid_ops["WAKE_LOCK"] = "deny";
  EXPECT_EQ(OpMode(package, "WAKE_LOCK"), "deny");
  package.uid_ops["WAKE_LOCK"] = "allow";
  EXPECT_EQ(OpMode(package, "WAKE_LOCK"), "ignore");
  EXPECT_EQ(OpMode(package, "SCHEDULE_EXACT_ALARM"), "default");
}

}  // namespace
}  // namespace bk::simulate
