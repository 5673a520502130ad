// The wish to stop (Ctrl-C, SIGTERM, SIGQUIT, a hang-up), heard by whoever of this room is there.
// Inside the room only.
#pragma once

#include <signal.h>

#include <array>

namespace bk::adapters::terminal {

constexpr std::array kStopSignals = {SIGINT, SIGTERM, SIGHUP, SIGQUIT};

// While one lives, a stop is noted instead of ending the program. May be nested; the outermost
// begins without a wish, and at the end all is as it was.
class Stops {
 public:
  Stops();
  ~Stops();
  Stops(const Stops&) = delete;
  Stops& operator=(const Stops&) = delete;

  [[nodiscard]] static bool Asked();

 private:
  std::array<struct sigaction, kStopSignals.size()> before_{};
};

}  // namespace bk::adapters::terminal
