// `pm list packages` and companion device associations.
#include <algorithm>

#include "android/packages/package_reader.h"

namespace bk::android {
namespace {

std::string Quoted(std::string_view text, std::string_view key) {
  const std::size_t at = text.find(key);
  if (at == std::string_view::npos) return {};
  text.remove_prefix(at + key.size());
  const bool quoted = text.starts_with('\'');
  if (quoted) text.remove_prefix(1);
  std::string value(text.substr(0, text.find_first_of(quoted ? "'" : ",}")));
  return value == "null" ? std::string() : value;
}

}  // namespace

void ParsePackageList(const Section& section, std::span<const evidence::CompanionApp> apps,
                      PackageState& state, std::vector<evidence::Loss>& losses) {
  state.source = section.source;
  const bool disabled_only = section.command.find(" -d") != std::string_view::npos;
  BlockCount count;
  bool framework = false;
  Lines lines(section.body);
  std::string_view line;
  while (lines.Next(line)) {
    std::string_view text = Trim(line);
    if (text.empty()) continue;
    if (!Take(text, "package:")) continue;
    ++count.seen;
    // "package:[PATH=]NAME[ versionCode:N][  installer=X][ uid:N[,N]]"; a path may hold '='.
    const std::size_t blank = text.find(' ');
    std::string_view name = text.substr(0, blank);
    const std::string_view rest =
        blank == std::string_view::npos ? std::string_view{} : text.substr(blank);
    if (name.starts_with('/'))
      name = name.find('=') == std::string_view::npos ? std::string_view{}
                                                      : name.substr(name.rfind('=') + 1);
    if (name.empty() || state.names.size() >= kPackagesMax) {
      if (count.first_unread.data() == nullptr) count.first_unread = line;
      continue;
    }
    ++count.understood;
    framework |= name == "android";
    PackageName& entry = NameEntry(state, name);
    if (const auto uid = After(rest, "uid:", ", "))
      if (const auto number = ParseInt<int>(*uid)) entry.app_id = *number % 100'000;
    if (disabled_only) entry.disabled_for_owner = true;
    if (!IsOfInterest(name, apps)) continue;
    auto known = std::find_if(state.packages.begin(), state.packages.end(),
                              [&](const PackageInfo& p) { return p.name == name; });
    if (known == state.packages.end()) {
      PackageInfo& added = state.packages.emplace_back();
      added.name = name;
      added.app_id = entry.app_id;
      added.where = section.At(line);
      known = state.packages.end() - 1;
    }
    if (known->full) continue;
    if (const auto code = After(rest, "versionCode:"))
      known->version_code = ParseInt<std::int64_t>(*code).value_or(known->version_code);
    if (const auto installer = After(rest, "installer="))
      known->installer = *installer == "null" ? std::string() : std::string(*installer);
    if (disabled_only && known->users.empty()) {
      UserState user;
      user.enabled = 3;
      user.where = section.At(line);
      known->users.push_back(std::move(user));
    }
  }
  AddBlockLoss(section, count, "packages of the list", losses);
  if (count.understood == 0) return;
  ++state.dumps;
  state.blocks_seen += count.seen;
  state.blocks_understood += count.understood;
  if (state.where.file.empty()) state.where = section.At(section.body);
  // The framework's own package is in every list that is not narrowed to a part.
  const bool narrowed = disabled_only || section.command.find(" -3") != std::string_view::npos ||
                        section.command.find(" -e") != std::string_view::npos ||
                        section.command.find(" -s") != std::string_view::npos;
  if (framework && !narrowed && section.cut.empty() && count.seen == count.understood)
    state.whole_list = true;
}

void ParseFeatureList(const Section& section, PackageState& state) {
  // A phone has some tens; of fewer, nothing follows from what is not among them.
  constexpr std::size_t kFeaturesOfWholeList = 10;
  std::size_t seen = 0;
  bool classic = false, le = false;
  Lines lines(section.body);
  std::string_view line;
  while (lines.Next(line)) {
    std::string_view text = Trim(line);
    if (!Take(text, "feature:")) continue;
    ++seen;
    const std::string_view name = text.substr(0, text.find('='));
    classic |= name == "android.hardware.bluetooth";
    le |= name == "android.hardware.bluetooth_le";
  }
  const bool whole = seen >= kFeaturesOfWholeList && section.cut.empty();
  if (!le && !whole) return;
  state.has_bluetooth = classic || le;
  state.has_bluetooth_le = le;
  state.features_where = section.At(section.body);
}

void ParseCompanionDeviceSection(const Section& section, PackageState& state,
                                 std::vector<evidence::Loss>& losses) {
  if (state.dumps == 0) state.source = section.source;
  BlockCount count;
  Lines lines(section.body);
  std::string_view line;
  bool present = false;
  const auto add = [&](CompanionAssociation association) {
    ++count.understood;
    const auto same = [&](const CompanionAssociation& known) {
      return known.package == association.package && known.address == association.address &&
             known.user == association.user;
    };
    if (std::any_of(state.associations.begin(), state.associations.end(), same)) return;
    if (state.associations.size() >= kPerPackageMax) return;
    association.where = section.At(line);
    state.associations.push_back(std::move(association));
  };
  while (lines.Next(line)) {
    const std::string_view text = Trim(line);
    if (text.starts_with("Companion Device Associations")) {
      state.associations_listed = true;
      state.associations_where = section.At(line);
      present = false;
      continue;
    }
    if (text.starts_with("Companion Device Present")) {
      present = true;
      continue;
    }
    if (present) {
      // "id=3, addr=aa:bb:.., pkg=u0/com.foo"
      const std::size_t at = FindAddress(text);
      if (at == std::string_view::npos) continue;
      for (CompanionAssociation& known : state.associations)
        if (SameAddress(known.address, text.substr(at, 17))) known.present = true;
      continue;
    }
    // Android 13 and later: "Association{mId=3, mUserId=0, mPackageName='com.foo', …}"
    if (text.find("Association{") != std::string_view::npos) {
      ++count.seen;
      CompanionAssociation association;
      association.package = Quoted(text, "ackageName=");
      if (association.package.empty()) {
        if (count.first_unread.data() == nullptr) count.first_unread = line;
        continue;
      }
      if (const auto user = ParseInt<int>(Quoted(text, "serId="))) association.user = *user;
      const std::string address = Quoted(text, "acAddress=");
      if (AddressLength(address) != 0) association.address = UpperAddress(address);
      association.name = Quoted(text, "isplayName=");
      add(std::move(association));
      continue;
    }
    // Android 12: "u0: com.foo - aa:bb:cc:dd:ee:ff"; `cmd companiondevice list`: "com.foo aa:bb:.."
    const std::size_t at = FindAddress(text);
    if (at == std::string_view::npos || at == 0) continue;
    CompanionAssociation association;
    std::string_view before = Trim(text.substr(0, at));
    if (before.ends_with('-')) before = Trim(before.substr(0, before.size() - 1));
    if (std::string_view user = before; Take(user, "u")) {
      const auto number = TakeNumber(user);
      if (number && *number < 10'000'000 && Take(user, ":")) {
        association.user = static_cast<int>(*number);
        before = Trim(user);
      }
    }
    ++count.seen;
    if (before.empty() || before.find(' ') != std::string_view::npos ||
        before.find('.') == std::string_view::npos) {
      if (count.first_unread.data() == nullptr) count.first_unread = line;
      continue;
    }
    association.package = before;
    association.address = UpperAddress(text.substr(at, 17));
    add(std::move(association));
  }
  AddBlockLoss(section, count, "companion device associations", losses);
  if (!section.cut.empty()) state.associations_listed = false;
}

}  // namespace bk::android
