// The simulated phone's settings, lists and dumps, read by the program's own readers as a live
// phone's outputs are: healthy they must say so, and each change must show, on every version and
// flavour.
#include <gtest/gtest.h>

#include <functional>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "android/log/plain_scan.h"
#include "android/report.h"
#include "android/report_text.h"
#include "evidence/finding_ids.h"
#include "simulate/phone/setup/make_android.h"
#include "simulate/phone/system/state.h"
#include "simulate/phone/system/system_testing.h"

namespace bk {
namespace {

using simulate::Android;
using simulate::Maker;
using simulate::testing::Do;
using simulate::testing::kMakers;
using simulate::testing::kSdks;

constexpr std::string_view kApp = "com.xiaomi.hm.health";

constexpr std::string_view kAsked[] = {
    "getprop",
    "settings list global",
    "settings list secure",
    "settings list system",
    "dumpsys package",
    "dumpsys package com.xiaomi.hm.health",
    "pm list packages -U",
    "dumpsys deviceidle",
    "cmd deviceidle whitelist",
    "dumpsys appops",
    "appops get com.xiaomi.hm.health",
    "dumpsys usagestats",
    "am get-standby-bucket com.xiaomi.hm.health",
    "dumpsys netpolicy",
    "dumpsys power",
    "dumpsys battery",
    "dumpsys location",
    "dumpsys notification",
    "dumpsys companiondevice",
    "dumpsys activity",
    "dumpsys jobscheduler",
    "dumpsys alarm",
    "dumpsys connectivity",
    "dumpsys device_policy",
    "dumpsys user",
};

struct Read {
  android::PhoneState state;
  std::map<std::string, std::string> findings;
  std::vector<std::string> losses;
};

Read Ask(Android& phone, const std::set<std::string_view>& left_out = {}) {
  static const android::log::testing::PlainCompiler compiler;
  static const auto apps = android::testing::CompanionApps();
  std::vector<std::string> outputs;
  std::vector<std::string> commands;
  for (const std::string_view line : kAsked) {
    if (left_out.contains(line)) continue;
    simulate::Said said = Do(phone, line);
    // A command that this version does not have.
    if (said.exit != 0 || said.out.empty()) continue;
    commands.emplace_back(line);
    outputs.push_back(std::move(said.out));
  }
  android::ReportReader reader(compiler, apps);
  for (std::size_t i = 0; i < outputs.size(); ++i)
    EXPECT_TRUE(
        reader.AddOutput(commands[i], std::as_bytes(std::span(outputs[i])), "phone").useful())
        << commands[i];
  Read read{std::move(reader).Finish(), {}, {}};
  const evidence::Evidence seen = android::FindingsFor(read.state, {}, apps);
  for (const evidence::Finding& finding : seen.findings)
    if (const bool* value = std::get_if<bool>(&finding.value))
      read.findings[finding.id] = *value ? "yes" : "no";
    else
      read.findings[finding.id] = std::get<std::string>(finding.value);
  for (const evidence::Loss& loss : seen.losses) read.losses.push_back(loss.text);
  return read;
}

std::string Of(const Read& read, std::string_view id) {
  const auto found = read.findings.find(std::string(id));
  return found == read.findings.end() ? "not said" : found->second;
}

void OnEveryPhone(const std::function<void(Android& phone)>& test) {
  for (const int sdk : kSdks)
    for (const Maker maker : kMakers) {
      SCOPED_TRACE("Android " + std::to_string(sdk) + ", maker " +
                   std::to_string(static_cast<int>(maker)));
      Android phone = simulate::MakeAndroid(sdk, maker, 11);
      test(phone);
    }
}

TEST(SimulatedSystem, AHealthyPhoneReadsAsOne) {
  OnEveryPhone([](Android& phone) {
    const Read read = Ask(phone);
    for (const std::string_view id :
         {evidence::id::kAirplaneMode, evidence::id::kLocationOff, evidence::id::kBatterySaverOn,
          evidence::id::kDataSaverOn, evidence::id::kAutoTimeOff, evidence::id::kAutoTimeZoneOff,
          evidence::id::kPhoneOffline, evidence::id::kPhoneBatteryLow,
          evidence::id::kCompanionDisabled, evidence::id::kCompanionStopped,
          evidence::id::kDataSaverBlocksApp, evidence::id::kLocationPermissionDenied,
          evidence::id::kBluetoothOff, evidence::id::kOtherCompanionInstalled})
      EXPECT_EQ(Of(read, id), "no") << id;
    for (const std::string_view id :
         {evidence::id::kCompanionInstalled, evidence::id::kOfficialAppInstalled,
          evidence::id::kBatteryOptimisationOff, evidence::id::kNotificationAccess,
          evidence::id::kPermissionsGranted})
      EXPECT_EQ(Of(read, id), "yes") << id;
    // Xiaomi has a list of its own that adb does not show: the readers do not say "no" there.
    EXPECT_EQ(Of(read, evidence::id::kAppRestricted),
              phone.flavour.maker == Maker::kXiaomi ? "not said" : "no");
    EXPECT_NE(Of(read, evidence::id::kCompanionKilled), "yes");
    EXPECT_NE(Of(read, evidence::id::kNotificationListenerDead), "yes");
    EXPECT_NE(Of(read, evidence::id::kNotificationsBlocked), "yes");
    EXPECT_NE(Of(read, evidence::id::kPhoneRooted), "yes");
    EXPECT_EQ(Of(read, evidence::id::kMiui), phone.flavour.maker == Maker::kXiaomi ? "yes" : "no");
    if (phone.flavour.maker == Maker::kXiaomi) {
      EXPECT_EQ(Of(read, evidence::id::kAutostartEnabled), "yes");
    }
    if (phone.flavour.sdk >= 31) {
      EXPECT_EQ(Of(read, evidence::id::kNearbyPermissionDenied), "no");
    }
    EXPECT_TRUE(read.losses.empty()) << read.losses[0];
    EXPECT_EQ(read.state.phone.sdk, phone.flavour.sdk);
    EXPECT_EQ(read.state.phone.model, phone.flavour.model);
    EXPECT_EQ(read.state.packages.names.size(), phone.system.packages.size());
    EXPECT_TRUE(read.state.packages.whole_list);
  });
}

struct Change {
  std::string_view command;
  std::string_view finding;
  int since = 26;
  Maker maker = Maker::kStock;
  bool of_maker = false;  // on that maker's phones only
  std::string_view value = "yes";
};
constexpr Change kChanges[] = {
    {"settings put global airplane_mode_on 1", evidence::id::kAirplaneMode},
    {"cmd connectivity airplane-mode enable", evidence::id::kAirplaneMode, 30},
    {"settings put global bluetooth_on 0", evidence::id::kBluetoothOff},
    {"settings put secure location_mode 0", evidence::id::kLocationOff},
    {"cmd location set-location-enabled false", evidence::id::kLocationOff, 31},
    {"settings put global low_power 1", evidence::id::kBatterySaverOn},
    {"cmd power set-mode 1", evidence::id::kBatterySaverOn},
    {"cmd netpolicy set restrict-background true", evidence::id::kDataSaverOn},
    {"settings put global auto_time 0", evidence::id::kAutoTimeOff},
    {"settings put global auto_time_zone 0", evidence::id::kAutoTimeZoneOff},
    {"am force-stop com.xiaomi.hm.health", evidence::id::kCompanionStopped},
    {"pm disable-user --user 0 com.xiaomi.hm.health", evidence::id::kCompanionDisabled},
    {"pm revoke com.xiaomi.hm.health android.permission.ACCESS_FINE_LOCATION",
     evidence::id::kLocationPermissionDenied, 29},
    {"pm revoke com.xiaomi.hm.health android.permission.ACCESS_FINE_LOCATION; pm revoke "
     "com.xiaomi.hm.health android.permission.ACCESS_COARSE_LOCATION",
     evidence::id::kLocationPermissionDenied},
    {"pm revoke com.xiaomi.hm.health android.permission.BLUETOOTH_SCAN",
     evidence::id::kNearbyPermissionDenied, 31},
    {"appops set com.xiaomi.hm.health RUN_ANY_IN_BACKGROUND ignore", evidence::id::kAppRestricted,
     28},
    {"appops set com.xiaomi.hm.health RUN_IN_BACKGROUND ignore", evidence::id::kAppRestricted},
    {"cmd deviceidle whitelist -com.xiaomi.hm.health; am set-standby-bucket com.xiaomi.hm.health "
     "restricted",
     evidence::id::kAppRestricted, 30},
    {"cmd deviceidle whitelist -com.xiaomi.hm.health", evidence::id::kBatteryOptimisationOff, 26,
     Maker::kStock, false, "no"},
    {"cmd notification disallow_listener "
     "com.xiaomi.hm.health/com.xiaomi.hm.health.bt.service.NotificationAccessService",
     evidence::id::kNotificationAccess, 26, Maker::kStock, false, "no"},
    {"appops set com.xiaomi.hm.health 10008 ignore", evidence::id::kAutostartEnabled, 26,
     Maker::kXiaomi, true, "no"},
    {"settings put global private_dns_mode hostname; settings put global private_dns_specifier "
     "dns.example",
     evidence::id::kPrivateDns, 28},
    {"cmd companiondevice associate 0 com.xiaomi.hm.health C8:0F:10:00:00:01",
     evidence::id::kCompanionAssociated, 31},
};

// Each change on every version; the makers take turns.
TEST(SimulatedSystem, EveryChangeShows) {
  std::size_t turn = 0;
  for (const int sdk : kSdks) {
    std::map<Maker, Android> phones;
    for (const Maker maker : kMakers) phones[maker] = simulate::MakeAndroid(sdk, maker, 11);
    for (const Change& change : kChanges) {
      if (sdk < change.since) continue;
      const Maker maker = change.of_maker ? change.maker : kMakers[turn++ % std::size(kMakers)];
      SCOPED_TRACE("Android " + std::to_string(sdk) + ", maker " +
                   std::to_string(static_cast<int>(maker)));
      Android phone = phones[maker];
      ASSERT_EQ(Do(phone, change.command).exit, 0) << change.command;
      EXPECT_EQ(Of(Ask(phone), change.finding), change.value) << change.command;
    }
  }
}

// What only one kind of output shows must be shown by it alone.
TEST(SimulatedSystem, TheDumpsSayItWithoutTheShortAnswers) {
  const std::set<std::string_view> short_answers = {"settings list global",
                                                    "settings list secure",
                                                    "settings list system",
                                                    "cmd deviceidle whitelist",
                                                    "appops get com.xiaomi.hm.health",
                                                    "am get-standby-bucket com.xiaomi.hm.health"};
  for (const int sdk : kSdks) {
    Android phone = simulate::MakeAndroid(sdk, kMakers[sdk % 3], 12);
    const Android before = phone;
    const auto shows = [&](std::string_view command, std::string_view finding,
                           std::string_view value = "yes") {
      phone = before;
      Do(phone, command);
      EXPECT_EQ(Of(Ask(phone, short_answers), finding), value) << command;
    };
    shows("settings put global low_power 1", evidence::id::kBatterySaverOn);
    shows("cmd deviceidle whitelist -com.xiaomi.hm.health", evidence::id::kBatteryOptimisationOff,
          "no");
    shows("appops set com.xiaomi.hm.health RUN_IN_BACKGROUND ignore", evidence::id::kAppRestricted);
    shows("true", evidence::id::kBatteryOptimisationOff);
    shows("true", evidence::id::kNotificationAccess);
    if (phone.flavour.sdk >= 28)
      shows("settings put secure location_mode 0", evidence::id::kLocationOff);
    if (phone.flavour.sdk >= 30)
      shows(
          "cmd deviceidle whitelist -com.xiaomi.hm.health; am set-standby-bucket "
          "com.xiaomi.hm.health restricted",
          evidence::id::kAppRestricted);
  }
}

TEST(SimulatedSystem, WhatEndedAnAppIsRead) {
  OnEveryPhone([](Android& phone) {
    if (phone.flavour.sdk < 30) return;
    constexpr int kLowMemory = 3;
    simulate::EndProcess(phone, kApp, kLowMemory, 0, "low memory");
    const Read read = Ask(phone);
    EXPECT_EQ(Of(read, evidence::id::kCompanionKilled), "yes");
    const auto app = read.state.system.apps.find(kApp);
    ASSERT_NE(app, read.state.system.apps.end());
    ASSERT_EQ(app->second.exits.size(), 1U);
    EXPECT_EQ(app->second.exits[0].reason, kLowMemory);
    EXPECT_TRUE(app->second.processes.empty());
  });
}

TEST(SimulatedSystem, ADumpThatTimedOutIsALoss) {
  Android phone = simulate::MakeAndroid(34, Maker::kStock, 4);
  std::string dump = Do(phone, "dumpsys package").out;
  dump.resize(dump.size() / 2);
  static const android::log::testing::PlainCompiler compiler;
  static const auto apps = android::testing::CompanionApps();
  android::ReportReader reader(compiler, apps);
  reader.AddOutput("dumpsys package", std::as_bytes(std::span(dump)), "phone");
  const android::PhoneState state = std::move(reader).Finish();
  EXPECT_FALSE(state.losses.empty());
}

}  // namespace
}  // namespace bk
