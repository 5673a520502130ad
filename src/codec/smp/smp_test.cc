#include <gtest/gtest.h>

#include <vector>

#include "codec/smp/pdu.h"

namespace bk::codec::smp {
namespace {

TEST(Smp, Names) {
  EXPECT_EQ(FindPdu(0x0b).name, "Security Request");
  EXPECT_TRUE(FindPdu(0x06).distributes_key);
  EXPECT_TRUE(FindPdu(0x40).name.empty());
  EXPECT_EQ(FormatReason(0x05), "0x05 Pairing Not Supported");
  EXPECT_EQ(FormatReason(0x99), "0x99 Unassigned");
}

TEST(Smp, FeaturesAndEveryTruncation) {
  std::vector<std::byte> pdu;
  ByteWriter(pdu).U8(1).U8(3).U8(0).U8(0x0d).U8(16).U8(7).U8(7);
  const auto features = DecodePairingFeatures(pdu);
  ASSERT_TRUE(features);
  EXPECT_TRUE(features->bonding && features->mitm && features->secure_connections);
  EXPECT_EQ(features->key_size, 16);
  for (std::size_t size = 0; size < pdu.size(); ++size)
    EXPECT_FALSE(DecodePairingFeatures(Bytes(pdu).first(size))) << size;
}

}  // namespace
}  // namespace bk::codec::smp
