// The native stack: btif_debug_conn, btif_debug, connection_manager, bta_gattc, shim::acl,
// shim::btm, shim::record.
#include <algorithm>

#include "android/bluetooth/dump_reader.h"
#include "android/bluetooth/hci_names.h"

namespace bk::android {
namespace {

constexpr int kPeerReasons[] = {0x13, 0x14, 0x15};
constexpr int kOwnReason = 0x16;

std::optional<bool> EndedByUs(std::optional<int> reason) {
  if (!reason) return std::nullopt;
  if (*reason == kOwnReason) return true;
  if (std::find(std::begin(kPeerReasons), std::end(kPeerReasons), *reason) !=
      std::end(kPeerReasons))
    return false;
  return std::nullopt;
}

// Transport words: "Le", "le", "BT_TRANSPORT_LE", "classic", "br_edr", "BT_TRANSPORT_BR_EDR".
std::optional<bool> IsLe(std::string_view word) {
  if (StartsWithNoCase(word, "bt_transport_")) word.remove_prefix(13);
  if (StartsWithNoCase(word, "le")) return true;
  if (StartsWithNoCase(word, "classic") || StartsWithNoCase(word, "br")) return false;
  return std::nullopt;
}

std::optional<bool> Flag(std::string_view text, std::string_view key) {
  const auto value = After(text, key, " ,");
  if (!value || value->empty()) return std::nullopt;
  if (value->front() == 'T' || value->front() == 't') return true;
  if (value->front() == 'F' || value->front() == 'f') return false;
  return std::nullopt;
}

void Unread(BlockCount& count, std::string_view line) {
  if (count.first_unread.data() == nullptr) count.first_unread = line;
}

BondRecord::Step StepFrom(std::string_view function, std::string_view state) {
  if (function == "btif_dm_create_bond") return BondRecord::Step::kCreate;
  if (function == "btif_dm_remove_bond") return BondRecord::Step::kRemove;
  if (function == "btif_dm_cancel_bond") return BondRecord::Step::kCancel;
  if (state == "BOND_STATE_BONDED") return BondRecord::Step::kBonded;
  if (state == "BOND_STATE_BONDING") return BondRecord::Step::kBonding;
  return BondRecord::Step::kNone;
}

}  // namespace

void BluetoothDumpReader::ConnectionEventLine(std::string_view line) {
  // "  03-02 08:11:36.120 DISCONNECTED AA:BB:CC:DD:EE:FF reason=19", reason in decimal
  std::string_view text = Trim(line);
  if (text.empty() || text == "None") return;
  ++connections_.seen;
  LinkRecord record;
  record.text = text;
  record.at = TakeTime(text);
  const std::string_view word = TakeWord(text);
  text = Trim(text);
  const std::size_t length = AddressLength(text);
  if (length == 0 || (word != "CONNECTED" && word != "DISCONNECTED"))
    return Unread(connections_, line);
  record.address = UpperAddress(text.substr(0, length));
  record.step = word == "CONNECTED" ? LinkStep::kConnected : LinkStep::kDisconnected;
  record.reason = HciCodeAfter(text, "reason");
  if (record.step == LinkStep::kDisconnected) record.by_us = EndedByUs(record.reason);
  ++connections_.understood;
  if (LinkRecord* added = Add(state_.links, line)) {
    record.where = std::move(added->where);
    *added = std::move(record);
  }
}

void BluetoothDumpReader::BondEventLine(std::string_view line) {
  std::string_view text = Trim(line);
  if (text.empty() || text.starts_with("Time ") || text.starts_with("Time\t")) return;
  if (Take(text, "Total Number of events:")) {
    text = Trim(text);
    bond_events_.seen += std::min(TakeNumber(text).value_or(0), std::uint64_t{10'000});
    return;
  }
  const std::string_view words = text;
  const std::string_view time = TakeWord(text);
  text = Trim(text);
  const std::size_t length = AddressLength(text);
  if (length == 0) return Unread(bond_events_, line);
  const std::string_view address = text.substr(0, length);
  text.remove_prefix(length);
  const std::string_view function = TakeWord(text);
  const std::string_view state = TakeWord(text);
  if (function.empty()) return Unread(bond_events_, line);
  ++bond_events_.understood;
  if (BondRecord* added = Add(state_.bond_records, line)) {
    added->time_of_day = time;
    added->address = UpperAddress(address);
    added->step = StepFrom(function, state);
    added->text = words;
  }
}

void BluetoothDumpReader::KeyTypeLine(std::string_view line) {
  std::string_view text = Trim(line);
  if (AddressLength(text) != 0) {
    key_address_ = text.substr(0, AddressLength(text));
    return;
  }
  // Which kinds of keys are stored, never what they are.
  if (!Take(text, "LE:") || key_address_.empty() || keys_.size() >= kBluetoothRecordsMax) return;
  if (!Trim(text).empty())
    keys_.push_back({.address = key_address_, .le_key_known = true, .encrypted = {}});
}

void BluetoothDumpReader::ConnectionManagerLine(std::string_view line) {
  std::string_view text = Trim(line);
  if (Take(text, "* ")) {
    text = Trim(text);
    if (const std::size_t length = AddressLength(text))
      if (ConnectionAttempt* attempt = Add(state_.attempts, line))
        attempt->address = UpperAddress(text.substr(0, length));
    return;
  }
  if (state_.attempts.empty()) return;
  ConnectionAttempt& attempt = state_.attempts.back();
  const auto take_ids = [&](std::vector<int>& ids) {
    while (ids.size() < kBluetoothRecordsMax) {
      text = Trim(text);
      const auto id = TakeNumber(text);
      if (!id || *id > INT32_MAX) return;
      ids.push_back(static_cast<int>(*id));
      text = Trim(text);
      if (!Take(text, ",")) return;
    }
  };
  if (Take(text, "apps doing direct connect:")) return take_ids(attempt.direct);
  if (Take(text, "apps doing background connect:")) return take_ids(attempt.background);
  if (Take(text, "is in the allow list:") || Take(text, "is in the accept list:"))
    attempt.in_accept_list = Trim(text) == "true";
}

void BluetoothDumpReader::GattTableLine(std::string_view line) {
  const std::string_view text = Trim(line);
  const auto table = [&](std::optional<TableUse>& use) {
    const auto max = After(text, "=", ")");
    if (!max) return;
    if (const auto number = ParseInt<std::uint32_t>(*max))
      use = TableUse{.used = 0, .max = *number, .where = section_.At(line)};
  };
  if (text.starts_with("->cl_rcb")) {
    table(state_.gatt_clients);
    in_client_table_ = true;  // the "used" below belongs to the clients
  } else if (text.starts_with("->")) {
    in_client_table_ = false;
  } else if (text.starts_with("-- used:") && in_client_table_ && state_.gatt_clients) {
    std::string_view value = Trim(text.substr(8));
    if (const auto used = TakeNumber(value))
      state_.gatt_clients->used =
          static_cast<std::uint32_t>(std::min<std::uint64_t>(*used, UINT32_MAX));
  }
}

bool BluetoothDumpReader::ShimLine(std::string_view line) {
  const std::string_view text = line.substr(Indent(line));
  if (text.starts_with("----- ")) {
    Enter(Block::kOther);
    return true;
  }
  if (text.starts_with("TCB (GATT_MAX_PHY_CHANNEL")) {
    const auto max = After(text, "GATT_MAX_PHY_CHANNEL: ");
    const auto used = After(text, "in_use: ");
    if (max && used)
      if (const auto m = ParseInt<std::uint32_t>(*max))
        if (const auto u = ParseInt<std::uint32_t>(*used))
          state_.gatt_links = TableUse{.used = *u, .max = *m, .where = section_.At(line)};
    Enter(Block::kOther);
    return true;
  }
  std::string_view rest = text;
  if (!Take(rest, "shim::")) return false;
  if (block_ != Block::kOther) Enter(Block::kOther);
  Take(rest, "legacy::");
  if (Take(rest, "acl "))
    AclLine(rest, line);
  else if (Take(rest, "btm "))
    HistoryLine(rest, line);
  else if (Take(rest, "record "))
    RecordLine(rest);
  return true;
}

void BluetoothDumpReader::AclLine(std::string_view text, std::string_view line) {
  const std::string_view words = Trim(text);
  if (words.starts_with("Shadow le accept list")) {
    const auto used = After(words, "size:");
    const auto max = After(words, "controller_max_size:");
    if (used && max)
      if (const auto u = ParseInt<std::uint32_t>(*used))
        if (const auto m = ParseInt<std::uint32_t>(*max))
          state_.accept_list = TableUse{.used = *u, .max = *m, .where = section_.At(line)};
    return;
  }
  if (std::string_view rest = words; Take(rest, "remote_addr:")) {
    const std::size_t length = AddressLength(rest);
    if (length == 0) return;
    if (OpenLink* link = Add(state_.open_links, line)) {
      link->address = UpperAddress(rest.substr(0, length));
      if (const auto transport = After(rest, "transport:")) link->le = IsLe(*transport);
    }
    return;
  }
  std::string_view rest = words;
  if (!Take(rest, "peer:")) return;
  // One finished connection: its beginning and its end.
  ++history_.seen;
  const std::size_t length = AddressLength(rest);
  if (length == 0) return Unread(history_, line);
  ++history_.understood;
  const std::string address = UpperAddress(rest.substr(0, length));
  const auto time_after = [&](std::string_view key) {
    const std::size_t at = rest.find(key);
    if (at == std::string_view::npos) return AnyInstant{};
    std::string_view time = rest.substr(at + key.size());
    return TakeTime(time);
  };
  const std::optional<int> reason = HciCodeAfter(rest, "disconnect_reason");
  if (const AnyInstant at = time_after("creation_time:"); at.known())
    if (LinkRecord* up = Add(state_.links, line)) {
      up->at = at;
      up->step = LinkStep::kConnected;
      up->address = address;
      up->by_us = Flag(rest, "is_locally_initiated:");
      up->text = words;
    }
  if (const AnyInstant at = time_after("teardown_time:"); at.known())
    if (LinkRecord* down = Add(state_.links, line)) {
      down->at = at;
      down->step = LinkStep::kDisconnected;
      down->address = address;
      down->reason = reason;
      down->by_us = EndedByUs(reason);
      down->text = words;
    }
}

void BluetoothDumpReader::HistoryLine(std::string_view text, std::string_view line) {
  // "2024-03-02 08:11:35.402 ACL    Connection successful    : xx:xx:xx:xx:ab:cd Le"
  text = Trim(text);
  const std::string_view words = text;
  const AnyInstant at = TakeTime(text);
  if (!at.known()) return;
  const std::string_view tag = TakeWord(text);
  text = Trim(text);
  const std::size_t colon = text.find(": ");
  if (colon == std::string_view::npos) return;
  const std::string_view message = Trim(text.substr(0, colon));
  text.remove_prefix(colon + 2);
  const std::size_t length = AddressLength(text);
  if (length == 0 || NamesNoDevice(text.substr(0, length))) return;
  const std::string_view address = text.substr(0, length);
  const std::string_view extra = Trim(text.substr(length));

  std::optional<LinkStep> step;
  if (message.starts_with("Connection successful"))
    step = LinkStep::kConnected;
  else if (message.starts_with("Connection failed"))
    step = LinkStep::kFailed;
  else if (message.starts_with("Connection cancel"))
    step = LinkStep::kCancelled;
  else if (message.starts_with("Initiated connection") ||
           message.starts_with("Allow connection from"))
    step = LinkStep::kInitiated;
  else if (message.starts_with("Disconnection initiated"))
    step = LinkStep::kDisconnecting;
  else if (message.starts_with("Disconnected"))
    step = LinkStep::kDisconnected;
  else if (message.starts_with("Encryption success"))
    step = LinkStep::kEncrypted;
  else if (message.starts_with("Encryption failed"))
    step = LinkStep::kEncryptionFailed;
  if (step) {
    ++history_.seen;
    ++history_.understood;
    LinkRecord* record = Add(state_.links, line);
    if (record == nullptr) return;
    record->at = at;
    record->step = *step;
    record->address = UpperAddress(address);
    record->text = words;
    record->le = IsLe(extra);
    if (const auto transport = After(extra, "transport:")) record->le = IsLe(*transport);
    record->reason = HciCodeAfter(extra, "reason");
    if (!record->reason) record->reason = HciCodeAfter(extra, "status");
    if (*step == LinkStep::kDisconnected) record->by_us = EndedByUs(record->reason);
    if (*step == LinkStep::kDisconnecting || *step == LinkStep::kInitiated) record->by_us = true;
    if (extra.find("Local initiated") != std::string_view::npos) record->by_us = true;
    if (extra.find("Remote initiated") != std::string_view::npos) record->by_us = false;
    return;
  }
  // Bonds: the tag is BOND or API; "Bond state changed" is printed by the upper half.
  std::optional<BondRecord::Step> bond;
  if (message.starts_with("Create bond"))
    bond = BondRecord::Step::kCreate;
  else if (message.starts_with("Remove bond"))
    bond = BondRecord::Step::kRemove;
  else if (message.starts_with("Cancel bond"))
    bond = BondRecord::Step::kCancel;
  else if (message.starts_with("Bonding initiated"))
    bond = BondRecord::Step::kBonding;
  else if (message.starts_with("Bonding completed"))
    bond = HciCodeAfter(extra, "reason").value_or(0) == 0 ? BondRecord::Step::kBonded
                                                          : BondRecord::Step::kFailed;
  else if (message.starts_with("Bond state changed")) {
    const auto state = After(extra, "bond_state:");
    if (state && state->starts_with("2"))
      bond = BondRecord::Step::kBonded;
    else if (state && state->starts_with("1"))
      bond = BondRecord::Step::kBonding;
    else if (state && state->starts_with("0"))
      bond = BondRecord::Step::kNone;
  }
  if (!bond || tag.empty()) return;
  ++history_.seen;
  ++history_.understood;
  if (BondRecord* record = Add(state_.bond_records, line)) {
    record->at = at;
    record->address = UpperAddress(address);
    record->step = *bond;
    record->text = words;
  }
}

void BluetoothDumpReader::RecordLine(std::string_view text) {
  // "001 xx:xx:xx:xx:ab:cd LE … name:"…"sec_prop:…le_linkkey_known:T,…,le_encrypted:F"
  text = Trim(text);
  TakeWord(text);
  text = Trim(text);
  const std::size_t length = AddressLength(text);
  if (length == 0 || keys_.size() >= kBluetoothRecordsMax) return;
  const std::size_t properties = text.find("sec_prop:");
  if (properties == std::string_view::npos) return;  // after the name, which may hold anything
  const std::string_view known = text.substr(text.rfind("sec_prop:"));
  keys_.push_back({.address = text.substr(0, length),
                   .le_key_known = Flag(known, "le_linkkey_known:"),
                   .encrypted = Flag(known, "le_encrypted:")});
}

}  // namespace bk::android
