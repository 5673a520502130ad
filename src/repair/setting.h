// One thing on a phone that has a value, can be read, written and compared: a row of Android's
// settings, an app-op, a permission, an entry in a list. Everything that bandkeeper changes on a
// phone is one of these, so that everything can be put back.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "ports/phone.h"

namespace bk::repair {

// What decides which command a phone understands. Read once per phone.
struct PhoneTraits {
  int sdk = 0;        // ro.build.version.sdk; 0: not known, the oldest way is tried
  std::string maker;  // as knowledge's words name makers: "xiaomi", "samsung" ...; empty: stock
  int user = 0;       // am get-current-user
};

// Names a setting: the kind, then what it belongs to. Text form "kind/a/b", stable: it stands in
// journals that outlive this version of the program.
//   global/NAME  secure/NAME          Android's settings tables
//   app_op/PKG/OP                     a mode; "default" when none was set
//   permission/PKG/PERMISSION         "granted" | "denied"
//   doze_exempt/PKG                   "yes" | "no"
//   data_saver_exempt/PKG             "yes" | "no"
//   standby_bucket/PKG                number as text
//   background_level/PKG
//   notification_listener/PKG/CLASS   "yes" | "no"
//   package_enabled/PKG               "default" | "enabled" | "disabled" | "disabled-user"
//   bluetooth                         "on" | "off"
//   airplane_mode                     "on" | "off"
//   battery_saver, location, data_saver   "on" | "off"
struct SettingId {
  std::string text;
  friend auto operator<=>(const SettingId&, const SettingId&) = default;
};

// A value that a setting can have; nullopt: it has none (a row that does not exist).
using SettingValue = std::optional<std::string>;

}  // namespace bk::repair
