#include <gtest/gtest.h>

#include <map>

#include "simulate/phone/setup/make_android.h"
#include "simulate/phone/system/state.h"
#include "simulate/phone/system/system_testing.h"

namespace bk::simulate {
namespace {

using testing::Do;
using testing::kMakers;
using testing::kSdks;

std::string Text(Android& phone, std::string_view line) { return Do(phone, line).out; }

TEST(MakeAndroid, TheSameSeedGivesTheSamePhone) {
  EXPECT_EQ(MakeAndroid(34, Maker::kStock, 7), MakeAndroid(34, Maker::kStock, 7));
  EXPECT_FALSE(MakeAndroid(34, Maker::kStock, 7) == MakeAndroid(34, Maker::kStock, 8));
}

TEST(MakeAndroid, IsHealthyInEveryVersionAndFlavour) {
  for (const int sdk : kSdks)
    for (const Maker maker : kMakers) {
      const Android phone = MakeAndroid(sdk, maker, 3);
      EXPECT_EQ(phone.flavour.sdk, sdk);
      EXPECT_GT(phone.system.packages.size(), 200U);
      EXPECT_TRUE(Running(phone, kZeppLife));
      EXPECT_EQ(Bucket(phone.system, kZeppLife), 5);
      EXPECT_TRUE(LocationOn(phone.system));
      EXPECT_FALSE(AirplaneMode(phone.system));
      EXPECT_FALSE(BatterySaver(phone.system));
      EXPECT_EQ(
          Granted(*FindPackage(phone.system, kZeppLife), "android.permission.BLUETOOTH_CONNECT"),
          sdk >= 31);
      std::map<int, int> uids;
      for (const auto& [name, package] : phone.system.packages)
        if (package.uid >= 10'000) {
          EXPECT_EQ(++uids[package.uid], 1) << name;
        }
    }
}

TEST(MakeAndroid, TheDumpsAreOfRealSize) {
  Android phone = MakeAndroid(34, Maker::kXiaomi, 1);
  EXPECT_GT(Text(phone, "dumpsys package").size(), 650'000U);
  EXPECT_GT(Text(phone, "dumpsys appops").size(), 60'000U);
  EXPECT_GT(Text(phone, "dumpsys activity").size(), 100'000U);
  EXPECT_GT(Text(phone, "dumpsys usagestats").size(), 200'000U);
  EXPECT_GT(Text(phone, "getprop").size(), 18'000U);
  EXPECT_GT(Text(phone, "pm list packages -f").size(), 15'000U);
}

TEST(MakeAndroid, NoReadingCommandChangesIt) {
  for (const int sdk : kSdks) {
    Android phone = MakeAndroid(sdk, Maker::kSamsung, 5);
    const Android before = phone;
    for (const std::string_view line :
         {"dumpsys", "getprop", "settings list global", "settings list secure",
          "settings list system", "pm list packages -U", "appops get com.xiaomi.hm.health",
          "cmd deviceidle whitelist", "am get-standby-bucket com.xiaomi.hm.health",
          "cmd netpolicy list restrict-background-whitelist", "ps -A", "date", "dumpsys -l",
          "cmd location is-location-enabled", "cmd connectivity airplane-mode"})
      Do(phone, line);
    EXPECT_EQ(phone, before);
  }
}

}  // namespace
}  // namespace bk::simulate
