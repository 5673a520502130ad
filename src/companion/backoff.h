// When to try again: soon at first, then seldom, for ever. A band that comes back is met within one
// pause; one that stays away costs next to nothing.
#pragma once

#include <chrono>

namespace bk::companion {

class Backoff {
 public:
  using Time = std::chrono::microseconds;
  // Before the next attempt after one more failure: 0 twice (a first attempt often fails with 0x3e
  // although the band is there, miband4-protocol.md 11.1), then 1, 2, 5, 10 s, then 30 s for ever.
  Time Failed() {
    static constexpr std::chrono::seconds kPauses[] = {
        std::chrono::seconds(0), std::chrono::seconds(0), std::chrono::seconds(1),
        std::chrono::seconds(2), std::chrono::seconds(5), std::chrono::seconds(10),
        std::chrono::seconds(30)};
    const std::chrono::seconds pause = kPauses[failures_];
    if (failures_ + 1 < std::size(kPauses)) ++failures_;
    return pause;
  }
  void Succeeded() { failures_ = 0; }

 private:
  std::size_t failures_ = 0;
};

}  // namespace bk::companion
