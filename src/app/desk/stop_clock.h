// Somebody else's clock that also hears the page's Stop.
#pragma once

#include <algorithm>
#include <atomic>
#include <memory>
#include <utility>

#include "ports/clock.h"

namespace bk::app {

class StopClock final : public ports::Clock {
 public:
  StopClock(std::unique_ptr<ports::Clock> inner, const std::atomic<bool>& stop)
      : inner_(std::move(inner)), stop_(stop) {}
  [[nodiscard]] std::int64_t WallMillis() const override { return inner_->WallMillis(); }
  [[nodiscard]] std::chrono::milliseconds Now() const override { return inner_->Now(); }
  bool Wait(std::chrono::milliseconds time) override {
    constexpr std::chrono::milliseconds kLookEvery{100};
    while (time.count() > 0) {
      const auto slice = std::min(time, kLookEvery);
      if (stopped() || !inner_->Wait(slice)) return false;
      time -= slice;
    }
    return !stopped();
  }
  void WaitOut(std::chrono::milliseconds time) override { inner_->WaitOut(time); }
  [[nodiscard]] bool stopped() const override { return stop_ || inner_->stopped(); }

 private:
  std::unique_ptr<ports::Clock> inner_;
  const std::atomic<bool>& stop_;
};

}  // namespace bk::app
