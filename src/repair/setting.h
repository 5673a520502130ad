// One thing on a phone that has a value, can be read, written and compared: a row of Android's
// settings, an app-op, a permission, an entry in a list. Everything that bandkeeper changes on a
// phone is one of these, so that everything can be put back.
//
//   auto traits = ReadTraits(phone);                            // once per phone, one round trip
//   auto now = ReadSettings(phone, *traits, ids);               // many in one round trip
//   auto done = WriteSetting(phone, *traits, id, *now[0], "on");  // tries the ways, reads back
//
// Source of the commands, replies and who may do what: AOSP (packages/apps/Settings,
// frameworks/base services and cmds, packages/modules/Bluetooth, the Shell app's manifest).
#pragma once

#include <chrono>
#include <cstdint>
#include <expected>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "language/language.h"
#include "ports/phone.h"

namespace bk::repair {

// What decides which command a phone understands, and how its apps are called. Read once per phone.
struct PhoneTraits {
  int sdk = 0;        // ro.build.version.sdk; 0: not known, every way is tried
  std::string maker;  // as knowledge's words name makers: "xiaomi", "samsung" ...; empty: stock
  int user = 0;       // am get-current-user
  std::map<std::string, int, std::less<>> uids;  // of installed apps, user included; empty: unknown
  std::map<std::string, std::string, std::less<>> titles;  // package → "Zepp Life", for words
  // What is spoken to the owner, of the knowledge that is used; outlives the traits. Null: English.
  const language::Language* language = nullptr;

