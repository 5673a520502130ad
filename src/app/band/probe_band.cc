#include "app/band/probe_band.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "app/band/band_alias.h"
#include "app/band/messages.h"
#include "app/band/my_band.h"
#include "app/band/owed_resources.h"
#include "app/band/probe_findings.h"
#include "app/band/probe_in.h"
#include "app/band/probe_messages.h"
#include "app/band/run_on_band.h"
#include "app/band/scan_bands.h"
#include "companion/band_clock.h"
#include "companion/fetch.h"

namespace bk::app {
namespace {

using companion::Outcome;
using companion::SessionNote;
using Kind = SessionNote::Kind;
using ports::RadioTime;
using std::chrono::seconds;
using Reach = ProbeResult::Reach;

constexpr seconds kListenTime{12};
constexpr seconds kPatience{50};   // without any step forward
constexpr seconds kFetchTime{30};  // for the records of the last hour
constexpr seconds kTimeMax{120};   // all in all
constexpr int kHours = 2;
constexpr int kFetches = 2;  // attempts

// Fetches and throws away: whoever only looks stores nothing and lets nothing be deleted.
class LookAtRecords final : public companion::Procedure {
 public:
  LookAtRecords(codec::miband::Clock since, std::size_t& records)
      : fetch_({.since = since, .acknowledge = false}), records_(records) {}
  void Start(companion::Talk& talk, RadioTime now) override {
    ends_ = now + kFetchTime;
    fetch_.Start(talk, now);
    Follow(talk, now);
  }
  void Hear(const companion::Heard& heard, companion::Talk& talk, RadioTime now) override {
    fetch_.Hear(heard, talk, now);
    Follow(talk, now);
  }
  void Tick(companion::Talk& talk, RadioTime now) override {
    if (now >= ends_)
      return Finish({Outcome::End::kNoAnswer, companion::Attribute::kFetchControl, 0, false,
                     "its records did not come within half a minute"});
    if (fetch_.deadline() && *fetch_.deadline() <= now) fetch_.Tick(talk, now);
    Follow(talk, now);
  }

 private:
  void Follow(companion::Talk& talk, RadioTime now) {
    (void)fetch_.TakeRevoked();
    (void)fetch_.Take();
    fetch_.Stored(talk, now);
    records_ = fetch_.progress().records;
    if (fetch_.outcome()) return Finish(*fetch_.outcome());
    WakeAt(fetch_.deadline() ? std::min(ends_, *fetch_.deadline()) : ends_);
  }

  companion::Fetch fetch_;
  std::size_t& records_;
  RadioTime ends_{};
};

class Probing {
 public:
  Probing(const BandWorld& world, ports::Clock& clock, const ProbeWishes& wishes,
          const std::function<void(std::string_view)>& progress, ports::BandRadio& radio,
          const language::Language& language)
      : world_(world),
        clock_(clock),
        wishes_(wishes),
        progress_(progress),
        radio_(radio),
        language_(language) {}

  Result<ProbeResult> Run(ports::BandStore& store) {
    BK_TRY(const std::optional<MyBand> known, Known(store));
    BK_TRY(const MyBand band, Listen(known));
    if (result_.reach != Reach::kHeld) {
      Say(kProbeSays.connecting);
      Converse(band);
    }
    if (clock_.stopped()) return Stopped();
    const OwedMemory memory(store, band.address);
    BK_TRY(result_.resources_of, memory.Lacks(result_.info.firmware));
    BK_TRY(result_.changed_elsewhere, memory.Changed(result_.info.firmware));
    if (progress_) progress_("");
    result_.phones_off = wishes_.phones_off;
    result_.at = Wall();
    WriteProbeFindings(language_, result_);
    return std::move(result_);
  }

