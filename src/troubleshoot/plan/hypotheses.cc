#include "troubleshoot/plan/hypotheses.h"

#include <algorithm>
#include <array>
#include <limits>

namespace bk::troubleshoot {

Hypotheses::Hypotheses(std::shared_ptr<const PlanTables> tables, const Belief& belief,
                       std::span<const char> asked)
    : tables_(std::move(tables)) {
  TakeSets(belief);
  MakeReach();
  MakeBack();
  MakeYes(belief, asked);
}

void Hypotheses::TakeSets(const Belief& belief) {
  const std::size_t most =
      std::min<std::size_t>({static_cast<std::size_t>(std::max(1, tables_->limits->sets_max)),
                             belief.sets.size(), std::numeric_limits<Index>::max() / 8});
  const auto smaller = [](const FaultSet& a, const FaultSet& b) {
    return a.size != b.size ? a.size < b.size : a < b;
  };
  for (std::size_t i = 0; i < most; ++i) {
    sets_.push_back(belief.sets[i].set);
    for (const std::size_t one : belief.sets[i].set.Members()) {
      sets_.push_back({one});
      if (belief.sets[i].set.size == 3) sets_.push_back(belief.sets[i].set.Without(one));
    }
  }
  const std::size_t unknown = belief.causes.size();
  for (std::size_t c = 0; c <= unknown; ++c) sets_.push_back({c});
  std::ranges::sort(sets_, smaller);
  const auto repeated = std::ranges::unique(sets_);
  sets_.erase(repeated.begin(), repeated.end());

  const auto index_of = [&](const FaultSet& set) {
    return static_cast<std::size_t>(std::ranges::lower_bound(sets_, set, smaller) - sets_.begin());
  };
  start_.assign(sets_.size(), 0);
  std::vector<double> part = belief.causes;  // what each fault has in the sets that are left out
  part.push_back(belief.none);
  double sum = 0;
  for (std::size_t i = 0; i < most; ++i) {
    start_[index_of(belief.sets[i].set)] = belief.sets[i].chance;
    sum += belief.sets[i].chance;
    for (const std::size_t one : belief.sets[i].set.Members()) part[one] -= belief.sets[i].chance;
  }
  double parts = 0;
  for (double& one : part) parts += one = std::max(one, 0.0);
  listed_.assign(sets_.size(), 1);
  if (parts > 0)
    for (std::size_t c = 0; c <= unknown; ++c) {  // single faults stand first, by index
      const double own = start_[c];
      start_[c] += std::max(0.0, 1 - sum) * part[c] / parts;
      listed_[c] = start_[c] > 0 ? own / start_[c] : 1;
    }
  for (const FaultSet& set : sets_) {
    auto& without = without_.emplace_back();
    without.fill(BeliefModel::npos);
    if (set.size > 1)
      for (std::size_t i = 0; i < set.size; ++i) without[i] = index_of(set.Without(set.members[i]));
    curable_.push_back(set.Has(unknown) ? 0 : 1);
  }
}

std::size_t Hypotheses::Left(std::size_t h, unsigned gone) const {
  for (std::size_t i = sets_[h].size; i-- > 0;)  // from behind: the places of those before stay
    if ((gone >> i & 1U) != 0 && h != BeliefModel::npos) h = without_[h][i];
  return h;
}

void Hypotheses::MakeReach() {
  const std::size_t fixes = tables_->cures.size();
  std::vector<std::vector<std::pair<Index, std::uint8_t>>> has(tables_->cured_by.size());
  for (std::size_t h = 0; h < sets_.size(); ++h)
    for (std::size_t i = 0; i < sets_[h].size; ++i)
      if (sets_[h].members[i] < has.size())
        has[sets_[h].members[i]].emplace_back(static_cast<Index>(h), static_cast<std::uint8_t>(i));

  std::vector<std::array<double, FaultSet::kMost>> cured(sets_.size());
  std::vector<char> seen(sets_.size(), 0);
  shares_no_fix_.assign(sets_.size(), 1);
  std::vector<Index> touched;
  reach_begin_.push_back(0);
  for (std::size_t x = 0; x < fixes; ++x) {
    touched.clear();
    for (const PlanTables::Cure& cure : tables_->cures[x])
      for (const auto& [h, member] : has[cure.other]) {
        if (seen[h] == 0) {
          seen[h] = 1;
          cured[h].fill(0);
          touched.push_back(h);
        } else {
          shares_no_fix_[h] = 0;
        }
        cured[h][member] = cure.chance;
      }
    std::ranges::sort(touched);
    for (const Index h : touched) {
      seen[h] = 0;
      const std::size_t size = sets_[h].size;
      Reach reach;
      reach.hypothesis = h;
      reach.first_move = static_cast<std::uint32_t>(moves_.size());
      std::array<double, FaultSet::kMost> stays{};
      for (std::size_t i = 0; i < size; ++i) stays[i] = 1 - cured[h][i];
      ForEachOutcome(size, cured[h], stays, [&](unsigned gone, double chance) {
        const std::size_t left = Left(h, gone);
        if (gone == 0) {
          reach.stays = chance;
        } else if (left == BeliefModel::npos) {
          reach.cures = chance;
        } else {
          moves_.push_back({static_cast<Index>(left), chance});
        }
      });
      if (reach.cures <= 0 && moves_.size() == reach.first_move) continue;
      reach.moves = static_cast<std::uint32_t>(moves_.size()) - reach.first_move;
      if (curable_[h] != 0) {
        reach.helps = 1 - reach.stays;
        for (std::size_t i = 0; i < size; ++i)
          reach.gains += cured[h][i] / static_cast<double>(size);
      }
      reach_.push_back(reach);
    }
    reach_begin_.push_back(reach_.size());
  }
  if (reach_.empty()) reach_.emplace_back();  // so that spans of nothing start somewhere
  if (moves_.empty()) moves_.emplace_back();
}

void Hypotheses::MakeBack() {
  const std::size_t fixes = tables_->cures.size();
  cures_.assign(std::max<std::size_t>(1, fixes) * size(), 0);
  std::vector<std::size_t> count(size() + 1, 0);
  for (std::size_t x = 0; x < fixes; ++x)
    for (const Reach& reach : ReachOf(x)) ++count[reach.hypothesis + 1U];
  for (std::size_t h = 0; h < size(); ++h) count[h + 1] += count[h];
  back_begin_ = count;
  back_.resize(std::max<std::size_t>(1, count.back()));
  for (std::size_t x = 0; x < fixes; ++x)
    for (const Reach& reach : ReachOf(x)) {
      back_[count[reach.hypothesis]++] = {static_cast<Index>(x), reach.cures, reach.helps,
                                          reach.gains};
      cures_[x * size() + reach.hypothesis] = reach.cures;
    }
}

void Hypotheses::MakeYes(const Belief& belief, std::span<const char> asked) {
  const BeliefModel& model = *tables_->model;
  const std::size_t causes = tables_->cured_by.size();
  row_of_.assign(asked.size(), kNoRow);
  std::size_t rows = 0;
  for (std::size_t f = 0; f < asked.size(); ++f)
    if (asked[f] != 0) row_of_[f] = rows++;
  yes_.assign(std::max<std::size_t>(1, rows) * size(), 0);
  const double likeness = tables_->limits->unknown_likeness;
  std::vector<double> alone(causes + 1);
  std::vector<char> speaks(causes + 1, 0);
  for (std::size_t f = 0; f < asked.size(); ++f) {
    if (asked[f] == 0) continue;
    const double leak = model.Chance(BeliefModel::npos, f);
    const double unmoved = tables_->SaysYes(f, leak);
    std::ranges::fill(alone, unmoved);
    std::ranges::fill(speaks, 0);
    double looks = 0;  // of the unknown fault alone: what its likeness adds
    for (const auto& [cause, chance] : tables_->effects[f]) {
      alone[cause] = tables_->SaysYes(f, chance);
      speaks[cause] = 1;
      if (cause < belief.unknown_looks.size())
        looks += belief.unknown_looks[cause] * likeness * (alone[cause] - unmoved);
    }
    double* yes = &yes_[row_of_[f] * size()];
    for (std::size_t h = 0; h < size(); ++h) {
      yes[h] = unmoved;
      int speakers = 0;
      for (const std::size_t member : sets_[h].Members())
        if (speaks[member] != 0) {
          ++speakers;
          yes[h] = alone[member];
        }
      if (speakers > 1) yes[h] = tables_->SaysYes(f, model.Chance(sets_[h], f));
    }
    yes[causes] = unmoved + looks;  // single faults stand first
  }
}

}  // namespace bk::troubleshoot
