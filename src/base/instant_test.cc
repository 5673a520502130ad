#include "base/instant.h"

#include <gtest/gtest.h>

namespace bk {
namespace {

TEST(Instant, CivilRoundTripAcrossTheRangeSeenInRealCaptures) {
  for (const CivilTime t :
       {CivilTime{1833, 11, 24, 17, 31, 1, 5}, CivilTime{1970, 1, 1, 0, 0, 0, 0},
        CivilTime{2000, 2, 29, 23, 59, 59, 999'999}, CivilTime{2026, 11, 24, 12, 0, 0, 0}}) {
    const CivilTime back = CivilFromMicros(MicrosFromCivil(t));
    EXPECT_EQ(back.year, t.year);
    EXPECT_EQ(back.month, t.month);
    EXPECT_EQ(back.day, t.day);
    EXPECT_EQ(back.micros, t.micros);
  }
}

TEST(Instant, FormatsByClock) {
  const std::int64_t us = MicrosFromCivil({2018, 4, 2, 17, 6, 30, 123'456});
  EXPECT_EQ(FormatInstant(WallTime{us}), "2018-04-02 17:06:30.123456");
  EXPECT_EQ(FormatInstant(LogcatTime{MicrosFromCivil({2000, 4, 2, 17, 6, 30, 123'456})}),
            "04-02 17:06:30.123");
  EXPECT_EQ(FormatInstant(BootTime{12'000'005}), "+12.000005s");
  EXPECT_EQ(FormatInstant(AnyInstant{}), "");
}

}  // namespace
}  // namespace bk
