// From findings to the chance of each cause.
//
// Several faults may be at work at once: a hypothesis is a set of one to three faults out of all
// causes and the unknown fault (none_of_these); docs/design/0002-several-faults.md. Given the set,
// findings are independent but for groups. For a finding f and a set S the evidence weighs
//
//     log( P(reports | S) / P(reports | unknown fault alone) ),
//     P(reports | S) = P(f | S) P(reports | f) + (1 - P(f | S)) P(reports | not f)
//
// - One fault: P(f | c) stands in the cause's effects, else it is the leak; P(f | unknown) = leak.
// So a finding that a cause does not speak of weighs nothing for it, and the unknown fault gains by
// what no cause explains.
// - Several: what one fault breaks, another does not mend. For a sign of a fault, the members that
// make it likelier do so each by itself (noisy-OR), over a leak that the others lower:
//
//     P(f | S) = 1 - (1 - leak R) Q,   Q = product of (1 - P(f | c)) / (1 - leak) where that is <
//     1,
//                                      R = product of P(f | c) / leak             where that is < 1
//
// and for a sign that something works (a healthy band shows it more often than the leak says) the
// same of its absence.
// - The prior of a set is the product of its members' shares of the causes' priors, times
// Model::second_fault for each member after the first. With second_fault = 0 one fault is at work.
// - `false` means "seen to be absent" and weighs as such; a finding that was not looked at is not
// there.
// - Opposites are one finding: band_in_scan = false says what band_not_in_scan = true says.
// - Trust: a source is right with its trust. Reports of one source kind on one finding count once,
// and cancel where they contradict each other. Source kinds are independent: agreement adds,
// contradiction cancels.
// - Groups: within a group the finding that separates the causes best counts in full, each other
// one with Model::group_damping.
// - Everything is divided by Model::temperature; chances are kept off 0 and 1 by
// Model::chance_floor.
// - A failed fix cures each member of a set with its chance for it. The band still does not work:
// the members that are left are at work, and what would have been cured wholly drops out.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "evidence/evidence.h"
#include "troubleshoot/belief/fault_sets.h"
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

// All chances but `healthy` are given that something is wrong.
struct Belief {
  // As Knowledge::causes: that this cause is at work, alone or with others. Within (0, 1); they may
  // sum to more than one.
  std::vector<double> causes;
  double none = 1;     // that the unknown fault (none_of_these) is at work, alone or with others
  double healthy = 0;  // that nothing is wrong at all
  // What the unknown fault looks like when it is alone at work: chances by cause, and last that of
  // looking like none of them.
  std::vector<double> unknown_looks;
  // For ForPlan. By cause: its share of the priors times how much better the evidence fits an
  // unknown fault that looks like it than one that looks like nothing known.
  std::vector<double> alike;
  // The part of `none` that has been the unknown fault alone from the start: what failed fixes have
  // left of larger sets is not in it.
  double unknown_alone = 0;
  // As Knowledge::layers: that some fault sits there.
  std::vector<double> layers;
  // The sets of faults that are at work and nothing else, likeliest first, until 99.9 % or kSetsMax
  // sets; with `rest` they sum to one.
  std::vector<SetChance> sets;
  double rest = 0;  // of all sets of at most three that are not in `sets`
  // More than three faults at once are left out. Their chance, had they been weighed too, is at
  // most this; so no chance above is off by more.
  double beyond = 0;

  static constexpr std::size_t kSetsMax = 256;
};

class BeliefModel {
 public:
  // Keeps a reference: `knowledge` must outlive the model. Ids that lead nowhere are ignored
  // (CheckKnowledge reports them).
  explicit BeliefModel(const Knowledge& knowledge);

  // Reports become observations, sorted by finding. Findings that the knowledge does not have are
  // left out.
  [[nodiscard]] std::vector<Observation> Observe(std::span<const evidence::Finding> findings) const;

  // `failed_fixes`: indices into Knowledge::fixes, each at most once. Without `bound`,
  // Belief::beyond is not worked out and stays 1: that takes a third of the time.
  [[nodiscard]] Belief Believe(std::span<const Observation> observations,
                               std::span<const std::size_t> failed_fixes = {},
                               bool bound = true) const;

  // The same belief as a plan reckons with it: the unknown fault looks like a known one with
  // Model::mimics_in_plan instead of Model::mimics_in_verdict.
  [[nodiscard]] Belief ForPlan(Belief belief) const;

  // The chances of Belief::causes and, last, Belief::none alone: for comparing many cases.
  [[nodiscard]] std::vector<double> Marginals(std::span<const Observation> observations,
                                              std::span<const std::size_t> failed_fixes = {}) const;

  // What an observation weighs for each cause (as Knowledge::causes) against none_of_these, in
  // log-odds, before groups and temperature.
  void Weigh(const Observation& observation, std::span<double> weights) const;

