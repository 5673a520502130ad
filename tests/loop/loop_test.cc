// Every fault of the simulated phone, in the same process: what doctor names, what `fix` cures,
// what `undo` gives back, against expectations.jsonl.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "loop/expected.h"
#include "loop/samples.h"
#include "simulate/phone/faults/inject.h"

namespace bk::loop {
namespace {

const std::vector<Expected>& Rows() {
  static const std::vector<Expected> rows = ReadExpectations("tests/loop/expectations.jsonl");
  return rows;
}

std::vector<std::string> Faults() {
  std::vector<std::string> faults;
  for (const std::string_view fault : simulate::InjectableCauses()) faults.emplace_back(fault);
  return faults;
}

class EveryFault : public ::testing::TestWithParam<std::string> {};

TEST_P(EveryFault, IsAsExpected) {
  const auto row = std::ranges::find(Rows(), GetParam(), &Expected::fault);
  ASSERT_NE(row, Rows().end()) << GetParam() << ": no expectation";
  std::vector<Sample> samples;
  for (const Patient& patient : SamplesOf(row->fault, kInProcess)) {
    const auto android = MakePatient(patient);
    ASSERT_TRUE(android) << NameOf(patient);
    EXPECT_FALSE(WillBeWell(*android, patient.faults)) << "does no harm on " << NameOf(patient);
    const auto phone = InThisProcess(*android);
    samples.push_back({NameOf(patient), RunLoop(*phone, patient)});
    fmt::print("{}", Row(row->fault, samples.back()));
  }
  const std::vector<std::string> mismatches = Mismatches(*row, samples);
  for (const std::string& mismatch : mismatches) ADD_FAILURE() << mismatch;
  if (!mismatches.empty())
    for (const Sample& sample : samples) fmt::print("{}\n{}", sample.phone, StepsOf(sample.run));
}

INSTANTIATE_TEST_SUITE_P(Loop, EveryFault, ::testing::ValuesIn(Faults()),
                         [](const auto& test) { return test.param; });

// A row of a fault that is gone, or a gap on a phone that nobody looks at, would say nothing.
TEST(Expectations, AreAboutTheSamples) {
  const std::vector<std::string> faults = Faults();
  std::set<std::string> seen;
  for (const Expected& row : Rows()) {
    EXPECT_TRUE(seen.insert(row.fault).second) << row.fault << " is there twice";
    EXPECT_NE(std::ranges::find(faults, row.fault), faults.end()) << row.fault;
    std::set<std::string> phones;
    for (const SampleKind kind : {kInProcess, kStockAdb})
      for (const Patient& patient : SamplesOf(row.fault, kind)) phones.insert(NameOf(patient));
    for (const auto* gap : {&row.named_gap, &row.cured_gap, &row.claims_gap}) {
      if (!*gap) continue;
      for (const std::string& on : (*gap)->on)
        EXPECT_TRUE(phones.contains(on)) << row.fault << ": no sample is on " << on;
    }
  }
}

// Nothing is wrong: nothing is said to be, and nothing is touched.
TEST(ClosedLoop, AHealthyPhoneIsLeftAlone) {
  for (const int sdk : kSdks) {
    Patient patient{.sdk = sdk, .maker = static_cast<simulate::Maker>(sdk % 3)};
    for (const auto companion : {simulate::kZeppLife, simulate::kGadgetbridge}) {
      patient.companion = companion;
      SCOPED_TRACE(NameOf(patient) + " " + std::string(companion));
      const auto android = MakePatient(patient);
      ASSERT_TRUE(android && WillBeWell(*android, {}));
      const auto phone = InThisProcess(*android);
      const LoopRun run = RunLoop(*phone, patient);
      // Of these two only Gadgetbridge writes into the log that a sync came to its end.
      EXPECT_EQ(run.verdict, companion == simulate::kGadgetbridge ? "healthy" : "no_trouble_seen");
      EXPECT_TRUE(run.outcome.runs.empty());
      EXPECT_TRUE(run.left.empty());
      EXPECT_TRUE(run.well);
    }
  }
}

}  // namespace
}  // namespace bk::loop
