#include <fmt/format.h>

#include "app/band/keys.h"
#include "cli/band/band_verbs.h"
#include "cli/band/open.h"
#include "companion/command.h"

namespace bk::cli {
namespace {

using companion::Command;
using companion::Procedure;

constexpr std::chrono::seconds kPatience{120};
constexpr std::string_view kResetWord = "erase";

// Runs one command; its own failure is a failed step. `hangs_up`: the band restarts with it, so
// that a link that ended stands for the answer.
app::BandRun RunCommand(OpenBand& open, const app::World& world, Command (*make)(), bool hangs_up) {
  std::optional<companion::Outcome> answer;
  bool asked = false;
  app::BandRun run = app::RunOnBand(
      *open.radio, open.Session(world), kPatience,
      [&](const companion::BandInfo&, const Procedure* last) -> std::unique_ptr<Procedure> {
        if (last != nullptr) answer = last->outcome();
        // Never twice: a reset whose answer was lost would meet a band that is another one.
        if (std::exchange(asked, true)) return nullptr;
        return std::make_unique<Command>(make());
      },
      FaceOf(open, world), /*hang_up_at_once=*/true);
  if (world.progress) world.progress("");
  if (!asked || run.end == app::BandRun::End::kStopped) return run;
  if (!answer && !hangs_up) {
    answer = companion::Outcome{companion::Outcome::End::kLinkLost, companion::Attribute::kAuth, 0,
                                false, "the link ended before it had answered"};
  }
  run.end = !answer || answer->done() ? app::BandRun::End::kDone : app::BandRun::End::kFailed;
  run.failure = answer;
  return run;
}

Outcome Done(const Options& options, std::string_view verb, const app::BandRun& run,
             const Style& style, std::string_view sentence) {
  if (options.json) {
    nlohmann::ordered_json json = BandJson(verb);
    json["done"] = true;
    json["info"] = InfoJson(run.info);
    return {.out = Dump(json)};
  }
  return {.out = style.Wrap(sentence, 0, 0) + "\n"};
}

}  // namespace

Outcome BandInfo(const Options& options, const app::World& world, const Style& style) {
  app::Privacy privacy(options.show_addresses);
  auto open = OpenMyBand(options, world);
  if (!open) return Failed(open.error(), privacy);
  const app::BandRun run = app::RunOnBand(
      *open->radio, open->Session(world), kPatience,
      [](const companion::BandInfo&, const Procedure*) { return nullptr; }, FaceOf(*open, world));
  if (world.progress) world.progress("");
  if (run.end != app::BandRun::End::kDone) return NotDone(run, options, "info", privacy);
  return options.json ? Done(options, "info", run, style, "")
                      : Outcome{.out = "Mi Smart Band 4\n" + InfoText(run.info)};
}

Outcome FindTheBand(const Options& options, const app::World& world, const Style& style) {
  app::Privacy privacy(options.show_addresses);
  auto open = OpenMyBand(options, world);
  if (!open) return Failed(open.error(), privacy);
  const app::BandRun run = RunCommand(*open, world, &Command::FindBand, /*hangs_up=*/false);
  if (run.end != app::BandRun::End::kDone) return NotDone(run, options, "find", privacy);
  return Done(options, "find", run, style, "The band vibrates.");
}

Outcome RestartTheBand(const Options& options, const app::World& world, const Style& style) {
  app::Privacy privacy(options.show_addresses);
  auto open = OpenMyBand(options, world);
  if (!open) return Failed(open.error(), privacy);
  const app::BandRun run = RunCommand(*open, world, &Command::Restart, /*hangs_up=*/true);
  if (run.end != app::BandRun::End::kDone) return NotDone(run, options, "restart", privacy);
  return Done(
      options, "restart", run, style,
      "The band restarts. Key and settings stay; whether minutes that were not synced survive "
      "a restart is not known of every firmware, so sync first when you can.");
}

Outcome ResetTheBand(const Options& options, const app::World& world, const Style& style) {
  app::Privacy privacy(options.show_addresses);
  auto open = OpenMyBand(options, world);
  if (!open) return Failed(open.error(), privacy);
  if (!world.person)
    return Failed(ExitCode::kUsage, "A factory reset needs somebody who agrees to it.");
  auto person = world.person(false);
  if (!person) return Failed(person.error(), privacy);
  (*person)->Show(
      style.Wrap("A factory reset erases every minute that was not synced, the key and all "
                 "settings of the band, and gives it another address. It must be paired anew "
                 "in the official app, and gets another key. It cannot be undone. `bandkeeper "
                 "sync` first saves what is on it.",
                 0, 0) +
      fmt::format("\nType {} to do it, anything else to leave it: ", kResetWord));
  const auto line = (*person)->ListenLine();
  if (line.kind != ports::Person::Heard::Kind::kKey || line.text != kResetWord)
    return Failed(ExitCode::kStepFailed, "Nothing was changed.");
  const app::BandRun run = RunCommand(*open, world, &Command::FactoryReset, /*hangs_up=*/true);
  if (run.end != app::BandRun::End::kDone) return NotDone(run, options, "reset", privacy);
  // Its key is void with it: nobody is to wait for a band that never answers to it again.
  if (const auto forgotten = app::ForgetBandKey(*world.band->keys, open->band.address); !forgotten)
    return Failed(forgotten.error(), privacy);
  return Done(
      options, "reset", run, style,
      "The band erases itself and restarts. Pair it in the official app; then `bandkeeper pair` "
      "with its new key.");
}

}  // namespace bk::cli
