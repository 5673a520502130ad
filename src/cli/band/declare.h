// The words of the band's verbs, for options.h.
#pragma once

#include <CLI/CLI.hpp>
#include <utility>
#include <vector>

#include "cli/options.h"

namespace bk::cli {

using DeclaredVerbs = std::vector<std::pair<Verb, CLI::App*>>;
// --simulated, --fault, --firmware and --seed.
void DeclareSimulatedBand(CLI::App& verb, Options& options);
// What `watch` without a phone has beside what it has with one.
void DeclareWatchBand(CLI::App& watch, Options& options);
// Adds them to the program's words; `options` is filled when they are parsed and must outlive
// `app`.
DeclaredVerbs DeclareBandVerbs(CLI::App& app, Options& options);

}  // namespace bk::cli
