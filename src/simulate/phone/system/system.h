// Settings, packages and restrictions of a simulated phone.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>

namespace bk::simulate {

struct Permission {
  bool granted = false;
  std::set<std::string> flags;  // "USER_SET", "USER_FIXED" ...
  friend bool operator==(const Permission&, const Permission&) = default;
};

enum class Enabled : std::uint8_t { kDefault, kEnabled, kDisabled, kDisabledUser };

struct Package {
  std::string label, version_name;
  std::int64_t version_code = 1;
  int uid = 10'100;
  bool system = false;
  bool stopped = false;
  Enabled enabled = Enabled::kDefault;
  std::string launcher;  // ".MainActivity"; empty: cannot be started by hand
  std::string listener;  // class of its notification listener; empty: none
  std::map<std::string, Permission> permissions;  // the runtime permissions that it asks for
  std::map<std::string, std::string> ops;         // op → mode, those set away from their default
  int bucket = 10;                                // 5 exempted … 45 restricted
  std::string bucket_reason = "u";
  std::string background_level;  // am get-bg-restriction-level, empty: the version's default
  bool autostart = true;         // Xiaomi's own switch (op 10008)
  friend bool operator==(const Package&, const Package&) = default;
};

struct System {
  // table ("global", "secure", "system") → name → value
  std::map<std::string, std::map<std::string, std::string>> settings;
  std::map<std::string, std::string> properties;  // getprop
  std::map<std::string, Package> packages;        // user 0
  std::set<std::string> doze_exempt;              // by the user; packages
  std::set<int> data_saver_exempt;                // uids
  std::set<std::string> listeners;                // allowed notification listeners, "pkg/cls"
  bool data_saver = false;
  bool battery_saver = false;
  int battery_percent = 80;
  bool plugged = true;
  bool booted = true;
  friend bool operator==(const System&, const System&) = default;
};

}  // namespace bk::simulate
