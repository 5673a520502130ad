// Chances of a simulated phone: every one is drawn from Life::random, so that a seed decides all.
#pragma once

#include <cstdint>

#include "simulate/phone/android.h"

namespace bk::simulate {

// splitmix64 (Steele, Lea, Flood 2014).
inline std::uint64_t Draw(Android& phone) {
  std::uint64_t z = phone.life.random += 0x9e37'79b9'7f4a'7c15ULL;
  z = (z ^ z >> 30) * 0xbf58'476d'1ce4'e5b9ULL;
  z = (z ^ z >> 27) * 0x94d0'49bb'1331'11ebULL;
  return z ^ z >> 31;
}
// Both included.
inline std::int64_t Between(Android& phone, std::int64_t low, std::int64_t high) {
  return low + static_cast<std::int64_t>(Draw(phone) % static_cast<std::uint64_t>(high - low + 1));
}
inline bool Chance(Android& phone, int percent) { return Between(phone, 0, 99) < percent; }

}  // namespace bk::simulate
