#include "companion/bind.h"

#include "codec/miband/auth.h"

namespace bk::companion {
namespace {

using codec::miband::AuthOp;
using codec::miband::AuthRequest;
using codec::miband::AuthStatus;
using std::chrono::seconds;

constexpr seconds kReplyTime{10};
// The band's own limit is not known (10.4: U); a person has found the band within this.
constexpr seconds kTapTime{60};
// A refusal that comes sooner was nobody's finger.
constexpr std::chrono::milliseconds kNobodysFinger{800};
constexpr std::string_view kWhat = "the request to bind it";

}  // namespace

void Bind::Start(Talk& talk, RadioTime now) {
  talk.Subscribe(Attribute::kAuth);
  WakeAt(now + kReplyTime);
}

void Bind::Hear(const Heard& heard, Talk& talk, RadioTime now) {
  if (outcome() || heard.attribute != Attribute::kAuth) return;
  if (heard.error != 0) return AttRefused(heard, kWhat);
  if (heard.kind == Heard::Kind::kSubscribed && state_ == State::kSubscribing) {
    // First only the question which way it binds: it changes nothing.
    state_ = State::kAsking;
    talk.Command(Attribute::kAuth, codec::miband::Encode(AuthRequest{AuthOp::kPair, false, 0, {}}));
    WakeAt(now + kReplyTime);
    return;
  }
  if (heard.kind != Heard::Kind::kNotified) return;
  const auto reply = codec::miband::DecodeAuthReply(heard.bytes);
  if (!reply || reply->op != AuthOp::kPair) return;
  HearReply(reply->status, talk, now);
}

void Bind::HearReply(std::uint8_t status, Talk& talk, RadioTime now) {
  const auto is = [&](AuthStatus one) { return status == static_cast<std::uint8_t>(one); };
  if (state_ == State::kAsking) {
    if (is(AuthStatus::kNeedsSignature)) return Refuse(Why::kNeedsSignature, status);
    if (is(AuthStatus::kAlreadyBound)) return Refuse(Why::kAlreadyBound, status);
    // 04 is how bands answer that take a host's key (3.6); 01 would be one that wants none.
    if (!is(AuthStatus::kRefused) && !is(AuthStatus::kOk)) return Refuse(Why::kOther, status);
    state_ = State::kAsked;
    asked_at_ = now;
    talk.Command(Attribute::kAuth,
                 codec::miband::Encode(AuthRequest{AuthOp::kPair, false, 0, key_}));
    WakeAt(now + kTapTime);
    if (asks_) asks_();
    return;
  }
  if (state_ != State::kAsked) return;
  if (is(AuthStatus::kOk)) return Finish({});
  const bool at_once = now - asked_at_ < kNobodysFinger;
  if (is(AuthStatus::kAlreadyBound) || (is(AuthStatus::kRefused) && at_once))
    return Refuse(Why::kAlreadyBound, status);
  Refuse(is(AuthStatus::kRefused) ? Why::kRefusedByTap : Why::kOther, status);
}

void Bind::Refuse(Why why, std::uint8_t status) {
  why_ = why;
  Finish({Outcome::End::kRefused, Attribute::kAuth, status, false,
          std::string(codec::miband::AuthStatusMeaning(AuthOp::kPair, status))});
}

void Bind::Tick(Talk&, RadioTime) {
  if (state_ == State::kAsked)
    return Finish({Outcome::End::kNoAnswer, Attribute::kAuth, 0, false,
                   "nobody tapped the band within a minute"});
  NoAnswer(Attribute::kAuth, kWhat);
}

}  // namespace bk::companion
