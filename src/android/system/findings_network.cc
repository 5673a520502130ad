// The phone's way to the internet: needed to sign in, bind and update, not for the band's link.
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "android/system/findings_parts.h"
#include "base/text.h"

namespace bk::android::system {
namespace id = evidence::id;
namespace {

constexpr std::uint32_t kRejectMetered = 1;
constexpr std::uint32_t kAllowMetered = 4;

void TellOffline(Teller& teller) {
  const NetworkFacts& network = teller.state.network;
  if (!network.connected) return;
  if (!network.connected->value) {
    teller.Tell(id::kPhoneOffline, true, network.connected->place,
                "No network was in use at the moment that the phone was asked.");
  } else if (network.validated && network.validated->value) {
    teller.Tell(id::kPhoneOffline, false, network.validated->place,
                "The network in use reaches the internet, as Android's own check says.");
  } else if (network.private_dns_broken && network.private_dns_broken->value) {
    teller.Tell(id::kPhoneOffline, true, network.private_dns_broken->place,
                "There is a network, but its private DNS server does not answer.");
  } else if (network.validated) {
    teller.Tell(id::kPhoneOffline, true, network.validated->place,
                "There is a network, but it had not passed Android's check for the internet at "
                "that moment.");
  }
}

void TellPrivateDns(Teller& teller, std::span<const PackageUid> uids) {
  const SystemState& state = teller.state;
  const SwitchFacts& switches = state.switches;
  const bool strict = switches.private_dns_mode && switches.private_dns_mode->value == "hostname";
  const bool vpn = state.network.vpn && state.network.vpn->value;
  if (strict) {
    std::string text = "Private DNS is set to a server of the person's own choice";
    constexpr std::size_t kNameMax = 100;
    if (switches.private_dns_specifier && switches.private_dns_specifier->value.size() <= kNameMax)
      text += ", " + switches.private_dns_specifier->value;
    teller.Tell(id::kPrivateDns, true, switches.private_dns_mode->place, text + ".");
  } else if (vpn) {
    std::string owner;
    if (state.network.vpn_owner) owner = PackageOfUid(state, uids, state.network.vpn_owner->value);
    teller.Tell(id::kPrivateDns, true, state.network.vpn->place,
                owner.empty() ? "A VPN is active; ad blockers work as one."
                              : "A VPN is active, run by " + owner + "; ad blockers work as one.");
  } else if (state.network.vpn && switches.private_dns_mode) {
    teller.Tell(id::kPrivateDns, false, switches.private_dns_mode->place,
                "Private DNS is not set to a server, and no VPN is active.");
  }
}

}  // namespace

void TellNetwork(Teller& teller, std::span<const PackageUid> uids) {
  TellOffline(teller);
  TellPrivateDns(teller, uids);
}

void TellDataSaver(Teller& teller, const Companion* companion) {
  const SystemState& state = teller.state;
  const auto& saver = state.switches.data_saver;
  if (saver)
    teller.Tell(id::kDataSaverOn, saver->value, saver->place,
                saver->value ? "Data Saver is on." : "Data Saver is off.");
  const auto uid = companion == nullptr ? std::nullopt : companion->uid();
  if (!uid) return;
  const auto known = state.uids.find(*uid);
  const Maybe<std::uint32_t>* policy =
      known != state.uids.end() && known->second.net_policy ? &known->second.net_policy : nullptr;
  const std::uint32_t bits = policy == nullptr ? 0 : (*policy)->value;
  const std::string& title = companion->app->title;
  if ((bits & kRejectMetered) != 0) {
    teller.Tell(id::kDataSaverBlocksApp, true, (*policy)->place,
                title + " may not use mobile data in the background.");
  } else if ((bits & kAllowMetered) != 0) {
    teller.Tell(id::kDataSaverBlocksApp, false, (*policy)->place,
                title + " is exempt from Data Saver.");
  } else if (saver && state.saw_uid_policies) {
    teller.Tell(id::kDataSaverBlocksApp, saver->value, saver->place,
                saver->value ? "Data Saver is on and " + title +
                                   " is not exempt: no mobile data in the background."
                             : "Data Saver is off and nothing blocks " + title + ".");
  }
}

// Android 7 and later count, per app, how long a Bluetooth scan ran in its name.
void TellScanners(Teller& teller, std::span<const evidence::CompanionApp> apps,
                  std::span<const PackageUid> uids) {
  const SystemState& state = teller.state;
  constexpr std::uint32_t kFirstApp = 10'000;
  constexpr std::int64_t kLeastMs = 10 * 60'000;
  constexpr std::int64_t kPercent = 10;
  // Google's services scan on every phone.
  constexpr std::array<std::string_view, 2> kEverywhere{"com.google.android.gms", "com.android."};
  if (!state.stats_ms || state.stats_ms->value <= 0) return;
  const Fact<std::int64_t>* most = nullptr;
  std::string who;
  for (const auto& [uid, facts] : state.uids) {
    // Scans without a filter or at full power keep the radio from connecting; the plain total
    // counts also those that cost next to nothing.
    const auto& time = facts.ble_unoptimised_scan_ms;
    if (!time || uid % 100'000 < kFirstApp || time->value < kLeastMs) continue;
    if (time->value < state.stats_ms->value / 100 * kPercent) continue;
    if (most != nullptr && most->value >= time->value) continue;
    std::string package = PackageOfUid(state, uids, uid);
    const bool companion = std::ranges::any_of(apps, [&](const evidence::CompanionApp& app) {
      return std::ranges::find(app.packages, package) != app.packages.end();
    });
    const bool everywhere = std::ranges::any_of(
        kEverywhere, [&](std::string_view one) { return package.starts_with(one); });
    if (companion || everywhere) continue;
    most = &*time;
    who = package.empty() ? fmt::format("the app with uid {}", uid) : std::move(package);
  }
  if (most == nullptr) return;
  teller.Tell(id::kOtherBluetoothApp, true, most->place,
              fmt::format("Another app, {}, searched for Bluetooth devices for {} of the last {} "
                          "minutes.",
                          who, most->value / 60'000, state.stats_ms->value / 60'000));
}

}  // namespace bk::android::system
