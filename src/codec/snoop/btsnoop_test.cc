#include <gtest/gtest.h>

#include "codec/snoop/testing.h"

namespace bk::codec::snoop {
namespace {

constexpr std::uint64_t kEpoch = 0x00DCDDB30F2F8000;

struct RawRecord {
  std::uint32_t original, included, flags = 0, drops = 0;
  std::int64_t us = kSampleUs;
};

std::vector<std::byte> Header(std::uint32_t datalink = 1002) {
  std::vector<std::byte> file;
  ByteWriter(file).Put(AsBytes({"btsnoop\0", 8})).Be32(1).Be32(datalink);
  return file;
}

void AddRecord(std::vector<std::byte>& file, const RawRecord& record, Bytes stored) {
  ByteWriter(file)
      .Be32(record.original)
      .Be32(record.included)
      .Be32(record.flags)
      .Be32(record.drops)
      .Be64(kEpoch + static_cast<std::uint64_t>(record.us))
      .Put(stored);
}

// The n-th sample with its H4 byte.
std::vector<std::byte> H4(unsigned n) {
  auto [packet, data] = SamplePacket(n);
  data.insert(data.begin(), static_cast<std::byte>(packet.kind));
  return data;
}

void AddH4(std::vector<std::byte>& file, unsigned n, std::int64_t us, std::uint32_t drops = 0) {
  const auto stored = H4(n);
  const auto size = static_cast<std::uint32_t>(stored.size());
  AddRecord(file, {size, size, n % 5 == 0 || n % 5 == 2 ? 0U : 1U, drops, us}, stored);
}

// Bumble sets flag 0x10 for commands and events, Realtek none: the H4 byte is heard, not the flags.
TEST(Btsnoop, TheH4ByteDecidesWhateverTheFlagsSay) {
  for (const std::uint32_t flags : {0U, 1U, 2U, 3U, 0x10U, 0x11U}) {
    auto file = Header();
    for (unsigned n = 0; n < 2; ++n) {
      const auto stored = H4(n);
      const auto size = static_cast<std::uint32_t>(stored.size());
      AddRecord(file, {size, size, flags}, stored);
    }
    const Reading reading = Read(file);
    ASSERT_EQ(reading.sink.packets.size(), 2U);
    EXPECT_EQ(reading.sink.packets[0].kind, PacketKind::kCommand);
    EXPECT_TRUE(reading.sink.packets[0].to_controller);
    EXPECT_EQ(reading.sink.packets[1].kind, PacketKind::kEvent);
    EXPECT_FALSE(reading.sink.packets[1].to_controller);
  }
}

TEST(Btsnoop, MonitorRecordsCarryTheirAdapterAndNotes) {
  auto file = Header(2001);
  const std::pair<std::uint32_t, PacketKind> opcodes[] = {
      {0, PacketKind::kOther},  {2, PacketKind::kCommand}, {3, PacketKind::kEvent},
      {4, PacketKind::kAcl},    {5, PacketKind::kAcl},     {6, PacketKind::kSco},
      {12, PacketKind::kOther}, {18, PacketKind::kIso},    {19, PacketKind::kIso}};
  for (const auto& [opcode, kind] : opcodes)
    AddRecord(file, {4, 4, 0x0003'0000U | opcode}, AsBytes("note"));
  const Reading reading = Read(file);
  ASSERT_EQ(reading.sink.packets.size(), std::size(opcodes));
  for (std::size_t i = 0; i < std::size(opcodes); ++i) {
    const auto& [opcode, kind] = opcodes[i];
    EXPECT_EQ(reading.sink.packets[i].kind, kind) << opcode;
    EXPECT_EQ(reading.sink.packets[i].adapter, 3) << opcode;
    EXPECT_EQ(reading.sink.packets[i].to_controller,
              opcode == 2 || opcode == 4 || opcode == 6 || opcode == 18)
        << opcode;
  }
}

TEST(Btsnoop, FilteredPacketsAreCutNotDamaged) {
  std::vector<std::byte> file;
  SnoopWriter writer(FileKind::kBtsnoopH4, file);
  for (unsigned n = 0; n < 10; ++n) AddSample(writer, n, 8);
  const Reading reading = Read(file);
  ASSERT_EQ(reading.sink.packets.size(), 10U);
  EXPECT_TRUE(reading.sink.damage.empty());
  EXPECT_TRUE(reading.sink.packets[2].cut);
  EXPECT_EQ(reading.sink.packets[2].data.size(), 8U);
  EXPECT_EQ(reading.sink.packets[2].original_length, 15U);
  EXPECT_FALSE(reading.sink.packets[0].cut);
  EXPECT_EQ(reading.sink.packets, ReadPlainly(file).packets);
}

// Android 13's truncated mode: the header says cut, the whole packet follows (snoop_logger.cc of
// lineage-20.0).
TEST(Btsnoop, Android13TruncatedModeIsReadWhole) {
  for (const std::size_t behind : {0U, 1U, 23U}) {  // bytes of one more header at the end
    auto file = Header();
    std::vector<std::byte> last_header;
    for (unsigned n = 0; n < 30; ++n) {
      const auto stored = H4(n);
      const auto size = static_cast<std::uint32_t>(stored.size());
      AddRecord(file, {size, std::min(size, 10U), 0, 0, kSampleUs + n * 1000}, stored);
    }
    AddRecord(last_header, {7, 7}, {});
    file.insert(file.end(), last_header.begin(), last_header.begin() + behind);
    const Reading reading = Read(file);
    ASSERT_EQ(reading.sink.packets.size(), 30U) << behind;
    for (unsigned n = 0; n < 30; ++n) {
      EXPECT_EQ(reading.sink.packets[n].data, SamplePacket(n).second) << n;
      EXPECT_FALSE(reading.sink.packets[n].cut) << n;
    }
    // Told once, at the first such record.
    ASSERT_EQ(reading.sink.Of(Damage::Kind::kCorrupt).size(), 1U);
    EXPECT_EQ(reading.sink.Of(Damage::Kind::kCorrupt)[0].number, 3U);
    EXPECT_EQ(reading.sink.Of(Damage::Kind::kTruncated).size(), behind > 0 ? 1U : 0U);
    for (std::size_t chunk = 1; chunk < 60; ++chunk)
      ASSERT_TRUE(Read(file, chunk).All() == reading.All()) << chunk;
  }
}

TEST(Btsnoop, TheDropCounterIsToldByItsRises) {
  auto file = Header();
  const std::uint32_t counter[] = {0, 0, 3, 3, 4, 0, 2};
  for (unsigned n = 0; n < std::size(counter); ++n) AddH4(file, n, kSampleUs + n, counter[n]);
  const auto drops = Read(file).sink.Of(Damage::Kind::kDropped);
  ASSERT_EQ(drops.size(), 3U);
  EXPECT_EQ(drops[0].count, 3U);
  EXPECT_EQ(drops[0].number, 3U);
  EXPECT_EQ(drops[0].after, 2U);
  EXPECT_EQ(drops[1].count, 1U);
  EXPECT_EQ(drops[2].count, 2U) << "the counter began anew";
}

TEST(Btsnoop, ClockStepsAreToldAndNumbersGoOn) {
  auto file = Header();
  const std::int64_t day = 86'400'000'000;
  const std::int64_t times[] = {0, 10, 5, -2'000'000, -2'000'000 + 2 * day, -day};
  for (unsigned n = 0; n < std::size(times); ++n) AddH4(file, n, kSampleUs + times[n]);
  const Reading reading = Read(file);
  ASSERT_EQ(reading.sink.packets.size(), 6U);
  for (unsigned n = 0; n < 6; ++n) {
    EXPECT_EQ(reading.sink.packets[n].number, n + 1);
    EXPECT_EQ(reading.sink.packets[n].data, SamplePacket(n).second);
  }
  ASSERT_EQ(reading.sink.damage.size(), 4U);
  EXPECT_EQ(reading.sink.damage[0].kind, Damage::Kind::kOutOfOrder);
  EXPECT_EQ(reading.sink.damage[0].number, 3U);
  EXPECT_EQ(reading.sink.damage[0].after, 2U);
  EXPECT_EQ(reading.sink.damage[1].kind, Damage::Kind::kClockJump);
  EXPECT_NE(reading.sink.damage[2].text.find("forward"), std::string::npos);
  EXPECT_NE(reading.sink.damage[3].text.find("back"), std::string::npos);
  EXPECT_EQ(reading.first.us, kSampleUs);
  EXPECT_EQ(reading.last.us, kSampleUs - day);
}

// Phones whose clock was never set write 1970, or 1969 west of Greenwich.
TEST(Btsnoop, ClocksFarInThePastAreRecordsAllTheSame) {
  for (const std::int64_t us :
       {std::int64_t{0}, std::int64_t{-2'000'189'956'370}, std::int64_t{-4'292'967'383'830'055}}) {
    auto file = Header();
    for (unsigned n = 0; n < 5; ++n) AddH4(file, n, us + n);
    const Reading reading = Read(file);
    EXPECT_EQ(reading.sink.packets.size(), 5U);
    EXPECT_TRUE(reading.sink.damage.empty());
    EXPECT_EQ(reading.first.us, us);
  }
}

// A length that was damaged must not swallow the rest of the file.
TEST(Btsnoop, ALengthThatPointsPastTheEndLosesOneRecordOnly) {
  auto file = SampleFile(FileKind::kBtsnoopH4, 50);
  const std::size_t at = Read(file).sink.packets[20].offset;
  file[at + 1] = file[at + 5] = std::byte{2};  // 128 KiB more
  const Reading reading = Read(file);
  EXPECT_EQ(reading.sink.packets.size(), 49U);
  ASSERT_EQ(reading.sink.damage.size(), 1U);
  EXPECT_EQ(reading.sink.damage[0].kind, Damage::Kind::kCorrupt);
  EXPECT_EQ(reading.sink.damage[0].offset, at);
}

// A file system that lost a page leaves zeros.
TEST(Btsnoop, ZeroedPagesAreOnePieceOfDamage) {
  auto file = SampleFile(FileKind::kBtsnoopH4, 500);
  std::fill(file.begin() + 4096, file.begin() + 8192, std::byte{0});
  const Reading reading = Read(file);
  EXPECT_EQ(reading.sink.damage.size(), 1U);
  EXPECT_EQ(reading.sink.packets.back().us, kSampleUs + 499 * 1'250);
  EXPECT_GT(reading.sink.packets.size(), 370U);
}

TEST(Btsnoop, ManyLapsesAreSummedUp) {
  auto file = Header();
  for (unsigned n = 0; n < 3000; ++n) AddH4(file, 0, kSampleUs + (n % 2) * 10);
  const Reading reading = Read(file);
  EXPECT_EQ(reading.sink.packets.size(), 3000U);
  const auto told = reading.sink.Of(Damage::Kind::kOutOfOrder);
  ASSERT_EQ(told.size(), 1001U);
  std::uint64_t sum = 0;
  for (const SeenDamage& damage : told) sum += damage.count;
  EXPECT_EQ(sum, 1499U);
  for (unsigned n = 0; n < 3000; ++n) ASSERT_EQ(reading.sink.packets[n].number, n + 1);
}

// 1001 without H4 bytes: the flags tell commands and events; of data, its length tells voice.
TEST(Btsnoop, WithoutH4ByteTheLengthTellsVoiceFromData) {
  const Reading reading = Read(SampleFile(FileKind::kBtsnoopHci, 5));
  ASSERT_EQ(reading.sink.packets.size(), 5U);
  EXPECT_EQ(reading.sink.packets[2].kind, PacketKind::kAcl);
  EXPECT_EQ(reading.sink.packets[4].kind, PacketKind::kSco);
}

}  // namespace
}  // namespace bk::codec::snoop
