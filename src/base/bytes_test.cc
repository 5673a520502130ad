#include "base/bytes.h"

#include <gtest/gtest.h>

namespace bk {
namespace {

TEST(ByteReader, ReadsBothEndiannesses) {
  std::vector<std::byte> bytes;
  ByteWriter(bytes).U8(1).Le16(0x0302).Be32(0x04050607).Le48(0x0d0c0b0a0908);
  ByteReader reader(bytes);
  EXPECT_EQ(reader.U8(), 1);
  EXPECT_EQ(reader.Le16(), 0x0302);
  EXPECT_EQ(reader.Be32(), 0x04050607u);
  EXPECT_EQ(reader.Le48(), 0x0d0c0b0a0908u);
  EXPECT_TRUE(reader.ok());
  EXPECT_EQ(reader.left(), 0u);
}

TEST(ByteReader, EveryTruncationFailsAndStaysFailed) {
  std::vector<std::byte> bytes(8, std::byte{0xff});
  for (std::size_t size = 0; size < 8; ++size) {
    ByteReader reader(Bytes(bytes).first(size));
    EXPECT_EQ(reader.Le64(), 0u);
    EXPECT_TRUE(reader.failed());
    EXPECT_EQ(reader.U8(), 0) << "nothing is read after a failure";
  }
}

TEST(ByteReader, TakeNeverOverflows) {
  ByteReader reader(Bytes{});
  EXPECT_TRUE(reader.Take(SIZE_MAX).empty());
  EXPECT_TRUE(reader.failed());
}

}  // namespace
}  // namespace bk
