#include "codec/snoop/btsnooz.h"

#include <gtest/gtest.h>

#include "codec/snoop/btsnooz_parser.h"
#include "codec/snoop/testing.h"

namespace bk::codec::snoop {
namespace {

std::uint8_t TypeOf(const Packet& packet) {
  switch (packet.kind) {
    case PacketKind::kCommand:
      return 0x20;
    case PacketKind::kEvent:
      return 0x10;
    case PacketKind::kAcl:
      return packet.to_controller ? 0x21 : 0x11;
    case PacketKind::kSco:
      return packet.to_controller ? 0x22 : 0x12;
    default:
      return packet.to_controller ? 0x2d : 0x17;
  }
}

// As the ring keeps them: data is cut to 14 bytes; every record's step is from the one before.
void AddRecord(std::vector<std::byte>& records, int version, unsigned n, std::uint32_t step) {
  const auto [packet, data] = SamplePacket(n);
  const std::size_t kept =
      packet.kind == PacketKind::kAcl ? std::min<std::size_t>(data.size(), 14) : data.size();
  ByteWriter writer(records);
  writer.Le16(kept + 1);
  if (version == 2) writer.Le16(data.size() + 1);
  writer.Le32(step).U8(TypeOf(packet)).Put(Bytes(data).first(kept));
}

std::vector<std::byte> Records(int version, unsigned count) {
  std::vector<std::byte> records;
  // The first step points at what fell out of the ring: it must not be used.
  for (unsigned n = 0; n < count; ++n) AddRecord(records, version, n, n == 0 ? 999'999'999 : 1000);
  return records;
}

KeepingSink ReadRing(int version, Bytes records, bool whole = true,
                     std::int64_t newest = kSampleUs) {
  KeepingSink sink;
  BtsnoozPreamble preamble;
  preamble.version = version;
  preamble.newest.us = newest;
  ReadBtsnoozRecords(preamble, records, whole, sink);
  return sink;
}

TEST(Btsnooz, FindsTheBlockInADump) {
  const std::string text =
      "DUMP OF SERVICE bluetooth_manager:\n  enabled: true\n"
      "--- BEGIN:BTSNOOP_LOG_SUMMARY (6319 bytes in) ---\n"
      "AqfwwsChmwUA\n"
      "eJzlmFtoXUUU==\n"
      "--- END:BTSNOOP_LOG_SUMMARY ---\n"
      "after\n";
  const auto block = FindBtsnoozBlock(text);
  ASSERT_TRUE(block);
  EXPECT_EQ(block->base64, "AqfwwsChmwUA\neJzlmFtoXUUU==\n");
  EXPECT_EQ(block->packed_bytes, 6319U);
  EXPECT_TRUE(block->ended);
  EXPECT_EQ(text.substr(block->begin, 9), "--- BEGIN");
  EXPECT_EQ(text.substr(block->end), "after\n");
  EXPECT_FALSE(FindBtsnoozBlock(text, block->end));
}

TEST(Btsnooz, ABlockWithoutEndStopsAtTheFirstOtherLine) {
  const std::string text =
      "--- BEGIN:BTSNOOP_LOG_SUMMARY (12 bytes in) ---\r\nAqfw\r\nwsCh\r\n"
      "--------- 0.04s was the duration of dumpsys\nAAAA\n";
  const auto block = FindBtsnoozBlock(text);
  ASSERT_TRUE(block);
  EXPECT_FALSE(block->ended);
  EXPECT_EQ(block->base64, "Aqfw\r\nwsCh\r\n");
}

TEST(Btsnooz, EveryCutOfABlockIsFoundOrNot) {
  const std::string text =
      "x\n--- BEGIN:BTSNOOP_LOG_SUMMARY (3 bytes in) ---\nAqfw\n--- END:BTSNOOP_LOG_SUMMARY ---\n";
  for (std::size_t size = 0; size <= text.size(); ++size) {
    const auto block = FindBtsnoozBlock(std::string_view(text).substr(0, size));
    ASSERT_EQ(block.has_value(), size >= 31U) << size;
    if (!block) continue;
    EXPECT_LE(block->end, size);
    EXPECT_EQ(block->ended, size >= text.size() - 5) << size;
  }
}

TEST(Btsnooz, PreambleOfBothVersions) {
  for (const int version : {1, 2}) {
    std::vector<std::byte> decoded;
    ByteWriter(decoded).U8(version).Le64(kSampleUs).Put(AsBytes("packed"));
    const auto preamble = ReadBtsnoozPreamble(decoded);
    ASSERT_TRUE(preamble);
    EXPECT_EQ(preamble->version, version);
    EXPECT_EQ(preamble->newest.us, kSampleUs);
    EXPECT_EQ(AsText(preamble->packed), "packed");
  }
}

TEST(Btsnooz, RefusesAShortOrUnknownPreamble) {
  const auto tooshort = ReadBtsnoozPreamble(AsBytes("\2\1\1"));
  ASSERT_FALSE(tooshort);
  EXPECT_EQ(tooshort.error().code, ErrorCode::kNotOurs);
  const auto unknown = ReadBtsnoozPreamble(AsBytes("\7\1\1\1\1\1\1\1\1\1\1"));
  ASSERT_FALSE(unknown);
  EXPECT_EQ(unknown.error().code, ErrorCode::kNotSupported);
}

class Ring : public testing::TestWithParam<int> {};
INSTANTIATE_TEST_SUITE_P(Version, Ring, testing::Values(1, 2));

TEST_P(Ring, TheNewestPacketHasThePreamblesTime) {
  const KeepingSink sink = ReadRing(GetParam(), Records(GetParam(), 20));
  ASSERT_EQ(sink.packets.size(), 20U);
  EXPECT_TRUE(sink.damage.empty());
  for (unsigned n = 0; n < 20; ++n) {
    const auto [packet, data] = SamplePacket(n);
    const SeenPacket& seen = sink.packets[n];
    EXPECT_EQ(seen.us, kSampleUs - (19 - static_cast<int>(n)) * 1000) << n;
    EXPECT_EQ(seen.kind, packet.kind) << n;
    EXPECT_EQ(seen.to_controller, packet.to_controller) << n;
    EXPECT_EQ(seen.original_length, data.size()) << n;
    EXPECT_EQ(seen.cut, data.size() > 14) << n;
    EXPECT_EQ(seen.number, n + 1);
  }
}

TEST_P(Ring, CutAtEveryByte) {
  const auto records = Records(GetParam(), 6);
  const auto whole = ReadRing(GetParam(), records).packets;
  for (std::size_t size = 0; size < records.size(); ++size) {
    const KeepingSink sink = ReadRing(GetParam(), Bytes(records).first(size), false);
    std::size_t expected = 0;
    while (expected + 1 < whole.size() && whole[expected + 1].offset <= size) ++expected;
    ASSERT_EQ(sink.packets.size(), expected) << size;
    for (std::size_t i = 0; i < expected; ++i) ASSERT_EQ(sink.packets[i].data, whole[i].data);
    if (expected > 0) {
      EXPECT_EQ(sink.packets.back().us, kSampleUs);
    }
    // The missing end is told; where it cuts a record, that too.
    EXPECT_GE(sink.Of(Damage::Kind::kTruncated).size(), 1U);
    EXPECT_LE(sink.damage.size(), 2U);
  }
}

TEST_P(Ring, FindsRecordsBehindGarbageAndKeepsTheNewestTime) {
  auto records = Records(GetParam(), 10);
  const std::string garbage(100, '\xee');
  records.insert(records.end(), AsBytes(garbage).begin(), AsBytes(garbage).end());
  for (unsigned n = 0; n < 10; ++n) AddRecord(records, GetParam(), n, 1000);
  const KeepingSink sink = ReadRing(GetParam(), records);
  ASSERT_EQ(sink.packets.size(), 20U);
  EXPECT_EQ(sink.packets.back().us, kSampleUs);
  EXPECT_EQ(sink.packets.front().us, kSampleUs - 19'000);
  ASSERT_EQ(sink.damage.size(), 1U);
  EXPECT_EQ(sink.damage[0].kind, Damage::Kind::kCorrupt);
}

TEST_P(Ring, APreambleOfAnyTimeIsHarmless) {
  for (const std::int64_t newest : {std::numeric_limits<std::int64_t>::min(),
                                    std::numeric_limits<std::int64_t>::max(), std::int64_t{0}}) {
    const KeepingSink sink = ReadRing(GetParam(), Records(GetParam(), 5), true, newest);
    ASSERT_EQ(sink.packets.size(), 5U);
    EXPECT_EQ(sink.packets.back().us, newest);
  }
}

// Some vendors write the ring's records behind a btsnoop header (btsnooz_hci.log).
TEST_P(Ring, BehindABtsnoopHeaderItIsReadWithoutADate) {
  std::vector<std::byte> file;
  ByteWriter(file).Put(AsBytes({"btsnoop\0", 8})).Be32(1).Be32(1002);
  const auto records = Records(GetParam(), 400);
  file.insert(file.end(), records.begin(), records.end());
  const Reading reading = Read(file);
  EXPECT_EQ(reading.sink.packets.size(), 400U);
  EXPECT_EQ(reading.format.encapsulation, Encapsulation::kBtsnooz);
  ASSERT_EQ(reading.sink.damage.size(), 1U);
  EXPECT_EQ(reading.sink.damage[0].kind, Damage::Kind::kUnsupported);
  EXPECT_EQ(reading.sink.packets[0].offset, 16U);
  for (const std::size_t chunk : {1U, 17U, 4096U})
    EXPECT_TRUE(Read(file, chunk).All() == reading.All()) << chunk;
}

}  // namespace
}  // namespace bk::codec::snoop
