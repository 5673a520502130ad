#include "simulate/radio/scanning.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "simulate/radio/air_testing.h"

namespace bk::simulate::radio {
namespace {

TEST(Scanning, TheWindowIsTheBeginningOfEachIntervalAndTheChannelsTakeTurns) {
  const ScanTiming half{Millis(30), Millis(60)};
  EXPECT_TRUE(Hears(half, Seconds(1), Seconds(1), 0));
  EXPECT_FALSE(Hears(half, Seconds(1), Seconds(1), 1));
  EXPECT_FALSE(Hears(half, Seconds(1), Seconds(1) + Millis(30), 0));
  // The packet must end within the window.
  EXPECT_TRUE(Hears(half, RadioTime{0}, Millis(30) - kAdvertTime, 0));
  EXPECT_FALSE(Hears(half, RadioTime{0}, Millis(30) - kAdvertTime + RadioTime{1}, 0));
  EXPECT_TRUE(Hears(half, RadioTime{0}, Millis(60), 1));
  EXPECT_TRUE(Hears(half, RadioTime{0}, Millis(180), 0));
}

TEST(Scanning, WhatAnAdvertisementSays) {
  PlainBand band;
  const auto advertising = band.Adverts(RadioTime{0});
  const auto both = ReadAdvertising(*advertising, true);
  EXPECT_EQ(both.name, "Band");
  EXPECT_EQ(both.company, 0x0157);
  EXPECT_EQ(both.services, std::vector{SigUuid(0xfee0)});
  EXPECT_EQ(both.connectable, true);
  EXPECT_TRUE(ReadAdvertising(*advertising, false).name.empty());
  // Damaged structures end the walk.
  auto cut = *advertising;
  for (std::size_t size = 0; size < cut.data.size(); ++size) {
    cut.data.resize(size);
    (void)ReadAdvertising(cut, true);
    cut = *advertising;
  }
}

// Mean seconds until the request to connect is sent, from a start at a random moment.
double MeanWait(const CentralOptions& central, RadioTime advertising, double loss) {
  RadioTime sum{};
  constexpr int kRuns = 400;
  for (int run = 0; run < kRuns; ++run) {
    PlainBand band;
    Air air({.seed = 1000 + static_cast<std::uint64_t>(run), .loss = loss});
    air.Put(band, {.advertising_interval = advertising});
    SimRadio radio(air, central);
    (void)AllUntil(radio, Millis(100 * (run % 40)));
    const RadioTime begin = radio.Now();
    radio.Do(ports::ConnectOrder{band.address});
    while (!band.connected && radio.Now() < Seconds(2000)) (void)air.Step(Seconds(2000));
    sum += radio.Now() - begin;
  }
  return static_cast<double>(sum.count()) / 1e6 / kRuns;
}

// Against a simulation written apart: advertising every 1,022 ms, without loss.
TEST(Scanning, TheWaitForTheFirstAdvertisement) {
  CentralOptions full;
  EXPECT_NEAR(MeanWait(full, Millis(1022), 0), 0.52, 0.06);
  EXPECT_NEAR(MeanWait(full, Millis(100), 0), 0.05, 0.01);
  CentralOptions half;
  half.connect = kHalfDuty;
  EXPECT_NEAR(MeanWait(half, Millis(2000), 0), 2.2, 0.4);
  CentralOptions background;  // Android's autoConnect: 30 of 1280 ms
  background.connect = {Millis(30), Millis(1280)};
  // 39 s by a second simulation of 3,000 runs, written apart; other people's has 35.
  EXPECT_NEAR(MeanWait(background, Millis(1022), 0), 39, 4);
  // Out of the box Linux needs two.
  EXPECT_GT(MeanWait(KernelDefaults(), Millis(1022), 0), 1.5);
}

}  // namespace
}  // namespace bk::simulate::radio
