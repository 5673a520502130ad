#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <vector>

#include "codec/l2cap/recombiner.h"
#include "codec/l2cap/signalling.h"

namespace bk::codec::l2cap {
namespace {

using Buffer = std::vector<std::byte>;

Buffer Frame(std::uint16_t channel, std::size_t length, int seed) {
  Buffer frame;
  ByteWriter writer(frame);
  writer.Le16(length).Le16(channel);
  for (std::size_t i = 0; i < length; ++i) writer.U8((static_cast<unsigned>(seed) + i) & 0xff);
  return frame;
}

// The slow, plainly right way: keep everything of a PDU in one buffer and look again each time.
struct PlainRecombiner {
  struct Out {
    bool complete = false;
    unsigned lost = 0;
    std::uint16_t channel = 0;
    Buffer payload;
    std::uint32_t missing = 0;
  };
  bool open = false;
  std::vector<int> bytes;  // -1: removed by the recorder

  Out Push(bool first, const Buffer& data, std::uint32_t missing) {
    Out out;
    if (first && open) ++out.lost;
    if (first) {
      open = false;
      bytes.clear();
      if (data.size() < 4) {
        ++out.lost;
        return out;
      }
      open = true;
    } else if (!open) {
      ++out.lost;
      return out;
    }
    for (const std::byte b : data) bytes.push_back(std::to_integer<int>(b));
    bytes.insert(bytes.end(), missing, -1);
    const std::size_t want = 4 + static_cast<std::size_t>(bytes[0] | bytes[1] << 8);
    if (bytes.size() > want) {
      ++out.lost;
      open = false;
    } else if (bytes.size() == want) {
      open = false;
      out.complete = true;
      out.channel = static_cast<std::uint16_t>(bytes[2] | bytes[3] << 8);
      bool cut = false;
      for (std::size_t i = 4; i < bytes.size(); ++i) {
        cut = cut || bytes[i] < 0;
        if (cut)
          ++out.missing;
        else
          out.payload.push_back(static_cast<std::byte>(bytes[i]));
      }
    }
    return out;
  }
};

TEST(Recombiner, OneFragmentIsNotCopied) {
  Recombiner recombiner;
  const Buffer frame = Frame(4, 20, 1);
  const auto result = recombiner.Push(true, frame, 0);
  ASSERT_TRUE(result.complete);
  EXPECT_EQ(result.pdu.channel, 4);
  EXPECT_EQ(result.pdu.payload.data(), frame.data() + 4);
}

TEST(Recombiner, EverySplitGivesTheSamePdu) {
  const Buffer frame = Frame(6, 40, 7);
  for (std::size_t cut = 4; cut < frame.size(); ++cut) {
    Recombiner recombiner;
    EXPECT_FALSE(recombiner.Push(true, Bytes(frame).first(cut), 0).complete);
    const auto result = recombiner.Push(false, Bytes(frame).subspan(cut), 0);
    ASSERT_TRUE(result.complete) << cut;
    EXPECT_TRUE(std::ranges::equal(result.pdu.payload, Bytes(frame).subspan(4)));
  }
}

TEST(Recombiner, GoodPduAndLossAtOnce) {
  Recombiner recombiner;
  const Buffer frame = Frame(4, 30, 3), next = Frame(4, 3, 9);
  (void)recombiner.Push(true, Bytes(frame).first(10), 0);
  const auto result = recombiner.Push(true, next, 0);
  EXPECT_TRUE(result.complete);
  EXPECT_TRUE(result.lost_unfinished);
}

TEST(Recombiner, OrphanOverlongHeadless) {
  Recombiner recombiner;
  const Buffer frame = Frame(4, 10, 3);
  EXPECT_TRUE(recombiner.Push(false, frame, 0).lost_orphan);
  EXPECT_TRUE(recombiner.Push(true, Bytes(frame).first(3), 0).lost_headless);
  (void)recombiner.Push(true, Bytes(frame).first(8), 0);
  EXPECT_TRUE(recombiner.Push(false, frame, 0).lost_overlong);
  EXPECT_FALSE(recombiner.Reset());
}

TEST(Recombiner, FilteredToItsHeader) {
  Recombiner recombiner;
  const Buffer frame = Frame(4, 20, 1);
  const auto result = recombiner.Push(true, Bytes(frame).first(4), 20);
  ASSERT_TRUE(result.complete);
  EXPECT_TRUE(result.pdu.payload.empty());
  EXPECT_EQ(result.pdu.missing, 20U);
}

TEST(Recombiner, EqualsThePlainOneOnAnyStream) {
  std::mt19937 random(4711);
  const auto below = [&](unsigned n) { return static_cast<unsigned>(random() % n); };
  Recombiner fast;
  PlainRecombiner plain;
  for (int i = 0; i < 40'000; ++i) {
    Buffer data = Frame(static_cast<std::uint16_t>(4 + below(3)), below(12), i);
    data.resize(below(static_cast<unsigned>(data.size()) + 4));
    const bool first = below(2) == 0;
    const std::uint32_t missing = below(4) == 0 ? below(6) : 0;
    const auto got = fast.Push(first, data, missing);
    const auto want = plain.Push(first, data, missing);
    ASSERT_EQ(got.complete, want.complete) << i;
    ASSERT_EQ(got.lost(), want.lost) << i;
    if (!want.complete) continue;
    ASSERT_EQ(got.pdu.channel, want.channel);
    ASSERT_EQ(got.pdu.missing, want.missing);
    ASSERT_TRUE(std::ranges::equal(got.pdu.payload, want.payload));
  }
}

TEST(Signalling, ParameterUpdateAndEveryTruncation) {
  Buffer pdu;
  ByteWriter(pdu).U8(0x12).U8(1).Le16(8).Le16(24).Le16(40).Le16(0).Le16(500);
  SignalReader reader(pdu);
  SignalCommand command;
  ASSERT_TRUE(reader.Next(command));
  const auto request = DecodeParameterUpdateRequest(command.data);
  ASSERT_TRUE(request);
  EXPECT_EQ(request->interval_max, 40);
  EXPECT_FALSE(reader.Next(command));
  EXPECT_FALSE(reader.damaged());
  for (std::size_t size = 1; size < pdu.size(); ++size) {
    SignalReader part(Bytes(pdu).first(size));
    EXPECT_FALSE(part.Next(command));
    EXPECT_TRUE(part.damaged());
  }
}

TEST(Signalling, UnknownIsDamage) {
  Buffer pdu;
  ByteWriter(pdu).U8(0x7f).U8(1).Le16(0);
  SignalReader reader(pdu);
  SignalCommand command;
  EXPECT_FALSE(reader.Next(command));
  EXPECT_TRUE(reader.damaged());
}

}  // namespace
}  // namespace bk::codec::l2cap
