// What `dumpsys bluetooth_manager` says: the adapter and its history, bonded devices, links, who
// scans and who holds GATT clients. Android 5 to 16 and vendors: the format is told from the text,
// never from the Android version, because the stack is updated apart from the system since 13.
//
// Every field is optional; an unknown line is skipped; blocks seen are counted against blocks
// understood. Keys are never read: only whether one is known.
//
// Source of the formats: AOSP's BluetoothManagerService, AdapterService, GattService, ContextMap,
// AppScanStats, AppAdvertiseStats, btif_debug*, connection_manager, shim/dumpsys.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "android/section.h"
#include "base/instant.h"
#include "evidence/companion_app.h"
#include "evidence/evidence.h"

namespace bk::android {

enum class AdapterState : std::uint8_t {
  kUnknown,
  kOff,
  kTurningOn,
  kOn,
  kTurningOff,
  kBleTurningOn,
  kBleOn,  // the radio serves system scans only; apps see Bluetooth as off
  kBleTurningOff,
};
std::string_view AdapterStateName(AdapterState state);  // "off", "turning on", ...

// One line of "Enable log".
struct SwitchRecord {
  AnyInstant at;        // kLogcat: the line has no year
  bool enable = false;  // switched on, or asked to
  std::string reason;   // "AIRPLANE_MODE", "CRASH"; before Android 9 there is none
  std::string package;  // who asked; "system boot" before Android 9
  evidence::Where where;
};

// Whether the system itself switched, because the stack had failed: "CRASH", "RESTARTED", ...
bool IsCrashReason(std::string_view reason);

enum class DeviceType : std::uint8_t { kUnknown, kClassic, kLe, kDual };

// Addresses are upper case, as printed else: "AA:BB:CC:DD:EE:FF" or "XX:XX:XX:XX:EE:FF".
struct BondedDevice {
  std::string address;
  std::string identity;  // the identity address, where the dump names another one
  std::string name;
  DeviceType type = DeviceType::kUnknown;
  std::optional<bool> le_key_known;  // from the native record: false = the stack forgot the key
  std::optional<bool> encrypted;     // likewise, of the link at this moment
  evidence::Where where;
};

enum class LinkStep : std::uint8_t {
  kInitiated,  // a connection was asked for
  kConnected,
  kFailed,     // an attempt ended with a reason
  kCancelled,  // an attempt was called off before it was done
  kDisconnecting,
  kDisconnected,
  kEncrypted,
  kEncryptionFailed,
};

// One entry of the link history: "Connection Events", shim::acl, shim::btm.
struct LinkRecord {
  AnyInstant at;
  LinkStep step = LinkStep::kConnected;
  std::string address;
  std::optional<bool> le;     // transport, where printed
  std::optional<int> reason;  // HCI status or reason
  std::optional<bool> by_us;  // the phone ended it (or began it, for kInitiated and kConnected)
  std::string text;           // the words of the line
  evidence::Where where;
};

// A link that is up while the dump is written.
struct OpenLink {
  std::string address;
  std::optional<bool> le;
  evidence::Where where;
};

// "Bond Events" and the BTM history's bond lines.
struct BondRecord {
  AnyInstant at;            // unknown where only the time of day is printed
  std::string time_of_day;  // "08:10:02.113"
  std::string address;
  enum class Step : std::uint8_t {
    kCreate,
    kRemove,
    kCancel,
    kBonding,
    kBonded,
    kNone,
    kFailed
  } step = Step::kCreate;
  std::string text;
  evidence::Where where;
};

enum class MapKind : std::uint8_t { kScanner, kClient, kServer, kAdvertiser };

struct GattConnection {
  std::string address;
  int connection_id = 0;
  AnyInstant since;
  std::uint64_t held_ms = 0;
  evidence::Where where;
};

// One app of a GATT map: the same statistics class prints all of them.
struct AppRadioUse {
  MapKind map = MapKind::kScanner;
  std::string package;  // or "com.google.uid.shared"
  int uid = -1;         // after the colon of a shared uid, else -1
  bool registered = false;
  std::uint64_t scans_started = 0;
  std::uint64_t scans_stopped = 0;
  std::uint64_t scan_ms = 0;  // active; before Android 10 the total
  std::uint64_t suspended_ms = 0;
  std::uint64_t low_latency_ms = 0;  // the mode that takes the whole radio
  std::uint64_t balanced_ms = 0;
  std::uint64_t low_power_ms = 0;  // with ambient discovery, which costs the radio as little
  std::uint64_t opportunistic_ms = 0;
  bool modes_listed = false;  // the four above were printed (Android 10 and later)
  std::optional<std::uint64_t> results;
  // Of the last and ongoing scans that are listed.
  std::uint32_t scans_listed = 0;
  std::uint32_t scans_ongoing = 0;
  std::uint64_t ongoing_ms = 0;       // of the longest ongoing scan
  std::uint64_t ongoing_results = 0;  // of all ongoing scans
  std::uint32_t scans_filtered = 0;
  std::uint32_t scans_suspended = 0;
  std::uint32_t scans_forced = 0;  // ended by the stack's time-out
  // Of the listed ones, those without a result since the last that had one; opportunistic ones,
  // which search for nothing by themselves, are not counted.
  std::uint32_t vain_scans = 0;
  std::uint64_t vain_ms = 0;
  AnyInstant vain_since;
  std::uint32_t advertisers_ongoing = 0;
  int app_id = -1;  // "Application ID"
  std::vector<GattConnection> connections;
  evidence::Where where;
};

// "Registered App": client_if -> app.
struct RegisteredApp {
  MapKind map = MapKind::kClient;
  int app_if = 0;
  std::string package;
};

// One device of "connection_manager state".
struct ConnectionAttempt {
  std::string address;
  std::vector<int> direct;      // client_if
  std::vector<int> background;  // client_if
  std::optional<bool> in_accept_list;
  evidence::Where where;
};

struct TableUse {
  std::uint32_t used = 0;
  std::uint32_t max = 0;
  evidence::Where where;
};

struct BluetoothState {
  // How many dumps went in; 0: nothing is known, and no finding may be drawn from emptiness.
  std::uint32_t dumps = 0;
  evidence::SourceKind source = evidence::SourceKind::kBugReport;
  // The phone has a Bluetooth service at all; nullopt: not told.
  std::optional<bool> has_service;
  evidence::Where where;  // of the "Bluetooth Status" heading, or of the answer that there is none

