// Puts back what the journal says was changed: only what is still as we left it, last change first,
// as often as one likes.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "repair/step.h"

namespace bk::repair {

struct Undone {
  enum class How : std::uint8_t {
    kRestored,  // written and read back
    kAlready,   // it is as it was before the repair
    kLeft,      // somebody changed it since, and the person wants it to stay
    kCannot,    // the phone refuses or does not answer, or this program does not know the setting
  };
  std::uint64_t change = 0;
  How how = How::kCannot;
  bool phone_gone = false;  // kCannot, because it does not answer
  std::string text;  // for the person: "Location: on → off", and why where it is not restored
};

// Whether to put back a value that is neither what we left nor what was before.
using AskAnyway =
    std::function<bool(const Change& change, const SettingValue& now, std::string_view text)>;

// One change. A change that is settled already gives kAlready or kLeft and touches nothing.
Undone UndoChange(const Change& change, const Workplace& place, const AskAnyway& ask);

// All changes of a repair that can be undone, last first. Ends the repair in the journal when it
// was open and nothing is left to undo. Stops at a phone that is gone.
std::vector<Undone> UndoRepair(std::uint64_t repair, const Workplace& place, const AskAnyway& ask);

// Only those that were meant for a time: what the guard does. Asks nobody: what somebody else
// changed since is left alone and stays in the journal.
std::vector<Undone> PutBackTemporary(std::uint64_t repair, const Workplace& place);

// Repairs of this phone that were interrupted, latest first; empty serial: of any phone.
std::vector<std::uint64_t> HotRepairs(const RepairJournal& journal, std::string_view serial);

}  // namespace bk::repair
