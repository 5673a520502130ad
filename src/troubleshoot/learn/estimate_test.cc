#include "troubleshoot/learn/estimate.h"

#include <gtest/gtest.h>

namespace bk::troubleshoot {
namespace {

Column One(Cell cell) { return {{cell}, false}; }

TEST(EstimateChances, WithoutCasesStaysElicited) {
  const Column column = One({.elicited = 0.3, .size = 8});
  EXPECT_DOUBLE_EQ(EstimateChances({&column, 1}, 5).chances[0][0], 0.3);
}

TEST(EstimateChances, WhatIsReadCountsBothWays) {
  const Column column = One({.elicited = 0.5, .size = 2, .read_yes = 1, .read_no = 7});
  EXPECT_NEAR(EstimateChances({&column, 1}, 5).chances[0][0], 0.2, 1e-6);
}

TEST(EstimateChances, WhatIsToldRaises) {
  const Column column = One({.elicited = 0.3, .size = 8, .told_yes = 4, .silent = 5});
  EXPECT_GT(EstimateChances({&column, 1}, 5).chances[0][0], 0.3);
}

// Silence is no absence: much milder than as many cases in which it was seen to be absent.
TEST(EstimateChances, SilenceIsNotAbsence) {
  const std::vector<Column> silent = {
      One({.elicited = 0.3, .size = 8, .silent = 10}),
      One({.elicited = 0.3, .size = 8, .told_yes = 2, .silent = 8})};
  const Column absent = One({.elicited = 0.3, .size = 8, .read_no = 10});
  const double after_silence = EstimateChances(silent, 5).chances[0][0];
  EXPECT_LT(after_silence, 0.3);
  EXPECT_GT(after_silence, 1.5 * EstimateChances({&absent, 1}, 5).chances[0][0]);
}

// What people mention whenever it holds is absent where nobody mentions it.
TEST(EstimateChances, SilenceSaysMoreOfWhatIsStriking) {
  const auto rest = [](double told) {
    return Column{{{.elicited = 0.9, .size = 50, .told_yes = told, .silent = 20 - told},
                   {.elicited = 0.2, .size = 4, .silent = 20}},
                  false};
  };
  const std::vector<Column> columns = {rest(18), rest(1)};
  const Estimate estimate = EstimateChances(columns, 2);
  EXPECT_GT(estimate.mentioned[0].yes, estimate.mentioned[1].yes);
  EXPECT_LT(estimate.chances[0][1], estimate.chances[1][1]);
}

}  // namespace
}  // namespace bk::troubleshoot
