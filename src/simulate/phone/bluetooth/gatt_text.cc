// GattService, ContextMap and AppScanStats: who scans, who holds client slots.
#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <set>

#include "simulate/phone/bluetooth/dump.h"
#include "simulate/phone/bluetooth/shown_address.h"
#include "simulate/phone/log/time_text.h"

namespace bk::simulate {
namespace {

using Out = std::back_insert_iterator<std::string>;
using std::chrono::duration_cast;
using std::chrono::milliseconds;

std::string_view ModeWord(ScanMode mode) {
  switch (mode) {
    case ScanMode::kOpportunistic:
      return "OPPORTUNISTIC";
    case ScanMode::kLowPower:
      return "LOW_POWER";
    case ScanMode::kBalanced:
      return "BALANCED";
    case ScanMode::kLowLatency:
      return "LOW_LATENCY";
    case ScanMode::kAmbient:
      return "AMBIENT_DISCOVERY";
  }
  return "";
}

// AOSP names an app whose uid is shared by its shared id.
std::string AppName(const std::string& package) {
  return package == "com.google.android.gms" ? "com.google.uid.shared:10012" : package;
}

std::string Uuid(int number) {
  return fmt::format("{:08x}-3f1c-4c55-9d42-0c1f6be8{:04x}", number * 0x9e3779b1U, number);
}

struct Totals {
  std::array<milliseconds, kScanModes> time{};
  std::array<std::uint64_t, kScanModes> count{};
  std::uint64_t results = 0;
  milliseconds all{0}, least{0}, most{0};
};

Totals TotalsOf(const Android& phone, const std::string& package, const ScanUse& use) {
  Totals totals;
  totals.time = use.time;
  totals.count = use.count;
  totals.results = use.results;
  totals.least = use.shortest;
  totals.most = use.longest;
  for (const Scanner& scanner : phone.bluetooth.scanners) {
    if (scanner.package != package) continue;
    const auto running = duration_cast<milliseconds>(phone.clock.boot - scanner.since);
    totals.time[static_cast<std::size_t>(scanner.mode)] += running;
    totals.results += scanner.results;
    totals.most = std::max(totals.most, running);
  }
  for (const milliseconds time : totals.time) totals.all += time;
  return totals;
}

void ScanRow(const Android& phone, Out out, const PastScan& scan) {
  const int sdk = phone.flavour.sdk;
  fmt::format_to(out, "    {} - {}ms ",
                 sdk >= 28 ? MonthDaySeconds(phone, scan.at) : SlashDate(phone, scan.at),
                 scan.took.count());
  if (scan.mode == ScanMode::kOpportunistic) fmt::format_to(out, "Opp ");
  if (scan.filtered) fmt::format_to(out, "Filter ");
  fmt::format_to(out, "{} results ({})", scan.results, scan.id);
  if (sdk < 28) {
    fmt::format_to(out, "\n");
    return;
  }
  fmt::format_to(out, " CB {}\n",
                 sdk >= 34 && scan.mode == ScanMode::kAmbient ? "Auto Batch Scan" : "Regular Scan");
  if (sdk >= 30) {
    fmt::format_to(out,
                   "      \xe2\x94\x94 Scan Config: [ ScanMode={}, callbackType=ALL_MATCHES ]\n",
                   ModeWord(scan.mode));
    if (scan.filtered && sdk >= 31)
      fmt::format_to(out,
                     "      \xe2\x94\x94 BluetoothLeScanFilter [ "
                     "ServiceUuid=0000fee0-0000-1000-8000-00805f9b34fb ]\n");
  }
}

// The statistics that an app has in every map.
void Statistics(const Android& phone, std::string& text, const std::string& package,
                const ScanUse& use, bool registered) {
  const int sdk = phone.flavour.sdk;
  const Out out(text);
  const Totals totals = TotalsOf(phone, package, use);
  fmt::format_to(out, "\n  {}{}\n", AppName(package), registered ? " (Registered)" : "");
  const std::string_view pad = sdk >= 28 ? "                         " : "";
  fmt::format_to(out, "  LE scans (started/stopped)         {}: {} / {}\n", pad, use.started,
                 use.stopped);
  if (sdk < 29) {
    fmt::format_to(out, "  Scan time in ms (min/max/avg/total){}: {} / {} / {} / {}\n", pad,
                   totals.least.count(), totals.most.count(),
                   use.started == 0 ? 0 : totals.all.count() / static_cast<long>(use.started),
                   totals.all.count());
  } else {
    const auto& t = totals.time;
    const auto& n = totals.count;
    fmt::format_to(
        out, "  Scan time in ms (active/suspend/total)                      : {0} / 0 / {0}\n",
        totals.all.count());
    const bool five = sdk >= 31;
    fmt::format_to(
        out, "  Scan time with mode in ms (Opp/LowPower/Balanced/LowLatency{}):{}{} / {} / {} / {}",
        five ? "/AmbientDiscovery" : "", five ? "" : " ", t[0].count(), t[1].count(), t[2].count(),
        t[3].count());
    if (five) fmt::format_to(out, " / {}", t[4].count());
    fmt::format_to(out,
                   "\n  Scan mode counter (Opp/LowPower/Balanced/LowLatency{}):{}{} / {} / {} / {}",
                   five ? "/AmbientDiscovery" : "", five ? "" : " ", n[0], n[1], n[2], n[3]);
    if (five) fmt::format_to(out, " / {}", n[4]);
    fmt::format_to(out, "\n  Score                                                       : {}\n",
                   totals.all.count() / 1000);
  }
  fmt::format_to(out, "  Total number of results            {}: {}\n", pad, totals.results);
  if (!use.last.empty()) {
    fmt::format_to(out, "  Last {} scans                       {}:\n", use.last.size(), pad);
    for (const PastScan& scan : use.last) ScanRow(phone, out, scan);
  }
  bool heading = false;
  for (const Scanner& scanner : phone.bluetooth.scanners) {
    if (scanner.package != package) continue;
    if (!heading) fmt::format_to(out, "  Ongoing scans                      {}:\n", pad);
    heading = true;
    ScanRow(phone, out,
            {.at = WallOf(phone, scanner.since),
             .took = duration_cast<milliseconds>(phone.clock.boot - scanner.since),
             .results = scanner.results,
             .filtered = scanner.filtered,
             .mode = scanner.mode,
             .id = scanner.id});
  }
}

}  // namespace

void GattText(const Android& phone, std::string& text) {
  const Bluetooth& bluetooth = phone.bluetooth;
  const int sdk = phone.flavour.sdk;
  const Out out(text);
  fmt::format_to(out, "Profile: {}GattService\n  mAdvertisingServiceUuids:\n",
                 sdk < 28 ? "BtGatt." : "");
  if (sdk < 35) text += "  mMaxScanFilters: 16\n";
  text += "\n";
  if (sdk >= 31) {
    text += "Registered App\n  Scanner:\n";
    for (const Scanner& scanner : bluetooth.scanners)
      fmt::format_to(out, "      app_if: {}, appName: {}\n", scanner.id, AppName(scanner.package));
    text += "  Client:\n";
    for (const GattClient& client : bluetooth.clients)
      fmt::format_to(out, "      app_if: {}, appName: {}\n", client.client_if, client.package);
    text += "  Server:\n\n\n";
  }

  fmt::format_to(out, "GATT Scanner Map\n  Entries: {}\n", bluetooth.scan_use.size());
  for (const auto& [package, use] : bluetooth.scan_use) {
    const auto running = std::ranges::find_if(
        bluetooth.scanners, [&](const Scanner& one) { return one.package == package; });
    Statistics(phone, text, package, use, running != bluetooth.scanners.end());
    if (running != bluetooth.scanners.end())
      fmt::format_to(out,
                     "  Application ID                     : {}\n"
                     "  UUID                               : {}\n  Connections: 0\n",
                     running->id, Uuid(running->id));
  }
  text += "\n";
  if (sdk >= 31) text += "GATT Advertiser Map\n\n";

  std::set<std::string> packages;
  for (const GattClient& client : bluetooth.clients) packages.insert(client.package);
  fmt::format_to(out, "GATT Client Map\n  Entries: {}\n", packages.size());
  for (const std::string& package : packages) {
    Statistics(phone, text, package, {}, true);
    int connections = 0, first = 0;
    for (const GattClient& client : bluetooth.clients) {
      if (client.package != package) continue;
      if (first == 0) first = client.client_if;
      if (client.connected) ++connections;
    }
    fmt::format_to(out,
                   "  Application ID                     : {}\n"
                   "  UUID                               : {}\n  Connections: {}\n",
                   first, Uuid(first), connections);
    for (const GattClient& client : bluetooth.clients) {
      if (client.package != package || !client.connected) continue;
      const std::string peer = Shown(sdk, Printer::kJava, client.peer);
      if (sdk < 28)
        fmt::format_to(out, "    {}: {}\n", client.connection_id, peer);
      else
        fmt::format_to(out, "    {} - {}ms : {} ({})\n",
                       MonthDaySeconds(phone, WallOf(phone, client.since)),
                       duration_cast<milliseconds>(phone.clock.boot - client.since).count(), peer,
                       client.connection_id);
    }
  }
  text += "\nGATT Server Map\n  Entries: 0\n\nGATT Handle Map\n  Entries: 0\n  Requests: 0\n\n";
}

}  // namespace bk::simulate
