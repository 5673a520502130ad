// Live heart rate and today's steps (miband4-protocol.md 5.3, 5.4): the continuous measurement is
// started, kept alive, and stopped again when whoever listens has had enough. A measurement that
// nobody stops costs the band its battery, so it is stopped on every way out that still has a link;
// on one that is lost it ends by itself, for want of its keep-alive.
#pragma once

#include <functional>
#include <utility>

#include "codec/miband/heart_rate.h"
#include "codec/miband/steps.h"
#include "companion/procedure.h"

namespace bk::companion {

struct LiveReading {
  RadioTime at{0};
  std::optional<std::uint8_t> beats;          // a minute; 0: no contact with the skin
  std::optional<codec::miband::Steps> steps;  // since midnight
};

class Live : public Procedure {
 public:
  // `hear`: each heart rate and each count of steps, one at a time. `enough`: asked several times a
  // second; true stops the measurement, and the procedure ends when the band has said so.
  Live(std::function<void(const LiveReading&)> hear, std::function<bool()> enough)
      : hear_(std::move(hear)), enough_(std::move(enough)) {}

  void Start(Talk& talk, RadioTime now) override;
  void Hear(const Heard& heard, Talk& talk, RadioTime now) override;
  void Tick(Talk& talk, RadioTime now) override;

 private:
  enum class State : std::uint8_t { kStarting, kMeasuring, kStopping };
  void Control(Talk& talk, codec::miband::HeartRateCommand command, std::uint8_t value);
  void Wake(RadioTime now);
  void Stop(Talk& talk, RadioTime now);

  std::function<void(const LiveReading&)> hear_;
  std::function<bool()> enough_;
  State state_ = State::kStarting;
  int open_ = 0;           // control writes without an answer
  RadioTime answer_by_{};  // while starting or stopping
  RadioTime alive_by_{};   // the next keep-alive
};

}  // namespace bk::companion
