// A moment for a person, in this computer's own time zone.
#pragma once

#include <cstdint>
#include <string>

namespace bk::cli {

// "2026-11-28 14:05"; "at an unknown time" for 0. Milliseconds since 1970 (UTC).
std::string Moment(std::int64_t milliseconds);

}  // namespace bk::cli
