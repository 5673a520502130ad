// Which questions separate what is believed best, for their price: a quick measure, before they are
// worked through.
#pragma once

#include <vector>

#include "troubleshoot/plan/progress.h"

namespace bk::troubleshoot {

// Open questions whose answers tell something, the best first, at most `limit`.
std::vector<std::size_t> SeparateBest(const Progress& progress, std::size_t limit);

}  // namespace bk::troubleshoot
