#include "loop/expected.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <functional>
#include <nlohmann/json.hpp>

namespace bk::loop {
namespace {

using nlohmann::json;

// Long enough to be a reason.
constexpr std::size_t kReasonMin = 25;

std::string Reason(const json& row, const char* key, const std::string& fault) {
  std::string why = row.at(key).get<std::string>();
  EXPECT_GE(why.size(), kReasonMin) << fault << ": \"" << why << "\" is no reason";
  return why;
}
std::optional<Gap> GapIn(const json& row, const char* key, const std::string& fault) {
  if (!row.contains(key)) return std::nullopt;
  Gap gap;
  gap.on = row.at(key).value("on", std::vector<std::string>{});
  gap.why = Reason(row.at(key), "why", fault);
  return gap;
}

bool Covers(const std::optional<Gap>& gap, const std::string& phone) {
  if (!gap) return false;
  return gap->on.empty() || std::ranges::any_of(gap->on, [&](const std::string& begin) {
           return phone.starts_with(begin);
         });
}

// `met` on every phone outside of the gap, and on none of those in it.
void Check(const std::string& what, const std::optional<Gap>& gap,
           const std::vector<Sample>& samples, const std::function<bool(const LoopRun&)>& met,
           std::vector<std::string>& out) {
  for (const Sample& sample : samples) {
    const bool in_gap = Covers(gap, sample.phone);
    const bool is = met(sample.run);
    if (is == in_gap)
      out.push_back(fmt::format("{}: {}: {}", sample.phone, what,
                                in_gap ? "a known gap has closed: take it out of the file"
                                       : "not so, and no known gap says why"));
  }
}

}  // namespace

std::vector<Expected> ReadExpectations(const std::string& path) {
  std::vector<Expected> rows;
  std::ifstream in(path);
  EXPECT_TRUE(in) << path;
  for (std::string line; std::getline(in, line);) {
    const json row = json::parse(line, nullptr, false);
    if (!row.is_object()) {
      ADD_FAILURE() << "no JSON: " << line;
      continue;
    }
    Expected one;
    one.fault = row.at("fault").get<std::string>();
    if (row.contains("named")) {
      one.among = row.at("named").at("among").get<std::size_t>();
      one.at_least = row.at("named").at("at_least").get<double>();
      EXPECT_GT(one.at_least, 0) << one.fault;
    }
    if (row.contains("not_visible")) one.not_visible = Reason(row, "not_visible", one.fault);
    EXPECT_NE(one.among == 0, one.not_visible.empty()) << one.fault << ": one of the two";
    one.named_gap = GapIn(row, "named_gap", one.fault);
    if (row.at("cured").is_object()) {
      one.cured = "not_from_here";
      one.not_curable_why = Reason(row.at("cured"), "not_from_here", one.fault);
    } else {
      one.cured = row.at("cured").get<std::string>();
      EXPECT_TRUE(one.cured == "tool" || one.cured == "finger") << one.fault;
    }
    one.cured_gap = GapIn(row, "cured_gap", one.fault);
    one.claims_gap = GapIn(row, "claims_gap", one.fault);
    rows.push_back(std::move(one));
  }
  return rows;
}

bool ClaimsHealth(const LoopRun& run) {
  using End = app::RepairOutcome::End;
  return run.outcome.end == End::kNothingWrong || run.outcome.end == End::kProved ||
         run.outcome.end == End::kConfirmed;
}

std::vector<std::string> Mismatches(const Expected& expected, const std::vector<Sample>& samples) {
  std::vector<std::string> out;
  constexpr std::size_t kFirst = 3;
  constexpr double kSomething = 0.2;
  const bool visible = expected.not_visible.empty();
  const std::size_t among = visible ? expected.among : kFirst;
  const double at_least = visible ? expected.at_least : kSomething;
  const auto named = [&](const LoopRun& run) {
    return !run.named.empty() && run.named[0].rank != 0 && run.named[0].rank <= among &&
           run.named[0].probability >= at_least;
  };
  if (visible)
    Check(fmt::format("named among the first {} with {:.0f} % or more", among, at_least * 100),
          expected.named_gap, samples, named, out);
  else
    Check(
        "it cannot be seen and is not named", expected.named_gap, samples,
        [&](const LoopRun& run) { return !named(run); }, out);

  const bool curable = expected.cured != "not_from_here";
  Check(
      curable ? "the band works afterwards, as the world has it" : "nothing cures it from here",
      expected.cured_gap, samples, [&](const LoopRun& run) { return run.well == curable; }, out);
  // Of one phone alone it is not asked: the tool may have no way on this version.
  if (expected.cured == "tool" && samples.size() > 1 &&
      std::ranges::none_of(samples, [](const Sample& one) { return one.run.cured_by_tool; }))
    out.emplace_back("the tool alone cures it on no phone of the sample");
  if (expected.cured == "finger" &&
      std::ranges::any_of(samples, [](const Sample& one) { return one.run.cured_by_tool; }))
    out.emplace_back("no finger is needed any more: write \"tool\"");
  Check(
      "what `fix` says of the band's health is true", expected.claims_gap, samples,
      [](const LoopRun& run) { return run.well || !ClaimsHealth(run); }, out);

  for (const Sample& sample : samples) {
    if (!sample.run.broken.empty()) out.push_back(sample.phone + ": " + sample.run.broken);
    for (const auto& [name, why] : sample.run.left)
      if (why.empty()) out.push_back(sample.phone + ": not put back: " + name);
  }
  return out;
}

std::string Heading() {
  return fmt::format("{:34} {:22} {:>4} {:>5}  {:16} {:13} {:5} {:6} {:>5} {:>5}\n", "fault",
                     "phone", "rank", "p", "verdict", "end of fix", "well", "by", "min", "lossy");
}

std::string StepsOf(const LoopRun& run) {
  std::string text = "  asked:";
  for (const std::string& question : run.asked) text += " " + question;
  text += "\n  steps:";
  for (const app::StepRun& step : run.outcome.runs)
    text += fmt::format(" {} ({}{})", step.fix, step.end, step.cured ? ", cured" : "");
  return text + (run.outcome.went_on ? "; went on\n" : "\n");
}

std::string Row(const std::string& faults, const Sample& sample) {
  const LoopRun& run = sample.run;
  const Named named = run.named.empty() ? Named{} : run.named[0];
  return fmt::format("{:34} {:22} {:4} {:4.0f}%  {:16} {:13} {:5} {:6} {:5.0f} {:5}\n", faults,
                     sample.phone, named.rank, named.probability * 100, run.verdict,
                     app::EndName(run.outcome.end), run.well ? "yes" : "no",
                     !run.well           ? "-"
                     : run.cured_by_tool ? "tool"
                                         : "finger",
                     run.minutes, run.lossy);
}

}  // namespace bk::loop
