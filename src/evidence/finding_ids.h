// The ids of the findings that readers establish. Ids of shared/cases/vocabulary.json are used as
// they are. The person's own ids (questions) are data in knowledge/findings; those below are the
// ones that C++ writes. Adding one: here, with what makes it true, and as
// knowledge/findings/*.toml.
#pragma once

#include <string_view>

namespace bk::evidence::id {

using Id = std::string_view;

// --- the air, from captures and the phone's own scan results
inline constexpr Id kBandInScan = "band_in_scan";  // an advertisement of the band was received
inline constexpr Id kBandNotInScan =
    "band_not_in_scan";  // a scan of at least 10 s heard others, not the band
inline constexpr Id kOtherBleVisible = "other_ble_devices_visible";
inline constexpr Id kScanRunsForever = "scan_runs_forever";
inline constexpr Id kBandNotConnectable =
    "band_not_connectable";  // heard only non-connectable: held by another host
inline constexpr Id kStrongSignal = "strong_signal";  // median RSSI of the band >= -70 dBm
inline constexpr Id kWeakSignal = "weak_signal";      // median RSSI of the band < -85 dBm
inline constexpr Id kSlowAdvertising = "band_advertises_slowly";  // measured interval > 800 ms
inline constexpr Id kRadioCrowded =
    "radio_crowded";  // many advertisers, or scan duty starves connections

// --- links and bonds, from captures and logs
inline constexpr Id kConnectsOk = "connects_ok";               // a link to the band was established
inline constexpr Id kAppCannotConnect = "app_cannot_connect";  // none stands, nor did of late
inline constexpr Id kStuckConnecting =
    "stuck_connecting";  // attempts that never completed or were cancelled
inline constexpr Id kConnectFailsEstablish = "connect_fails_to_establish";  // 0x3e
inline constexpr Id kLinkTimeouts = "link_supervision_timeouts";            // 0x08
inline constexpr Id kPeerEndsLink = "band_ends_link";    // 0x13 and its kin, by the band
inline constexpr Id kPhoneEndsLink = "phone_ends_link";  // 0x16
inline constexpr Id kGattStatus22 = "gatt_status_22";
inline constexpr Id kGattStatus133 = "gatt_status_133";
inline constexpr Id kFrequentDisconnects = "frequent_disconnects";
inline constexpr Id kConnectLoop = "connect_loop";
inline constexpr Id kDropsRightAfterPairing = "drops_right_after_pairing";
inline constexpr Id kEncryptionKeyMissing =
    "encryption_key_missing";                                // 0x06: the other side forgot the bond
inline constexpr Id kMicFailure = "encryption_mic_failure";  // 0x3d: keys of the two sides differ
inline constexpr Id kPairingFails = "smp_pairing_failed";
inline constexpr Id kPairingSucceeds = "pairing_succeeds";
inline constexpr Id kBondedInAndroid = "bonded_in_android";
inline constexpr Id kBondLeftOnBand = "bond_left_on_band";
inline constexpr Id kAttTimeout = "att_timeout";  // a request without an answer for 30 s
inline constexpr Id kTooManyGattClients = "too_many_gatt_clients";

// --- the talk with the band
inline constexpr Id kAuthSucceeded = "auth_succeeded";         // 10 83 01
inline constexpr Id kAuthFailed = "auth_failed";               // the band refused the key
inline constexpr Id kAuthNotCompleted = "auth_not_completed";  // begun, no final status
inline constexpr Id kPairFirstOnBand = "pair_first_on_band_screen";
inline constexpr Id kBandHoldsOtherKey = "band_holds_other_key";  // 10 83 08, not taken since
inline constexpr Id kSyncCompleted = "sync_completed";
inline constexpr Id kSyncStalls = "sync_starts_then_stalls";
inline constexpr Id kSyncDisconnects = "sync_starts_then_disconnects";
inline constexpr Id kNoNewData = "no_new_data";
inline constexpr Id kFirmwareUpdateFails = "firmware_update_fails";
inline constexpr Id kFirmwareUpdateDone = "firmware_update_done";
inline constexpr Id kResourceTransferFails = "resource_transfer_fails";
inline constexpr Id kBandBatteryLow = "band_battery_low";  // below 20 %
inline constexpr Id kTimeNotSynced = "time_not_synced";

// --- the probe: what this computer as a second host learns of the band itself
// With Bluetooth off on the phones: not heard in 12 s in which others were, no link in 50 s.
inline constexpr Id kSilentToComputer = "band_silent_to_computer";
inline constexpr Id kHangsForComputer = "band_hangs_for_computer";  // a link, and then no answer
inline constexpr Id kAnswersComputer =
    "band_answers_computer";  // it took a link and answered the first requests
inline constexpr Id kWorksWithComputer = "band_works_with_computer";  // its records came, too
inline constexpr Id kRecordsFailOnComputer = "records_fail_on_computer";
inline constexpr Id kKeyRefusedOnComputer = "key_refused_on_computer";

// --- the phone
inline constexpr Id kBluetoothOff = "bluetooth_off";
inline constexpr Id kAirplaneMode = "airplane_mode_on";
inline constexpr Id kBluetoothCrashed = "bluetooth_stack_crashed";
inline constexpr Id kNoBluetooth = "phone_has_no_bluetooth";
inline constexpr Id kLocationOff = "location_off";
inline constexpr Id kBatterySaverOn = "battery_saver_on";
inline constexpr Id kDataSaverOn = "data_saver_on";
inline constexpr Id kAutoTimeOff = "auto_time_off";
inline constexpr Id kAutoTimeZoneOff = "auto_time_zone_off";
inline constexpr Id kPhoneOffline = "phone_offline";
inline constexpr Id kPrivateDns = "private_dns_or_adblock_on";
inline constexpr Id kPhoneBatteryLow = "phone_battery_low";
inline constexpr Id kPhoneRooted = "phone_rooted_or_modified";
inline constexpr Id kCustomRom = "custom_rom";
inline constexpr Id kMiui = "miui";
inline constexpr Id kAggressiveVendor = "aggressive_vendor";
inline constexpr Id kAndroid6OrLater = "android_6_or_later";
inline constexpr Id kAndroid14 = "android_14";
inline constexpr Id kRecentOsUpdate = "recent_os_update";
inline constexpr Id kOtherBluetoothApp =
    "other_bluetooth_app_running";  // scans much or holds many clients
inline constexpr Id kBluetoothAppRestricted = "bluetooth_app_restricted";

// --- the companion app on the phone
inline constexpr Id kCompanionInstalled = "companion_app_installed";
inline constexpr Id kOfficialAppInstalled = "official_app_installed";
inline constexpr Id kOtherCompanionInstalled = "other_companion_app_installed";
inline constexpr Id kCompanionDisabled = "companion_app_disabled";
inline constexpr Id kCompanionStopped = "companion_app_force_stopped";
inline constexpr Id kCompanionKilled = "companion_app_killed";  // ended by the system or a cleaner
inline constexpr Id kCompanionCrashed = "companion_app_crashed";
inline constexpr Id kAppRestricted = "app_restricted_in_background";  // app-ops or standby bucket
inline constexpr Id kBatteryOptimisationOff = "battery_optimisation_already_off";
inline constexpr Id kDataSaverBlocksApp = "data_saver_blocks_app";
inline constexpr Id kAutostartEnabled = "autostart_enabled";
inline constexpr Id kLocationPermissionDenied = "location_permission_denied";
inline constexpr Id kNearbyPermissionDenied = "nearby_devices_permission_denied";
inline constexpr Id kNearbyGranted = "nearby_devices_granted";
inline constexpr Id kPermissionsGranted = "permissions_granted";
inline constexpr Id kScanSecurityException = "scan_security_exception";
inline constexpr Id kNotificationAccess = "notification_access_granted";
inline constexpr Id kNotificationListenerDead = "notification_listener_not_running";
inline constexpr Id kNotificationsBlocked = "app_notifications_blocked";
inline constexpr Id kCompanionAssociated = "companion_device_association";
inline constexpr Id kBandNotRegistered = "band_not_registered_in_app";
inline constexpr Id kAppNotLatest = "app_not_latest_version";
inline constexpr Id kAutoreconnectOff = "autoreconnect_off";
inline constexpr Id kDependencyMissing = "dependency_package_missing";

// --- what log lines of an app or the server say
inline constexpr Id kError0106 = "error_0106";
inline constexpr Id kError0117 = "error_0117";
inline constexpr Id kLoginFails = "login_fails";

}  // namespace bk::evidence::id
