#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "android/packages/package_dumps.h"
#include "android/packages/package_state.h"
#include "android/packages/permission_rules.h"
#include "evidence/finding_ids.h"

namespace bk::android {
namespace {

using testing::kCompanionAndroid12;
using testing::kCompanionAndroid14;
using testing::kPackagesAndroid14;
using testing::kPackagesAndroid5;
using testing::kPackagesAndroid8;
namespace id = evidence::id;

std::vector<evidence::CompanionApp> Apps() {
  return {{.id = "zepp_life",
           .title = "Zepp Life",
           .packages = {"com.xiaomi.hm.health"},
           .speaks_to_band4 = true,
           .from_maker = true,
           .permissions = {"android.permission.ACCESS_FINE_LOCATION",
                           "android.permission.BLUETOOTH_SCAN",
                           "android.permission.BLUETOOTH_CONNECT"}},
          {.id = "gadgetbridge",
           .title = "Gadgetbridge",
           .packages = {"nodomain.freeyourgadget.gadgetbridge"},
           .speaks_to_band4 = true}};
}

struct Parsed {
  PackageState state;
  std::vector<evidence::Loss> losses;
};

Section Body(std::string_view text, std::string_view command = {}) {
  return {.name = "package", .command = command, .body = text, .member_text = text, .file = "x"};
}

Parsed Parse(std::string_view text) {
  Parsed parsed;
  ParsePackageSection(Body(text), Apps(), parsed.state, parsed.losses);
  return parsed;
}

std::string Value(const evidence::Evidence& evidence, std::string_view finding) {
  for (const evidence::Finding& f : evidence.findings)
    if (f.id == finding) return std::get<bool>(f.value) ? "true" : "false";
  return "";
}
std::string Text(const evidence::Evidence& evidence, std::string_view finding) {
  for (const evidence::Finding& f : evidence.findings)
    if (f.id == finding) return f.text;
  return "";
}

TEST(PackageDump, Android5) {
  const Parsed parsed = Parse(kPackagesAndroid5);
  EXPECT_TRUE(parsed.losses.empty());
  EXPECT_EQ(parsed.state.blocks_seen, 2U);
  EXPECT_EQ(parsed.state.blocks_understood, 2U);
  EXPECT_TRUE(parsed.state.whole_list);
  EXPECT_EQ(parsed.state.has_bluetooth_le, true);
  const PackageInfo* zepp = parsed.state.Find("com.xiaomi.hm.health");
  ASSERT_NE(zepp, nullptr);
  EXPECT_EQ(zepp->app_id, 10061);
  EXPECT_EQ(zepp->version_name, "4.0.1");
  EXPECT_EQ(zepp->installer, "com.android.vending");
  EXPECT_EQ(zepp->install.size(), 2U);
  EXPECT_TRUE(parsed.state.FindName("android")->bluetooth);  // by its shared user

  const evidence::Evidence seen = Findings(parsed.state, 21, {}, Apps());
  EXPECT_EQ(Value(seen, id::kCompanionInstalled), "true");
  EXPECT_EQ(Value(seen, id::kOfficialAppInstalled), "true");
  EXPECT_EQ(Value(seen, id::kOtherCompanionInstalled), "false");
  EXPECT_EQ(Value(seen, id::kCompanionStopped), "true");
  EXPECT_EQ(Value(seen, id::kLocationPermissionDenied), "");  // cannot be denied before 6
  EXPECT_EQ(Value(seen, id::kNoBluetooth), "false");
}

TEST(PackageDump, Android8LeavesOutWhatWasNeverGranted) {
  const Parsed parsed = Parse(kPackagesAndroid8);
  EXPECT_TRUE(parsed.losses.empty());
  EXPECT_EQ(parsed.state.blocks_seen, 3U);  // the hidden one is what an update replaced
  const PackageInfo* zepp = parsed.state.Find("com.xiaomi.hm.health");
  ASSERT_NE(zepp, nullptr);
  EXPECT_EQ(zepp->version_name, "5.0.10");
  ASSERT_EQ(zepp->users.size(), 2U);
  EXPECT_FALSE(zepp->users[1].installed);
  EXPECT_THAT(zepp->users[0].disabled_components,
              ::testing::ElementsAre("com.xiaomi.hm.health.PushService"));
  const PackageName* shared = parsed.state.FindName("com.example.shared");
  ASSERT_NE(shared, nullptr);
  EXPECT_TRUE(shared->bluetooth);
  EXPECT_TRUE(shared->disabled_for_owner);

  const evidence::Evidence seen = Findings(parsed.state, 27, {}, Apps());
  EXPECT_EQ(Value(seen, id::kLocationPermissionDenied), "true");
  EXPECT_EQ(Value(seen, id::kNearbyPermissionDenied), "");  // no such permission before 12
  EXPECT_EQ(Value(seen, id::kPermissionsGranted), "false");
  EXPECT_EQ(Value(seen, id::kCompanionDisabled), "false");
  EXPECT_EQ(Value(seen, id::kCompanionStopped), "false");
  ASSERT_EQ(seen.events.size(), 2U);
  EXPECT_EQ(seen.events[1].kind, "app_updated");
  // Without the SDK level it is not known whether the dump would list a denied one.
  EXPECT_EQ(Value(Findings(parsed.state, 0, {}, Apps()), id::kLocationPermissionDenied), "");
}

TEST(PackageDump, Android14DeniedPermissions) {
  const Parsed parsed = Parse(kPackagesAndroid14);
  EXPECT_TRUE(parsed.losses.empty());
  const PackageInfo* zepp = parsed.state.Find("com.xiaomi.hm.health");
  ASSERT_NE(zepp, nullptr);
  EXPECT_EQ(FormatInstant(zepp->first_install).substr(0, 19), "2024-01-02 09:00:00");
  EXPECT_EQ(zepp->requested.size(), 4U);
  EXPECT_EQ(zepp->requested[3], "android.permission.POST_NOTIFICATIONS");

  const evidence::Evidence seen = Findings(parsed.state, 34, {}, Apps());
  EXPECT_EQ(Value(seen, id::kOtherCompanionInstalled), "true");
  EXPECT_EQ(Value(seen, id::kCompanionStopped), "false");  // the other one may run
  EXPECT_EQ(Value(seen, id::kNearbyPermissionDenied), "true");
  EXPECT_EQ(Value(seen, id::kNearbyGranted), "false");
  EXPECT_EQ(Value(seen, id::kLocationPermissionDenied), "true");  // the coarse one is too little
  EXPECT_THAT(Text(seen, id::kLocationPermissionDenied), ::testing::HasSubstr("denied for good"));
  EXPECT_EQ(Value(seen, id::kPermissionsGranted), "false");
}

TEST(PackageDump, ABlockThatIsNotUnderstoodIsALoss) {
  const Parsed parsed = Parse(
      "Packages:\n  Package [android] (1):\n    appId=1000\n    versionCode=1\n    User 0: "
      "installed=true\n  Package [com.new.format] (2):\n    somethingElse=1\n\nQueries:\n");
  ASSERT_EQ(parsed.losses.size(), 1U);
  EXPECT_EQ(parsed.losses[0].text, "1 of 2 packages were not understood");
}

TEST(PackageDump, WhatAVendorPrintsBetweenBlocksDoesNotEndThem) {
  const Parsed parsed = Parse(
      "Packages:\n  Package [android] (1):\n    appId=1000\n    versionCode=1\n    User 0: "
      "installed=true\nsome vendor line\n  Package [com.xiaomi.hm.health] (2):\n    appId=10100\n"
      "    versionCode=2 targetSdk=30\n    User 0: installed=true stopped=false enabled=0\n");
  EXPECT_EQ(parsed.state.blocks_understood, 2U);
  EXPECT_NE(parsed.state.Find("com.xiaomi.hm.health"), nullptr);
}

TEST(PackageDump, UnableToFindIsAbsence) {
  Parsed parsed = Parse("Unable to find package: com.xiaomi.hm.health\n");
  evidence::Evidence seen = Findings(parsed.state, 30, {}, Apps());
  EXPECT_EQ(Value(seen, id::kOfficialAppInstalled), "false");
  EXPECT_EQ(Value(seen, id::kCompanionInstalled), "");  // the other app was not asked for
}

TEST(PackageDump, NoBluetoothAmongTheFeatures) {
  const Parsed parsed = Parse("Features:\n  android.hardware.wifi\n\nPackages:\n");
  EXPECT_EQ(Value(Findings(parsed.state, 28, {}, Apps()), id::kNoBluetooth), "true");
  const Parsed cut = Parse("Features:\n  android.hardware.wifi\n");
  EXPECT_EQ(Value(Findings(cut.state, 28, {}, Apps()), id::kNoBluetooth), "");
}

TEST(PackageList, EveryOption) {
  PackageState state;
  std::vector<evidence::Loss> losses;
  const std::string_view text =
      "package:/system/framework/framework-res.apk=android uid:1000\n"
      "package:/data/app/~~a==/com.xiaomi.hm.health-b==/base.apk=com.xiaomi.hm.health "
      "versionCode:60902  installer=com.android.vending uid:10150,1010150\n"
      "package:com.example.plain\r\n";
  ParsePackageList(Body(text, "pm list packages -f -U"), Apps(), state, losses);
  EXPECT_TRUE(losses.empty());
  EXPECT_TRUE(state.whole_list);
  EXPECT_EQ(state.names.size(), 3U);
  const PackageInfo* zepp = state.Find("com.xiaomi.hm.health");
  ASSERT_NE(zepp, nullptr);
  EXPECT_EQ(zepp->app_id, 10150);
  EXPECT_EQ(zepp->version_code, 60902);
  const evidence::Evidence seen = Findings(state, 30, {}, Apps());
  EXPECT_EQ(Value(seen, id::kCompanionInstalled), "true");
  EXPECT_EQ(Value(seen, id::kCompanionStopped), "");  // a list does not tell
  EXPECT_EQ(Value(seen, id::kLocationPermissionDenied), "");

  PackageState disabled;
  ParsePackageList(Body("package:com.xiaomi.hm.health\n", "pm list packages -d"), Apps(), disabled,
                   losses);
  EXPECT_FALSE(disabled.whole_list);
  EXPECT_EQ(Value(Findings(disabled, 30, {}, Apps()), id::kCompanionDisabled), "true");
}

TEST(CompanionDevices, EveryVersion) {
  const evidence::BandId band{
      .address = ParseAddress("C8:0F:10:01:02:03"), .masked_address = {}, .name = {}};
  for (const std::string_view text : {kCompanionAndroid12, kCompanionAndroid14}) {
    PackageState state;
    std::vector<evidence::Loss> losses;
    ParseCompanionDeviceSection(Body(text), state, losses);
    EXPECT_TRUE(losses.empty());
    ASSERT_GE(state.associations.size(), 1U);
    EXPECT_EQ(state.associations[0].package, "nodomain.freeyourgadget.gadgetbridge");
    EXPECT_EQ(state.associations[0].address, "C8:0F:10:01:02:03");
    EXPECT_EQ(Value(Findings(state, 34, band, Apps()), id::kCompanionAssociated), "true");
    EXPECT_EQ(Sightings(state).size(), 1U);
  }
  PackageState state;
  std::vector<evidence::Loss> losses;
  ParseCompanionDeviceSection(Body("Companion Device Associations: <empty>\n"), state, losses);
  EXPECT_EQ(Value(Findings(state, 34, band, Apps()), id::kCompanionAssociated), "false");
}

TEST(PackageDump, EveryTruncationIsReadWithoutInvention) {
  for (const std::string_view whole : {kPackagesAndroid5, kPackagesAndroid8, kPackagesAndroid14}) {
    const std::size_t list_ends = whole.find("\n\n", whole.find("Packages:"));
    for (std::size_t length = 0; length < whole.size(); ++length) {
      const Parsed parsed = Parse(whole.substr(0, length));
      const evidence::Evidence seen = Findings(parsed.state, 30, {}, Apps());
      ASSERT_FALSE(length <= list_ends && parsed.state.whole_list) << length;
      ASSERT_NE(Value(seen, id::kCompanionInstalled), "false") << length;
    }
  }
}

TEST(PermissionRules, Versions) {
  EXPECT_EQ(FirstSdk("android.permission.BLUETOOTH_SCAN"), 31);
  EXPECT_EQ(FirstSdk("android.permission.ACCESS_FINE_LOCATION"), 1);
  EXPECT_TRUE(IsAskedFor("android.permission.ACCESS_FINE_LOCATION", 23));
  EXPECT_FALSE(IsAskedFor("android.permission.ACCESS_FINE_LOCATION", 22));
  EXPECT_FALSE(IsAskedFor("android.permission.BLUETOOTH", 34));
}

}  // namespace
}  // namespace bk::android
