// From what a probe saw to what it means: findings for the ordinary belief, and sentences.
#pragma once

#include <string_view>

#include "app/band/probe_band.h"
#include "language/language.h"

namespace bk::app {

// Where a probe's findings were read, for people.
inline constexpr std::string_view kProbePlace = "the band, asked by this computer";

// What was seen decides it all: its findings are made anew, and so are `text` and `untold`, in that
// language.
void WriteProbeFindings(const language::Language& language, ProbeResult& result);

}  // namespace bk::app
