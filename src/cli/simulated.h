// `--simulated`: a verb on a phone that does not exist, which every screen and JSON says.
#pragma once

#include <functional>

#include "cli/outcome.h"

namespace bk::app {
struct SimulatedPhone;
}

namespace bk::cli {

// What --android, --maker, --fault and --seed say, or a phone with a common fault.
app::SimulatedPhone SimulatedPhoneOf(const Options& options);

// `verb` gets a world in which the simulated phone is the only one.
using OnWorld = std::function<Outcome(const app::World& world)>;
Outcome OnSimulated(const Options& options, const app::World& world, const OnWorld& verb);

// The document says it beside its schema: "simulated": true and, as `what`, the sentence. What is
// no document stays as it is.
std::string MarkedAsSimulated(const std::string& out, const std::string& what,
                              const std::string& sentence);

// `doctor --or-simulated`, which `./run` is: the phone on the cable, or where there is none a
// simulated one and how to connect a real one.
Outcome OnPhoneOrSimulated(Options options, const app::World& world,
                           const std::function<Outcome(const Options&, const app::World&)>& verb);

}  // namespace bk::cli
