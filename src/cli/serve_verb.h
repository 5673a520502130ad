// `serve`: the page.
#pragma once

#include "cli/outcome.h"

namespace bk::cli {

Outcome ServePage(const Options& options, const app::World& world);

}  // namespace bk::cli
