// The settings with which a band stays connected day by day: what the troubleshooting guide calls
// stable everyday settings, as checks whose answer the phone gives.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "repair/action.h"
#include "repair/setting.h"

namespace bk::repair {

struct Wanted {
  SettingId setting;
  SettingValue value;
  std::vector<std::string> or_any = {};  // as good as `value`
};

struct EverydayCheck {
  std::string fix;    // of knowledge/fixes: what sets it (ActionFor), and the words for the person
  std::string title;  // how it should be: "Zepp Life runs without battery limits"
  std::string why;    // one sentence
  // All of them must read so; one that the phone does not have (kNotHere) does not count. Empty: no
  // command reads it, the owner looks.
  std::vector<Wanted> wanted;
  // Looked at only while this reads so: Data Saver's list matters while Data Saver is on.
  std::optional<Wanted> only_while = std::nullopt;
};

// For this phone and companion, in the order in which they are shown. Without a companion only
// those of the phone itself.
std::vector<EverydayCheck> EverydayChecks(const PhoneTraits& traits, const Situation& situation);

struct EverydayState {
  enum class Is : std::uint8_t {
    kGood,
    kOff,       // one at least is not as wanted
    kByEye,     // the phone does not tell
    kNotAsked,  // this phone has none of it, or `only_while` does not hold: not shown
  };
  Is is = Is::kByEye;
  std::vector<std::string> differs;  // "Automatic time: off", one for each that is not as wanted
  std::string refusal;               // why the phone does not tell, if it was asked
};
// All checks in one round trip; answers in their order.
std::vector<EverydayState> LookAtEveryday(ports::Phone& phone, const PhoneTraits& traits,
                                          std::span<const EverydayCheck> checks);

// What no setting is: habits, each a sentence.
std::vector<std::string> EverydayHabits(const PhoneTraits& traits, const Situation& situation);

}  // namespace bk::repair
