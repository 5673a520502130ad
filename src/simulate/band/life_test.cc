#include <gtest/gtest.h>

#include "codec/miband/activity.h"
#include "simulate/band/band_testing.h"

namespace bk::simulate::band {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

TEST(Life, AMinuteIsRecordedWhenItIsOver) {
  Options options;
  options.utc_us = 1'719'835'200'000'000 + 30'000'000;  // half a minute into a minute
  options.quirks.clock_ppm = 0;
  BandSim band(options, kCipher, kChecksum);
  band.Advance(seconds(29));
  EXPECT_TRUE(band.truth().recorded.empty());
  band.Advance(seconds(31));
  ASSERT_EQ(band.truth().recorded.size(), 1u);
  EXPECT_EQ(band.truth().recorded[0].minute, 1'719'835'200 / 60);
  band.Advance(hours(24));
  EXPECT_EQ(band.truth().recorded.size(), 1440u);
  for (std::size_t i = 1; i < 1440; ++i)
    ASSERT_EQ(band.truth().recorded[i].minute, band.truth().recorded[i - 1].minute + 1);
}

TEST(Life, StepsOfTimeDoNotMatter) {
  Options options;
  options.seed = 9;
  BandSim once(options, kCipher, kChecksum);
  BandSim often = once;
  once.Advance(hours(30));
  for (int i = 1; i <= 30 * 60 * 4; ++i) often.Advance(seconds(15 * i));
  EXPECT_EQ(once.state(), often.state());
}

TEST(Life, TheClockRunsFastByItsDrift) {
  Options options;
  options.quirks.clock_ppm = 100;
  BandSim band(options, kCipher, kChecksum);
  const std::int64_t begin = band.UtcMicrosAt(RadioTime{0});
  EXPECT_EQ(band.UtcMicrosAt(hours(24)) - begin, 86'400'000'000 + 8'640'000);
}

// Setting the clock, forward or back, never records a minute twice.
TEST(Life, MinutesStayUniqueWhenTheClockIsSet) {
  Options options;
  options.history = 50;
  options.zone = 8;
  Hand hand(options);
  hand.Authenticate();
  Random random(3);
  for (int i = 0; i < 200; ++i) {
    (void)hand.Pass(seconds(random.Between(1, 200)));
    codec::miband::CurrentTime time;
    const auto zone = static_cast<std::int8_t>(random.Between(-20, 40));
    const std::int64_t utc =
        hand.band.UtcMicrosAt(hand.now) + random.Between(-180, 180) * 1'000'000;
    time.clock = codec::miband::ClockFrom(BandTime{utc + ZoneMicros(zone)}, zone);
    (void)hand.air.Write(0x002c, Encode(time), true, hand.now);
    ASSERT_EQ(hand.band.state().clock.zone, zone);
  }
  std::set<UtcMinute> seen;
  for (const StoredMinute& minute : hand.band.truth().recorded)
    EXPECT_TRUE(seen.insert(minute.minute).second);
}

TEST(Life, TheRingForgetsTheOldest) {
  Options options;
  options.minutes_max = 100;
  BandSim band(options, kCipher, kChecksum);
  band.Advance(minutes(150));
  EXPECT_EQ(band.state().minutes.size(), 100u);
  ASSERT_EQ(band.truth().deleted.size(), 50u);
  EXPECT_EQ(band.truth().deleted.front().why, Deleted::Why::kOverwritten);
  EXPECT_EQ(band.state().minutes.back(), band.truth().recorded.back());
}

TEST(Life, WornTakenOffChargedAndAsleep) {
  Options options;
  options.utc_us = 1'719'748'800'000'000;  // noon
  options.zone = 0;
  BandSim band(options, kCipher, kChecksum);
  band.MutableState().heart_in_sleep = true;
  band.Wear(minutes(10), false);
  band.Charger(minutes(20), true);
  band.Charger(minutes(30), false);
  band.Wear(minutes(30), true);
  band.Advance(hours(16));
  const auto& minutes_of = band.truth().recorded;
  EXPECT_EQ(codec::miband::KindOf(minutes_of[15].sample), codec::miband::ActivityKind::kNotWorn);
  EXPECT_EQ(codec::miband::KindOf(minutes_of[25].sample), codec::miband::ActivityKind::kCharging);
  unsigned deep = 0, light = 0;
  for (std::size_t i = 12 * 60; i < 15 * 60; ++i) {
    const auto kind = codec::miband::KindOf(minutes_of[i].sample);
    deep += kind == codec::miband::ActivityKind::kDeepSleep ? 1 : 0;
    light += kind == codec::miband::ActivityKind::kLightSleep ? 1 : 0;
    EXPECT_NE(minutes_of[i].sample.heart_rate, 0xff);
  }
  EXPECT_EQ(deep + light, 180u);
  EXPECT_GT(deep, 0u);
  unsigned steps = 0;
  for (std::size_t i = 30; i < 10 * 60; ++i) steps += minutes_of[i].sample.steps;
  EXPECT_GT(steps, 1000u);
  EXPECT_EQ(band.state().steps_today, 0u);  // four in the morning
}

TEST(Life, StepsAreToldAtSecond58AndBeginAnewAtMidnight) {
  Options options;
  options.utc_us = 1'719'784'800'000'000;  // 22:00 UTC
  options.zone = 0;
  options.quirks.clock_ppm = 0;
  Hand hand(options);
  hand.Authenticate();
  (void)hand.Write(0x0045, "01 00");
  hand.all.clear();
  (void)hand.Pass(minutes(5));
  ASSERT_EQ(hand.all.size(), 5u);
  EXPECT_EQ(hand.all[0].bytes.size(), 13u);
  hand.band.MutableState().steps_today = 10'972;
  EXPECT_EQ(hand.Read(0x0044), "0C DC 2A 00 00 C2 1E 00 00 41 01 00 00");
  hand.band.Advance(hours(2) + minutes(2));
  EXPECT_LT(hand.band.state().steps_today, 500u);
}

TEST(Life, BatteryRunsDownChargesAndTells) {
  Options options;
  options.percent = 3;
  options.quirks.clock_ppm = 0;
  Hand hand(options);
  (void)hand.Write(0x0042, "01 00");
  hand.all.clear();
  (void)hand.Pass(hours(6));
  ASSERT_FALSE(hand.all.empty());
  EXPECT_EQ(std::to_integer<int>(hand.all.front().bytes[1]), 2);
  // Empty: it is gone without a word, and nothing is recorded.
  const std::string said = hand.Pass(hours(30));
  EXPECT_TRUE(said.ends_with("gone"));
  EXPECT_FALSE(hand.air.Adverts(hand.now));
  const std::size_t recorded = hand.band.truth().recorded.size();
  hand.now += hours(5);
  EXPECT_FALSE(hand.air.Adverts(hand.now));
  EXPECT_EQ(hand.band.truth().recorded.size(), recorded);
  hand.band.Charger(hand.now, true);
  hand.now += hours(3);
  EXPECT_TRUE(hand.air.Adverts(hand.now));
  EXPECT_EQ(hand.Read(0x0041).substr(0, 8), "0F 64 01");
  hand.band.Charger(hand.now, false);
  EXPECT_EQ(hand.Read(0x0041).substr(0, 8), "0F 64 00");
  EXPECT_EQ(hand.Read(0x0041).substr(57), "64");
  EXPECT_GT(hand.band.truth().recorded.size(), recorded);
}

TEST(Life, HeartRateOnceAndAsLongAsItIsKeptAlive) {
  Hand hand;
  hand.Authenticate();
  (void)hand.Write(0x0027, "01 00");
  hand.all.clear();
  (void)hand.Write(0x0029, "15 02 01");
  (void)hand.Pass(seconds(30));
  ASSERT_EQ(hand.all.size(), 1u);
  EXPECT_EQ(hand.all[0].bytes.size(), 2u);
  hand.all.clear();
  (void)hand.Write(0x0029, "15 01 01");
  (void)hand.Pass(seconds(60));
  EXPECT_GE(hand.all.size(), 6u);
  EXPECT_LE(hand.all.size(), 8u);
  hand.all.clear();
  (void)hand.Write(0x0029, "15 01 01");
  for (int i = 0; i < 5; ++i) {
    (void)hand.Pass(seconds(11));
    (void)hand.Write(0x0029, "16");
  }
  EXPECT_GE(hand.all.size(), 28u);
  (void)hand.Write(0x0029, "15 01 00");
  hand.all.clear();
  (void)hand.Pass(seconds(30));
  EXPECT_TRUE(hand.all.empty());
  // Not worn: 0.
  hand.band.Wear(hand.now, false);
  (void)hand.Write(0x0029, "15 02 01");
  EXPECT_EQ(hand.Pass(seconds(20)), "0026: 00 00");
}

// Measured by itself every minute: told twice, and stored.
TEST(Life, AutomaticHeartRate) {
  Hand hand;
  hand.Authenticate();
  (void)hand.Write(0x0027, "01 00");
  (void)hand.Write(0x0029, "14 01");
  hand.all.clear();
  (void)hand.Pass(minutes(5));
  ASSERT_EQ(hand.all.size(), 10u);
  const auto& recorded = hand.band.truth().recorded;
  EXPECT_EQ(std::to_integer<std::uint8_t>(hand.all.back().bytes[1]),
            recorded.back().sample.heart_rate);
}

TEST(Life, ATickEveryHalfHour) {
  Hand hand;
  hand.Authenticate();
  (void)hand.Write(0x004b, "01 00");
  hand.all.clear();
  (void)hand.Pass(minutes(95));
  EXPECT_EQ(hand.all.size(), 3u);
  EXPECT_EQ(ToHex(hand.all[0].bytes), "0E");
}

TEST(Life, FactoryResetErasesAllAndMovesTheAddress) {
  Options options;
  options.history = 200;
  options.zone = 8;
  Hand hand(options);
  hand.Authenticate();
  (void)hand.Write(0x0036, "01 00");
  (void)hand.Write(0x0035, "02 81 07 1E 80");
  EXPECT_EQ(hand.Write(0x0035, "06 0B 00 01"), "0035: 10 06 0B 00 01\ngone");
  hand.now += seconds(20);
  const auto advertising = hand.air.Adverts(hand.now);
  ASSERT_TRUE(advertising);
  EXPECT_NE(advertising->address, options.address);
  EXPECT_EQ(advertising->address.bits >> 46, 3u);
  const State& state = hand.band.state();
  EXPECT_FALSE(state.key);
  EXPECT_TRUE(state.alarms.empty());
  EXPECT_EQ(state.clock.zone, -128);
  EXPECT_GE(hand.band.truth().deleted.size(), 200u);
  EXPECT_EQ(hand.band.truth().deleted.back().why, Deleted::Why::kReset);
  EXPECT_EQ(state.images.version, "1.0.9.70");
}

TEST(Life, StaysDiscoverableWhenItIsTold) {
  Hand hand;
  EXPECT_FALSE(hand.air.Adverts(hand.now));
  hand.Authenticate();
  (void)hand.Write(0x0035, "06 01 00 01");
  const auto advertising = hand.air.Adverts(hand.now);
  ASSERT_TRUE(advertising);
  EXPECT_FALSE(advertising->connectable);
  EXPECT_EQ(ToHex(Bytes(advertising->data).first(3)), "02 01 04");
}

TEST(Life, EveryNamedFaultHasAReason) {
  std::set<std::string_view> names;
  for (const NamedFault& fault : NamedFaults()) {
    EXPECT_TRUE(names.insert(fault.name).second) << fault.name;
    EXPECT_FALSE(fault.why.empty());
    Faults faults;
    Quirks quirks;
    fault.apply(faults, quirks);
  }
  EXPECT_EQ(FindFault("no such fault"), nullptr);
}

}  // namespace
}  // namespace bk::simulate::band
