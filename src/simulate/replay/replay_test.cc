#include "simulate/replay/replay.h"

#include <gtest/gtest.h>

namespace bk::simulate::replay {
namespace {

constexpr const char* kSettings =
    "GLOBAL SETTINGS (user 0)\n"
    "_id:1 name:bluetooth_on pkg:android value:1 default:1 defaultSystemSet:true\n"
    "_id:2 name:device_name pkg:android value:My phone, mine defaultSystemSet:true\n"
    "SECURE SETTINGS (user 0)\n"
    "_id:5 name:location_mode pkg:android value:0\n"
    "SECURE SETTINGS (user 10)\n"
    "_id:5 name:location_mode pkg:android value:3\n";
constexpr const char* kPackages =
    "Database versions:\n  Internal:\n\nPackages:\n"
    "  Package [com.a] (80dde23):\n    userId=10101\n    versionName=1\n"
    "  Package [com.a.b] (90dde23):\n    appId=10102\n    versionName=2\n\n"
    "Hidden system packages:\n  Package [com.a] (70dde23):\n    userId=10101\n";

class ReplayTest : public ::testing::Test {
 protected:
  ReplayTest() {
    Recording recording;
    recording.outputs = {
        {"getprop", "[ro.product.model]: [Redmi; 8]\n[ro.product.name]: [ginkgo]\n[a.b]: [c d]\n"},
        {"dumpsys power", "POWER MANAGER\n"},
        {"dumpsys settings", kSettings},
        {"dumpsys package", kPackages},
        {"dumpsys activity", "ACTIVITY MANAGER SERVICES (dumpsys activity services)\none\n"},
        {"dumpsys activity", "ACTIVITY MANAGER RUNNING (dumpsys activity processes)\ntwo\n"},
        {"dumpsys meminfo -a", "much\n"},
        {"dumpsys batterystats -c", "9,0\n"},
        {"date", "2018-04-02 17:06:30"},
        {"logcat -v threadtime -v printable -d *:v", "m1\nm2\nm3\n"},
        {"logcat -b events -v threadtime -d *:v", "e1\n"},
        {"logcat -L -b all -v threadtime -d *:v", "old\n"},
        {"uptime", "up 3 days\n"},
    };
    recording.archive_name = "report.zip";
    recording.archive = std::make_shared<const std::string>("PK");
    profile_ = ProfileOf(recording);
    table_ = MakeReplay(std::move(recording));
  }
  adbd::RunningCommand::Piece Ask(std::string_view line) {
    return table_->Run(line, adbd::Time(0))->Next(adbd::Time(0), 1 << 20);
  }
  std::string Out(std::string_view line) { return Ask(line).out; }

