// What a phone's own services say of themselves and of its apps, and the findings in it.
//
//   SystemState state;
//   for (const Section& section : sections) ReadSystemSection(section, state);
//   evidence::Evidence seen = Findings(state, apps, uids);
//
// Every field is optional: absent means that no output said it, never that it is off. Each fact
// carries its place. The same parsers serve a bug report and a live phone's single outputs.
// Facts about formats: what Android 7 to 16 print, and Xiaomi's, Samsung's and others' additions.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "android/section.h"
#include "base/instant.h"
#include "evidence/companion_app.h"
#include "evidence/evidence.h"

namespace bk::android::system {

// A place without its strings: origins[origin] names the file and member, `offset` is the byte
// within the member's text. Thousands of facts are kept, few are ever cited.
struct Place {
  std::uint32_t origin = 0;
  std::uint64_t offset = 0;
};
template <class T>
struct Fact {
  T value{};
  Place place;
};
template <class T>
using Maybe = std::optional<Fact<T>>;

// ---- the phone itself

struct DeviceFacts {
  Maybe<std::string> maker, brand, model, device, market_name;
  Maybe<std::string> android_version;  // "9", "8.1.0"
  Maybe<int> sdk;
  Maybe<std::string> patch;          // "2021-03-01"
  Maybe<std::string> fingerprint;    // as the header or the properties have it
  Maybe<std::string> build;          // display id or incremental
  Maybe<std::int64_t> build_time;    // seconds since 1970, UTC: ro.build.date.utc
  Maybe<std::string> build_type;     // "user", "userdebug", "eng"
  Maybe<std::string> build_tags;     // "release-keys", "test-keys"
  Maybe<std::string> skin;           // "MIUI", "HyperOS", "One UI", "EMUI", "ColorOS", ...
  Maybe<std::string> skin_version;   // "12.5"
  Maybe<std::string> custom_rom;     // "LineageOS 17.1": the name the build gives itself
  Maybe<std::string> time_zone;      // "Europe/Berlin"
  Maybe<std::string> verified_boot;  // "green", "yellow", "orange", "red"
  Maybe<bool> bootloader_unlocked;
  Maybe<bool> emulator;
  std::vector<Fact<std::string>> root_signs;  // each one sentence: "ro.debuggable is 1"
  Maybe<std::int64_t> boot_time_ms;           // ro.runtime.firstboot: milliseconds since 1970, UTC
};

struct ReportFacts {
  Maybe<WallTime> time;                // "== dumpstate:", local
  Maybe<std::int64_t> uptime_seconds;  // since boot, sleep included where both are printed
};

// ---- switches

// One value per user of the phone; key is the user's number, 0 the owner.
template <class T>
using PerUser = std::map<int, Fact<T>>;

struct SwitchFacts {
  Maybe<int> bluetooth_on;  // 0, 1, 2 (on before airplane mode)
  Maybe<bool> airplane_mode;
  Maybe<std::string> airplane_radios;
  Maybe<bool> ble_scan_always;
  PerUser<int> location_mode;               // 0 off … 3; from settings
  PerUser<std::string> location_providers;  // before Android 9: "gps,network"
  PerUser<bool> location_on;                // from `dumpsys location`, the newer word
  Maybe<bool> auto_time, auto_time_zone;
  Maybe<bool> low_power;  // settings
  // The owner wants the saver: Android 9 and later turn it off at the charger and on again without.
  // Source: AOSP frameworks/base, BatterySaverStateMachine.
  Maybe<bool> low_power_sticky;
  Maybe<bool> battery_saver;  // `dumpsys power`
  Maybe<std::string> battery_saver_reason;
  Maybe<bool> adaptive_battery, app_standby, app_auto_restriction;
  Maybe<std::string> private_dns_mode, private_dns_specifier;
  PerUser<std::string> notification_listeners;  // enabled_notification_listeners, as written
  Maybe<std::string> http_proxy;
  Maybe<bool> stay_on_while_plugged;
  Maybe<bool> data_saver;  // netpolicy
  Maybe<bool> wifi_on;
};

struct BatteryFacts {
  Maybe<int> level, scale;
  Maybe<int> temperature;       // tenths of a degree Celsius
  Maybe<int> status;            // 2 charging, 3 discharging, 4 not charging, 5 full
  Maybe<bool> powered;          // any of AC, USB, wireless, dock
  Maybe<bool> updates_stopped;  // somebody set the values by hand for a test
};

struct DozeFacts {
  Maybe<std::string> deep, light;  // "ACTIVE", "IDLE", ...
  Maybe<bool> forced;
  Maybe<bool> deep_enabled, light_enabled;
  bool lists_seen = false;  // an output that would have shown the lists was read to its end
  std::map<std::string, Place, std::less<>> user_exempt, system_exempt, system_except_idle;
  std::map<std::uint32_t, Place> exempt_ids;       // app ids exempt from Doze, from power
  std::map<std::uint32_t, Place> user_exempt_ids;  // app ids that the user exempted, from alarm
  bool id_lists_seen = false;
  std::map<std::string, Fact<std::string>, std::less<>> removed_lately;  // vendor history: "…"
};

struct NetworkFacts {
  Maybe<bool> connected;           // some network is up
  Maybe<bool> validated;           // and reaches the internet
  Maybe<bool> private_dns_broken;  // strict mode that does not resolve
  Maybe<std::string> private_dns_server;
  Maybe<bool> vpn;
  Maybe<std::uint32_t> vpn_owner;  // uid of the app that runs it
};

// ---- apps

enum class OpMode : std::uint8_t { kAllow, kIgnore, kDeny, kDefault, kForeground, kAsk };
std::string_view OpModeName(OpMode mode);  // "allow", "ignore", ...

// Only ops that a companion may need are kept.
enum class Op : std::uint8_t {
  kRunInBackground,
  kRunAnyInBackground,
  kStartForeground,
  kWakeLock,
  kFineLocation,
  kCoarseLocation,
  kBluetoothScan,
  kBluetoothConnect,
  kPostNotification,
  kExactAlarm,
  kAutoRevoke,
  kBootCompleted,
  kMiuiAutostart,        // 10008
  kMiuiAutostartSecond,  // 10053: the same switch writes both
};
std::string_view OpName(Op op);  // "RUN_ANY_IN_BACKGROUND", "MIUIOP(10008)"

struct OpFact {
  Op op{};
  OpMode mode{};
  bool whole_uid = false;  // set for the uid: wins over the package's own when not default
  int user = 0;
  Place place;
  Maybe<WallTime> last_reject;
};

struct BucketFact {
  int user = 0;
  int bucket = 0;  // 5 exempted, 10 active, 20 working set, 30 frequent, 40 rare, 45 restricted, 50
  std::string reason;                   // "u-su", "f"
  std::optional<std::int64_t> used_ms;  // how long ago it was used, if said
  Place place;
};

// An ApplicationExitInfo.
struct ExitFact {
  std::optional<WallTime> at;
  int user = 0;
  std::uint32_t uid = 0;
  std::string process;
  int reason = 0;
  std::string reason_name;  // "LOW MEMORY"
  int subreason = 0;
  std::string subreason_name;
  int status = 0;
  int importance = 0;
  std::string description;
  Place place;
};

struct ServiceFact {
  std::string name;  // "com.xiaomi.hm.health/.bt.service.HMCoreService"
  int user = 0;
  bool foreground = false;
  bool bound_by_system_listener = false;  // a notification listener's binding
  bool running = false;                   // has a process
  Place place;
};

struct ProcessFact {
  std::string process;  // "com.xiaomi.hm.health:push"
  std::uint32_t uid = 0;
  int pid = 0;
  Maybe<bool> frozen;
  Place place;
};

// What is known of one package. All users of the phone together; facts name their user.
struct AppFacts {
  std::vector<OpFact> ops;
  std::vector<BucketFact> buckets;
  std::vector<ExitFact> exits;
  std::vector<ServiceFact> services;
  std::vector<ProcessFact> processes;
  std::optional<std::uint32_t> uid;      // of the first user seen
  Maybe<std::string> restriction_level;  // A13+: "adaptive_bucket", "background_restricted", ...
  Maybe<bool> alarms_restricted;         // listed under "Restricted packages:" of the alarm dump
  Maybe<bool> jobs_blocked;              // a job with readyNotRestrictedInBg: false
  Maybe<std::string> vendor_restricted;  // "Samsung put it to sleep", with the proof
  Maybe<bool> vendor_free;               // the maker's own list names it and lets it run
  std::map<int, Fact<bool>> listener_allowed;  // user -> allowed
  Maybe<bool> listener_live;
  Maybe<int> notification_importance;  // 0 = NONE: all its notifications are blocked
};

// What is known of one uid (user * 100000 + app id).
struct UidFacts {
  std::vector<OpFact> ops;          // "Uid mode"
  Maybe<std::uint32_t> net_policy;  // bits: 1 reject metered background, 4 allow
  Maybe<bool> alarms_restricted;
  Maybe<std::int64_t> ble_scan_ms;  // batterystats: time with a scan running
  Maybe<std::int64_t> ble_unoptimised_scan_ms;
};

struct SystemState {
  struct Origin {
    std::string file, member;
    evidence::SourceKind source = evidence::SourceKind::kBugReport;
    std::string cut;
    std::uint64_t start = 0;  // byte offset of the body within the member's text
    std::string name;         // of the section: a service, a title or a command
  };
  std::vector<Origin> origins;

