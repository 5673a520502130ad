// What is done once on every link after authentication (miband4-protocol.md 4.1, 12.2): the band's
// clock is read, then set; its version and battery are read; its notifications are switched on.
// Settings of the person are left as they are.
#pragma once

#include <optional>
#include <string>

#include "codec/miband/battery.h"
#include "codec/miband/clock.h"
#include "companion/procedure.h"

namespace bk::companion {

struct BandInfo {
  std::string firmware, hardware;  // "1.0.9.70"; empty: it did not say
  std::optional<codec::miband::Battery> battery;
  // What the band's clock showed before it was set. Records of before carry its error.
  std::optional<codec::miband::Clock> clock_before;
  std::optional<std::int64_t> clock_ahead_s;  // of ours, when both were read; negative: behind
  std::optional<RadioTime> clock_read_at;
  bool clock_set = false;
};

class Initialise : public Procedure {
 public:
  // `local_now`: the computer's local time with its zone, when Start is called. `set_clock` off:
  // only looks.
  explicit Initialise(codec::miband::Clock local_now, bool set_clock = true)
      : local_now_(local_now), set_clock_(set_clock) {}

  void Start(Talk& talk, RadioTime now) override;
  void Hear(const Heard& heard, Talk& talk, RadioTime now) override;
  void Tick(Talk& talk, RadioTime now) override;

  [[nodiscard]] const BandInfo& info() const { return info_; }

 private:
  void HearRead(const Heard& heard, RadioTime now);

  codec::miband::Clock local_now_;
  bool set_clock_;
  BandInfo info_;
  int open_ = 0;  // requests without an answer
};

}  // namespace bk::companion
