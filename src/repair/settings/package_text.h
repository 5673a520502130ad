// Reads one package out of `dumpsys package NAME`: its version, and for one user whether it is
// installed, how it is enabled and which runtime permissions it holds. Android 8 to 16. What the
// dump does not tell stays as it begins here. All views are into the dump, which must outlive them.
// Source: AOSP, PackageManagerService's Settings.java (dumpPackageLPr, dumpPackagesLPr).
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace bk::repair {

struct PackageText {
  std::string_view version_name, version_code;
  std::string_view first_install;  // the phone's local time, as it writes it
  bool installed = false;          // for the user
  int enabled = -1;                // 0 default, 1 enabled, 2 disabled, 3 by the user, 4 until used
  std::optional<bool> stopped;
  std::string_view user_block, before_users;  // where permissions stand

  // nullopt: the app does not ask for it.
  [[nodiscard]] std::optional<bool> Granted(std::string_view permission) const;
};

// nullopt: no such package in the dump. `user` by Android's number; of one that is not in the dump
// nothing is known beyond the version.
std::optional<PackageText> FindPackage(std::string_view dump, std::string_view package, int user);

// The class of the service that takes notifications (with BIND_NOTIFICATION_LISTENER_SERVICE), from
// the dump's table of services; empty: none.
std::string FindNotificationListener(std::string_view dump, std::string_view package);

}  // namespace bk::repair
