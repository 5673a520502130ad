// Follows authentication, binding and unbinding on one link (codec/miband auth.h, bind.h).
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "capture/talk/notebook.h"
#include "codec/miband/auth.h"

namespace bk::capture::talk {

class AuthFollower {
 public:
  explicit AuthFollower(Notebook& notebook) : notebook_(notebook) {}

  void OnRequest(const codec::miband::AuthRequest& request, Moment at);
  void OnReply(const codec::miband::AuthReply& reply, Moment at);
  // The last chunk of a binding signature went to the band.
  void OnSignature(Moment at);
  // Something passed on the authentication characteristic whose content the recorder removed.
  void OnCut(bool from_phone, Moment at);
  void OnGap() { hole_ = true; }
  // `started` and `whole`: whether the link began within the capture and nothing of it is missing.
  void Finish(const LinkEnd& end, SnoopTime started, bool whole, bool huami);

  [[nodiscard]] bool authenticated() const { return authenticated_; }
  // The band was bound on this link and has not been unbound since.
  [[nodiscard]] bool bound_here() const { return bound_here_; }

 private:
  enum class Step : std::uint8_t {
    kIdle,
    kPairAsked,  // 01 00
    kKeySent,    // 01 flag key: the band asks for a tap
    kChallengeAsked,
    kChallengeGiven,
    kSignatureSent,
    kTapAwaited,  // signature accepted
    kProofSent,
    kUnbindAsked,
  };
  void Begin(Step step, Moment at);
  void Accept(Moment at);
  void Refuse(const codec::miband::AuthReply& reply, Moment at);
  [[nodiscard]] std::string Waiting(Moment now) const;

  Notebook& notebook_;
  Step step_ = Step::kIdle;
  Moment run_;   // where the run under way began
  Moment last_;  // its last message
  bool authenticated_ = false;
  bool bound_here_ = false;
  bool any_ = false;
  bool hole_ = false;
  std::uint32_t refusals_ = 0;
  std::uint32_t cut_out_ = 0, cut_in_ = 0;
  Moment first_cut_;
};

// How long an answer may take before its absence says something; clients give up after 10 s.
inline constexpr std::int64_t kAuthPatienceUs = 10'000'000;
// A person needs time to tap.
inline constexpr std::int64_t kTapPatienceUs = 30'000'000;
// A link to a band on which nobody begins to authenticate for this long is used by no companion
// app.
inline constexpr std::int64_t kAuthStartPatienceUs = 30'000'000;

}  // namespace bk::capture::talk
