#include "app/band/band_visit.h"

#include <utility>

#include "app/band/messages.h"
#include "app/band/words.h"

namespace bk::app {

const language::Language& BandVisit::in() const {
  static const language::Language kEnglish;
  return language == nullptr ? kEnglish : *language;
}

companion::BandSession::Options OpenBand::Session(const BandVisit& visit) const {
  return SessionFor(*visit.world, band, *radio, *clock);
}

Result<OpenBand> OpenBandRadio(const BandVisit& visit) {
  if (visit.world == nullptr || !visit.clock)
    return Fail(ErrorCode::kNotSupported, visit.Say(kWaySays.no_bluetooth));
  OpenBand open;
  BK_TRY(open.store, visit.world->open_store());
  open.clock = visit.clock();
  BK_TRY(open.radio,
         visit.world->open_radio({.adapter = visit.adapter, .stopped = [clock = open.clock.get()] {
                                    return clock->stopped();
                                  }}));
  return open;
}

Result<OpenBand> OpenKnownBand(const BandVisit& visit) {
  BK_TRY(OpenBand open, OpenBandRadio(visit));
  BK_TRY(open.band,
         FindMyBand(*visit.world, *open.store, visit.band, visit.in(), open.radio.get()));
  if (!open.band.key) return Fail(ErrorCode::kNotFound, visit.Say(kWaySays.no_key));
  return open;
}

BandFace FaceOf(const BandVisit& visit, const OpenBand& open) {
  return {.note =
              [&visit](const companion::SessionNote& note) {
                if (const std::string words = NoteInWords(note, visit.in()); !words.empty())
                  visit.Progress(words);
              },
          .tick = {},
          .stopped = [clock = open.clock.get()] { return clock->stopped(); }};
}

BandTold Told(const BandVisit& visit, std::string_view verb, const BandRun& run) {
  using End = BandRun::End;
  visit.Progress("");
  BandTold told{.document = BandJson(verb)};
  switch (run.end) {
    case End::kDone:
      told.info = run.info;
      Finish(told, BandTold::End::kDone, "");
      told.document["info"] = InfoJson(visit, run.info);
      return told;
    case End::kStopped:
      Finish(told, BandTold::End::kStopped, visit.Say(kWaySays.left_as_it_was));
      return told;
    case End::kNotReached:
      told.end = BandTold::End::kNotReached;
      break;
    case End::kNeedsOwner:
      told.end = BandTold::End::kNeedsOwner;
      break;
    case End::kFailed:
      told.end = BandTold::End::kFailed;
      break;
  }
  Finish(told, told.end, visit.clean(WhyNotReached(run.failure, run.notes, visit.in())));
  return told;
}

void Finish(BandTold& told, BandTold::End end, std::string text) {
  told.end = end;
  told.document["done"] = told.done();
  told.document["text"] = text;
  told.text = std::move(text);
}

nlohmann::ordered_json BandJson(std::string_view verb) {
  return {{"schema", "bandkeeper.band/1"}, {"verb", verb}};
}

nlohmann::ordered_json InfoJson(const BandVisit& visit, const companion::BandInfo& info) {
  nlohmann::ordered_json json = {{"firmware", visit.clean(info.firmware)},
                                 {"hardware", visit.clean(info.hardware)}};
  if (info.battery) {
    json["battery_percent"] = info.battery->percent;
    json["charging"] = info.battery->charging;
  }
  if (info.clock_ahead_s) json["clock_ahead_seconds"] = *info.clock_ahead_s;
  json["clock_set"] = info.clock_set;
  return json;
}

}  // namespace bk::app
