#include "app/band/watch_band.h"

#include <algorithm>
#include <memory>
#include <utility>

#include "app/band/drive.h"
#include "app/band/messages.h"
#include "app/band/syncing.h"
#include "app/band/words.h"
#include "companion/read_battery.h"

namespace bk::app {
namespace {

using companion::SessionNote;
using ports::RadioTime;
using Kind = WatchBandEvent::Kind;
using std::chrono::seconds;

// Only so that the store gets what came, and the schedule and the person's wish to stop are seen;
// every event of the radio is looked at at once. Twelve wakes a minute.
constexpr seconds kLookAgain{5};
// A sync that failed is tried again after this long, not after the whole schedule.
constexpr std::int64_t kRetryS = 5 * 60;
// A computer whose wall clock ran so much more than its radio's slept, or was put right.
constexpr std::int64_t kSleptS = 60;
// A band that was warned of is not warned of again until it was charged.
constexpr int kChargedPercent = 10;  // above the limit

const language::Language kEnglish;

class Watching {
 public:
  Watching(ports::BandRadio& radio, ports::BandStore& store, const BandWorld& world,
           ports::Clock& clock, const WatchBandWishes& wishes, const WatchBandFace& face)
      : radio_(radio),
        store_(store),
        world_(world),
        clock_(clock),
        wishes_(wishes),
        face_(face),
        language_(wishes.language == nullptr ? kEnglish : *wishes.language),
        session_(wishes.session),
        began_(radio.Now()),
        due_(Wall()),
        offset_(Wall() - Seconds(radio.Now())) {
    sync_face_.note = [this](const SessionNote& note) { Hear(note); };
    sync_face_.stopped = face.stopped;
  }

  WatchBandResult Run() {
    session_.Start(radio_.Now());
    Drive(radio_, session_, kLookAgain, [this](RadioTime now) { return Look(now); });
    Settle(radio_.Now());
    result_.linked_at_end = linked_since_.has_value();
    result_.seconds = Seconds(radio_.Now() - began_);
    CloseLink(radio_, session_);
    return std::move(result_);
  }

 private:
  [[nodiscard]] std::string Say(const Message& message,
                                const std::vector<language::Argument>& arguments = {}) const {
    return language_.Say(message, arguments);
  }
  static std::int64_t Seconds(RadioTime time) { return time.count() / 1'000'000; }
  [[nodiscard]] std::int64_t Wall() const { return clock_.WallMillis() / 1000; }
  void Tell(Kind kind, std::string text, bool warning = false) {
    if (face_.tell) face_.tell({kind, Wall(), warning, std::move(text)});
  }
  bool End(WatchBandResult::End end) {
    result_.end = end;
    return false;
  }

  bool Look(RadioTime now) {
    LookAtClock(now);
    if (syncing_ != nullptr) {
      if (!syncing_->Look(now) && !SyncEnded(now)) return false;
    } else {
      for (const SessionNote& note : session_.TakeNotes()) Hear(note);
    }
    if (face_.stopped && face_.stopped()) return End(WatchBandResult::End::kStopped);
    if (given_up_ || session_.over()) {
      result_.failure = session_.failure();
      return End(WatchBandResult::End::kNeedsOwner);
    }
    if (wishes_.time && now - began_ >= *wishes_.time) return End(WatchBandResult::End::kTimeOver);
    if (syncing_ == nullptr && session_.ready()) Go(now);
    return true;
  }

  // On a link that is free: the battery when it was long not asked for, then the sync that is due.
  void Go(RadioTime now) {
    if (battery_ != nullptr) {
      if (battery_->outcome() && battery_->battery()) Battery(battery_->battery()->percent);
      battery_.reset();
    }
    if (Wall() < due_) return;
    if (!std::exchange(battery_asked_, true)) {
      battery_ = std::make_unique<companion::ReadBattery>();
      session_.Run(*battery_, now);
      return;
    }
    sync_ = {};
    sync_.session = wishes_.session;
    sync_.wall = [this](RadioTime) { return Wall(); };
    sync_.zone = world_.local(Wall()).quarter_hours;
    zone_ = sync_.zone;
    sync_.acknowledge = wishes_.acknowledge;
    syncing_ = std::make_unique<Syncing>(store_, sync_, sync_face_, session_);
  }

  // False: the watch is over.
  bool SyncEnded(RadioTime now) {
    const SyncResult result = syncing_->Take();
    syncing_.reset();
    if (session_.running()) session_.Renew(now);  // what it ran is gone
    battery_asked_ = false;
    const std::size_t fresh = result.saved.fresh + result.saved.another;
    result_.minutes += fresh;
    due_ = Wall() + kRetryS;
    switch (result.end) {
      case SyncResult::End::kDone:
        ++result_.syncs;
        failing_ = false;
        due_ = Wall() + std::chrono::seconds(wishes_.every).count();
        if (fresh > 0) Tell(Kind::kSynced, Say(kStandSays.synced, {{"count", fresh}}));
        break;
      case SyncResult::End::kRefused:
        if (!std::exchange(failing_, true))
          Tell(Kind::kSyncFailed,
               Say(kStandSays.refused, {{"why", WhyClause(*result.failure, language_)}}), true);
        break;
      case SyncResult::End::kNotStored:
        result_.error = result.error;
        return End(WatchBandResult::End::kNotStored);
      case SyncResult::End::kGivenUp:
      case SyncResult::End::kStopped:
        break;  // the link's loss is told by itself
    }
    return true;
  }

