// `watch` without a phone: words, lines and the unit.
#include <fmt/format.h>

#include "app/band/messages.h"
#include "app/band/watch_band.h"
#include "app/band/words.h"
#include "app/evidence_json.h"
#include "cli/band/band_verbs.h"
#include "cli/band/messages.h"
#include "cli/moment.h"

namespace bk::cli {
namespace {

using End = app::WatchBandResult::End;
using Kind = app::WatchBandEvent::Kind;

// A simulated watch without an end would never end: its time passes as fast as it can.
constexpr double kSimulatedHours = 24;

std::string_view KindName(Kind kind) {
  switch (kind) {
    case Kind::kConnected:
      return "connected";
    case Kind::kLost:
      return "lost";
    case Kind::kAway:
      return "away";
    case Kind::kSynced:
      return "synced";
    case Kind::kSyncFailed:
      return "sync_failed";
    case Kind::kBatteryLow:
      return "battery_low";
    case Kind::kSlept:
      return "slept";
    case Kind::kAdapter:
      return "adapter";
  }
  return "";
}

std::string Sentence(const app::WatchBandResult& result, const language::Language& language) {
  const auto says = [&](const language::Message& message, std::vector<language::Argument> with) {
    return language.Say(message, with);
  };
  const double percent = result.seconds == 0 ? 0.0
                                             : 100.0 * static_cast<double>(result.linked_seconds) /
                                                   static_cast<double>(result.seconds);
  const std::string drops =
      result.longest_gap_seconds > 0
          ? says(app::kStandSays.drops_gap,
                 {{"count", result.drops},
                  {"time", app::HowLong(language, result.longest_gap_seconds)}})
          : says(app::kStandSays.drops, {{"count", result.drops}});
  std::string text = says(app::kStandSays.summary,
                          {{"time", app::HowLong(language, result.seconds)},
                           {"percent", fmt::format("{:.0f}", percent)},
                           {"drops", drops},
                           {"syncs", says(app::kStandSays.syncs, {{"count", result.syncs}})},
                           {"minutes", result.minutes},
                           {"attempts", result.attempts}});
  if (result.end == End::kNeedsOwner)
    text += " " + app::WhyNotReached(result.failure, {}, language);
  if (result.end == End::kNotStored)
    text += " " + says(app::kMinutesSays.not_stored, {{"why", result.error->message}});
  return text;
}

Outcome Unit(BandTalk& talk) {
  const bool install = talk.options.on_band.install_unit;
  if (!talk.world.own_unit)
    return Failed(ExitCode::kCouldNotCheck, talk.Say(kBandTalkSays.no_systemd));
  const auto path = talk.world.own_unit(install);
  if (!path) return Failed(path.error(), talk.privacy);
  const std::string shown = Printable(app::ValidUtf8(*path));
  if (!install)
    return {.out = talk.Say(kBandTalkSays.removed, {{"path", shown}}) + "\n" +
                   talk.Say(kBandTalkSays.if_it_runs,
                            {{"commands",
                              "systemctl --user disable --now bandkeeper.service; "
                              "systemctl --user daemon-reload"}}) +
                   "\n"};
  return {.out =
              talk.Say(kBandTalkSays.written, {{"path", shown}}) +
              "\n"
              "  systemctl --user daemon-reload\n"
              "  systemctl --user enable --now bandkeeper.service\n"
              "  journalctl --user -u bandkeeper        " +
              talk.Say(kBandTalkSays.what_it_says) + "\n" +
              talk.Say(kBandTalkSays.takes_away, {{"command", "bandkeeper watch --remove-unit"}}) +
              "\n"};
}

}  // namespace

Outcome WatchTheBand(BandTalk& talk) {
  const Options& options = talk.options;
  const app::World& world = talk.world;
  if (options.on_band.install_unit || options.on_band.remove_unit) return Unit(talk);
  const auto open = app::OpenKnownBand(talk.visit);
  if (!open) return Failed(open.error(), talk.privacy);
  app::WatchBandWishes wishes;
  wishes.session = open->Session(talk.visit);
  wishes.acknowledge = !options.on_band.keep;
  wishes.every = std::chrono::minutes(options.on_band.every);
  wishes.low_percent = options.on_band.low;
  wishes.language = &talk.visit.in();
  double hours = options.on_band.hours;
  if (hours == 0 && options.simulated) hours = kSimulatedHours;
  if (hours > 0) wishes.time = std::chrono::seconds(static_cast<std::int64_t>(hours * 3600));
  nlohmann::ordered_json events = nlohmann::ordered_json::array();
  app::WatchBandFace face;
  face.stopped = [&] { return open->clock->stopped(); };
  face.tell = [&](const app::WatchBandEvent& event) {
    const std::string text = Printable(talk.visit.clean(event.text));
    if (world.notify && event.kind == Kind::kBatteryLow) world.notify("Mi Smart Band 4", text);
    if (options.json) {
      events.push_back({{"at", event.at}, {"kind", KindName(event.kind)}, {"text", text}});
      return;
    }
    if (!world.say) return;
    if (world.journal_lines)
      world.say(fmt::format("<{}>{}\n", event.warning ? 4 : 6, text));
    else
      world.say(fmt::format("{}  {}\n", Moment(talk.visit.in(), event.at * 1000), text));
  };
  const app::WatchBandResult result =
      app::WatchBand(*open->radio, *open->store, *world.band, *open->clock, wishes, face);
  const ExitCode status = result.end == End::kNeedsOwner  ? ExitCode::kTrouble
                          : result.end == End::kNotStored ? ExitCode::kStepFailed
                          : result.links == 0             ? ExitCode::kCouldNotCheck
                                                          : ExitCode::kHealthy;
  const std::string sentence = talk.visit.clean(Sentence(result, talk.visit.in()));
  if (options.json) {
    nlohmann::ordered_json json = app::BandJson("watch");
    json["text"] = sentence;
    json["stopped"] = result.end == End::kStopped;
    json["seconds"] = result.seconds;
    json["linked_seconds"] = result.linked_seconds;
    json["drops"] = result.drops;
    json["longest_gap_seconds"] = result.longest_gap_seconds;
    json["syncs"] = result.syncs;
    json["minutes"] = result.minutes;
    json["attempts"] = result.attempts;
    json["linked_at_end"] = result.linked_at_end;
    json["events"] = std::move(events);
    return {.status = status, .out = Dump(json)};
  }
  return {.status = status, .out = talk.style.Wrap(sentence, 0, 0) + "\n"};
}

}  // namespace bk::cli
