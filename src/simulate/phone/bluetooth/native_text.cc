// The native stack: btif_debug_conn, btif_debug, the config store, connection_manager, the GATT
// control blocks (15) and the shim's blocks (13 and later).
#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include "simulate/phone/bluetooth/dump.h"
#include "simulate/phone/bluetooth/radio.h"
#include "simulate/phone/bluetooth/shown_address.h"
#include "simulate/phone/clock_text.h"
#include "simulate/phone/log/time_text.h"

namespace bk::simulate {
namespace {

using Out = std::back_insert_iterator<std::string>;

constexpr std::size_t kConnectionEvents = 16;  // btif_debug_conn keeps so many
constexpr int kStackClients = 3;               // slots that the stack itself holds

std::string LowerShim(const Android& phone, std::string_view address) {
  return Shown(phone.flavour.sdk, Printer::kShim, address);
}

void Profiles(const Android& phone, std::string& text) {
  text +=
      "Profile: HeadsetService\n  mMaxHeadsetConnections: 5\n  mActiveDevice: null\n"
      "  isInbandRingingEnabled: true\n  mAudioRouteAllowed: true\n"
      "  mVoiceRecognitionStarted: false\n  mVirtualCallStarted: false\n\n"
      "Profile: A2dpService\n  mActiveDevice: null\n  mMaxConnectedAudioDevices: 5\n\n"
      "Profile: PanService\n  mMaxPanDevices: 5\n  mPanIfName: bt-pan\n  mTetherOn: false\n"
      "  mPanDevices:\n\nProfile: BluetoothMapService\n  mRemoteDevice: null\n  mState: 0\n"
      "  mIsWaitingAuthorization: false\n  mPermission: 0\n\nProfile: SapService\n\n"
      "Profile: BluetoothOppService\n\nProfile: BluetoothPbapService\n\n";
  static_cast<void>(phone);
}

void ConnectionEvents(const Android& phone, std::string& text) {
  struct Event {
    std::chrono::microseconds at;
    const LinkNote* link;
    bool up;
  };
  std::vector<Event> events;
  for (const LinkNote& link : phone.bluetooth.links) {
    events.push_back({link.began, &link, true});
    if (link.ended.count() != 0) events.push_back({link.ended, &link, false});
  }
  std::ranges::stable_sort(events, {}, &Event::at);
  std::ranges::reverse(events);
  if (events.size() > kConnectionEvents) events.resize(kConnectionEvents);
  text += "Connection Events:\n";
  const Out out(text);
  if (events.empty()) text += "  None\n";
  for (const Event& event : events) {
    fmt::format_to(out, "  {} {} {}", MonthDayMillis(phone, event.at),
                   event.up ? "CONNECTED   " : "DISCONNECTED",
                   Shown(phone.flavour.sdk, Printer::kNative, event.link->address));
    if (!event.up) fmt::format_to(out, " reason={}", event.link->reason);
    text += "\n";
  }
}

void BondEvents(const Android& phone, std::string& text) {
  const auto& notes = phone.bluetooth.bond_notes;
  const Out out(text);
  fmt::format_to(out, "\nBond Events: \n  Total Number of events: {}\n", notes.size());
  if (!notes.empty()) text += "  Time          address            Function             State\n";
  for (const BondNote& note : notes)
    fmt::format_to(out, "  {}  {}  {:<19}  {}\n", TimeOfDayMillis(phone, note.at),
                   Shown(phone.flavour.sdk, Printer::kNative, note.address), note.function,
                   note.state);
}

void KeyTypes(const Android& phone, std::string& text) {
  text += "\nLink Key Types:\n";
  for (const auto& [address, bond] : phone.bluetooth.bonds)
    fmt::format_to(Out(text), "  {}\n    BR:{}\n    LE:{}\n",
                   Shown(phone.flavour.sdk, Printer::kNative, address),
                   bond.low_energy ? "" : " UNAUTH_COMB", bond.low_energy ? " PENC PID LENC" : "");
}

void Statistics(const Android& phone, std::string& text) {
  text +=
      "\nA2DP State:\n  TxQueue:\n"
      "  Counts (enqueue/dequeue/readbuf)                        : 0 / 0 / 0\n"
      "  Last update time ago in ms (enqueue/dequeue/readbuf)    : 0 / 0 / 0\n"
      "  Counts (underflow)                                      : 0\n";
  const Out out(text);
  if (phone.flavour.sdk < 35)
    fmt::format_to(out,
                   "\nBluetooth Config:\n  Config Source: Original file\n  Devices loaded: {}\n"
                   "  File created/tagged: 2023-01-05 10:12:00\n  File source: Empty\n",
                   phone.bluetooth.bonds.size());
  fmt::format_to(out,
                 "\nBluetooth HF Client BTA Statistics\n\nBluetooth Wakelock Statistics:\n"
                 "  Is acquired                    : false\n"
                 "  Acquired/released count        : 41 / 41\n"
                 "  Total run time (ms)            : {}\n"
                 "\nBluetooth Alarms Statistics:\n  Total Alarms: 0\n",
                 (phone.clock.boot - phone.bluetooth.stack_since).count() / 1000);
}

void ConnectionManager(const Android& phone, std::string& text) {
  const int sdk = phone.flavour.sdk;
  std::map<std::string, std::pair<std::string, std::string>> wanted;  // direct, background
  for (const GattClient& client : phone.bluetooth.clients) {
    if (client.connecting) wanted[client.peer].first += fmt::format("{}, ", client.client_if);
    if (client.background && !client.connected)
      wanted[client.peer].second += fmt::format("{}, ", client.client_if);
  }
  text += "\n\nconnection_manager state:\n";
  const Out out(text);
  if (wanted.empty()) {
    text += "\tno Low Energy connection attempts\n";
    return;
  }
  fmt::format_to(out, "\tdevices attempting connection: {}\n", wanted.size());
  for (const auto& [peer, apps] : wanted) {
    fmt::format_to(out, "\t * {}: \n", LowerShim(phone, peer));
    if (!apps.first.empty()) fmt::format_to(out, "\t\tapps doing direct connect: {}\n", apps.first);
    // Android 10 tests the wrong way round: the heading comes when there is none.
    if (sdk == 29 ? apps.second.empty() : !apps.second.empty())
      fmt::format_to(out, "\t\tapps doing background connect: {}\n", apps.second);
    if (sdk >= 33) text += "\t\t is in the allow list: true\n";
  }
}

void ControlBlocks(const Android& phone, std::string& text) {
  std::size_t links = 0;
  for (const LinkNote& link : phone.bluetooth.links) links += link.ended.count() == 0;
  const Out out(text);
  fmt::format_to(out, "TCB (GATT_MAX_PHY_CHANNEL: 16) in_use: {}\n", links);
  int id = 0;
  for (const LinkNote& link : phone.bluetooth.links)
    if (link.ended.count() == 0)
      fmt::format_to(out,
                     "  id: {}  address: {}  transport: BT_TRANSPORT_LE  ch_state: GATT_CH_OPEN\n",
                     id++, LowerShim(phone, link.address));
  fmt::format_to(out,
                 "\nBTA_GATTC_CB state BTA_GATTC_STATE_ENABLED \n"
                 " ->conn_track (GATT_MAX_PHY_CHANNEL=16)\n  -- used: {}\n"
                 " ->bg_track (BTA_GATTC_KNOWN_SR_MAX=255)\n  -- used: 0\n"
                 " ->cl_rcb (BTA_GATTC_CL_MAX=32)\n",
                 links);
  std::size_t used = 0;
  const auto row = [&](int client_if, int blocks) {
    if (used++ >= kClientSlots) return;
    fmt::format_to(out,
                   "  client_if: {}  app uuids: {:08x}-3f1c-4c55-9d42-0c1f6be80000  clcb_num: {}\n",
                   client_if, client_if * 0x9e3779b1U, blocks);
  };
  if (phone.bluetooth.clients.size() + kStackClients <= kClientSlots)
    for (int i = 0; i < kStackClients; ++i) row(2 + i, 0);
  for (const GattClient& client : phone.bluetooth.clients)
    row(client.client_if, client.connected ? 1 : 0);
  fmt::format_to(out,
                 "  -- used: {}\n ->clcb (BTA_GATTC_CLCB_MAX=512)\n  -- used: {}\n"
                 " ->known_server (BTA_GATTC_KNOWN_SR_MAX=255)\n  -- used: 0\n\n",
                 std::min(used, kClientSlots), links);
}

void Shim(const Android& phone, std::string& text) {
  const Bluetooth& bluetooth = phone.bluetooth;
  const int sdk = phone.flavour.sdk;
  const Out out(text);
  const std::string_view own = sdk >= 35 ? "shim::" : "shim::legacy::";
  fmt::format_to(out,
                 "\nBT Quality Report Events: \nEvent queue is empty.\n"
                 "shim::legacy::dumpsys Dumping shim legacy targets:1\n ----- {0}record -----\n",
                 own);
  int number = 0;
  for (const auto& [address, bond] : bluetooth.bonds) {
    fmt::format_to(out,
                   "{}record {:03} {} {:>6} cod:0x{:06x} remote_info:UNKNOWN        sm4:0x00 "
                   "SecureConn:F name:\"{}\"",
                   own, ++number, LowerShim(phone, address), bond.low_energy ? "LE" : "DUAL",
                   bond.device_class, bond.name);
    const LinkNote* link = StandingLink(phone, address);
    const char key = bond.low_energy && (sdk >= 35 || bond.key_in_memory) ? 'T' : 'F';
    if (sdk >= 34)
      fmt::format_to(out,
                     "sec_prop:bredr_linkkey_known:{},le_linkkey_known:{},"
                     "bond_type:BOND_TYPE_PERSISTENT,bredr_linkkey_type:{},ble_enc_key_size:{},"
                     "bredr_authenticated:F,le_authenticated:F,16_digit_key_authenticated:F,"
                     "bredr_encrypted:F,le_encrypted:{}",
                     bond.low_energy ? 'F' : 'T', key, bond.low_energy ? "0x00" : "UNAUTH_COMB",
                     bond.low_energy ? 16 : 0, link != nullptr && link->encrypted ? 'T' : 'F');
    text += "\n";
  }
  fmt::format_to(out, " ----- {}acl -----\n", own);
  std::size_t waiting = 0;
  for (const GattClient& client : bluetooth.clients)
    waiting += client.connecting || (client.background && !client.connected);
  for (const LinkNote& link : bluetooth.links) {
    if (link.ended.count() == 0) continue;
    fmt::format_to(out,
                   "shim::acl peer:{} handle:0x{:04x} is_locally_initiated:true creation_time:{} "
                   "teardown_time:{} disconnect_reason:{}",
                   LowerShim(phone, link.address), link.handle, LocalTime(phone.clock, link.began),
                   LocalTime(phone.clock, link.ended), HciName(link.reason));
    if (sdk >= 34) fmt::format_to(out, "(0x{:02x})", link.reason);
    text += "\n";
  }
  fmt::format_to(out,
                 "shim::acl Shadow le accept list              size:{:<3} controller_max_size:64\n"
                 "shim::acl Shadow le address resolution list  size:{:<3} controller_max_size:32\n",
                 waiting, 0);
  for (const LinkNote& link : bluetooth.links)
    if (link.ended.count() == 0)
      fmt::format_to(out,
                     "shim::acl remote_addr:{} handle:0x{:04x} transport:{}\n"
                     "shim::acl     link_up_issued: true\n"
                     "shim::acl     link_supervision_timeout:5.000 sec\n"
                     "shim::acl     disconnect_reason:0x00\n",
                     LowerShim(phone, link.address), link.handle,
                     link.low_energy ? "BT_TRANSPORT_LE" : "BT_TRANSPORT_BR_EDR");
  fmt::format_to(out, " ----- shim::legacy::l2cap -----\n ----- {}btm -----\n", own);
  for (const StackNote& note : bluetooth.notes)
    fmt::format_to(out, "{}btm  {} {:<6} {:<25}: {} {}\n", own, LocalTime(phone.clock, note.at),
                   note.tag, note.message.substr(0, 25), LowerShim(phone, note.address),
                   note.extra);
  fmt::format_to(out,
                 " ----- Filtering as Developer -----\n{{\n  title: \"----- Gd Dumpsys ------\",\n"
                 "  hci_acl_manager_dumpsys_data: {{\n"
                 "    le_filter_accept_list_count: {},\n"
                 "    le_connectability_state: \"ConnectabilityState::{}\"\n  }}\n}}\n",
                 waiting, waiting == 0 ? "DISARMED" : "ARMED");
}

}  // namespace

void NativeText(const Android& phone, std::string& text) {
  const int sdk = phone.flavour.sdk;
  Profiles(phone, text);
  ConnectionEvents(phone, text);
  BondEvents(phone, text);
  if (sdk >= 33) KeyTypes(phone, text);
  if (sdk >= 35) {
    text += "\n";
    ControlBlocks(phone, text);
  }
  Statistics(phone, text);
  if (sdk >= 29) ConnectionManager(phone, text);
  if (sdk >= 33) Shim(phone, text);
}

}  // namespace bk::simulate
