#include "android/bluetooth/dump_reader.h"

#include <algorithm>
#include <array>

namespace bk::android {
namespace {

constexpr std::string_view kSnoozBegin = "--- BEGIN:BTSNOOP_LOG_SUMMARY";
constexpr std::string_view kSnoozEnd = "--- END:BTSNOOP_LOG_SUMMARY";

}  // namespace

void BluetoothDumpReader::Read() {
  state_.source = section_.source;
  before_ = {.links = state_.links.size(),
             .bond_records = state_.bond_records.size(),
             .apps = state_.apps.size(),
             .registered = state_.registered.size(),
             .attempts = state_.attempts.size(),
             .open_links = state_.open_links.size()};
  Lines lines(section_.body);
  std::string_view line;
  while (lines.Next(line)) {
    if (line.starts_with(kSnoozBegin)) {
      // Base64 belongs to the capture reader, and is most of the dump's bytes.
      const std::size_t end = lines.rest().find(kSnoozEnd);
      lines.Continue(end == std::string_view::npos ? std::string_view{} : lines.rest().substr(end));
      continue;
    }
    if (line == "{") {  // the native stack's JSON, to the closing brace in the first column
      const std::size_t end = lines.rest().find("\n}");
      lines.Continue(end == std::string_view::npos ? std::string_view{}
                                                   : lines.rest().substr(end + 1));
      continue;
    }
    if (Heading(line)) continue;
    Line(line);
  }
  Finish();
}

void BluetoothDumpReader::Enter(Block block) {
  Leave();
  block_ = block;
  expect_app_ = false;
  in_ongoing_ = false;
  in_client_table_ = false;
  in_advertising_ = false;
}

void BluetoothDumpReader::Leave() {
  // A list counts as whole only when something came after it.
  if (block_ == Block::kBonds) {
    state_.bonds_listed = true;
    if (state_.adapter == AdapterState::kOn || state_.adapter == AdapterState::kBleOn)
      state_.bonds_while_up = true;
  }
  if (block_ == Block::kConnectionEvents) state_.link_history_listed = true;
  if (block_ == Block::kClientMap) state_.gatt_listed = maps_seen_ = true;
}

bool BluetoothDumpReader::Heading(std::string_view line) {
  const std::size_t indent = Indent(line);
  if (indent > 4) return false;
  const std::string_view text = line.substr(indent);
  if (text.starts_with("Bonded devices:")) {
    state_.bonds_where = section_.At(line);
    Enter(Block::kBonds);
    return true;
  }
  if (indent > 2) return false;
  struct Known {
    std::string_view prefix;
    Block block;
  };
  static constexpr std::array kHeadings = std::to_array<Known>({
      {"Enable log:", Block::kEnableLog},
      {"BluetoothManagerService:", Block::kOther},
      {"AdapterProperties", Block::kAdapterProperties},
      {"Scan Mode Changes:", Block::kOther},
      {"Registered App", Block::kRegistered},
      {"GATT Scanner Map", Block::kScannerMap},
      {"GATT Client Map", Block::kClientMap},
      {"GATT Server Map", Block::kServerMap},
      {"GATT Advertiser Map", Block::kAdvertiserMap},
      {"GATT Handle Map", Block::kOther},
      {"Connection Events:", Block::kConnectionEvents},
      {"Bond Events:", Block::kBondEvents},
      {"Link Key Types:", Block::kKeyTypes},
      {"Bluetooth Config:", Block::kConfig},
      {"connection_manager state:", Block::kConnectionManager},
      {"BTA_GATTC_CB", Block::kGattTables},
  });
  for (const Known& known : kHeadings) {
    if (!text.starts_with(known.prefix)) continue;
    if (known.block == Block::kConfig) state_.config_where = section_.At(line);
    Enter(known.block);
    return true;
  }
  if (text.ends_with("Bluetooth Status")) {
    state_.where = section_.At(line);
    status_seen_ = true;
    Enter(Block::kStatus);
    return true;
  }
  if (text.starts_with("Bluetooth crashed ")) {
    Enter(Block::kCrashes);
    CrashHeading(line);
    return true;
  }
  if (text.starts_with("Bluetooth never enabled!")) {
    state_.never_enabled = true;
    Enter(Block::kOther);
    return true;
  }
  if (text.starts_with("Bluetooth Service not connected") ||
      text.starts_with("Bluetooth Service connected but")) {
    state_.app_not_connected = true;
    Enter(Block::kOther);
    return true;
  }
  if (text.find("service: bluetooth_manager") != std::string_view::npos &&
      text.starts_with("Can't find")) {
    state_.has_service = false;
    state_.where = section_.At(line);
    Enter(Block::kOther);
    return true;
  }
  for (const std::string_view key :
       {"mSnoopLogSettingAtEnable = ", "sSnoopLogSettingAtEnable = "}) {
    if (!text.starts_with(key)) continue;
    state_.snoop_setting = Trim(text.substr(key.size()));
    Enter(Block::kOther);
    return true;
  }
  if (BleAppsHeading(line)) return true;
  if (ShimLine(line)) return true;
  return false;
}

void BluetoothDumpReader::Line(std::string_view line) {
  // A line in the first column that is no heading known here begins something else.
  if (!line.empty() && Indent(line) == 0 && block_ != Block::kOther &&
      block_ != Block::kGattTables && !(block_ == Block::kStatus && StatusLine(line)) &&
      !(block_ == Block::kCrashes && line.starts_with("(last "))) {
    if (block_ == Block::kStatus && !status_seen_) return;  // what stands before the first heading
    Enter(Block::kOther);
    return;
  }
  switch (block_) {
    case Block::kStatus:
      StatusLine(line);
      break;
    case Block::kEnableLog:
      EnableLogLine(line);
      break;
    case Block::kCrashes:
      CrashLine(line);
      break;
    case Block::kBleApps:
      if (const std::string_view app = Trim(line);
          !app.empty() && state_.ble_apps.size() < kBluetoothRecordsMax)
        state_.ble_apps.emplace_back(app);
      break;
    case Block::kAdapterProperties: {
      std::string_view text = Trim(line);
      if (Take(text, "Name: ") && state_.adapter_name.empty()) state_.adapter_name = text;
      if (Take(text, "Address: ") && AddressLength(text) != 0)
        state_.adapter_address = UpperAddress(text.substr(0, AddressLength(text)));
      break;
    }
    case Block::kBonds:
      BondLine(line);
      break;
    case Block::kRegistered:
      RegisteredLine(line);
      break;
    case Block::kScannerMap:
    case Block::kClientMap:
    case Block::kServerMap:
      MapLine(line);
      break;
    case Block::kAdvertiserMap:
      AdvertiserLine(line);
      break;
    case Block::kConnectionEvents:
      ConnectionEventLine(line);
      break;
    case Block::kBondEvents:
      BondEventLine(line);
      break;
    case Block::kKeyTypes:
      KeyTypeLine(line);
      break;
    case Block::kConfig: {
      std::string_view text = Trim(line);
      if (Take(text, "Devices loaded: "))
        if (const auto count = TakeNumber(text))
          state_.config_devices = static_cast<std::uint32_t>(*count);
      break;
    }
    case Block::kConnectionManager:
      ConnectionManagerLine(line);
      break;
    case Block::kGattTables:
      GattTableLine(line);
      break;
    case Block::kOther:
      break;
  }
}

void BluetoothDumpReader::JoinKeys() {
  for (const KeyFact& fact : keys_) {
    BondedDevice* match = nullptr;
    int matches = 0;
    for (BondedDevice& bond : state_.bonds) {
      if (!SameAddress(bond.address, fact.address) && !SameAddress(bond.identity, fact.address))
        continue;
      match = &bond;
      ++matches;
    }
    if (matches != 1) continue;  // a masked address that fits two devices says nothing of either
    if (fact.le_key_known) match->le_key_known = fact.le_key_known;
    if (fact.encrypted) match->encrypted = fact.encrypted;
  }
}

// What is told again is kept once; what holds for a moment only is the later dump's.
void BluetoothDumpReader::JoinEarlierDump() {
  const auto drop_told_again = [](auto& list, std::size_t before, auto same) {
    const auto begin = list.begin() + static_cast<std::ptrdiff_t>(before);
    list.erase(std::remove_if(begin, list.end(),
                              [&](const auto& record) {
                                return std::any_of(list.begin(), begin, [&](const auto& known) {
                                  return same(known, record);
                                });
                              }),
               list.end());
  };
  drop_told_again(state_.links, before_.links, [](const LinkRecord& a, const LinkRecord& b) {
    return a.at == b.at && a.step == b.step && a.address == b.address;
  });
  drop_told_again(state_.bond_records, before_.bond_records,
                  [](const BondRecord& a, const BondRecord& b) {
                    return a.at == b.at && a.text == b.text && a.address == b.address;
                  });
  const auto drop_old = [](auto& list, std::size_t before) {
    if (list.size() > before)
      list.erase(list.begin(), list.begin() + static_cast<std::ptrdiff_t>(before));
  };
  drop_old(state_.apps, before_.apps);
  drop_old(state_.registered, before_.registered);
  drop_old(state_.attempts, before_.attempts);
  drop_old(state_.open_links, before_.open_links);
}

// The stack's own statistics begin when it does: after a crash that is later than the moment from
// which the manager counts. Unknown when the switch log does not tell of both.
std::optional<std::uint64_t> BluetoothDumpReader::StackTime() const {
  const SwitchRecord* asked = nullptr;
  const SwitchRecord* restarted = nullptr;
  for (const SwitchRecord& record : state_.switches) {
    if (!record.enable) continue;
    if (IsCrashReason(record.reason)) {
      restarted = &record;
    } else {
      asked = &record;
      restarted = nullptr;
    }
  }
  if (restarted == nullptr)
    return state_.crashes.value_or(0) == 0 || asked != nullptr ? state_.on_for_ms : std::nullopt;
  if (asked == nullptr || !state_.on_for_ms || asked->at.clock != restarted->at.clock)
    return std::nullopt;
  const std::int64_t later_ms = (restarted->at.us - asked->at.us) / 1000;
  if (later_ms < 0 || static_cast<std::uint64_t>(later_ms) > *state_.on_for_ms) return std::nullopt;
  return *state_.on_for_ms - static_cast<std::uint64_t>(later_ms);
}

void BluetoothDumpReader::NoteRadioTime() {
  // A dump that was written while the stack restarted has no maps: the earlier one's still hold.
  const bool on = state_.adapter == AdapterState::kOn;
  if (!maps_seen_ && !on) return;
  state_.maps_while_on = on;
  state_.maps_on_for_ms = state_.on_for_ms;
  state_.maps_stack_ms = StackTime();
}

void BluetoothDumpReader::Finish() {
  if (state_.dumps != 0) JoinEarlierDump();
  JoinKeys();
  NoteRadioTime();
  const auto date = [&](const auto& records) {
    for (const auto& record : records)
      if (record.at.clock == ClockKind::kWall &&
          (!state_.last_dated.known() || record.at.us > state_.last_dated.us))
        state_.last_dated = record.at;
  };
  date(state_.links);
  date(state_.bond_records);
  AddBlockLoss(section_, bonds_, "bonded devices", losses_);
  AddBlockLoss(section_, switches_, "lines of the Bluetooth switch log", losses_);
  AddBlockLoss(section_, apps_, "apps of the GATT maps", losses_);
  AddBlockLoss(section_, connections_, "connection events", losses_);
  AddBlockLoss(section_, bond_events_, "bond events", losses_);
  AddBlockLoss(section_, history_, "lines of the link history", losses_);
  if (too_many_)
    evidence::AddLoss(losses_, {.kind = evidence::LossKind::kTooLarge,
                                .where = section_.At(section_.body),
                                .text = "the Bluetooth dump lists more than can be kept"});
  if (!section_.cut.empty()) state_.cut = true;
  if (!section_.cut.empty())
    evidence::AddLoss(losses_, {.kind = evidence::LossKind::kTruncated,
                                .where = section_.At(section_.body),
                                .text = "the Bluetooth dump is cut: " + section_.cut});
  const bool spoke = status_seen_ || state_.enabled || state_.adapter != AdapterState::kUnknown ||
                     state_.bonds_listed || !state_.bonds.empty();
  if (spoke) {
    ++state_.dumps;
    state_.has_service = true;
  }
}

void ParseBluetoothSection(const Section& section, BluetoothState& state,
                           std::vector<evidence::Loss>& losses) {
  BluetoothDumpReader(section, state, losses).Read();
}

bool IsCrashReason(std::string_view reason) {
  return reason == "CRASH" || reason == "START_ERROR" || reason == "RESTARTED";
}

std::string_view AdapterStateName(AdapterState state) {
  switch (state) {
    case AdapterState::kUnknown:
      return "unknown";
    case AdapterState::kOff:
      return "off";
    case AdapterState::kTurningOn:
      return "turning on";
    case AdapterState::kOn:
      return "on";
    case AdapterState::kTurningOff:
      return "turning off";
    case AdapterState::kBleTurningOn:
      return "turning on for system scans";
    case AdapterState::kBleOn:
      return "on for system scans only";
    case AdapterState::kBleTurningOff:
      return "turning off system scans";
  }
  return "unknown";
}

}  // namespace bk::android
