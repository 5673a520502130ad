// What a plan reckons with: the likeliest sets of faults, and all that is left of them when some of
// their members are cured.
//
// Sets are taken from the belief until they hold what Belief::sets holds (99.9 %), at most
// Model::sets_max. What they leave is shared out among the single faults, as each has its part in
// it: so every cause stays possible, however many steps fail. Listed tells that part apart.
//
// A fix cures each member of a set with its chance, each by itself. The band works when all are
// cured; a set with the unknown fault in it is never cured.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "troubleshoot/belief/belief.h"
#include "troubleshoot/plan/plan_tables.h"

namespace bk::troubleshoot {

class Hypotheses {
 public:
  using Index = std::uint16_t;

  // What a fix does to a hypothesis that it can change.
  struct Reach {
    Index hypothesis = 0;
    double stays = 1;  // chance that nothing of it is cured
    double cures = 0;  // chance that all of it is
    double helps = 0;  // chance that something is, where the rest of it can be cured at all
    double gains = 0;  // expected share of its members that is, likewise
    std::uint32_t first_move = 0, moves = 0;
  };
  struct Move {  // some of it is cured, and this is left
    Index to = 0;
    double chance = 0;
  };
  struct Back {  // the same by hypothesis
    Index fix = 0;
    double cures = 0, helps = 0, gains = 0;
  };

  // `asked`: by finding, whether Yes will be wanted for it.
  Hypotheses(std::shared_ptr<const PlanTables> tables, const Belief& belief,
             std::span<const char> asked);

  [[nodiscard]] std::size_t size() const { return sets_.size(); }
  // Smaller sets stand before larger ones; every single fault is there.
  [[nodiscard]] const FaultSet& set(std::size_t h) const { return sets_[h]; }
  // At the start, how much of its chance is that of the set itself. Chances that are scaled so
  // leave out what was shared out: at least that, later too, since only larger sets add to a single
  // one.
  [[nodiscard]] double Listed(std::size_t h) const { return listed_[h]; }
  [[nodiscard]] bool curable(std::size_t h) const { return curable_[h] != 0; }
  // Whether no fix treats two of its members.
  [[nodiscard]] bool SharesNoFix(std::size_t h) const { return shares_no_fix_[h] != 0; }
  // What is left without the members whose bits are set; npos: nothing.
  [[nodiscard]] std::size_t Left(std::size_t h, unsigned gone) const;
  [[nodiscard]] const std::vector<double>& start() const { return start_; }

  [[nodiscard]] std::span<const Reach> ReachOf(std::size_t fix) const {
    return {&reach_[reach_begin_[fix]], reach_begin_[fix + 1] - reach_begin_[fix]};
  }
  [[nodiscard]] std::span<const Move> MovesOf(const Reach& reach) const {
    return {&moves_[reach.first_move], reach.moves};
  }
  [[nodiscard]] std::span<const Back> FixesOf(std::size_t h) const {
    return {&back_[back_begin_[h]], back_begin_[h + 1] - back_begin_[h]};
  }
  [[nodiscard]] double Cures(std::size_t fix, std::size_t h) const {
    return cures_[fix * size() + h];
  }
  // By hypothesis: chance that a person says yes.
  [[nodiscard]] std::span<const double> Yes(std::size_t finding) const {
    return {&yes_[row_of_[finding] * size()], size()};
  }
  [[nodiscard]] bool CanAsk(std::size_t finding) const { return row_of_[finding] != kNoRow; }
  [[nodiscard]] const PlanTables& tables() const { return *tables_; }

 private:
  static constexpr std::size_t kNoRow = static_cast<std::size_t>(-1);
  void TakeSets(const Belief& belief);
  void MakeReach();
  void MakeBack();
  void MakeYes(const Belief& belief, std::span<const char> asked);

  std::shared_ptr<const PlanTables> tables_;
  std::vector<FaultSet> sets_;
  std::vector<double> start_, listed_;
  std::vector<char> curable_, shares_no_fix_;
  std::vector<std::array<std::size_t, FaultSet::kMost>> without_;
  std::vector<Reach> reach_;
  std::vector<Move> moves_;
  std::vector<Back> back_;
  std::vector<std::size_t> reach_begin_, back_begin_;
  std::vector<double> cures_;  // by fix, then hypothesis
  std::vector<std::size_t> row_of_;
  std::vector<double> yes_;
};

}  // namespace bk::troubleshoot
