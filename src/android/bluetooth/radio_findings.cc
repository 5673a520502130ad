// Who else uses the radio: scans by their measured time, GATT clients, connections to the band.
#include <fmt/format.h>

#include <algorithm>

#include "android/bluetooth/findings_parts.h"
#include "evidence/finding_ids.h"

namespace bk::android {
namespace id = evidence::id;
namespace {

// Share of the time in which a scan mode keeps the receiver busy: window / interval of
// ScanManager (4096/4096, 1024/4096, 512/5120 ms).
constexpr double kLowLatencyDuty = 1.0;
constexpr double kBalancedDuty = 0.25;
constexpr double kLowPowerDuty = 0.1;
// An app that keeps the receiver busy for a fifth of the time stands in the way of connections.
constexpr double kHogShare = 0.2;
constexpr double kCrowdedShare = 0.5;
// Without modes (before Android 10) only the time with a scan is known.
constexpr double kHogTimeShare = 0.5;
constexpr std::uint64_t kMeasuredMs = 60'000;  // less on-time says nothing of a share
constexpr std::uint64_t kEndlessScanMs = 60'000;
constexpr std::uint64_t kPauselessMs = 20 * 60'000;
// A companion that searched this often and long without one result, while others had some, did not
// find the band.
constexpr std::uint64_t kSearches = 3;
constexpr std::uint64_t kSearchedMs = 10'000;
constexpr std::size_t kManyClients = 8;      // of one app: it registers and does not close
constexpr std::uint32_t kStackClients = 32;  // client registrations that the stack has room for
constexpr double kNearlyFull = 0.9;

bool IsCompanion(std::span<const evidence::CompanionApp> apps, std::string_view package) {
  return std::any_of(apps.begin(), apps.end(), [&](const evidence::CompanionApp& app) {
    return std::find(app.packages.begin(), app.packages.end(), package) != app.packages.end();
  });
}

// The phone's own services, which no owner can end.
bool IsSystem(std::string_view package) {
  for (const std::string_view own :
       {"android.uid.", "com.android.", "com.google.uid.shared", "com.google.android.",
        "com.samsung.android.", "com.miui.", "com.qualcomm."})
    if (package.starts_with(own)) return true;
  return package.empty() || package == "android" || package.find('.') == std::string_view::npos;
}

// One that searches without a pause now takes the radio, however long Bluetooth has been on.
bool HogsNow(const AppRadioUse& app) {
  return app.map == MapKind::kScanner && app.scans_ongoing > 0 && app.ongoing_ms >= kPauselessMs &&
         (!app.modes_listed || app.low_latency_ms + app.balanced_ms >= app.ongoing_ms / 2);
}

struct Share {
  double share = 0;
  bool by_mode = false;
  [[nodiscard]] bool IsMuch() const { return share >= (by_mode ? kHogShare : kHogTimeShare); }
};
Share RadioShare(const AppRadioUse& app, std::uint64_t on_ms) {
  if (app.modes_listed) {
    const double busy = static_cast<double>(app.low_latency_ms) * kLowLatencyDuty +
                        static_cast<double>(app.balanced_ms) * kBalancedDuty +
                        static_cast<double>(app.low_power_ms) * kLowPowerDuty;
    return {.share = busy / static_cast<double>(on_ms), .by_mode = true};
  }
  return {.share = static_cast<double>(app.scan_ms) / static_cast<double>(on_ms), .by_mode = false};
}

void AddScanShare(const BluetoothState& state, std::span<const evidence::CompanionApp> apps,
                  bool& other_app, evidence::Evidence& out) {
  if (state.maps_on_for_ms.value_or(0) < kMeasuredMs) return;
  double all = 0;
  const AppRadioUse* most = nullptr;
  double most_share = 0;
  for (const AppRadioUse& app : state.apps) {
    if (app.map != MapKind::kScanner) continue;
    const Share use = RadioShare(app, *state.maps_on_for_ms);
    if (use.by_mode) all += use.share;
    if (use.share > most_share) {
      most_share = use.share;
      most = &app;
    }
    if (!use.IsMuch() && !HogsNow(app)) continue;
    if (IsSystem(app.package) || IsCompanion(apps, app.package) || other_app) continue;
    other_app = true;
    AddFinding(state, id::kOtherBluetoothApp, true, app.where,
               !use.IsMuch() ? fmt::format("{} has been searching without a pause for {} min.",
                                           app.package, app.ongoing_ms / 60'000)
               : use.by_mode
                   ? fmt::format("{} keeps the radio busy with scanning for {:.0f} % of the "
                                 "time that Bluetooth was on.",
                                 app.package, std::min(use.share, 1.0) * 100)
                   : fmt::format("{} was scanning for {:.0f} % of the time that Bluetooth "
                                 "was on.",
                                 app.package, std::min(use.share, 1.0) * 100),
               out);
  }
  if (all >= kCrowdedShare && most != nullptr)
    AddFinding(state, id::kRadioCrowded, true, most->where,
               fmt::format("Scans keep the radio busy for {:.0f} % of the time; the most by {}.",
                           std::min(all, 1.0) * 100, most->package),
               out);
}

// Measured by the time that the statistics really cover: since the stack last started.
bool NoAppScansMuch(const BluetoothState& state, std::span<const evidence::CompanionApp> apps) {
  if (!state.gatt_listed || state.maps_stack_ms.value_or(0) < kMeasuredMs) return false;
  return std::none_of(state.apps.begin(), state.apps.end(), [&](const AppRadioUse& app) {
    return app.map == MapKind::kScanner && !IsSystem(app.package) &&
           !IsCompanion(apps, app.package) &&
           (HogsNow(app) || RadioShare(app, *state.maps_stack_ms).IsMuch());
  });
}

void AddClients(const BluetoothState& state, std::span<const evidence::CompanionApp> apps,
                bool& other_app, evidence::Evidence& out) {
  std::vector<std::string_view> packages;
  std::size_t clients = 0;
  for (const RegisteredApp& app : state.registered)
    if (app.map == MapKind::kClient) {
      packages.push_back(app.package);
      ++clients;
    }
  std::sort(packages.begin(), packages.end());
  for (std::size_t i = 0; i < packages.size();) {
    const std::size_t end = static_cast<std::size_t>(
        std::upper_bound(packages.begin(), packages.end(), packages[i]) - packages.begin());
    if (end - i >= kManyClients && !other_app && !IsCompanion(apps, packages[i])) {
      other_app = true;
      AddFinding(state, id::kOtherBluetoothApp, true, state.where,
                 fmt::format("{} holds {} GATT clients.", packages[i], end - i), out);
    }
    i = end;
  }
  const std::uint32_t used = std::max(static_cast<std::uint32_t>(clients),
                                      state.gatt_clients ? state.gatt_clients->used : 0);
  const std::uint32_t max =
      state.gatt_clients && state.gatt_clients->max > 0 ? state.gatt_clients->max : kStackClients;
  const evidence::Where& where = state.gatt_clients ? state.gatt_clients->where : state.where;
  if (used >= static_cast<std::uint32_t>(static_cast<double>(max) * kNearlyFull))
    AddFinding(state, id::kTooManyGattClients, true, where,
               fmt::format("{} of {} places for GATT clients are taken.", used, max), out);
  else if (state.gatt_clients || state.gatt_listed)
    AddFinding(state, id::kTooManyGattClients, false, where,
               fmt::format("{} of {} places for GATT clients are taken.", used, max), out);
}

// Whether the radio of others had results of late, so that the companion's silence is its own.
bool OthersHear(const BluetoothState& state, std::span<const evidence::CompanionApp> apps) {
  return std::any_of(state.apps.begin(), state.apps.end(), [&](const AppRadioUse& app) {
    return app.map == MapKind::kScanner && !IsCompanion(apps, app.package) &&
           app.results.value_or(0) > 0 && app.vain_scans == 0;
  });
}

// Nothing is said of a band that is reached (it does not advertise while it is connected), nor of
// searches before it was.
void AddFruitlessSearch(const BluetoothState& state, const BandMatch& band,
                        std::span<const evidence::CompanionApp> apps, evidence::Evidence& out) {
  if (!state.link_history_listed || !OthersHear(state, apps)) return;
  for (const OpenLink& link : state.open_links)
    if (link.le != false && band(link.address)) return;
  for (const AppRadioUse& app : state.apps)
    for (const GattConnection& connection : app.connections)
      if (app.map == MapKind::kClient && band(connection.address)) return;
  std::optional<std::int64_t> reached;
  for (const LinkRecord& record : state.links)
    if (record.at.known() && record.le != false && band(record.address) &&
        (record.step == LinkStep::kConnected || record.step == LinkStep::kDisconnected))
      reached = std::max(reached.value_or(0), WithoutYear(record.at));
  for (const AppRadioUse& app : state.apps) {
    if (app.map != MapKind::kScanner || !IsCompanion(apps, app.package)) continue;
    const bool never = app.results == std::optional<std::uint64_t>(0);
    const std::uint64_t times = never ? app.scans_started : app.vain_scans;
    const std::uint64_t ms = never ? app.scan_ms : app.vain_ms;
    if (times < kSearches || ms < kSearchedMs) continue;
    if (reached && (!app.vain_since.known() || WithoutYear(app.vain_since) < *reached)) continue;
    AddFinding(state, id::kBandNotInScan, true, app.where,
               fmt::format("{} searched {} times{}, {} s in all, without one result, while other "
                           "apps had some.",
                           app.package, times, never ? "" : " at last", ms / 1000),
               out);
    return;
  }
}

}  // namespace

void AddRadioFindings(const BluetoothState& state, const BandMatch& band,
                      std::span<const evidence::CompanionApp> apps, evidence::Evidence& out) {
  if (!state.maps_while_on) return;
  bool other_app = false;
  // Apps that hold the band itself come first: they are the strongest proof.
  const AppRadioUse* companion = nullptr;
  for (const AppRadioUse& app : state.apps) {
    if (app.map != MapKind::kClient) continue;
    for (const GattConnection& connection : app.connections) {
      if (!band(connection.address) || app.package.empty()) continue;
      if (IsCompanion(apps, app.package)) {
        if (companion != nullptr && companion->package != app.package)
          AddFinding(state, id::kOtherCompanionInstalled, true, connection.where,
                     fmt::format("{} and {} both hold a connection to the band.",
                                 companion->package, app.package),
                     out);
        companion = &app;
      } else if (!IsSystem(app.package) && !other_app) {
        other_app = true;
        AddFinding(state, id::kOtherBluetoothApp, true, connection.where,
                   fmt::format("{} holds a connection to the band.", app.package), out);
      }
      break;
    }
  }
  AddScanShare(state, apps, other_app, out);
  AddClients(state, apps, other_app, out);
  if (!other_app && NoAppScansMuch(state, apps))
    AddFinding(state, id::kOtherBluetoothApp, false, state.where,
               "No other app scans much or holds the band.", out);
  AddFruitlessSearch(state, band, apps, out);
  for (const AppRadioUse& app : state.apps) {
    if (app.map != MapKind::kScanner || app.scans_ongoing == 0 || app.ongoing_results != 0 ||
        app.ongoing_ms < kEndlessScanMs || !IsCompanion(apps, app.package) ||
        app.scans_suspended != 0)
      continue;
    AddFinding(state, id::kScanRunsForever, true, app.where,
               fmt::format("{} has been scanning for {} s without one result.", app.package,
                           app.ongoing_ms / 1000),
               out);
  }
}

}  // namespace bk::android
