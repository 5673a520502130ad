#include "cli/band/on_simulated_band.h"

#include "app/band/simulated_band.h"
#include "app/evidence_json.h"
#include "cli/band/messages.h"
#include "cli/simulated.h"
#include "cli/style.h"
#include "cli/words_verb.h"

namespace bk::cli {

Outcome OnSimulatedBand(const Options& options, const app::World& world,
                        const std::function<Outcome(const app::World&)>& verb) {
  app::Privacy privacy(options.show_addresses);
  // A folder or a language that cannot be had is said by the verb itself.
  const auto knowledge = KnowledgeInLanguage(options, world);
  const language::Language language = knowledge ? knowledge->language : language::Language{};
  if (!world.simulate_band)
    return Failed(ExitCode::kCouldNotCheck, language.Say(kBandTalkSays.nothing_simulated));
  auto home = world.simulate_band({.firmware = options.on_band.firmware,
                                   .faults = options.simulate.faults,
                                   .seed = options.simulate.seed},
                                  options.on_band.new_band);
  if (!home) return Failed(home.error(), privacy);
  const std::string sentence = Printable(app::ValidUtf8((*home)->Sentence(language)));
  const std::string banner = language.Say(kBandTalkSays.simulated, {{"band", sentence}}) + "\n";
  // An export is for programs: what is said about it goes beside it.
  const bool beside = options.verb == Verb::kExport;
  const bool words = !options.json && !beside;
  if (words && world.say) {
    world.say(banner);
    if (options.verb == Verb::kPair && !(*home)->Key().empty())
      world.say(language.Say(kBandTalkSays.its_key, {{"key", (*home)->Key()}}) + "\n");
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
    outcome.err += "bandkeeper: " +
                   language.Say(kBandTalkSays.not_kept,
                                {{"why", Printable(app::ValidUtf8(kept.error().message))}}) +
                   "\n";
  return outcome;
}

}  // namespace bk::cli
