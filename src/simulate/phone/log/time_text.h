// The phone's local time in the shorter words that its programs print (clock_text.h has the one
// with the year). `at` is the phone's wall clock.
#pragma once

#include <chrono>
#include <string>

#include "base/instant.h"
#include "simulate/phone/android.h"

namespace bk::simulate {

CivilTime CivilLocal(const Android& phone, std::chrono::microseconds at);
std::string MonthDaySeconds(const Android& phone, std::chrono::microseconds at);  // 03-02 08:11:05
std::string MonthDayMillis(const Android& phone, std::chrono::microseconds at);   // …05.123
std::string SlashDate(const Android& phone, std::chrono::microseconds at);  // 2024/03/02 08:11:05
std::string TimeOfDayMillis(const Android& phone, std::chrono::microseconds at);  // 08:11:05.123
std::string ClockDuration(std::chrono::microseconds time);  // 00:30:37.740, hours without bound
// The wall clock at a boot time of this run of the phone.
std::chrono::microseconds WallOf(const Android& phone, std::chrono::microseconds boot);

}  // namespace bk::simulate
