// What a companion app says to its band, as orders to a radio and from the events that answer:
// proving the key, setting up, fetching. As the makers' app and Gadgetbridge do it in logs and
// captures; written down here a second time, since the program's own sessions (companion/) are what
// a world is to test. No time-outs: whoever waits has them.
#pragma once

#include <cstdint>
#include <deque>
#include <utility>
#include <vector>

#include "codec/miband/attribute.h"
#include "codec/miband/clock.h"
#include "codec/miband/fetch.h"
#include "ports/band_radio.h"
#include "ports/cipher.h"
#include "simulate/phone/life/carrier.h"

namespace bk::simulate::world {

// Minutes of UTC since 1970.
using UtcMinute = std::int64_t;

class AppTalk {
 public:
  // The cipher outlives it.
  explicit AppTalk(const ports::Cipher& cipher) : cipher_(&cipher) {}

  struct Wanted {
    Talk talk = Talk::kProve;
    ports::Block16 key{};
    std::int64_t utc_us = 0;        // by the phone's clock
    std::int8_t quarter_hours = 0;  // its zone
    UtcMinute since = 0;            // kFetch: the first minute that the app does not have
  };
  void Begin(const Wanted& wanted);
  void Hear(const ports::RadioEvent& event);
  // What it wants done now.
  std::vector<ports::RadioOrder> TakeOrders();
  // The link is gone: all is forgotten but what was fetched and not yet taken.
  void LinkGone();

  enum class State : std::uint8_t { kIdle, kRuns, kDone, kFailed };
  [[nodiscard]] State state() const { return state_; }
  // Of what has ended last.
  [[nodiscard]] std::uint8_t proof() const { return proof_; }
  // Fetched, acknowledged and not yet taken, in order; and how many this fetch has brought.
  [[nodiscard]] std::vector<UtcMinute> TakeMinutes() { return std::exchange(minutes_, {}); }
  [[nodiscard]] int fetched() const { return fetched_; }

 private:
  void Fail() { state_ = State::kFailed; }
  void Finish() { state_ = State::kDone; }
  [[nodiscard]] std::uint16_t HandleOf(codec::miband::Attribute attribute) const;
  void Subscribe(codec::miband::Attribute attribute);
  void Write(codec::miband::Attribute attribute, std::vector<std::byte> bytes);
  void Prove(const ports::RadioEvent& event);
  void Initialise(const ports::RadioEvent& event);
  void Fetch(const ports::RadioEvent& event);
  void StartRound();
  void FetchReplied(const codec::miband::FetchReply& reply);

  const ports::Cipher* cipher_;
  Wanted wanted_;
  State state_ = State::kIdle;
  int step_ = 0;
  std::deque<ports::RadioOrder> orders_;
  std::vector<ports::GattCharacteristic> table_;  // of this link
  bool listens_ = false;                          // to a fetch, on this link
  std::uint8_t proof_ = 0;
  // The round under way.
  bool streams_ = false, broken_ = false;
  std::uint32_t records_ = 0;
  UtcMinute first_ = 0;
  std::size_t bytes_ = 0;
  codec::miband::FetchCounter counter_;
  int rounds_ = 0;
  int fetched_ = 0;
  std::vector<UtcMinute> minutes_;
};

}  // namespace bk::simulate::world
