#include "cli/simulated.h"

#include <fmt/format.h>

#include "app/evidence_json.h"
#include "app/phone/open_phone.h"
#include "app/phone/simulated_phone.h"
#include "app/repair/messages.h"
#include "cli/messages.h"
#include "cli/style.h"
#include "cli/words_verb.h"

namespace bk::cli {
namespace {

// Common, found for sure, and mended without a finger.
constexpr const char* kDefaultFault = "background_killed";

}  // namespace

std::string MarkedAsSimulated(const std::string& out, const std::string& what,
                              const std::string& sentence) {
  const auto json = nlohmann::ordered_json::parse(out, nullptr, false);
  if (!json.is_object()) return out;
  nlohmann::ordered_json marked;
  for (const auto& [key, value] : json.items()) {
    marked[key] = value;
    if (key == "schema") {
      marked["simulated"] = true;
      marked[what] = sentence;
    }
  }
  return Dump(marked);
}

app::SimulatedPhone SimulatedPhoneOf(const Options& options) {
  app::SimulatedPhone wanted{.android = options.simulate.android,
                             .maker = options.simulate.maker,
                             .faults = options.simulate.faults,
                             .quirks = options.simulate.quirks,
                             .seed = options.simulate.seed};
  if (!options.new_phone) wanted.faults = {kDefaultFault};
  return wanted;
}

Outcome OnSimulated(const Options& options, const app::World& world, const OnWorld& verb) {
  app::Privacy privacy(options.show_addresses);
  if (!world.simulate) return Failed(ExitCode::kCouldNotCheck, "No phone can be simulated here.");
  auto home = world.simulate(SimulatedPhoneOf(options), options.new_phone);
  if (!home) return Failed(home.error(), privacy);
  // A folder or a language that cannot be had is said by the verb itself.
  const auto knowledge = KnowledgeInLanguage(options, world);
  const language::Language language = knowledge ? knowledge->language : language::Language{};
  const std::string sentence = Printable(app::ValidUtf8((*home)->Sentence(language)));
  const std::string banner = language.Say(kSimulatedSays.banner, {{"phone", sentence}}) + "\n";
  if (!options.json && world.say) world.say(banner);
  app::World inside = world;
  inside.phones = &(*home)->phones();
  inside.clock = [&home] { return (*home)->MakeClock(); };
  inside.journal = [&home](bool to_write) { return (*home)->Journal(to_write); };
  inside.set_guard = nullptr;  // a phone that goes when we go needs none
  Outcome outcome = verb(inside);
  if (options.json)
    outcome.out = MarkedAsSimulated(outcome.out, "simulated_phone", sentence);
  else if (!outcome.out.empty())
    outcome.out += banner;
  if (const Status kept = (*home)->Keep(); !kept)
    outcome.err += fmt::format("bandkeeper: the simulated phone is not kept for the next run: {}\n",
                               Printable(app::ValidUtf8(kept.error().message)));
  return outcome;
}

Outcome OnPhoneOrSimulated(Options options, const app::World& world,
                           const std::function<Outcome(const Options&, const app::World&)>& verb) {
  const auto knowledge = KnowledgeInLanguage(options, world);
  const language::Language language = knowledge ? knowledge->language : language::Language{};
  std::string why = language.Say(app::kFixSays.no_phone);
  if (world.phones != nullptr) {
    const auto list = world.phones->List();
    // One that is there but cannot be spoken to has a sentence of its own.
    if (list && !list->empty()) return verb(options, world);
    if (!list)
      why = list.error().message;
    else if (const auto none = app::OpenPhone(*world.phones, {}, language); !none)
      why = none.error().message;
  }
  options.new_phone = true;
  options.simulate.faults = {kDefaultFault};
  const std::string real =
      "\n" + language.Say(kSimulatedSays.not_looked_at, {{"why", Printable(app::ValidUtf8(why))}}) +
      "\n";
  if (!options.json && world.say) world.say(language.Say(kSimulatedSays.no_phone) + "\n");
  Outcome outcome =
      OnSimulated(options, world, [&](const app::World& inside) { return verb(options, inside); });
  if (!options.json) outcome.out += real;
  // What is wrong with a phone that does not exist is nobody's trouble.
  if (outcome.status == ExitCode::kTrouble) outcome.status = ExitCode::kHealthy;
  return outcome;
}

}  // namespace bk::cli
