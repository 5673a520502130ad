// Findings out of small outputs of several Android versions and makers.
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "android/system/system_dumps.h"
#include "android/system/system_state.h"
#include "evidence/finding_ids.h"

namespace bk::android::system {
namespace {

namespace id = evidence::id;

std::vector<evidence::CompanionApp> Apps() {
  return {{.id = "zepp_life",
           .title = "Zepp Life",
           .packages = {"com.xiaomi.hm.health"},
           .speaks_to_band4 = true,
           .from_maker = true},
          {.id = "gadgetbridge",
           .title = "Gadgetbridge",
           .packages = {"nodomain.freeyourgadget.gadgetbridge"},
           .speaks_to_band4 = true},
          {.id = "mi_fitness", .title = "Mi Fitness", .packages = {"com.xiaomi.wearable"}}};
}

// Reads outputs into one state and asks for the findings.
class Phone {
 public:
  Phone& Service(std::string name, std::string body, std::string cut = {}) {
    return Read(Section::Kind::kService, std::move(name), std::move(body), std::move(cut));
  }
  Phone& Command(std::string name, std::string body) {
    return Read(Section::Kind::kCommand, std::move(name), std::move(body), {});
  }
  Phone& Header(std::string body) {
    return Read(Section::Kind::kHeader, "header", std::move(body), {});
  }
  Phone& Uid(std::string package, std::uint32_t uid) {
    uids_.push_back({std::move(package), uid});
    return *this;
  }
  // "true", "false", or "" when there is no such finding.
  std::string operator()(std::string_view finding) const {
    const auto seen = Findings(state_, Apps(), uids_);
    std::string value;
    int count = 0;
    for (const auto& one : seen.findings)
      if (one.id == finding) value = std::get<bool>(one.value) ? "true" : "false", ++count;
    return count > 1 ? "twice" : value;
  }
  std::string Text(std::string_view finding) const {
    for (const auto& one : Findings(state_, Apps(), uids_).findings)
      if (one.id == finding) return one.text;
    return {};
  }
  [[nodiscard]] evidence::Evidence All() const { return Findings(state_, Apps(), uids_); }
  SystemState& state() { return state_; }

