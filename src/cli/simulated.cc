#include "cli/simulated.h"

#include <fmt/format.h>

#include "app/evidence_json.h"
#include "app/phone/simulated_phone.h"
#include "cli/style.h"

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
                             .seed = options.simulate.seed};
  if (!options.new_phone) wanted.faults = {kDefaultFault};
  return wanted;
}

Outcome OnSimulated(const Options& options, const app::World& world, const OnWorld& verb) {
  app::Privacy privacy(options.show_addresses);
  if (!world.simulate) return Failed(ExitCode::kCouldNotCheck, "No phone can be simulated here.");
  auto home = world.simulate(SimulatedPhoneOf(options), options.new_phone);
  if (!home) return Failed(home.error(), privacy);
  const std::string sentence = Printable(app::ValidUtf8((*home)->Sentence()));
  const std::string banner =
      fmt::format("This is a simulated phone, not a real one: {}.\n", sentence);
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
  std::string why = "No phone can be reached from here.";
  if (world.phones != nullptr) {
    const auto list = world.phones->List();
    // One that is there but cannot be spoken to has a sentence of its own.
    if (list && !list->empty()) return verb(options, world);
    if (!list)
      why = list.error().message;
    else if (const auto none = world.phones->Open({}); !none)
      why = none.error().message;
  }
  options.new_phone = true;
  options.simulate.faults = {kDefaultFault};
  const std::string real = fmt::format(
      "\nYour own phone was not looked at. {}\nThen run this again; `./run --help` lists more "
      "ways, without a cable too (`doctor --ask`, `doctor FILE`).\n",
      Printable(app::ValidUtf8(why)));
  if (!options.json && world.say)
    world.say("No phone is connected, so this is shown on one that does not exist.\n");
  Outcome outcome =
      OnSimulated(options, world, [&](const app::World& inside) { return verb(options, inside); });
  if (!options.json) outcome.out += real;
  // What is wrong with a phone that does not exist is nobody's trouble.
  if (outcome.status == ExitCode::kTrouble) outcome.status = ExitCode::kHealthy;
  return outcome;
}

}  // namespace bk::cli
