#include "android/packages/package_reader.h"

#include <algorithm>

#include "android/packages/permission_rules.h"

namespace bk::android {
namespace {

constexpr std::string_view kBluetoothApps[] = {"com.android.bluetooth",
                                               "com.google.android.bluetooth"};

// "key=value" up to a blank: the value, or empty.
std::string_view ValueOf(std::string_view text, std::string_view key) {
  std::size_t at = 0;
  while ((at = text.find(key, at)) != std::string_view::npos) {
    if (at == 0 || text[at - 1] == ' ') {
      text.remove_prefix(at + key.size());
      return text.substr(0, text.find(' '));
    }
    at += key.size();
  }
  return {};
}

int IntOf(std::string_view text, std::string_view key) {
  return ParseInt<int>(ValueOf(text, key)).value_or(-1);
}

WallTime TimeOf(std::string_view text) {
  const AnyInstant at = TakeTime(text);
  return at.clock == ClockKind::kWall ? WallTime{at.us} : WallTime{};
}

std::string NotNull(std::string_view text) {
  return text == "null" ? std::string() : std::string(text);
}

// "android.permission.X: granted=true, flags=[ A|B ]", "android.permission.X" (granted, Android 5)
PermissionState PermissionFrom(std::string_view text) {
  PermissionState permission;
  const std::size_t colon = text.find(": ");
  permission.name = Trim(text.substr(0, colon));
  if (colon == std::string_view::npos) {
    permission.granted = true;
    return permission;
  }
  const std::string_view rest = text.substr(colon + 2);
  permission.granted = rest.find("granted=true") != std::string_view::npos;
  if (const std::size_t open = rest.find("flags=["); open != std::string_view::npos) {
    permission.flags = Trim(rest.substr(open + 7, rest.find(']', open) - open - 7));
    std::replace(permission.flags.begin(), permission.flags.end(), ' ', '|');
  }
  return permission;
}

}  // namespace

bool IsOfInterest(std::string_view package, std::span<const evidence::CompanionApp> apps) {
  for (const std::string_view own : kBluetoothApps)
    if (package == own) return true;
  for (const evidence::CompanionApp& app : apps)
    for (const std::string& name : app.packages)
      if (name == package) return true;
  return false;
}

PackageName& NameEntry(PackageState& state, std::string_view name) {
  const auto at =
      std::lower_bound(state.names.begin(), state.names.end(), name,
                       [](const PackageName& a, std::string_view b) { return a.name < b; });
  if (at != state.names.end() && at->name == name) return *at;
  PackageName entry;
  entry.name = name;
  return *state.names.insert(at, std::move(entry));
}

void PackageDumpReader::Read() {
  state_.source = section_.source;
  Lines lines(section_.body);
  std::string_view line;
  while (lines.Next(line)) {
    if (line.empty()) continue;
    if (line[0] != ' ') {
      Heading(line);
      continue;
    }
    // A package block is known by its own first line, whatever a vendor prints between the parts.
    if (line.size() > 12 && line[2] != ' ') {
      if (line.starts_with("  Package [")) {
        BeginPackage(line);
        continue;
      }
      if (line.starts_with("  SharedUser [")) {
        BeginSharedUser(line);
        continue;
      }
    }
    if (block_.open)
      BlockLine(line);
    else if (part_ == Part::kFeatures) {
      const std::string_view feature = Trim(line);
      classic_ |= feature == "android.hardware.bluetooth" ||
                  feature.starts_with("android.hardware.bluetooth ");
      le_ |= feature.starts_with("android.hardware.bluetooth_le");
    }
  }
  Finish();
}

void PackageDumpReader::Heading(std::string_view line) {
  EndBlock();
  if (part_ == Part::kPackages) packages_part_ended_ = true;
  if (part_ == Part::kFeatures) {
    state_.has_bluetooth = classic_ || le_;
    state_.has_bluetooth_le = le_;
    state_.features_where = section_.At(features_);
  }
  part_ = Part::kOther;
  if (line == "Packages:") {
    part_ = Part::kPackages;
    packages_part_seen_ = true;
    if (state_.where.file.empty()) state_.where = section_.At(line);
  } else if (line.starts_with("Hidden system packages:")) {
    part_ = Part::kHidden;
  } else if (line.starts_with("Shared users:")) {
    part_ = Part::kSharedUsers;
  } else if (line == "Features:") {
    part_ = Part::kFeatures;
    features_ = line;
  } else if (std::string_view rest = line; Take(rest, "Unable to find package: ")) {
    if (state_.not_found.size() < kPerPackageMax) state_.not_found.emplace_back(Trim(rest));
    state_.not_found_where = section_.At(line);
  }
}

void PackageDumpReader::BeginPackage(std::string_view line) {
  EndBlock();
  // What an update replaced is of no interest; it has the same shape.
  if (part_ == Part::kHidden) return;
  ++packages_.seen;
  const std::size_t open = line.find('[');
  const std::size_t close = line.find(']', open);
  if (close == std::string_view::npos || close <= open + 1) {
    if (packages_.first_unread.data() == nullptr) packages_.first_unread = line;
    return;
  }
  block_ = {};
  block_.header = line;
  block_.name = line.substr(open + 1, close - open - 1);
  block_.open = true;
  block_.kept = IsOfInterest(block_.name, apps_);
  list_ = List::kNone;
  if (block_.kept) {
    info_ = {};
    info_.name = block_.name;
    info_.where = section_.At(line);
  }
}

void PackageDumpReader::BeginSharedUser(std::string_view line) {
  EndBlock();
  const std::size_t open = line.find('[');
  const std::size_t close = line.find(']', open);
  if (close == std::string_view::npos || shared_.size() >= kPackagesMax) return;
  part_ = Part::kSharedUsers;
  block_ = {};
  block_.header = line;
  block_.name = line.substr(open + 1, close - open - 1);
  block_.open = true;
  // Filled always: whether one of its packages is kept is known by its id only, which follows.
  block_.kept = true;
  list_ = List::kNone;
  info_ = {};
}

void PackageDumpReader::EndBlock() {
  if (!block_.open) return;
  block_.open = false;
  if (part_ == Part::kSharedUsers) {
    const bool needed =
        std::any_of(state_.packages.begin(), state_.packages.end(),
                    [&](const PackageInfo& p) { return p.app_id == block_.app_id; });
    SharedUser shared{.name = std::string(block_.name),
                      .app_id = block_.app_id,
                      .bluetooth = block_.bluetooth,
                      .install = {},
                      .users = {}};
    if (needed) {
      shared.install = std::move(info_.install);
      shared.users = std::move(info_.users);
    }
    if (needed || shared.bluetooth) shared_.push_back(std::move(shared));
    return;
  }
  if (!block_.has_id || !block_.has_version || (block_.wants_user && !block_.has_user)) {
    if (packages_.first_unread.data() == nullptr) packages_.first_unread = block_.header;
    if (!block_.has_id && !block_.has_version) return;  // nothing of it was understood
  } else {
    ++packages_.understood;
  }
  saw_framework_ |= block_.name == "android";
  if (state_.names.size() >= kPackagesMax) {
    too_many_ = true;
    return;
  }
  PackageName& entry = NameEntry(state_, block_.name);
  entry.app_id = block_.app_id;
  entry.bluetooth |= block_.bluetooth;
  entry.system = block_.system;
  entry.installed_for_owner = block_.owner_installed;
  entry.disabled_for_owner = block_.owner_disabled;
  if (!block_.kept) return;
  info_.app_id = block_.app_id;
  info_.system = block_.system;
  info_.full = true;
  const auto known = std::find_if(state_.packages.begin(), state_.packages.end(),
                                  [&](const PackageInfo& p) { return p.name == info_.name; });
  // A single package's dump says more of it (requested permissions) than the whole one.
  if (known == state_.packages.end())
    state_.packages.push_back(std::move(info_));
  else if (!known->full || known->requested.size() <= info_.requested.size())
    *known = std::move(info_);
}

void PackageDumpReader::BlockLine(std::string_view line) {
  const std::size_t indent = Indent(line);
  const std::string_view text = line.substr(indent);
  if (text.empty()) return;
  if (list_ != List::kNone && indent > list_indent_) {
    ListLine(text, indent, line);
    return;
  }
  list_ = List::kNone;
  if (indent == 4)
    Field(text, line);
  else if (indent >= 6 && (part_ == Part::kSharedUsers || block_.has_user)) {
    // Below a "User N:" line.
    const auto begin = [&](List list) {
      list_ = list;
      list_indent_ = indent;
    };
    if (text.starts_with("runtime permissions:"))
      begin(List::kRuntime);
    else if (text.starts_with("install permissions:"))
      begin(List::kInstall);
    else if (text.starts_with("disabledComponents:"))
      begin(List::kDisabled);
    else if (block_.kept && !info_.users.empty()) {
      std::string_view rest = text;
      if (Take(rest, "firstInstallTime=") && info_.first_install.us == 0)
        info_.first_install = TimeOf(rest);
      else if (rest = text; Take(rest, "lastDisabledCaller:"))
        info_.users.back().disabled_by = Trim(rest);
    }
  }
}

void PackageDumpReader::Field(std::string_view text, std::string_view line) {
  const auto begin = [&](List list) {
    list_ = list;
    list_indent_ = 4;
  };
  switch (text[0]) {
    case 'U':
      if (text.starts_with("User ")) UserLine(text, line);
      break;
    case 'a':
    case 'u':
      // userId= until Android 12, appId= since 13; Android 5 has "gids=[..]" behind it.
      if (text.starts_with("userId=") || text.starts_with("appId=")) {
        block_.app_id = IntOf(text, text[0] == 'a' ? "appId=" : "userId=");
        block_.has_id = block_.app_id >= 0;
      } else if (text.starts_with("usesLibraries:")) {
        begin(List::kLibraries);
      }
      break;
    case 'v':
      if (text.starts_with("versionCode=")) {
        block_.has_version = true;
        block_.wants_user = text.find("targetSdk=") != std::string_view::npos;
        if (block_.kept) {
          info_.version_code = ParseInt<std::int64_t>(ValueOf(text, "versionCode=")).value_or(-1);
          info_.target_sdk = IntOf(text, "targetSdk=");
        }
      } else if (block_.kept && text.starts_with("versionName=")) {
        info_.version_name = NotNull(text.substr(12));
      }
      break;
    case 'f':
      if (text.starts_with("flags=[")) {
        block_.system = text.find(" SYSTEM ") != std::string_view::npos ||
                        text.find(" UPDATED_SYSTEM_APP ") != std::string_view::npos;
      } else if (block_.kept && text.starts_with("firstInstallTime=")) {
        info_.first_install = TimeOf(text.substr(17));
      }
      break;
    case 'l':
      if (block_.kept && text.starts_with("lastUpdateTime="))
        info_.last_update = TimeOf(text.substr(15));
      break;
    case 'i':
      if (text.starts_with("install permissions:"))
        begin(List::kInstall);
      else if (block_.kept && text.starts_with("installerPackageName="))
        info_.installer = NotNull(Trim(text.substr(21)));
      break;
    case 'r':
      if (text.starts_with("requested permissions:"))
        begin(List::kRequested);
      else if (text.starts_with("runtime permissions:"))
        begin(List::kRuntime);
      break;
    case 'g':
      if (text.starts_with("grantedPermissions:")) begin(List::kInstall);
      break;
    case 's':
      if (block_.kept && text.starts_with("sharedUser=")) {
        const std::size_t open = text.find(' ');
        const std::size_t slash = text.find('/', open);
        if (open != std::string_view::npos && slash != std::string_view::npos)
          info_.shared_user = text.substr(open + 1, slash - open - 1);
      }
      break;
    default:
      break;
  }
}

void PackageDumpReader::UserLine(std::string_view text, std::string_view line) {
  text.remove_prefix(5);
  const auto number = TakeNumber(text);
  if (!number || *number > 10'000'000 || !Take(text, ":")) return;
  const int user = static_cast<int>(*number);
  block_.has_user = true;
  // "true" unless it says false: a field that is not there is no fault.
  const auto says = [&](std::string_view key) { return ValueOf(text, key) == "true"; };
  const bool installed = ValueOf(text, "installed=") != "false";
  const bool hidden = says("hidden=");
  const int enabled = std::max(0, IntOf(text, "enabled="));
  if (user == 0) {
    block_.owner_installed = installed;
    block_.owner_disabled = hidden || enabled == 2 || enabled == 3;
  }
  if (!block_.kept || info_.users.size() >= kUsersMax) return;
  UserState& state = info_.users.emplace_back();
  state.user = user;
  state.installed = installed;
  state.hidden = hidden;
  state.suspended = says("suspended=") || says("quarantined=");
  state.stopped = says("stopped=");
  state.not_launched = says("notLaunched=");
  state.enabled = enabled;
  state.where = section_.At(line);
}

void PackageDumpReader::ListLine(std::string_view text, std::size_t /*indent*/,
                                 std::string_view line) {
  const bool permission =
      list_ == List::kRequested || list_ == List::kInstall || list_ == List::kRuntime;
  if (permission && IsBluetoothPermission(text)) block_.bluetooth = true;
  if (!block_.kept) return;
  switch (list_) {
    case List::kRequested:
      if (info_.requested.size() < kPerPackageMax)
        info_.requested.emplace_back(Trim(text.substr(0, text.find(':'))));
      break;
    case List::kInstall:
    case List::kRuntime: {
      const bool of_user = list_ == List::kRuntime && !info_.users.empty();
      std::vector<PermissionState>& into = of_user ? info_.users.back().permissions : info_.install;
      if (into.size() >= kPerPackageMax) break;
      into.push_back(PermissionFrom(text));
      into.back().where = section_.At(line);
      break;
    }
    case List::kDisabled:
      if (!info_.users.empty() && info_.users.back().disabled_components.size() < kPerPackageMax)
        info_.users.back().disabled_components.emplace_back(Trim(text));
      break;
    case List::kLibraries:
      if (info_.uses_libraries.size() < kPerPackageMax)
        info_.uses_libraries.emplace_back(Trim(text));
      break;
    case List::kNone:
      break;
  }
}

void PackageDumpReader::JoinSharedUsers() {
  for (const SharedUser& shared : shared_) {
    if (shared.app_id < 0) continue;
    if (shared.bluetooth)
      for (PackageName& name : state_.names)
        if (name.app_id == shared.app_id) name.bluetooth = true;
    for (PackageInfo& package : state_.packages) {
      if (package.app_id != shared.app_id || !package.full) continue;
      if (package.install.empty()) package.install = shared.install;
      for (const UserState& from : shared.users)
        for (UserState& user : package.users)
          if (user.user == from.user && user.permissions.empty())
            user.permissions = from.permissions;
    }
  }
}

void PackageDumpReader::Finish() {
  const bool cut_in_block = block_.open && part_ != Part::kSharedUsers;
  EndBlock();
  JoinSharedUsers();
  state_.blocks_seen += packages_.seen;
  state_.blocks_understood += packages_.understood;
  AddBlockLoss(section_, packages_, "packages", losses_);
  if (!section_.cut.empty() || (packages_part_seen_ && saw_framework_ && cut_in_block))
    evidence::AddLoss(losses_, {.kind = evidence::LossKind::kTruncated,
                                .where = section_.At(section_.body),
                                .text = "the package dump is cut" +
                                        (section_.cut.empty() ? "" : ": " + section_.cut)});
  if (too_many_)
    evidence::AddLoss(losses_, {.kind = evidence::LossKind::kTooLarge,
                                .where = section_.At(section_.body),
                                .text = "the package dump lists more than can be kept"});
  if (packages_.seen != 0 || !state_.not_found.empty()) ++state_.dumps;
  if (packages_part_ended_ && saw_framework_ && section_.cut.empty() && !too_many_)
    state_.whole_list = true;
}

const PackageInfo* PackageState::Find(std::string_view package) const {
  const auto at = std::find_if(packages.begin(), packages.end(),
                               [&](const PackageInfo& p) { return p.name == package; });
  return at == packages.end() ? nullptr : &*at;
}

const PackageName* PackageState::FindName(std::string_view package) const {
  const auto at =
      std::lower_bound(names.begin(), names.end(), package,
                       [](const PackageName& a, std::string_view b) { return a.name < b; });
  return at != names.end() && at->name == package ? &*at : nullptr;
}

void ParsePackageSection(const Section& section, std::span<const evidence::CompanionApp> apps,
                         PackageState& state, std::vector<evidence::Loss>& losses) {
  PackageDumpReader(section, apps, state, losses).Read();
}

}  // namespace bk::android
