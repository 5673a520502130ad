#include "companion/packet_run.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>

namespace bk::companion {
namespace {

constexpr std::size_t kRecord = 4, kFull = 16;

std::vector<std::byte> Truth(std::size_t records) {
  std::vector<std::byte> bytes(records * kRecord);
  for (std::size_t i = 0; i < bytes.size(); ++i)
    bytes[i] = static_cast<std::byte>((i * 7 + i / 251) & 0xff);
  return bytes;
}

struct Packet {
  std::uint8_t counter;
  Bytes payload;
};
std::vector<Packet> Cut(Bytes truth) {
  std::vector<Packet> packets;
  for (std::size_t at = 0; at < truth.size(); at += kFull)
    packets.push_back({static_cast<std::uint8_t>(packets.size()),
                       truth.subspan(at, std::min(kFull, truth.size() - at))});
  return packets;
}
bool IsAt(Bytes truth, std::size_t record, Bytes bytes) {
  return record * kRecord + bytes.size() <= truth.size() &&
         std::ranges::equal(truth.subspan(record * kRecord, bytes.size()), bytes);
}

TEST(PacketRun, InOrderOverSeveralRoundsOfTheCounter) {
  const auto truth = Truth(10'079);
  PacketRun run(10'079, kRecord);
  for (const Packet& packet : Cut(truth)) EXPECT_TRUE(run.Add(packet.counter, packet.payload));
  EXPECT_TRUE(run.complete());
  EXPECT_FALSE(run.has_gap());
  EXPECT_TRUE(std::ranges::equal(run.sure(), truth));
}

TEST(PacketRun, OneLostPacketLeavesOneStretchToAskFor) {
  const auto truth = Truth(4 * 400);
  const auto packets = Cut(truth);
  PacketRun run(4 * 400, kRecord);
  for (std::size_t i = 0; i < packets.size(); ++i)
    if (i != 300) run.Add(packets[i].counter, packets[i].payload);
  EXPECT_EQ(run.sure_records(), 1200U);
  EXPECT_EQ(run.missing_packets(), 1U);
  const auto islands = run.ProvedIslands();
  ASSERT_EQ(islands.size(), 1U);
  EXPECT_EQ(islands[0].first_record, 1204U);
  EXPECT_TRUE(IsAt(truth, islands[0].first_record, islands[0].bytes));
}

TEST(PacketRun, WithoutTheLastPacketNothingBehindTheGapIsProved) {
  const auto truth = Truth(4 * 400);
  const auto packets = Cut(truth);
  PacketRun run(4 * 400, kRecord);
  for (std::size_t i = 0; i + 1 < packets.size(); ++i)
    if (i != 300) run.Add(packets[i].counter, packets[i].payload);
  EXPECT_TRUE(run.ProvedIslands().empty());
}

TEST(PacketRun, AWholeRoundOfTheCounterLostUnseenIsNotTrusted) {
  const auto truth = Truth(4 * 600);
  const auto packets = Cut(truth);
  PacketRun run(4 * 600, kRecord);
  for (std::size_t i = 0; i < packets.size(); ++i)
    if (i < 100 || i >= 356) run.Add(packets[i].counter, packets[i].payload);
  // It cannot be seen in the counter, only in the count: the run is short.
  EXPECT_FALSE(run.complete());
}

// Any mix of loss, doubling and local disorder: what is called sure or proved is the truth.
TEST(PacketRun, NeverCallsAWrongPlaceProved) {
  for (unsigned seed = 0; seed < 600; ++seed) {
    std::mt19937 random(seed);
    const auto chance = [&](unsigned of_100) { return random() % 100 < of_100; };
    const std::size_t records = 1 + random() % 3000;
    const auto truth = Truth(records);
    std::vector<Packet> arriving;
    const unsigned lost = random() % 8, twice = random() % 8, swapped = random() % 8;
    for (const Packet& packet : Cut(truth)) {
      if (chance(lost)) continue;
      arriving.push_back(packet);
      if (chance(twice)) arriving.push_back(packet);
    }
    for (std::size_t i = 1; i < arriving.size(); ++i)
      if (chance(swapped)) std::swap(arriving[i], arriving[i - 1]);
    PacketRun run(records, kRecord);
    for (const Packet& packet : arriving) run.Add(packet.counter, packet.payload);
    ASSERT_TRUE(IsAt(truth, 0, run.sure())) << "seed " << seed;
    for (const auto& island : run.ProvedIslands())
      ASSERT_TRUE(IsAt(truth, island.first_record, island.bytes)) << "seed " << seed;
    ASSERT_TRUE(lost != 0 || run.complete()) << "seed " << seed;
  }
}

TEST(PacketRun, AnotherRoundsPacketIsAConflict) {
  const auto truth = Truth(400);
  const auto packets = Cut(truth);
  PacketRun run(400, kRecord);
  for (std::size_t i = 0; i < 50; ++i) run.Add(packets[i].counter, packets[i].payload);
  run.Add(20, packets[20].payload);
  EXPECT_FALSE(run.conflict());
  run.Add(20, packets[21].payload);
  EXPECT_TRUE(run.conflict());
}

TEST(PacketRun, ForeignPayloadsAreRefused) {
  PacketRun run(10, kRecord);
  const auto bytes = Truth(2);
  EXPECT_FALSE(run.Add(0, Bytes(bytes).first(3)));
  EXPECT_FALSE(run.Add(0, {}));
  EXPECT_TRUE(run.Add(0, bytes));
  // More than was announced is cut.
  for (std::uint8_t i = 1; i < 50; ++i) run.Add(i, bytes);
  EXPECT_EQ(run.sure_records(), 10U);
}

}  // namespace
}  // namespace bk::companion
