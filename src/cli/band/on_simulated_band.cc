#include "cli/band/on_simulated_band.h"

#include <fmt/format.h>

#include "app/band/simulated_band.h"
#include "app/evidence_json.h"
#include "cli/simulated.h"
#include "cli/style.h"

namespace bk::cli {

Outcome OnSimulatedBand(const Options& options, const app::World& world,
                        const std::function<Outcome(const app::World&)>& verb) {
  app::Privacy privacy(options.show_addresses);
  if (!world.simulate_band)
    return Failed(ExitCode::kCouldNotCheck, "No band can be simulated here.");
  auto home = world.simulate_band({.firmware = options.on_band.firmware,
                                   .faults = options.simulate.faults,
                                   .seed = options.simulate.seed},
                                  options.on_band.new_band);
  if (!home) return Failed(home.error(), privacy);
  const std::string sentence = Printable(app::ValidUtf8((*home)->Sentence()));
  const std::string banner =
      fmt::format("This is a simulated band, not a real one: {}.\n", sentence);
  // An export is for programs: what is said about it goes beside it.
  const bool beside = options.verb == Verb::kExport;
  const bool words = !options.json && !beside;
  if (words && world.say) {
    world.say(banner);
    if (options.verb == Verb::kPair && !(*home)->Key().empty())
      world.say(fmt::format("Its key is {}; a real one is secret.\n", (*home)->Key()));
  }
  app::World inside = world;
  inside.band = &(*home)->band();
  inside.clock = [&home] { return (*home)->MakeClock(); };
  Outcome outcome = verb(inside);
  if (options.json)
    outcome.out = MarkedAsSimulated(outcome.out, "simulated_band", sentence);
  else if (beside)
    outcome.err += banner;
  else if (!outcome.out.empty())
    outcome.out += banner;
  if (const Status kept = (*home)->Keep(); !kept)
    outcome.err += fmt::format("bandkeeper: the simulated band is not kept for the next run: {}\n",
                               Printable(app::ValidUtf8(kept.error().message)));
  return outcome;
}

}  // namespace bk::cli
