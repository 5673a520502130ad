// BluetoothManagerService and AdapterService/AdapterProperties.
#include <fmt/format.h>

#include <iterator>

#include "simulate/phone/bluetooth/dump.h"
#include "simulate/phone/bluetooth/shown_address.h"
#include "simulate/phone/log/log.h"
#include "simulate/phone/log/time_text.h"

namespace bk::simulate {
namespace {

using Out = std::back_insert_iterator<std::string>;

std::string_view StateWord(AdapterState state) {
  switch (state) {
    case AdapterState::kOff:
      return "OFF";
    case AdapterState::kTurningOn:
      return "TURNING_ON";
    case AdapterState::kBleOn:
      return "BLE_ON";
    case AdapterState::kOn:
      return "ON";
    case AdapterState::kTurningOff:
      return "TURNING_OFF";
  }
  return "";
}

void EnableLog(const Android& phone, Out out) {
  const int sdk = phone.flavour.sdk;
  for (const SwitchNote& note : phone.bluetooth.switches) {
    if (sdk >= 35) {
      fmt::format_to(out, "  {} \tPackage [{}] requested to [{}]. \tReason is {}\n",
                     MonthDayMillis(phone, note.at), note.package,
                     note.enable ? "Enable" : "Disable", note.reason);
    } else if (sdk >= 28) {
      fmt::format_to(out, "  {}  {} due to {} by {}\n",
                     sdk >= 34 ? MonthDayMillis(phone, note.at) : MonthDaySeconds(phone, note.at),
                     note.enable ? "Enabled " : "Disabled", note.reason, note.package);
    } else {
      fmt::format_to(out, "  {}  {} by {}\n", MonthDaySeconds(phone, note.at),
                     note.enable ? "Enabled " : "Disabled",
                     note.reason == "SYSTEM_BOOT"     ? "system boot"
                     : note.reason == "AIRPLANE_MODE" ? "airplane mode"
                                                      : note.package);
    }
  }
}

std::string_view TypeWord(const Android& phone, const Bond& bond) {
  const bool padded = phone.flavour.sdk >= 28;
  if (bond.low_energy) return padded ? "  LE  " : "LE";
  return padded ? " DUAL " : "DUAL";
}

}  // namespace

void ManagerText(const Android& phone, std::string& text) {
  const Bluetooth& bluetooth = phone.bluetooth;
  const int sdk = phone.flavour.sdk;
  const Out out(text);
  const bool on = bluetooth.adapter == AdapterState::kOn;
  fmt::format_to(out, "Bluetooth Status\n  enabled: {}\n  state: {}\n  address: {}\n  name: {}\n",
                 on, StateWord(bluetooth.adapter),
                 Shown(sdk, Printer::kManager, bluetooth.own_address), phone.flavour.model);
  if (on)
    fmt::format_to(out, "  time since enabled: {}\n",
                   ClockDuration(phone.clock.boot - bluetooth.enabled_at));
  if (bluetooth.switches.empty()) {
    text += "\nBluetooth never enabled!\n";
  } else {
    text += "\nEnable log:\n";
    EnableLog(phone, out);
  }
  fmt::format_to(out, "{}Bluetooth crashed {} time{}\n", sdk >= 28 ? "\n" : "", bluetooth.crashes,
                 bluetooth.crashes == 1 ? "" : "s");
  if (bluetooth.crashes > bluetooth.crash_times.size())
    fmt::format_to(out, "(last {})\n", bluetooth.crash_times.size());
  for (const auto at : bluetooth.crash_times)
    fmt::format_to(out, "  {}\n",
                   sdk >= 34 ? MonthDayMillis(phone, at) : MonthDaySeconds(phone, at));
  if (sdk >= 35)
    text += "\nNumber of Ble app registered: 0\n";
  else if (sdk >= 31)
    text += "\n0 BLE apps registered\n";
  else if (sdk >= 29)
    text += "\n0 BLE appsregistered\n";
  else
    text += "\n0 BLE Apps registered:\n";
  if (sdk >= 31)
    fmt::format_to(out,
                   "\nBluetoothManagerService:\n  mEnable:{0}\n  mQuietEnable:false\n"
                   "  mEnableExternal:{0}\n  mQuietEnableExternal:false\n",
                   on || bluetooth.adapter == AdapterState::kTurningOn);
  if (sdk >= 35)
    text +=
        "\n\xf0\x9f\x9a\xa9"
        "Flag dump:\n\t[\xe2\x96\xa0]: enumerate_gatt_errors\n"
        "\t[\xe2\x96\xa0]: key_missing_broadcast\n\t[ ]: le_enc_on_reconnection\n"
        "\t[ ]: sec_dont_clear_keys_on_encryption_err\n\t[ ]: unified_connection_manager\n";
  text += "\n";
}

void AdapterText(const Android& phone, std::string& text) {
  const Bluetooth& bluetooth = phone.bluetooth;
  const int sdk = phone.flavour.sdk;
  const Out out(text);
  const std::string indent = sdk >= 28 ? "    " : "  ";
  if (sdk >= 28) {
    bool linked = false;
    for (const LinkNote& link : bluetooth.links) linked = linked || link.ended.count() == 0;
    fmt::format_to(out,
                   "\nAdapterProperties\n  Name: {}\n  Address: {}\n{}{}  ConnectionState: {}\n"
                   "  State: ON\n  MaxConnectedAudioDevices: 5\n  A2dpOffloadEnabled: false\n"
                   "  Discovering: false\n  DiscoveryEndMs: 0\n  Bonded devices:\n",
                   phone.flavour.model, bluetooth.own_address,
                   sdk == 33 ? "  BluetoothClass: null\n" : "",
                   sdk < 35 ? "  ScanMode: SCAN_MODE_CONNECTABLE\n" : "",
                   linked ? "STATE_CONNECTED" : "STATE_DISCONNECTED");
  } else {
    text += "Bonded devices:\n";
  }
  for (const auto& [address, bond] : bluetooth.bonds) {
    fmt::format_to(out, "{}{} [{}]", indent, address, TypeWord(phone, bond));
    if (sdk >= 35) fmt::format_to(out, "[ 0x{:06X} ]", bond.device_class);
    fmt::format_to(out, " {}\n", bond.name);
  }
  text += "\n";
  const auto enabled = WallOf(phone, bluetooth.enabled_at);
  if (sdk >= 35)
    fmt::format_to(out,
                   "ScanMode: SCAN_MODE_CONNECTABLE\nScan Mode Changes:\n"
                   "    {} (processProfileServiceStateChanged) SCAN_MODE_CONNECTABLE\n\n",
                   MonthDayMillis(phone, enabled));
  else if (sdk >= 33)
    fmt::format_to(out, "  Scan Mode Changes:\n    {} (uid/pid=1002/{}) SCAN_MODE_CONNECTABLE\n",
                   MonthDayMillis(phone, enabled), 18'888);
  if (sdk >= 34)
    text += "sSnoopLogSettingAtEnable = EMPTY\nsDefaultSnoopLogSettingAtEnable = null\n\n";
  else if (sdk >= 29)
    text += "mSnoopLogSettingAtEnable = empty\nmDefaultSnoopLogSettingAtEnable = null\n\n";
  if (sdk >= 33) {
    text += "Enabled Profile Services:\n";
    for (const std::string_view service :
         {"A2dpService", "AvrcpTargetService", "HeadsetService", "HidDeviceService",
          "HidHostService", "GattService", "BluetoothMapService", "BluetoothOppService",
          "PanService", "BluetoothPbapService"})
      fmt::format_to(out, "  {}\n", service);
    text += "\n";
  }
  if (sdk >= 28) {
    fmt::format_to(
        out,
        "AdapterState:\n total records=4\n"
        " rec[0]: time={0} processed=OffState org=OffState dest=TurningBleOnState what=3(0x3) "
        "BLE_TURN_ON\n"
        " rec[1]: time={0} processed=TurningBleOnState org=TurningBleOnState dest=BleOnState "
        "what=7(0x7) BLE_STARTED\n"
        " rec[2]: time={0} processed=BleOnState org=BleOnState dest=TurningOnState what=1(0x1) "
        "USER_TURN_ON\n"
        " rec[3]: time={0} processed=TurningOnState org=TurningOnState dest=OnState what=5(0x5) "
        "BREDR_STARTED\ncurState=OnState\n\n",
        MonthDayMillis(phone, enabled));
  }
  if (sdk >= 29) {
    text += "SilenceDeviceManager:\n  Address            | Is silenced?\n\n";
    text += "BluetoothDatabase:\n  Metadata Changes:\n\nMetadata:\n";
    int active = static_cast<int>(bluetooth.bonds.size());
    for (const auto& [address, bond] : bluetooth.bonds)
      fmt::format_to(out,
                     "    {} last_active_time={} {{profile connection policy(A2DP={}|A2DP_SINK=-1|"
                     "HEADSET={}|HEADSET_CLIENT=-1|HID_HOST=-1|PAN=-1|PBAP=-1|MAP=-1|SAP=-1|"
                     "HEARING_AID=-1), optional codec(support=-1|enabled=-1), custom metadata("
                     "manufacturer_name=null|model_name=null|software_version=null|"
                     "hardware_version=null|companion_app=null)}}\n",
                     Shown(35, Printer::kManager, address), active--, bond.low_energy ? -1 : 100,
                     bond.low_energy ? -1 : 100);
    text += "\n";
  }
}

std::string BluetoothDump(const Android& phone) {
  std::string out;
  ManagerText(phone, out);
  const AdapterState state = phone.bluetooth.adapter;
  if (state == AdapterState::kOff || state == AdapterState::kTurningOn) {
    out += "Bluetooth Service not connected\n";
    return out;
  }
  AdapterText(phone, out);
  GattText(phone, out);
  NativeText(phone, out);
  return out;
}

}  // namespace bk::simulate
