// A moment for a person, in this computer's own time zone.
#pragma once

#include <cstdint>
#include <string>

#include "language/language.h"

namespace bk::cli {

// "2026-11-28 14:05"; "at an unknown time" for 0. Milliseconds since 1970 (UTC).
// "2026-11-28 20:45", by this computer's clock and zone.
std::string Moment(const language::Language& language, std::int64_t milliseconds);

}  // namespace bk::cli
