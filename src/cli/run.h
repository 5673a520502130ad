// The command line as one call: words in, texts and a status out.
#pragma once

#include <string>
#include <vector>

#include "app/world.h"
#include "cli/outcome.h"
#include "cli/style.h"

namespace bk::cli {

// `words` without the program's name. Never throws.
Outcome Run(const std::vector<std::string>& words, const app::World& world, const Style& style);

}  // namespace bk::cli
