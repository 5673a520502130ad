#include "cli/band/open.h"

#include <fmt/format.h>

namespace bk::cli {
namespace {

using companion::SessionNote;
using Kind = companion::SessionNote::Kind;

std::string Words(const SessionNote& note) {
  switch (note.kind) {
    case Kind::kConnecting:
      return "Waiting for the band's answer";
    case Kind::kLinkUp:
      return "Connected; reading its services";
    case Kind::kDiscovered:
      return "Authenticating";
    case Kind::kAuthenticated:
      return "Authenticated; setting up";
    case Kind::kReady:
      return "Ready";
    case Kind::kFailed:
    case Kind::kLost:
      return "The link was lost; trying again";
    case Kind::kPausing:
      return note.pause.count() == 0
                 ? ""
                 : fmt::format("Next attempt in {} s", (note.pause.count() + 500'000) / 1'000'000);
    case Kind::kNotHeard:
      return "The band is not heard; still trying (Ctrl-C ends it)";
    case Kind::kHeard:
      return note.connectable == false ? "Another device holds the band; waiting until it lets go"
                                       : "The band is heard; connecting";
    case Kind::kAdapter:
      return note.text.empty() ? "Bluetooth is back" : note.text;
    case Kind::kGivenUp:
      return "";
  }
  return "";
}

std::string ClockWords(std::int64_t ahead_s) {
  const std::int64_t off = ahead_s < 0 ? -ahead_s : ahead_s;
  if (off <= 5) return "right";
  const std::string_view way = ahead_s > 0 ? "fast" : "slow";
  if (off < 120) return fmt::format("{} s {}", off, way);
  if (off < 7200) return fmt::format("{} min {}", off / 60, way);
  return fmt::format("{} h {}", off / 3600, way);
}

}  // namespace

companion::BandSession::Options OpenBand::Session(const app::World& world) const {
  return app::SessionFor(*world.band, band, *radio, *clock);
}

Result<OpenBand> OpenRadio(const Options& options, const app::World& world) {
  if (world.band == nullptr || !world.clock)
    return Fail(ErrorCode::kNotSupported, "This bandkeeper was made without Bluetooth.");
  OpenBand open;
  BK_TRY(open.store, world.band->open_store());
  open.clock = world.clock();
  app::RadioWishes wishes;
  wishes.adapter = options.on_band.adapter;
  wishes.stopped = [clock = open.clock.get()] { return clock->stopped(); };
  BK_TRY(open.radio, world.band->open_radio(wishes));
  return open;
}

Result<OpenBand> OpenMyBand(const Options& options, const app::World& world) {
  BK_TRY(OpenBand open, OpenRadio(options, world));
  BK_TRY(open.band, app::FindMyBand(*world.band, *open.store, options.band));
  if (!open.band.key)
    return Fail(
        ErrorCode::kNotFound,
        "The key of this band is not known here: run `bandkeeper pair` with it beside you.");
  return open;
}

void ShowNote(const SessionNote& note, const app::World& world) {
  if (!world.progress) return;
  if (const std::string words = Words(note); !words.empty()) world.progress(words);
}

app::BandFace FaceOf(const OpenBand& open, const app::World& world) {
  app::BandFace face;
  face.note = [&world](const SessionNote& note) { ShowNote(note, world); };
  face.stopped = [clock = open.clock.get()] { return clock->stopped(); };
  return face;
}

Outcome NotDone(const app::BandRun& run, const Options& options, std::string_view verb,
                app::Privacy& privacy) {
  using End = app::BandRun::End;
  const bool stopped = run.end == End::kStopped;
  std::string text = stopped ? "Stopped. The band was left as it was."
                             : app::WhyNotReached(run.failure, run.notes);
  const ExitCode status = stopped || run.end == End::kFailed ? ExitCode::kStepFailed
                          : run.end == End::kNeedsOwner      ? ExitCode::kTrouble
                                                             : ExitCode::kCouldNotCheck;
  if (!options.json) return Failed(status, privacy.Scrub(text));
  nlohmann::ordered_json json = BandJson(verb);
  json["done"] = false;
  json["text"] = privacy.Scrub(text);
  return {.status = status, .out = Dump(json)};
}

nlohmann::ordered_json BandJson(std::string_view verb) {
  return {{"schema", "bandkeeper.band/1"}, {"verb", verb}};
}

std::string InfoText(const companion::BandInfo& info) {
  std::string text;
  const auto line = [&](std::string_view name, std::string_view value) {
    text += fmt::format("  {:<12}{}\n", name, value);
  };
  line("Firmware", info.firmware.empty() ? "not told" : info.firmware);
  line("Hardware", info.hardware.empty() ? "not told" : info.hardware);
  if (info.battery)
    line("Battery",
         fmt::format("{} %{}", info.battery->percent, info.battery->charging ? ", charging" : ""));
  if (info.clock_ahead_s)
    line("Clock", ClockWords(*info.clock_ahead_s) +
                      (info.clock_set && (*info.clock_ahead_s > 5 || *info.clock_ahead_s < -5)
                           ? ", set right now"
                           : ""));
  return text;
}

nlohmann::ordered_json InfoJson(const companion::BandInfo& info) {
  nlohmann::ordered_json json = {{"firmware", info.firmware}, {"hardware", info.hardware}};
  if (info.battery) {
    json["battery_percent"] = info.battery->percent;
    json["charging"] = info.battery->charging;
  }
  if (info.clock_ahead_s) json["clock_ahead_seconds"] = *info.clock_ahead_s;
  json["clock_set"] = info.clock_set;
  return json;
}

}  // namespace bk::cli
