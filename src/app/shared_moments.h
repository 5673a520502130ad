// What captures and a phone's texts could both have seen, for evidence::LinkClocks.
#pragma once

#include <optional>
#include <vector>

#include "android/report.h"
#include "base/instant.h"
#include "capture/story.h"
#include "evidence/clock_map.h"

namespace bk::app {

// Links that came up and ended, bonding and restarts of the chip, of every device. Attempts and
// their time-outs are none: timers pace them, and run alike in every session of one phone.
std::vector<evidence::SharedMoment> MomentsOf(const capture::Story& story);

// The same from logs and the Bluetooth dump, of what `phone` told on `clock`. Times that the report
// itself puts on that clock (see PhoneTime) are among them.
std::vector<evidence::SharedMoment> MomentsOf(const android::PhoneState& phone, ClockKind clock);

// A phone's log has no year, its report has: both are the phone's local time by definition, so a
// log's time gets the latest year in which it is not after the report (a day of grace for zones).
// Without a report, the Bluetooth dump's own times with a year give it: the year nearest to them,
// where one text or one phone told both. Else unknown, as for other clocks than kLogcat and kWall.
AnyInstant PhoneTime(const android::PhoneState& phone, const AnyInstant& at);

}  // namespace bk::app
