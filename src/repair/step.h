// Carries out what the tool does for a fix, move by move:
//
//   read → record → write → read back                    (a setting)
//   record → do                                          (a deed, a restart)
//   open a page → the person → look whether it was done  (a finger)
//
// Nothing is done before its record is durable, nothing without a Permit. What was changed for a
// time is put back before CarryOut returns, whatever happened; where the phone is gone by then, the
// change stays open in the journal, for the guard and for the next start.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ports/clock.h"
#include "ports/phone.h"
#include "repair/action.h"
#include "repair/consent.h"
#include "repair/journal.h"

namespace bk::repair {

// What a repair works with. Nothing is owned.
struct Workplace {
  ports::Phone& phone;
  ports::Clock& clock;
  RepairJournal& journal;
  const PhoneTraits& traits;
  std::uint64_t repair = 0;  // of BeginRepair
};

// What the person is told and asked meanwhile.
class StepTeller {
 public:
  virtual ~StepTeller() = default;
  // One sentence on what is being done or was found.
  virtual void Tell(std::string_view sentence) = 0;
  // A page is open (or, with `opened` false, must be found by the words of the fix), as `sentence`
  // says, and what a finger does there is awaited next.
  virtual void ShowPage(const OpenPage& page, bool opened, std::string_view sentence) {
    static_cast<void>(page);
    static_cast<void>(opened);
    Tell(sentence);
  }
  // A page is open (or, with `opened` false, must be found by the words of the fix) and nothing
  // here can see whether the person did what it is for.
  enum class Finger : std::uint8_t { kDone, kCannot, kStop };
  virtual Finger AskFinger(const OpenPage& page, bool opened) = 0;
  // While the phone is awaited, about once a second. False: the person gives up on it.
  virtual bool Waiting(std::string_view what, std::chrono::milliseconds left) = 0;
};

struct StepResult {
  enum class End : std::uint8_t {
    kDone,       // every move was made and read back
    kAlready,    // likewise, and everything was so before
    kRefused,    // the phone will not; `refusal` says what the owner can do
    kNotSeen,    // awaited in vain: the page was opened and nothing changed, or the person cannot
    kStopped,    // by the person
    kPhoneGone,  // cut
    kJournal,    // nothing can be recorded, so nothing was done
  };
  End end = End::kDone;
  std::string sentence;  // why, unless kDone or kAlready
  std::optional<Refusal> refusal;
  std::vector<std::uint64_t> changes;  // of the journal, that were begun
  bool temporary_left = false;         // something could not be put back: the journal is hot

  [[nodiscard]] bool done() const { return end == End::kDone || end == End::kAlready; }
};
std::string_view EndName(StepResult::End end);  // "done", "already", "refused", ...

// `by_finger`: Action::by_finger instead of Action::moves. BK_CHECKs that the permit is for this
// fix.
StepResult CarryOut(const Action& action, bool by_finger, const Permit& permit,
                    const Workplace& place, StepTeller& teller);

// What a step would do, for --dry-run and "exact commands": nothing is changed.
struct PreviewLine {
  std::string what;                   // "Location: off → on", "Stop Zepp Life", "Wait 10 s"
  std::vector<std::string> commands;  // of the first way that is tried
  bool already = false;               // it is so: nothing would be written
};
std::vector<PreviewLine> Preview(const Action& action, bool by_finger, ports::Phone& phone,
                                 const PhoneTraits& traits);

// The home button: whatever is on the screen goes to the background. In the journal as a deed of
// `fix`, whose proof it belongs to: undoing it is nothing, the person opens the app again. nullopt:
// it was pressed; else why not, for the person.
std::optional<std::string> PressHome(const Workplace& place, std::string_view fix);
PreviewLine PreviewHome(const PhoneTraits& traits);

}  // namespace bk::repair
