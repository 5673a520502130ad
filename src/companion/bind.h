// The first binding with a key of this computer's own, confirmed by a tap on the band
// (miband4-protocol.md 3.3). On a band that was bound with another key it makes that key void.
//
// Evidence: the frames and the tap are known of this band's family (letter F: Mi Band 2 and 3, and
// clients of them); no source shows a Mi Smart Band 4 that takes them. What such a band answers
// instead, `10 01 81` (a signature of the maker's server is needed), is in a capture (T). So the
// way is tried only where the band does not answer that, and nothing is changed where it does.
#pragma once

#include <functional>
#include <utility>

#include "companion/procedure.h"
#include "ports/cipher.h"

namespace bk::companion {

class Bind : public Procedure {
 public:
  // `key` outlives the procedure; it is handed to the band and never printed. `asks`: the band
  // shows its question now.
  Bind(const ports::Block16& key, std::function<void()> asks) : key_(key), asks_(std::move(asks)) {}

  void Start(Talk& talk, RadioTime now) override;
  void Hear(const Heard& heard, Talk& talk, RadioTime now) override;
  void Tick(Talk& talk, RadioTime now) override;

  // The band may have the key, whatever came of it: from the moment on when it was sent.
  [[nodiscard]] bool sent() const { return state_ == State::kAsked; }

  enum class Why : std::uint8_t {
    kNeedsSignature,  // only the official app can bind it
    kRefusedByTap,    // the person said no, or let the band's own time pass
    kAlreadyBound,    // it has a key and takes no other: refused before anybody could tap
    kOther,
  };
  // Why it was refused; only of an outcome kRefused.
  [[nodiscard]] Why why() const { return why_; }

 private:
  enum class State : std::uint8_t { kSubscribing, kAsking, kAsked };
  void HearReply(std::uint8_t status, Talk& talk, RadioTime now);
  void Refuse(Why why, std::uint8_t status);

  const ports::Block16& key_;
  std::function<void()> asks_;
  State state_ = State::kSubscribing;
  Why why_ = Why::kOther;
  RadioTime asked_at_{};
};

}  // namespace bk::companion
