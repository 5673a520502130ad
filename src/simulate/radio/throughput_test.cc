// What a perfect link carries, against the arithmetic of LE 1M (Core, vol. 6 part B 2.1, 4.1; the
// numbers are those of hand calculation: packets per event x bytes / interval).
#include <gtest/gtest.h>

#include "simulate/radio/air_testing.h"

namespace bk::simulate::radio {
namespace {

constexpr RadioTime kWindow = Seconds(20);

CentralOptions Central(double interval_ms, unsigned packets, bool long_packets, bool long_mtu) {
  CentralOptions options;
  options.link.interval = RadioTime{static_cast<std::int64_t>(interval_ms * 1000)};
  options.link.packets_per_event = packets;
  options.link.data_length_extension = long_packets;
  if (!long_mtu) options.mtu.reset();
  return options;
}

// Bytes per second of notifications.
double Notified(const CentralOptions& options, std::size_t bytes) {
  PlainBand band;
  Air air({});
  air.Put(band);
  SimRadio radio(air, options);
  EXPECT_TRUE(Open(radio, band));
  band.value_bytes = bytes;
  EXPECT_TRUE(Listen(radio));
  band.to_say = 100'000'000;
  const RadioTime begin = radio.Now();
  std::uint32_t next = 0;
  const Counters before = radio.counters();
  while (auto event = radio.Next(begin + kWindow)) {
    const auto* notified = std::get_if<ports::Notified>(&*event);
    if (notified == nullptr) continue;
    EXPECT_EQ(Number(notified->bytes), next++);
  }
  const auto& after = radio.counters();
  // A sender that always has something leaves no slot empty.
  EXPECT_GE(static_cast<double>(after.to_host.carried - before.to_host.carried),
            0.99 * static_cast<double>(after.to_host.possible - before.to_host.possible));
  return static_cast<double>(after.to_host.value_bytes - before.to_host.value_bytes) / 20.0;
}

double Written(const CentralOptions& options, std::size_t bytes, bool with_response) {
  PlainBand band;
  Air air({});
  air.Put(band);
  SimRadio radio(air, options);
  EXPECT_TRUE(Open(radio, band));
  (void)AllUntil(radio, radio.Now() + Seconds(1));
  const RadioTime begin = radio.Now();
  const Counters before = radio.counters();
  std::uint32_t next = 0;
  const auto write = [&] {
    ports::WriteOrder order{PlainBand::kWritable, {}, with_response};
    ByteWriter(order.bytes).Le32(next++);
    order.bytes.resize(bytes);
    radio.Do(order);
  };
  write();
  while (auto event = radio.Next(begin + kWindow))
    if (std::holds_alternative<ports::RequestDone>(*event)) write();
  for (std::uint32_t i = 0; i < band.written.size(); ++i) EXPECT_EQ(band.written[i], i);
  return static_cast<double>(radio.counters().to_band.value_bytes - before.to_band.value_bytes) /
         20;
}

void Within2Percent(double measured, double kilobytes) {
  EXPECT_NEAR(measured / 1000, kilobytes, kilobytes * 0.02);
}

TEST(Throughput, TwentyBytesFourPacketsPerEvent) {
  for (const auto& [interval, rate] : {std::pair{7.5, 4 * 20 / 7.5},
                                       {15.0, 4 * 20 / 15.0},
                                       {30.0, 4 * 20 / 30.0},
                                       {48.75, 4 * 20 / 48.75}}) {
    Within2Percent(Notified(Central(interval, 4, false, false), 20), rate);
    Within2Percent(Written(Central(interval, 4, false, false), 20, false), rate);
  }
}

// As many as fit: 10, 21, 44 and 71 exchanges of 676 us with a gap before the next event.
TEST(Throughput, TwentyBytesAsManyAsFit) {
  for (const auto& [interval, rate] :
       {std::pair{7.5, 26.7}, {15.0, 28.0}, {30.0, 29.3}, {48.75, 29.1}}) {
    Within2Percent(Notified(Central(interval, 0, false, false), 20), rate);
    Within2Percent(Written(Central(interval, 0, false, false), 20, false), rate);
  }
}

TEST(Throughput, LongPacketsFourPerEvent) {
  for (const auto& [interval, rate] :
       {std::pair{7.5, 65.0}, {15.0, 65.0}, {30.0, 32.5}, {48.75, 20.0}})
    Within2Percent(Notified(Central(interval, 4, true, true), 244), rate);
}

// A long value in short packets: ten of them, 6,608 us.
TEST(Throughput, LongValuesInShortPackets) {
  Within2Percent(Notified(Central(48.75, 0, false, true), 244), 36.9);
}

// The answer misses its event, and the next request the answer's: one in two intervals.
TEST(Throughput, WritesWithResponse) {
  for (const double interval : {7.5, 15.0, 30.0, 48.75})
    Within2Percent(Written(Central(interval, 4, false, false), 20, true), 20 / (2 * interval));
}

}  // namespace
}  // namespace bk::simulate::radio
