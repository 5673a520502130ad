// The words of `simulate` and of --simulated, for options.h.
#pragma once

#include <CLI/CLI.hpp>

#include "cli/band/declare.h"
#include "cli/options.h"

namespace bk::cli {

// --simulated and what kind of phone it is; the verb has --serial.
void DeclareSimulated(CLI::App& verb, Options& options);
// `simulate phone`, `simulate band`, `simulate world`. `options` is filled when they are parsed and
// must outlive `app`.
DeclaredVerbs DeclareSimulateVerbs(CLI::App& app, Options& options);

}  // namespace bk::cli