  DeviceFacts device;
  ReportFacts report;
  SwitchFacts switches;
  BatteryFacts battery;
  DozeFacts doze;
  NetworkFacts network;
  std::map<std::string, AppFacts, std::less<>> apps;
  std::map<std::uint32_t, UidFacts> uids;

  // Outputs that would have shown a fact if there were one: absence then means something.
  bool saw_appops = false;
  bool saw_buckets = false;
  bool saw_uid_policies = false;
  bool saw_alarm_restrictions = false;
  Maybe<bool> force_all_apps_standby;  // the battery saver holds all background apps
  bool saw_exits = false;
  bool saw_services = false;
  bool saw_processes = false;
  bool saw_listener_lists = false;  // the settings or the notification dump
  bool saw_live_listeners = false;
  bool saw_app_notification_settings = false;
  Maybe<std::int64_t> stats_ms;  // the time that batterystats covers
  Maybe<bool> work_profile;
  Maybe<bool> managed_device;

  std::vector<evidence::Loss> losses;

  [[nodiscard]] evidence::Where WhereOf(Place place, AnyInstant time = {}) const;
  [[nodiscard]] evidence::SourceKind SourceOf(Place place) const;
  // The start of the last output of this name: the place of what is missing in it.
  [[nodiscard]] Place StartOf(std::string_view name) const;
};

using Parser = void (*)(const Section&, SystemState&);

// The parser for this section, by service name, title or command; nullptr when no parser of this
// room reads it. One table serves reports and live outputs ("dumpsys power", "getprop",
// "settings list global", "appops get PKG", "cmd deviceidle whitelist").
Parser FindParser(const Section& section);

// Finds the parser and runs it. False when there is none. A later output overrides an earlier one
// (a report's normal dump follows its critical dump).
bool ReadSystemSection(const Section& section, SystemState& state);

struct PackageUid {
  std::string package;
  std::uint32_t uid = 0;  // full uid, or the app id
};

// The findings, timeline events and losses in the state. Findings about an app concern the
// companion that was used last, of those that can own the band; `uids` completes the mapping that
// the dumps themselves hold. Places carry offsets, not lines. `phone` is filled.
evidence::Evidence Findings(const SystemState& state, std::span<const evidence::CompanionApp> apps,
                            std::span<const PackageUid> uids = {});

}  // namespace bk::android::system
