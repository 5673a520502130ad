// Every fault once over Debian's adb and its server: the same expectations as in the same process
// (loop_test.cc), with three programs of three makers in between.
#include <fmt/format.h>

#include <algorithm>

#include "adb/adb_fixture.h"
#include "loop/expected.h"
#include "loop/samples.h"
#include "simulate/phone/faults/inject.h"

namespace bk::loop {
namespace {

class OverStockAdb : public testing::WithStockAdb,
                     public ::testing::WithParamInterface<std::string> {};

TEST_P(OverStockAdb, AFaultIsAsExpected) {
  static const std::vector<Expected> rows = ReadExpectations("tests/loop/expectations.jsonl");
  const auto row = std::ranges::find(rows, GetParam(), &Expected::fault);
  ASSERT_NE(row, rows.end()) << GetParam() << ": no expectation";
  for (const Patient& patient : SamplesOf(row->fault, kStockAdb)) {
    const auto android = MakePatient(patient);
    ASSERT_TRUE(android) << NameOf(patient);
    const auto phone = OverAdb(*android, *adb_);
    const Sample sample{NameOf(patient), RunLoop(*phone, patient)};
    fmt::print("{}", Row(row->fault, sample));
    const std::vector<std::string> mismatches = Mismatches(*row, {sample});
    for (const std::string& mismatch : mismatches) ADD_FAILURE() << mismatch;
    if (!mismatches.empty()) fmt::print("{}\n{}", sample.phone, StepsOf(sample.run));
  }
}

std::vector<std::string> Faults() {
  std::vector<std::string> faults;
  for (const std::string_view fault : simulate::InjectableCauses()) faults.emplace_back(fault);
  return faults;
}
INSTANTIATE_TEST_SUITE_P(Loop, OverStockAdb, ::testing::ValuesIn(Faults()),
                         [](const auto& test) { return test.param; });

}  // namespace
}  // namespace bk::loop
