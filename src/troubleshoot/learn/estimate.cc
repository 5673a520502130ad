#include "troubleshoot/learn/estimate.h"

#include <algorithm>
#include <cmath>

namespace bk::troubleshoot {
namespace {

constexpr int kRoundsMax = 200;
constexpr double kStill = 1e-6;
constexpr double kFirstRate = 0.2;
constexpr double kRateMax = 0.99;  // a silent case stays possible

double Share(double part, double whole, double otherwise) {
  return whole > 0 ? part / whole : otherwise;
}

// Of the silent cases of a cell, the share in which the thing holds.
double HoldsInSilence(double chance, const MentionRate& rate) {
  const double yes = chance * (1 - rate.yes), no = (1 - chance) * (1 - rate.no);
  return Share(yes, yes + no, chance);
}

struct Tally {
  double told = 0, could = 0;
  void Add(double told_here, double silent_here) {
    told += told_here;
    could += told_here + silent_here;
  }
};

}  // namespace

Estimate EstimateChances(std::span<const Column> columns, double mention_size) {
  Estimate now;
  now.common = {kFirstRate, 0};
  bool tells_no = false;
  for (const Column& column : columns) {
    auto& chances = now.chances.emplace_back();
    for (const Cell& cell : column.cells) chances.push_back(cell.elicited);
    now.mentioned.push_back({kFirstRate, column.can_tell_no ? kFirstRate : 0});
    tells_no = tells_no || column.can_tell_no;
  }
  if (tells_no) now.common.no = kFirstRate;

  for (int round = 0; round < kRoundsMax; ++round) {
    double moved = 0;
    Tally all_yes, all_no;
    for (std::size_t j = 0; j < columns.size(); ++j) {
      const Column& column = columns[j];
      MentionRate& rate = now.mentioned[j];
      Tally yes, no;
      for (std::size_t i = 0; i < column.cells.size(); ++i) {
        const Cell& cell = column.cells[i];
        double& chance = now.chances[j][i];
        const double held = cell.silent * HoldsInSilence(chance, rate);
        yes.Add(cell.told_yes, held);
        no.Add(cell.told_no, cell.silent - held);
        const double cases =
            cell.told_yes + cell.told_no + cell.read_yes + cell.read_no + cell.silent;
        const double next = Share(cell.size * cell.elicited + cell.told_yes + cell.read_yes + held,
                                  cell.size + cases, cell.elicited);
        moved = std::max(moved, std::abs(next - chance));
        chance = next;
      }
      all_yes.Add(yes.told, yes.could - yes.told);
      if (column.can_tell_no) all_no.Add(no.told, no.could - no.told);
      const auto shrunk = [&](const Tally& tally, double common) {
        return std::min(kRateMax, Share(mention_size * common + tally.told,
                                        mention_size + tally.could, common));
      };
      rate.yes = shrunk(yes, now.common.yes);
      rate.no = column.can_tell_no ? shrunk(no, now.common.no) : 0;
    }
    const MentionRate common = {std::min(kRateMax, Share(all_yes.told, all_yes.could, 0)),
                                std::min(kRateMax, Share(all_no.told, all_no.could, 0))};
    moved = std::max(
        {moved, std::abs(common.yes - now.common.yes), std::abs(common.no - now.common.no)});
    now.common = common;
    if (moved < kStill) break;
  }
  return now;
}

}  // namespace bk::troubleshoot
