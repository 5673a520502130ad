#include "companion/authenticate.h"

#include <algorithm>

#include "codec/miband/auth.h"

namespace bk::companion {
namespace {

using codec::miband::AuthOp;
using codec::miband::AuthReply;
using codec::miband::AuthRequest;
using codec::miband::AuthStatus;
using std::chrono::seconds;

// Replies took 40 to 60 ms in real logs; a link on which the radio must repeat a lot is slower.
constexpr seconds kReplyTime{10};
constexpr std::string_view kWhat = "the request to authenticate";

}  // namespace

void Authenticate::Start(Talk& talk, RadioTime now) {
  state_ = State::kSubscribing;
  talk.Subscribe(Attribute::kAuth);
  WakeAt(now + kReplyTime);
}

void Authenticate::Hear(const Heard& heard, Talk& talk, RadioTime now) {
  if (outcome() || heard.attribute != Attribute::kAuth) return;
  if (heard.error != 0) return AttRefused(heard, kWhat);
  if (heard.kind == Heard::Kind::kSubscribed && state_ == State::kSubscribing) {
    state_ = State::kChallenge;
    // The tail that newer relatives of the band want; this one ignores it (3.2).
    static constexpr std::array kTail = {std::byte{2}, std::byte{1}, std::byte{0}};
    talk.Command(Attribute::kAuth,
                 codec::miband::Encode(AuthRequest{AuthOp::kRandom, true, 0, kTail}));
    WakeAt(now + kReplyTime);
    return;
  }
  if (heard.kind != Heard::Kind::kNotified) return;
  const auto reply = codec::miband::DecodeAuthReply(heard.bytes);
  if (!reply) return;  // no reply at all: the time-out decides
  const AuthOp expected = state_ == State::kChallenge ? AuthOp::kRandom : AuthOp::kProof;
  if (state_ == State::kSubscribing || reply->op != expected)
    return;  // of a link before, or of another app
  if (reply->status != static_cast<std::uint8_t>(AuthStatus::kOk)) {
    return Finish({Outcome::End::kRefused, Attribute::kAuth, reply->status, false,
                   std::string(codec::miband::AuthStatusMeaning(reply->op, reply->status))});
  }
  if (state_ == State::kProof) return Finish({});
  Prove(reply->payload, talk, now);
}

void Authenticate::Prove(Bytes challenge, Talk& talk, RadioTime now) {
  ports::Block16 block{};
  if (challenge.size() != block.size()) {
    return Finish({Outcome::End::kGarbled, Attribute::kAuth, 0, false,
                   "the band's challenge has not 16 bytes"});
  }
  std::ranges::copy(challenge, block.begin());
  const ports::Block16 answer = cipher_.Aes128(key_, block);
  state_ = State::kProof;
  talk.Command(Attribute::kAuth,
               codec::miband::Encode(AuthRequest{AuthOp::kProof, true, 0, answer}));
  WakeAt(now + kReplyTime);
}

void Authenticate::Tick(Talk&, RadioTime) { NoAnswer(Attribute::kAuth, kWhat); }

bool Authenticate::KeyIsWrong(const Outcome& outcome) {
  if (outcome.end != Outcome::End::kRefused || outcome.attribute != Attribute::kAuth || outcome.att)
    return false;
  const auto status = static_cast<AuthStatus>(outcome.status);
  return status == AuthStatus::kWrongKey || status == AuthStatus::kKeyVoid ||
         status == AuthStatus::kRefused;
}

}  // namespace bk::companion
