#include "companion/fetch.h"

#include <algorithm>
#include <utility>

#include "codec/miband/activity.h"
#include "companion/band_clock.h"

namespace bk::companion {
namespace {

using codec::miband::Clock;
using codec::miband::FetchOp;
using codec::miband::FetchReply;
using codec::miband::FetchRequest;
using codec::miband::FetchType;
using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr std::size_t kRecord = codec::miband::kActivitySampleBytes;
constexpr seconds kReplyTime{10};
// A stream that pauses this long has stalled. Amazfish waits as long (6.6).
constexpr seconds kStall{10};
// A band that takes a start while it streams answers it as fast as any.
constexpr seconds kRestartReply{3};
constexpr seconds kStoreTime{60};
// Notifications of two characteristics reach us over two sockets: the end may overtake the data.
constexpr milliseconds kLatePackets{400};
// An old stream that has been quiet this long is over.
constexpr milliseconds kQuiet{250};
// So many packets behind a gap, it is no disorder of a host's queue any more.
constexpr std::size_t kDisorder = 12;
// A rest this short is waited for; asking anew would take longer.
constexpr std::size_t kShortRest = 64 * 4;
constexpr int kFruitlessMax = 4;
constexpr int kBusyMax = 5;
// 200 days of minutes: more than any band holds.
constexpr std::size_t kRecordsMax = 200 * 24 * 60;
constexpr std::uint8_t kBusy = 0x02;

std::int64_t Minutes(std::size_t records) { return static_cast<std::int64_t>(records) * kMinuteUs; }

}  // namespace

Fetch::Fetch(const Options& options)
    : options_(options),
      frontier_us_(UtcOf(options.since, options.since.quarter_hours)),
      zone_(options.since.quarter_hours) {}

std::int64_t Fetch::NextWanted() const {
  return holes_.empty() ? frontier_us_ : holes_.front().from_us;
}

void Fetch::Start(Talk& talk, RadioTime now) {
  // Control first: no reply may come before we listen.
  talk.Subscribe(Attribute::kFetchControl);
  talk.Subscribe(Attribute::kFetchData);
  subscriptions_ = 2;
  WakeAt(now + kReplyTime);
}

void Fetch::SendStart(State then, Talk& talk, RadioTime now) {
  asked_us_ = NextWanted();
  state_ = then;
  talk.Command(Attribute::kFetchControl,
               codec::miband::Encode(FetchRequest{FetchOp::kStart, FetchType::kActivity,
                                                  ClockIn(zone_, asked_us_), std::nullopt}));
  WakeAt(now + (then == State::kRestarting ? kRestartReply : kReplyTime));
}

void Fetch::AskStart(Talk& talk, RadioTime now) {
  run_.reset();
  SendStart(State::kStarting, talk, now);
}

void Fetch::Hear(const Heard& heard, Talk& talk, RadioTime now) {
  const bool control = heard.attribute == Attribute::kFetchControl;
  if (outcome() || (!control && heard.attribute != Attribute::kFetchData)) return;
  if (heard.error != 0) return AttRefused(heard, "the request for its records");
  if (heard.kind == Heard::Kind::kSubscribed && state_ == State::kSubscribing) {
    if (--subscriptions_ == 0) AskStart(talk, now);
    return;
  }
  if (heard.kind != Heard::Kind::kNotified) return;
  if (!control) return HearData(heard.bytes, talk, now);
  const auto reply = codec::miband::DecodeFetchReply(heard.bytes);
  if (!reply) return;
  const bool streams = state_ == State::kStreaming || state_ == State::kRestarting;
  if (reply->op == FetchOp::kStart && (state_ == State::kStarting || state_ == State::kRestarting))
    return HearStart(*reply, talk, now);
  if (reply->op == FetchOp::kGo && streams && run_) {
    if (reply->status != codec::miband::kSuccess && run_->sure_records() == 0)
      return GoRefused(reply->status, now);
    if (run_->complete()) return EndRound(talk, now);
    state_ = State::kClosing;
    return WakeAt(now + kLatePackets);
  }
  // Whatever it says to the acknowledgement: everything is stored.
  if (reply->op == FetchOp::kAcknowledge && state_ == State::kAcknowledging) AskStart(talk, now);
}

void Fetch::HearStart(const FetchReply& reply, Talk& talk, RadioTime now) {
  const bool streams = state_ == State::kRestarting;
  if (reply.status != codec::miband::kSuccess && streams) {
    // It will not be interrupted; its round is waited for.
    restarts_ = false;
    state_ = State::kStreaming;
    return WakeAt(now + kStall);
  }
  if (reply.status == kBusy) return Busy(reply.status, now);
  if (reply.status != codec::miband::kSuccess) {
    return Finish({Outcome::End::kRefused, Attribute::kFetchControl, reply.status, false,
                   std::string(codec::miband::FetchStatusMeaning(FetchOp::kStart, reply.status))});
  }
  if (!refused_go_) busy_ = 0;
  if (reply.records == 0) {
    // Nothing at the hole either: the band no longer has it. Later ones may still be there.
    if (holes_.empty()) return AllIsHere(talk, now);
    holes_.erase(holes_.begin());
    return AskStart(talk, now);
  }
  if (!reply.since.Valid() || reply.records > kRecordsMax) {
    return Finish({Outcome::End::kGarbled, Attribute::kFetchControl, 0, false,
                   "the band announced its records with a time or a number that is none"});
  }
  ++progress_.rounds;
  progress_.records_announced = reply.records;
  start_us_ = UtcOf(reply.since, zone_);
  if (start_us_ > asked_us_) {
    progress_.skips.push_back({ClockIn(zone_, asked_us_), ClockIn(zone_, start_us_)});
    std::erase_if(holes_, [&](const Hole& hole) { return hole.to_us <= start_us_; });
    for (Hole& hole : holes_) hole.from_us = std::max(hole.from_us, start_us_);
    frontier_us_ = std::max(frontier_us_, start_us_);
  }
  run_.emplace(reply.records, kRecord);
  handed_ = since_gap_ = 0;
  if (!streams) return Go(talk, now);
  // What is still on its way of the old stream must not be taken for the new one.
  state_ = State::kSettling;
  WakeAt(now + kQuiet);
}

void Fetch::Go(Talk& talk, RadioTime now) {
  state_ = State::kStreaming;
  talk.Command(Attribute::kFetchControl, codec::miband::Encode(FetchRequest{}));
  WakeAt(now + kStall);
}

void Fetch::HearData(Bytes bytes, Talk& talk, RadioTime now) {
  if (state_ == State::kSettling) return WakeAt(now + kQuiet);
  const bool streams = state_ == State::kStreaming || state_ == State::kRestarting;
  if ((!streams && state_ != State::kClosing) || !run_) return;
  const auto data = codec::miband::DecodeFetchData(bytes);
  if (!data) return;
  const std::size_t doubled = run_->doubled();
  run_->Add(data->counter, data->payload);
  progress_.doubled += run_->doubled() - doubled;
  HandOver();
  if (state_ == State::kClosing && run_->complete()) return EndRound(talk, now);
  if (state_ != State::kStreaming) return;
  WakeAt(now + kStall);
  since_gap_ = run_->has_gap() ? since_gap_ + 1 : 0;
  const std::size_t rest = progress_.records_announced - run_->sure_records();
  if (since_gap_ < kDisorder || !restarts_ || rest <= kShortRest) return;
  ++progress_.asked_again;
  SendStart(State::kRestarting, talk, now);
}

// Everything up to the first gap.
void Fetch::HandOver() {
  const std::size_t sure = run_->sure_records();
  if (sure == handed_) return;
  Keep(start_us_ + Minutes(handed_), run_->sure().subspan(handed_ * kRecord));
  fruitless_ = busy_ = 0;
  refused_go_ = false;
  handed_ = sure;
}

// Marks these minutes as here and puts them out for storing.
void Fetch::Keep(std::int64_t from_us, Bytes bytes) {
  const std::int64_t to_us = from_us + Minutes(bytes.size() / kRecord);
  std::int64_t fresh_us = std::max<std::int64_t>(0, to_us - std::max(from_us, frontier_us_));
  std::vector<Hole> left;
  for (const Hole& hole : holes_) {
    fresh_us +=
        std::max<std::int64_t>(0, std::min(to_us, hole.to_us) - std::max(from_us, hole.from_us));
    if (hole.from_us < std::min(hole.to_us, from_us))
      left.push_back({hole.from_us, std::min(hole.to_us, from_us)});
    if (std::max(hole.from_us, to_us) < hole.to_us)
      left.push_back({std::max(hole.from_us, to_us), hole.to_us});
  }
  holes_ = std::move(left);
  if (from_us > frontier_us_) holes_.push_back({frontier_us_, from_us});
  frontier_us_ = std::max(frontier_us_, to_us);
  progress_.records += static_cast<std::size_t>(fresh_us / kMinuteUs);
  if (fresh_us == 0) return;
  ready_.push_back({ClockIn(zone_, from_us), std::vector(bytes.begin(), bytes.end())});
  unstored_ = true;
}

void Fetch::EndRound(Talk& talk, RadioTime now) {
  if (run_->conflict()) {
    revoked_ = ClockIn(zone_, start_us_);
    std::erase_if(ready_, [&](const FetchedStretch& stretch) {
      return UtcOf(stretch.start, zone_) >= start_us_;
    });
    progress_.records -= std::min(progress_.records, handed_);
    frontier_us_ = start_us_;
    holes_.clear();
    handed_ = 0;
  } else {
    for (const auto& island : run_->ProvedIslands())
      Keep(start_us_ + Minutes(island.first_record), island.bytes);
  }
  const bool whole = NextWanted() >= start_us_ + Minutes(progress_.records_announced);
  if (!whole) ++progress_.asked_again;
  if (handed_ == 0 && ++fruitless_ >= kFruitlessMax) {
    return Finish({Outcome::End::kNoAnswer, Attribute::kFetchData, 0, false,
                   "the band announced records and sent none, several times"});
  }
  if (!whole || !options_.acknowledge) return AskStart(talk, now);
  after_storing_ = State::kAcknowledging;
  Store(talk, now);
}

void Fetch::AllIsHere(Talk& talk, RadioTime now) {
  after_storing_ = State::kStoring;
  Store(talk, now);
}

// Goes on when everything that was handed over is stored.
void Fetch::Store(Talk& talk, RadioTime now) {
  if (unstored_) {
    state_ = State::kStoring;
    return WakeAt(now + kStoreTime);
  }
  if (after_storing_ != State::kAcknowledging) return Finish({});
  state_ = State::kAcknowledging;
  talk.Command(Attribute::kFetchControl, codec::miband::Encode(FetchRequest{
                                             FetchOp::kAcknowledge, FetchType::kActivity, {}, {}}));
  WakeAt(now + kReplyTime);
}

// Announced, and then not sent: it may be busy. The next start counts as another attempt.
void Fetch::GoRefused(std::uint8_t status, RadioTime now) {
  run_.reset();
  refused_go_ = true;
  Busy(status, now);
}

void Fetch::Busy(std::uint8_t status, RadioTime now) {
  if (++busy_ > kBusyMax) {
    const FetchOp op = refused_go_ ? FetchOp::kGo : FetchOp::kStart;
    return Finish({Outcome::End::kRefused, Attribute::kFetchControl, status, false,
                   std::string(codec::miband::FetchStatusMeaning(op, status))});
  }
  state_ = State::kPausing;
  WakeAt(now + seconds(1 << (busy_ - 1)));
}

void Fetch::Tick(Talk& talk, RadioTime now) {
  switch (state_) {
    case State::kSettling:
      return Go(talk, now);
    case State::kClosing:
      return EndRound(talk, now);
    case State::kPausing:
      return AskStart(talk, now);
    case State::kRestarting:
      // It does not take a start while it streams: its round is waited for.
      restarts_ = false;
      state_ = State::kStreaming;
      return WakeAt(now + kStall);
    case State::kStreaming:
      if (++fruitless_ >= kFruitlessMax)
        return NoAnswer(Attribute::kFetchData, "with the records that it announced");
      ++progress_.asked_again;
      return restarts_ ? SendStart(State::kRestarting, talk, now) : AskStart(talk, now);
    case State::kStarting:
      return NoAnswer(Attribute::kFetchControl, "the request for its records");
    case State::kAcknowledging:
      // Everything is stored; that the band keeps its copy harms nobody.
      return AskStart(talk, now);
    case State::kStoring:
      return Finish({Outcome::End::kStopped, Attribute::kFetchData, 0, false,
                     "what the band sent was not stored in time"});
    case State::kSubscribing:
      return NoAnswer(Attribute::kFetchControl, "the subscription to its records");
  }
}

std::vector<FetchedStretch> Fetch::Take() { return std::exchange(ready_, {}); }

std::optional<Clock> Fetch::TakeRevoked() { return std::exchange(revoked_, std::nullopt); }

void Fetch::Stored(Talk& talk, RadioTime now) {
  unstored_ = !ready_.empty();
  if (!unstored_ && state_ == State::kStoring) Store(talk, now);
}

}  // namespace bk::companion
