// Where the lines of a large text end, 64 bytes at a time: a call of memchr for each line of 80
// bytes costs more than looking at them.
#pragma once

#include <bit>
#include <cstdint>
#include <cstring>
#include <string_view>
#ifdef __SSE2__
#include <emmintrin.h>
#endif

namespace bk {

class LineEnds {
 public:
  explicit LineEnds(std::string_view text) : at_(text.data()), end_(at_ + text.size()) {}

  // The next LF; nullptr when there is none.
  const char* Next() {
    while (mask_ == 0) {
      if (kBlock == 0 || static_cast<std::size_t>(end_ - at_) < kBlock) return NextOfTail();
      mask_ = MaskOf(at_);
      at_ += kBlock;
    }
    const char* const found = at_ - kBlock + std::countr_zero(mask_);
    mask_ &= mask_ - 1;
    return found;
  }

 private:
  const char* NextOfTail() {
    if (at_ == end_) return nullptr;
    const auto* found =
        static_cast<const char*>(std::memchr(at_, '\n', static_cast<std::size_t>(end_ - at_)));
    at_ = found == nullptr ? end_ : found + 1;
    return found;
  }

#ifdef __SSE2__
  static constexpr std::size_t kBlock = 64;
  static std::uint64_t MaskOf(const char* at) {
    const __m128i wanted = _mm_set1_epi8('\n');
    std::uint64_t mask = 0;
    for (unsigned i = 0; i < kBlock / 16; ++i) {
      const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i*>(at) + i);
      const auto equal = static_cast<unsigned>(_mm_movemask_epi8(_mm_cmpeq_epi8(bytes, wanted)));
      mask |= std::uint64_t{equal} << (16 * i);
    }
    return mask;
  }
#else
  static constexpr std::size_t kBlock = 0;
  static std::uint64_t MaskOf(const char* /*at*/) { return 0; }
#endif

  const char* at_;  // what is not looked at begins here
  const char* end_;
  std::uint64_t mask_ = 0;  // of the block before `at_`
};

}  // namespace bk