  adbd::Profile profile_;
  std::unique_ptr<adbd::TableServices> table_;
};

TEST_F(ReplayTest, SaysWhoItIsAndThatItIsSimulated) {
  EXPECT_EQ(profile_.model, "Simulated Redmi 8");
  EXPECT_EQ(profile_.product, "ginkgo");
}

TEST_F(ReplayTest, DumpsInEveryForm) {
  EXPECT_EQ(Out("dumpsys power"), "POWER MANAGER\n");
  EXPECT_EQ(Out("dumpsys -t 10 power -a"), "POWER MANAGER\n");
  EXPECT_EQ(Out("dumpsys activity"),
            "ACTIVITY MANAGER SERVICES (dumpsys activity services)\none\n"
            "ACTIVITY MANAGER RUNNING (dumpsys activity processes)\ntwo\n");
  EXPECT_EQ(Out("dumpsys activity services"),
            "ACTIVITY MANAGER SERVICES (dumpsys activity services)\none\n");
  EXPECT_EQ(Out("dumpsys activity processes"),
            "ACTIVITY MANAGER RUNNING (dumpsys activity processes)\ntwo\n");
  EXPECT_EQ(Out("dumpsys activity exit-info"), "");
  EXPECT_EQ(Out("dumpsys meminfo"), "much\n");
  EXPECT_EQ(Out("dumpsys -t 30 batterystats -c"), "9,0\n");
  EXPECT_EQ(Out("date '+%Y-%m-%d %H:%M:%S'"), "2018-04-02 17:06:30\n");
  EXPECT_EQ(Out("date +%FT%T%%"), "");
  EXPECT_EQ(Ask("dumpsys nonesuch").err, "Can't find service: nonesuch\n");
  EXPECT_EQ(Out("dumpsys -l"),
            "Currently running services:\n  activity\n  meminfo\n  package\n  power\n  settings\n");
  const std::string all = Out("dumpsys");
  EXPECT_NE(all.find("\nDUMP OF SERVICE power:\nPOWER MANAGER\n--------- "), std::string::npos);
  EXPECT_NE(all.find("\nDUMP OF SERVICE settings:\nGLOBAL"), std::string::npos);
}

TEST_F(ReplayTest, OnePackage) {
  EXPECT_EQ(Out("dumpsys package com.a"),
            "Packages:\n  Package [com.a] (80dde23):\n    userId=10101\n    versionName=1\n\n"
            "Hidden system packages:\n  Package [com.a] (70dde23):\n    userId=10101\n");
  EXPECT_EQ(Out("dumpsys package com.a.b"),
            "Packages:\n  Package [com.a.b] (90dde23):\n    appId=10102\n    versionName=2\n");
  EXPECT_EQ(Out("dumpsys package com"), "Unable to find package: com\n");
  EXPECT_EQ(Out("dumpsys package"), kPackages);
  EXPECT_EQ(Out("pm list packages"), "package:com.a\npackage:com.a.b\n");
  EXPECT_EQ(Out("cmd package list packages -U --user 0"),
            "package:com.a uid:10101\npackage:com.a.b uid:10102\n");
  EXPECT_EQ(Ask("pm list packages -d").exit, 127);
}

TEST_F(ReplayTest, LogsByTheirBuffers) {
  EXPECT_EQ(Out("logcat -d"), "m1\nm2\nm3\n");
  EXPECT_EQ(Out("logcat -d -b events"), "e1\n");
  EXPECT_EQ(Out("logcat -d -b main,events -v threadtime"), "m1\nm2\nm3\ne1\n");
  EXPECT_EQ(Out("logcat -d -b main -b system"), "m1\nm2\nm3\n");
  EXPECT_EQ(Out("logcat -d -b system"), "");  // came with main
  EXPECT_EQ(Out("logcat -b all -t 2"), "m3\ne1\n");
  EXPECT_EQ(Out("logcat -L"), "old\n");
  EXPECT_EQ(Out("logcat -L -b all"), "old\n");
  EXPECT_EQ(Ask("logcat -d").exit, 0);
  EXPECT_FALSE(Ask("logcat").exit);  // waits for more
}

TEST_F(ReplayTest, SettingsAndProperties) {
  EXPECT_EQ(Out("settings list global"), "bluetooth_on=1\ndevice_name=My phone, mine\n");
  EXPECT_EQ(Out("settings get secure location_mode"), "0\n");
  EXPECT_EQ(Out("settings get secure nonesuch"), "null\n");
  EXPECT_EQ(Ask("settings list system").exit, 127);  // was not recorded
  EXPECT_EQ(Ask("settings put global bluetooth_on 0").exit, 127);
  EXPECT_EQ(Out("getprop a.b"), "c d\n");
  EXPECT_TRUE(Out("getprop").ends_with("[a.b]: [c d]\n[ro.bandkeeper.simulated]: [1]\n"));
  EXPECT_EQ(Out("getprop ro.bandkeeper.simulated"), "1\n");
  EXPECT_EQ(Out("uptime; getprop ro.product.name"), "up 3 days\nginkgo\n");
  EXPECT_EQ(Ask("svc bluetooth disable").err, "/system/bin/sh: svc: inaccessible or not found\n");
}

TEST_F(ReplayTest, ItsReport) {
  EXPECT_EQ(Ask("bugreportz -v").err, "1.2\n");
  EXPECT_TRUE(Out("bugreportz -p").ends_with("OK:/bugreports/report.zip\n"));
  EXPECT_EQ(**table_->Read("/bugreports/report.zip", adbd::Time(0)), "PK");
}

}  // namespace
}  // namespace bk::simulate::replay
