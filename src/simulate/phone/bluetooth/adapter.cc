#include "simulate/phone/bluetooth/adapter.h"

#include <fmt/format.h>

#include "simulate/phone/bluetooth/radio.h"
#include "simulate/phone/log/chance.h"
#include "simulate/phone/log/hci_log.h"
#include "simulate/phone/log/log.h"

namespace bk::simulate {
namespace {

using std::chrono::microseconds;
using std::chrono::milliseconds;

constexpr std::size_t kSwitchNotesMax = 20;  // ENABLE_LOG_MAX_SIZE
constexpr int kLocalHost = 0x16;

std::string& Global(Android& phone, const char* name) {
  return phone.system.settings["global"][name];
}
std::string GlobalOr(const Android& phone, const std::string& name, std::string otherwise) {
  const auto table = phone.system.settings.find("global");
  if (table == phone.system.settings.end()) return otherwise;
  const auto row = table->second.find(name);
  return row == table->second.end() ? otherwise : row->second;
}

std::string_view ManagerTag(const Android& phone) {
  return phone.flavour.sdk >= 35 ? "BluetoothSystemServer" : "BluetoothManagerService";
}

void Note(Android& phone, bool on, std::string_view reason, std::string_view package) {
  auto& notes = phone.bluetooth.switches;
  notes.push_back({.at = phone.clock.wall,
                   .enable = on,
                   .reason = std::string(reason),
                   .package = std::string(package)});
  if (notes.size() > kSwitchNotesMax) notes.erase(notes.begin());
}

void SayState(Android& phone, std::string_view from, std::string_view to) {
  Say(phone, "system", 'D', ManagerTag(phone),
      fmt::format("MESSAGE_BLUETOOTH_STATE_CHANGE: {} > {}", from, to));
  Say(phone, "bluetooth", 'I', "AdapterState", fmt::format("{} : entered", to));
}

// Everything that lives in the stack's process and the controller.
void StopStack(Android& phone) {
  Bluetooth& bluetooth = phone.bluetooth;
  for (LinkNote& link : bluetooth.links)
    if (link.ended.count() == 0) LinkDown(phone, std::string(link.address), kLocalHost);
  bluetooth.clients.clear();
  bluetooth.scanners.clear();
}

void StartStack(Android& phone) {
  Bluetooth& bluetooth = phone.bluetooth;
  bluetooth.clients.clear();
  bluetooth.scanners.clear();
  bluetooth.scan_use.clear();
  bluetooth.links.clear();
  bluetooth.bond_notes.clear();
  bluetooth.notes.clear();
  bluetooth.next_client_if = 5;
  bluetooth.next_connection_id = 1;
  bluetooth.next_scanner = 1;
  bluetooth.next_handle = 0x40;
  bluetooth.stack_since = phone.clock.boot;
  for (auto& [address, bond] : bluetooth.bonds) bond.key_in_memory = true;  // loaded from its file
  if (bluetooth.fault == StackFault::kHung) bluetooth.fault = StackFault::kNone;
  const std::string package(BluetoothPackage(phone));
  if (!phone.life.processes.contains(package))
    phone.life.processes[package] = {.pid = phone.life.next_pid++, .since = phone.clock.boot};
  HciCommand(phone, 0x0c03, {});
  HciEvent(phone, 0x0e, FromHex("01 030c 00"));
}

}  // namespace

void SwitchBluetooth(Android& phone, bool on, std::string_view reason, std::string_view package) {
  Bluetooth& bluetooth = phone.bluetooth;
  if (reason != "AIRPLANE_MODE") {
    bluetooth.held_by_airplane = false;
    Global(phone, "bluetooth_on") = on ? "1" : "0";
  }
  const bool goes_on =
      bluetooth.adapter == AdapterState::kOn || bluetooth.adapter == AdapterState::kTurningOn;
  Note(phone, on, reason, package);
  if (on == goes_on) return;
  if (on) {
    SayState(phone, bluetooth.adapter == AdapterState::kBleOn ? "BLE_ON" : "OFF", "TURNING_ON");
    bluetooth.adapter = AdapterState::kTurningOn;
    bluetooth.settles_at = phone.clock.boot + milliseconds(Between(phone, 600, 1400));
    if (bluetooth.fault == StackFault::kNoHardware)
      bluetooth.settles_at = phone.clock.boot + std::chrono::seconds(4);
  } else {
    SayState(phone, "ON", "TURNING_OFF");
    StopStack(phone);
    bluetooth.adapter = AdapterState::kTurningOff;
    const bool hung = ReachesNobody(bluetooth);
    bluetooth.settles_at = phone.clock.boot + milliseconds(hung ? 3500 : Between(phone, 300, 900));
  }
}

void SettleAdapter(Android& phone, bool by_page) {
  Bluetooth& bluetooth = phone.bluetooth;
  const bool airplane = GlobalOr(phone, "airplane_mode_on", "0") == "1";
  constexpr int kWatchesSetting = 28;
  if ((by_page || phone.flavour.sdk >= kWatchesSetting) && airplane != bluetooth.airplane_seen) {
    bluetooth.airplane_seen = airplane;
    const bool on =
        bluetooth.adapter == AdapterState::kOn || bluetooth.adapter == AdapterState::kTurningOn;
    if (airplane && on) {
      Global(phone, "bluetooth_on") = "2";
      SwitchBluetooth(phone, false, "AIRPLANE_MODE", "android");
      bluetooth.held_by_airplane = true;
    } else if (!airplane && bluetooth.held_by_airplane) {
      bluetooth.held_by_airplane = false;
      Global(phone, "bluetooth_on") = "1";
      SwitchBluetooth(phone, true, "AIRPLANE_MODE", "android");
    }
  }
  if (phone.clock.boot < bluetooth.settles_at) return;
  if (bluetooth.adapter == AdapterState::kTurningOn) {
    if (bluetooth.fault == StackFault::kNoHardware) {
      bluetooth.adapter = AdapterState::kOff;
      Say(phone, "bluetooth", 'E', "bt_hci",
          "startup_timer_expired: the controller did not answer, aborting");
      SayState(phone, "TURNING_ON", "OFF");
      Note(phone, false, "START_ERROR", "android");
      return;
    }
    bluetooth.adapter = AdapterState::kOn;
    bluetooth.enabled_at = phone.clock.boot;
    StartStack(phone);
    SayState(phone, "TURNING_ON", "ON");
  } else if (bluetooth.adapter == AdapterState::kTurningOff) {
    bluetooth.adapter = AdapterState::kOff;
    SayState(phone, "TURNING_OFF", "OFF");
  }
}

std::optional<microseconds> AdapterDue(const Android& phone) {
  const AdapterState state = phone.bluetooth.adapter;
  if (state == AdapterState::kTurningOn || state == AdapterState::kTurningOff)
    return phone.bluetooth.settles_at;
  return std::nullopt;
}

void CrashStack(Android& phone, std::string_view how) {
  Bluetooth& bluetooth = phone.bluetooth;
  if (bluetooth.adapter != AdapterState::kOn) return;
  const std::string package(BluetoothPackage(phone));
  const int pid = phone.life.processes[package].pid;
  ++bluetooth.crashes;
  bluetooth.crash_times.push_back(phone.clock.wall);
  if (bluetooth.crash_times.size() > 100)
    bluetooth.crash_times.erase(bluetooth.crash_times.begin());
  Say(phone, "bluetooth", 'F', "libc",
      fmt::format(
          "Fatal signal 6 (SIGABRT), code -1 (SI_QUEUE) in tid {} (bt_stack_manage), pid {} "
          "(droid.bluetooth)",
          pid + 31, pid),
      "crash");
  Say(phone, "bluetooth", 'E', "bt_hci", std::string(how));
  Say(phone, "system", 'I', "ActivityManager",
      fmt::format("Process {} (pid {}) has died: pers PER ", package, pid), "system");
  Say(phone, "system", 'I', "am_proc_died", fmt::format("[0,{},{},-700,2]", pid, package),
      "events");
  Say(phone, "system", 'E', ManagerTag(phone), "MESSAGE_BLUETOOTH_SERVICE_DISCONNECTED: 1");
  phone.life.processes.erase(package);
  Note(phone, false, "CRASH", phone.flavour.sdk >= 35 ? "BluetoothSystemServer" : "android");
  // Its links end without a word: the process that would have written it down is gone.
  bluetooth.clients.clear();
  bluetooth.scanners.clear();
  bluetooth.links.clear();
  Note(phone, true, "RESTARTED", phone.flavour.sdk >= 35 ? "BluetoothSystemServer" : "android");
  StartStack(phone);
  SayState(phone, "TURNING_ON", "ON");
}

void BootBluetooth(Android& phone) {
  Bluetooth& bluetooth = phone.bluetooth;
  bluetooth.crashes = 0;
  bluetooth.crash_times.clear();
  bluetooth.switches.clear();
  bluetooth.held_by_airplane = false;
  bluetooth.adapter = AdapterState::kOff;
  if (bluetooth.fault == StackFault::kHungUntilReboot) bluetooth.fault = StackFault::kNone;
  const std::string on = GlobalOr(phone, "bluetooth_on", "1");
  bluetooth.airplane_seen = GlobalOr(phone, "airplane_mode_on", "0") == "1";
  // BluetoothManagerService, handleOnBootPhase: "1" was set by a hand and holds in airplane mode
  // too; "2" waits for its end.
  if (bluetooth.airplane_seen && on != "1") {
    bluetooth.held_by_airplane = on != "0";
    return;
  }
  if (on == "0") return;
  SwitchBluetooth(phone, true, "SYSTEM_BOOT", "android");
}

void ClearBluetoothData(Android& phone) {
  StackFault& fault = phone.bluetooth.fault;
  if (fault == StackFault::kDamagedCache || fault == StackFault::kDamagedData)
    fault = StackFault::kNone;
  if (phone.bluetooth.adapter != AdapterState::kOn) return;
  const std::string package(BluetoothPackage(phone));
  Say(phone, "system", 'I', "ActivityManager",
      fmt::format("Killing {}:{}/bluetooth (adj -700): clear data",
                  phone.life.processes[package].pid, package),
      "system");
  phone.life.processes.erase(package);
  StopStack(phone);
  StartStack(phone);
}

void ClearBluetoothCache(Android& phone) {
  if (phone.bluetooth.fault == StackFault::kDamagedCache) phone.bluetooth.fault = StackFault::kNone;
}

bool ReachesNobody(const Bluetooth& bluetooth) {
  return bluetooth.fault == StackFault::kHung || bluetooth.fault == StackFault::kHungUntilReboot ||
         bluetooth.fault == StackFault::kNoHardware;
}

}  // namespace bk::simulate
