#include "adapters/terminal/clock.h"

#include <poll.h>
#include <signal.h>

#include <algorithm>
#include <ctime>
#include <optional>

#include "adapters/terminal/stops.h"

namespace bk::adapters::terminal {
namespace {

using std::chrono::milliseconds;

class SystemClock : public ports::Clock {
 public:
  explicit SystemClock(bool hears) {
    if (hears) stops_.emplace();
  }
  [[nodiscard]] std::int64_t WallMillis() const override { return Read(CLOCK_REALTIME); }
  [[nodiscard]] milliseconds Now() const override { return milliseconds(Read(CLOCK_MONOTONIC)); }
  [[nodiscard]] bool stopped() const override { return stops_ && Stops::Asked(); }

  bool Wait(milliseconds time) override {
    const milliseconds until = Now() + time;
    while (!stopped()) {
      const milliseconds left = until - Now();
      if (left.count() <= 0) return true;
      // Held back elsewhere (by a keyboard that listens later), heard here.
      sigset_t open;
      sigprocmask(SIG_BLOCK, nullptr, &open);
      if (stops_)
        for (const int number : kStopSignals) sigdelset(&open, number);
      const timespec rest = Spec(left);
      ppoll(nullptr, 0, &rest, &open);
    }
    return false;
  }

  void WaitOut(milliseconds time) override {
    const milliseconds until = Now() + time;
    for (milliseconds left = time; left.count() > 0; left = until - Now()) {
      const timespec rest = Spec(left);
      ppoll(nullptr, 0, &rest, nullptr);
    }
  }

 private:
  static std::int64_t Read(clockid_t clock) {
    timespec now{};
    clock_gettime(clock, &now);
    return std::int64_t{now.tv_sec} * 1000 + now.tv_nsec / 1'000'000;
  }
  static timespec Spec(milliseconds time) {
    return {.tv_sec = time.count() / 1000, .tv_nsec = time.count() % 1000 * 1'000'000};
  }

  std::optional<Stops> stops_;
};

}  // namespace

std::unique_ptr<ports::Clock> MakeClock() { return std::make_unique<SystemClock>(true); }
std::unique_ptr<ports::Clock> MakeDeafClock() { return std::make_unique<SystemClock>(false); }

}  // namespace bk::adapters::terminal
