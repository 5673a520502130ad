// Which phones stand for all: versions and makers take turns over the faults.
#pragma once

#include <string_view>
#include <vector>

#include "loop/run_loop.h"

namespace bk::loop {

inline constexpr int kSdks[] = {26, 29, 31, 34, 35};

// In the same process two phones for each fault, over stock adb a third.
enum SampleKind : std::uint8_t { kInProcess, kStockAdb };
std::vector<Patient> SamplesOf(std::string_view fault, SampleKind kind);

// So many pairs of faults, drawn without repetition from all that a phone can have at once.
std::vector<Patient> SampledPairs(std::size_t count, std::uint64_t seed);

}  // namespace bk::loop
