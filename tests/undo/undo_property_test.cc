// Whatever the program did to a phone, in whatever order and beside whatever others do, undo gives
// the phone back as it would be without the program, and asks before it overwrites what somebody
// else has set. Random phones, random plans (plan.h); a failure is printed as short as it gets,
// with its seed.
//
//   BK_UNDO_SEED=5 BK_UNDO_PLANS=1000 out/dev/tests/undo/undo_property_test     other plans, more
//   of them
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <cstdlib>

#include "undo/plan.h"

namespace bk::undo {
namespace {

std::uint64_t Number(const char* variable, std::uint64_t otherwise) {
  const char* const text = std::getenv(variable);
  return text == nullptr ? otherwise : std::strtoull(text, nullptr, 10);
}

class EveryKindOfPhone : public testing::TestWithParam<std::tuple<int, simulate::Maker>> {
 protected:
  // A test that changes nothing and asks nothing proves nothing.
  static void TearDownTestSuite() {
    fmt::print("all: {} plans, {} fixes with {} changes, {} edits by others, asked {} times\n",
               plans_, all_.fixes, all_.changes, all_.edits, all_.asked);
    if (plans_ < 200) return;
    EXPECT_GE(all_.changes, plans_);
    EXPECT_GE(all_.edits, plans_);
    EXPECT_GE(all_.asked, plans_ / 20);
  }
  static inline PlanRun all_;
  static inline std::size_t plans_ = 0;
};

TEST_P(EveryKindOfPhone, IsGivenBackWhateverTheProgramDid) {
  const std::uint64_t first = Number("BK_UNDO_SEED", 1);
  const std::uint64_t plans = Number("BK_UNDO_PLANS", 14);
  for (std::uint64_t seed = first; seed < first + plans; ++seed) {
    const Plan plan = PlanOf(std::get<0>(GetParam()), std::get<1>(GetParam()), seed);
    const PlanRun run = RunPlan(plan);
    ++plans_;
    all_.fixes += run.fixes;
    all_.changes += run.changes;
    all_.edits += run.edits;
    all_.asked += run.asked;
    if (run.problems.empty()) continue;
    const Plan shrunk = Shrunk(plan);
    const PlanRun shown = RunPlan(shrunk);
    ADD_FAILURE() << "BK_UNDO_SEED=" << seed << " BK_UNDO_PLANS=1\n"
                  << Text(shrunk) << shown.story << shown.problems;
  }
}

INSTANTIATE_TEST_SUITE_P(Androids, EveryKindOfPhone,
                         testing::Combine(testing::Values(26, 29, 31, 34, 35),
                                          testing::Values(simulate::Maker::kStock,
                                                          simulate::Maker::kSamsung,
                                                          simulate::Maker::kXiaomi)));

}  // namespace
}  // namespace bk::undo
