// The kinds of settings as one table. What is common to all (batching, trying the ways, reading
// back) stands in repair/setting.cc.
#pragma once

#include <array>
#include <chrono>
#include <expected>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ports/phone.h"
#include "repair/setting.h"

namespace bk::repair::kinds {

// A SettingId taken apart; views into its text.
struct Parts {
  std::string_view kind;
  std::array<std::string_view, 2> of;  // empty where the kind has fewer
};

struct Kind {
  std::string_view name;
  std::size_t parts;  // after the name
  // Ways to read, best first; the next when one is not known on the phone. Empty: this Android has
  // no such thing.
  std::vector<ports::PhoneCommand> (*read)(const PhoneTraits&, const Parts&);
  // The value in what `command` printed; nullopt: not there, and a refusal is looked for.
  std::optional<SettingValue> (*parse)(const PhoneTraits&, const Parts&,
                                       const ports::PhoneCommand& command, std::string_view out);
  // nullptr: can only be read. Empty: no way on this Android, or no value that can be written.
  std::vector<Way> (*write)(const PhoneTraits&, const Parts&, const SettingValue& to);
  // nullptr: equal texts.
  bool (*same)(const Parts&, const std::string& a, const std::string& b) = nullptr;
  // Any line could be a value, so a refusal is looked for first.
  bool any_text = false;
  std::chrono::milliseconds settle{0};
  const language::Message* restore_note = nullptr;
  std::string_view between = {};  // a reading that is none yet: the value is just changing
};

// nullptr when no kind of that name takes so many parts, or a part is none that a phone could have.
const Kind* Find(const SettingId& id, Parts& parts);

// A command with the usual time-out, for short answers.
ports::PhoneCommand Command(std::string line);
// For a dump that may be large: what comes after 8 MiB is not looked at.
ports::PhoneCommand Dump(std::string line);
// How the settings of one app are read that `dumpsys package` tells.
std::vector<ports::PhoneCommand> ReadPackage(const PhoneTraits& traits, const Parts& parts);
// The only way there is: one command.
std::vector<Way> OneWay(std::string line);

// "yes" and "no", "on" and "off", there and back; nullopt: neither of the two.
std::string YesNo(bool yes);
std::string OnOff(bool on);
std::optional<bool> IsYes(const SettingValue& value);
std::optional<bool> IsOn(const SettingValue& value);
// Without blanks at its ends.
std::string_view FirstLine(std::string_view out);

// In the files of their families.
extern const Kind kGlobal, kSecure, kSystem;
extern const Kind kAppOp, kUidOp, kPermission, kPackageEnabled, kStopped, kClosed, kStandbyBucket,
    kBackgroundLevel;
extern const Kind kDozeExempt, kDataSaverExempt, kNotificationListener;
extern const Kind kBluetooth, kAirplaneMode, kBatterySaver, kLocation, kDataSaver;
extern const Kind kRunning, kListenerLive, kBonded, kVersion, kInstalledAt, kSystemBuild, kInternet;

// Why this Android has no way to read or write it.
Refusal NoWay(const PhoneTraits& traits, const SettingId& id);

}  // namespace bk::repair::kinds
