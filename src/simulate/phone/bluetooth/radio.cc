#include "simulate/phone/bluetooth/radio.h"

#include <fmt/format.h>

#include <algorithm>

#include "simulate/phone/bluetooth/shown_address.h"
#include "simulate/phone/log/hci_log.h"
#include "simulate/phone/log/log.h"
#include "simulate/phone/log/time_text.h"

namespace bk::simulate {
namespace {

using std::chrono::duration_cast;
using std::chrono::milliseconds;

constexpr std::size_t kLinksMax = 40;  // shim::acl's finished connections
constexpr std::size_t kNotesMax = 60;
constexpr std::size_t kBondNotesMax = 16;
constexpr std::size_t kPastScans = 5;  // NUM_SCAN_DURATIONS_KEPT

template <typename List>
void Trim(List& list, std::size_t most) {
  while (list.size() > most) list.erase(list.begin());
}

void NoteBond(Android& phone, std::string_view address, std::string_view function,
              std::string_view state) {
  phone.bluetooth.bond_notes.push_back({.at = phone.clock.wall,
                                        .address = std::string(address),
                                        .function = std::string(function),
                                        .state = std::string(state)});
  Trim(phone.bluetooth.bond_notes, kBondNotesMax);
}

std::string InJavaLog(const Android& phone, std::string_view address) {
  return Shown(phone.flavour.sdk, Printer::kJavaLog, address);
}

void SayBondState(Android& phone, std::string_view address, int status, int state, int hci,
                  std::string_view from, std::string_view to) {
  const std::string shown = InJavaLog(phone, address);
  std::string callback = fmt::format("bondStateChangeCallback: Status: {} Address: {} newState: {}",
                                     status, shown, state);
  if (phone.flavour.sdk >= 31) callback += fmt::format(" hciReason: {}", hci);
  Say(phone, "bluetooth", 'D', "BluetoothBondStateMachine", callback);
  Say(phone, "bluetooth", 'I', "BluetoothBondStateMachine",
      fmt::format("Bond State Change Intent:{} {} => {}", shown, from, to));
}

}  // namespace

GattClient* RegisterClient(Android& phone, std::string_view package) {
  Bluetooth& bluetooth = phone.bluetooth;
  if (bluetooth.adapter != AdapterState::kOn) return nullptr;
  Say(phone, "bluetooth", 'D', "BtGatt.GattService",
      fmt::format("registerClient() - UUID={:08x}-3f1c-4c55-9d42-0c1f6be8{:04x}",
                  bluetooth.next_client_if * 0x9e3779b1U, bluetooth.next_client_if));
  if (bluetooth.clients.size() >= kClientSlots) {
    Say(phone, "bluetooth", 'E', "bt_bta_gattc",
        fmt::format("can't Register GATT client, MAX client reached: {}", kClientSlots));
    Say(phone, "bluetooth", 'E', "bt_btif_gattc", "Register with GATT stack failed");
    return nullptr;
  }
  bluetooth.clients.push_back(
      {.package = std::string(package), .client_if = bluetooth.next_client_if++});
  return &bluetooth.clients.back();
}

GattClient* FindClient(Android& phone, std::string_view package, std::string_view peer) {
  auto& clients = phone.bluetooth.clients;
  const auto found = std::ranges::find_if(clients, [&](const GattClient& client) {
    return client.package == package && client.peer == peer;
  });
  return found == clients.end() ? nullptr : &*found;
}

void CloseClients(Android& phone, std::string_view package, std::string_view peer) {
  std::erase_if(phone.bluetooth.clients, [&](const GattClient& client) {
    return client.package == package && (peer.empty() || client.peer == peer);
  });
}

void StartScan(Android& phone, std::string_view package, ScanMode mode, bool filtered) {
  Bluetooth& bluetooth = phone.bluetooth;
  ScanUse& use = bluetooth.scan_use[std::string(package)];
  ++use.started;
  ++use.count[static_cast<std::size_t>(mode)];
  bluetooth.scanners.push_back({.package = std::string(package),
                                .since = phone.clock.boot,
                                .mode = mode,
                                .filtered = filtered,
                                .id = bluetooth.next_scanner});
  bluetooth.next_scanner = bluetooth.next_scanner % 30 + 1;
  NoteStack(phone, "SCAN", "Le scan started", "00:00:00:00:00:00", "");
  HciCommand(phone, 0x200c, FromHex("01 00"));
  HciEvent(phone, 0x0e, FromHex("01 0c20 00"));
}

void StopScans(Android& phone, std::string_view package) {
  Bluetooth& bluetooth = phone.bluetooth;
  for (const Scanner& scanner : bluetooth.scanners) {
    if (scanner.package != package) continue;
    ScanUse& use = bluetooth.scan_use[scanner.package];
    const auto took = duration_cast<milliseconds>(phone.clock.boot - scanner.since);
    ++use.stopped;
    use.results += scanner.results;
    use.time[static_cast<std::size_t>(scanner.mode)] += took;
    use.shortest = use.stopped == 1 ? took : std::min(use.shortest, took);
    use.longest = std::max(use.longest, took);
    use.last.push_back({.at = WallOf(phone, scanner.since),
                        .took = took,
                        .results = scanner.results,
                        .filtered = scanner.filtered,
                        .mode = scanner.mode,
                        .id = scanner.id});
    Trim(use.last, kPastScans);
    NoteStack(phone, "SCAN", "Le scan stopped", "00:00:00:00:00:00",
              phone.flavour.sdk >= 34
                  ? fmt::format("duration_s:{}.{:03} results:{}", took.count() / 1000,
                                took.count() % 1000, scanner.results)
                  : "");
  }
  const auto gone = std::erase_if(
      bluetooth.scanners, [&](const Scanner& scanner) { return scanner.package == package; });
  if (gone > 0 && bluetooth.scanners.empty()) {
    HciCommand(phone, 0x200c, FromHex("00 00"));
    HciEvent(phone, 0x0e, FromHex("01 0c20 00"));
  }
}

bool Scans(const Android& phone, std::string_view package) {
  return std::ranges::any_of(phone.bluetooth.scanners,
                             [&](const Scanner& one) { return one.package == package; });
}

void CountResults(Android& phone, std::string_view package, std::uint64_t results) {
  for (Scanner& scanner : phone.bluetooth.scanners)
    if (scanner.package == package) scanner.results += results;
}

double RadioTaken(const Android& phone, std::string_view package) {
  // Window over interval of each mode in ScanManager.
  constexpr double kDuty[kScanModes] = {0, 0.1, 0.25, 1, 0.1};
  double taken = 0;
  for (const Scanner& scanner : phone.bluetooth.scanners)
    if (scanner.package != package) taken += kDuty[static_cast<std::size_t>(scanner.mode)];
  return std::min(taken, 1.0);
}

LinkNote* StandingLink(Android& phone, std::string_view address) {
  for (LinkNote& link : phone.bluetooth.links)
    if (link.address == address && link.ended.count() == 0) return &link;
  return nullptr;
}
const LinkNote* StandingLink(const Android& phone, std::string_view address) {
  for (const LinkNote& link : phone.bluetooth.links)
    if (link.address == address && link.ended.count() == 0) return &link;
  return nullptr;
}

void LinkUp(Android& phone, std::string_view address) {
  Bluetooth& bluetooth = phone.bluetooth;
  bluetooth.links.push_back({.address = std::string(address),
                             .began = phone.clock.wall,
                             .handle = bluetooth.next_handle});
  bluetooth.next_handle = bluetooth.next_handle == 0x4f ? 0x40 : bluetooth.next_handle + 1;
  Trim(bluetooth.links, kLinksMax);
  const LinkNote& link = bluetooth.links.back();
  NoteStack(phone, "ACL", "Connection successful", address, "Le Local initiated");
  Say(phone, "bluetooth", 'D', "BluetoothRemoteDevices",
      fmt::format("aclStateChangeCallback: Adapter State: ON Connected: {} transportLinkType: 2",
                  InJavaLog(phone, address)));
  std::vector<std::byte> event{std::byte{0}, static_cast<std::byte>(link.handle), std::byte{0},
                               std::byte{0}, std::byte{0}};
  const auto peer = AirAddress(address);
  event.insert(event.end(), peer.begin(), peer.end());
  const auto rest = FromHex("2700 0000 f401 00");
  event.insert(event.end(), rest.begin(), rest.end());
  HciLeEvent(phone, 0x01, event);
}

void LinkDown(Android& phone, std::string_view address, int reason) {
  LinkNote* link = StandingLink(phone, address);
  if (link == nullptr) return;
  link->ended = phone.clock.wall;
  link->reason = reason;
  constexpr int kLocalHost = 0x16;
  const auto handle = static_cast<std::byte>(link->handle);
  if (reason == kLocalHost) {
    NoteStack(phone, "ACL", "Disconnection initiated", address,
              "Le reason:REMOTE_USER_TERMINATED_CONNECTION(0x13) comment:stack::gatt");
    const std::byte ask[] = {handle, std::byte{0}, std::byte{0x13}};
    HciCommand(phone, 0x0406, ask);
    HciEvent(phone, 0x0f, FromHex("00 01 0604"));
  }
  NoteStack(phone, "ACL", "Disconnected", address,
            fmt::format("Le reason:{}(0x{:02x})", HciName(reason), reason));
  const std::byte told[] = {std::byte{0}, handle, std::byte{0}, static_cast<std::byte>(reason)};
  HciEvent(phone, 0x05, told);
  Say(phone, "bluetooth", 'D', "BluetoothRemoteDevices",
      fmt::format("aclStateChangeCallback: Adapter State: ON Disconnected: {} transportLinkType: 2"
                  " hciReason: {}",
                  InJavaLog(phone, address), reason));
}

void LinkFailed(Android& phone, std::string_view address, int status) {
  constexpr int kCancelled = 0x02;
  if (status == kCancelled) {
    NoteStack(phone, "ACL", "Connection canceled", address, "Le");
    HciCommand(phone, 0x200e, {});
    HciEvent(phone, 0x0e, FromHex("01 0e20 00"));
  } else {
    NoteStack(phone, "ACL", "Connection failed", address,
              fmt::format("le reason:{}(0x{:02x})", HciName(status), status));
  }
  if (phone.flavour.sdk >= 33)
    Say(phone, "bluetooth", 'W', "bt_shim",
        fmt::format("Connection failed le remote:{} status:{}(0x{:02x})",
                    Shown(phone.flavour.sdk, Printer::kNativeLog, address), HciName(status),
                    status));
  std::vector<std::byte> event{static_cast<std::byte>(status), std::byte{0}, std::byte{0},
                               std::byte{0}, std::byte{0}};
  const auto peer = AirAddress(address);
  event.insert(event.end(), peer.begin(), peer.end());
  const auto rest = FromHex("0000 0000 0000 00");
  event.insert(event.end(), rest.begin(), rest.end());
  HciLeEvent(phone, 0x01, event);
}

void NoteBonding(Android& phone, std::string_view address, std::string_view by) {
  NoteBond(phone, address, "btif_dm_create_bond", "BOND_STATE_NONE");
  NoteBond(phone, address, "bond_state_changed", "BOND_STATE_BONDING");
  NoteStack(phone, "BOND", "Create bond", address, "bd_type:1");
  NoteStack(phone, "BOND", "Bonding initiated", address, "Local initiated");
  if (phone.flavour.sdk >= 33)
    Say(phone, "bluetooth", 'I', "BluetoothAdapterService",
        fmt::format("createBond: device={}, from {}", InJavaLog(phone, address), by));
  SayBondState(phone, address, 0, 1, 0, "BOND_NONE", "BOND_BONDING");
}

void MakeBond(Android& phone, std::string_view address, std::string_view name) {
  phone.bluetooth.bonds[std::string(address)] = {.name = std::string(name)};
  NoteBond(phone, address, "bond_state_changed", "BOND_STATE_BONDED");
  NoteStack(phone, "BOND", "Bonding completed", address, "Reason: SUCCESS(0x00)");
  SayBondState(phone, address, 0, 2, 0, "BOND_BONDING", "BOND_BONDED");
}

void FailBonding(Android& phone, std::string_view address, int bt_status, int hci_reason) {
  NoteBond(phone, address, "bond_state_changed", "BOND_STATE_NONE");
  NoteStack(phone, "BOND", "Bonding completed", address,
            fmt::format("reason:{}(0x{:02x})", HciName(hci_reason), hci_reason));
  SayBondState(phone, address, bt_status, 0, hci_reason, "BOND_BONDING", "BOND_NONE");
}

void RemoveBond(Android& phone, std::string_view address, std::string_view by) {
  if (phone.bluetooth.bonds.erase(std::string(address)) == 0) return;
  if (phone.bluetooth.adapter != AdapterState::kOn) return;
  constexpr int kLocalHost = 0x16;
  LinkDown(phone, address, kLocalHost);
  NoteBond(phone, address, "btif_dm_remove_bond", "BOND_STATE_BONDED");
  NoteBond(phone, address, "bond_state_changed", "BOND_STATE_NONE");
  NoteStack(phone, "BOND", "Remove bond", address, "");
  if (phone.flavour.sdk >= 35)
    Say(phone, "bluetooth", 'I', "BluetoothAdapterService",
        fmt::format("removeBond: device={}, from {}", InJavaLog(phone, address), by));
  SayBondState(phone, address, 0, 0, 0, "BOND_BONDED", "BOND_NONE");
}

void NoteStack(Android& phone, std::string_view tag, std::string_view message,
               std::string_view address, std::string extra) {
  phone.bluetooth.notes.push_back({.at = phone.clock.wall,
                                   .tag = std::string(tag),
                                   .message = std::string(message),
                                   .address = std::string(address),
                                   .extra = std::move(extra)});
  Trim(phone.bluetooth.notes, kNotesMax);
}

std::string_view HciName(int code) {
  switch (code) {
    case 0x00:
      return "SUCCESS";
    case 0x02:
      return "UNKNOWN_CONNECTION";
    case 0x05:
      return "AUTHENTICATION_FAILURE";
    case 0x06:
      return "PIN_OR_KEY_MISSING";
    case 0x08:
      return "CONNECTION_TIMEOUT";
    case 0x10:
      return "CONNECTION_ACCEPT_TIMEOUT";
    case 0x13:
      return "REMOTE_USER_TERMINATED_CONNECTION";
    case 0x16:
      return "CONNECTION_TERMINATED_BY_LOCAL_HOST";
    case 0x3d:
      return "CONNECTION_TERMINATED_DUE_TO_MIC_FAILURE";
    case 0x3e:
      return "CONNECTION_FAILED_ESTABLISHMENT";
    default:
      return "UNSPECIFIED_ERROR";
  }
}

}  // namespace bk::simulate
