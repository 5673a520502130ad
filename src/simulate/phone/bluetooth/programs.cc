#include "simulate/phone/bluetooth/programs.h"

#include <fmt/format.h>

#include "simulate/phone/bluetooth/adapter.h"
#include "simulate/phone/bluetooth/dump.h"
#include "simulate/phone/log/log.h"

namespace bk::simulate {
namespace {

using std::chrono::duration_cast;
using std::chrono::milliseconds;

constexpr std::string_view kHelp =
    "Bluetooth Manager Commands:\n  help or -h\n    Print this help text.\n"
    "  enable\n    Enable Bluetooth on this device.\n"
    "  disable\n    Disable Bluetooth on this device.\n"
    "  wait-for-state:<STATE>\n    Wait until the adapter state is <STATE>. <STATE> can be one of "
    "STATE_OFF | STATE_ON\n    Note: This command can timeout and failed\n";
constexpr std::string_view kSvcHelp =
    "Control Bluetooth service\n\nusage: svc bluetooth [enable|disable]\n"
    "         Turn Bluetooth on or off.\n\n";
constexpr milliseconds kWaitLongest{10'000};
constexpr milliseconds kBinder{40};

Said Dump(const Call& call) {
  Said said = Out(BluetoothDump(call.phone));
  said.took = milliseconds(30 + static_cast<long>(said.out.size() / 2'000));
  return said;
}

// How long it takes until the adapter is as wanted; nullopt: it will not be without being asked.
std::optional<milliseconds> Until(const Android& phone, bool on) {
  const Bluetooth& bluetooth = phone.bluetooth;
  switch (bluetooth.adapter) {
    case AdapterState::kOn:
      if (on) return milliseconds(0);
      return std::nullopt;
    case AdapterState::kOff:
    case AdapterState::kBleOn:
      if (!on) return milliseconds(0);
      return std::nullopt;
    case AdapterState::kTurningOn:
      if (!on || bluetooth.fault == StackFault::kNoHardware) return std::nullopt;
      break;
    case AdapterState::kTurningOff:
      if (on) return std::nullopt;
      break;
  }
  return std::max(milliseconds(0),
                  duration_cast<milliseconds>(bluetooth.settles_at - phone.clock.boot)) +
         milliseconds(1);
}

// The first builds of the module print no blank between "Exec" and the command.
std::string Exec(int sdk, std::string_view command) {
  return fmt::format("BluetoothShellCommand: Exec{}{}\n", sdk >= 34 ? " " : "", command);
}

Said Switch(const Call& call, bool on) {
  const std::string_view word = on ? "enable" : "disable";
  SwitchBluetooth(call.phone, on, "APPLICATION_REQUEST", "com.android.shell");
  Said said = Out(fmt::format("{}{}: Success\n", Exec(call.sdk(), word), word));
  said.took = kBinder;
  return said;
}

Said WaitFor(const Call& call, std::string_view command) {
  const std::string_view state = command.substr(command.find(':') + 1);
  if (state != "STATE_ON" && state != "STATE_OFF")
    return Err(
        fmt::format("BluetoothShellCommand: wait-for-state: Invalid state value: {}. From: "
                    "{}\n",
                    state, command));
  Said said;
  said.out = Exec(call.sdk(), command);
  if (const auto wait = Until(call.phone, state == "STATE_ON")) {
    said.out += fmt::format("{}: Success\n", command);
    said.took = *wait + kBinder;
  } else {
    said.err = fmt::format("BluetoothShellCommand: {}: Failed with status=-1\n", command);
    said.exit = 255;
    said.took = kWaitLongest;
  }
  return said;
}

Said Command(const Call& call) {
  const std::string_view word = call.word(0);
  if (word == "enable") return Switch(call, true);
  if (word == "disable") return Switch(call, false);
  if (word.starts_with("wait-for-state:")) return WaitFor(call, word);
  if (word.empty() || word == "help" || word == "-h") return Out(std::string(kHelp));
  return {.out = fmt::format("Unknown command: {}\n", word), .exit = 255};
}

Said Svc(const Call& call) {
  const bool on = call.word(0) == "enable";
  if (!on && call.word(0) != "disable") return Err(std::string(kSvcHelp), 0);
  if (call.sdk() >= 33) return Switch(call, on);
  if (call.sdk() >= 31) {
    SwitchBluetooth(call.phone, on, "APPLICATION_REQUEST", "com.android.shell");
    return {.took = milliseconds(900)};
  }
  // The service asks for BLUETOOTH_ADMIN, which the shell does not hold: nobody catches it.
  Say(call.phone, "system", 'E', "AndroidRuntime",
      "java.lang.SecurityException: Need BLUETOOTH ADMIN permission: Neither user 2000 nor current "
      "process has android.permission.BLUETOOTH_ADMIN.");
  Said said = Err("Killed \n", 137);
  said.took = milliseconds(900);
  return said;
}

}  // namespace

void AddBluetoothPrograms(Programs& programs) {
  programs.Add("dumpsys bluetooth_manager", Dump);
  programs.Add("cmd bluetooth_manager", Command, 33);
  programs.Add("svc bluetooth", Svc);
}

}  // namespace bk::simulate
