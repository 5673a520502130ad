// What `dumpsys package`, `pm list packages` and `dumpsys companiondevice` say: which apps are
// there, in which version, with which permissions, and whether they may run. Android 5 to 16.
//
// A dump holds hundreds of packages and up to 50 MB. Kept in full are the packages of interest:
// the companion apps, the Bluetooth app, and any package that holds Bluetooth permissions is kept
// by name. Blocks seen are counted against blocks understood.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "android/section.h"
#include "evidence/companion_app.h"
#include "evidence/evidence.h"

namespace bk::android {

struct PermissionState {
  std::string name;  // "android.permission.BLUETOOTH_SCAN"
  bool granted = false;
  std::string flags;  // "USER_SET|USER_FIXED"; empty for install permissions
  evidence::Where where;
};

// One "User N:" line of a package and the runtime permissions below it.
struct UserState {
  int user = 0;
  bool installed = true;
  bool hidden = false;
  bool suspended = false;
  bool stopped = false;       // force-stopped or never opened: gets no broadcasts
  bool not_launched = false;  // never opened since it was installed
  int enabled = 0;            // 0 default, 1 enabled, 2 disabled, 3 by the user, 4 until used
  std::string disabled_by;    // "lastDisabledCaller"
  std::vector<PermissionState> permissions;
  std::vector<std::string> disabled_components;
  evidence::Where where;
};

struct PackageInfo {
  std::string name;
  std::string version_name;
  std::int64_t version_code = -1;
  int target_sdk = -1;
  int app_id = -1;           // userId= or appId=
  std::string shared_user;   // name of the shared user, whose permissions are its own
  WallTime first_install{};  // phone's local time; us 0: not told
  WallTime last_update{};
  std::string installer;  // "com.android.vending", "com.xiaomi.market"; "null" becomes empty
  bool system = false;    // FLAG: SYSTEM or UPDATED_SYSTEM_APP
  std::vector<std::string> requested;    // requested permissions
  std::vector<PermissionState> install;  // install-time permissions
  std::vector<UserState> users;
  std::vector<std::string> uses_libraries;
  bool full = false;  // a "Package [..]" block was read; false: from `pm list packages` only
  evidence::Where where;
};

// What is kept of every other package.
struct PackageName {
  std::string name;
  bool installed_for_owner = true;
  int app_id = -1;
  bool bluetooth = false;  // asks for or holds a Bluetooth permission
  bool system = false;
  bool disabled_for_owner = false;  // enabled 2 or 3, or hidden, for user 0
};

struct CompanionAssociation {
  int user = 0;
  std::string package;
  std::string address;   // upper case; empty for self-managed ones
  std::string name;      // display name, if any
  bool present = false;  // "Companion Device Present" names it
  evidence::Where where;
};

struct PackageState {
  evidence::SourceKind source = evidence::SourceKind::kBugReport;
  std::uint32_t dumps = 0;  // package dumps that went in
  bool whole_list = false;  // every package of the phone was listed, and not cut: a package
                            // that is not there is not installed
  evidence::Where where;    // of the "Packages:" heading or the list
  std::vector<PackageInfo> packages;  // of interest, in the order of the dump
  std::vector<PackageName> names;     // all of them, sorted by name
  std::uint64_t blocks_seen = 0;
  std::uint64_t blocks_understood = 0;

  // "Features:" of the phone; nullopt: not listed, or the list is cut.
  std::optional<bool> has_bluetooth;
  std::optional<bool> has_bluetooth_le;
  evidence::Where features_where;
  std::vector<std::string> not_found;  // "Unable to find package: X"
  evidence::Where not_found_where;

  bool associations_listed = false;
  std::vector<CompanionAssociation> associations;
  evidence::Where associations_where;

  // nullptr when not there.
  [[nodiscard]] const PackageInfo* Find(std::string_view package) const;
  [[nodiscard]] const PackageName* FindName(std::string_view package) const;
};

// Whether `package` is kept in full: a companion app, or the Bluetooth app itself.
bool IsOfInterest(std::string_view package, std::span<const evidence::CompanionApp> apps);

// Reads `dumpsys package` or `dumpsys package NAME` (section.name "package") into `state`.
void ParsePackageSection(const Section& section, std::span<const evidence::CompanionApp> apps,
                         PackageState& state, std::vector<evidence::Loss>& losses);
// Reads `pm list packages` with any of -f -U -d -e -i --show-versioncode. `-d` in section.command
// means that what is listed is disabled.
void ParsePackageList(const Section& section, std::span<const evidence::CompanionApp> apps,
                      PackageState& state, std::vector<evidence::Loss>& losses);
// Reads `pm list features`: what the phone's hardware can do.
void ParseFeatureList(const Section& section, PackageState& state);
// Reads `dumpsys companiondevice` and `cmd companiondevice list N`.
void ParseCompanionDeviceSection(const Section& section, PackageState& state,
                                 std::vector<evidence::Loss>& losses);

std::vector<evidence::BandSeen> Sightings(const PackageState& state);

// `sdk` is the phone's SDK level, 0 when not known: it decides which permissions exist.
evidence::Evidence Findings(const PackageState& state, int sdk, const evidence::BandId& band,
                            std::span<const evidence::CompanionApp> apps);

}  // namespace bk::android
