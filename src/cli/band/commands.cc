#include <fmt/format.h>

#include "cli/band/band_verbs.h"
#include "cli/band/open.h"
#include "companion/command.h"

namespace bk::cli {
namespace {

using companion::Command;
using companion::Procedure;

constexpr std::chrono::seconds kPatience{120};
constexpr std::string_view kResetWord = "erase";

// Runs one command; its own failure is a failed step.
app::BandRun RunCommand(OpenBand& open, const app::World& world, Command (*make)()) {
  std::optional<companion::Outcome> failure;
  bool asked = false;
  app::BandRun run = app::RunOnBand(
      *open.radio, open.Session(world), kPatience,
      [&](const companion::BandInfo&, const Procedure* last) -> std::unique_ptr<Procedure> {
        if (last != nullptr && last->outcome() && !last->outcome()->done())
          failure = last->outcome();
        // Never twice: a reset whose answer was lost would meet a band that is another one.
        if (std::exchange(asked, true)) return nullptr;
        return std::make_unique<Command>(make());
      },
      FaceOf(open, world), /*hang_up_at_once=*/true);
  if (world.progress) world.progress("");
  if (failure) {
    run.end = app::BandRun::End::kFailed;
    run.failure = failure;
  }
  // The band may hang up before its answer has come, and be another one afterwards: it was asked.
  if (!failure && asked && run.end == app::BandRun::End::kNotReached)
    run.end = app::BandRun::End::kDone;
  return run;
}

Outcome Done(const Options& options, std::string_view verb, const app::BandRun& run,
             const Style& style, std::string_view sentence) {
  if (options.json) {
    nlohmann::ordered_json json = BandJson(options, verb);
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
  if (run.end != app::BandRun::End::kDone) return NotDone(run, options, privacy);
  return options.json ? Done(options, "info", run, style, "")
                      : Outcome{.out = "Mi Smart Band 4\n" + InfoText(run.info)};
}

Outcome FindTheBand(const Options& options, const app::World& world, const Style& style) {
  app::Privacy privacy(options.show_addresses);
  auto open = OpenMyBand(options, world);
  if (!open) return Failed(open.error(), privacy);
  const app::BandRun run = RunCommand(*open, world, &Command::FindBand);
  if (run.end != app::BandRun::End::kDone) return NotDone(run, options, privacy);
  return Done(options, "find", run, style, "The band vibrates.");
}

Outcome RestartTheBand(const Options& options, const app::World& world, const Style& style) {
  app::Privacy privacy(options.show_addresses);
  auto open = OpenMyBand(options, world);
  if (!open) return Failed(open.error(), privacy);
  const app::BandRun run = RunCommand(*open, world, &Command::Restart);
  if (run.end != app::BandRun::End::kDone) return NotDone(run, options, privacy);
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
  const app::BandRun run = RunCommand(*open, world, &Command::FactoryReset);
  if (run.end != app::BandRun::End::kDone) return NotDone(run, options, privacy);
  return Done(
      options, "reset", run, style,
      "The band erases itself and restarts. Pair it in the official app; then `bandkeeper pair` "
      "with its new key.");
}

}  // namespace bk::cli
