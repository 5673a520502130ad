// Settings, packages and restrictions of a simulated phone: what its owner, its apps or a tool have
// set. What merely happened (exits, uses) is in traces.h.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

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
  int target_sdk = 33;
  int uid = 10'100;
  bool system = false;
  bool stopped = false;
  Enabled enabled = Enabled::kDefault;
  std::string disabled_by;  // lastDisabledCaller, when disabled
  std::string launcher;     // ".MainActivity"; empty: cannot be started by hand
  std::string listener;     // class of its notification listener; empty: none
  std::string service;      // class of its foreground service; empty: none
  std::string installer = "com.android.vending";
  std::int64_t installed_at = 0, updated_at = 0;  // seconds since 1970, UTC
  std::string code_path;                          // "/data/app/~~x==/pkg-y=="
  std::map<std::string, Permission> permissions;  // the runtime permissions that it asks for
  std::set<std::string> install_permissions;      // those that need no asking
  std::map<std::string, std::string> ops;         // op → mode, those set away from their default
  std::map<std::string, std::string> uid_ops;     // the same, set for the whole uid: it wins
  int bucket = 10;                                // 5 exempted … 45 restricted
  std::string background_level;  // am get-bg-restriction-level, empty: what follows from the rest
  bool notifications_off = false;
  bool autostart = true;   // Xiaomi's own switch (ops 10008 and 10053)
  bool asleep = false;     // Samsung: on the list of sleeping apps
  bool first_run = false;  // its data is gone: it shows its first page and knows no band
  friend bool operator==(const Package&, const Package&) = default;
};

struct Association {  // `dumpsys companiondevice`
  std::string package, address;
  friend bool operator==(const Association&, const Association&) = default;
};

struct Network {
  bool connected = true, validated = true;
  std::string vpn;  // package that runs a VPN; empty: none
  friend bool operator==(const Network&, const Network&) = default;
};

struct System {
  // table ("global", "secure", "system") → name → value. Among them stand airplane mode, battery
  // saver (global/low_power), location (secure/location_mode), automatic time: see state.h.
  std::map<std::string, std::map<std::string, std::string>> settings;
  std::map<std::string, std::string> properties;  // getprop
  std::map<std::string, std::string> flags;       // device_config: "namespace/key" → value
  std::map<std::string, Package> packages;        // user 0
  std::set<std::string> doze_exempt;              // by the user; packages
  std::set<std::string> doze_exempt_system;       // by the maker
  std::set<int> data_saver_exempt;                // uids
  std::set<int> data_denied;                      // uids without background data
  std::set<std::string> listeners;                // allowed notification listeners, "pkg/cls"
  std::vector<Association> associations;
  Network network;
  bool data_saver = false;
  bool doze_forced = false;
  int battery_percent = 80;
  int battery_temperature = 270;  // tenths of a degree
  bool plugged = true;
  bool screen_on = true, locked = false;
  bool booted = true;
  friend bool operator==(const System&, const System&) = default;
};

}  // namespace bk::simulate
