// GattService, ContextMap, AppScanStats, AppAdvertiseStats: who scans, advertises, holds clients.
#include <algorithm>

#include "android/bluetooth/dump_reader.h"

namespace bk::android {
namespace {

// "a / b / c" after the first ':' that ends a heading; missing numbers stay 0.
struct Numbers {
  std::uint64_t at[6] = {};
  std::size_t count = 0;
};
Numbers SlashNumbers(std::string_view text) {
  Numbers numbers;
  text = Trim(text);
  while (numbers.count < std::size(numbers.at)) {
    const auto number = TakeNumber(text);
    if (!number) break;
    numbers.at[numbers.count++] = *number;
    text = Trim(text);
    if (!Take(text, "/")) break;
    text = Trim(text);
  }
  return numbers;
}

// What follows the last ": " or ":" of a "title   : value" line.
std::string_view Value(std::string_view text) {
  const std::size_t colon = text.rfind(':');
  return colon == std::string_view::npos ? std::string_view{} : text.substr(colon + 1);
}

bool IsStatistic(std::string_view text) {
  for (const std::string_view start :
       {"LE scans", "Scan time", "Scan mode", "Score", "Total ", "Last ", "Ongoing",
        "Application I", "UUID", "Connections:", "Current scan", "Entries:", "Requests:", "last "})
    if (text.starts_with(start)) return true;
  return false;
}

// "com.foo (Registered) (Filtered)", "com.google.uid.shared:10100 (Registered)"
void NameApp(std::string_view text, AppRadioUse& app) {
  const std::size_t bracket = text.find(" (");
  const std::string_view flags =
      bracket == std::string_view::npos ? std::string_view{} : text.substr(bracket);
  app.registered = flags.find("(Registered)") != std::string_view::npos;
  std::string_view name = Trim(text.substr(0, bracket));
  if (const std::size_t colon = name.rfind(':'); colon != std::string_view::npos) {
    if (const auto uid = ParseInt<int>(name.substr(colon + 1))) {
      app.uid = *uid;
      name = name.substr(0, colon);
    }
  }
  app.package = name;
}

}  // namespace

void BluetoothDumpReader::RegisteredLine(std::string_view line) {
  std::string_view text = Trim(line);
  if (text == "Scanner:") registered_map_ = MapKind::kScanner;
  if (text == "Client:") registered_map_ = MapKind::kClient;
  if (text == "Server:") registered_map_ = MapKind::kServer;
  if (!Take(text, "app_if: ")) return;
  const auto app_if = TakeNumber(text);
  const auto name = After(text, "appName: ", " ,");
  if (!app_if || *app_if > INT32_MAX || !name || state_.registered.size() >= kBluetoothRecordsMax)
    return;
  state_.registered.push_back(
      {.map = registered_map_, .app_if = static_cast<int>(*app_if), .package = std::string(*name)});
}

void BluetoothDumpReader::MapLine(std::string_view line) {
  const std::size_t indent = Indent(line);
  std::string_view text = line.substr(indent);
  if (text.empty()) {
    expect_app_ = true;
    return;
  }
  const MapKind map = block_ == Block::kScannerMap  ? MapKind::kScanner
                      : block_ == Block::kClientMap ? MapKind::kClient
                                                    : MapKind::kServer;
  if (indent == 2 && Take(text, "Entries:")) {
    text = Trim(text);
    if (const auto count = TakeNumber(text)) apps_.seen += std::min(*count, std::uint64_t{100'000});
    expect_app_ = true;
    return;
  }
  // A block begins with the app's name after a blank line; Android 6 has the id alone there.
  const bool names_app = expect_app_ && indent == 2 && !IsStatistic(text);
  const bool nameless = expect_app_ && indent == 2 && text.starts_with("Application I");
  if (names_app || nameless) {
    expect_app_ = false;
    in_ongoing_ = false;
    if (AppRadioUse* app = Add(state_.apps, line)) {
      app->map = map;
      if (names_app) NameApp(text, *app);
      if (nameless) AppStatistics(text, line);
    }
    ++apps_.understood;
    return;
  }
  if (indent == 2) expect_app_ = false;
  if (state_.apps.empty() || state_.apps.back().map != map) return;
  if (indent == 2) return AppStatistics(text, line);
  if (indent != 4 || text.starts_with("\xe2\x94\x94")) return;
  if (FindAddress(text) != std::string_view::npos)
    GattConnectionLine(text, line);
  else if (text.find(" results") != std::string_view::npos)
    ScanLine(text);
}

void BluetoothDumpReader::AppStatistics(std::string_view text, std::string_view line) {
  AppRadioUse& app = state_.apps.back();
  if (text.starts_with("LE scans")) {
    const Numbers numbers = SlashNumbers(Value(text));
    app.scans_started = numbers.at[0];
    app.scans_stopped = numbers.at[1];
  } else if (text.starts_with("Scan time in ms (active")) {
    const Numbers numbers = SlashNumbers(Value(text));
    app.scan_ms = numbers.at[0];
    app.suspended_ms = numbers.at[1];
  } else if (text.starts_with("Scan time in ms (min")) {
    app.scan_ms = SlashNumbers(Value(text)).at[3];
  } else if (text.starts_with("Scan time with mode")) {
    const Numbers numbers = SlashNumbers(Value(text));
    app.modes_listed = numbers.count >= 4;
    app.opportunistic_ms = numbers.at[0];
    app.low_power_ms = numbers.at[1] + numbers.at[4];
    app.balanced_ms = numbers.at[2];
    app.low_latency_ms = numbers.at[3];
  } else if (text.starts_with("Total number of results")) {
    std::string_view value = Trim(Value(text));
    app.results = TakeNumber(value);
  } else if (text.starts_with("Total time suspended")) {
    std::string_view value = Trim(Value(text));
    app.suspended_ms = TakeNumber(value).value_or(0);
  } else if (text.starts_with("Last ")) {
    in_ongoing_ = false;
  } else if (text.starts_with("Ongoing scans")) {
    in_ongoing_ = true;
  } else if (text.starts_with("Current scan duration")) {  // Android 7
    std::string_view value = Trim(Value(text));
    if (const auto ms = TakeNumber(value)) {
      ++app.scans_ongoing;
      app.ongoing_ms = std::max(app.ongoing_ms, *ms);
    }
  } else if (text.starts_with("Application I")) {
    std::string_view value = Trim(Value(text));
    if (const auto id = TakeNumber(value); id && *id <= INT32_MAX)
      app.app_id = static_cast<int>(*id);
  } else if (FindAddress(text) != std::string_view::npos) {
    GattConnectionLine(text, line);
  }
}

void BluetoothDumpReader::ScanLine(std::string_view text) {
  // "03-02 08:11:05 - 5003ms Filter 0 results (7) CB Regular Scan"
  const AnyInstant at = TakeTime(text);
  if (!at.known()) return;
  text = Trim(text);
  if (!Take(text, "-")) return;
  text = Trim(text);
  const auto duration = TakeNumber(text);
  if (!duration || !Take(text, "ms")) return;
  AppRadioUse& app = state_.apps.back();
  ++app.scans_listed;
  std::uint64_t last_number = 0;
  bool by_itself = true;
  std::optional<std::uint64_t> results;
  while (true) {
    std::string_view word = TakeWord(text);
    if (word.empty()) break;
    if (word == "results") {
      if (in_ongoing_) app.ongoing_results += last_number;
      results = last_number;
      break;
    }
    if (word == "Opp") by_itself = false;
    if (word == "Filter") ++app.scans_filtered;
    if (word == "Suspended") ++app.scans_suspended;
    if (word == "Forced") ++app.scans_forced;
    if (const auto number = TakeNumber(word)) last_number = *number;
  }
  if (in_ongoing_) {
    ++app.scans_ongoing;
    app.ongoing_ms = std::max(app.ongoing_ms, *duration);
  }
  if (results && *results > 0) {
    app.vain_scans = 0;
    app.vain_ms = 0;
  } else if (results && by_itself) {
    if (app.vain_scans++ == 0) app.vain_since = at;
    app.vain_ms += *duration;
  }
}

void BluetoothDumpReader::GattConnectionLine(std::string_view text, std::string_view line) {
  AppRadioUse& app = state_.apps.back();
  GattConnection* connection = Add(app.connections, line);
  if (connection == nullptr) return;
  const std::size_t at = FindAddress(text);
  connection->address = UpperAddress(text.substr(at, 17));
  std::string_view before = text.substr(0, at);
  std::string_view after = text.substr(at + 17);
  connection->since = TakeTime(before);
  if (connection->since.known()) {
    // Android 9 and later: "03-02 08:11:36 - 12345ms : AA:BB:CC:DD:EE:FF (connId)"
    before = Trim(before);
    if (Take(before, "-")) {
      before = Trim(before);
      connection->held_ms = TakeNumber(before).value_or(0);
    }
    after = Trim(after);
    if (Take(after, "("))
      connection->connection_id = static_cast<int>(TakeNumber(after).value_or(0) & 0x7fffffff);
  } else {
    // Before: "connId: AA:BB:CC:DD:EE:FF"
    before = Trim(before);
    connection->connection_id = static_cast<int>(TakeNumber(before).value_or(0) & 0x7fffffff);
  }
}

void BluetoothDumpReader::AdvertiserLine(std::string_view line) {
  const std::size_t indent = Indent(line);
  const std::string_view text = line.substr(indent);
  if (text.starts_with("Ongoing advertising")) {
    in_advertising_ = true;
    return;
  }
  if (text.starts_with("last ")) in_advertising_ = false;
  if (!in_advertising_ || indent != 4 || text.empty()) return;
  for (AppRadioUse& app : state_.apps) {
    if (app.map != MapKind::kAdvertiser || !text.starts_with(app.package)) continue;
    ++app.advertisers_ongoing;
    return;
  }
  if (AppRadioUse* app = Add(state_.apps, line)) {
    NameApp(text, *app);
    app->map = MapKind::kAdvertiser;
    app->advertisers_ongoing = 1;
  }
}

}  // namespace bk::android
