#include "capture/talk/fetch_follower.h"

#include <fmt/format.h>

#include "evidence/finding_ids.h"

namespace bk::capture::talk {
namespace {

namespace id = evidence::id;
using codec::miband::Clock;
using codec::miband::FetchData;
using codec::miband::FetchOp;
using codec::miband::FetchReply;
using codec::miband::FetchRequest;
using codec::miband::FetchType;

std::string FormatClock(const Clock& clock) {
  return fmt::format("{:04}-{:02}-{:02} {:02}:{:02}", clock.year, clock.month, clock.day,
                     clock.hour, clock.minute);
}

}  // namespace

void FetchFollower::OnBandTime(const Clock& clock, Moment at) {
  if (clock.Set()) band_time_ = {clock, at};
}

void FetchFollower::OnRequest(const FetchRequest& request, Moment at) {
  switch (request.op) {
    case FetchOp::kStart:
      Close(at);
      asked_ = request;
      start_ = last_ = at;
      step_ = Step::kAsked;
      records_ = 0;
      records_known_ = false;
      bytes_ = notifications_ = 0;
      gaps_ = 0;
      stalled_ = hole_ = false;
      notebook_.Happened(
          "sync_started",
          fmt::format("the phone asked for {} since {}", FetchTypeName(request.type),
                      request.since.Valid() ? FormatClock(request.since) : "an impossible date"),
          at);
      return;
    case FetchOp::kGo:
      if (step_ == Step::kIdle) return;
      step_ = Step::kFlowing;
      counter_ = {};
      last_ = at;
      return;
    case FetchOp::kAcknowledge:
      if (step_ == Step::kEnded || step_ == Step::kAnnounced) step_ = Step::kIdle;
      return;
  }
}

void FetchFollower::OnReply(const FetchReply& reply, Moment at) {
  last_ = at;
  const bool ok = reply.status == codec::miband::kSuccess;
  if (!ok) {
    if (step_ == Step::kIdle) return;
    const std::string meaning(FetchStatusMeaning(reply.op, reply.status));
    notebook_.Happened("sync_refused", meaning, at);
    notebook_.Say(fmt::format("The band refused to send {}: {} (frame {}).",
                              FetchTypeName(asked_.type), meaning, at.packet),
                  at);
    step_ = Step::kIdle;
    return;
  }
  switch (reply.op) {
    case FetchOp::kStart:
      if (step_ != Step::kAsked) return;
      records_ = reply.records;
      records_known_ = true;
      step_ = Step::kAnnounced;
      if (records_ == 0) EndOfRound(at);
      return;
    case FetchOp::kGo:
      if (step_ != Step::kFlowing) return;
      EndOfRound(at);
      return;
    case FetchOp::kAcknowledge:
      step_ = Step::kIdle;
      return;
  }
}

void FetchFollower::OnData(const FetchData& data, Moment at) {
  if (step_ == Step::kIdle) return;
  if (step_ != Step::kFlowing) step_ = Step::kFlowing;
  last_ = at;
  stalled_ = false;
  ++notifications_;
  bytes_ += data.payload.size();
  notebook_.Reach(Stage::kFetching, at);
  const unsigned left_out = counter_.Next(data.counter);
  if (left_out == 0) return;
  gaps_ += 1;
  if (gaps_ == 1)
    notebook_.Happened(
        "sync_gap",
        fmt::format("the data's counter jumps by {}: this round cannot be used", left_out), at);
}

std::optional<std::int64_t> FetchFollower::SpanAskedFor(Moment at) const {
  if (!asked_.since.Set()) return std::nullopt;
  // The band's clock where it was seen on this link; the capture's own has no zone.
  if (!band_time_) return std::nullopt;
  const std::int64_t now = band_time_->first.Local().us + (at.time - band_time_->second.time);
  return now - asked_.since.Local().us;
}

std::string FetchFollower::Progress() const {
  std::string text = fmt::format("{} bytes in {} packets", bytes_, notifications_);
  const std::size_t size = FetchRecordBytes(asked_.type);
  if (records_known_ && size > 0)
    text += fmt::format(" of {} announced bytes", std::uint64_t{records_} * size);
  return text;
}

void FetchFollower::NothingNewer(Moment at) {
  notebook_.Happened("sync_ended", fmt::format("nothing new: {}", FetchTypeName(asked_.type)), at);
  if (asked_.type != FetchType::kActivity) return;
  const auto span = SpanAskedFor(at);
  if (good_.minutes == 0 && !new_band_ && span && *span >= kNoDataSpanUs) {
    notebook_.Say(fmt::format("The band says that it recorded nothing since {} (frame {}).",
                              FormatClock(asked_.since), at.packet),
                  at);
    notebook_.Found(
        id::kNoNewData, true,
        fmt::format("the phone asked in frame {} for activity since {} ({} back) and the band "
                    "announced no records in frame {}",
                    start_.packet, FormatClock(asked_.since), FormatDuration(*span), at.packet),
        at);
    return;
  }
  ++good_.empty;
  good_.empty_since = asked_.since;
  good_.last_empty = at;
  notebook_.Reach(Stage::kSynced, at);
  notebook_.Found(id::kSyncCompleted, true,
                  fmt::format("the band said in frame {} that nothing newer than {} is left",
                              at.packet, FormatClock(asked_.since)),
                  at);
}

void FetchFollower::EndOfRound(Moment at) {
  step_ = Step::kEnded;
  if (records_ == 0 && bytes_ == 0) return NothingNewer(at);
  const std::size_t size = FetchRecordBytes(asked_.type);
  const bool short_of = records_known_ && size > 0 && bytes_ < std::uint64_t{records_} * size;
  if (gaps_ > 0 || (short_of && !hole_)) {
    notebook_.Happened(
        "sync_incomplete",
        fmt::format("{} came with {} holes: {}", FetchTypeName(asked_.type), gaps_, Progress()),
        at);
    notebook_.Say(fmt::format("A round of {} ended incomplete: {} (frame {}).",
                              FetchTypeName(asked_.type), Progress(), at.packet),
                  at);
    return;
  }
  notebook_.Happened("sync_ended", fmt::format("{}: {}", FetchTypeName(asked_.type), Progress()),
                     at);
  if (asked_.type != FetchType::kActivity) return;
  if (good_.count++ == 0) {
    good_.since = asked_.since;
    good_.first_packet = start_.packet;
  }
  good_.minutes += bytes_ / FetchRecordBytes(FetchType::kActivity);
  good_.last = at;
  notebook_.Reach(Stage::kSynced, at);
  notebook_.Found(id::kSyncCompleted, true,
                  fmt::format("activity since {} was fetched in frames {} to {}: {}",
                              FormatClock(asked_.since), start_.packet, at.packet, Progress()),
                  at);
}

void FetchFollower::SayGoodRounds() {
  if (good_.count == 0) {
    if (good_.empty > 0)
      notebook_.Say(fmt::format("The band had nothing newer than {} (frame {}).",
                                FormatClock(good_.empty_since), good_.last_empty.packet),
                    good_.last_empty);
    return;
  }
  std::string text = fmt::format("{} minutes of activity since {} reached the phone", good_.minutes,
                                 FormatClock(good_.since));
  if (good_.count > 1) text += fmt::format(" in {} rounds", good_.count);
  text += fmt::format(" (frames {} to {})", good_.first_packet, good_.last.packet);
  const bool nothing_left = good_.empty > 0 && good_.last_empty.packet > good_.last.packet;
  if (nothing_left)
    text += fmt::format("; then nothing newer was left (frame {})", good_.last_empty.packet);
  notebook_.Say(text + ".", nothing_left ? good_.last_empty : good_.last);
}

void FetchFollower::OnTime(Moment at) {
  const bool waits = step_ == Step::kAsked || step_ == Step::kFlowing;
  if (!waits || stalled_ || hole_ || at.time - last_.time < kFetchStallUs) return;
  stalled_ = true;
  const std::string text =
      fmt::format("{} began in frame {} and nothing came for {} after frame {} ({})",
                  FetchTypeName(asked_.type), start_.packet, FormatDuration(at.time - last_.time),
                  last_.packet, Progress());
  notebook_.Happened("sync_stalled", text, last_);
  notebook_.Say(fmt::format("The sync stalled: {}.", text), last_);
  notebook_.Found(id::kSyncStalls, true, text, last_);
}

void FetchFollower::Close(Moment at) {
  OnTime(at);
  step_ = Step::kIdle;
}

void FetchFollower::OnCut(bool data, bool from_phone, std::size_t bytes, Moment at) {
  if (cut_data_ + cut_control_ == 0) first_cut_ = at;
  ++(data ? cut_data_ : cut_control_);
  if (data && !from_phone) {
    bytes_ += bytes;
    last_ = at;
    notebook_.Reach(Stage::kFetching, at);
  }
}

void FetchFollower::Finish(const LinkEnd& end) {
  const Moment now{end.time, end.packet};
  SayGoodRounds();
  if (cut_data_ > 0)
    notebook_.Say(fmt::format("{} packets of recorded data came from the band; the recorder "
                              "removed what they say, so whether the sync "
                              "ended is not known.",
                              cut_data_),
                  first_cut_);
  const bool waits = step_ == Step::kAsked || step_ == Step::kAnnounced || step_ == Step::kFlowing;
  if (!waits || hole_) return;
  if (step_ == Step::kAnnounced && records_ == 0) return;
  const bool was_stalled = stalled_;
  if (step_ != Step::kAnnounced) OnTime(now);
  if (!end.reason || was_stalled) return;
  const std::string text = fmt::format(
      "{} began in frame {} and the link ended (reason 0x{:02x}) in frame {} before it was done "
      "({})",
      FetchTypeName(asked_.type), start_.packet, *end.reason, now.packet, Progress());
  notebook_.Happened("sync_cut", text, now);
  if (stalled_) return;
  notebook_.Say(fmt::format("The link ended in the middle of the sync: {}.", text), now);
  notebook_.Found(id::kSyncDisconnects, true, text, now);
}

}  // namespace bk::capture::talk
