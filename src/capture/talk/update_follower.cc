#include "capture/talk/update_follower.h"

#include <fmt/format.h>

#include <algorithm>

#include "evidence/finding_ids.h"

namespace bk::capture::talk {
namespace {

namespace id = evidence::id;
using codec::miband::UpdateOp;
using codec::miband::UpdateReply;
using codec::miband::UpdateRequest;
using codec::miband::UpdateType;

}  // namespace

std::string UpdateFollower::Progress() const {
  if (file_.size == 0) return fmt::format("{} bytes", bytes_);
  return fmt::format("{} of {} bytes, {} %", bytes_, file_.size,
                     std::min<std::uint64_t>(100, bytes_ * 100 / file_.size));
}

void UpdateFollower::Fail(const std::string& text, Moment at) {
  step_ = Step::kIdle;
  const bool firmware = file_.type == UpdateType::kFirmware;
  notebook_.Happened("update_failed", text, at);
  notebook_.Say(fmt::format("The transfer of the {} failed: {}.", UpdateTypeName(file_.type), text),
                at);
  notebook_.Found(
      firmware ? id::kFirmwareUpdateFails : id::kResourceTransferFails, true,
      fmt::format("{}, begun in frame {}: {}", UpdateTypeName(file_.type), start_.packet, text),
      at);
}

void UpdateFollower::Done(Moment at) {
  const bool firmware = file_.type == UpdateType::kFirmware;
  const std::string text =
      fmt::format("the band verified the {} in frame {} ({} bytes, begun in frame {})",
                  UpdateTypeName(file_.type), at.packet, bytes_, start_.packet);
  notebook_.Happened("update_done", text, at);
  notebook_.Say(fmt::format("The {} was transferred and the band verified it (frame {}).",
                            UpdateTypeName(file_.type), at.packet),
                at);
  if (firmware) {
    notebook_.Found(id::kFirmwareUpdateDone, true, text, at);
  } else {
    notebook_.Found(id::kResourceTransferFails, false, text, at);
  }
}

void UpdateFollower::OnRequest(const UpdateRequest& request, Moment at) {
  last_ = at;
  switch (request.op) {
    case UpdateOp::kInit:
      if (request.probe) return;
      file_ = request;
      start_ = at;
      bytes_ = 0;
      hole_ = false;
      step_ = Step::kAnnounced;
      notebook_.Happened(
          "update_started",
          fmt::format("the phone announced {} of {} bytes", UpdateTypeName(file_.type), file_.size),
          at);
      return;
    case UpdateOp::kVerify:
      if (step_ != Step::kIdle) step_ = Step::kVerifying;
      return;
    case UpdateOp::kReboot:
      notebook_.Happened("band_restart", "the phone told the band to restart", at);
      step_ = Step::kRebooting;
      return;
    case UpdateOp::kStartData:
      if (step_ != Step::kIdle) step_ = Step::kFlowing;
      return;
    default:
      return;
  }
}

void UpdateFollower::OnReply(const UpdateReply& reply, Moment at) {
  last_ = at;
  if (step_ == Step::kIdle || reply.op == UpdateOp::kParameters) return;
  // The answer to a probe, not to an announcement.
  if (reply.status == static_cast<std::uint8_t>(codec::miband::UpdateStatus::kProbeAnswer)) return;
  if (reply.status != codec::miband::kSuccess) {
    if (step_ == Step::kRebooting) return;
    return Fail(fmt::format("{} (10 {:02x} {:02x} in frame {}, after {})",
                            codec::miband::UpdateStatusMeaning(reply.status),
                            static_cast<unsigned>(reply.op), reply.status, at.packet, Progress()),
                at);
  }
  switch (reply.op) {
    case UpdateOp::kInit:
      step_ = Step::kAccepted;
      return;
    case UpdateOp::kStartData:
      step_ = Step::kReceived;
      return;
    case UpdateOp::kVerify:
      step_ = Step::kVerified;
      return Done(at);
    default:
      return;
  }
}

void UpdateFollower::OnData(std::size_t bytes, Moment at) {
  last_ = at;
  notebook_.Reach(Stage::kUpdating, at);
  if (step_ == Step::kIdle) {
    if (stray_bytes_ == 0) stray_ = at;
    stray_bytes_ += bytes;
    return;
  }
  if (step_ == Step::kAccepted) step_ = Step::kFlowing;
  bytes_ += bytes;
}

void UpdateFollower::Finish(const LinkEnd& end) {
  const Moment now{end.time, end.packet};
  if (stray_bytes_ > 0)
    notebook_.Say(fmt::format("{} bytes of an update went to the band; its beginning is not in the "
                              "capture, so how it went is not known.",
                              stray_bytes_),
                  stray_);
  if (step_ == Step::kIdle || step_ == Step::kVerified || step_ == Step::kRebooting || hole_)
    return;
  if (end.reason)
    return Fail(fmt::format("the link ended (reason 0x{:02x}) in frame {} after {}", *end.reason,
                            now.packet, Progress()),
                now);
  if (now.time - last_.time >= kUpdateStallUs)
    Fail(fmt::format("nothing happened for {} after frame {} ({})",
                     FormatDuration(now.time - last_.time), last_.packet, Progress()),
         last_);
}

}  // namespace bk::capture::talk
