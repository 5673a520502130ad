// Two faults at once: both cured, or honestly not said to be.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>

#include "loop/expected.h"
#include "loop/samples.h"

namespace bk::loop {
namespace {

constexpr std::size_t kPairs = 40;
constexpr std::uint64_t kSeed = 20'261'128;

// Pairs that are known to end in a claim that is not true, and why: pair_gaps.jsonl.
std::map<std::string, std::string> KnownGaps() {
  std::map<std::string, std::string> gaps;
  std::ifstream in("tests/loop/pair_gaps.jsonl");
  EXPECT_TRUE(in);
  for (std::string line; std::getline(in, line);) {
    const auto row = nlohmann::json::parse(line, nullptr, false);
    if (!row.is_object()) {
      ADD_FAILURE() << "no JSON: " << line;
      continue;
    }
    gaps[row.at("pair").get<std::string>()] = row.at("why").get<std::string>();
    EXPECT_GE(row.at("why").get<std::string>().size(), 25U) << line;
  }
  return gaps;
}

TEST(ClosedLoop, PairsOfFaultsAreCuredOrNotClaimedToBe) {
  std::map<std::string, std::string> gaps = KnownGaps();
  fmt::print("{}", Heading());
  std::size_t well = 0;
  for (const Patient& patient : SampledPairs(kPairs, kSeed)) {
    const auto android = MakePatient(patient);
    ASSERT_TRUE(android);
    const auto phone = InThisProcess(*android);
    const Sample sample{NameOf(patient), RunLoop(*phone, patient)};
    const std::string pair = patient.faults[0] + " + " + patient.faults[1];
    fmt::print("{}", Row(pair, sample));
    well += sample.run.well;
    EXPECT_EQ(sample.run.broken, "") << pair;
    for (const auto& [name, why] : sample.run.left)
      EXPECT_NE(why, "") << pair << ": not put back: " << name;
    const bool untrue = ClaimsHealth(sample.run) && !sample.run.well;
    EXPECT_EQ(untrue, gaps.erase(pair) == 1)
        << pair << " on " << sample.phone
        << (untrue ? ": said to be cured, and is not\n" : ": a known gap has closed\n")
        << StepsOf(sample.run);
  }
  for (const auto& [pair, why] : gaps) ADD_FAILURE() << pair << ": names no pair of the sample";
  fmt::print("cured: {} of {}\n", well, kPairs);
}

}  // namespace
}  // namespace bk::loop
