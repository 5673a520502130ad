// One sync over a session that somebody else drives: looked at after every event until it says that
// there is no more to do. SyncBand drives one; WatchBand one after the other on a standing link.
#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "app/band/sync_band.h"

namespace bk::app {

class Syncing {
 public:
  Syncing(ports::BandStore& store, const SyncWishes& wishes, const SyncFace& face,
          companion::BandSession& session)
      : store_(store), wishes_(wishes), face_(face), session_(session) {}

  // Between two events; false when there is no more to do.
  bool Look(ports::RadioTime now);
  SyncResult Take();

 private:
  [[nodiscard]] Address band() const { return wishes_.session.address; }

  bool End(SyncResult::End end);
  bool NotStored(Error error);

  void Notes(ports::RadioTime now);

  // The first minute that is asked for: the mark, else as far back as a band may remember.
  Result<std::int64_t> FirstMinute(ports::RadioTime now);

  bool Begin(ports::RadioTime now);
  // Which firmware it runs, against the one that was met last.
  Status MeetFirmware();

  // A clock that was wrong has been set just now. It leaves minutes out or runs through them again,
  // and what was recorded before it was set back stands before the mark.
  bool NoteClock(std::int64_t first, ports::RadioTime now);

  bool KeepGap(const ports::MinuteGap& gap);

  // A mark of the future is of a clock that was wrong: what is recorded until then would be left
  // out.
  [[nodiscard]] std::int64_t Mark(ports::RadioTime now) const;

  // Everything that has become sure goes to the store; only then the band may let go of it. Not
  // packet by packet: a disk may take longer for each than the radio.
  bool TakeStretches(ports::RadioTime now);

  bool SavePending(std::optional<std::int64_t> mark);

  [[nodiscard]] bool Stopped() const { return face_.stopped && face_.stopped(); }

  static std::vector<ports::BandMinute> ToMinutes(const companion::FetchedStretch& stretch);

  // The band began later than it was asked: from the mark on it was off or its clock was set on,
  // before any mark it has forgotten.
  bool SaveGaps();

  // The parts of a gap that no wrong clock explains.
  Result<std::vector<ports::MinuteGap>> WithoutWrongClock(const ports::MinuteGap& gap);

  void CloseRound();

  bool FetchEnded(ports::RadioTime now);

  // Where the clock had been behind, once more: for what stands before the mark because of it.
  bool Done(ports::RadioTime now);

  ports::BandStore& store_;
  const SyncWishes& wishes_;
  const SyncFace& face_;
  companion::BandSession& session_;
  SyncResult result_;
  std::unique_ptr<companion::Fetch> fetch_;
  std::int64_t number_ = 0;
  std::size_t skips_ = 0, before_ = 0;
  int empty_links_ = 0;
  bool asked_before_ = false;
  std::int64_t asked_from_ = 0;            // the first minute of the first fetch
  std::optional<std::int64_t> clock_set_;  // the minute in which a wrong clock was set
  std::optional<std::int64_t> behind_minutes_, ahead_minutes_;  // how far it was off
  std::optional<std::int64_t> looks_back_;  // the second fetch, from this minute on
  std::optional<ports::RadioTime> last_progress_;
  std::vector<ports::BandMinute> pending_;  // sure, not yet in the store
  ports::RadioTime pending_since_{};
};

}  // namespace bk::app
