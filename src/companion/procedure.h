// What every conversation with the band is: it starts, hears, watches the time, and ends in an
// outcome.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "companion/talk.h"

namespace bk::companion {

// How a conversation ended. A refusal by the band is an outcome like success, not an error.
struct Outcome {
  enum class End : std::uint8_t {
    kDone,
    kRefused,   // the band said no: `status` of its message, or the ATT error
    kNoAnswer,  // nothing came within the time that this step is given
    kGarbled,   // it answered something that is no answer to this
    kLinkLost,  // set by the session
    kStopped,   // the person, or a gate (a battery too low) before anything was sent
  };
  End end = End::kDone;
  Attribute attribute = Attribute::kAuth;  // where it happened, unless kDone
  std::uint8_t status = 0;                 // of kRefused
  bool att = false;                        // `status` is an ATT error, not the band's own
  std::string text;                        // one clause for the person, unless kDone

  [[nodiscard]] bool done() const { return end == End::kDone; }
};

// Between Start and its outcome a procedure is given everything that is heard on the link. It must
// be driven until outcome() has a value; then it says nothing more. A lost link ends it from
// outside: it can be thrown away at any moment, and starting it again is always right.
class Procedure {
 public:
  virtual ~Procedure() = default;
  virtual void Start(Talk& talk, RadioTime now) = 0;
  virtual void Hear(const Heard& heard, Talk& talk, RadioTime now) = 0;
  // Called when the deadline has come.
  virtual void Tick(Talk& talk, RadioTime now) = 0;
  // When Tick is due; nullopt: only something heard goes on.
  [[nodiscard]] std::optional<RadioTime> deadline() const { return deadline_; }
  [[nodiscard]] const std::optional<Outcome>& outcome() const { return outcome_; }

 protected:
  void WakeAt(RadioTime time) { deadline_ = time; }
  void Finish(Outcome outcome) {
    deadline_.reset();
    outcome_ = std::move(outcome);
  }
  void NoAnswer(Attribute attribute, std::string_view to_what) {
    Finish({Outcome::End::kNoAnswer, attribute, 0, false,
            "the band did not answer " + std::string(to_what)});
  }
  // For any request that the band's GATT refused.
  void AttRefused(const Heard& heard, std::string_view what);

 private:
  std::optional<RadioTime> deadline_;
  std::optional<Outcome> outcome_;
};

}  // namespace bk::companion
