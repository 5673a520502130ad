// Reads one `dumpsys package`. Inside the room only; enter at package_state.h.
#pragma once

#include <cstddef>
#include <span>
#include <string_view>
#include <vector>

#include "android/dump_text.h"
#include "android/packages/package_state.h"

namespace bk::android {

// A phone has some hundreds of packages; each of interest asks for some tens of permissions.
inline constexpr std::size_t kPackagesMax = 20'000;
inline constexpr std::size_t kPerPackageMax = 2'000;
inline constexpr std::size_t kUsersMax = 64;

class PackageDumpReader {
 public:
  PackageDumpReader(const Section& section, std::span<const evidence::CompanionApp> apps,
                    PackageState& state, std::vector<evidence::Loss>& losses)
      : section_(section), apps_(apps), state_(state), losses_(losses) {}
  void Read();

 private:
  enum class Part : std::uint8_t { kOther, kFeatures, kPackages, kHidden, kSharedUsers };
  enum class List : std::uint8_t {
    kNone,
    kRequested,
    kInstall,  // install permissions, and Android 5's grantedPermissions
    kRuntime,
    kDisabled,
    kLibraries,
  };
  // What one block said so far: a package's or a shared user's.
  struct BlockFacts {
    std::string_view header;
    std::string_view name;
    bool open = false;
    bool has_version = false;
    bool has_id = false;
    bool has_user = false;
    bool wants_user = false;  // Android 4.2 and later print "User N:" lines
    bool bluetooth = false;
    bool system = false;
    bool owner_installed = true;
    bool owner_disabled = false;
    int app_id = -1;
    bool kept = false;  // `info_` is being filled
  };
  // A shared user's permissions are those of its packages (all of them before Android 14).
  struct SharedUser {
    std::string name;
    int app_id = -1;
    bool bluetooth = false;
    std::vector<PermissionState> install;
    std::vector<UserState> users;
  };

  void Heading(std::string_view line);
  void BeginPackage(std::string_view line);
  void BeginSharedUser(std::string_view line);
  void EndBlock();
  void BlockLine(std::string_view line);
  void Field(std::string_view text, std::string_view line);
  void UserLine(std::string_view text, std::string_view line);
  void ListLine(std::string_view text, std::size_t indent, std::string_view line);
  void JoinSharedUsers();
  void Finish();

  const Section& section_;
  std::span<const evidence::CompanionApp> apps_;
  PackageState& state_;
  std::vector<evidence::Loss>& losses_;

  Part part_ = Part::kOther;
  List list_ = List::kNone;
  std::size_t list_indent_ = 0;
  BlockFacts block_;
  PackageInfo info_;
  std::vector<SharedUser> shared_;
  BlockCount packages_;
  bool packages_part_seen_ = false;
  bool packages_part_ended_ = false;
  bool saw_framework_ = false;
  bool le_ = false;
  bool classic_ = false;
  std::string_view features_;
  bool too_many_ = false;
};

// Adds or completes the entry of `name` in the sorted list.
PackageName& NameEntry(PackageState& state, std::string_view name);

}  // namespace bk::android
