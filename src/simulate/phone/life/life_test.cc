// A simulated phone lives: in virtual time, by itself, from a seed.
#include <gtest/gtest.h>

#include "simulate/phone/bluetooth/radio.h"
#include "simulate/phone/life/advance.h"
#include "simulate/phone/life/owner.h"
#include "simulate/phone/life/rules.h"
#include "simulate/phone/life/test_phone.h"
#include "simulate/phone/system/state.h"

namespace bk::simulate {
namespace {

using namespace std::chrono_literals;
using testing::HealthyPhone;
using testing::kMakers;
using testing::kSdks;

TEST(Life, AHealthyPhoneSyncsForADay) {
  for (const int sdk : kSdks)
    for (const Maker maker : kMakers)
      for (const std::uint64_t seed : {1U, 2U, 3U}) {
        SCOPED_TRACE(::testing::Message() << sdk << " seed " << seed);
        Android phone = HealthyPhone(sdk, maker, seed);
        Advance(phone, 5min);
        int healthy = 0, syncs = 0;
        auto last = phone.life.last_sync;
        for (int quarter = 0; quarter < 24 * 4; ++quarter) {
          Advance(phone, 15min);
          healthy += Healthy(phone, phone.clock.wall - 20min);
          syncs += phone.life.last_sync != last;
          last = phone.life.last_sync;
        }
        EXPECT_GE(healthy, 92);
        EXPECT_GE(syncs, 92);
        EXPECT_TRUE(NotificationsArrive(phone));
      }
}

TEST(Life, OneSeedIsOneLife) {
  Android one = HealthyPhone(34, Maker::kStock, 7), two = HealthyPhone(34, Maker::kStock, 7);
  Advance(one, 3h);
  for (int i = 0; i < 180; ++i) Advance(two, 1min);
  EXPECT_TRUE(one == two);
  Android other = HealthyPhone(34, Maker::kStock, 8);
  Advance(other, 3h);
  EXPECT_FALSE(one == other);
}

TEST(Life, GadgetbridgeNeedsNoServer) {
  Android phone = HealthyPhone(34, Maker::kStock, 1, "nodomain.freeyourgadget.gadgetbridge");
  phone.system.network.connected = false;
  Advance(phone, 1h);
  EXPECT_TRUE(Healthy(phone, phone.clock.wall - 20min));
}

TEST(Life, TheLinkFallsWithWhatHoldsIt) {
  Android phone = HealthyPhone(34);
  Advance(phone, 2min);
  const std::string peer = phone.life.band.address;
  ASSERT_NE(StandingLink(phone, peer), nullptr);
  ForceStop(phone, phone.life.companion);
  Advance(phone, 1s);
  EXPECT_EQ(StandingLink(phone, peer), nullptr);
  EXPECT_EQ(phone.bluetooth.links.back().reason, 0x16);
  Advance(phone, 2h);
  EXPECT_FALSE(Running(phone, phone.life.companion));  // stopped apps stay stopped
  StartApp(phone, phone.life.companion, /*by_hand=*/true);
  Advance(phone, 2min);
  EXPECT_TRUE(Healthy(phone, phone.clock.wall - 2min));
}

TEST(Life, ARestartBringsEverythingBack) {
  for (const int sdk : kSdks)
    for (const Maker maker : kMakers) {
      Android phone = HealthyPhone(sdk, maker);
      Advance(phone, 10min);
      const auto before = phone.clock.wall;
      Restart(phone);
      EXPECT_LT(phone.clock.boot, 1min);
      Advance(phone, 5min);
      EXPECT_TRUE(Healthy(phone, before)) << sdk;
    }
}

TEST(Life, AnyProgramThatSetsTheBootTimeBackHasRestartedThePhone) {
  Android phone = HealthyPhone(34);
  Advance(phone, 10min);
  const auto pid = phone.life.processes[phone.life.companion].pid;
  phone.clock.boot = 0s;
  Advance(phone, 5min);
  EXPECT_NE(phone.life.processes[phone.life.companion].pid, pid);
  EXPECT_TRUE(Healthy(phone, phone.clock.wall - 5min));
}

TEST(Life, SettingsComeBackOnlyWithTheQuirk) {
  for (const bool quirk : {false, true}) {
    Android phone = HealthyPhone(31, Maker::kXiaomi);
    const std::string name = phone.life.companion;
    phone.life.comes_back = {{ComesBack::What::kOp, name, "RUN_ANY_IN_BACKGROUND", "ignore"},
                             {ComesBack::What::kDozeExempt, name, {}, {}}};
    if (quirk) phone.flavour.quirks.insert("settings_come_back");
    Advance(phone, 10min);
    Restart(phone);
    Advance(phone, 10min);
    EXPECT_EQ(phone.system.doze_exempt.contains(name), !quirk);
    EXPECT_EQ(Healthy(phone, phone.clock.wall - 10min), !quirk);
  }
}

TEST(Life, WhatHoldsAnAppBackByMaker) {
  const auto kind = [](const Android& phone) { return HoldOf(phone, phone.life.companion).kind; };
  Android stock = HealthyPhone(34);
  EXPECT_EQ(kind(stock), Hold::Kind::kNone);
  PutSetting(stock.system, "global", "low_power", "1");
  EXPECT_EQ(kind(stock), Hold::Kind::kNone);  // exempt from battery optimisation
  stock.system.doze_exempt.clear();
  EXPECT_EQ(kind(stock), Hold::Kind::kKilled);
  PutSetting(stock.system, "global", "low_power", "0");
  stock.system.plugged = stock.system.screen_on = false;
  EXPECT_EQ(kind(stock), Hold::Kind::kSuspended);  // Doze
  Android xiaomi = HealthyPhone(31, Maker::kXiaomi);
  xiaomi.system.packages[xiaomi.life.companion].autostart = false;
  EXPECT_EQ(kind(xiaomi), Hold::Kind::kKilled);
  xiaomi.life.apps[xiaomi.life.companion].locked_in_recents = true;
  EXPECT_EQ(kind(xiaomi), Hold::Kind::kNone);
  Android samsung = HealthyPhone(35, Maker::kSamsung);
  samsung.system.packages[samsung.life.companion].asleep = true;
  EXPECT_EQ(kind(samsung), Hold::Kind::kNone);
  samsung.system.doze_exempt.clear();
  EXPECT_EQ(kind(samsung), Hold::Kind::kKilled);
  EXPECT_EQ(HoldOf(samsung, samsung.life.companion).subreason, 1001);
}

TEST(Life, WhatAScanNeedsByVersion) {
  const auto gate = [](const Android& phone) { return ScanGateOf(phone, phone.life.companion); };
  for (const int sdk : kSdks) {
    Android phone = HealthyPhone(sdk);
    EXPECT_EQ(gate(phone), ScanGate::kOpen);
    SetLocation(phone, false);
    EXPECT_EQ(gate(phone), ScanGate::kLocationOff) << sdk;
    SetLocation(phone, true);
    auto& permissions = phone.system.packages[phone.life.companion].permissions;
    permissions["android.permission.ACCESS_FINE_LOCATION"].granted = false;
    EXPECT_EQ(gate(phone), sdk < 29 ? ScanGate::kOpen : ScanGate::kNoPermission) << sdk;
    if (sdk < 31) continue;
    permissions["android.permission.BLUETOOTH_SCAN"].granted = false;
    EXPECT_EQ(gate(phone), ScanGate::kException) << sdk;
  }
}

TEST(Owner, DoesForgetsOrRefuses) {
  Android phone = HealthyPhone(34);
  Advance(phone, 5min);
  phone.life.owner.on["forget_in_android"] = Deed::kForgets;
  phone.life.owner.on["factory_reset_band"] = Deed::kRefuses;
  const Android before = phone;
  EXPECT_EQ(AskOwner(phone, "forget_in_android"), Deed::kForgets);
  EXPECT_EQ(AskOwner(phone, "factory_reset_band"), Deed::kRefuses);
  EXPECT_EQ(phone.life.owner.asked.size(), 2U);
  EXPECT_TRUE(phone.bluetooth == before.bluetooth);
  EXPECT_TRUE(phone.life.band == before.life.band);
  phone.life.owner.on.clear();
  EXPECT_EQ(AskOwner(phone, "forget_in_android"), Deed::kDoes);
  EXPECT_FALSE(phone.bluetooth.bonds.contains(phone.life.band.address));
  EXPECT_EQ(AskOwner(phone, "fly_to_the_moon"), Deed::kRefuses);
}

TEST(Owner, AFactoryResetChangesAddressAndKey) {
  Android phone = HealthyPhone(34);
  Advance(phone, 5min);
  const SimBandInAir before = phone.life.band;
  AskOwner(phone, "factory_reset_band");
  EXPECT_NE(phone.life.band.address, before.address);
  EXPECT_NE(phone.life.band.key, before.key);
  EXPECT_FALSE(phone.bluetooth.bonds.contains(before.address));
  const auto when = phone.clock.wall;
  Advance(phone, 5min);
  EXPECT_TRUE(Healthy(phone, when));
}

TEST(Owner, WithoutInternetNothingCanBeBound) {
  Android phone = HealthyPhone(34);
  Advance(phone, 5min);
  phone.system.network.connected = false;
  AskOwner(phone, "factory_reset_band");
  Advance(phone, 1h);
  EXPECT_FALSE(Healthy(phone, phone.clock.wall - 1h));
}

}  // namespace
}  // namespace bk::simulate
