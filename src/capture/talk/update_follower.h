// Follows firmware, resource and watch face transfers (codec/miband update.h).
#pragma once

#include <cstdint>
#include <optional>

#include "capture/talk/notebook.h"
#include "codec/miband/update.h"

namespace bk::capture::talk {

// Verification of a file takes seconds; clients wait 30 s for a step.
inline constexpr std::int64_t kUpdateStallUs = 30'000'000;

class UpdateFollower {
 public:
  explicit UpdateFollower(Notebook& notebook) : notebook_(notebook) {}

  void OnRequest(const codec::miband::UpdateRequest& request, Moment at);
  void OnReply(const codec::miband::UpdateReply& reply, Moment at);
  // `bytes` of file data went to the band, whole or cut by the recorder.
  void OnData(std::size_t bytes, Moment at);
  void OnGap() { hole_ = true; }
  void Finish(const LinkEnd& end);

 private:
  enum class Step : std::uint8_t {
    kIdle,
    kAnnounced,
    kAccepted,
    kFlowing,
    kReceived,
    kVerifying,
    kVerified,
    kRebooting
  };
  void Fail(const std::string& text, Moment at);
  void Done(Moment at);
  [[nodiscard]] std::string Progress() const;

  Notebook& notebook_;
  Step step_ = Step::kIdle;
  codec::miband::UpdateRequest file_;
  Moment start_, last_;
  std::uint64_t bytes_ = 0;
  std::uint64_t stray_bytes_ =
      0;  // data without an announcement: it was before the capture, or filtered
  bool hole_ = false;
  Moment stray_;
};

}  // namespace bk::capture::talk