  // The app's title, else its package.
  [[nodiscard]] std::string TitleOf(std::string_view package) const;
  // Whether this Android is at least `level`; true while it is not known.
  [[nodiscard]] bool AtLeast(int level) const { return sdk == 0 || sdk >= level; }
  // "--user 10 ", or nothing for the first user, for whom no command needs to be told.
  [[nodiscard]] std::string UserOption() const;
  [[nodiscard]] std::string Say(const language::Message& message,
                                const std::vector<language::Argument>& arguments = {}) const;
};
// `titles` stays empty. kNotReadable when the phone does not even answer getprop.
Result<PhoneTraits> ReadTraits(ports::Phone& phone, const language::Language* language = nullptr);
// "Redmi" → "xiaomi": ro.product.manufacturer (or brand) as knowledge's words name makers.
std::string MakerWord(std::string_view manufacturer);

// Names a setting: the kind, then what it belongs to. Text form "kind/a/b", stable: it stands in
// journals that outlive this version of the program. Parts hold no '/'.
//   global/NAME  secure/NAME  system/NAME   Android's settings tables; a row may be missing
//   app_op/PKG/OP  uid_op/PKG/OP      a mode, of the app or of its whole uid (which wins); when
//                                     none was set, "default". OP may be a number (Xiaomi's 10008).
//   permission/PKG/PERMISSION         "granted" | "denied"
//   doze_exempt/PKG                   "yes" | "no"
//   data_saver_exempt/PKG             "yes" | "no"
//   standby_bucket/PKG                number as text
//   background_level/PKG              as `am get-bg-restriction-level` names it
//   notification_listener/PKG/CLASS   "yes" | "no"; CLASS "*": any of the app's, which cannot be
//                                     written
//   stopped/PKG                       "yes" | "no": force-stopped, not opened since; or "disabled"
//   closed/PKG                        the same, of an app that is to run again: "no" opens it
//   package_enabled/PKG               "default" | "enabled" | "disabled" | "disabled-user" |
//                                     "disabled-until-used"
//   bluetooth                         "on" | "off" | "changing"
//   airplane_mode                     "on" | "off"
//   battery_saver, location, data_saver   "on" | "off"
// Can be read, not written: what a person does on the phone is seen by them.
//   running/PKG                       "yes" | "no": its main process lives
//   listener_live/PKG                 "yes" | "no": Android has its notification listener bound
//   bonded/ADDRESS                    "yes" | "no": in Android's list of paired devices. In upper
//                                     case; may be written AA-BB-CC-DD-EE-FF. No person sees it.
//   version/PKG                       "6.9.5 (50612)"; none: not installed
//   installed_at/PKG                  the phone's text; none: not installed
//   system_build                      the build's fingerprint
//   internet                          "yes" | "no": a network is in use
struct SettingId {
  std::string text;
  friend auto operator<=>(const SettingId&, const SettingId&) = default;
};

// A value that a setting can have; nullopt: it has none (a row that does not exist).
using SettingValue = std::optional<std::string>;

namespace setting {
SettingId Global(std::string_view name);
SettingId Secure(std::string_view name);
SettingId AppOp(std::string_view package, std::string_view op);
SettingId UidOp(std::string_view package, std::string_view op);
SettingId Permission(std::string_view package, std::string_view permission);
SettingId DozeExempt(std::string_view package);
SettingId DataSaverExempt(std::string_view package);
SettingId StandbyBucket(std::string_view package);
SettingId BackgroundLevel(std::string_view package);
SettingId NotificationListener(std::string_view package, std::string_view component_class);
SettingId PackageEnabled(std::string_view package);
SettingId Stopped(std::string_view package);
SettingId Closed(std::string_view package);
SettingId Bluetooth();
SettingId AirplaneMode();
SettingId BatterySaver();
SettingId Location();
SettingId DataSaver();
SettingId Running(std::string_view package);
SettingId ListenerLive(std::string_view package);
SettingId Bonded(std::string_view address);
SettingId Version(std::string_view package);
SettingId InstalledAt(std::string_view package);
SettingId SystemBuild();
SettingId Internet();
}  // namespace setting

// Whether this is a setting that this program knows, whole and with parts that a phone could have.
// Whatever comes from a journal is asked this first; the functions below refuse what fails it.
bool IsKnown(const SettingId& id);
bool CanBeWritten(const SettingId& id);

// Why a phone did not tell or do what it was asked. A value, not an error: it is evidence, and
// decides what comes next.
struct Refusal {
  enum class Why : std::uint8_t {
    kSecuritySwitch,  // the maker's own switch for developers forbids it
    kNotAllowed,      // adb's shell may not do this on this phone
    kNotHere,         // the phone has no such command, app, permission or list
    kManaged,         // an administrator or the system fixes it
    kNoEffect,        // it said yes, and nothing changed
    kNoAnswer,        // cut, timed out, interrupted: what happened is not known
    kUnclear,         // an answer that is not understood
  };
  Why why = Why::kUnclear;
  std::string sentence;  // what it is and what the owner can do about it
  std::string reply;     // the phone's own line, made printable; may be empty
};
using Reading = std::expected<SettingValue, Refusal>;
std::string_view WhyName(Refusal::Why why);  // "security_switch", "not_allowed", ...

// One value for each id, in their order. One round trip; a second one for those whose first way is
// not known on this phone. No id is asked for twice.
std::vector<Reading> ReadSettings(ports::Phone& phone, const PhoneTraits& traits,
                                  std::span<const SettingId> ids);
Reading ReadSetting(ports::Phone& phone, const PhoneTraits& traits, const SettingId& id);

// One way to write a value: commands, one after the other.
using Way = std::vector<ports::PhoneCommand>;
// The ways to make `id` be `to`, best first; the next one is for when a phone refuses the one
// before. For --dry-run too. Refused when this phone has no way (kNotHere; the sentence says what
// the owner can do) or `to` is no value that can be written.
std::expected<std::vector<Way>, Refusal> WaysToWrite(const PhoneTraits& traits, const SettingId& id,
                                                     const SettingValue& to);

struct Writing {
  std::vector<std::string> lines;  // the commands that were given, in order
  std::optional<Refusal> refused;  // no way did it: the first refusal that an owner can act on
  Reading now = SettingValue{};    // read back
};
// Writes nothing when `before` is already Same as `to`. Otherwise tries the ways until one is not
// refused and the value reads back; a value that takes a while (SettleTime) may still read as it
// was: the caller waits and reads again.
Writing WriteSetting(ports::Phone& phone, const PhoneTraits& traits, const SettingId& id,
                     const SettingValue& before, const SettingValue& to);

// How long after a write the value may take to show. 0: at once.
std::chrono::milliseconds SettleTime(const SettingId& id);

// False for a reading between two values: Bluetooth that is just going on or off. It is nothing
// that could be put back.
bool IsSettled(const SettingId& id, const SettingValue& value);

// Whether two values mean the same for the phone ("default" and the mode that is an op's default;
// .Class and its full name). Undo and the check of a write ask this.
bool Same(const SettingId& id, const SettingValue& a, const SettingValue& b);

// Empty: writing the old value restores the phone exactly. Else a sentence that says what may
// differ ("Android may move the app to another class by itself.").
std::string RestoreNote(const PhoneTraits& traits, const SettingId& id);
// A sentence for the owner when the value did not stick, or that they must know beside the change;
// empty: none.
std::string Caveat(const PhoneTraits& traits, const SettingId& id, const SettingValue& to);

// For a person: "Location", "Zepp Life: no battery limits"; "on"; "Location: off → on".
std::string Describe(const PhoneTraits& traits, const SettingId& id);
std::string DescribeValue(const PhoneTraits& traits, const SettingId& id,
                          const SettingValue& value);
std::string DescribeChange(const PhoneTraits& traits, const SettingId& id, const SettingValue& from,
                           const SettingValue& to);

}  // namespace bk::repair
