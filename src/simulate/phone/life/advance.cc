#include "simulate/phone/life/advance.h"

#include <algorithm>
#include <optional>

#include "simulate/phone/bluetooth/adapter.h"
#include "simulate/phone/bluetooth/radio.h"
#include "simulate/phone/life/companion.h"
#include "simulate/phone/life/events.h"
#include "simulate/phone/life/rules.h"
#include "simulate/phone/log/chance.h"
#include "simulate/phone/log/log.h"
#include "simulate/phone/system/restart.h"
#include "simulate/phone/system/state.h"

namespace bk::simulate {
namespace {

using std::chrono::microseconds;
using std::chrono::minutes;
using std::chrono::seconds;

constexpr microseconds kNever = microseconds::max();
constexpr int kEventsMax = 2'000'000;  // of one Advance: more is a fault of this program

struct Due {
  microseconds at = kNever;
  enum class What : std::uint8_t {
    kNothing,
    kAdapter,
    kSweep,
    kCrash,
    kNeighbours,
    kApp,
    kHog
  } what{};
  std::string package;
};

Due Next(const Android& phone) {
  Due next;
  const auto offer = [&](microseconds at, Due::What what, const std::string& package = {}) {
    if (at < next.at) next = {at, what, package};
  };
  if (const auto adapter = AdapterDue(phone)) offer(*adapter, Due::What::kAdapter);
  offer(phone.life.next_sweep, Due::What::kSweep);
  offer(phone.life.next_neighbours, Due::What::kNeighbours);
  if (phone.bluetooth.fault == StackFault::kCrashes)
    offer(phone.life.next_crash, Due::What::kCrash);
  for (const auto& [package, app] : phone.life.apps)
    if (app.pid != 0) offer(app.next, Due::What::kApp, package);
  for (const auto& [package, hog] : phone.life.hogs) offer(hog.next, Due::What::kHog, package);
  return next;
}

}  // namespace

void SetUpLife(Android& phone) {
  Life& life = phone.life;
  if (life.ready) return;
  life.ready = true;
  life.seen_boot = phone.clock.boot;
  life.next_sweep = phone.clock.boot + seconds(20);
  life.next_neighbours = phone.clock.boot + minutes(2);
  const auto octet = [&] { return Between(phone, 0, 255); };
  const auto address = [&](const char* maker) {
    char text[18];
    std::snprintf(text, sizeof text, "%s:%02X:%02X:%02X", maker, static_cast<unsigned>(octet()),
                  static_cast<unsigned>(octet()), static_cast<unsigned>(octet()));
    return std::string(text);
  };
  Bluetooth& bluetooth = phone.bluetooth;
  if (!bluetooth.bonds.contains(life.band.address)) {
    life.band.address = address("C8:0F:10");
    bluetooth.bonds[life.band.address] = {.name = life.band.name};
  }
  life.band.key = static_cast<std::uint32_t>(Between(phone, 1, 0x7fffffff));
  life.band.battery = static_cast<int>(Between(phone, 35, 95));
  life.band.rssi = static_cast<int>(Between(phone, -72, -50));
  CompanionApp& app = life.apps[life.companion];
  app.needs_server = life.companion.find("gadgetbridge") == std::string::npos;
  app.band = life.band.address;
  app.key = life.band.key;
  if (Chance(phone, 70))
    bluetooth.bonds[address("00:1B:DC")] = {
        .name = "Headset", .low_energy = false, .device_class = 0x240404};
  // Running since some time, and synced a while ago.
  const std::string stack(BluetoothPackage(phone));
  if (!life.processes.contains(stack)) life.processes[stack] = {.pid = life.next_pid++};
  if (bluetooth.switches.empty())
    bluetooth.switches.push_back({.at = phone.clock.wall - phone.clock.boot + seconds(14),
                                  .reason = "SYSTEM_BOOT",
                                  .package = "android"});
  bluetooth.enabled_at = bluetooth.stack_since =
      std::min<microseconds>(seconds(15), phone.clock.boot);
  app.last_sync = life.last_sync = phone.clock.wall - minutes(Between(phone, 3, 14));
  SettleAdapter(phone);
  StartApp(phone, life.companion, /*by_hand=*/false);
  Reconcile(phone);
}

void PassTo(Android& phone, microseconds boot) {
  if (boot <= phone.clock.boot) return;
  phone.clock.wall += boot - phone.clock.boot;
  phone.clock.boot = boot;
}

microseconds NextDue(const Android& phone) { return Next(phone).at; }

void DoNext(Android& phone, Carrier& carrier) {
  const Due due = Next(phone);
  switch (due.what) {
    case Due::What::kAdapter:
      SettleAdapter(phone);
      break;
    case Due::What::kSweep:
      Sweep(phone);
      phone.life.next_sweep = phone.clock.boot + minutes(1);
      break;
    case Due::What::kCrash:
      CrashStack(phone, "command_timed_out: the controller did not answer 0x200d");
      phone.life.next_crash = phone.clock.boot + seconds(Between(phone, 60, 300));
      break;
    case Due::What::kNeighbours:
      Neighbours(phone);
      break;
    case Due::What::kApp:
      StepCompanion(phone, due.package, carrier);
      break;
    case Due::What::kHog:
      Hog(phone, due.package);
      break;
    case Due::What::kNothing:
      break;
  }
  Reconcile(phone);
}

void Advance(Android& phone, microseconds time) {
  PlainCarrier carrier;
  const microseconds target = phone.clock.boot + time;
  SetUpLife(phone);
  Reconcile(phone);
  const microseconds end = std::max(target, phone.clock.boot);
  for (int i = 0; i < kEventsMax; ++i) {
    const microseconds due = NextDue(phone);
    if (due == kNever || due > end) break;
    PassTo(phone, due);
    DoNext(phone, carrier);
  }
  PassTo(phone, end);
  phone.life.seen_boot = phone.clock.boot;
}

void Restart(Android& phone) {
  BeginRestart(phone);
  Reconcile(phone);  // sees the boot time gone back
  PassTo(phone, kBootTime);
  FinishBoot(phone);
  Advance(phone, seconds(20));
}

bool Healthy(const Android& phone, microseconds since) {
  const Life& life = phone.life;
  const auto app = life.apps.find(life.companion);
  if (app == life.apps.end() || !Running(phone, life.companion)) return false;
  if (app->second.band != life.band.address || app->second.key != life.band.key) return false;
  if (app->second.doing != Doing::kReady && app->second.doing != Doing::kSyncing) return false;
  return StandingLink(phone, life.band.address) != nullptr && life.last_sync > since &&
         life.last_sync <= phone.clock.wall;
}

bool NotificationsArrive(const Android& phone) {
  const Package* package = FindPackage(phone.system, phone.life.companion);
  if (package == nullptr || !Running(phone, phone.life.companion)) return false;
  if (package->notifications_off) return false;
  const auto post = package->permissions.find("android.permission.POST_NOTIFICATIONS");
  if (phone.flavour.sdk >= kAndroid13 && post != package->permissions.end() &&
      !post->second.granted)
    return false;
  if (package->listener.empty()) return false;
  return std::ranges::any_of(phone.traces.live_listeners, [&](const std::string& listener) {
    return listener.starts_with(phone.life.companion + "/") &&
           phone.system.listeners.contains(listener);
  });
}

}  // namespace bk::simulate
