#include "cli/simulate_verb.h"

#include <fmt/format.h>

#include "app/band/keys.h"
#include "app/band/served_band.h"
#include "app/evidence_json.h"
#include "app/phone/replay.h"
#include "app/phone/simulated_phone.h"
#include "app/simulated_world.h"
#include "cli/style.h"

namespace bk::cli {
namespace {

std::string OwnerSentence(std::string_view owner) {
  if (owner == "accepts") return "Its simulated owner allows every computer that asks.";
  if (owner == "refuses") return "Its simulated owner refuses every computer that asks.";
  if (owner == "absent") return "It asks nobody before it lets a computer in.";
  return fmt::format("Its simulated owner allows a computer after {} seconds.", owner);
}

void Announce(const app::ServedPhone& served, const Options& options, const app::World& world) {
  if (options.json) {
    world.say(Dump({{"schema", "bandkeeper.simulated_phone/1"},
                    {"simulated", true},
                    {"address", served.address},
                    {"text", served.sentence}}));
    return;
  }
  world.say(
      fmt::format("This is a simulated phone, not a real one: {}.\n"
                  "It listens on {}, for programs of this computer only:\n"
                  "  adb connect {}\n"
                  "{}\n"
                  "Ctrl-C ends it.\n",
                  Printable(app::ValidUtf8(served.sentence)), served.address, served.address,
                  OwnerSentence(options.simulate.owner)));
}

}  // namespace

Outcome SimulatePhone(const Options& options, const app::World& world) {
  app::Privacy privacy(false);
  if (!world.serve_phone || !world.say)
    return Failed(ExitCode::kCouldNotCheck, "No phone can be simulated here.");
  app::SimulatedPhone wanted{.port = options.simulate.port,
                             .android = options.simulate.android,
                             .maker = options.simulate.maker,
                             .faults = options.simulate.faults,
                             .quirks = options.simulate.quirks,
                             .old = options.simulate.old_adb,
                             .owner = options.simulate.owner,
                             .troubles = options.simulate.troubles,
                             .seed = options.simulate.seed};
  if (!options.simulate.report.empty()) {
    auto replay = app::ReadReplay(options.simulate.report, world);
    if (world.progress) world.progress("");
    if (!replay) return Failed(replay.error(), privacy);
    wanted.replay = std::move(*replay);
  }
  const Status ended = world.serve_phone(
      wanted, [&](const app::ServedPhone& served) { Announce(served, options, world); });
  if (!ended) return Failed(ended.error(), privacy);
  return options.json ? Outcome{} : Outcome{.out = "The simulated phone is gone.\n"};
}

Outcome SimulateBand(const Options& options, const app::World& world) {
  app::Privacy privacy(true);  // an address of this computer's own, for whoever shall connect to it
  if (!world.serve_band || !world.say)
    return Failed(ExitCode::kCouldNotCheck, "No band can be simulated here.");
  app::ServedBand wanted{.adapter = options.on_band.adapter,
                         .faults = options.simulate.faults,
                         .firmware = options.simulate.firmware,
                         .minutes = options.simulate.minutes,
                         .seed = options.simulate.seed,
                         .truth = options.simulate.truth};
  if (!options.on_band.key_file.empty()) {
    const auto text = world.read_text(options.on_band.key_file, 1024);
    if (!text) return Failed(text.error(), privacy);
    const auto key = app::ParseBandKey(*text);
    if (!key) return Failed(key.error(), privacy);
    wanted.key = *key;
  }
  if (const Status ended = world.serve_band(wanted, world.say); !ended)
    return Failed(ended.error(), privacy);
  return {.out = "The simulated band is gone.\n"};
}

Outcome SimulateWorld(const Options& options, const app::World& world) {
  app::Privacy privacy(true);  // nothing of it is anybody's
  if (!world.write_world)
    return Failed(ExitCode::kCouldNotCheck, "No world can be simulated here.");
  auto written = world.write_world({.android = options.simulate.android,
                                    .maker = options.simulate.maker,
                                    .faults = options.simulate.faults,
                                    .hours = options.simulate.hours,
                                    .seed = options.simulate.seed,
                                    .out = options.simulate.out});
  if (!written) return Failed(written.error(), privacy);
  return {.out = *written};
}

}  // namespace bk::cli
