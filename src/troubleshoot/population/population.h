// Owners with broken bands, as they might be: faults, what would be seen, what each source says of
// it, and which fix would cure. Everything is drawn beforehand, so that every policy meets the same
// owners with the same luck. Pure: one seed and one number give the same owner everywhere.
//
// Findings follow the noisy-OR that the belief assumes (belief/belief.h), computed here on its own
// from the knowledge, over numbers that World moves away from the known ones.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "evidence/evidence.h"
#include "troubleshoot/knowledge/knowledge.h"
#include "troubleshoot/population/world.h"

namespace bk::troubleshoot {

enum class Answer : std::uint8_t { kTrue, kFalse, kDontKnow };  // what is asked, is it so?

struct Owner {
  std::uint64_t number = 0;
  // The truth: indices into Knowledge::causes, sorted; causes.size() = a fault that the knowledge
  // does not have. Empty: nothing is wrong.
  std::vector<std::size_t> faults;
  std::optional<std::size_t> mimicked;  // the cause that the unknown fault looks like
  std::vector<char> holds;              // by Knowledge::findings
  std::vector<evidence::Finding> told;  // what the sources say at the start, by finding and source
  std::vector<Answer> answers;          // by Knowledge::findings: what the owner says when asked
  // By Knowledge::fixes: bit i is set when the fix cures faults[i].
  std::vector<std::uint8_t> cures;
};

class Population {
 public:
  static constexpr std::size_t kFaultsMax = 3;

  // Keeps a reference: `knowledge` must outlive the population.
  Population(const Knowledge& knowledge, const World& world, std::uint64_t seed);

  [[nodiscard]] Owner Make(std::uint64_t number) const;
  // With these faults (sorted, at most kFaultsMax) instead of drawn ones.
  [[nodiscard]] Owner MakeWith(std::uint64_t number, std::vector<std::size_t> faults) const;

  [[nodiscard]] const Knowledge& knowledge() const { return *knowledge_; }
  [[nodiscard]] const World& world() const { return world_; }
  [[nodiscard]] std::size_t unknown_fault() const { return knowledge_->causes.size(); }

  // The true numbers of this world.
  // P(finding holds | exactly these faults); of no faults: when nothing is wrong.
  [[nodiscard]] double Chance(std::span<const std::size_t> faults, std::size_t finding) const;
  [[nodiscard]] double CureChance(std::size_t fix, std::size_t fault) const;
  // Share of the fault among single faults.
  [[nodiscard]] double Weight(std::size_t fault) const { return weights_[fault]; }
  [[nodiscard]] double RightChance(std::size_t finding, evidence::SourceKind source) const;

 private:
  struct Draw;  // streams of chance of one owner
  [[nodiscard]] std::vector<std::size_t> DrawFaults(const Draw& draw) const;
  void DrawCures(const Draw& draw, Owner& owner) const;
  void DrawFindings(const Draw& draw, Owner& owner) const;
  void DrawTried(const Draw& draw, Owner& owner) const;
  void DrawReports(const Draw& draw, Owner& owner) const;
  [[nodiscard]] double Combine(std::size_t first, std::span<const double> alone) const;
  [[nodiscard]] std::size_t FindingIndex(std::string_view id) const;

  const Knowledge* knowledge_;
  World world_;
  std::uint64_t seed_;
  std::unordered_map<std::string_view, std::size_t> finding_index_;
  // Of opposites, the one that stands first; the other is its negation.
  std::vector<std::size_t> first_;
  std::vector<double> leak_, healthy_;       // by finding that stands first
  std::vector<std::vector<double>> effect_;  // by fault, then finding that stands first
  std::vector<std::vector<double>> cure_;    // by fault, then fix
  std::vector<double> weights_;              // by fault; sum to one
  std::array<double, kFaultsMax> sizes_{};   // weights of one, two, three faults
  std::vector<std::string_view> group_;      // by finding that stands first; empty = none
  struct Tried {
    std::size_t finding, fix;
  };
  std::vector<Tried> tried_;  // what says that a fix was tried in vain
};

}  // namespace bk::troubleshoot
