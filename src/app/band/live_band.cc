#include "app/band/live_band.h"

#include <algorithm>
#include <utility>

#include "app/band/pulse_messages.h"
#include "app/band/words.h"
#include "companion/live.h"

namespace bk::app {
namespace {

using companion::Live;
using companion::LiveReading;
using companion::Procedure;
using Json = nlohmann::ordered_json;

constexpr std::chrono::seconds kPatience{120};

void Take(const LiveReading& reading, LiveSeen& seen) {
  if (reading.beats) {
    seen.beats = *reading.beats;
    if (*reading.beats > 0) {
      const int beats = *reading.beats;
      seen.low = seen.readings == 0 ? beats : std::min(seen.low, beats);
      seen.high = std::max(seen.high, beats);
      seen.sum += beats;
      ++seen.readings;
    }
  }
  if (reading.steps) {
    seen.steps = reading.steps->steps;
    seen.metres = reading.steps->metres;
  }
}

std::string WhatItCameTo(const LiveSeen& seen, std::int64_t seconds,
                         const language::Language& language) {
  const std::string time = HowLong(language, seconds);
  std::string text =
      seen.readings == 0
          ? language.Say(kPulseSays.no_contact, {{"time", time}})
          : language.Say(
                kPulseSays.measured,
                {{"time", time}, {"low", seen.low}, {"high", seen.high}, {"mean", seen.Mean()}});
  if (!seen.steps) return text;
  return language.Say(kPulseSays.with_steps, {{"text", text}, {"count", *seen.steps}});
}

Json HeartJson(const LiveSeen& seen) {
  if (seen.readings == 0) return nullptr;
  return {{"latest", seen.beats && *seen.beats > 0 ? Json(*seen.beats) : Json()},
          {"low", seen.low},
          {"high", seen.high},
          {"mean", seen.Mean()},
          {"readings", seen.readings}};
}

}  // namespace

std::string LiveInWords(const LiveSeen& seen, const language::Language& language) {
  std::string text = !seen.beats       ? language.Say(kPulseSays.waiting)
                     : *seen.beats > 0 ? language.Say(kPulseSays.beats, {{"beats", *seen.beats}})
                                       : language.Say(kPulseSays.skin);
  if (!seen.steps) return text;
  return language.Say(kPulseSays.now_steps, {{"text", text}, {"count", *seen.steps}});
}

Result<BandTold> WatchLive(const BandVisit& visit, const LiveWishes& wishes) {
  BK_TRY(const OpenBand open, OpenKnownBand(visit));
  LiveSeen seen;
  // Set while a measurement runs, which then ends itself: Ctrl-C must not cut its link first.
  const Procedure* running = nullptr;
  std::optional<ports::RadioTime> began;
  const auto stopped = [&open] { return open.clock->stopped(); };
  const auto enough = [&] {
    return stopped() || (wishes.enough && wishes.enough()) ||
           (wishes.time && began && open.radio->Now() - *began >= *wishes.time);
  };
  BandFace face = FaceOf(visit, open);
  face.stopped = [&] {
    const bool ends_itself = running != nullptr && !running->outcome();
    return !ends_itself && enough();
  };
  face.note = [&, note = face.note](const companion::SessionNote& heard) {
    // A link that was lost took the measurement with it.
    using Kind = companion::SessionNote::Kind;
    if (heard.kind == Kind::kLost || heard.kind == Kind::kFailed) running = nullptr;
    note(heard);
  };
  bool refused = false;
  BandRun run = RunOnBand(
      *open.radio, open.Session(visit), kPatience,
      [&](const companion::BandInfo&, const Procedure* last) -> std::unique_ptr<Procedure> {
        running = nullptr;
        if (last != nullptr && last->outcome()) {
          refused = !last->outcome()->done() && seen.readings == 0 && !seen.steps;
          return nullptr;
        }
        if (!began) began = open.radio->Now();
        auto live = std::make_unique<Live>(
            [&](const LiveReading& reading) {
              Take(reading, seen);
              visit.Progress(LiveInWords(seen, visit.in()));
              if (wishes.show) wishes.show(seen);
            },
            enough);
        visit.Progress(LiveInWords(seen, visit.in()));
        running = live.get();
        return live;
      },
      face, /*hang_up_at_once=*/true);
  const std::int64_t seconds = began ? (open.radio->Now() - *began).count() / 1'000'000 : 0;
  // Whoever ends it after something was heard has what he wanted.
  if (run.end == BandRun::End::kStopped && began && (seen.beats || seen.steps))
    run.end = BandRun::End::kDone;
  if (refused) run.end = BandRun::End::kFailed;
  BandTold told = Told(visit, "live", run);
  if (told.done()) Finish(told, told.end, visit.clean(WhatItCameTo(seen, seconds, visit.in())));
  told.document["seconds"] = seconds;
  told.document["heart_rate"] = HeartJson(seen);
  told.document["steps_today"] = seen.steps ? Json(*seen.steps) : Json();
  told.document["metres_today"] = seen.metres ? Json(*seen.metres) : Json();
  return told;
}

}  // namespace bk::app