  // The zone that the band has is put right at the next link, so there is one when it changes.
  void LookAtClock(RadioTime now) {
    const std::int64_t offset = Wall() - Seconds(now);
    const std::int64_t slept = offset - offset_;
    if (slept > kSleptS)
      Tell(Kind::kSlept, Say(kStandSays.slept, {{"time", HowLong(language_, slept)}}));
    if (slept > kSleptS || slept < -kSleptS) {
      offset_ = offset;
      // Set back: what was due then may lie far ahead now.
      due_ = std::min(due_, Wall() + std::chrono::seconds(wishes_.every).count());
      stale_ = true;
    }
    const std::int8_t zone = world_.local(Wall()).quarter_hours;
    stale_ = stale_ || (zone_ && zone != *zone_);
    // A sync that runs ends first; it keeps its own clock's zone.
    if (!stale_ || syncing_ != nullptr) return;
    stale_ = false;
    zone_ = zone;
    session_.Renew(now);
  }

  void Hear(const SessionNote& note) {
    switch (note.kind) {
      case SessionNote::Kind::kConnecting:
        ++result_.attempts;
        return;
      case SessionNote::Kind::kReady:
        ++result_.links;
        Connected(note.at);
        if (const auto& battery = session_.info().battery) Battery(battery->percent);
        return;
      case SessionNote::Kind::kLost:
        if (!linked_since_) return;
        ++result_.drops;
        Settle(note.at);
        lost_at_ = note.at;
        return Tell(Kind::kLost, Say(kStandSays.lost));
      case SessionNote::Kind::kFailed:
      case SessionNote::Kind::kPausing:
        return Settle(note.at);
      case SessionNote::Kind::kNotHeard:
        if (!std::exchange(away_, true)) Tell(Kind::kAway, Say(kStandSays.away));
        return;
      case SessionNote::Kind::kHeard:
        if (note.connectable == false && !std::exchange(away_, true))
          Tell(Kind::kAway, Say(kStandSays.held));
        return;
      case SessionNote::Kind::kAdapter:
        Settle(note.at);
        return Tell(Kind::kAdapter, note.text.empty() ? Say(kStandSays.adapter_back) : note.text,
                    !note.text.empty());
      case SessionNote::Kind::kGivenUp:
        given_up_ = true;
        return;
      case SessionNote::Kind::kLinkUp:
      case SessionNote::Kind::kDiscovered:
      case SessionNote::Kind::kAuthenticated:
        return;
    }
  }

  void Connected(RadioTime at) {
    if (linked_since_) return;
    std::string text = Say(kStandSays.connected);
    if (lost_at_) {
      const std::int64_t gap = Seconds(at - *lost_at_);
      result_.longest_gap_seconds = std::max(result_.longest_gap_seconds, gap);
      text = Say(kStandSays.again, {{"time", HowLong(language_, gap)}});
    }
    linked_since_ = at;
    lost_at_.reset();
    away_ = false;
    Tell(Kind::kConnected, std::move(text));
  }
  // The link's time so far is counted.
  void Settle(RadioTime now) {
    if (!linked_since_) return;
    result_.linked_seconds += Seconds(now - *linked_since_);
    if (session_.linked()) {
      linked_since_ = now;
      return;
    }
    linked_since_.reset();
    if (!lost_at_) lost_at_ = now;
  }

  void Battery(int percent) {
    if (percent > wishes_.low_percent + kChargedPercent) warned_ = false;
    if (percent > wishes_.low_percent || std::exchange(warned_, true)) return;
    Tell(Kind::kBatteryLow, Say(kStandSays.battery_low, {{"percent", percent}}), true);
  }

  ports::BandRadio& radio_;
  ports::BandStore& store_;
  const BandWorld& world_;
  ports::Clock& clock_;
  const WatchBandWishes& wishes_;
  const WatchBandFace& face_;
  const language::Language& language_;
  companion::BandSession session_;
  WatchBandResult result_;
  SyncFace sync_face_;
  SyncWishes sync_;
  std::unique_ptr<Syncing> syncing_;
  std::unique_ptr<companion::ReadBattery> battery_;
  RadioTime began_;
  std::int64_t due_;     // the next sync, by the wall
  std::int64_t offset_;  // of the wall against the radio's clock
  std::optional<std::int8_t> zone_;
  std::optional<RadioTime> linked_since_, lost_at_;
  bool battery_asked_ = true;  // setting up has asked for it
  bool stale_ = false;         // the clock that the band was given
  bool away_ = false, failing_ = false, warned_ = false, given_up_ = false;
};

}  // namespace

WatchBandResult WatchBand(ports::BandRadio& radio, ports::BandStore& store, const BandWorld& world,
                          ports::Clock& clock, const WatchBandWishes& wishes,
                          const WatchBandFace& face) {
  return Watching(radio, store, world, clock, wishes, face).Run();
}

}  // namespace bk::app
