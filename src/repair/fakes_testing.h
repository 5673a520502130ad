// Fakes of the ports that a repair needs: a journal in memory that can fail or die, a clock whose
// waits cost nothing.
#pragma once

#include <optional>
#include <string>

#include "ports/clock.h"
#include "ports/journal.h"

namespace bk::repair {

class FakeJournal : public ports::Journal {
 public:
  Result<std::string> Read() override { return bytes; }
  Status Append(std::string_view more) override {
    if (appends_left && *appends_left == 0) {
      bytes += more.substr(0, torn_bytes);
      return Fail(ErrorCode::kNotReadable, "repairs.journal: cannot be written: no space.");
    }
    if (appends_left) --*appends_left;
    if (!bytes.empty() && bytes.back() != '\n') bytes += '\n';
    bytes += more;
    return {};
  }

  std::string bytes;
  std::optional<int> appends_left;  // then each fails
  std::size_t torn_bytes = 0;       // of a record that fails, so many stand there all the same
};

class FakeClock : public ports::Clock {
 public:
  [[nodiscard]] std::int64_t WallMillis() const override { return 1'790'000'000'000 + now.count(); }
  [[nodiscard]] std::chrono::milliseconds Now() const override { return now; }
  bool Wait(std::chrono::milliseconds time) override {
    if (stop) return false;
    now += time;
    if (stop_at && now >= *stop_at) stop = true;
    return !stop;
  }
  void WaitOut(std::chrono::milliseconds time) override { now += time; }
  [[nodiscard]] bool stopped() const override { return stop; }

  std::chrono::milliseconds now{0};
  std::optional<std::chrono::milliseconds> stop_at;
  bool stop = false;
};

// For those who own their clock: all look at one.
class SharedClock : public ports::Clock {
 public:
  explicit SharedClock(FakeClock& clock) : clock_(clock) {}
  [[nodiscard]] std::int64_t WallMillis() const override { return clock_.WallMillis(); }
  [[nodiscard]] std::chrono::milliseconds Now() const override { return clock_.Now(); }
  bool Wait(std::chrono::milliseconds time) override { return clock_.Wait(time); }
  void WaitOut(std::chrono::milliseconds time) override { clock_.WaitOut(time); }
  [[nodiscard]] bool stopped() const override { return clock_.stopped(); }

 private:
  FakeClock& clock_;
};

}  // namespace bk::repair
