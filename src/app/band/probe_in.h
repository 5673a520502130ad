// The direct probe (probe_band.h) in a language: what it says of its progress and of what it comes
// to. Its findings stay English, as those of every reader.
#pragma once

#include "app/band/probe_band.h"
#include "language/language.h"

namespace bk::app {

Result<ProbeResult> ProbeBandIn(const language::Language& language, const BandWorld& world,
                                ports::Clock& clock, const ProbeWishes& wishes,
                                const std::function<void(std::string_view)>& progress);

}  // namespace bk::app
