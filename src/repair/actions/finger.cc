// What only a finger can do: which page, and what the phone then shows of it. And what is not done
// on the phone at all.
#include <array>

#include "repair/actions/pages.h"
#include "repair/actions/table.h"
#include "repair/messages.h"

namespace bk::repair::actions {
namespace {

using std::chrono::minutes;

constexpr minutes kInstall{15};  // a download among it

constexpr std::string_view kZeppLife = "com.xiaomi.hm.health";

AwaitSetting Changed(SettingId setting, minutes time_out) {
  return {.setting = std::move(setting), .time_out = time_out, .any_other = true};
}

void AddGone(const Situation& situation, Action& action) {
  if (!situation.band_address.empty())
    action.by_finger.push_back(Seen(setting::Bonded(situation.band_address), "no"));
}

// ---- pages of the settings

void AllowAutostart(const PhoneTraits& traits, const Situation& situation, Action& action) {
  if (situation.companion.empty()) return;
  action.by_finger = {AutostartPage(traits, situation.companion)};
  // Xiaomi's switch writes both numbers. That they read "allow" does not prove that it is on; that
  // one of them does not proves that it is off.
  if (traits.maker == "xiaomi")
    for (const char* op : {"10008", "10053"}) {
      AwaitSetting seen = Seen(setting::AppOp(situation.companion, op), "allow");
      seen.optional = true;
      action.by_finger.push_back(seen);
    }
}

void BluetoothAppInfo(const PhoneTraits& traits, const Situation& situation, Action& action) {
  if (!situation.bluetooth_app.empty())
    action.by_finger = {AppInfoPage(traits, situation.bluetooth_app)};
}

void CompanionInfo(const PhoneTraits& traits, const Situation& situation, Action& action) {
  if (!situation.companion.empty()) action.by_finger = {AppInfoPage(traits, situation.companion)};
}

void ForgetInAndroid(const PhoneTraits& traits, const Situation& situation, Action& action) {
  action.by_finger = {BluetoothPage(traits)};
  AddGone(situation, action);
  if (!situation.companion.empty())
    action.by_finger.push_back(AppPage(traits, situation.companion));
}

void CleanRepair(const PhoneTraits& traits, const Situation& situation, Action& action) {
  if (situation.companion.empty()) return;
  action.by_finger = {AppPage(traits, situation.companion), BluetoothPage(traits)};
  AddGone(situation, action);
  action.by_finger.push_back(RestartPhone{});
  action.by_finger.push_back(AppPage(traits, situation.companion));
}

void BluetoothSettings(const PhoneTraits& traits, const Situation&, Action& action) {
  action.by_finger = {BluetoothPage(traits)};
}

void Recents(const PhoneTraits& traits, const Situation&, Action& action) {
  action.by_finger = {RecentApps(traits)};
}

void Internet(const PhoneTraits& traits, const Situation&, Action& action) {
  action.by_finger = {PlainPage(traits, kPageSays.wifi, "android.settings.WIFI_SETTINGS"),
                      Seen(setting::Internet(), "yes")};
}

void SystemUpdate(const PhoneTraits& traits, const Situation&, Action& action) {
  action.by_finger = {
      PlainPage(traits, kPageSays.system_update, "android.settings.SYSTEM_UPDATE_SETTINGS"),
      Changed(setting::SystemBuild(), minutes{60})};
}

// ---- the store, and taking apps away

void UpdateApp(const PhoneTraits& traits, const Situation& situation, Action& action) {
  if (situation.companion.empty()) return;
  action.by_finger = {StorePage(traits, situation.companion),
                      Changed(setting::Version(situation.companion), kInstall),
                      AppPage(traits, situation.companion)};
}

void ChangeVersion(const PhoneTraits& traits, const Situation& situation, Action& action) {
  if (situation.companion.empty()) return;
  action.by_finger = {UninstallPage(traits, situation.companion),
                      Changed(setting::Version(situation.companion), kInstall)};
}

void Reinstall(const PhoneTraits& traits, const Situation& situation, Action& action) {
  if (situation.companion.empty()) return;
  action.by_finger = {UninstallPage(traits, situation.companion),
                      Seen(setting::Version(situation.companion), std::nullopt),
                      StorePage(traits, situation.companion),
                      // The version may be the one that it was.
                      Changed(setting::InstalledAt(situation.companion), kInstall)};
}

void Uninstall(const PhoneTraits& traits, const std::vector<std::string>& others,
               const Situation& situation, Action& action) {
  for (const std::string& other : others) {
    if (other == situation.companion) continue;
    action.by_finger.push_back(UninstallPage(traits, other));
    action.by_finger.push_back(Seen(setting::Version(other), std::nullopt));
  }
}
void UninstallCompanions(const PhoneTraits& traits, const Situation& situation, Action& action) {
  Uninstall(traits, situation.other_companions, situation, action);
}
void UninstallHogs(const PhoneTraits& traits, const Situation& situation, Action& action) {
  Uninstall(traits, situation.bluetooth_hogs, situation, action);
}

void InstallMissing(const PhoneTraits& traits, const Situation& situation, Action& action) {
  for (const std::string& missing : situation.missing_packages) {
    const bool there = traits.uids.contains(missing);
    action.by_finger.push_back(there ? AppInfoPage(traits, missing) : StorePage(traits, missing));
    action.by_finger.push_back(there ? Seen(setting::PackageEnabled(missing), "enabled")
                                     : Changed(setting::Version(missing), kInstall));
  }
}

void MakersApp(const PhoneTraits& traits, const Situation&, Action& action) {
  if (traits.uids.empty() || traits.uids.contains(kZeppLife)) {
    action.by_finger = {AppPage(traits, kZeppLife)};
  } else {
    action.by_finger = {StorePage(traits, kZeppLife),
                        Changed(setting::Version(kZeppLife), kInstall), AppPage(traits, kZeppLife)};
  }
}

// ---- within the companion app

void InTheApp(const PhoneTraits& traits, const Situation& situation, Action& action) {
  if (!situation.companion.empty()) action.by_finger = {AppPage(traits, situation.companion)};
}

void PairWithoutBond(const PhoneTraits& traits, const Situation& situation, Action& action) {
  if (!situation.companion.empty()) ForgetInAndroid(traits, situation, action);
}

constexpr std::array kFingerRows = {
    Row{"allow_autostart", Doer::kFinger, AllowAutostart},
    Row{"bind_in_official_app", Doer::kFinger, MakersApp},
    Row{"choose_right_mode", Doer::kFinger, InTheApp},
    Row{"clean_repair", Doer::kFinger, CleanRepair},
    Row{"clear_app_data", Doer::kFinger, CompanionInfo},
    Row{"clear_bluetooth_cache", Doer::kFinger, BluetoothAppInfo},
    Row{"clear_bluetooth_data", Doer::kFinger, BluetoothAppInfo},
    Row{"connect_to_internet", Doer::kFinger, Internet},
    Row{"correct_key", Doer::kFinger, InTheApp},
    Row{"enter_key", Doer::kFinger, InTheApp},
    Row{"finish_other_bluetooth_devices", Doer::kFinger, BluetoothSettings},
    Row{"finish_resource_transfer", Doer::kFinger, InTheApp},
    Row{"forget_in_android", Doer::kFinger, ForgetInAndroid},
    Row{"go_back_app_version", Doer::kFinger, ChangeVersion},
    Row{"install_missing_package", Doer::kFinger, InstallMissing},
    Row{"keep_app_open", Doer::kFinger, InTheApp},
    Row{"lock_in_recents", Doer::kFinger, Recents},
    Row{"low_latency_update", Doer::kFinger, InTheApp},
    Row{"merge_duplicate_entries", Doer::kFinger, BluetoothSettings},
    Row{"pair_in_app_again", Doer::kFinger, InTheApp},
    Row{"pair_without_os_bond", Doer::kFinger, PairWithoutBond},
    Row{"pick_right_device", Doer::kFinger, InTheApp},
    Row{"reinstall_app", Doer::kFinger, Reinstall},
    Row{"reset_sync_time", Doer::kFinger, InTheApp},
    Row{"retry_update", Doer::kFinger, InTheApp},
    Row{"scan_then_connect", Doer::kFinger, InTheApp},
    Row{"sign_out_and_in", Doer::kFinger, InTheApp},
    Row{"sync_by_hand", Doer::kFinger, InTheApp},
    Row{"turn_on_reconnect_option", Doer::kFinger, InTheApp},
    Row{"uninstall_other_bluetooth_app", Doer::kFinger, UninstallHogs},
    Row{"uninstall_other_companion", Doer::kFinger, UninstallCompanions},
    Row{"unlink_other_device", Doer::kFinger, InTheApp},
    Row{"update_app", Doer::kFinger, UpdateApp},
    Row{"update_band_firmware", Doer::kFinger, InTheApp},
    Row{"update_phone_system", Doer::kFinger, SystemUpdate},
    Row{"use_right_account", Doer::kFinger, InTheApp},
    Row{"use_right_sibling_app", Doer::kFinger, MakersApp},
    Row{"use_supporting_app", Doer::kFinger, MakersApp},
};

// On the band, on its charger, with another phone or a file, or with somebody else.
constexpr std::array kWordsRows = {
    Row{"bring_band_near", Doer::kWords, nullptr},
    Row{"charge_band", Doer::kWords, nullptr},
    Row{"charge_band_hours", Doer::kWords, nullptr},
    Row{"contact_maker", Doer::kWords, nullptr},
    Row{"erase_bond_on_band", Doer::kWords, nullptr},
    Row{"factory_reset_band", Doer::kWords, nullptr},
    Row{"free_from_other_phone", Doer::kWords, nullptr},
    Row{"free_in_official_app", Doer::kWords, nullptr},
    Row{"free_without_sync", Doer::kWords, nullptr},
    Row{"go_to_quiet_place", Doer::kWords, nullptr},
    Row{"older_band_firmware", Doer::kWords, nullptr},
    Row{"put_on_charger", Doer::kWords, nullptr},
    Row{"reinstall_matching_firmware", Doer::kWords, nullptr},
    Row{"replace_band", Doer::kWords, nullptr},
    Row{"restart_band", Doer::kWords, nullptr},
    Row{"revert_modification", Doer::kWords, nullptr},
    Row{"switch_band_bluetooth", Doer::kWords, nullptr},
    Row{"try_other_phone", Doer::kWords, nullptr},
    Row{"try_server_later", Doer::kWords, nullptr},
    Row{"unbind_on_server", Doer::kWords, nullptr},
    Row{"update_with_other_phone", Doer::kWords, nullptr},
    Row{"use_another_phone_for_good", Doer::kWords, nullptr},
    Row{"use_other_updater", Doer::kWords, nullptr},
    Row{"use_right_firmware_file", Doer::kWords, nullptr},
};

}  // namespace

std::span<const Row> FingerRows() { return kFingerRows; }
std::span<const Row> WordsRows() { return kWordsRows; }

}  // namespace bk::repair::actions
