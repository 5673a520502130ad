#include "base/uuid.h"

#include <gtest/gtest.h>

namespace bk {
namespace {

TEST(Uuid, WritesAndReadsBothForms) {
  constexpr std::string_view kLong = "00000009-0000-3512-2118-0009af100700";
  const auto vendor = ParseUuid(kLong);
  ASSERT_TRUE(vendor);
  EXPECT_EQ(vendor->high, 0x0000'0009'0000'3512u);
  EXPECT_EQ(FormatUuid(*vendor), kLong);
  EXPECT_EQ(ParseUuid("00000009-0000-3512-2118-0009AF100700"), vendor);
  EXPECT_EQ(FormatUuid(SigUuid(0xfee0)), "0000fee0-0000-1000-8000-00805f9b34fb");
  EXPECT_EQ(ParseUuid("fee0"), SigUuid(0xfee0));
  EXPECT_EQ(ParseUuid("12345678"), SigUuid(0x12345678));
}

TEST(Uuid, RefusesWhatIsNone) {
  for (const std::string_view text :
       {"", "fee", "feeg", "0000fee0-0000-1000-8000-00805f9b34f",
        "0000fee0_0000-1000-8000-00805f9b34fb", "0000fee0-0000-1000-8000-00805f9b34fg",
        "0000fee00-000-1000-8000-00805f9b34fb"})
    EXPECT_FALSE(ParseUuid(text)) << text;
}

}  // namespace
}  // namespace bk
