// The lines of the Bluetooth stack and of the apps' side of it. Wording: AdapterState.java,
// BluetoothManagerService.java, GattService.java, BluetoothGatt.java, BondStateMachine.java,
// RemoteDevices.java, ScanManager.java, system/{bta,btif,stack,gd} of Android 7 to 16.
#include <optional>

#include "android/dump_text.h"
#include "android/log/rules.h"
#include "base/text.h"

namespace bk::android::log {
namespace {

constexpr int kStateOff = 10;  // BluetoothAdapter.STATE_OFF, STATE_ON
constexpr int kStateOn = 12;
constexpr int kScanTooFrequentCode = 6;  // ScanCallback.SCAN_FAILED_SCANNING_TOO_FREQUENTLY
constexpr std::size_t kConnectionsMax = 4096;

bool Has(std::string_view text, std::string_view part) {
  return text.find(part) != std::string_view::npos;
}

// "MESSAGE_BLUETOOTH_STATE_CHANGE: TURNING_ON > ON", "Bluetooth State Change Intent: ON > …"
void AdapterWords(const LogLine& line, RuleContext& context) {
  if (!IsBluetoothTag(line.tag)) return;
  const std::size_t arrow = line.message.rfind(" > ");
  if (arrow == std::string_view::npos) return;
  const std::string_view state = Trim(line.message.substr(arrow + 3));
  if (state == "ON") context.say(FactKind::kAdapterOn, 0, {}, {}, line.message);
  if (state == "OFF") context.say(FactKind::kAdapterOff, 0, {}, {}, line.message);
}

// "Bluetooth adapter state changed: 11-> 12"
void AdapterNumbers(const LogLine& line, RuleContext& context) {
  if (!IsBluetoothTag(line.tag)) return;
  const std::size_t arrow = line.message.rfind("->");
  if (arrow == std::string_view::npos) return;
  const auto state = ParseInt<int>(Trim(line.message.substr(arrow + 2)));
  if (state == kStateOn) context.say(FactKind::kAdapterOn, 0, {}, {}, line.message);
  if (state == kStateOff) context.say(FactKind::kAdapterOff, 0, {}, {}, line.message);
}

void ServiceGone(const LogLine& line, RuleContext& context) {
  // Called for a service whose process ended while it was bound: never after unbinding.
  if (line.tag == "BluetoothManagerService" || line.tag == "BluetoothSystemServer")
    context.say(FactKind::kStackCrash, kCrashByItsOwnWords, {}, {}, line.message);
}

void ControllerSilent(const LogLine& line, RuleContext& context) {
  if (!IsBluetoothTag(line.tag)) return;
  // The kernel's log holds every driver's timeouts.
  if (line.tag == "kernel" && !Has(line.message, "luetooth")) return;
  context.say(FactKind::kHciTimeout, 0, {}, {}, line.message);
}

void TooManyClients(const LogLine& line, RuleContext& context) {
  if (IsBluetoothTag(line.tag))
    context.say(FactKind::kTooManyClients, 0, {}, context.Writer(line), line.message);
}

// "App 'com.example' is scanning too frequently"
void TooFrequent(const LogLine& line, RuleContext& context) {
  const auto app = After(line.message, "App '", "'");
  context.say(FactKind::kScanTooFrequent, 0, {}, app ? *app : context.Writer(line), line.message);
}

void ScanDenied(const LogLine& line, RuleContext& context) {
  const bool location_off = Has(line.message, "Location is off");
  // Other services deny things in the same words.
  bool scan = location_off;
  for (const std::string_view word : {"scan", "SCAN", "BLUETOOTH", "LOCATION", "no result"})
    scan = scan || Has(line.message, word);
  if (!scan) return;
  if (!location_off && !IsBluetoothTag(line.tag) && context.Writer(line).empty()) return;
  context.say(location_off ? FactKind::kLocationOff : FactKind::kScanDenied, 0, {},
              context.Writer(line), line.message);
}

// "onScannerRegistered() - status=6 scannerId=-1 mScannerId=0"
void ScannerRegistered(const LogLine& line, RuleContext& context) {
  const auto status = NumberAfter(line.message, "status=");
  if (!status || *status == 0) return;
  context.say(*status == kScanTooFrequentCode ? FactKind::kScanTooFrequent : FactKind::kScanFailed,
              *status, {}, context.Writer(line), line.message);
}

// An app's own line from its callback: "onScanFailed: 2", "onScanFailed errorCode=2".
void ScanFailed(const LogLine& line, RuleContext& context) {
  const std::size_t at = line.message.find("nScanFailed");
  if (at == std::string_view::npos) return;
  const std::string_view rest = line.message.substr(at + 11);
  const std::size_t digit = rest.find_first_of("0123456789");
  if (digit == std::string_view::npos || digit > 24) return;
  std::string_view number = rest.substr(digit);
  const auto code = TakeNumber(number);
  if (!code || *code == 0 || *code > 20) return;
  context.say(*code == kScanTooFrequentCode ? FactKind::kScanTooFrequent : FactKind::kScanFailed,
              static_cast<int>(*code), {}, context.Writer(line), line.message);
}

void ScanStart(const LogLine& line, RuleContext& context) {
  if (IsBluetoothTag(line.tag))
    context.say(FactKind::kScanStart, 0, {}, context.Writer(line), line.message);
}
void ScanStop(const LogLine& line, RuleContext& context) {
  if (IsBluetoothTag(line.tag))
    context.say(FactKind::kScanStop, 0, {}, context.Writer(line), line.message);
}

// "connect() - device: AA:…, auto: false", "clientConnect() - address=AA:…, isDirect=true"
void Connect(const LogLine& line, RuleContext& context) {
  const std::string_view address = AddressIn(line.message);
  if (address.empty() || !IsBluetoothTag(line.tag)) return;
  if (line.tag == "BluetoothSocket") return;
  const bool background = Has(line.message, "auto: true") || Has(line.message, "isDirect=false");
  context.say(FactKind::kConnectAttempt, background ? 0 : 1, address, context.Writer(line),
              line.message);
}

void SayLink(bool up, int status, std::string_view address, const LogLine& line,
             RuleContext& context) {
  const std::string key = UpperAddress(address);
  bool was_up = false;
  if (const auto known = context.connected.find(key); known != context.connected.end())
    was_up = known->second;
  if (context.connected.size() < kConnectionsMax || context.connected.contains(key))
    context.connected[key] = up;
  const FactKind kind = up                      ? FactKind::kConnected
                        : was_up || status == 0 ? FactKind::kDisconnected
                                                : FactKind::kConnectFailed;
  context.say(kind, status, address, context.Writer(line), line.message);
}

// "onClientConnectionState() - status=133 clientIf=5 [connected=false] device=AA:…"
void ClientState(const LogLine& line, RuleContext& context) {
  const auto status = NumberAfter(line.message, "status=");
  const std::string_view address = AddressIn(line.message);
  if (!status || address.empty()) return;
  bool up = *status == 0;
  if (const auto connected = After(line.message, "connected=")) {
    up = *connected == "true";
  } else if (up) {
    // Without "connected=" a status of 0 says that it went well, whichever way it went.
    const auto known = context.connected.find(UpperAddress(address));
    up = known == context.connected.end() || !known->second;
  }
  SayLink(up, *status, address, line, context);
}

// "onConnected() - clientIf=5, connId=7, address=AA:…[, status=…]", "onDisconnected() - …"
void ServiceLink(const LogLine& line, RuleContext& context) {
  const std::string_view address = AddressIn(line.message);
  if (address.empty() || !IsBluetoothTag(line.tag)) return;
  const auto connection = NumberAfter(line.message, "connId=");
  auto status = NumberAfter(line.message, "status=");
  if (!status) status = NumberAfter(line.message, "reason=");
  const std::string key = std::to_string(connection.value_or(0));
  if (Has(line.message, "onConnected()")) {
    if (connection.value_or(0) == 0) {
      // A failed opening; its status is in the app's own line.
      if (status && *status != 0) SayLink(false, *status, address, line, context);
      return;
    }
    if (context.address_of_connection.size() < kConnectionsMax)
      context.address_of_connection[key] = std::string(address);
    SayLink(true, 0, address, line, context);
  } else if (status && *status != 0) {
    SayLink(false, *status, address, line, context);
  }
}

// "bta_gattc_conn_cback: cif=3 connected=0 conn_id=0x0103 reason=0x0008"
void NativeLink(const LogLine& line, RuleContext& context) {
  const auto connected = NumberAfter(line.message, "connected=");
  const auto reason = NumberAfter(line.message, "reason=");
  const auto connection = NumberAfter(line.message, "conn_id=");
  if (connected != 0 || !reason || *reason == 0) return;
  std::string_view address = AddressIn(line.message);
  if (address.empty() && connection) {
    const auto known = context.address_of_connection.find(std::to_string(*connection));
    if (known != context.address_of_connection.end()) address = known->second;
  }
  context.say(FactKind::kDisconnected, *reason, address, {}, line.message);
}

// "aclStateChangeCallback: Adapter State: ON Disconnected: AA:… transportLinkType: 2 hciReason: 8"
void AclState(const LogLine& line, RuleContext& context) {
  const std::string_view address = AddressIn(line.message);
  if (address.empty()) return;
  if (Has(line.message, " Connected:"))
    return context.say(FactKind::kAclUp, 0, address, {}, line.message);
  if (!Has(line.message, "isconnected:")) return;
  context.say(FactKind::kAclDown, NumberAfter(line.message, "hciReason:").value_or(0), address, {},
              line.message);
}

// "processDeviceConnected, device=AA:…": the policy hears of each new link, of any transport.
void PolicyLink(const LogLine& line, RuleContext& context) {
  const std::string_view address = AddressIn(line.message);
  if (!address.empty() && IsBluetoothTag(line.tag))
    context.say(FactKind::kAclUp, 0, address, {}, line.message);
}

// "bondStateChangeCallback: Status: 9 Address: AA:… newState: 0 [hciReason: 5]"
void BondCallback(const LogLine& line, RuleContext& context) {
  const std::string_view address = AddressIn(line.message);
  const auto status = NumberAfter(line.message, "Status:");
  const auto state = NumberAfter(line.message, "newState:");
  if (address.empty() || !status || !state) return;
  if (*state == 1 && *status == 0)
    context.say(FactKind::kBonding, 0, address, {}, line.message);
  else if (*state == 2 && *status == 0)
    context.say(FactKind::kBonded, 0, address, {}, line.message);
  else if (*state == 0 && *status != 0)
    context.say(FactKind::kBondFailed, *status, address, {}, line.message);
}

// "Bond State Change Intent:AA:… BOND_BONDED => BOND_NONE"
void BondIntent(const LogLine& line, RuleContext& context) {
  const std::string_view address = AddressIn(line.message);
  if (address.empty()) return;
  if (Has(line.message, "=> BOND_BONDED"))
    context.say(FactKind::kBonded, 0, address, {}, line.message);
  else if (Has(line.message, "BOND_BONDED => BOND_NONE"))
    context.say(FactKind::kBondLost, 0, address, {}, line.message);
  else if (Has(line.message, "BOND_BONDING => BOND_NONE"))
    context.say(FactKind::kBondFailed, 0, address, {}, line.message);
}

void KeyMissing(const LogLine& line, RuleContext& context) {
  if (IsBluetoothTag(line.tag))
    context.say(FactKind::kKeyMissing, 0, AddressIn(line.message), {}, line.message);
}

void EncryptionFailed(const LogLine& line, RuleContext& context) {
  if (!IsBluetoothTag(line.tag)) return;
  auto code = NumberAfter(line.message, "status");
  if (!code) code = NumberAfter(line.message, "reason");
  context.say(FactKind::kEncryptionFailed, code.value_or(0), AddressIn(line.message), {},
              line.message);
}

void PairingFailed(const LogLine& line, RuleContext& context) {
  if (!IsBluetoothTag(line.tag)) return;
  auto code = NumberAfter(line.message, "reason");
  if (!code) code = NumberAfter(line.message, "status");
  context.say(FactKind::kPairingFailed, code.value_or(0), AddressIn(line.message), {},
              line.message);
}

// "onCharacteristicWrite() - Device=AA:… handle=3 Status=133", "onSearchComplete() = Device=… "
void GattOperation(const LogLine& line, RuleContext& context) {
  if (line.tag != "BluetoothGatt") return;
  auto status = NumberAfter(line.message, "Status=");
  if (!status) status = NumberAfter(line.message, "status=");
  const std::string_view address = AddressIn(line.message);
  if (!status || *status == 0 || address.empty()) return;
  context.say(FactKind::kGattError, *status, address, context.Writer(line), line.message);
}

constexpr Rule kRules[] = {
    {"MESSAGE_BLUETOOTH_STATE_CHANGE: ", AdapterWords},
    {"Bluetooth State Change Intent: ", AdapterWords},
    {"adapter state changed: ", AdapterNumbers},
    {"MESSAGE_BLUETOOTH_SERVICE_DISCONNECTED", ServiceGone},
    {"MESSAGE_RESTART_BLUETOOTH_SERVICE", ServiceGone},
    {"command_timed_out", ControllerSilent},
    {"hci_timeout", ControllerSilent},
    {"Timed out waiting for 0x", ControllerSilent},
    {"Hardware Error", ControllerSilent},
    {"hardware error", ControllerSilent},
    {"hci_root_inflamed", ControllerSilent},
    {"tx timeout", ControllerSilent},
    {"startup_timer_expired", ControllerSilent},
    {"MAX client reached", TooManyClients},
    {"max client reached", TooManyClients},
    {"Register with GATT stack failed", TooManyClients},
    {"Unable to register client", TooManyClients},
    {"is scanning too frequently", TooFrequent},
    {"Permission denial: ", ScanDenied},
    {"permission to get scan results", ScanDenied},
    {"has no result permission", ScanDenied},
    {"Need android.permission.BLUETOOTH_SCAN", ScanDenied},
    {"Need BLUETOOTH_SCAN", ScanDenied},
    {"Need BLUETOOTH permission", ScanDenied},
    {"onScannerRegistered() - status=", ScannerRegistered},
    {"nScanFailed", ScanFailed},
    {"Start Scan with callback", ScanStart},
    {"startLeScan(", ScanStart},
    {"Scan in shim layer started", ScanStart},
    {"Stop Scan with callback", ScanStop},
    {"stopLeScan(", ScanStop},
    {"Scan in shim layer stopped", ScanStop},
    {"connect() - device: ", Connect},
    {"clientConnect() - address=", Connect},
    {"onClientConnectionState() - status=", ClientState},
    {"onConnected() - clientIf=", ServiceLink},
    {"onDisconnected() - clientIf=", ServiceLink},
    {"bta_gattc_conn_cback: ", NativeLink},
    {"aclStateChangeCallback: ", AclState},
    {"processDeviceConnected, device=", PolicyLink},
    {"bondStateChangeCallback: ", BondCallback},
    {"Bond State Change Intent:", BondIntent},
    {"keyMissingCallback", KeyMissing},
    {"Remote key missing", KeyMissing},
    {"Encryption failed", EncryptionFailed},
    {"ncryption failure", EncryptionFailed},
    {"SMP pairing failed", PairingFailed},
    {"airing failed", PairingFailed},
    {"onCharacteristicWrite() - Device=", GattOperation},
    {"onCharacteristicRead() - Device=", GattOperation},
    {"onDescriptorWrite() - Device=", GattOperation},
    {"onSearchComplete() = Device=", GattOperation},
    {"onConfigureMTU() - Device=", GattOperation},
};

}  // namespace

std::span<const Rule> BluetoothRules() { return kRules; }

bool IsBluetoothTag(std::string_view tag) {
  for (const std::string_view start :
       {"bluetooth", "Bluetooth", "BtGatt", "bt_", "btif", "BTIF", "BT_", "BTM", "SMP", "smp",
        "android.hardware.bluetooth", "vendor.qti.bluetooth", "GattService", "kernel"})
    if (tag.starts_with(start)) return true;
  // Some builds log the native stack without a tag.
  return tag.empty();
}

std::optional<int> NumberAfter(std::string_view text, std::string_view key) {
  const std::size_t at = text.find(key);
  if (at == std::string_view::npos) return std::nullopt;
  std::string_view rest = text.substr(at + key.size());
  while (!rest.empty() && (rest.front() == ' ' || rest.front() == '=' || rest.front() == ':'))
    rest.remove_prefix(1);
  const bool hex = rest.starts_with("0x") || rest.starts_with("0X");
  if (hex) rest.remove_prefix(2);
  int value = 0;
  const auto [end, error] =
      std::from_chars(rest.data(), rest.data() + rest.size(), value, hex ? 16 : 10);
  if (error != std::errc{}) return std::nullopt;
  return value;
}

std::string_view AddressIn(std::string_view text) {
  const std::size_t at = FindAddress(text);
  if (at == std::string_view::npos) return {};
  const std::string_view address = text.substr(at, AddressLength(text.substr(at)));
  return NamesNoDevice(address) ? std::string_view{} : address;
}

}  // namespace bk::android::log
