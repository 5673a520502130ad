#include "base/address.h"

#include <gtest/gtest.h>

namespace bk {
namespace {

TEST(Address, RoundTrip) {
  const auto address = ParseAddress("c8:0f:10-01:02:03");
  ASSERT_TRUE(address);
  EXPECT_EQ(FormatAddress(*address), "C8:0F:10:01:02:03");
}

TEST(Address, RefusesMaskedAndShort) {
  EXPECT_FALSE(ParseAddress("XX:XX:XX:XX:02:03"));
  EXPECT_FALSE(ParseAddress("C8:0F:10:01:02"));
  EXPECT_FALSE(ParseAddress("C8:0F:10:01:02:0g"));
}

TEST(Address, MaskedFormsMatch) {
  const Address address = *ParseAddress("C8:0F:10:01:02:03");
  EXPECT_TRUE(MatchesMasked("XX:XX:XX:XX:02:03", address));
  EXPECT_TRUE(MatchesMasked("c8:0f:10:**:**:03", address));
  EXPECT_FALSE(MatchesMasked("XX:XX:XX:XX:02:04", address));
}

}  // namespace
}  // namespace bk
