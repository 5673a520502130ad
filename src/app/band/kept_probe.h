// A probe as it is kept for another day: what was seen, and none of the sentences, so that they are
// said anew in the language of that day. It holds no address and no key.
#pragma once

#include <nlohmann/json.hpp>
#include <optional>

#include "app/band/probe_band.h"
#include "language/language.h"

namespace bk::app {

nlohmann::ordered_json KeptProbeJson(const ProbeResult& probe);

// nullopt: null, or not a whole document of ours. Of the band's information: firmware, hardware,
// the level of its battery and how far its clock was off.
std::optional<ProbeResult> KeptProbeOf(const nlohmann::ordered_json& json,
                                       const language::Language& language);

}  // namespace bk::app
