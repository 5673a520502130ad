// What is expected of each fault (expectations.jsonl), held against what the loops showed.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "loop/run_loop.h"

namespace bk::loop {

// A known gap: on these phones it is not as expected, and why. A gap that closes must be taken out
// of the file, one that opens must be explained in it.
struct Gap {
  std::vector<std::string> on;  // names of phones (NameOf), or their beginnings; empty: on all
  std::string why;
};

struct Expected {
  std::string fault;
  // Named among the first so many with at least that probability ...
  std::size_t among = 0;
  double at_least = 0;
  std::string not_visible;  // ... or: nothing that a phone shows tells it, and why
  std::optional<Gap> named_gap;
  // "tool": without the owner's finger on one phone at least; "finger"; "not_from_here".
  std::string cured;
  std::string not_curable_why;
  std::optional<Gap> cured_gap;
  // `fix` says that the band works (or that nothing is wrong) while it does not.
  std::optional<Gap> claims_gap;
};
// In the order of the file. Fails the test on a row that is not understood.
std::vector<Expected> ReadExpectations(const std::string& path);

struct Sample {
  std::string phone;
  LoopRun run;
};

// Everything that is not as expected, one sentence each; empty: all is.
std::vector<std::string> Mismatches(const Expected& expected, const std::vector<Sample>& samples);

// One line of the printed table.
std::string Row(const std::string& faults, const Sample& sample);
// What was asked and done, for whoever looks into a mismatch.
std::string StepsOf(const LoopRun& run);
std::string Heading();

// Whether `fix` claims health.
bool ClaimsHealth(const LoopRun& run);

}  // namespace bk::loop
