// The Bluetooth of a simulated phone: its adapter, who is bonded, who scans, who holds a link, and
// what the stack remembers of all that. State only; adapter.h acts, dump.h prints.
#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <deque>
#include <map>
#include <string>
#include <vector>

namespace bk::simulate {

// What BluetoothManagerService calls OFF, TURNING_ON, BLE_ON, ON, TURNING_OFF.
enum class AdapterState : std::uint8_t { kOff, kTurningOn, kBleOn, kOn, kTurningOff };

// What is wrong with the stack itself. What ends each is in adapter.cc and life/, not in a table.
enum class StackFault : std::uint8_t {
  kNone,
  kHung,             // hears, and its calls reach nobody, until the stack starts anew
  kHungUntilReboot,  // likewise, and its controller needs the phone's restart
  kDamagedCache,     // what it stores of devices is damaged: in the app's cache
  kDamagedData,      // in the app's data
  kCrashes,          // a lasting fault: its process dies again and again
  kBrokenByUpdate,   // the system's last update: encryption fails whatever the keys are
  kNoHardware,       // the radio does not answer: Bluetooth does not come on
};

struct Bond {
  std::string name;
  bool low_energy = true;
  bool key_good = true;       // false: the peer no longer knows this key
  bool key_in_memory = true;  // the running stack has the key loaded (to Android 14 it drops one
                              // that failed, and loads it again when it starts)
  std::uint32_t device_class = 0;
  bool by_settings = false;  // paired on Android's own page, not by an app
  friend bool operator==(const Bond&, const Bond&) = default;
};

struct GattClient {  // one client slot, held by an app
  std::string package;
  std::string peer;  // address, upper case; empty: registered and idle
  bool connected = false;
  bool connecting = false;  // connectGatt(autoConnect false) under way
  bool background = false;  // likewise with autoConnect
  int client_if = 0;
  int connection_id = 0;
  std::chrono::microseconds since{0};  // boot time, of the link
  friend bool operator==(const GattClient&, const GattClient&) = default;
};

enum class ScanMode : std::uint8_t { kOpportunistic, kLowPower, kBalanced, kLowLatency, kAmbient };
inline constexpr std::size_t kScanModes = 5;

struct Scanner {  // a scan under way
  std::string package;
  std::chrono::microseconds since{0};  // boot time
  std::uint64_t results = 0;
  ScanMode mode = ScanMode::kLowLatency;
  bool filtered = true;
  int id = 0;
  friend bool operator==(const Scanner&, const Scanner&) = default;
};

struct PastScan {
  std::chrono::microseconds at{0};  // the phone's wall clock
  std::chrono::milliseconds took{0};
  std::uint64_t results = 0;
  bool filtered = true;
  ScanMode mode = ScanMode::kLowLatency;
  int id = 0;
  friend bool operator==(const PastScan&, const PastScan&) = default;
};

// What one app's finished scans came to since the stack started.
struct ScanUse {
  std::uint64_t started = 0, stopped = 0, results = 0;
  std::array<std::chrono::milliseconds, kScanModes> time{};
  std::array<std::uint64_t, kScanModes> count{};
  std::chrono::milliseconds shortest{0}, longest{0};
  std::deque<PastScan> last;  // five, oldest first
  friend bool operator==(const ScanUse&, const ScanUse&) = default;
};

struct SwitchNote {  // "Enable log"
  std::chrono::microseconds at{0};
  bool enable = true;
  std::string reason;   // "SYSTEM_BOOT"; not printed before Android 9
  std::string package;  // "android"
  friend bool operator==(const SwitchNote&, const SwitchNote&) = default;
};

struct LinkNote {  // a link that the native stack had or has
  std::string address;
  bool low_energy = true;
  std::chrono::microseconds began{0}, ended{0};  // wall; ended 0: it stands
  int reason = 0;                                // HCI
  int handle = 0;
  bool encrypted = false;
  friend bool operator==(const LinkNote&, const LinkNote&) = default;
};

struct BondNote {  // "Bond Events"
  std::chrono::microseconds at{0};
  std::string address, function, state;
  friend bool operator==(const BondNote&, const BondNote&) = default;
};

struct StackNote {  // one line of the shim's history, Android 13 and later
  std::chrono::microseconds at{0};
  std::string tag, message, address, extra;
  friend bool operator==(const StackNote&, const StackNote&) = default;
};

struct Bluetooth {
  AdapterState adapter = AdapterState::kOn;
  std::chrono::microseconds settles_at{0};   // boot time at which a turning adapter has turned
  std::chrono::microseconds enabled_at{0};   // boot time
  std::chrono::microseconds stack_since{0};  // boot time; later than enabled_at after a crash
  bool airplane_seen = false;                // airplane mode as this service last saw it
  bool held_by_airplane = false;             // off, and on again when airplane mode ends
  std::uint64_t crashes = 0;                 // since the phone started
  std::vector<std::chrono::microseconds> crash_times;  // wall
  StackFault fault = StackFault::kNone;
  std::string own_address = "00:00:5E:00:53:01";
  std::map<std::string, Bond> bonds;  // by address, upper case
  std::vector<GattClient> clients;
  std::vector<Scanner> scanners;
  std::map<std::string, ScanUse> scan_use;  // by package
  std::vector<SwitchNote> switches;         // oldest first
  // Of the running native stack, oldest first.
  std::deque<LinkNote> links;
  std::deque<BondNote> bond_notes;
  std::deque<StackNote> notes;
  int next_client_if = 5;
  int next_connection_id = 1;
  int next_scanner = 1;
  int next_handle = 0x40;
  friend bool operator==(const Bluetooth&, const Bluetooth&) = default;
};

}  // namespace bk::simulate