  // What an observation weighs for "nothing is wrong" against none_of_these, likewise.
  [[nodiscard]] double HealthyWeight(const Observation& observation) const;
  // How much of its weight each observation keeps beside the others: 1; Model::group_damping after
  // the strongest of its group; 0 where another one says it already: that a finding does not hold
  // is no news beside one that holds and excludes it.
  [[nodiscard]] std::vector<double> Shares(std::span<const Observation> observations) const;

  [[nodiscard]] const Knowledge& knowledge() const { return *knowledge_; }
  // Index into Knowledge::findings, or npos.
  [[nodiscard]] std::size_t FindingIndex(std::string_view id) const;
  [[nodiscard]] std::size_t CauseIndex(std::string_view id) const;
  [[nodiscard]] std::size_t FixIndex(std::string_view id) const;
  // Indices of the fixes that the knowledge has, sorted, each once.
  [[nodiscard]] std::vector<std::size_t> FixIndices(std::span<const std::string> ids) const;
  static constexpr std::size_t npos = static_cast<std::size_t>(-1);

  // The finding that stands for an opposite pair, and whether it is turned round.
  struct Canonical {
    std::size_t finding = 0;
    bool inverted = false;
  };
  [[nodiscard]] Canonical CanonicalOf(std::size_t finding) const { return canonical_[finding]; }
  [[nodiscard]] double Chance(std::size_t cause,
                              std::size_t finding) const;  // P(finding | cause alone)
  // P(finding | these faults and no others).
  [[nodiscard]] double Chance(const FaultSet& set, std::size_t finding) const;
  [[nodiscard]] double FixChance(std::size_t fix, std::size_t cause) const;
  // That the fix cures all of the set, so that the band works. 0 where the unknown fault is in it.
  [[nodiscard]] double CureChance(std::size_t fix, const FaultSet& set) const;
  // What is at work once the fix has been carried out and the band still does not work. Chances
  // need not sum to one, and are not scaled: their sum falls by the chance that the fix cured.
  // Sorted by set, each once.
  [[nodiscard]] std::vector<SetChance> AfterFailure(std::size_t fix,
                                                    std::span<const SetChance> sets) const;
  [[nodiscard]] double TrustOf(std::size_t finding, evidence::SourceKind source) const;

  // Fixes that the findings say were tried in vain (Fix::tried_as), as indices, sorted.
  [[nodiscard]] std::vector<std::size_t> TriedInVain(
      std::span<const Observation> observations) const;

 private:
  struct Entry {
    std::size_t cause;
    double chance;
  };
  // What a cause does to a finding, as the noisy-OR takes it; of the two factors one is 1. Both
  // are of the finding's absence where that is the sign of a fault.
  struct Part {
    std::size_t cause;
    double
        spares;  // (1 - P(f | c)) / (1 - leak): the chance that the cause does not bring it about
    double lowers;  // P(f | c) / leak
  };
  // A canonical finding, turned so that it is the sign of a fault.
  struct Sign {
    double leak = 0;
    bool turned = false;      // the finding's absence is the sign
    std::vector<Part> parts;  // by cause, ascending
  };
  // When a finding is so (`when`), another one cannot be other than `value`.
  struct Implied {
    bool when = true;
    std::size_t finding = 0;
    bool value = false;
  };
  class SetSums;
  struct Weighed;
  [[nodiscard]] Weighed WeighAll(SetSums& sums, std::span<const Observation> observations,
                                 std::span<const std::size_t> failed_fixes, bool keep) const;
  // By fault, that none of the failed fixes has cured it; empty when none failed.
  [[nodiscard]] std::vector<double> StaysAfter(std::span<const Observation> observations,
                                               std::span<const std::size_t> failed_fixes) const;
  [[nodiscard]] double SignChance(const Sign& sign, const FaultSet& set) const;

  const Knowledge* knowledge_;
  std::unordered_map<std::string_view, std::size_t> finding_index_, cause_index_, fix_index_;
  std::vector<Canonical> canonical_;
  std::vector<double> leak_, healthy_;  // by canonical finding, kept off 0 and 1
  std::vector<std::vector<Entry>>
      effects_;              // by canonical finding: causes that differ from the leak
  std::vector<Sign> signs_;  // the same for sets
  std::vector<int> group_;   // by finding; -1 = none
  std::vector<std::vector<Implied>> implies_;  // by canonical finding, from FindingKind::excludes
  std::vector<double> log_prior_;              // causes, then none_of_these
  double log_prior_sum_ = 0;                   // of all sets of at most three
  std::vector<std::vector<Entry>> treats_;     // by fix: causes that it may cure
  std::vector<std::size_t> layer_;             // by cause: index into Knowledge::layers, or npos
};

// Whether a report says that its finding holds: a text does unless it is empty.
bool Holds(const evidence::FindingValue& value);

// Whether a finding is known to hold (1), known not to hold (-1), or not known (0). `finding` may
// be npos.
int Known(const BeliefModel& model, std::span<const Observation> observations, std::size_t finding);

}  // namespace bk::troubleshoot