  std::optional<bool> enabled;
  AdapterState adapter = AdapterState::kUnknown;
  evidence::Where adapter_where;
  std::string adapter_address;
  std::string adapter_name;
  std::optional<std::uint64_t> on_for_ms;  // "time since enabled"
  bool never_enabled = false;
  bool app_not_connected = false;  // the Bluetooth app does not answer: only the manager spoke
  std::vector<SwitchRecord> switches;
  std::optional<std::uint32_t> crashes;  // since the system started
  std::vector<AnyInstant> crash_times;
  evidence::Where crash_where;
  std::vector<std::string> ble_apps;  // that keep the radio on while Bluetooth is off
  std::string snoop_setting;          // "full", "filtered", "empty", ...

  bool bonds_listed = false;    // the "Bonded devices" heading was there and its list not cut
  bool bonds_while_up = false;  // and the stack was up, without which it knows no bonds
  evidence::Where bonds_where;
  std::vector<BondedDevice> bonds;

  std::vector<LinkRecord> links;  // in the order of the dump
  bool link_history_listed = false;
  AnyInstant
      last_dated;    // the latest of the times that have a year; all are the phone's local time
  bool cut = false;  // a dump ended early: what came after its last records is not known
  std::vector<OpenLink> open_links;
  std::vector<BondRecord> bond_records;

  std::vector<AppRadioUse> apps;
  bool gatt_listed = false;  // the GATT maps were there
  // Of the dump that the maps are from: whether apps had the radio, and for how long the stack had
  // been running, which started anew after a crash ("time since enabled" does not).
  bool maps_while_on = false;
  std::optional<std::uint64_t> maps_on_for_ms;
  std::optional<std::uint64_t> maps_stack_ms;
  std::vector<RegisteredApp> registered;
  std::vector<ConnectionAttempt> attempts;
  std::optional<TableUse> gatt_clients;  // client registrations of the stack
  std::optional<TableUse> gatt_links;
  std::optional<TableUse> accept_list;
  std::optional<std::uint32_t> config_devices;  // "Devices loaded"
  evidence::Where config_where;
};

// Reads one dump (section.name "bluetooth_manager") into `state`. A second dump of the same phone
// replaces the scalars that it has and adds what is new to the lists.
void ParseBluetoothSection(const Section& section, BluetoothState& state,
                           std::vector<evidence::Loss>& losses);

// Devices that may be the band: every bonded, connected or awaited device with its likeness.
std::vector<evidence::BandSeen> Sightings(const BluetoothState& state);

// What follows for `band` (an empty one: any device that looks like a band) and for the phone:
// findings and events; `bands` stays empty (see Sightings), losses came while parsing.
evidence::Evidence Findings(const BluetoothState& state, const evidence::BandId& band,
                            std::span<const evidence::CompanionApp> apps);

}  // namespace bk::android