 private:
  Phone& Read(Section::Kind kind, std::string name, std::string body, std::string cut) {
    Section section;
    section.kind = kind;
    section.name = std::move(name);
    section.body = body;
    section.member_text = body;
    section.file = "report.txt";
    section.cut = std::move(cut);
    EXPECT_TRUE(ReadSystemSection(section, state_)) << section.name;
    return *this;
  }
  SystemState state_;
  std::vector<PackageUid> uids_;
};

TEST(SystemFindings, NothingReadSaysNothing) {
  const auto seen = Phone().All();
  EXPECT_TRUE(seen.findings.empty());
  EXPECT_FALSE(seen.phone.has_value());
}

TEST(SystemFindings, SwitchesFromSettings) {
  Phone phone;
  phone.Service("settings",
                "GLOBAL SETTINGS (user 0)\n"
                "_id:1 name:bluetooth_on pkg:android value:0 default:1 defaultSystemSet:true\n"
                "_id:2 name:airplane_mode_on pkg:android value:0\n"
                "_id:3 name:auto_time pkg:android value:0\n"
                "_id:4 name:auto_time_zone pkg:android value:1\n"
                "_id:5 name:low_power pkg:android value:1\n"
                "SECURE SETTINGS (user 0)\n"
                "_id:6 name:location_mode pkg:android value:0\n"
                "_id:7 name:enabled_notification_listeners pkg:android "
                "value:com.xiaomi.hm.health/.Listener:a.b/.C\n");
  EXPECT_EQ(phone(id::kBluetoothOff), "true");
  EXPECT_EQ(phone(id::kAirplaneMode), "false");
  EXPECT_EQ(phone(id::kAutoTimeOff), "true");
  EXPECT_EQ(phone(id::kAutoTimeZoneOff), "false");
  EXPECT_EQ(phone(id::kBatterySaverOn), "true");
  EXPECT_EQ(phone(id::kLocationOff), "true");
  EXPECT_EQ(phone(id::kNotificationAccess), "");  // no output says that the app is there
  phone.Uid("com.xiaomi.hm.health", 10143);
  EXPECT_EQ(phone(id::kNotificationAccess), "true");
}

// The cable that the phone is asked over charges it: Android holds the saver back meanwhile.
TEST(SystemFindings, ASaverThatComesBackWithoutTheCableIsOn) {
  const auto saver = [](std::string_view sticky, std::string_view powered) {
    Phone phone;
    phone.Command("settings list global",
                  "low_power=0\nlow_power_sticky=" + std::string(sticky) + "\n");
    phone.Service("battery", "Current Battery Service state:\n  USB powered: " +
                                 std::string(powered) + "\n  level: 50\n  scale: 100\n");
    return phone(id::kBatterySaverOn);
  };
  EXPECT_EQ(saver("1", "true"), "true");
  EXPECT_EQ(saver("0", "true"), "false");
  EXPECT_EQ(saver("1", "false"), "false") << "off, and nothing brings it back";
}

TEST(SystemFindings, ALivePhoneTellsItsTime) {
  Phone phone;
  phone.Command("date '+%Y-%m-%d %H:%M:%S'", "2024-03-02 08:10:00\n");
  ASSERT_TRUE(phone.state().report.time);
  EXPECT_EQ(FormatInstant(phone.state().report.time->value).substr(0, 19), "2024-03-02 08:10:00");
  Phone other;
  other.Command("date '+%Y-%m-%d %H:%M:%S'", "date: bad format\n");
  EXPECT_FALSE(other.state().report.time);
}

// `dumpsys batterystats --charged` begins where the whole dump comes to after its history.
TEST(SystemFindings, BatteryStatisticsMayBeginTheOutput) {
  Phone phone;
  phone.Service(
      "batterystats",
      "Statistics since last charge:\n  System starts: 0\n  Total run time: 1h 0m 0s "
      "0ms realtime\n  u0a143:\n    Bluetooth Scan (total actual realtime): 30m 0s 0ms\n");
  ASSERT_TRUE(phone.state().stats_ms);
  EXPECT_EQ(phone.state().stats_ms->value, 3'600'000);
}

TEST(SystemFindings, LocationModeWinsOverProviders) {
  Phone phone;
  phone.Command("settings get secure location_providers_allowed", "network,gps\n");
  EXPECT_EQ(phone(id::kLocationOff), "false");
  phone.Command("settings get secure location_mode", "0\n");
  EXPECT_EQ(phone(id::kLocationOff), "true");
}

// Android 8 and a vivo phone: gps was allowed in the settings and not in this list.
TEST(SystemFindings, EnabledProvidersSayNothingOfTheSwitch) {
  Phone phone;
  phone.Service("location",
                "Current Location Manager state:\n  Enabled Providers:\n    fused\n    passive\n"
                "  mWhitelist=[]\n");
  EXPECT_EQ(phone(id::kLocationOff), "");
}

TEST(SystemFindings, BluetoothOnBeforeAirplaneIsOffOnlyWhenTheModeCoversIt) {
  Phone phone;
  phone.Command("settings list global",
                "airplane_mode_on=1\nairplane_mode_radios=cell,bluetooth,wifi\nbluetooth_on=2\n");
  EXPECT_EQ(phone(id::kBluetoothOff), "true");
  Phone kept;
  kept.Command("settings list global",
               "airplane_mode_on=1\nairplane_mode_radios=cell,wifi\nbluetooth_on=2\n");
  EXPECT_EQ(kept(id::kBluetoothOff), "");
}

TEST(SystemFindings, XiaomiPhone) {
  Phone phone;
  phone.Command("SYSTEM PROPERTIES",
                "[ro.build.version.release]: [9]\n[ro.build.version.sdk]: [28]\n"
                "[ro.miui.ui.version.name]: [V125]\n[ro.product.manufacturer]: [Xiaomi]\n"
                "[ro.product.model]: [Redmi Note 7]\n[ro.build.tags]: [release-keys]\n"
                "[ro.boot.verifiedbootstate]: [green]\n[ro.boot.flash.locked]: [1]\n");
  EXPECT_EQ(phone(id::kMiui), "true");
  EXPECT_EQ(phone(id::kAggressiveVendor), "true");
  EXPECT_EQ(phone(id::kAndroid6OrLater), "true");
  EXPECT_EQ(phone(id::kAndroid14), "false");
  EXPECT_EQ(phone(id::kPhoneRooted), "false");
  EXPECT_EQ(phone(id::kCustomRom), "false");
  const auto seen = phone.All();
  ASSERT_TRUE(seen.phone.has_value());
  EXPECT_EQ(seen.phone->skin, "MIUI");
  EXPECT_EQ(seen.phone->skin_version, "12.5");
  EXPECT_EQ(seen.phone->sdk, 28);
}

TEST(SystemFindings, CustomRomOnXiaomiIsNeitherMiuiNorAggressive) {
  Phone phone;
  phone.Command("SYSTEM PROPERTIES",
                "[ro.build.version.sdk]: [34]\n[ro.lineage.version]: [21.0]\n"
                "[ro.product.manufacturer]: [Xiaomi]\n[ro.debuggable]: [1]\n");
  EXPECT_EQ(phone(id::kMiui), "false");
  EXPECT_EQ(phone(id::kCustomRom), "true");
  EXPECT_EQ(phone(id::kPhoneRooted), "true");
  EXPECT_EQ(phone(id::kAggressiveVendor), "false");
  EXPECT_EQ(phone(id::kAndroid14), "true");
}

TEST(SystemFindings, RecentUpdateOnlyWhereItIsSound) {
  const std::string build = "[ro.build.date.utc]: [1704067200]\n";  // 2024-01-01
  Phone fresh;
  fresh.Header("== dumpstate: 2024-01-20 10:00:00\n").Command("SYSTEM PROPERTIES", build);
  EXPECT_EQ(fresh(id::kRecentOsUpdate), "true");
  Phone old;
  old.Header("== dumpstate: 2024-06-20 10:00:00\n").Command("SYSTEM PROPERTIES", build);
  EXPECT_EQ(old(id::kRecentOsUpdate), "");
  old.Header("Uptime: up 5 weeks, 1 days, 3 hours, 1 minute\n");
  EXPECT_EQ(old(id::kRecentOsUpdate), "false");
}

// One phone on which everything is wrong, by every output at once.
TEST(SystemFindings, EveryOutputTogether) {
  Phone phone;
  for (const auto& output : testing::kOutputs) {
    if (output.kind == Section::Kind::kHeader)
      phone.Header(std::string(output.text));
    else if (output.kind == Section::Kind::kService)
      phone.Service(std::string(output.name), std::string(output.text));
    else
      phone.Command(std::string(output.name), std::string(output.text));
  }
  EXPECT_TRUE(phone.All().losses.empty());
  for (const std::string_view one :
       {id::kAppRestricted, id::kBatteryOptimisationOff, id::kAutostartEnabled, id::kDataSaverOn,
        id::kDataSaverBlocksApp, id::kNotificationAccess, id::kNotificationListenerDead,
        id::kNotificationsBlocked, id::kCompanionCrashed, id::kLocationOff, id::kBluetoothOff,
        id::kAutoTimeOff, id::kPrivateDns, id::kPhoneBatteryLow, id::kBatterySaverOn, id::kMiui,
        id::kAndroid14, id::kPhoneRooted, id::kOtherBluetoothApp})
    EXPECT_EQ(phone(one), "true") << one;
  EXPECT_EQ(phone(id::kPhoneOffline), "false");
}

TEST(SystemFindings, AnyOutputCutAtAnyByteStaysInBounds) {
  for (const auto& output : testing::kOutputs) {
    for (std::size_t size = 0; size <= output.text.size(); ++size) {
      // A copy of its own size, so that a sanitizer sees a step past its end.
      const std::vector<char> copy(output.text.begin(),
                                   output.text.begin() + static_cast<std::ptrdiff_t>(size));
      Section section;
      section.kind = output.kind;
      section.name = std::string(output.name);
      section.body = section.member_text = {copy.data(), copy.size()};
      section.file = "f";
      section.cut = "cut";
      SystemState state;
      ASSERT_TRUE(ReadSystemSection(section, state));
      for (const auto& one : Findings(state, Apps(), {}).findings)
        ASSERT_LE(one.where.offset, size) << one.id;
    }
  }
}

// "false" rests on an output that would have shown the fact, read to its end.
TEST(SystemFindings, ACutOutputProvesNoAbsence) {
  const std::string body =
      "Restrict background: true\nPolicy for UIDs:\n  UID=10001 policy=4 (ALLOW)\n";
  Phone whole, cut;
  whole.Uid("com.xiaomi.hm.health", 10143).Service("netpolicy", body);
  cut.Uid("com.xiaomi.hm.health", 10143).Service("netpolicy", body, "timed out after 10 s");
  EXPECT_EQ(whole(id::kDataSaverBlocksApp), "true");
  EXPECT_EQ(cut(id::kDataSaverBlocksApp), "");
}

TEST(SystemFindings, OneCompanionTheLastUsed) {
  Phone phone;
  phone.Service(
      "usagestats",
      "user=0\n  App Standby States:\n"
      "    package=com.xiaomi.hm.health u=0 bucket=45 reason=f used=+8d0h0m0s0ms idle=n\n"
      "    package=nodomain.freeyourgadget.gadgetbridge u=0 bucket=10 reason=u used=+5m0s0ms "
      "idle=n\n");
  phone.Service("appops",
                "Current AppOps Service state:\n  Uid u0a150:\n"
                "    Package nodomain.freeyourgadget.gadgetbridge:\n"
                "      WAKE_LOCK (allow): \n");
  EXPECT_EQ(phone(id::kAppRestricted), "false");
  EXPECT_NE(phone.Text(id::kAppRestricted).find("Gadgetbridge"), std::string::npos);
}

TEST(SystemFindings, TheUidsOpWinsUnlessItIsDefault) {
  const auto ops = [](std::string_view uid_mode) {
    return "Current AppOps Service state:\n  Uid u0a143:\n      RUN_ANY_IN_BACKGROUND: mode=" +
           std::string(uid_mode) +
           "\n    Package com.xiaomi.hm.health:\n      RUN_ANY_IN_BACKGROUND (ignore): \n";
  };
  Phone allowed, by_default;
  const std::string buckets =
      "user=0\n  package=com.xiaomi.hm.health u=0 bucket=10 reason=u used=+1m idle=n\n";
  allowed.Service("appops", ops("allow")).Service("usagestats", buckets);
  by_default.Service("appops", ops("default")).Service("usagestats", buckets);
  EXPECT_EQ(allowed(id::kAppRestricted), "false");
  EXPECT_EQ(by_default(id::kAppRestricted), "true");
}

std::string Exit(std::string_view time, std::string_view reason) {
  return "        ApplicationExitInfo #0:\n          timestamp=" + std::string(time) +
         " pid=1 packageUid=10143 user=0\n          process=com.xiaomi.hm.health reason=" +
         std::string(reason) + " status=0\n          importance=125 description=null state=empty\n";
}
Phone WithExits(std::string_view exits) {
  Phone phone;
  phone.Header("== dumpstate: 2024-03-10 12:00:00\n")
      .Service("activity",
               "ACTIVITY MANAGER PROCESS EXIT INFO (dumpsys activity exit-info)\n"
               "  package: com.xiaomi.hm.health\n" +
                   std::string(exits));
  return phone;
}

// MIUI's own list is in no output: "not restricted" cannot be read there, "restricted" can.
TEST(SystemFindings, NotRestrictedIsNotSaidOnMiui) {
  const auto phone = [](std::string_view mode) {
    Phone one;
    one.Command("SYSTEM PROPERTIES",
                "[ro.build.version.sdk]: [28]\n[ro.miui.ui.version.name]: [V125]\n"
                "[ro.product.manufacturer]: [Xiaomi]\n");
    one.Service("usagestats",
                "user=0\n  package=com.xiaomi.hm.health u=0 bucket=10 reason=u used=+1m idle=n\n");
    one.Service("appops",
                "Current AppOps Service state:\n  Uid u0a143:\n    Package "
                "com.xiaomi.hm.health:\n      RUN_ANY_IN_BACKGROUND (" +
                    std::string(mode) + "): \n");
    return one(id::kAppRestricted);
  };
  EXPECT_EQ(phone("allow"), "");
  EXPECT_EQ(phone("ignore"), "true");
}

// "The phone is by unknown, not known for ending background apps" was told of an emulator.
TEST(SystemFindings, AnUnknownMakerIsNoMaker) {
  Phone phone;
  phone.Command("SYSTEM PROPERTIES",
                "[ro.build.version.sdk]: [25]\n[ro.product.manufacturer]: [unknown]\n");
  EXPECT_EQ(phone(id::kAggressiveVendor), "");
}

TEST(SystemFindings, AStopByThePersonIsNoKill) {
  const Phone phone = WithExits(
      Exit("2024-03-09 08:00:00.000", "10 (USER REQUESTED) subreason=21 (FORCE STOP)") +
      Exit("2024-03-09 09:00:00.000", "13 (OTHER KILLS BY SYSTEM) subreason=3 (TOO MANY EMPTY)"));
  EXPECT_EQ(phone(id::kCompanionKilled), "false");
  EXPECT_EQ(phone(id::kCompanionCrashed), "false");
  EXPECT_EQ(phone.All().events.size(), 2U);
}

TEST(SystemFindings, KillsOfTheLastFourteenDaysCount) {
  const Phone old =
      WithExits(Exit("2024-02-01 08:00:00.000", "3 (LOW MEMORY) subreason=0 (UNKNOWN)"));
  EXPECT_EQ(old(id::kCompanionKilled), "false");
  EXPECT_TRUE(old.All().events.empty());
  const Phone fresh =
      WithExits(Exit("2024-03-09 08:00:00.000", "3 (LOW MEMORY) subreason=0 (UNKNOWN)") +
                Exit("2024-03-08 08:00:00.000", "2 (SIGNALED) subreason=1001 (MARS KILL)") +
                Exit("2024-03-07 08:00:00.000", "4 (CRASH) subreason=0 (UNKNOWN)"));
  EXPECT_EQ(fresh(id::kCompanionKilled), "true");
  EXPECT_EQ(fresh(id::kCompanionCrashed), "true");
  EXPECT_NE(fresh.Text(id::kCompanionKilled).find("2 times"), std::string::npos);
  EXPECT_NE(fresh.Text(id::kCompanionKilled).find("2024-03-09 08:00"), std::string::npos);
}

TEST(SystemFindings, AutostartNeedsBothOpsToAgree) {
  const auto ops = [](std::string_view second) {
    return "Current AppOps Service state:\n  Uid u0a143:\n    Package com.xiaomi.hm.health:\n"
           "      MIUIOP(10008) (ignore): \n      MIUIOP(10053) (" +
           std::string(second) + "): \n";
  };
  EXPECT_EQ(Phone().Service("appops", ops("ignore"))(id::kAutostartEnabled), "false");
  EXPECT_EQ(Phone().Service("appops", ops("allow"))(id::kAutostartEnabled), "");
}

TEST(SystemFindings, Android14ClockAndZone) {
  Phone phone;
  phone.Service("time_detector",
                "  mCurrentConfigurationInternal=ConfigurationInternal{mUserId=0, "
                "mAutoDetectionEnabled=false}\n");
  phone.Service("time_zone_detector",
                "  mCurrentConfigurationInternal=ConfigurationInternal{mUserId=0, "
                "mAutoDetectionEnabledSetting=true}\n");
  EXPECT_EQ(phone(id::kAutoTimeOff), "true");
  EXPECT_EQ(phone(id::kAutoTimeZoneOff), "false");
}

TEST(SystemParsers, HyperOsListsProcessesWithoutTheirRecords) {
  Phone phone;
  phone.Service("activity", std::string(testing::kOutputs[2].text));
  const auto& processes = phone.state().apps.at("com.xiaomi.hm.health").processes;
  ASSERT_EQ(processes.size(), 1U);
  EXPECT_EQ(processes[0].process, "com.xiaomi.hm.health:push");
  EXPECT_EQ(processes[0].uid, 10143U);
  EXPECT_TRUE(phone.state().saw_processes);
}

TEST(SystemParsers, AHeadingIsNoUid) {
  Phone phone;
  phone.Service("appops",
                "Current AppOps Service state:\n  Uid u0a1:\n    Package a.b:\n"
                "Uid State Changes Event Log:\n");
  EXPECT_TRUE(phone.All().losses.empty());
}

TEST(SystemParsers, Android7PrintsSettingsAmongTheProviders) {
  Phone phone;
  phone.Command("APP PROVIDERS",
                "PROVIDER ContentProviderRecord{1 u0 com.android.providers.settings/.P} pid=1\n"
                "      GLOBAL SETTINGS (user 0)\n      _id:28645 name:bluetooth_on value:0\n"
                "PROVIDER ContentProviderRecord{2 u0 a.b/.C} pid=2\n"
                "      _id:1 name:airplane_mode_on value:1\n");
  EXPECT_EQ(phone(id::kBluetoothOff), "true");
  EXPECT_EQ(phone(id::kAirplaneMode), "");
}

// A line of nothing but a tab is blank; its first letter was read past the end.
TEST(DeviceIdle, ALineOfATabIsBlank) {
  const std::string body = "\t";
  const std::string exact(body.data(), body.size());
  SystemState state;
  const Section section{.name = "deviceidle", .body = exact, .member_text = exact};
  ReadSystemSection(section, state);
  EXPECT_FALSE(state.doze.lists_seen);
}

}  // namespace
}  // namespace bk::android::system
