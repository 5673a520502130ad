// Chances from selected reports: maximum a posteriori with unknown mention rates.
//
// A column is one thing that may hold in a case (a finding; "this fix would cure"), a cell is one
// kind of case (a cause). In a case of the cell the thing holds with the cell's chance p; one that
// holds is mentioned with the column's rate q_yes, one that does not with q_no. A silent case is
// therefore neither a yes nor a no: it holds with
//     p (1 - q_yes) / (p (1 - q_yes) + (1 - p) (1 - q_no)),
// and counts as that fraction (expectation maximisation). Assumes that whether it is mentioned does
// not depend on the cause.
//
// Priors: p has Beta(1 + size m, 1 + size (1 - m)) with the elicited chance m as its mode, so that
// without cases it stays m. Rates have the same form around the rate that all columns have in
// common, which is estimated along.
#pragma once

#include <span>
#include <vector>

namespace bk::troubleshoot {

struct Cell {
  double elicited = 0;  // mode of the prior
  double size = 1;      // equivalent number of cases behind it
  double told_yes = 0, told_no = 0;
  double read_yes = 0, read_no = 0;  // established whichever way it was: not selected
  double silent = 0;                 // cases of this kind that say nothing of it
};

struct Column {
  std::vector<Cell> cells;
  bool can_tell_no = false;  // whether people have words for its absence
};

struct MentionRate {
  double yes = 0, no = 0;
};

struct Estimate {
  std::vector<std::vector<double>> chances;  // as the columns and their cells
  std::vector<MentionRate> mentioned;        // by column
  MentionRate common;
};

// Deterministic; stops when nothing moves by more than 1e-6, or after a fixed number of rounds.
Estimate EstimateChances(std::span<const Column> columns, double mention_size);

}  // namespace bk::troubleshoot
