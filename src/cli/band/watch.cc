// `watch` without a phone: words, lines and the unit.
#include <fmt/format.h>

#include "app/band/watch_band.h"
#include "app/evidence_json.h"
#include "cli/band/band_verbs.h"
#include "cli/band/open.h"
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

std::string Long(std::int64_t s) {
  if (s < 2 * 60) return fmt::format("{} s", s);
  if (s < 2 * 3600) return fmt::format("{} min", s / 60);
  return fmt::format("{:.1f} h", static_cast<double>(s) / 3600);
}

std::string Sentence(const app::WatchBandResult& result) {
  std::string text = fmt::format(
      "In {} the band was connected {:.0f} % of the time: {} {}{}, {} {}, {} minutes stored, "
      "connections tried: {}.",
      Long(result.seconds),
      result.seconds == 0 ? 0.0
                          : 100.0 * static_cast<double>(result.linked_seconds) /
                                static_cast<double>(result.seconds),
      result.drops, result.drops == 1 ? "drop" : "drops",
      result.longest_gap_seconds > 0
          ? fmt::format(" (longest gap {})", Long(result.longest_gap_seconds))
          : "",
      result.syncs, result.syncs == 1 ? "sync" : "syncs", result.minutes, result.attempts);
  if (result.end == End::kNeedsOwner) text += " " + app::WhyNotReached(result.failure, {});
  if (result.end == End::kNotStored)
    text += " " + result.error->message + ". The band keeps what was not stored.";
  return text;
}

Outcome Unit(const Options& options, const app::World& world, app::Privacy& privacy) {
  const bool install = options.on_band.install_unit;
  if (!world.own_unit) return Failed(ExitCode::kCouldNotCheck, "There is no systemd here.");
  const auto path = world.own_unit(install);
  if (!path) return Failed(path.error(), privacy);
  if (!install)
    return {.out = fmt::format(
                "Removed {}.\nIf it runs: systemctl --user disable --now bandkeeper.service; "
                "systemctl --user daemon-reload\n",
                Printable(app::ValidUtf8(*path)))};
  return {.out = fmt::format("Written: {}. It starts nothing by itself yet:\n"
                             "  systemctl --user daemon-reload\n"
                             "  systemctl --user enable --now bandkeeper.service\n"
                             "  journalctl --user -u bandkeeper        what it says\n"
                             "bandkeeper watch --remove-unit takes it away again.\n",
                             Printable(app::ValidUtf8(*path)))};
}

}  // namespace

Outcome WatchTheBand(const Options& options, const app::World& world, const Style& style) {
  app::Privacy privacy(options.show_addresses);
  if (options.on_band.install_unit || options.on_band.remove_unit)
    return Unit(options, world, privacy);
  auto open = OpenMyBand(options, world);
  if (!open) return Failed(open.error(), privacy);
  app::WatchBandWishes wishes;
  wishes.session = open->Session(world);
  wishes.acknowledge = !options.on_band.keep;
  wishes.every = std::chrono::minutes(options.on_band.every);
  wishes.low_percent = options.on_band.low;
  double hours = options.on_band.hours;
  if (hours == 0 && options.simulated) hours = kSimulatedHours;
  if (hours > 0) wishes.time = std::chrono::seconds(static_cast<std::int64_t>(hours * 3600));
  nlohmann::ordered_json events = nlohmann::ordered_json::array();
  app::WatchBandFace face;
  face.stopped = [&] { return open->clock->stopped(); };
  face.tell = [&](const app::WatchBandEvent& event) {
    const std::string text = Printable(privacy.Scrub(app::ValidUtf8(event.text)));
    if (world.notify && event.kind == Kind::kBatteryLow) world.notify("Mi Smart Band 4", text);
    if (options.json) {
      events.push_back({{"at", event.at}, {"kind", KindName(event.kind)}, {"text", text}});
      return;
    }
    if (!world.say) return;
    if (world.journal_lines)
      world.say(fmt::format("<{}>{}\n", event.warning ? 4 : 6, text));
    else
      world.say(fmt::format("{}  {}\n", Moment(world.embedded_knowledge->language, event.at * 1000),
                            text));
  };
  const app::WatchBandResult result =
      app::WatchBand(*open->radio, *open->store, *world.band, *open->clock, wishes, face);
  const ExitCode status = result.end == End::kNeedsOwner  ? ExitCode::kTrouble
                          : result.end == End::kNotStored ? ExitCode::kStepFailed
                          : result.links == 0             ? ExitCode::kCouldNotCheck
                                                          : ExitCode::kHealthy;
  const std::string sentence = privacy.Scrub(app::ValidUtf8(Sentence(result)));
  if (options.json) {
    nlohmann::ordered_json json = BandJson("watch");
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
  return {.status = status, .out = style.Wrap(sentence, 0, 0) + "\n"};
}

}  // namespace bk::cli
