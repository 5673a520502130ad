#include "codec/snoop/reader.h"

#include <gtest/gtest.h>

#include "codec/snoop/testing.h"

namespace bk::codec::snoop {
namespace {

constexpr FileKind kAllKinds[] = {
    FileKind::kBtsnoopHci,    FileKind::kBtsnoopH4,   FileKind::kBtsnoopMonitor, FileKind::kPcapH4,
    FileKind::kPcapDirection, FileKind::kPcapMonitor, FileKind::kPcapngDirection};

std::vector<std::pair<FileKind, WriterOptions>> Everything() {
  std::vector<std::pair<FileKind, WriterOptions>> all;
  for (const FileKind kind : kAllKinds)
    for (const bool big_endian : {false, true})
      for (const bool nanoseconds : {false, true})
        if (kind >= FileKind::kPcapH4 || (!big_endian && !nanoseconds))
          all.push_back({kind, {.big_endian = big_endian, .nanoseconds = nanoseconds}});
  return all;
}

class EveryFormat : public testing::TestWithParam<std::pair<FileKind, WriterOptions>> {};
INSTANTIATE_TEST_SUITE_P(Written, EveryFormat, testing::ValuesIn(Everything()));

TEST_P(EveryFormat, GivesBackWhatWasWritten) {
  const auto file = SampleFile(GetParam().first, 20, GetParam().second);
  const Reading reading = Read(file);
  ASSERT_FALSE(reading.error) << reading.error->message;
  EXPECT_EQ(reading.sink.damage.size(), 0U);
  ASSERT_EQ(reading.sink.packets.size(), 20U);
  EXPECT_EQ(reading.count, 20U);
  EXPECT_EQ(reading.first.us, kSampleUs);
  EXPECT_EQ(reading.last.us, kSampleUs + 19 * 1'250);
  for (unsigned n = 0; n < 20; ++n) {
    const auto [packet, data] = SamplePacket(n);
    const SeenPacket& seen = reading.sink.packets[n];
    EXPECT_EQ(seen.kind, packet.kind) << seen;
    // Without a direction, voice counts as received.
    EXPECT_EQ(seen.to_controller, packet.to_controller) << seen;
    EXPECT_EQ(seen.data, data) << seen;
    EXPECT_EQ(seen.us, packet.time.us) << seen;
    EXPECT_EQ(seen.original_length, data.size()) << seen;
    EXPECT_EQ(seen.number, n + 1) << seen;
    EXPECT_FALSE(seen.cut) << seen;
  }
}

TEST_P(EveryFormat, AgreesWithTheReferenceReader) {
  const auto file = SampleFile(GetParam().first, 40, GetParam().second);
  const ReferenceReading reference = ReadPlainly(file);
  EXPECT_TRUE(reference.known);
  EXPECT_TRUE(reference.whole);
  EXPECT_EQ(reference.packets, Read(file).sink.packets);
}

TEST_P(EveryFormat, HearsTheSameForEveryChunkSize) {
  auto file = SampleFile(GetParam().first, 12, GetParam().second);
  for (const bool damaged : {false, true}) {
    if (damaged)
      for (std::size_t at = file.size() / 2; at < file.size() / 2 + 40; ++at)
        file[at] = static_cast<std::byte>(at * 37);
    const Reading whole = Read(file);
    EXPECT_EQ(whole.sink.damage.empty(), !damaged);
    for (std::size_t chunk = 1; chunk <= file.size(); ++chunk)
      ASSERT_TRUE(Read(file, chunk).All() == whole.All()) << "chunks of " << chunk;
  }
}

// Cut anywhere: every packet that is whole is there, the end is told once, nothing else changes.
TEST_P(EveryFormat, CutAtEveryByte) {
  const auto file = SampleFile(GetParam().first, 6, GetParam().second);
  const Reading whole = Read(file);
  for (std::size_t size = 1; size < file.size(); ++size) {
    const Reading cut = Read(Bytes(file).first(size));
    if (cut.error) {
      EXPECT_LT(size, 12U) << "only a file shorter than its magic is not known";
      EXPECT_EQ(cut.error->code, ErrorCode::kNotOurs);
      continue;
    }
    std::size_t expected = 0;
    while (expected < whole.sink.packets.size() &&
           (expected + 1 < whole.sink.packets.size() ? whole.sink.packets[expected + 1].offset
                                                     : file.size()) <= size)
      ++expected;
    // A block that names an interface may stand between two packets.
    ASSERT_EQ(cut.sink.packets.size(), expected) << "cut at " << size;
    ASSERT_TRUE(
        std::equal(cut.sink.packets.begin(), cut.sink.packets.end(), whole.sink.packets.begin()));
    ASSERT_LE(cut.sink.damage.size(), 1U);
    for (const SeenDamage& damage : cut.sink.damage)
      ASSERT_EQ(damage.kind, Damage::Kind::kTruncated) << damage.text;
    for (const std::size_t chunk : {1U, 7U}) {
      ASSERT_TRUE(Read(Bytes(file).first(size), chunk).All() == cut.All());
    }
  }
}

// Whatever is put between two records: those behind it are found again, and the place is told.
TEST_P(EveryFormat, FindsTheNextRecordBehindGarbage) {
  const auto file = SampleFile(GetParam().first, 30, GetParam().second);
  const Reading whole = Read(file);
  const std::size_t at = whole.sink.packets[10].offset;
  std::uint32_t random = 1;
  for (const std::size_t length : {1U, 3U, 4U, 23U, 24U, 25U, 100U, 5000U}) {
    for (const int filling : {0, 0xff, -1}) {
      std::vector<std::byte> garbage(length);
      for (std::byte& byte : garbage) {
        random = random * 1'664'525 + 1'013'904'223;
        byte = static_cast<std::byte>(filling < 0 ? random >> 24 : filling);
      }
      std::vector<std::byte> damaged(file.begin(), file.begin() + at);
      damaged.insert(damaged.end(), garbage.begin(), garbage.end());
      damaged.insert(damaged.end(), file.begin() + at, file.end());
      const Reading reading = Read(damaged);
      ASSERT_FALSE(reading.error);
      // The record after the garbage may fall to it; not more.
      ASSERT_GE(reading.sink.packets.size(), 29U) << length << " of " << filling;
      ASSERT_LE(reading.sink.packets.size(), 30U) << length << " of " << filling;
      EXPECT_EQ(reading.sink.packets.back().data, whole.sink.packets.back().data);
      EXPECT_EQ(reading.sink.packets.back().us, whole.sink.packets.back().us);
      ASSERT_EQ(reading.sink.damage.size(), 1U) << length << " of " << filling;
      EXPECT_EQ(reading.sink.damage[0].kind, Damage::Kind::kCorrupt);
      EXPECT_EQ(reading.sink.damage[0].number, 11U);
      EXPECT_EQ(reading.sink.damage[0].offset, at);
      EXPECT_TRUE(Read(damaged, 13).All() == reading.All());
    }
  }
}

TEST(Reader, NamesTheFormat) {
  EXPECT_EQ(Read(SampleFile(FileKind::kBtsnoopH4, 1)).format.name, "btsnoop, HCI UART (H4)");
  EXPECT_EQ(Read(SampleFile(FileKind::kBtsnoopMonitor, 1)).format.name, "btsnoop, Linux monitor");
  EXPECT_EQ(Read(SampleFile(FileKind::kPcapngDirection, 1)).format.name,
            "pcapng, Bluetooth HCI, UART (H4) with direction");
}

TEST(Reader, AHeaderAloneIsAnEmptyCapture) {
  for (const FileKind kind : kAllKinds) {
    const Reading reading = Read(SampleFile(kind, 0));
    EXPECT_FALSE(reading.error);
    EXPECT_EQ(reading.count, 0U);
    EXPECT_TRUE(reading.sink.damage.empty());
    EXPECT_EQ(reading.first.us, 0);
  }
}

}  // namespace
}  // namespace bk::codec::snoop
