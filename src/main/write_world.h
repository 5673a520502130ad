// A simulated world written down: joins the simulation with files. See app::World::write_world.
#pragma once

#include "app/simulated_world.h"
#include "base/result.h"

namespace bk::main {

// Writes btsnoop_hci.log, logcat.txt, bugreport.zip and truth.json into the folder that is wanted;
// gives what was written, in a sentence.
Result<std::string> WriteWorld(const app::SimulatedWorld& wanted);

}  // namespace bk::main
