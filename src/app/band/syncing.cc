#include "app/band/syncing.h"

#include <algorithm>
#include <cstdlib>
#include <utility>

#include "codec/miband/activity.h"
#include "companion/band_clock.h"

namespace bk::app {
namespace {

// One transaction for so many minutes, or for what came in so long a time: what a kill costs is
// sent again by the band.
constexpr std::size_t kMinutesPerSave = 480;
constexpr std::chrono::seconds kUnsavedAtMost{2};

// A clock that is off by less costs no minute.
constexpr std::int64_t kClockRightS = 60;
// Minutes by which a jump seen in the records may differ from the one measured: a clock drifts.
constexpr std::int64_t kJumpSlack = 2;

std::int64_t FloorMinute(std::int64_t us) {
  return us >= 0 ? us / companion::kMinuteUs
                 : -((-us + companion::kMinuteUs - 1) / companion::kMinuteUs);
}

// Links in a row on which records were announced and none came.
constexpr int kEmptyLinksMax = 3;
constexpr std::uint16_t kShortMtu = 23;

// It announced records, several times, and none came.
bool NothingCame(const companion::Outcome& outcome) {
  return outcome.end == companion::Outcome::End::kNoAnswer &&
         outcome.attribute == companion::Attribute::kFetchData;
}

}  // namespace

bool Syncing::Look(ports::RadioTime now) {
  if (!last_progress_) last_progress_ = now;
  Notes(now);
  if (fetch_ != nullptr && !TakeStretches(now)) return false;
  if (Stopped()) return End(SyncResult::End::kStopped);
  if (session_.over()) {
    result_.failure = session_.failure();
    return End(SyncResult::End::kGivenUp);
  }
  if (fetch_ != nullptr && fetch_->outcome()) return FetchEnded(now);
  if (fetch_ != nullptr && !session_.running()) CloseRound();  // its link was lost
  if (fetch_ == nullptr && session_.ready() && !Begin(now)) return false;
  if (now - *last_progress_ <= wishes_.patience) return true;
  result_.failure = session_.failure();
  return End(SyncResult::End::kGivenUp);
}

SyncResult Syncing::Take() {
  result_.info = session_.info();
  return std::move(result_);
}

bool Syncing::End(SyncResult::End end) {
  CloseRound();
  result_.end = end;
  return false;
}

bool Syncing::NotStored(Error error) {
  result_.error = std::move(error);
  result_.end = SyncResult::End::kNotStored;
  return false;
}

void Syncing::Notes(ports::RadioTime now) {
  for (const companion::SessionNote& note : session_.TakeNotes()) {
    if (note.kind == companion::SessionNote::Kind::kLinkUp) ++result_.links;
    if (note.kind == companion::SessionNote::Kind::kReady) last_progress_ = now;
    if (face_.note) face_.note(note);
  }
}

Result<std::int64_t> Syncing::FirstMinute(ports::RadioTime now) {
  const std::int64_t wall = wishes_.wall(now) / 60;
  const std::int64_t oldest = wall - std::int64_t{wishes_.first_days} * 24 * 60;
  BK_TRY(const auto bands, store_.Bands());
  for (const ports::KeptBand& kept : bands)
    if (kept.address == band() && kept.next_minute) {
      asked_before_ = true;
      // A mark of the future is of a clock that was wrong: nothing may be left out because of it.
      return std::min(*kept.next_minute, wall);
    }
  return oldest;
}

bool Syncing::Begin(ports::RadioTime now) {
  const auto& info = session_.info();
  if (auto met = MeetFirmware(); !met) return NotStored(std::move(met).error());
  if (auto described = store_.Describe({band(), info.firmware, info.hardware, {}}); !described)
    return NotStored(std::move(described).error());
  auto first = FirstMinute(now);
  if (!first) return NotStored(std::move(first).error());
  if (!NoteClock(*first, now)) return false;
  auto number = store_.BeginFetch(band(), wishes_.wall(now));
  if (!number) return NotStored(std::move(number).error());
  number_ = *number;
  companion::Fetch::Options options;
  const std::int64_t since = looks_back_ ? *looks_back_ : *first;
  options.since = companion::ClockIn(wishes_.zone, since * companion::kMinuteUs);
  options.acknowledge = wishes_.acknowledge;
  fetch_ = std::make_unique<companion::Fetch>(options);
  skips_ = 0;
  session_.Run(*fetch_, now);
  return true;
}

Status Syncing::MeetFirmware() {
  OwedMemory memory(store_, band());
  const std::string& running = session_.info().firmware;
  BK_TRY(const auto before, store_.Owed(band()));
  BK_TRY(const auto changed, memory.Changed(running));
  // Said by the sync that meets it, not by each one after it.
  if (changed && !(before && before->elsewhere && before->running == changed->now))
    result_.changed_elsewhere = changed;
  return memory.FirmwareIs(running);
}

bool Syncing::NoteClock(std::int64_t first, ports::RadioTime now) {
  const auto& info = session_.info();
  if (!info.clock_set || !info.clock_ahead_s || !info.clock_read_at ||
      std::llabs(*info.clock_ahead_s) < kClockRightS)
    return true;
  const std::int64_t set =
      FloorMinute(wishes_.wall(now) * 1'000'000 - (now - *info.clock_read_at).count());
  // Of an earlier sync on this link.
  if (clock_set_ == set || (asked_before_ && first >= set)) return true;
  clock_set_ = set;
  asked_from_ = first;
  result_.clock_off_s = *info.clock_ahead_s;
  const std::int64_t other = set + FloorMinute(*info.clock_ahead_s * 1'000'000);
  (other < set ? behind_minutes_ : ahead_minutes_) = std::abs(set - other);
  // Never asked before and reset to its first day: nobody knows since when it is worn.
  if (!asked_before_ && other < first) return true;
  const ports::MinuteGap gap{std::max(std::min(set, other), std::min(first, set)),
                             std::max(set, other), ports::MinuteGap::Why::kClockWrong};
  return gap.from >= gap.to || KeepGap(gap);
}

bool Syncing::KeepGap(const ports::MinuteGap& gap) {
  if (const auto saved = store_.SaveGap(band(), gap); !saved) return NotStored(saved.error());
  result_.gaps.push_back(gap);
  return true;
}

std::int64_t Syncing::Mark(ports::RadioTime now) const {
  return std::min(FloorMinute(fetch_->complete_until_us()),
                  FloorMinute(wishes_.wall(now) * 1'000'000));
}

bool Syncing::TakeStretches(ports::RadioTime now) {
  if (!SaveGaps()) return false;
  if (const auto revoked = fetch_->TakeRevoked()) {
    if (!SavePending(std::nullopt)) return false;
    const auto back =
        store_.Revoke(band(), number_, FloorMinute(companion::UtcOf(*revoked, wishes_.zone)));
    if (!back) return NotStored(back.error());
  }
  for (const companion::FetchedStretch& stretch : fetch_->Take()) {
    if (pending_.empty()) pending_since_ = now;
    const std::vector<ports::BandMinute> minutes = ToMinutes(stretch);
    pending_.insert(pending_.end(), minutes.begin(), minutes.end());
  }
  const bool due = pending_.size() >= kMinutesPerSave || now - pending_since_ >= kUnsavedAtMost ||
                   fetch_->WaitsForStored() || fetch_->outcome() || !session_.running() ||
                   Stopped();
  if (pending_.empty() || !due) return true;
  if (!SavePending(looks_back_ ? std::nullopt : std::optional(Mark(now)))) return false;
  last_progress_ = now;
  fetch_->Stored(session_.talk(), now);
  session_.Pump(now);
  if (face_.progress) {
    face_.progress({before_ + fetch_->progress().records, fetch_->progress().records_announced,
                    result_.links});
  }
  return true;
}

bool Syncing::SavePending(std::optional<std::int64_t> mark) {
  if (pending_.empty()) return true;
  const auto saved = store_.Save(band(), number_, pending_, mark);
  if (!saved) return NotStored(saved.error());
  pending_.clear();
  empty_links_ = 0;
  result_.saved.fresh += saved->fresh;
  result_.saved.same += saved->same;
  result_.saved.another += saved->another;
  return true;
}

std::vector<ports::BandMinute> Syncing::ToMinutes(const companion::FetchedStretch& stretch) {
  std::vector<ports::BandMinute> minutes;
  std::int64_t minute = FloorMinute(companion::UtcOf(stretch.start, stretch.start.quarter_hours));
  for (const auto& sample : codec::miband::DecodeActivity(stretch.bytes))
    minutes.push_back({minute++, stretch.start.quarter_hours, sample.kind, sample.intensity,
                       sample.steps, sample.heart_rate});
  return minutes;
}

bool Syncing::SaveGaps() {
  if (looks_back_) return true;  // it is asked for what may be there, not for all
  const auto& skips = fetch_->progress().skips;
  for (; skips_ < skips.size(); ++skips_) {
    const ports::MinuteGap gap{FloorMinute(companion::UtcOf(skips[skips_].asked, wishes_.zone)),
                               FloorMinute(companion::UtcOf(skips[skips_].began, wishes_.zone)),
                               asked_before_ || skips_ > 0 ? ports::MinuteGap::Why::kOff
                                                           : ports::MinuteGap::Why::kOverwritten};
    // Long enough for the jump by which the clock came to be ahead, whenever that was.
    if (ahead_minutes_ && gap.to - gap.from >= *ahead_minutes_ - kJumpSlack &&
        gap.why == ports::MinuteGap::Why::kOff) {
      if (!KeepGap({gap.from, gap.to, ports::MinuteGap::Why::kClockWrong})) return false;
      continue;
    }
    const auto pieces = WithoutWrongClock(gap);
    if (!pieces) return NotStored(pieces.error());
    for (const ports::MinuteGap& piece : *pieces)
      if (!KeepGap(piece)) return false;
  }
  return true;
}

Result<std::vector<ports::MinuteGap>> Syncing::WithoutWrongClock(const ports::MinuteGap& gap) {
  BK_TRY(const auto known, store_.Gaps(band()));
  std::vector<ports::MinuteGap> pieces;
  std::int64_t from = gap.from;
  for (const ports::MinuteGap& wrong : known) {  // in order of time
    if (wrong.why != ports::MinuteGap::Why::kClockWrong || wrong.to <= from) continue;
    if (wrong.from >= gap.to) break;
    if (wrong.from > from) pieces.push_back({from, wrong.from, gap.why});
    from = wrong.to;
  }
  if (from < gap.to) pieces.push_back({from, gap.to, gap.why});
  return pieces;
}

void Syncing::CloseRound() {
  if (fetch_ == nullptr) return;
  before_ += fetch_->progress().records;
  result_.asked_again += fetch_->progress().asked_again;
  fetch_.reset();
  pending_.clear();  // not marked, so it comes again
}

bool Syncing::FetchEnded(ports::RadioTime now) {
  const companion::Outcome outcome = *fetch_->outcome();
  if (outcome.done()) return Done(now);
  CloseRound();
  result_.failure = outcome;
  // Silence on a standing link: another link may do. A refusal will not change.
  if (outcome.end == companion::Outcome::End::kRefused) return End(SyncResult::End::kRefused);
  // A link that comes about is a step forward, so these would go on for ever.
  if (NothingCame(outcome) && ++empty_links_ > kEmptyLinksMax)
    return End(SyncResult::End::kGivenUp);
  if (NothingCame(outcome) && session_.talk().mtu > kShortMtu) {
    // What the band announces is short and comes; its data may be as long as the link allows, and
    // some hosts lose that.
    result_.long_packets_fail = !session_.RenewWithShortPackets(now);
    return true;
  }
  session_.Renew(now);
  return true;
}

bool Syncing::Done(ports::RadioTime now) {
  if (looks_back_ || !behind_minutes_) return End(SyncResult::End::kDone);
  // Up to when it was set, everything is here or in the gap.
  if (const auto saved = store_.Save(band(), number_, {}, *clock_set_); !saved)
    return NotStored(saved.error());
  CloseRound();
  looks_back_ = std::max<std::int64_t>(asked_from_ - *behind_minutes_, 0);
  return Begin(now);
}

}  // namespace bk::app
