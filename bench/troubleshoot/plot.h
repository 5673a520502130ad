// The share of owners cured against minutes, per policy, as an SVG that is read in light and dark.
#pragma once

#include <string>
#include <vector>

#include "compare.h"

namespace bk::bench {

// One panel for each comparison, side by side.
std::string CuredAgainstMinutes(const std::vector<Comparison>& comparisons);

}  // namespace bk::bench
