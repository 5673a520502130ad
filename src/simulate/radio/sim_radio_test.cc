#include "simulate/radio/sim_radio.h"

#include <gtest/gtest.h>

#include "simulate/radio/air_testing.h"

namespace bk::simulate::radio {
namespace {

TEST(SimRadio, ScanningTellsWhatTheAirCarries) {
  PlainBand band;
  Air air({});
  air.Put(band);
  SimRadio radio(air);
  radio.Do(ports::ScanOrder{true});
  const auto seen = Await<ports::AdvertSeen>(radio);
  ASSERT_TRUE(seen);
  EXPECT_EQ(seen->advert.address, band.address);
  EXPECT_EQ(seen->advert.name, "Band");
  EXPECT_NEAR(*seen->advert.rssi, -60, 4);
  radio.Do(ports::ScanOrder{false});
  EXPECT_TRUE(AllUntil(radio, radio.Now() + Seconds(10)).empty());
}

TEST(SimRadio, AnIdleWaitEndsWhenItIsTold) {
  Air air({});
  SimRadio radio(air);
  EXPECT_FALSE(radio.Next(Seconds(5)));
  EXPECT_EQ(radio.Now(), Seconds(5));
  EXPECT_FALSE(radio.Next(RadioTime::max()));  // the end of the air's time
}

TEST(SimRadio, MtuDiscoveryReadWriteSubscribe) {
  PlainBand band;
  Air air({});
  air.Put(band);
  SimRadio radio(air);
  radio.Do(ports::ConnectOrder{band.address});
  ASSERT_EQ(Await<ports::LinkUp>(radio)->mtu, 23);
  radio.Do(ports::DiscoverOrder{});
  EXPECT_EQ(Await<ports::MtuChanged>(radio)->mtu, 247);
  EXPECT_EQ(band.mtu, 247);
  const auto found = Await<ports::Discovered>(radio);
  ASSERT_EQ(found->table.size(), 3u);
  EXPECT_EQ(found->table[0].handle, PlainBand::kReadable);
  EXPECT_EQ(found->table[0].service, SigUuid(0xfee0));
  EXPECT_EQ(found->table[2].uuid, (Uuid{0x0000'0005'0000'3512, 0x2118'0009'af10'0700}));
  EXPECT_EQ(found->table[2].properties, 0x10);
  radio.Do(ports::ReadOrder{PlainBand::kReadable});
  EXPECT_EQ(Await<ports::RequestDone>(radio)->bytes.size(), 2u);
  radio.Do(ports::ReadOrder{PlainBand::kNotifying});
  EXPECT_EQ(Await<ports::RequestDone>(radio)->error, 0x02);
  ASSERT_TRUE(Listen(radio));
  EXPECT_TRUE(band.subscribed);
  // A characteristic without its descriptor, and a value that is too long for the MTU.
  radio.Do(ports::SubscribeOrder{PlainBand::kWritable, true});
  EXPECT_EQ(Await<ports::RequestDone>(radio)->error, ports::RequestDone::kNoAnswer);
  radio.Do(ports::WriteOrder{PlainBand::kWritable, std::vector<std::byte>(245), true});
  EXPECT_EQ(Await<ports::RequestDone>(radio)->error, 0x0d);
}

TEST(SimRadio, AnswersKeepTheOrderOfTheOrders) {
  PlainBand band;
  Air air({.loss = 0.3});
  air.Put(band);
  SimRadio radio(air);
  ASSERT_TRUE(Open(radio, band));
  for (std::uint32_t i = 0; i < 30; ++i) {
    ports::WriteOrder write{PlainBand::kWritable, {}, i % 3 == 0};
    ByteWriter(write.bytes).Le32(i);
    radio.Do(write);
    radio.Do(ports::ReadOrder{PlainBand::kReadable});
  }
  std::vector<std::uint16_t> handles;
  while (handles.size() < 60) handles.push_back(Await<ports::RequestDone>(radio)->handle);
  for (std::size_t i = 0; i < handles.size(); ++i)
    EXPECT_EQ(handles[i], i % 2 == 0 ? PlainBand::kWritable : PlainBand::kReadable);
  for (std::uint32_t i = 0; i < 30; ++i) EXPECT_EQ(band.written[i], i);
}

TEST(SimRadio, ACachedDatabaseCostsNothing) {
  PlainBand band;
  Air air({});
  air.Put(band);
  SimRadio radio(air);
  radio.Do(ports::ConnectOrder{band.address});
  ASSERT_TRUE(Await<ports::MtuChanged>(radio));
  RadioTime begin = radio.Now();
  radio.Do(ports::DiscoverOrder{});
  ASSERT_TRUE(Await<ports::Discovered>(radio));
  EXPECT_GT(radio.Now() - begin, Millis(500));  // 48.75 ms twice for every request
  radio.Do(ports::DisconnectOrder{});
  EXPECT_EQ(Await<ports::LinkEnded>(radio)->reason, kLocalTerminated);
  radio.Do(ports::ConnectOrder{band.address});
  ASSERT_TRUE(Await<ports::MtuChanged>(radio));
  begin = radio.Now();
  radio.Do(ports::DiscoverOrder{});
  ASSERT_EQ(Await<ports::Discovered>(radio)->table.size(), 3u);
  EXPECT_EQ(radio.Now(), begin);
  begin = radio.Now();
  radio.Do(ports::DiscoverOrder{.cached = false});
  ASSERT_EQ(Await<ports::Discovered>(radio)->table.size(), 3u);
  EXPECT_GT(radio.Now() - begin, Millis(500));
}

TEST(SimRadio, OrdersWithoutALinkAreAnswered) {
  Air air({});
  SimRadio radio(air);
  radio.Do(ports::ReadOrder{3});
  EXPECT_EQ(Await<ports::RequestDone>(radio)->error, ports::RequestDone::kNoAnswer);
  radio.Do(ports::WriteOrder{3, {}, false});
  EXPECT_EQ(Await<ports::RequestDone>(radio)->error, ports::RequestDone::kNoAnswer);
  radio.Do(ports::SubscribeOrder{3});
  EXPECT_EQ(Await<ports::RequestDone>(radio)->error, ports::RequestDone::kNoAnswer);
  radio.Do(ports::DiscoverOrder{});
  EXPECT_TRUE(Await<ports::Discovered>(radio)->table.empty());
  radio.Do(ports::DisconnectOrder{});
  EXPECT_FALSE(Await<ports::LinkEnded>(radio)->was_up);
}

TEST(SimRadio, AnAttemptTriesUntilItIsToldToStop) {
  Air air({});
  SimRadio radio(air);
  radio.Do(ports::ConnectOrder{Address{1}});
  EXPECT_FALSE(radio.Next(Seconds(3600)));
  radio.Do(ports::DisconnectOrder{});
  EXPECT_FALSE(Await<ports::LinkEnded>(radio)->was_up);
  SimRadio impatient(air, {.connect_gives_up = Seconds(20)});
  const RadioTime begin = impatient.Now();
  impatient.Do(ports::ConnectOrder{Address{1}});
  EXPECT_FALSE(Await<ports::LinkEnded>(impatient, Seconds(7200))->was_up);
  EXPECT_EQ(impatient.Now() - begin, Seconds(20));
}

// Core, vol. 3 part F 3.3.3: a request without an answer for 30 s ends the conversation.
TEST(SimRadio, ARequestThatIsNeverAnswered) {
  PlainBand band;
  Air air({});
  air.Put(band);
  SimRadio radio(air);
  ASSERT_TRUE(Open(radio, band));
  band.answers = false;
  const RadioTime begin = radio.Now();
  radio.Do(ports::ReadOrder{PlainBand::kReadable});
  EXPECT_EQ(Await<ports::RequestDone>(radio)->error, ports::RequestDone::kNoAnswer);
  EXPECT_EQ(radio.Now() - begin, Seconds(30));
  EXPECT_EQ(Await<ports::LinkEnded>(radio)->reason, kLocalTerminated);
}

TEST(SimRadio, TheHostLosesDoublesAndSwapsNotifications) {
  PlainBand band;
  Air air({});
  air.Put(band);
  CentralOptions options;
  options.host = {.lost = 0.1, .doubled = 0.1, .swapped = 0.1};
  SimRadio radio(air, options);
  ASSERT_TRUE(Open(radio, band));
  ASSERT_TRUE(Listen(radio));
  band.to_say = 2000;
  std::vector<int> times(2000);
  int backwards = 0;
  std::uint32_t last = 0;
  while (auto notified = Await<ports::Notified>(radio, Seconds(100))) {
    const std::uint32_t number = Number(notified->bytes);
    ++times[number];
    if (number < last) ++backwards;
    last = number;
  }
  EXPECT_NEAR(static_cast<double>(std::ranges::count(times, 0)), 200, 50);
  EXPECT_NEAR(static_cast<double>(std::ranges::count(times, 2)), 165, 50);
  EXPECT_EQ(std::ranges::count_if(times, [](int t) { return t > 2; }), 0);
  EXPECT_NEAR(backwards, 165, 60);
}

TEST(SimRadio, AnAdapterThatVanishesAndComesBack) {
  PlainBand band;
  Air air({});
  air.Put(band);
  CentralOptions options;
  options.adapter.push_back({Seconds(20), Seconds(30)});
  SimRadio radio(air, options);
  ASSERT_TRUE(Open(radio, band));
  const auto ended = Await<ports::LinkEnded>(radio);
  EXPECT_TRUE(ended->was_up);
  EXPECT_EQ(radio.Now(), Seconds(20));
  EXPECT_EQ(Await<ports::AdapterChanged>(radio)->state, ports::AdapterState::kAbsent);
  radio.Do(ports::ConnectOrder{band.address});
  EXPECT_FALSE(Await<ports::LinkEnded>(radio)->was_up);
  EXPECT_EQ(Await<ports::AdapterChanged>(radio)->state, ports::AdapterState::kReady);
  EXPECT_EQ(radio.Now(), Seconds(30));
  // The band has noticed by itself, after its supervision time-out.
  EXPECT_EQ(band.log.back(), "disconnected 8");
  EXPECT_NEAR(static_cast<double>(band.left_at.count()), 25e6, 0.2e6);
  EXPECT_TRUE(Open(radio, band));
}

TEST(SimRadio, TheSameSeedTheSameWorld) {
  const auto run = [](std::uint64_t seed) {
    PlainBand band;
    Air air({.seed = seed, .loss = 0.2});
    air.Put(band);
    SimRadio radio(air, {.host = {.lost = 0.05, .doubled = 0.05, .swapped = 0.05}});
    std::vector<std::uint64_t> story;
    if (!Open(radio, band) || !Listen(radio)) return story;
    band.to_say = 500;
    while (auto notified = Await<ports::Notified>(radio, Seconds(200))) {
      story.push_back(Number(notified->bytes));
      story.push_back(static_cast<std::uint64_t>(radio.Now().count()));
    }
    return story;
  };
  EXPECT_EQ(run(5), run(5));
  EXPECT_NE(run(5), run(6));
}

}  // namespace
}  // namespace bk::simulate::radio
