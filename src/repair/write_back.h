// Writing and then reading until the value shows, for step.cc and undo.cc only.
#pragma once

#include "repair/step.h"

namespace bk::repair {

// Whether a value may be waited for although the person asked to stop: what is put back is.
enum class Patience : std::uint8_t { kStoppable, kToTheEnd };

// Reads until the value is Same as `to`, or for SettleTime at most.
Reading ReadUntil(const Workplace& place, const SettingId& id, const SettingValue& to,
                  Patience patience);

// Reads until the value is settled, or for SettleTime at most; then it may still be between two.
Reading ReadSettled(const Workplace& place, const SettingId& id);

// What came of a write: the refusal unless it is done, and the last reading.
struct Written {
  bool done = false;  // reads as wanted
  std::optional<Refusal> refused;
  Reading now = SettingValue{};
};
// WriteSetting, and then ReadUntil where the value takes a while. The caller has recorded the
// change before.
Written WriteAndSee(const Workplace& place, const SettingId& id, const SettingValue& before,
                    const SettingValue& to, Patience patience);

}  // namespace bk::repair
