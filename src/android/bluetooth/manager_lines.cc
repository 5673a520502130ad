// BluetoothManagerService and AdapterProperties: state, switch log, crashes, bonded devices.
#include <algorithm>

#include "android/bluetooth/dump_reader.h"

namespace bk::android {
namespace {

AdapterState StateFrom(std::string_view word) {
  struct Named {
    std::string_view name;
    AdapterState state;
  };
  static constexpr Named kNames[] = {
      {"OFF", AdapterState::kOff},
      {"TURNING_ON", AdapterState::kTurningOn},
      {"ON", AdapterState::kOn},
      {"TURNING_OFF", AdapterState::kTurningOff},
      {"BLE_TURNING_ON", AdapterState::kBleTurningOn},
      {"BLE_ON", AdapterState::kBleOn},
      {"BLE_TURNING_OFF", AdapterState::kBleTurningOff},
      // Android 7 and older print BluetoothAdapter's numbers.
      {"10", AdapterState::kOff},
      {"11", AdapterState::kTurningOn},
      {"12", AdapterState::kOn},
      {"13", AdapterState::kTurningOff},
      {"14", AdapterState::kBleTurningOn},
      {"15", AdapterState::kBleOn},
      {"16", AdapterState::kBleTurningOff},
  };
  for (const Named& named : kNames)
    if (named.name == word) return named.state;
  return AdapterState::kUnknown;
}

// "HH:MM:SS.mmm", hours without bound.
std::optional<std::uint64_t> DurationMs(std::string_view text) {
  constexpr std::uint64_t kHoursMax = 24ULL * 366 * 100;
  const auto hours = TakeNumber(text);
  if (!hours || *hours > kHoursMax || !Take(text, ":")) return std::nullopt;
  const auto minutes = TakeNumber(text);
  if (!minutes || *minutes > 59 || !Take(text, ":")) return std::nullopt;
  const auto seconds = TakeNumber(text);
  if (!seconds || *seconds > 59) return std::nullopt;
  std::uint64_t millis = 0;
  if (Take(text, "."))
    if (const auto fraction = TakeNumber(text); fraction && *fraction < 1000) millis = *fraction;
  return ((*hours * 60 + *minutes) * 60 + *seconds) * 1000 + millis;
}

std::string_view Between(std::string_view text, std::string_view open, char close) {
  const std::size_t at = text.find(open);
  if (at == std::string_view::npos) return {};
  text.remove_prefix(at + open.size());
  return text.substr(0, text.find(close));
}

DeviceType TypeFrom(std::string_view word) {
  if (word.find("BR/EDR") != std::string_view::npos) return DeviceType::kClassic;
  if (word.find("DUAL") != std::string_view::npos) return DeviceType::kDual;
  if (word.find("LE") != std::string_view::npos) return DeviceType::kLe;
  return DeviceType::kUnknown;
}

}  // namespace

bool BluetoothDumpReader::StatusLine(std::string_view line) {
  std::string_view text = Trim(line);
  if (Take(text, "enabled: ")) {
    if (text != "true" && text != "false") return false;
    state_.enabled = text == "true";
    if (state_.adapter_where.file.empty()) state_.adapter_where = section_.At(line);
    return true;
  }
  if (Take(text, "state: ")) {
    const AdapterState state = StateFrom(TakeWord(text));
    if (state == AdapterState::kUnknown) return false;
    state_.adapter = state;
    state_.adapter_where = section_.At(line);
    return true;
  }
  if (Take(text, "address: ")) {
    if (const std::size_t length = AddressLength(text))
      state_.adapter_address = UpperAddress(text.substr(0, length));
    return true;
  }
  if (Take(text, "name: ")) {
    state_.adapter_name = text == "null" ? "" : text;
    return true;
  }
  if (Take(text, "time since enabled: ")) {
    state_.on_for_ms = DurationMs(text);
    return true;
  }
  return false;
}

void BluetoothDumpReader::EnableLogLine(std::string_view line) {
  std::string_view text = Trim(line);
  if (text.empty()) return;
  ++switches_.seen;
  SwitchRecord record;
  record.at = TakeTime(text);
  text = Trim(text);
  if (const std::string_view package = Between(text, "Package [", ']'); !package.empty()) {
    // Android 15: "Package [P] requested to [Enable]. Reason is R"
    record.package = package;
    const std::string_view action = Between(text, "requested to [", ']');
    record.enable = action.starts_with("Enable");
    if (const auto reason = After(text, "Reason is ")) record.reason = Trim(*reason);
    if (action.empty()) record.package.clear();
  } else if (const std::string_view verb = TakeWord(text);
             verb == "Enabled" || verb == "Disabled") {
    // Android 9 to 14: "Enabled due to R by P"; before: "Enabled by P"
    record.enable = verb == "Enabled";
    text = Trim(text);
    if (Take(text, "due to ")) record.reason = TakeWord(text);
    text = Trim(text);
    if (Take(text, "by ")) record.package = Trim(text);
  }
  if (record.package.empty() && record.reason.empty()) {
    if (switches_.first_unread.data() == nullptr) switches_.first_unread = line;
    return;
  }
  ++switches_.understood;
  const auto same = [&](const SwitchRecord& known) {
    return known.at == record.at && known.enable == record.enable &&
           known.package == record.package && known.reason == record.reason;
  };
  if (record.at.known() && std::any_of(state_.switches.begin(), state_.switches.end(), same))
    return;
  if (SwitchRecord* added = Add(state_.switches, line)) {
    record.where = std::move(added->where);
    *added = std::move(record);
  }
}

void BluetoothDumpReader::CrashHeading(std::string_view line) {
  std::string_view text = Trim(line);
  if (!Take(text, "Bluetooth crashed ")) return;
  const auto count = TakeNumber(text);
  if (!count) return;
  state_.crashes = static_cast<std::uint32_t>(std::min<std::uint64_t>(*count, UINT32_MAX));
  state_.crash_where = section_.At(line);
}

void BluetoothDumpReader::CrashLine(std::string_view line) {
  std::string_view text = Trim(line);
  const AnyInstant at = TakeTime(text);
  if (!at.known() || state_.crash_times.size() >= kBluetoothRecordsMax) return;
  if (std::find(state_.crash_times.begin(), state_.crash_times.end(), at) ==
      state_.crash_times.end())
    state_.crash_times.push_back(at);
}

bool BluetoothDumpReader::BleAppsHeading(std::string_view line) {
  // "0 BLE appsregistered", "1 BLE App registered:", "Number of Ble app registered: 0",
  // "Ble app registered: {a, b}"
  if (line.size() > 400 || !ContainsNoCase(line, "ble app") || !ContainsNoCase(line, "registered"))
    return false;
  Enter(Block::kBleApps);
  std::string_view list = Between(line, "{", '}');
  while (!list.empty() && state_.ble_apps.size() < kBluetoothRecordsMax) {
    const std::size_t comma = list.find(',');
    if (const std::string_view app = Trim(list.substr(0, comma)); !app.empty())
      state_.ble_apps.emplace_back(app);
    list.remove_prefix(comma == std::string_view::npos ? list.size() : comma + 1);
  }
  return true;
}

void BluetoothDumpReader::BondLine(std::string_view line) {
  const std::size_t indent = Indent(line);
  std::string_view text = line.substr(indent);
  if (text.empty() || indent == 0) return;
  const std::size_t length = AddressLength(text);
  // "    AA:BB:CC:DD:EE:FF => 11:22:33:44:55:66 [  LE  ][ 0x000000 ] NAME"
  if (length == 0) {
    const bool type_follows =
        text.find(" [") != std::string_view::npos || text.find("[ ") != std::string_view::npos;
    if (type_follows) {
      ++bonds_.seen;
      if (bonds_.first_unread.data() == nullptr) bonds_.first_unread = line;
    }
    return;  // else: the second line of a name that holds a line break
  }
  ++bonds_.seen;
  BondedDevice bond;
  bond.address = UpperAddress(text.substr(0, length));
  text.remove_prefix(length);
  text = Trim(text);
  if (Take(text, "=>")) {
    text = Trim(text);
    if (const std::size_t identity = AddressLength(text)) {
      bond.identity = UpperAddress(text.substr(0, identity));
      text.remove_prefix(identity);
    }
    text = Trim(text);
  }
  if (text.starts_with('[')) {
    const std::size_t close = text.find(']');
    bond.type = TypeFrom(text.substr(0, close));
    text.remove_prefix(close == std::string_view::npos ? text.size() : close + 1);
  } else if (!text.empty()) {
    if (bonds_.first_unread.data() == nullptr) bonds_.first_unread = line;
    return;
  }
  // Android 15 puts the class of device into brackets of its own.
  if (std::string_view rest = Trim(text); rest.starts_with("[ 0x") || rest.starts_with("[0x")) {
    const std::size_t close = rest.find(']');
    text = close == std::string_view::npos ? std::string_view{} : rest.substr(close + 1);
  }
  bond.name = Trim(text);
  if (bond.name == "null") bond.name.clear();
  ++bonds_.understood;
  for (BondedDevice& known : state_.bonds) {
    if (known.address != bond.address) continue;
    // The same device again: in a later list, or once more with its identity address.
    if (known.identity.empty()) known.identity = bond.identity;
    if (known.name.empty()) known.name = bond.name;
    if (known.type == DeviceType::kUnknown) known.type = bond.type;
    return;
  }
  if (BondedDevice* added = Add(state_.bonds, line)) {
    bond.where = std::move(added->where);
    *added = std::move(bond);
  }
}

}  // namespace bk::android
