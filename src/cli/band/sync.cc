#include <fmt/format.h>

#include "app/band/sync_band.h"
#include "base/instant.h"
#include "cli/band/band_verbs.h"
#include "cli/band/open.h"

namespace bk::cli {
namespace {

using End = app::SyncResult::End;

std::string Minutes(std::size_t minutes) {
  if (minutes < 120) return fmt::format("{} minutes", minutes);
  if (minutes < 48 * 60) return fmt::format("{:.1f} hours", static_cast<double>(minutes) / 60);
  return fmt::format("{:.1f} days", static_cast<double>(minutes) / (24 * 60));
}

std::string When(std::int64_t minute) {
  return FormatInstant(WallTime{minute * 60'000'000}).substr(0, 16) + " UTC";
}

std::string GapText(const ports::MinuteGap& gap) {
  return fmt::format("{} to {}: {}", When(gap.from), When(gap.to),
                     gap.why == ports::MinuteGap::Why::kOff
                         ? "the band recorded nothing (off, empty or restarting)"
                         : "older than what the band still had");
}

ExitCode StatusOf(const app::SyncResult& result) {
  switch (result.end) {
    case End::kDone:
      return ExitCode::kHealthy;
    case End::kGivenUp:
      return result.failure && companion::Authenticate::KeyIsWrong(*result.failure)
                 ? ExitCode::kTrouble
                 : ExitCode::kCouldNotCheck;
    case End::kRefused:
    case End::kStopped:
    case End::kNotStored:
      return ExitCode::kStepFailed;
  }
  return ExitCode::kInternal;
}

std::string Sentence(const app::SyncResult& result,
                     const std::vector<companion::SessionNote>& notes) {
  const std::size_t fresh = result.saved.fresh + result.saved.another;
  switch (result.end) {
    case End::kDone:
      return fresh == 0 ? "The band has nothing new."
                        : fmt::format("{} of activity are here and stored.", Minutes(fresh));
    case End::kGivenUp:
      return app::WhyNotReached(result.failure, notes) +
             (fresh == 0 ? ""
                         : fmt::format(" {} came before that and are stored.", Minutes(fresh)));
    case End::kRefused:
      return "The band refused to send its records: " + result.failure->text + ".";
    case End::kStopped:
      return fresh == 0 ? "Stopped; the band keeps its records."
                        : fmt::format(
                              "Stopped. {} came and are stored; the next sync goes on from "
                              "there.",
                              Minutes(fresh));
    case End::kNotStored:
      return result.error->message + ". The band keeps what was not stored.";
  }
  return "";
}

}  // namespace

Outcome SyncMinutes(const Options& options, const app::World& world, const Style& style) {
  app::Privacy privacy(options.show_addresses);
  auto open = OpenMyBand(options, world);
  if (!open) return Failed(open.error(), privacy);
  app::SyncWishes wishes;
  wishes.session = open->Session(world);
  wishes.acknowledge = !options.on_band.keep;
  wishes.zone = world.band->local(open->WallNow()).quarter_hours;
  wishes.wall = [&open](ports::RadioTime) { return open->WallNow(); };
  std::vector<companion::SessionNote> notes;
  app::SyncFace face;
  face.note = [&](const companion::SessionNote& note) {
    ShowNote(note, world);
    notes.push_back(note);
  };
  face.progress = [&](const app::SyncProgress& progress) {
    if (world.progress)
      world.progress(fmt::format("Syncing: {} so far", Minutes(progress.minutes)));
  };
  face.stopped = [&] { return open->clock->stopped(); };
  const app::SyncResult result = app::SyncBand(*open->radio, *open->store, wishes, face);
  if (world.progress) world.progress("");
  const std::string sentence = Sentence(result, notes);
  if (options.json) {
    nlohmann::ordered_json json = BandJson("sync");
    json["done"] = result.end == End::kDone;
    json["text"] = privacy.Scrub(sentence);
    json["minutes"] = {{"new", result.saved.fresh},
                       {"known", result.saved.same},
                       {"recorded_twice", result.saved.another}};
    json["links"] = result.links;
    json["asked_again"] = result.asked_again;
    json["gaps"] = nlohmann::ordered_json::array();
    for (const ports::MinuteGap& gap : result.gaps)
      json["gaps"].push_back(
          {{"from_minute", gap.from},
           {"to_minute", gap.to},
           {"why", gap.why == ports::MinuteGap::Why::kOff ? "off" : "overwritten"}});
    json["info"] = InfoJson(result.info);
    return {.status = StatusOf(result), .out = Dump(json)};
  }
  const bool done = result.end == End::kDone;
  if (!done && result.end != End::kStopped)
    return Failed(StatusOf(result), privacy.Scrub(sentence));
  std::string text =
      style.Paint(done ? Tone::kGood : Tone::kUnsure, style.Wrap(privacy.Scrub(sentence), 0, 0)) +
      "\n";
  if (result.saved.another > 0)
    text +=
        style.Wrap(fmt::format("  {} minutes the band had recorded twice (its clock was set back); "
                               "both are kept.",
                               result.saved.another),
                   0, 2) +
        "\n";
  // The first fetch of all asks for more than any band holds: that is no news.
  for (const ports::MinuteGap& gap : result.gaps)
    if (gap.why == ports::MinuteGap::Why::kOff)
      text += "  " + style.Wrap(GapText(gap), 2, 4) + "\n";
  if (result.info.battery) text += fmt::format("  Battery {} %.\n", result.info.battery->percent);
  return {.status = StatusOf(result), .out = text};
}

}  // namespace bk::cli
