// Links as a whole: how they begin, die, and what other devices do.
#include "simulate/radio/air.h"

#include <gtest/gtest.h>

#include "simulate/radio/air_testing.h"

namespace bk::simulate::radio {
namespace {

TEST(Air, NoNotificationIsLostUnderThirtyPercentLoss) {
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    PlainBand band;
    Air air({.seed = seed, .loss = 0.3});
    air.Put(band);
    SimRadio radio(air);
    ASSERT_TRUE(Open(radio, band));
    ASSERT_TRUE(Listen(radio));
    band.value_bytes = seed % 2 == 0 ? 20 : 200;
    band.to_say = 1000;
    for (std::uint32_t i = 0; i < 1000; ++i)
      ASSERT_EQ(Number(Await<ports::Notified>(radio)->bytes), i) << "seed " << seed;
    const auto& to_host = radio.counters().to_host;
    EXPECT_GT(to_host.lost, 0u);
    EXPECT_LE(to_host.carried, to_host.possible);
    EXPECT_EQ(radio.counters().supervision_timeouts, 0u);
  }
}

TEST(Air, SupervisionEndsASilentLinkOnBothSides) {
  for (const RadioTime supervision : {Millis(420), Seconds(5)}) {
    PlainBand band;
    Air air({.silences = {{Seconds(10), Seconds(60)}}});
    air.Put(band);
    CentralOptions options;
    options.link.supervision = supervision;
    SimRadio radio(air, options);
    ASSERT_TRUE(Open(radio, band));
    const auto ended = Await<ports::LinkEnded>(radio);
    EXPECT_EQ(ended->reason, kConnectionTimeout);
    EXPECT_TRUE(ended->was_up);
    EXPECT_GE(radio.Now(), Seconds(10) + supervision - Millis(49));
    EXPECT_LE(radio.Now(), Seconds(10) + supervision + Millis(49));
    EXPECT_EQ(radio.counters().supervision_timeouts, 1u);
    // Nothing is heard until the silence ends.
    radio.Do(ports::ConnectOrder{band.address});
    ASSERT_TRUE(Await<ports::LinkUp>(radio));
    EXPECT_EQ(band.log[1], "disconnected 8");
    EXPECT_GT(radio.Now(), Seconds(60));
  }
}

TEST(Air, AShortSilenceEndsNothing) {
  PlainBand band;
  Air air({.silences = {{Seconds(10), Seconds(14)}}});
  air.Put(band);
  SimRadio radio(air);
  ASSERT_TRUE(Open(radio, band));
  ASSERT_TRUE(Listen(radio));
  (void)AllUntil(radio, Seconds(11));
  band.to_say = 100;
  for (std::uint32_t i = 0; i < 100; ++i)
    ASSERT_EQ(Number(Await<ports::Notified>(radio)->bytes), i);
  EXPECT_GT(radio.Now(), Seconds(14));
}

TEST(Air, ARequestToConnectThatIsNotHeard) {
  PlainBand band;
  Air air({.setup_failure = 1});
  air.Put(band);
  SimRadio radio(air);
  radio.Do(ports::ConnectOrder{band.address});
  const auto ended = Await<ports::LinkEnded>(radio);
  EXPECT_EQ(ended->reason, kFailedToEstablish);
  EXPECT_FALSE(ended->was_up);
  EXPECT_TRUE(band.log.empty());
  EXPECT_EQ(radio.counters().setup_failures, 1u);
}

TEST(Air, BothSidesCanSayGoodbye) {
  PlainBand band;
  Air air({});
  air.Put(band);
  SimRadio radio(air);
  ASSERT_TRUE(Open(radio, band));
  radio.Do(ports::DisconnectOrder{});
  EXPECT_EQ(Await<ports::LinkEnded>(radio)->reason, kLocalTerminated);
  EXPECT_EQ(band.log.back(), "disconnected 19");

  ASSERT_TRUE(Open(radio, band));
  ASSERT_TRUE(Listen(radio));
  band.to_say = 20;
  band.leave = Leave{};
  for (std::uint32_t i = 0; i < 20; ++i) ASSERT_TRUE(Await<ports::Notified>(radio));
  EXPECT_EQ(Await<ports::LinkEnded>(radio)->reason, kRemoteTerminated);
  EXPECT_EQ(band.log.back(), "disconnected 22");

  band.leave.reset();
  ASSERT_TRUE(Open(radio, band));
  band.leave = Leave{.silent = true};
  EXPECT_EQ(Await<ports::LinkEnded>(radio)->reason, kConnectionTimeout);
}

TEST(Air, AnotherDeviceHoldsTheBand) {
  PlainBand band;
  Air air({.holders = {{0, Seconds(0), Seconds(100)}}});
  air.Put(band);
  SimRadio radio(air);
  (void)AllUntil(radio, Seconds(2));
  radio.Do(ports::ConnectOrder{band.address});
  ASSERT_TRUE(Await<ports::LinkUp>(radio));
  EXPECT_GT(radio.Now(), Seconds(100));
  EXPECT_LT(radio.Now(), Seconds(103));
}

// One of two computers gets the band; the other when it is free again.
TEST(Air, TwoHostsWantOneBand) {
  PlainBand band;
  Air air({});
  air.Put(band);
  SimRadio first(air), second(air);
  first.Do(ports::ConnectOrder{band.address});
  second.Do(ports::ConnectOrder{band.address});
  ASSERT_TRUE(Await<ports::LinkUp>(first));
  EXPECT_FALSE(second.Next(Seconds(60)));
  first.Do(ports::DisconnectOrder{});
  ASSERT_TRUE(Await<ports::LinkUp>(second));
}

struct CutSeen {
  std::uint32_t notified = 0;
  std::optional<std::uint8_t> reason;
  RadioTime again{};
};
CutSeen RunCut(const Cut& cut) {
  PlainBand band;
  Air air({.cuts = {cut}});
  air.Put(band);
  SimRadio radio(air);
  CutSeen seen;
  if (!Open(radio, band) || !Listen(radio)) return seen;
  band.to_say = 50;
  while (auto event = radio.Next(Seconds(60))) {
    if (std::holds_alternative<ports::Notified>(*event)) ++seen.notified;
    if (const auto* ended = std::get_if<ports::LinkEnded>(&*event); ended && ended->was_up) {
      seen.reason = ended->reason;
      if (seen.reason) radio.Do(ports::ConnectOrder{band.address});
    }
    const auto* adapter = std::get_if<ports::AdapterChanged>(&*event);
    if (adapter != nullptr && adapter->state == ports::AdapterState::kReady)
      radio.Do(ports::ConnectOrder{band.address});
    if (std::holds_alternative<ports::LinkUp>(*event)) seen.again = radio.Now();
  }
  return seen;
}

// Every byte of fifty notifications of 20 bytes: those before its own arrive.
TEST(Air, ACutAtEveryByte) {
  for (std::uint64_t byte = 1; byte <= 1000; ++byte) {
    const CutSeen seen = RunCut({.when = Cut::When::kValueByte,
                                 .count = byte,
                                 .direction = Direction::kToHost,
                                 .outage = Seconds(1)});
    ASSERT_EQ(seen.notified, (byte - 1) / 20);
    ASSERT_EQ(seen.reason, kConnectionTimeout);
    ASSERT_GT(seen.again, RadioTime{0});
  }
}

TEST(Air, ACutAfterEveryPdu) {
  std::uint32_t most = 0;
  for (std::uint64_t count = 20; count <= 80; ++count) {
    const CutSeen seen =
        RunCut({.when = Cut::When::kAttPdu, .count = count, .direction = Direction::kToHost});
    if (seen.notified == 0) continue;
    if (most != 0 && most < 50) {
      EXPECT_EQ(seen.notified, most + 1);
    }
    most = seen.notified;
    EXPECT_TRUE(most == 50 || seen.reason == kConnectionTimeout);
  }
  EXPECT_EQ(most, 50u);
}

TEST(Air, CutsAtAnEventAndAtATime) {
  const CutSeen event = RunCut({.when = Cut::When::kConnectionEvent, .count = 60});
  EXPECT_EQ(event.reason, kConnectionTimeout);
  const CutSeen time =
      RunCut({.when = Cut::When::kTime, .at = Millis(4000), .outage = Seconds(30)});
  EXPECT_EQ(time.reason, kConnectionTimeout);
  EXPECT_GT(time.again, Seconds(34));
  EXPECT_EQ(RunCut({.how = Cut::How::kBandLeaves, .at = Seconds(4)}).reason, kRemoteTerminated);
  EXPECT_EQ(RunCut({.how = Cut::How::kHostLeaves, .at = Seconds(4)}).reason, kLocalTerminated);
  const CutSeen gone =
      RunCut({.how = Cut::How::kAdapterVanishes, .at = Seconds(4), .outage = Seconds(10)});
  EXPECT_EQ(gone.reason, std::nullopt);
  EXPECT_GT(gone.again, Seconds(14));
}

TEST(Air, ConnectedTimeAndLinksAreCounted) {
  PlainBand band;
  Air air({});
  air.Put(band);
  SimRadio radio(air);
  ASSERT_TRUE(Open(radio, band));
  const RadioTime begin = radio.Now();
  (void)AllUntil(radio, begin + Seconds(60));
  radio.Do(ports::DisconnectOrder{});
  ASSERT_TRUE(Await<ports::LinkEnded>(radio));
  EXPECT_GE(radio.counters().connected, Seconds(60));
  EXPECT_LT(radio.counters().connected, Seconds(70));
  EXPECT_EQ(radio.counters().links, 1u);
}

}  // namespace
}  // namespace bk::simulate::radio
