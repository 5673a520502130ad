// How old a success may be and still tell of now. Readers of every source agree on it.
#pragma once

#include <cstdint>

namespace bk::evidence {

// Without a link for so long, an earlier one is of the past: apps try again within five minutes or
// so.
inline constexpr std::int64_t kLongWithoutLinkUs = 8LL * 60 * 1'000'000;

}  // namespace bk::evidence