 private:
  void Say(const Message& message) const {
    if (progress_) progress_(language_.Say(message));
  }
  [[nodiscard]] std::unexpected<Error> Stopped() const {
    return Fail(ErrorCode::kStopped, language_.Say(kWaySays.nothing_changed));
  }
  // As the clock on this computer's wall, which a phone beside it shows too.
  [[nodiscard]] WallTime Wall() const {
    const std::int64_t millis = clock_.WallMillis();
    return WallTime{(millis + world_.local(millis / 1000).quarter_hours * 900'000) * 1000};
  }
  void Event(std::string kind, std::string text) {
    result_.evidence.events.push_back(
        {.at = Wall(),
         .kind = std::move(kind),
         .text = std::move(text),
         .source = evidence::SourceKind::kBand,
         .where = {.file = std::string(kProbePlace), .time = Wall()}});
  }

  // The band that is meant; nullopt: none is known here, so whichever is heard.
  Result<std::optional<MyBand>> Known(ports::BandStore& store) {
    auto band = FindMyBand(world_, store, wishes_.band, language_, &radio_);
    if (band) return std::optional<MyBand>(*band);
    if (band.error().code == ErrorCode::kNotFound) return std::optional<MyBand>();
    return std::unexpected(std::move(band).error());
  }

  Result<MyBand> Listen(const std::optional<MyBand>& known) {
    Say(kProbeSays.listening);
    const BandScan scan =
        ScanBands(radio_, kListenTime, [&](const std::vector<companion::NearbyBand>& bands) {
          if (!known) return false;
          const auto* heard = Heard(bands, known->address);
          return heard != nullptr && heard->heard >= 3 && heard->connectable != false;
        });
    if (clock_.stopped()) return Stopped();
    if (scan.adapter_trouble) return Fail(ErrorCode::kNotFound, *scan.adapter_trouble);
    result_.others = scan.others + scan.bands.size();
    const companion::NearbyBand* heard = nullptr;
    if (known) {
      heard = Heard(scan.bands, known->address);
    } else if (scan.bands.size() == 1) {
      heard = &scan.bands.front();
    } else if (scan.bands.size() > 1) {
      return Fail(ErrorCode::kInvalid,
                  language_.Say(kProbeSays.several, {{"list", ListToChoose(scan.bands, language_)},
                                                     {"which", language_.Say(kWhichSays.which)}}));
    } else {
      return Fail(ErrorCode::kNotFound, language_.Say(kProbeSays.none));
    }
    if (heard == nullptr) {
      Event("probe_silence",
            fmt::format("the band was not heard in {} s of listening", kListenTime.count()));
      return *known;
    }
    --result_.others;
    result_.rssi = heard->rssi;
    result_.reach = heard->connectable == false ? Reach::kHeld : Reach::kNoLink;
    Event("probe_heard",
          fmt::format(
              "the band was heard{}{}", heard->rssi ? fmt::format(" at {} dBm", *heard->rssi) : "",
              heard->connectable == false ? ", not connectable: another device has its link" : ""));
    if (known) return *known;
    MyBand band;
    band.address = heard->address;
    return band;
  }
  static const companion::NearbyBand* Heard(const std::vector<companion::NearbyBand>& bands,
                                            Address address) {
    const auto at = std::ranges::find(bands, address, &companion::NearbyBand::address);
    return at == bands.end() ? nullptr : &*at;
  }

  void Converse(const MyBand& band) {
    companion::BandSession::Options options =
        SessionFor(world_, band, radio_, clock_.WallMillis() / 1000);
    options.set_clock = false;
    result_.key = band.key ? ProbeResult::Key::kNotReached : ProbeResult::Key::kNone;
    const RadioTime ends = radio_.Now() + kTimeMax;
    bool authenticating = false, asked_key = false, late = false;
    int fetches = 0;
    std::size_t records = 0;
    BandFace face;
    face.note = [&](const SessionNote& note) {
      if (note.kind == Kind::kLinkUp) Reached(Reach::kConnected, "link_up", "the band took a link");
      authenticating = band.key && note.kind == Kind::kDiscovered;
      if (authenticating) {
        asked_key = true;
        Say(kProbeSays.key);
      }
      if (note.kind == Kind::kAuthenticated) {
        result_.key = ProbeResult::Key::kAccepted;
        Event("auth_succeeded", "the band accepted the key");
      }
      if (note.kind == Kind::kReady)
        Reached(Reach::kAnswers, "probe_answers", "the band answered what it was asked");
      if (note.kind == Kind::kFailed || note.kind == Kind::kLost) {
        result_.failure = note.outcome ? note.outcome->text : note.text;
        if (note.outcome && note.kind == Kind::kFailed) Event("probe_failed", result_.failure);
      }
      if (note.kind == Kind::kGivenUp && note.outcome) result_.failure = note.outcome->text;
      if (note.kind == Kind::kHeard && note.connectable == false &&
          result_.reach < Reach::kConnected)
        result_.reach = Reach::kHeld;
    };
    face.stopped = [&] {
      late = radio_.Now() >= ends;
      return late || clock_.stopped();
    };
    const BandRun run = RunOnBand(
        radio_, options, kPatience,
        [&](const companion::BandInfo& info,
            const companion::Procedure* last) -> std::unique_ptr<companion::Procedure> {
          if (last != nullptr && last->outcome()) {
            Records(*last->outcome(), records);
            return nullptr;
          }
          if (!band.key || fetches == kFetches) {
            if (fetches > 0)
              Records({Outcome::End::kLinkLost, companion::Attribute::kFetchControl, 0, false,
                       "the link ended while its records came"},
                      records);
            return nullptr;
          }
          ++fetches;
          Say(kProbeSays.records);
          // By the band's clock, which may be wrong.
          const auto wall = clock_.WallMillis() / 1000 + info.clock_ahead_s.value_or(0);
          return std::make_unique<LookAtRecords>(
              companion::ClockIn(world_.local(wall).quarter_hours,
                                 (wall / 60 - std::int64_t{kHours} * 60) * companion::kMinuteUs),
              records);
        },
        face, /*hang_up_at_once=*/true);
    result_.info = run.info;
    if (run.end == BandRun::End::kDone && result_.records != ProbeResult::Records::kFailed)
      result_.failure.clear();
    else if (run.failure)
      result_.failure = run.failure->text;
    const bool refused = run.failure && companion::Authenticate::KeyIsWrong(*run.failure);
    if (refused) {
      result_.key = ProbeResult::Key::kRefused;
      // A refusal is an answer: the band is awake.
      result_.reach = Reach::kAnswers;
      result_.key_status = run.failure->status;
      Event("auth_failed", "the band refused the key: " + run.failure->text);
    } else if (asked_key && result_.key == ProbeResult::Key::kNotReached) {
      result_.key = ProbeResult::Key::kNoAnswer;
    }
    if (fetches > 0 && result_.records == ProbeResult::Records::kNotAsked &&
        run.end != BandRun::End::kDone && !clock_.stopped())
      result_.records = ProbeResult::Records::kFailed;
  }

  void Reached(Reach reach, std::string kind, std::string text) {
    if (reach > result_.reach) result_.reach = reach;
    Event(std::move(kind), std::move(text));
  }
  void Records(const Outcome& outcome, std::size_t records) {
    if (outcome.done()) {
      result_.records = records > 0 ? ProbeResult::Records::kCame : ProbeResult::Records::kNone;
      Event("probe_records", fmt::format("{} minutes of the last {} hours came", records, kHours));
      return;
    }
    result_.records = ProbeResult::Records::kFailed;
    result_.failure = outcome.text;
    Event("probe_failed", outcome.text);
  }

  const BandWorld& world_;
  ports::Clock& clock_;
  const ProbeWishes& wishes_;
  const std::function<void(std::string_view)>& progress_;
  ports::BandRadio& radio_;
  const language::Language& language_;
  ProbeResult result_;
};

}  // namespace

Result<ProbeResult> ProbeBandIn(const language::Language& language, const BandWorld& world,
                                ports::Clock& clock, const ProbeWishes& wishes,
                                const std::function<void(std::string_view)>& progress) {
  BK_TRY(const auto store, world.open_store());
  BK_TRY(const auto radio,
         world.open_radio({wishes.adapter, [&clock] { return clock.stopped(); }}));
  return Probing(world, clock, wishes, progress, *radio, language).Run(*store);
}

Result<ProbeResult> ProbeBand(const BandWorld& world, ports::Clock& clock,
                              const ProbeWishes& wishes,
                              const std::function<void(std::string_view)>& progress) {
  return ProbeBandIn(language::Language{}, world, clock, wishes, progress);
}

}  // namespace bk::app
