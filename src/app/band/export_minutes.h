// The stored minutes as text for other programs. Addresses and keys are not in it.
#pragma once

#include <functional>
#include <string_view>

#include "ports/band_store.h"

namespace bk::app {

enum class ExportFormat : std::uint8_t {
  kCsv,   // time (UTC, ISO 8601), local time, kind, intensity, steps, heart rate; a header line
  kJson,  // {"schema": "bandkeeper.minutes/1", "minutes": [...], "gaps": [...]}
  kGadgetbridge,  // SQL for `sqlite3 FILE`: MI_BAND_ACTIVITY_SAMPLE as Gadgetbridge has it
};

// Hands the text over in pieces; `put` returns false to stop (then kStopped).
Status ExportMinutes(ports::BandStore& store, Address band, ports::MinuteRange range,
                     ExportFormat format, const std::function<bool(std::string_view)>& put);

}  // namespace bk::app
