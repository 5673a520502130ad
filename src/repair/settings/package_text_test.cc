#include "repair/settings/package_text.h"

#include <gtest/gtest.h>

namespace bk::repair {
namespace {

// The shape of Android 10's dump, with a second user and a hidden system package below.
constexpr std::string_view kOld = R"(Activity Resolver Table:
  Non-Data Actions:
      android.intent.action.MAIN:
        12ab34 com.x.band/.Main filter 9e
Service Resolver Table:
  Non-Data Actions:
      android.service.notification.NotificationListenerService:
        9ab1c2d com.x.band/.push.Listener filter 1234567 permission android.permission.BIND_NOTIFICATION_LISTENER_SERVICE
          Action: "android.service.notification.NotificationListenerService"
      other.action:
        9ab1c2e com.x.band/.Other filter 1234567

Packages:
  Package [com.x.band] (53bdf14):
    userId=10143
    versionCode=50612 minSdk=23 targetSdk=28
    versionName=6.9.5 beta
    firstInstallTime=2019-12-11 11:35:52
    requested permissions:
      android.permission.BLUETOOTH
      android.permission.READ_CALL_LOG
      android.permission.ACCESS_FINE_LOCATION: restricted=true
    install permissions:
      android.permission.BLUETOOTH: granted=true
    User 0: ceDataInode=1 installed=true hidden=false suspended=false stopped=true notLaunched=false enabled=3 instant=false
      lastDisabledCaller: com.android.settings
      gids=[3003]
      runtime permissions:
        android.permission.ACCESS_FINE_LOCATION: granted=false, flags=[ USER_SET]
    User 10: ceDataInode=0 installed=false hidden=false suspended=false stopped=false notLaunched=false enabled=0 instant=false
      runtime permissions:
        android.permission.ACCESS_FINE_LOCATION: granted=true
  Package [com.x.band.other] (53bdf15):
    User 0: installed=true stopped=false enabled=1

Hidden system packages:
  Package [com.x.band] (aaaa):
    versionName=1.0
    User 0: installed=true stopped=false enabled=0
)";

TEST(PackageText, ReadsTheUserThatIsAskedFor) {
  const auto owner = FindPackage(kOld, "com.x.band", 0);
  ASSERT_TRUE(owner);
  EXPECT_EQ(owner->version_name, "6.9.5 beta");
  EXPECT_EQ(owner->version_code, "50612");
  EXPECT_EQ(owner->first_install, "2019-12-11 11:35:52");
  EXPECT_TRUE(owner->installed);
  EXPECT_EQ(owner->enabled, 3);
  EXPECT_EQ(owner->stopped, true);
  EXPECT_EQ(owner->Granted("android.permission.ACCESS_FINE_LOCATION"), false);
  EXPECT_EQ(owner->Granted("android.permission.BLUETOOTH"), true);
  EXPECT_EQ(owner->Granted("android.permission.READ_CALL_LOG"), false);  // asked for, undecided
  EXPECT_FALSE(owner->Granted("android.permission.READ_CALL"));
  EXPECT_FALSE(owner->Granted("android.permission.READ_SMS"));
  const auto second = FindPackage(kOld, "com.x.band", 10);
  ASSERT_TRUE(second);
  EXPECT_FALSE(second->installed);
  EXPECT_EQ(second->Granted("android.permission.ACCESS_FINE_LOCATION"), true);
  EXPECT_EQ(second->stopped, false);
  EXPECT_EQ(FindPackage(kOld, "com.x.band", 1)->enabled, -1);
  EXPECT_FALSE(FindPackage(kOld, "com.x", 0));
  EXPECT_EQ(FindPackage(kOld, "com.x.band.other", 0)->enabled, 1);
}

TEST(PackageText, ReadsTheFirstInstallOfNewAndroidsBelowTheUser) {
  constexpr std::string_view kNew =
      "Packages:\n  Package [com.x] (1):\n    appId=10143\n    versionCode=7 minSdk=26\n"
      "    versionName=7.0\n    User 0: ceDataInode=1 installed=true stopped=false enabled=0\n"
      "      firstInstallTime=2024-01-02 03:04:05\n      runtime permissions:\n";
  EXPECT_EQ(FindPackage(kNew, "com.x", 0)->first_install, "2024-01-02 03:04:05");
}

TEST(PackageText, FindsTheServiceThatHearsNotifications) {
  EXPECT_EQ(FindNotificationListener(kOld, "com.x.band"), "com.x.band.push.Listener");
  EXPECT_EQ(FindNotificationListener(kOld, "com.x"), "");
}

TEST(PackageText, CutAtEveryByteItNeverGivesMoreThanStoodThere) {
  for (std::size_t size = 0; size <= kOld.size(); ++size) {
    const auto package = FindPackage(kOld.substr(0, size), "com.x.band", 0);
    if (!package) continue;
    EXPECT_NE(package->Granted("android.permission.ACCESS_FINE_LOCATION"), true) << size;
    EXPECT_NE(package->stopped, false) << size;
    (void)FindNotificationListener(kOld.substr(0, size), "com.x.band");
  }
}

}  // namespace
}  // namespace bk::repair
