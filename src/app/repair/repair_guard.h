// The journal's door, and what is done for a program that was killed in the middle.
#pragma once

#include <memory>
#include <string>

#include "app/world.h"

namespace bk::app {

// Whether this home has what a repair needs.
Status CanRepair(const World& world, const language::Language& language = {});

// The journal for writing; waits a while for one that another process (or the guard) holds.
Result<std::unique_ptr<ports::Journal>> AwaitJournal(const World& world, ports::Clock& clock);

// What the guard does after our death: puts back on the phone of `serial` what was changed for a
// moment. kNotFound: the phone did not come back in time; then the next start does it.
Status PutBackAfterDeath(const std::string& serial, const World& world);

}  // namespace bk::app
