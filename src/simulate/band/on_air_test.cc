// The band on the simulated air: what a host finds, and a week fetched over a bad link by raw
// bytes.
#include "simulate/band/on_air.h"

#include <gtest/gtest.h>

#include "codec/miband/fetch.h"
#include "simulate/band/band_testing.h"
#include "simulate/radio/sim_radio.h"

namespace bk::simulate::band {
namespace {

using radio::Seconds;

template <class E>
std::optional<E> Await(radio::SimRadio& host, RadioTime within = Seconds(600)) {
  const RadioTime until = host.Now() + within;
  while (auto event = host.Next(until)) {
    if (auto* found = std::get_if<E>(&*event)) return std::move(*found);
    if (std::holds_alternative<ports::LinkEnded>(*event)) return std::nullopt;
  }
  return std::nullopt;
}
bool Up(radio::SimRadio& host, Address address) {
  for (int i = 0; i < 50; ++i) {
    host.Do(ports::ConnectOrder{address});
    if (Await<ports::LinkUp>(host)) break;
  }
  host.Do(ports::DiscoverOrder{});
  return Await<ports::Discovered>(host).has_value();
}
void Do(radio::SimRadio& host, std::uint16_t handle, std::string_view hex, bool request) {
  host.Do(ports::WriteOrder{handle, Hex(hex), request});
  ASSERT_EQ(Await<ports::RequestDone>(host)->error, 0);
}
void Subscribe(radio::SimRadio& host, std::uint16_t handle) {
  host.Do(ports::SubscribeOrder{handle, true});
  ASSERT_EQ(Await<ports::RequestDone>(host)->error, 0);
}
void Authenticate(radio::SimRadio& host) {
  Subscribe(host, 0x0060);
  Do(host, 0x0060, "82 00 02", false);
  const auto challenge = Await<ports::Notified>(host);
  ASSERT_EQ(challenge->bytes.size(), 19u);
  const Block16 proof =
      kCipher.Aes128(Block(kKey), Block(ToHex(Bytes(challenge->bytes).subspan(3))));
  Do(host, 0x0060, "83 00 " + ToHex(proof), false);
  ASSERT_EQ(ToHex(Await<ports::Notified>(host)->bytes), "10 83 01");
}

TEST(OnAir, TheTableIsThatOfARealBand) {
  const auto& table = MiBand4Table();
  ASSERT_EQ(table.services.size(), 10u);
  const std::pair<int, int> ranges[] = {{0x01, 0x07}, {0x08, 0x08}, {0x09, 0x13}, {0x14, 0x19},
                                        {0x1a, 0x20}, {0x21, 0x23}, {0x24, 0x29}, {0x2a, 0x5d},
                                        {0x5e, 0x72}, {0x73, 0x76}};
  for (std::size_t i = 0; i < table.services.size(); ++i) {
    EXPECT_EQ(table.services[i].start, ranges[i].first);
    EXPECT_EQ(table.services[i].end, ranges[i].second);
  }
  BandSim band({}, kCipher, kChecksum);
  BandOnAir peripheral(band);
  radio::Air air({});
  air.Put(peripheral);
  radio::SimRadio host(air);
  host.Do(ports::ConnectOrder{band.state().address});
  ASSERT_TRUE(Await<ports::MtuChanged>(host));
  const RadioTime begin = host.Now();
  host.Do(ports::DiscoverOrder{});
  const auto found = Await<ports::Discovered>(host);
  ASSERT_EQ(found->table.size(), codec::miband::MiBand4Attributes().size());
  for (std::size_t i = 0; i < found->table.size(); ++i) {
    const auto& info = codec::miband::MiBand4Attributes()[i];
    EXPECT_EQ(found->table[i].handle, info.value_handle);
    EXPECT_EQ(found->table[i].uuid, FullUuid(info.uuid));
    EXPECT_EQ(found->table[i].service, FullUuid(info.service));
    EXPECT_EQ(found->table[i].properties, info.properties);
  }
  // Logs have 2 to 8 s.
  EXPECT_GT(host.Now() - begin, Seconds(2));
  EXPECT_LT(host.Now() - begin, Seconds(9));
}

TEST(OnAir, AWeekOverABadLink) {
  for (const double loss : {0.0, 0.3}) {
    BandSim band({.key = Block(kKey), .history = 7 * 1440}, kCipher, kChecksum);
    BandOnAir peripheral(band);
    radio::Air air({.seed = 4, .loss = loss});
    air.Put(peripheral);
    radio::SimRadio host(air);
    ASSERT_TRUE(Up(host, band.state().address));
    Authenticate(host);
    Subscribe(host, 0x003b);
    Subscribe(host, 0x003e);
    Do(host, 0x003b, "01 01 B2 07 01 01 00 00 00 00", false);
    const auto start = codec::miband::DecodeFetchReply(Await<ports::Notified>(host)->bytes);
    ASSERT_TRUE(start && start->records >= 7 * 1440);
    host.Do(ports::WriteOrder{0x003b, Hex("02"), false});
    ByteVector payload;
    std::uint8_t counter = 0;
    while (true) {
      const auto notified = Await<ports::Notified>(host);
      ASSERT_TRUE(notified);
      if (notified->handle == 0x003b) {
        EXPECT_EQ(ToHex(notified->bytes), "10 02 01");
        break;
      }
      ASSERT_EQ(std::to_integer<std::uint8_t>(notified->bytes[0]), counter++);
      payload.insert(payload.end(), notified->bytes.begin() + 1, notified->bytes.end());
    }
    const auto samples = codec::miband::DecodeActivity(payload);
    ASSERT_EQ(samples.size(), start->records);
    for (std::size_t i = 0; i < samples.size(); ++i)
      ASSERT_EQ(samples[i], band.truth().recorded[i].sample);
    EXPECT_TRUE(band.truth().deleted.empty());
    host.Do(ports::WriteOrder{0x003b, Hex("03"), false});
    ASSERT_EQ(ToHex(Await<ports::Notified>(host)->bytes), "10 03 01");
    EXPECT_EQ(band.truth().deleted.size(), samples.size());
  }
}

// The canary: a companion that believes what it got and acknowledges loses minutes, and the truth
// shows which. If this did not fail for it, no test of a good companion would mean anything.
TEST(OnAir, ACompanionThatAcknowledgesBlindlyLosesMinutes) {
  BandSim band({.key = Block(kKey), .history = 1440}, kCipher, kChecksum);
  BandOnAir peripheral(band);
  radio::Air air({.seed = 2});
  air.Put(peripheral);
  radio::CentralOptions options;
  options.host.lost = 0.02;
  radio::SimRadio host(air, options);
  ASSERT_TRUE(Up(host, band.state().address));
  Authenticate(host);
  Subscribe(host, 0x003b);
  Subscribe(host, 0x003e);
  Do(host, 0x003b, "01 01 B2 07 01 01 00 00 00 00", false);
  (void)Await<ports::Notified>(host, Seconds(5));
  host.Do(ports::WriteOrder{0x003b, Hex("02"), false});
  std::size_t samples = 0;
  while (const auto notified = Await<ports::Notified>(host, Seconds(5)))
    if (notified->handle == 0x003e) samples += (notified->bytes.size() - 1) / 4;
  host.Do(ports::WriteOrder{0x003b, Hex("03"), false});
  (void)Await<ports::Notified>(host, Seconds(5));
  ASSERT_GE(band.truth().deleted.size(), 1440u);
  EXPECT_LT(samples, band.truth().deleted.size());
}

TEST(OnAir, ARestartByCommandHangsUpWith13AndComesBack) {
  BandSim band({.key = Block(kKey)}, kCipher, kChecksum);
  BandOnAir peripheral(band);
  radio::Air air({});
  air.Put(peripheral);
  radio::SimRadio host(air);
  ASSERT_TRUE(Up(host, band.state().address));
  Authenticate(host);
  Subscribe(host, 0x0016);
  Do(host, 0x0016, "05", true);
  EXPECT_EQ(ToHex(Await<ports::Notified>(host)->bytes), "10 05 01");
  std::optional<ports::LinkEnded> ended;
  while (auto event = host.Next(host.Now() + Seconds(10)))
    if (auto* end = std::get_if<ports::LinkEnded>(&*event)) ended = *end;
  ASSERT_TRUE(ended);
  EXPECT_EQ(ended->reason, radio::kRemoteTerminated);
  EXPECT_TRUE(Up(host, band.state().address));
}

// A log of a minute without anything to do: the link costs nothing but its empty packets.
TEST(OnAir, AnIdleLinkStands) {
  BandSim band({.key = Block(kKey)}, kCipher, kChecksum);
  BandOnAir peripheral(band);
  radio::Air air({});
  air.Put(peripheral);
  radio::SimRadio host(air);
  ASSERT_TRUE(Up(host, band.state().address));
  EXPECT_FALSE(Await<ports::LinkEnded>(host, Seconds(3600)));
  EXPECT_TRUE(band.connected());
  EXPECT_NEAR(static_cast<double>(band.truth().recorded.size()), 60, 2);
}

}  // namespace
}  // namespace bk::simulate::band
