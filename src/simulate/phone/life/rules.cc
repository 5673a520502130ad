#include "simulate/phone/life/rules.h"

#include "simulate/phone/bluetooth/radio.h"
#include "simulate/phone/system/state.h"

namespace bk::simulate {
namespace {

constexpr int kRestrictedBucket = 45;
// ApplicationExitInfo.
constexpr int kOther = 13;
constexpr int kUserRequested = 10;
constexpr int kIdleForcedStandby = 18;
constexpr int kMarsKill = 1001;

bool Exempt(const Android& phone, std::string_view package) {
  const std::string name(package);
  return phone.system.doze_exempt.contains(name) || phone.system.doze_exempt_system.contains(name);
}

bool Refused(const Package& package, std::string_view op) {
  const std::string mode = OpMode(package, op);
  return mode == "ignore" || mode == "deny";
}

// Asked for by the app and not given.
bool Missing(const Package& package, std::string_view permission, std::string_view op) {
  if (!package.permissions.contains(std::string(permission))) return false;
  return !Granted(package, permission) || Refused(package, op);
}

}  // namespace

bool InForeground(const Android& phone, std::string_view package) {
  const auto process = phone.life.processes.find(std::string(package));
  return process != phone.life.processes.end() && process->second.foreground;
}

Hold HoldOf(const Android& phone, std::string_view name) {
  const Package* package = FindPackage(phone.system, name);
  if (package == nullptr || InForeground(phone, name)) return {};
  const bool exempt = Exempt(phone, name);
  const int idle = phone.flavour.sdk >= 30 ? kIdleForcedStandby : 0;
  if (BackgroundLevel(phone.system, name) == "background_restricted")
    return {Hold::Kind::kKilled, kOther, idle, "cached idle & background restricted"};
  if (phone.flavour.sdk >= kAndroid12 && Bucket(phone.system, name) >= kRestrictedBucket)
    return {Hold::Kind::kKilled, kOther, idle, "cached idle & background restricted"};
  if (package->asleep && !exempt)
    return {Hold::Kind::kKilled, kOther, phone.flavour.sdk >= 35 ? kMarsKill : 0,
            "MARS KILL: sleeping app"};
  const auto app = phone.life.apps.find(std::string(name));
  const bool locked = app != phone.life.apps.end() && app->second.locked_in_recents;
  if (phone.flavour.maker == Maker::kXiaomi && !package->autostart && !locked)
    return {Hold::Kind::kKilled, kUserRequested, 0, "SwipeUpClean"};
  // The makers' own savers end even what the owner exempted.
  if (BatterySaver(phone.system) && (!exempt || phone.flavour.maker != Maker::kStock))
    return {Hold::Kind::kKilled, kOther, 0, "battery saver"};
  if (!exempt && (phone.system.doze_forced || (!phone.system.plugged && !phone.system.screen_on)))
    return {Hold::Kind::kSuspended, 0, 0, "device idle"};
  return {};
}

bool StartsAlone(const Android& phone, std::string_view name) {
  const Package* package = FindPackage(phone.system, name);
  return package != nullptr && MayRun(*package) && !package->stopped &&
         HoldOf(phone, name).kind != Hold::Kind::kKilled;
}

ScanGate ScanGateOf(const Android& phone, std::string_view name) {
  const Package* package = FindPackage(phone.system, name);
  if (package == nullptr) return ScanGate::kException;
  if (phone.flavour.sdk >= kAndroid12 &&
      (Missing(*package, "android.permission.BLUETOOTH_SCAN", "BLUETOOTH_SCAN") ||
       Missing(*package, "android.permission.BLUETOOTH_CONNECT", "BLUETOOTH_CONNECT")))
    return ScanGate::kException;
  const bool asks = package->permissions.contains("android.permission.ACCESS_FINE_LOCATION") ||
                    package->permissions.contains("android.permission.ACCESS_COARSE_LOCATION");
  if (!asks) return ScanGate::kOpen;
  // Until Android 9 either of the two is enough, then the fine one.
  const bool fine = package->permissions.contains("android.permission.ACCESS_FINE_LOCATION") &&
                    !Missing(*package, "android.permission.ACCESS_FINE_LOCATION", "FINE_LOCATION");
  const bool coarse =
      package->permissions.contains("android.permission.ACCESS_COARSE_LOCATION") &&
      !Missing(*package, "android.permission.ACCESS_COARSE_LOCATION", "COARSE_LOCATION");
  if (!fine && (!coarse || phone.flavour.sdk >= kAndroid10)) return ScanGate::kNoPermission;
  return LocationOn(phone.system) ? ScanGate::kOpen : ScanGate::kLocationOff;
}

bool ReachesServer(const Android& phone, std::string_view name) {
  const Package* package = FindPackage(phone.system, name);
  if (package == nullptr || !phone.life.server_up || !phone.system.network.connected ||
      !phone.system.network.validated || AirplaneMode(phone.system))
    return false;
  // A private DNS with a name is an ad blocker's here: it swallows the maker's hosts.
  if (Setting(phone.system, "global", "private_dns_mode") == "hostname") return false;
  if (phone.system.data_denied.contains(package->uid) && !InForeground(phone, name)) return false;
  return !(phone.system.data_saver && phone.life.metered && !InForeground(phone, name) &&
           !phone.system.data_saver_exempt.contains(package->uid));
}

SimBandInAir DeviceAt(const Android& phone, std::string_view address) {
  if (address == phone.life.band.address) return phone.life.band;
  SimBandInAir neighbour;
  neighbour.address = std::string(address);
  neighbour.name = phone.life.band.name;
  neighbour.knows_bond = false;
  neighbour.key = 0x6e656967;
  neighbour.bound_to = "the neighbour's phone";
  neighbour.rssi = -78;
  return neighbour;
}

bool Advertises(const Android& phone, const SimBandInAir& band) {
  return band.powered && band.battery > 0 && band.in_reach && !band.held_by_other &&
         StandingLink(phone, band.address) == nullptr;
}

}  // namespace bk::simulate
