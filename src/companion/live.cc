#include "companion/live.h"

#include <algorithm>

namespace bk::companion {
namespace {

using codec::miband::HeartRateCommand;
using std::chrono::seconds;

constexpr seconds kReplyTime{10};
// Clients send it every 5 to 12 s; the band's own limit lies somewhere above 12.
constexpr seconds kKeepAlive{8};
constexpr std::chrono::milliseconds kLookAgain{250};
constexpr std::string_view kWhat = "the request to measure the heart rate";

}  // namespace

void Live::Start(Talk& talk, RadioTime now) {
  talk.Subscribe(Attribute::kHeartRate);
  // A band without steps, or one that is silent about them, measures the heart all the same.
  talk.Subscribe(Attribute::kSteps);
  talk.Read(Attribute::kSteps);
  // What clients that work do (5.4): a single measurement off, then the continuous one on.
  Control(talk, HeartRateCommand::kSingle, 0);
  Control(talk, HeartRateCommand::kContinuous, 1);
  answer_by_ = now + kReplyTime;
  Wake(now);
}

void Live::Control(Talk& talk, HeartRateCommand command, std::uint8_t value) {
  ++open_;
  talk.Write(Attribute::kHeartRateControl, codec::miband::Encode({command, value}));
}

void Live::Wake(RadioTime now) { WakeAt(now + kLookAgain); }

void Live::Hear(const Heard& heard, Talk& talk, RadioTime now) {
  if (outcome()) return;
  if (heard.attribute == Attribute::kSteps) {
    if (heard.error != 0 || heard.kind == Heard::Kind::kSubscribed) return;
    if (const auto steps = codec::miband::DecodeSteps(heard.bytes); steps && hear_)
      hear_({now, std::nullopt, *steps});
    return;
  }
  if (heard.attribute == Attribute::kHeartRate) {
    if (heard.error != 0) return AttRefused(heard, kWhat);
    if (heard.kind != Heard::Kind::kNotified || state_ == State::kStopping) return;
    if (const auto rate = codec::miband::DecodeHeartRate(heard.bytes); rate && hear_)
      hear_({now, rate->beats_per_minute, std::nullopt});
    return;
  }
  if (heard.attribute != Attribute::kHeartRateControl || heard.kind != Heard::Kind::kWritten)
    return;
  --open_;
  if (heard.error != 0) return AttRefused(heard, kWhat);
  if (open_ > 0) return;
  if (state_ == State::kStopping) return Finish({});
  if (state_ == State::kStarting) {
    state_ = State::kMeasuring;
    alive_by_ = now + kKeepAlive;
  }
  if (enough_ && enough_()) return Stop(talk, now);
  Wake(now);
}

void Live::Stop(Talk& talk, RadioTime now) {
  state_ = State::kStopping;
  Control(talk, HeartRateCommand::kContinuous, 0);
  answer_by_ = now + kReplyTime;
  Wake(now);
}

void Live::Tick(Talk& talk, RadioTime now) {
  if (state_ != State::kMeasuring && now >= answer_by_)
    return NoAnswer(Attribute::kHeartRateControl, kWhat);
  if (state_ != State::kStopping && enough_ && enough_()) return Stop(talk, now);
  if (state_ == State::kMeasuring && now >= alive_by_) {
    Control(talk, HeartRateCommand::kKeepAlive, 0);
    alive_by_ = now + kKeepAlive;
  }
  Wake(now);
}

}  // namespace bk::companion
