// What the system commands answer and change, on a whole phone.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <string_view>

#include "simulate/phone/setup/make_android.h"
#include "simulate/phone/system/pages.h"
#include "simulate/phone/system/restart.h"
#include "simulate/phone/system/state.h"
#include "simulate/phone/system/system_testing.h"

namespace bk::simulate {
namespace {

using ::testing::HasSubstr;
using testing::kMakers;
using testing::kSdks;

const std::string kApp(kZeppLife);

class Commands : public ::testing::Test {
 protected:
  Said Do(std::string_view line) { return testing::Do(phone, line); }
  std::string Text(std::string_view line) { return Do(line).out; }
  Package& app() { return phone.system.packages.at(kApp); }
  void Use(int sdk, Maker maker = Maker::kStock) { phone = MakeAndroid(sdk, maker, 21); }
  Android phone = MakeAndroid(34, Maker::kStock, 21);
};

TEST_F(Commands, EveryChangeCanBeTakenBackToTheLastByte) {
  struct Pair {
    std::string_view there, back;
    int since = 26, until = 99;
  };
  constexpr Pair kPairs[] = {
      {"settings put global airplane_mode_on 1", "settings put global airplane_mode_on 0"},
      {"settings put global new_row 1", "settings delete global new_row"},
      {"device_config put activity_manager x 1", "device_config delete activity_manager x", 29},
      {"cmd connectivity airplane-mode enable", "cmd connectivity airplane-mode disable", 30},
      {"settings put secure location_mode 0", "settings put secure location_mode 3"},
      {"cmd location set-location-enabled false", "cmd location set-location-enabled true", 31},
      {"cmd power set-mode 1", "cmd power set-mode 0"},
      {"cmd netpolicy set restrict-background true", "cmd netpolicy set restrict-background false"},
      {"cmd netpolicy remove restrict-background-whitelist 10260",
       "cmd netpolicy add restrict-background-whitelist 10260"},
      {"cmd deviceidle whitelist -com.xiaomi.hm.health",
       "cmd deviceidle whitelist +com.xiaomi.hm.health"},
      {"appops set com.xiaomi.hm.health WAKE_LOCK ignore",
       "appops set com.xiaomi.hm.health WAKE_LOCK allow"},
      {"appops set --uid com.xiaomi.hm.health RUN_IN_BACKGROUND ignore",
       "appops set --uid com.xiaomi.hm.health RUN_IN_BACKGROUND allow"},
      {"pm revoke com.xiaomi.hm.health android.permission.ACCESS_FINE_LOCATION",
       "pm grant com.xiaomi.hm.health android.permission.ACCESS_FINE_LOCATION"},
      {"pm disable-user --user 0 com.android.chrome", "pm default-state com.android.chrome"},
      {"am force-stop com.xiaomi.hm.health",
       "monkey -p com.xiaomi.hm.health -c android.intent.category.LAUNCHER 1"},
      {"am force-stop com.xiaomi.hm.health",
       "am start -n com.xiaomi.hm.health/.activity.StartUpActivity"},
      {"cmd notification disallow_listener "
       "com.xiaomi.hm.health/.bt.service.NotificationAccessService",
       "cmd notification allow_listener "
       "com.xiaomi.hm.health/.bt.service.NotificationAccessService"},
      {"am set-bg-restriction-level com.xiaomi.hm.health background_restricted",
       "am set-bg-restriction-level com.xiaomi.hm.health unrestricted", 33},
      {"cmd companiondevice associate 0 com.xiaomi.hm.health C8:0F:10:00:00:01",
       "cmd companiondevice disassociate 0 com.xiaomi.hm.health C8:0F:10:00:00:01", 31},
      {"cmd deviceidle force-idle", "cmd deviceidle unforce"},
  };
  for (const int sdk : kSdks)
    for (const Maker maker : kMakers) {
      Use(sdk, maker);
      const Android before = phone;
      for (const Pair& pair : kPairs) {
        if (sdk < pair.since || sdk > pair.until) continue;
        SCOPED_TRACE(std::to_string(sdk) + " " + std::string(pair.there));
        phone = before;
        ASSERT_EQ(Do(pair.there).exit, 0);
        EXPECT_FALSE(phone.system == before.system);
        ASSERT_EQ(Do(pair.back).exit, 0);
        EXPECT_TRUE(phone.system == before.system);
      }
    }
}

TEST_F(Commands, DeviceConfig) {
  EXPECT_EQ(Text("device_config get activity_manager x"), "null\n");
  EXPECT_EQ(Text("device_config list"), "");
  EXPECT_EQ(Text("device_config delete activity_manager x"),
            "Failed to delete x from activity_manager\n");
  EXPECT_EQ(Text("cmd device_config put activity_manager x 'a b'"), "");
  EXPECT_EQ(Text("device_config get activity_manager x"), "a b\n");
  EXPECT_EQ(Text("device_config list"), "activity_manager/x=a b\n");
  EXPECT_EQ(Text("device_config list activity_manager"), "x=a b\n");
  EXPECT_EQ(Text("device_config list activity"), "");
  EXPECT_EQ(Text("device_config delete activity_manager x"),
            "Successfully deleted x from activity_manager\n");
  Do("device_config put a x 1; device_config put b x 1 default");
  EXPECT_EQ(Do("device_config reset trusted_defaults a").exit, 0);
  EXPECT_EQ(Text("device_config list"), "b/x=1\n");
  for (const auto& [line, words] : {std::pair{"device_config fetch", "Invalid command: fetch\n"},
                                    {"device_config get a", "Bad arguments\n"},
                                    {"device_config get a b c", "Too many arguments\n"},
                                    {"device_config put a b c d", "Bad arguments\n"},
                                    {"device_config reset all", "Invalid reset mode: all\n"}}) {
    EXPECT_EQ(Do(line).err, words);
    EXPECT_EQ(Do(line).exit, 255);
  }
  Use(28);
  EXPECT_EQ(Do("device_config get a b").err, "/system/bin/sh: device_config: not found\n");
  EXPECT_EQ(Do("device_config get a b").exit, 127);
  EXPECT_EQ(Do("cmd device_config get a b").err, "cmd: Can't find service: device_config\n");
  EXPECT_EQ(Do("cmd device_config get a b").exit, 20);
}

TEST_F(Commands, StandbyBuckets) {
  EXPECT_EQ(Text("am get-standby-bucket " + kApp), "5\n");
  Do("am set-standby-bucket " + kApp + " rare");
  EXPECT_EQ(Text("am get-standby-bucket " + kApp), "5\n") << "exempt from Doze stays exempt";
  Do("cmd deviceidle whitelist -" + kApp);
  Do("am set-standby-bucket " + kApp + " rare");
  EXPECT_EQ(Text("am get-standby-bucket " + kApp), "40\n");
  EXPECT_THAT(Text("dumpsys usagestats"),
              HasSubstr("package=com.xiaomi.hm.health u=0 bucket=40 reason=f-r"));
  Use(26);
  EXPECT_EQ(Do("am get-standby-bucket " + kApp).exit, 255);
  EXPECT_EQ(Text("am get-inactive " + kApp), "Idle=false\n");
}

TEST_F(Commands, BackgroundLevels) {
  EXPECT_EQ(Text("am get-bg-restriction-level " + kApp), "unrestricted\n");
  Do("appops set " + kApp + " RUN_ANY_IN_BACKGROUND ignore");
  EXPECT_EQ(Text("am get-bg-restriction-level " + kApp), "background_restricted\n");
  Use(31);
  EXPECT_EQ(Do("am get-bg-restriction-level " + kApp).out,
            "Unknown command: get-bg-restriction-level\n");
}

TEST_F(Commands, Permissions) {
  EXPECT_TRUE(Running(phone, kApp));
  EXPECT_EQ(Do("pm revoke " + kApp + " android.permission.BLUETOOTH_SCAN").out, "");
  EXPECT_FALSE(Running(phone, kApp)) << "taking a permission ends the app";
  EXPECT_EQ(phone.traces.exits[kApp][0].reason, 8);
  EXPECT_THAT(Text("dumpsys package " + kApp),
              HasSubstr("android.permission.BLUETOOTH_SCAN: granted=false"));
  EXPECT_THAT(Do("pm grant " + kApp + " android.permission.BODY_SENSORS").err,
              HasSubstr("Package com.xiaomi.hm.health has not requested permission "
                        "android.permission.BODY_SENSORS"));
  EXPECT_THAT(Do("pm grant " + kApp + " android.permission.INTERNET").err,
              HasSubstr("is not a changeable permission type"));
  EXPECT_THAT(Do("pm grant no.such android.permission.CAMERA").err, HasSubstr("Unknown package"));
}

TEST_F(Commands, ClearingLosesDataAndOldVersionsKnowNoCacheAlone) {
  app().ops["WAKE_LOCK"] = "ignore";
  EXPECT_EQ(Text("pm clear --cache-only " + kApp), "Success\n");
  EXPECT_FALSE(app().first_run);
  EXPECT_TRUE(Running(phone, kApp));
  EXPECT_EQ(Text("pm clear " + kApp), "Success\n");
  EXPECT_TRUE(app().first_run);
  EXPECT_FALSE(Running(phone, kApp));
  EXPECT_FALSE(Granted(app(), "android.permission.ACCESS_FINE_LOCATION"));
  EXPECT_TRUE(app().ops.empty());
  EXPECT_FALSE(phone.bluetooth.bonds.empty()) << "the bond is the system's";
  Use(29);
  EXPECT_EQ(Text("pm clear --cache-only " + kApp), "Success\n");
  EXPECT_TRUE(app().first_run) << "the option is skipped and all is cleared";
  EXPECT_EQ(Do("pm clear no.such").out, "Failed\n");
}

TEST_F(Commands, DisabledAppsDoNotStart) {
  EXPECT_EQ(Text("pm disable-user --user 0 " + kApp),
            "Package com.xiaomi.hm.health new state: disabled-user\n");
  EXPECT_FALSE(Running(phone, kApp));
  EXPECT_THAT(Text("dumpsys package " + kApp), HasSubstr("enabled=3"));
  EXPECT_THAT(Text("dumpsys package " + kApp), HasSubstr("lastDisabledCaller: shell:2000"));
  EXPECT_EQ(Do("monkey -p " + kApp + " 1").exit, 252);
  EXPECT_THAT(Text("pm list packages -d"), HasSubstr(kApp));
  EXPECT_THAT(Do("pm disable " + kApp).err, HasSubstr("Shell cannot change component state"));
  Do("pm enable " + kApp);
  EXPECT_EQ(Do("monkey -p " + kApp + " 1").exit, 0);
  EXPECT_TRUE(Running(phone, kApp));
}

TEST_F(Commands, AppOpsAnswers) {
  EXPECT_EQ(Text("appops get " + kApp + " WAKE_LOCK"), "No operations.\nDefault mode: allow\n");
  Do("appops set " + kApp + " WAKE_LOCK ignore");
  EXPECT_EQ(Text("appops get " + kApp + " WAKE_LOCK"), "WAKE_LOCK: ignore\n");
  EXPECT_EQ(Text("cmd appops get " + kApp + " android:wake_lock"), "WAKE_LOCK: ignore\n");
  EXPECT_EQ(Do("appops get " + kApp + " 10008").err, "Error: Unknown operation string: 10008\n");
  EXPECT_EQ(Do("appops get no.such").err, "Error: No UID for no.such in user 0\n");
  EXPECT_NE(Do("appops set " + kApp + " WAKE_LOCK perhaps").exit, 0);
  Do("pm revoke " + kApp + " android.permission.CAMERA");
  EXPECT_EQ(Text("appops get " + kApp + " CAMERA"), "Uid mode: CAMERA: ignore\n");
  Use(26);
  EXPECT_EQ(Do("appops get " + kApp + " RUN_ANY_IN_BACKGROUND").exit, 255) << "not before 9";
  Use(31, Maker::kXiaomi);
  EXPECT_EQ(Text("appops get " + kApp + " 10008"), "MIUIOP(10008): allow\n");
  Do("appops set " + kApp + " 10008 ignore");
  EXPECT_EQ(Text("appops get " + kApp + " 10053"), "MIUIOP(10053): ignore\n") << "one switch";
  EXPECT_FALSE(app().autostart);
}

TEST_F(Commands, XiaomiRefusesWritesWithoutItsSecuritySwitch) {
  for (const int sdk : kSdks) {
    Use(sdk, Maker::kXiaomi);
    phone.flavour.quirks = {"miui_security_off"};
    const Android before = phone;
    EXPECT_THAT(Do("pm grant " + kApp + " android.permission.CAMERA").err,
                HasSubstr("grantRuntimePermission: Neither user 2000 nor current process has "
                          "android.permission.GRANT_RUNTIME_PERMISSIONS"));
    EXPECT_THAT(Do("appops set " + kApp + " WAKE_LOCK ignore").err,
                HasSubstr("uid 2000 does not have android.permission.MANAGE_APP_OPS_MODES"));
    EXPECT_THAT(Do("pm clear " + kApp).err,
                HasSubstr("android.permission.CLEAR_APP_USER_DATA to clear data of package"));
    EXPECT_THAT(Do("input keyevent 3").err, HasSubstr("INJECT_EVENTS permission"));
    EXPECT_TRUE(phone == before);
    EXPECT_EQ(Do("am force-stop " + kApp).exit, 0) << "not behind that switch";
    EXPECT_TRUE(app().stopped);
  }
}

TEST_F(Commands, Pages) {
  EXPECT_EQ(Text("am start -a android.settings.BLUETOOTH_SETTINGS"),
            "Starting: Intent { act=android.settings.BLUETOOTH_SETTINGS }\n");
  EXPECT_EQ(phone.traces.page, "android.settings.BLUETOOTH_SETTINGS");
  Do("am start -a android.settings.APPLICATION_DETAILS_SETTINGS -d package:" + kApp);
  EXPECT_EQ(phone.traces.page_data, "package:" + kApp);
  const Said missing = Do("am start -a no.such.PAGE");
  EXPECT_THAT(missing.err, HasSubstr("Error: Activity not started, unable to resolve Intent"));
  EXPECT_EQ(missing.exit, 0) << "am says so in words only";
  const std::string autostart =
      "am start -n "
      "com.miui.securitycenter/com.miui.permcenter.autostart.AutoStartManagementActivity";
  EXPECT_THAT(Do(autostart).err, HasSubstr("does not exist"));
  Use(31, Maker::kXiaomi);
  EXPECT_EQ(Do(autostart).err, "");
  EXPECT_THAT(phone.traces.page, HasSubstr("AutoStartManagementActivity"));
}

TEST_F(Commands, WhatAVersionLacks) {
  Use(26);
  EXPECT_EQ(Do("cmd connectivity airplane-mode").exit, 20);
  EXPECT_EQ(Do("cmd location is-location-enabled").exit, 20);
  EXPECT_EQ(Do("am stop-app " + kApp).out, "Unknown command: stop-app\n");
  EXPECT_THAT(Do("svc power reboot").err, HasSubstr("android.permission.REBOOT"));
  EXPECT_EQ(Text("dumpsys activity exit-info"),
            "Bad activity command, or no activities match: exit-info\n");
  Use(34);
  EXPECT_EQ(Text("cmd connectivity airplane-mode"), "disabled\n");
  EXPECT_EQ(Text("cmd location is-location-enabled"), "true\n");
  Do("am stop-app " + kApp);
  EXPECT_FALSE(Running(phone, kApp));
  EXPECT_FALSE(app().stopped);
}

TEST_F(Commands, SmallAnswers) {
  EXPECT_EQ(Text("cmd package resolve-activity --brief " + kApp + " | tail -n 1"),
            "com.xiaomi.hm.health/.activity.StartUpActivity\n");
  EXPECT_EQ(Text("pm path " + kApp), "package:" + app().code_path + "/base.apk\n");
  EXPECT_EQ(Do("pm path no.such").exit, 1);
  EXPECT_EQ(Text("cmd deviceidle whitelist =" + kApp), "true\n");
  EXPECT_EQ(Text("cmd deviceidle whitelist +no.such"), "Unknown package: no.such\n");
  EXPECT_EQ(Text("cmd deviceidle whitelist -" + kApp), "Removed: com.xiaomi.hm.health\n");
  EXPECT_EQ(Text("cmd deviceidle whitelist -" + kApp), "");
  EXPECT_EQ(Text("cmd netpolicy get restrict-background"),
            "Restrict background status: disabled\n");
  EXPECT_EQ(Text("cmd netpolicy list restrict-background-whitelist"),
            "Restrict background whitelisted UIDs: " + std::to_string(app().uid) + " \n");
  EXPECT_EQ(Text("pidof " + kApp), std::to_string(phone.life.processes[kApp].pid) + "\n");
  EXPECT_EQ(Do("pidof no.such").exit, 1);
  EXPECT_EQ(Do("pm nonsense").exit, 255);
  EXPECT_EQ(Text("am get-current-user"), "0\n");
  EXPECT_THAT(Do("am broadcast -a android.intent.action.AIRPLANE_MODE --ez state true").err,
              HasSubstr("Permission Denial: not allowed to send broadcast"));
}

TEST_F(Commands, ClearingTheBluetoothApp) {
  phone.bluetooth.fault = StackFault::kDamagedData;
  EXPECT_EQ(Text("pm clear --cache-only com.google.android.bluetooth"), "Success\n");
  EXPECT_EQ(phone.bluetooth.fault, StackFault::kDamagedData);
  EXPECT_EQ(Text("pm clear com.google.android.bluetooth"), "Success\n");
  EXPECT_EQ(phone.bluetooth.fault, StackFault::kNone);
  EXPECT_FALSE(phone.bluetooth.bonds.empty()) << "the bonds are the native stack's";
}

TEST_F(Commands, ARestartEndsWhatRunsAndKeepsWhatIsSet) {
  const System before = phone.system;
  BeginRestart(phone);
  EXPECT_FALSE(Running(phone, kApp));
  EXPECT_EQ(phone.clock.boot.count(), 0);
  FinishBoot(phone);
  EXPECT_TRUE(Running(phone, "com.android.systemui"));
  EXPECT_TRUE(phone.system == before);
}

TEST_F(Commands, QuirksByName) {
  Use(31, Maker::kXiaomi);
  AddQuirk(phone, "settings_come_back");
  EXPECT_EQ(phone.life.comes_back.size(), 3U);
  AddQuirk(phone, "miui_security_off");
  EXPECT_EQ(Text("getprop persist.security.adbinput"), "0\n");
  AddQuirk(phone, "command_missing:cmd netpolicy");
  EXPECT_EQ(Do("cmd netpolicy get restrict-background").exit, 20);
}

}  // namespace
}  // namespace bk::simulate
