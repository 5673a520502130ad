// "bandkeeper.timeline/1": a whole timeline in columns, for pages that draw 100,000 events.
#pragma once

#include <string>

#include "app/diagnose_case.h"
#include "app/privacy.h"

namespace bk::app {

// `report_at`: of the report that it belongs to, milliseconds.
std::string TimelineColumns(const Gathered& gathered, std::int64_t report_at, Privacy& privacy);

}  // namespace bk::app
