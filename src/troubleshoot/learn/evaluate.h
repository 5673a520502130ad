// How well the knowledge does on closed cases, beside the troubleshooting guide's fixed order.
#pragma once

#include <array>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "troubleshoot/knowledge/knowledge.h"
#include "troubleshoot/learn/closed_case.h"
#include "troubleshoot/learn/fit.h"

namespace bk::troubleshoot {

// Which numbers a case is judged with.
enum class Numbers : std::uint8_t {
  kStored,          // as they stand: fitted on the very cases that are judged
  kCrossValidated,  // fitted anew on the other folds, sizes and temperature chosen within these
  // The same, but first every effect whose origin says that cases were read for it loses the share
  // Learning::doubt of its weight (in log-odds). With 1 that takes from those who elicited it also
  // what they knew without the cases.
  kDoubted,
};
std::string_view NumbersName(Numbers numbers);  // "stored", "cross_validated", "doubted"

inline constexpr std::array kAllNumbers = {Numbers::kStored, Numbers::kCrossValidated,
                                           Numbers::kDoubted};

struct CalibrationBin {
  double low = 0, high = 1;  // of the chance that was said for the likeliest cause
  std::size_t cases = 0, right = 0;
  double said = 0;  // mean
};

// Counts over the cases, for what bandkeeper says.
struct CauseScore {
  std::size_t cases = 0;
  std::size_t layer = 0;                // the likeliest layer is the right one
  std::size_t first = 0, in_three = 0;  // the cause, none_of_these left aside
  double brier = 0;      // mean over cases of the sum of squares over all causes and none_of_these
  double log_score = 0;  // mean of the logarithm of the chance of the right cause
  std::array<CalibrationBin, 5> calibration;
  // What the verdict said.
  std::size_t sure = 0, sure_wrong = 0;
  std::size_t named = 0, named_wrong = 0;  // a cause was named, surely or probably
  std::size_t layer_only = 0, layer_only_wrong = 0;
  std::size_t cannot_tell = 0;
  std::size_t other = 0;  // no verdict of trouble at all
};

// How soon the fix comes that ended the case, over the cases where that is known.
struct FixScore {
  std::size_t cases = 0;
  std::size_t listed = 0;  // the fix is among the steps at all
  std::size_t first = 0, in_three = 0;
  double median_rank = 0;   // not listed = behind all
  double mean_minutes = 0;  // of the steps up to and with it; of all where it is not listed
  double lossy_before = 0;  // mean number of steps before it that cost the pairing or more
  std::size_t cases_with_lossy = 0;  // where there is at least one such
};

struct Scores {
  Numbers numbers = Numbers::kStored;
  bool with_deduced = false;  // with what the phone would have shown, inferred by who wrote it down
  CauseScore causes;
  FixScore fixes;
};

// The guide names a layer and suspects, without chances.
struct GuideCauses {
  std::size_t layer = 0, first = 0, in_three = 0, nothing = 0;
};

struct Evaluation {
  std::size_t cases = 0, folds = 0;
  double doubt = 0;
  std::vector<Scores> scores;  // each of Numbers, without and with what was deduced
  FixScore guide;              // the guide's order (guide_order.h) over the same cases
  GuideCauses guide_causes;    // what it takes them for
  std::vector<Sizes> chosen;   // by fold, of kCrossValidated
  std::vector<std::string> notes;
};

// `sizes`: how the folds are fitted; empty function = ChooseSizes on what is left in each.
// Deterministic: case i is in fold i modulo `folds` (at least 2). Every cause and fix of the cases
// that the knowledge does not have is noted and left out.
using SizesOf = std::function<Sizes(const Knowledge&, std::span<const ClosedCase>)>;
Evaluation Evaluate(const Knowledge& knowledge, std::span<const ClosedCase> cases,
                    std::size_t folds, const SizesOf& sizes = {},
                    std::span<const Numbers> wanted = kAllNumbers);

}  // namespace bk::troubleshoot
