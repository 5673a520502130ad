// What the tool itself does for a fix, as data: the executor carries it out, --dry-run prints it.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "repair/setting.h"

namespace bk::repair {

// Sets a value; undone by setting the one that was read before. A temporary change is put back
// within the same step (airplane mode on, then as it was), also when the program is killed: at the
// next PutBack, at the latest at the end of the step.
struct ChangeSetting {
  SettingId setting;
  SettingValue to;
  bool temporary = false;
  // A phone that has no such thing (a Refusal kNotHere on reading or writing) does not fail the
  // step: the app never asked for that permission, this Android has no such list.
  bool optional = false;
  // Not empty: changed only where the value is one of these (Same), else it is left as it is.
  std::vector<std::string> only_from = {};
};
// Whether `only_from` allows it, with the value that is there now.
bool OursToChange(const ChangeSetting& move, const SettingValue& now);
// Puts back what this step changed for a time, last first.
struct PutBack {};
// Something that leaves no setting behind: stop and start an app, clear its cache.
struct Deed {
  std::string what;  // for the person: "Stop Zepp Life"
  std::vector<Way> ways;
  std::string english = {};  // for the journal; empty: `what`
  bool opens_app = false;    // and leaves it on the screen
};
// A page of the phone's settings, or an app, for the person's finger. Each way is tried until one
// opens; when none does, the words of the fix say the way there. With no Await after it, the person
// says when they are done.
struct OpenPage {
  std::string what;  // "the Bluetooth settings"
  std::vector<Way> ways;
  bool opens_app = false;  // an app's own screen, not a page of the settings
};
// Waits until a setting reads as wanted, or the time is out (which fails the step).
struct AwaitSetting {
  SettingId setting;
  SettingValue value;
  std::chrono::milliseconds time_out{15'000};
  // Any value but none and the one at the step's begin; `value` is not looked at.
  bool any_other = false;
  bool optional = false;  // a time-out or a refused reading does not fail the step
};
struct Pause {
  std::chrono::milliseconds time{0};
};
struct RestartPhone {};

using Move =
    std::variant<ChangeSetting, PutBack, Deed, OpenPage, AwaitSetting, Pause, RestartPhone>;

struct Action {
  std::string fix;
  std::vector<Move> moves;  // in order; empty: this phone leaves it to the finger
  // What the person's finger does instead, where the phone refuses `moves`, where they find nothing
  // to change, or where there are none; and how it is seen to be done. Empty: no page for it. May
  // hold RestartPhone, which the person is asked for; never a ChangeSetting.
  std::vector<Move> by_finger;
};

// Whether these moves leave an app on the screen.
bool LeaveAppOpen(const std::vector<Move>& moves);

// What is known of the case, beside the phone's traits.
struct Situation {
  std::string companion;           // package that the owner uses with the band; empty: unknown
  std::string companion_listener;  // class of its notification listener; empty: unknown
  std::vector<std::string> other_companions;  // packages of other apps for bands that are there
  std::vector<std::string> bluetooth_hogs;    // packages that use Bluetooth all the time
  std::vector<std::string> missing_packages;  // that the companion needs: not there, or off
  std::string bluetooth_app = "com.android.bluetooth";  // the phone's own
  std::string band_address;                             // upper case with colons; empty: unknown
};

// Who does a fix.
enum class Doer : std::uint8_t {
  kTool,    // bandkeeper, over the cable
  kFinger,  // the owner on the phone: bandkeeper opens the page, and looks afterwards if it can
  kWords,   // the owner, away from the phone's pages: words only
};
// nullopt: no such fix is known here.
std::optional<Doer> DoerOf(std::string_view fix);
// Every fix that DoerOf knows.
std::vector<std::string_view> KnownFixes();

// What there is to do for `fix` on this phone. nullopt: words only (Doer::kWords, or what would be
// needed is not known, such as which app is the companion).
std::optional<Action> ActionFor(std::string_view fix, const PhoneTraits& traits,
                                const Situation& situation);

}  // namespace bk::repair
