#include "capture/snooz.h"

#include <gtest/gtest.h>

#include "capture/analyser.h"

namespace bk::capture {
namespace {

constexpr std::int64_t kNewest = 1'600'000'000'000'000;

// Base64 and zlib that change nothing: what the real ones do is tested where they are.
class PlainUnpack final : public ports::Unpack {
 public:
  Result<Inflated> InflateZlib(Bytes packed, std::size_t bytes_max) override {
    if (packed.size() > bytes_max) return Fail(ErrorCode::kTooLarge, "too large");
    if (broken) return Fail(ErrorCode::kNotOurs, "no zlib stream");
    return Inflated{{packed.begin(), packed.end()}, whole};
  }
  Result<std::vector<std::byte>> DecodeBase64(std::string_view text) override {
    const Bytes bytes = AsBytes(text);
    return std::vector<std::byte>(bytes.begin(), bytes.end());
  }
  bool whole = true;
  bool broken = false;
};

// A reset and its answer, half a second later.
std::string Ring() {
  std::vector<std::byte> ring;
  ByteWriter(ring).U8(2).Le64(kNewest);
  ByteWriter(ring).Le16(4).Le16(4).Le32(77).U8(0x20).Put(AsBytes({"\x03\x0c\x00", 3}));
  ByteWriter(ring).Le16(7).Le16(7).Le32(500'000).U8(0x10).Put(
      AsBytes({"\x0e\x04\x01\x03\x0c\x00", 6}));
  return std::string(AsText(ring));
}

TEST(Snooz, PacketsReachTheStoryWithTheirTimes) {
  PlainUnpack unpack;
  Analyser analyser({.file = "dump.txt"});
  ASSERT_TRUE(ReadSnooz(Ring(), true, unpack, analyser));
  const Story story = analyser.Finish();
  EXPECT_EQ(story.counters.packets, 2U);
  ASSERT_TRUE(story.first && story.last);
  EXPECT_EQ(story.last->us, kNewest);
  EXPECT_EQ(story.first->us, kNewest - 500'000);
  EXPECT_TRUE(story.losses.empty());
}

TEST(Snooz, AMissingEndIsALoss) {
  for (const bool ended : {false, true}) {
    PlainUnpack unpack;
    unpack.whole = !ended;
    Analyser analyser({.file = "dump.txt"});
    ASSERT_TRUE(ReadSnooz(Ring(), ended, unpack, analyser));
    const Story story = analyser.Finish();
    ASSERT_EQ(story.losses.size(), 1U);
    EXPECT_EQ(story.losses[0].kind, evidence::LossKind::kTruncated);
  }
}

TEST(Snooz, WhatHoldsNoRecordsIsAnError) {
  PlainUnpack unpack;
  Analyser analyser({.file = "dump.txt"});
  EXPECT_EQ(ReadSnooz("\2", true, unpack, analyser).error().code, ErrorCode::kNotOurs);
  std::string ring = Ring();
  ring[0] = 9;
  EXPECT_EQ(ReadSnooz(ring, true, unpack, analyser).error().code, ErrorCode::kNotSupported);
  unpack.broken = true;
  EXPECT_EQ(ReadSnooz(Ring(), true, unpack, analyser).error().code, ErrorCode::kNotOurs);
  EXPECT_EQ(analyser.Finish().counters.packets, 0U);
}

}  // namespace
}  // namespace bk::capture
