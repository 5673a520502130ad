// What several sources say of one moment and of another. A capture's links, keys that were taken
// and syncs are of the time of the capture; a phone's dump says what holds now.
#pragma once

#include <span>
#include <vector>

#include "android/report.h"
#include "app/timeline.h"
#include "evidence/evidence.h"

namespace bk::app {

// Takes out what captures showed to go well where the phone says later that Bluetooth is off or
// that no app holds a link to the band. Where the linked clocks show that a capture goes on after
// the report was written, it is the report's word that is of the past. Without linked clocks the
// phone speaks last: who hands over both pulled the capture first or got it within the report.
void KeepThePresent(std::vector<evidence::Finding>& findings, const Timeline& timeline,
                    std::span<const android::PhoneState> phones);

}  // namespace bk::app
