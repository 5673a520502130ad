#include "simulate/radio/link_layer.h"

#include <gtest/gtest.h>

namespace bk::simulate::radio {
namespace {

Sdu Numbered(std::uint32_t number, std::size_t size) {
  Sdu sdu;
  ByteWriter(sdu.bytes).Le32(number);
  sdu.bytes.resize(size);
  return sdu;
}

// Whatever is lost, both directions carry everything once and in order.
TEST(LinkLayer, NothingIsLostDoubledOrReorderedWhileTheLinkStands) {
  for (const double loss : {0.0, 0.05, 0.3, 0.7}) {
    for (std::uint64_t seed = 1; seed <= 100; ++seed) {
      LinkOptions options;
      if (seed % 2 == 0) options.packets_per_event = 0;
      LinkLayer layer(options);
      if (seed % 3 == 0) layer.LongPackets();
      Random random(seed);
      constexpr std::uint32_t kCount = 60;
      for (std::uint32_t i = 0; i < kCount; ++i) {
        layer.Queue(Direction::kToBand, Numbered(i, 4 + (i * 37 + seed) % 240));
        layer.Queue(Direction::kToHost, Numbered(i, 4 + (i * 53 + seed) % 240));
      }
      std::uint32_t to_band = 0, to_host = 0;
      Counters counters;
      for (int event = 0; event < 100'000 && (to_band < kCount || to_host < kCount); ++event) {
        layer.BeginEvent();
        RadioTime begun{};
        do {
          auto outcome = layer.Exchange(loss, random);
          begun += outcome.took;
          if (outcome.to_band) {
            ASSERT_EQ(outcome.to_band->bytes,
                      Numbered(to_band, 4 + (to_band * 37 + seed) % 240).bytes);
            ++to_band;
          }
          if (outcome.to_host) {
            ASSERT_EQ(outcome.to_host->bytes,
                      Numbered(to_host, 4 + (to_host * 53 + seed) % 240).bytes);
            ++to_host;
          }
        } while (layer.More(begun));
        ASSERT_LE(begun, options.interval);
        layer.EndEvent(counters);
      }
      EXPECT_EQ(to_band, kCount);
      EXPECT_EQ(to_host, kCount);
      EXPECT_LE(counters.to_host.carried, counters.to_host.possible);
      EXPECT_LE(counters.to_band.carried, counters.to_band.possible);
      if (loss == 0) {
        EXPECT_EQ(counters.to_host.lost + counters.to_band.lost, 0u);
      }
    }
  }
}

// A canary: the property above must notice a link layer that forgets its sequence numbers.
TEST(LinkLayer, DeafEndsCarryNothing) {
  LinkLayer layer(LinkOptions{});
  layer.Queue(Direction::kToBand, Numbered(1, 20));
  Random random(1);
  for (int event = 0; event < 100; ++event) {
    layer.BeginEvent();
    const auto outcome = layer.Exchange(1, random);
    EXPECT_FALSE(outcome.to_band || outcome.to_host || outcome.band_heard || outcome.host_heard);
  }
  EXPECT_EQ(layer.Queued(Direction::kToBand), 1u);
}

TEST(LinkLayer, TwoBadPacketsInARowEndTheEvent) {
  LinkOptions options;
  options.packets_per_event = 0;
  LinkLayer layer(options);
  for (std::uint32_t i = 0; i < 20; ++i) layer.Queue(Direction::kToBand, Numbered(i, 20));
  Random random(1);
  layer.BeginEvent();
  (void)layer.Exchange(1, random);
  EXPECT_TRUE(layer.More(RadioTime{676}));
  (void)layer.Exchange(1, random);
  EXPECT_FALSE(layer.More(RadioTime{1352}));
}

TEST(LinkLayer, AnEventWithNothingToSayIsOneExchange) {
  LinkLayer layer(LinkOptions{});
  Random random(1);
  layer.BeginEvent();
  EXPECT_EQ(layer.Exchange(0, random).took, RadioTime{460});
  EXPECT_FALSE(layer.More(RadioTime{460}));
  Counters counters;
  layer.EndEvent(counters);
  EXPECT_EQ(counters.to_host.possible, 4u);
  EXPECT_EQ(counters.to_host.carried, 0u);
}

// 27 bytes and an empty answer take 676 us, 251 bytes 2,468 us: the figures of any sniffer.
TEST(LinkLayer, TimesOfPackets) {
  EXPECT_EQ(PacketTime(27) + PacketTime(0) + 2 * kInterFrame, RadioTime{676});
  EXPECT_EQ(PacketTime(251) + PacketTime(0) + 2 * kInterFrame, RadioTime{2468});
}

}  // namespace
}  // namespace bk::simulate::radio
