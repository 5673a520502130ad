// From findings to the chance of each cause.
//
// One fault at a time: exactly one cause, or none_of_these, is at work. Given it, findings are
// independent but for groups. For a finding f and a cause c the evidence weighs
//
//     log( P(reports | c) / P(reports | none_of_these) ),
//     P(reports | h) = P(f | h) P(reports | f) + (1 - P(f | h)) P(reports | not f)
//
// with P(f | c) from the cause's effects, else the leak; P(f | none_of_these) = leak. So a finding
// that a cause does not speak of weighs nothing for it, and none_of_these gains by what no cause
// explains.
//
// - `false` means "seen to be absent" and weighs as such; a finding that was not looked at is not
// there.
// - Opposites are one finding: band_in_scan = false says what band_not_in_scan = true says.
// - Trust: a source is right with its trust. Reports of one source kind on one finding count once,
// and cancel
//   where they contradict each other. Source kinds are independent: agreement adds, contradiction
//   cancels.
// - Groups: within a group the finding that separates the causes best counts in full, each other
// one with
//   Model::group_damping.
// - Everything is divided by Model::temperature; chances are kept off 0 and 1 by
// Model::chance_floor.
// - A failed fix weighs log(1 - chance of the fix for the cause).
//
// The compiled table (BeliefModel) is also what a multi-fault noisy-OR (leak + effects) starts
// from: Chance() is P(f | c alone), of which the noisy-OR strength is (P - leak) / (1 - leak).
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "evidence/evidence.h"
#include "troubleshoot/knowledge/knowledge.h"

namespace bk::troubleshoot {

inline constexpr std::string_view kNoneOfThese = "none_of_these";

// What all sources said of one finding. Scaled so that the larger of the two is 1.
struct Observation {
  std::size_t finding =
      0;                // index into Knowledge::findings; of opposites, the one that stands first
  double if_true = 1;   // chance of these reports if the finding holds
  double if_false = 1;  // chance of these reports if it does not
};

struct Belief {
  std::vector<double> causes;  // as Knowledge::causes; with `none` they sum to one; none is 0 or 1
  double none = 1;             // none_of_these
  double healthy =
      0;  // chance that nothing is wrong at all; the others are given that something is
};

class BeliefModel {
 public:
  // Keeps a reference: `knowledge` must outlive the model. Ids that lead nowhere are ignored
  // (CheckKnowledge reports them).
  explicit BeliefModel(const Knowledge& knowledge);

  // Reports become observations, sorted by finding. Findings that the knowledge does not have are
  // left out.
  [[nodiscard]] std::vector<Observation> Observe(std::span<const evidence::Finding> findings) const;

  // `failed_fixes`: indices into Knowledge::fixes, each at most once.
  [[nodiscard]] Belief Believe(std::span<const Observation> observations,
                               std::span<const std::size_t> failed_fixes = {}) const;

  // What an observation weighs for each cause (as Knowledge::causes) against none_of_these, in
  // log-odds, before groups and temperature.
  void Weigh(const Observation& observation, std::span<double> weights) const;

  // What an observation weighs for "nothing is wrong" against none_of_these, likewise.
  [[nodiscard]] double HealthyWeight(const Observation& observation) const;
  // How much of its weight each observation keeps for its group: 1 or Model::group_damping.
  [[nodiscard]] std::vector<double> Shares(std::span<const Observation> observations) const;

  [[nodiscard]] const Knowledge& knowledge() const { return *knowledge_; }
  // Index into Knowledge::findings, or npos.
  [[nodiscard]] std::size_t FindingIndex(std::string_view id) const;
  [[nodiscard]] std::size_t CauseIndex(std::string_view id) const;
  [[nodiscard]] std::size_t FixIndex(std::string_view id) const;
  static constexpr std::size_t npos = static_cast<std::size_t>(-1);

  // The finding that stands for an opposite pair, and whether it is turned round.
  struct Canonical {
    std::size_t finding = 0;
    bool inverted = false;
  };
  [[nodiscard]] Canonical CanonicalOf(std::size_t finding) const { return canonical_[finding]; }
  [[nodiscard]] double Chance(std::size_t cause,
                              std::size_t finding) const;  // P(finding | cause alone)
  [[nodiscard]] double Leak(std::size_t finding) const { return leak_[finding]; }
  [[nodiscard]] double FixChance(std::size_t fix, std::size_t cause) const;
  [[nodiscard]] double TrustOf(std::size_t finding, evidence::SourceKind source) const;

  // Fixes that the findings say were tried in vain (Fix::tried_as), as indices, sorted.
  [[nodiscard]] std::vector<std::size_t> TriedInVain(
      std::span<const Observation> observations) const;

 private:
  struct Entry {
    std::size_t cause;
    double chance;
  };
  const Knowledge* knowledge_;
  std::unordered_map<std::string_view, std::size_t> finding_index_, cause_index_, fix_index_;
  std::vector<Canonical> canonical_;
  std::vector<double> leak_, healthy_;  // by canonical finding, kept off 0 and 1
  std::vector<std::vector<Entry>>
      effects_;                    // by canonical finding: causes that differ from the leak
  std::vector<int> group_;         // by finding; -1 = none
  std::vector<double> log_prior_;  // causes, then none_of_these
  std::vector<std::vector<Entry>> treats_;  // by fix: causes that it may cure
};

// Whether a finding is known to hold (1), known not to hold (-1), or not known (0). `finding` may
// be npos.
int Known(const BeliefModel& model, std::span<const Observation> observations, std::size_t finding);

}  // namespace bk::troubleshoot
