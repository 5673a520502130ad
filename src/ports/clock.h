// Time as what acts sees it: to wait, to give up, to date what is written down. Tests bring a
// virtual one; nothing that acts asks the system by itself.
#pragma once

#include <chrono>
#include <cstdint>

namespace bk::ports {

class Clock {
 public:
  virtual ~Clock() = default;
  // Milliseconds since 1970 (UTC), as this computer believes.
  [[nodiscard]] virtual std::int64_t WallMillis() const = 0;
  // Never goes back; its zero means nothing.
  [[nodiscard]] virtual std::chrono::milliseconds Now() const = 0;
  // Returns true when the time is over, false at once when the person asked to stop (then every
  // later wait does too).
  virtual bool Wait(std::chrono::milliseconds time) = 0;
  // Waits although the person asked to stop: for what must be put back before we go.
  virtual void WaitOut(std::chrono::milliseconds time) = 0;
  // Whether the person asked to stop.
  [[nodiscard]] virtual bool stopped() const = 0;
};

}  // namespace bk::ports
