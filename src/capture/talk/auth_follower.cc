#include "capture/talk/auth_follower.h"

#include <fmt/format.h>

#include "evidence/finding_ids.h"

namespace bk::capture::talk {
namespace {

namespace id = evidence::id;
using codec::miband::AuthOp;
using codec::miband::AuthReply;
using codec::miband::AuthRequest;
using codec::miband::AuthStatus;

// What went over the air, without its payload.
std::string Wire(const AuthReply& reply) {
  return fmt::format("10 {:02x} {:02x}",
                     static_cast<unsigned>(reply.op) | (reply.crypt ? 0x80U : 0U), reply.status);
}

}  // namespace

void AuthFollower::Begin(Step step, Moment at) {
  if (step_ == Step::kIdle) run_ = at;
  step_ = step;
  last_ = at;
  any_ = true;
}

void AuthFollower::OnRequest(const AuthRequest& request, Moment at) {
  switch (request.op) {
    case AuthOp::kPair:
      // Every connection of the official app begins with `01 00`; only a key means pairing.
      step_ = Step::kIdle;
      Begin(request.SendsKey() ? Step::kKeySent : Step::kPairAsked, at);
      if (request.SendsKey())
        notebook_.Happened("band_asks_tap", "the phone offered a key; the band asks for a tap", at);
      return;
    case AuthOp::kRandom:
      if (step_ == Step::kProofSent || step_ == Step::kChallengeAsked) step_ = Step::kIdle;
      return Begin(Step::kChallengeAsked, at);
    case AuthOp::kProof:
      return Begin(Step::kProofSent, at);
    case AuthOp::kUnbind:
      return Begin(Step::kUnbindAsked, at);
  }
}

void AuthFollower::OnSignature(Moment at) {
  Begin(Step::kSignatureSent, at);
  notebook_.Happened("band_binding", "the app sent the maker's signature for a new pairing", at);
}

void AuthFollower::Accept(Moment at) {
  authenticated_ = true;
  notebook_.Reach(Stage::kAuthenticated, at);
  std::string text =
      fmt::format("the band accepted the key in frame {}, {} after the question in frame {}",
                  at.packet, FormatDuration(at.time - run_.time), run_.packet);
  if (refusals_ > 0)
    text += fmt::format("; {} earlier {} on this link", refusals_,
                        refusals_ == 1 ? "try was refused" : "tries were refused");
  notebook_.Happened("auth_succeeded", "the band accepted the key", at);
  notebook_.Say(fmt::format("The band accepted the key (frame {}).", at.packet), at);
  notebook_.Found(id::kAuthSucceeded, true, std::move(text), at);
}

void AuthFollower::Refuse(const AuthReply& reply, Moment at) {
  ++refusals_;
  authenticated_ = false;
  const std::string meaning(codec::miband::AuthStatusMeaning(reply.op, reply.status));
  notebook_.Happened("auth_failed", fmt::format("{} ({})", meaning, Wire(reply)), at);
  notebook_.Say(fmt::format("The authentication failed: {} (frame {}).", meaning, at.packet), at);
  std::string text =
      fmt::format("the band answered {} in frame {}: {}", Wire(reply), at.packet, meaning);
  if (refusals_ > 1) text += fmt::format(" ({} refusals on this link)", refusals_);
  notebook_.Found(id::kAuthFailed, true, std::move(text), at);
  if (reply.op == AuthOp::kProof && reply.status == static_cast<std::uint8_t>(AuthStatus::kKeyVoid))
    notebook_.Found(
        id::kPairFirstOnBand, true,
        fmt::format(
            "the band says in frame {} that it is bound to nobody ({}), so it waits to be paired",
            at.packet, Wire(reply)),
        at);
  if (reply.op == AuthOp::kProof &&
      reply.status == static_cast<std::uint8_t>(AuthStatus::kWrongKey))
    notebook_.Found(id::kBandHoldsOtherKey, true,
                    fmt::format("the band says in frame {} that it is bound, with another key ({})",
                                at.packet, Wire(reply)),
                    at);
}

void AuthFollower::OnReply(const AuthReply& reply, Moment at) {
  const bool ok = reply.status == static_cast<std::uint8_t>(AuthStatus::kOk);
  const Step before = step_;
  if (step_ == Step::kIdle) run_ = at;
  last_ = at;
  any_ = true;
  switch (reply.op) {
    case AuthOp::kPair:
      if (ok) {
        step_ = Step::kIdle;
        bound_here_ = true;
        notebook_.Happened("band_bound", "the person confirmed on the band: paired", at);
        notebook_.Say(
            fmt::format("The band was paired anew and the person confirmed it (frame {}).",
                        at.packet),
            at);
      } else if (before == Step::kKeySent || before == Step::kTapAwaited ||
                 before == Step::kSignatureSent) {
        step_ = Step::kIdle;
        Refuse(reply, at);
      }
      // Otherwise it only says which way to go on: signature, or already bound.
      return;
    case AuthOp::kRandom:
      step_ = ok ? Step::kChallengeGiven : Step::kIdle;
      // `02 00 02` is refused by older bands, and the app then asks in the other form: not an end.
      return;
    case AuthOp::kProof:
      if (ok && before == Step::kSignatureSent) {
        step_ = Step::kTapAwaited;
        notebook_.Happened("band_asks_tap", "the band accepted the signature and asks for a tap",
                           at);
        return;
      }
      step_ = Step::kIdle;
      if (ok) return Accept(at);
      return Refuse(reply, at);
    case AuthOp::kUnbind:
      step_ = Step::kIdle;
      if (!ok) {
        notebook_.Happened("band_unbind_refused",
                           std::string(codec::miband::AuthStatusMeaning(reply.op, reply.status)),
                           at);
        return;
      }
      bound_here_ = false;
      authenticated_ = false;
      notebook_.Happened("band_unbound",
                         "the phone unpaired the band (06 00): its key is void from here on", at);
      notebook_.Say(
          fmt::format("The phone unpaired the band; its key is void from here on (frame {}).",
                      at.packet),
          at);
      notebook_.Found(
          id::kPairFirstOnBand, true,
          fmt::format(
              "the phone unpaired the band in frame {} (10 06 01), so the band waits to be paired",
              at.packet),
          at);
      return;
  }
}

void AuthFollower::OnCut(bool from_phone, Moment at) {
  if (cut_out_ + cut_in_ == 0) first_cut_ = at;
  ++(from_phone ? cut_out_ : cut_in_);
}

std::string AuthFollower::Waiting(Moment now) const {
  const std::string since = FormatDuration(now.time - last_.time);
  switch (step_) {
    case Step::kPairAsked:
      return fmt::format("the phone began in frame {} and heard no answer for {}", last_.packet,
                         since);
    case Step::kKeySent:
    case Step::kTapAwaited:
      return fmt::format("the band asked for a tap after frame {} and none came for {}",
                         last_.packet, since);
    case Step::kChallengeAsked:
      return fmt::format("the phone asked for the challenge in frame {} and heard no answer for {}",
                         last_.packet, since);
    case Step::kChallengeGiven:
      return fmt::format(
          "the band sent its challenge in frame {} and the phone did not answer it for {}: the app "
          "has no key",
          last_.packet, since);
    case Step::kSignatureSent:
      return fmt::format("the band did not answer the pairing signature of frame {} for {}",
                         last_.packet, since);
    case Step::kProofSent:
      return fmt::format(
          "the phone answered the challenge in frame {} and the band did not say whether the key "
          "fits for {}",
          last_.packet, since);
    case Step::kUnbindAsked:
    case Step::kIdle:
      return "";
  }
  return "";
}

void AuthFollower::Finish(const LinkEnd& end, SnoopTime started, bool whole, bool huami) {
  const Moment now{end.time, end.packet};
  if (cut_out_ + cut_in_ > 0 && !any_)
    notebook_.Say(fmt::format("{} messages to and {} from the band's authentication passed; the "
                              "recorder removed what they say.",
                              cut_out_, cut_in_),
                  first_cut_);
  if (hole_ || !huami) return;
  if (step_ != Step::kIdle && step_ != Step::kUnbindAsked) {
    const std::int64_t patience =
        step_ == Step::kKeySent || step_ == Step::kTapAwaited ? kTapPatienceUs : kAuthPatienceUs;
    // A capture that ends in the middle of a run says nothing of how the run ended.
    if (!end.reason && now.time - last_.time < patience) return;
    std::string text = Waiting(now);
    if (end.reason) text += fmt::format("; then the link ended (reason 0x{:02x})", *end.reason);
    notebook_.Happened("auth_not_completed", "the authentication did not come to its end", last_);
    notebook_.Say(fmt::format("The authentication did not come to its end: {}.", text), last_);
    notebook_.Found(id::kAuthNotCompleted, true, std::move(text), last_);
    return;
  }
  if (!any_ && whole && cut_out_ + cut_in_ == 0 && now.time - started >= kAuthStartPatienceUs) {
    std::string text =
        fmt::format("the link stood for {} and the phone never began to authenticate",
                    FormatDuration(now.time - started));
    notebook_.Say(fmt::format("Nobody authenticated: {}.", text), now);
    notebook_.Found(id::kAuthNotCompleted, true, std::move(text), now);
  }
}

}  // namespace bk::capture::talk
