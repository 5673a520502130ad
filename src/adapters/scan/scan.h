// ports::PatternCompiler on Vectorscan.
#pragma once

#include <cstddef>
#include <memory>

#include "ports/scan.h"

namespace bk::adapters {

inline constexpr std::size_t kScanSliceBytes = 256 * 1024;

// Sets that Vectorscan cannot take, and machines that it cannot use (no SSE4.2), are scanned by
// ports/literal_scan.h, with the same hits. The text is scanned in slices, because Vectorscan takes
// at most 4 GiB and promises no order of matches within a call; only tests need another size.
std::unique_ptr<ports::PatternCompiler> MakePatternCompiler(
    std::size_t slice_bytes = kScanSliceBytes);

}  // namespace bk::adapters
