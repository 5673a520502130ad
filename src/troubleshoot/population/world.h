// How a simulated world differs from what is known: the knowledge's numbers are guesses, and a
// policy that is only measured where they hold is measured against itself. Values come from
// bench/troubleshoot/worlds.toml; the ones here leave everything as it is known.
#pragma once

#include <array>
#include <cstdint>
#include <string>

namespace bk::troubleshoot {

// What one kind of source gives at the start, before anybody asks.
struct Coverage {
  double present = 0;   // chance that the owner has such a source
  double says_yes = 0;  // chance that it speaks of a finding that holds
  double says_no = 0;   // and of one that does not: people seldom tell what they do not see
};

struct World {
  std::string id, title;
  std::uint64_t seed = 1;  // of the world's own numbers; owners have seeds of their own

  // By how much the true numbers are off the known ones, as standard deviations.
  double effect_sigma = 0;  // P(finding | cause), in log-odds
  double leak_sigma = 0;    // P(finding | neither cause), in log-odds
  double prior_sigma = 0;   // priors, in logarithms
  double cure_sigma = 0;    // P(fix cures | cause), in log-odds
  double error_times = 1;   // how many times as often as stated a source errs

  // Findings that hang together beyond the faults, as correlations of hidden normal variables.
  double group_correlation = 0;     // findings of one group
  double severity_correlation = 0;  // all that health makes likelier or rarer: bad cases show more

  // Faults.
  double healthy_share = 0;
  double more_faults = 0;     // expected further faults of one who has a fault
  double unknown_share = -1;  // of the faults; < 0: as Knowledge::none_prior has it
  double mimic_share = 0;     // of the unknown faults, how many look like a known one
  double mimic_likeness = 0;  // how many of that one's effects they share

  // Owners.
  std::array<Coverage, 6> sources{};  // by evidence::SourceKind
  double dont_know = 0;               // chance that a question is answered with "I don't know"
  double patience_minutes = 0;        // who has spent so many gives up
};

}  // namespace bk::troubleshoot
