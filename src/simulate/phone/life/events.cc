#include "simulate/phone/life/events.h"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "simulate/phone/bluetooth/adapter.h"
#include "simulate/phone/bluetooth/radio.h"
#include "simulate/phone/life/companion.h"
#include "simulate/phone/life/rules.h"
#include "simulate/phone/life/talk.h"
#include "simulate/phone/log/chance.h"
#include "simulate/phone/log/log.h"
#include "simulate/phone/system/state.h"

namespace bk::simulate {
namespace {

using std::chrono::microseconds;
using std::chrono::minutes;
using std::chrono::seconds;

constexpr int kTimeout = 0x08, kPhoneHangsUp = 0x16;
constexpr int kWeakRssi = -85;
constexpr minutes kScreenStays{5};
constexpr std::string_view kGms = "com.google.android.gms";

bool Lives(const Android& phone, std::string_view package) {
  const Package* found = FindPackage(phone.system, package);
  return found != nullptr && MayRun(*found) && !found->stopped;
}

// Automatic time and zone, where there is a network to take them from.
void CorrectClock(Android& phone) {
  Life& life = phone.life;
  if (!phone.system.network.connected) return;
  if (life.clock_off.count() != 0 && Setting(phone.system, "global", "auto_time") == "1") {
    phone.clock.wall -= life.clock_off;
    life.clock_off = microseconds(0);
  }
  if (!life.true_zone.empty() && Setting(phone.system, "global", "auto_time_zone") == "1") {
    phone.clock.zone = life.true_zone;
    phone.clock.utc_offset_minutes = life.true_offset;
    if (phone.system.properties.contains("persist.sys.timezone"))
      phone.system.properties["persist.sys.timezone"] = life.true_zone;
    life.true_zone.clear();
  }
}

void BindListeners(Android& phone) {
  auto& live = phone.traces.live_listeners;
  std::erase_if(phone.life.dead_listeners, [&](const std::string& listener) {
    return !phone.system.listeners.contains(listener);
  });
  std::erase_if(live, [&](const std::string& listener) {
    return !phone.system.listeners.contains(listener) ||
           phone.life.dead_listeners.contains(listener);
  });
  for (const std::string& listener : phone.system.listeners)
    if (!phone.life.dead_listeners.contains(listener) &&
        Running(phone, listener.substr(0, listener.find('/'))))
      live.insert(listener);
}

void BringBack(Android& phone) {
  if (!phone.flavour.quirks.contains("settings_come_back")) return;
  for (const ComesBack& one : phone.life.comes_back) {
    if (one.what == ComesBack::What::kSetting) {
      PutSetting(phone.system, one.package, one.name, one.value);
      continue;
    }
    Package* package = FindPackage(phone.system, one.package);
    if (package == nullptr) continue;
    switch (one.what) {
      case ComesBack::What::kOp:
        package->ops[one.name] = one.value;
        break;
      case ComesBack::What::kDozeExempt:
        phone.system.doze_exempt.erase(one.package);
        break;
      case ComesBack::What::kBucket:
        package->bucket = one.value == "45" ? 45 : 40;
        break;
      case ComesBack::What::kAutostart:
        package->autostart = false;
        break;
      case ComesBack::What::kSetting:
        break;
    }
  }
}

// The link of the band as the air has it this minute.
void Radio(Android& phone) {
  const std::string peer = phone.life.band.address;
  if (StandingLink(phone, peer) == nullptr) return;
  const SimBandInAir& band = phone.life.band;
  const bool alone = std::ranges::none_of(
      phone.life.processes, [](const auto& process) { return process.second.foreground; });
  int percent = 0;
  // On an air packets are lost for these, and links with them.
  if (!phone.life.on_air) {
    if (band.rssi < kWeakRssi) percent = 50;
    percent = std::max(percent, phone.life.noise);
    double taken = 0;
    for (const auto& [package, hog] : phone.life.hogs)
      if (Scans(phone, package)) taken = std::max(taken, RadioTaken(phone, phone.life.companion));
    percent = std::max(percent, static_cast<int>(taken * 90));
  }
  if (alone && BackgroundLevel(phone.system, BluetoothPackage(phone)) == "background_restricted")
    percent = 70;
  if (Chance(phone, percent)) DropLink(phone, peer, kTimeout);
}

// After the phone's start, with its boot time at 0.
void AfterRestart(Android& phone) {
  Life& life = phone.life;
  life.seen_boot = phone.clock.boot;
  life.processes.clear();
  life.log_first += life.log.size();
  life.log.clear();
  life.next_sweep = phone.clock.boot + seconds(40);
  life.next_neighbours = phone.clock.boot + minutes(2);
  life.next_crash = phone.clock.boot + minutes(3);
  life.foreground_until = microseconds(0);
  phone.traces.live_listeners.clear();
  if (!life.listener_bug) life.dead_listeners.clear();
  Bluetooth& bluetooth = phone.bluetooth;
  bluetooth.clients.clear();
  bluetooth.scanners.clear();
  bluetooth.links.clear();
  bluetooth.settles_at = microseconds(0);
  bluetooth.enabled_at = bluetooth.stack_since = microseconds(0);
  for (auto& [package, app] : life.apps) {
    app.pid = 0;
    app.doing = Doing::kResting;
    app.failures = 0;
    app.next = microseconds(0);
  }
  for (auto& [package, hog] : life.hogs) hog.next = phone.clock.boot + minutes(1);
  if (phone.flavour.quirks.contains("bonds_lost_at_restart")) bluetooth.bonds.clear();
  BringBack(phone);
  BootBluetooth(phone);
}

}  // namespace

void Reconcile(Android& phone) {
  if (phone.clock.boot < phone.life.seen_boot) AfterRestart(phone);
  phone.life.seen_boot = phone.clock.boot;
  CorrectClock(phone);
  if (Package* stack = FindPackage(phone.system, BluetoothPackage(phone));
      stack != nullptr && stack->first_run) {
    stack->first_run = false;
    ClearBluetoothData(phone);
  }
  SettleAdapter(phone);
  if (phone.bluetooth.adapter == AdapterState::kOn &&
      !phone.life.processes.contains(std::string(BluetoothPackage(phone))))
    CrashStack(phone, "the process was ended");
  // The screen goes dark some minutes after a hand opened something.
  Life& life = phone.life;
  bool front = false;
  for (auto& [package, process] : life.processes) front = front || process.foreground;
  if (!front) life.foreground_until = microseconds(0);
  if (front && life.foreground_until.count() == 0)
    life.foreground_until = phone.clock.boot + kScreenStays;
  if (front && phone.clock.boot >= life.foreground_until)
    for (auto& [package, process] : life.processes) process.foreground = false;
  std::vector<std::string> gone;
  for (auto& [package, process] : life.processes) {
    const bool system = package == BluetoothPackage(phone);
    if (!system && !Lives(phone, package)) gone.push_back(package);
  }
  for (const std::string& package : gone) {
    if (FindPackage(phone.system, package) == nullptr) {
      life.processes.erase(package);
    } else {
      constexpr int kUserRequested = 10;
      EndProcess(phone, package, kUserRequested, 0, "stop " + package);
    }
  }
  for (const auto& [package, app] : life.apps) ReconcileCompanion(phone, package);
  std::erase_if(life.hogs, [&](const auto& hog) {
    const bool there = FindPackage(phone.system, hog.first) != nullptr;
    if (!there) {
      StopScans(phone, hog.first);
      CloseClients(phone, hog.first);
    }
    return !there;
  });
  // A link that no app holds any more is closed by the stack.
  std::vector<std::string> idle;
  for (const LinkNote& link : phone.bluetooth.links) {
    if (link.ended.count() != 0 || !link.low_energy) continue;
    const bool held = std::ranges::any_of(phone.bluetooth.clients, [&](const GattClient& client) {
      return client.connected && client.peer == link.address;
    });
    if (!held) idle.push_back(link.address);
  }
  for (const std::string& peer : idle) LinkDown(phone, peer, kPhoneHangsUp);
  // And the band's own end of it, which on an air is the band's.
  const SimBandInAir& band = life.band;
  const bool band_gone =
      !band.powered || band.battery <= 0 || !band.in_reach || band.held_by_other || band.hung;
  if (StandingLink(phone, band.address) != nullptr &&
      ((band_gone && !life.on_air) || ReachesNobody(phone.bluetooth)))
    DropLink(phone, band.address, kTimeout);
  BindListeners(phone);
}

void Sweep(Android& phone) {
  for (const auto& [package, app] : phone.life.apps) {
    const Hold hold = HoldOf(phone, package);
    if (Running(phone, package) && hold.kind == Hold::Kind::kKilled) {
      if (phone.flavour.maker == Maker::kXiaomi && hold.words == "SwipeUpClean")
        Say(phone, "system", 'D', "ProcessManager",
            fmt::format("SmartPower: kill {} for SwipeUpClean", package));
      EndProcess(phone, package, hold.reason, hold.subreason, hold.words);
    } else if (!Running(phone, package) && StartsAlone(phone, package)) {
      StartApp(phone, package, /*by_hand=*/false);
    }
  }
  Radio(phone);
}

void Neighbours(Android& phone) {
  phone.life.next_neighbours = phone.clock.boot + minutes(5);
  if (phone.bluetooth.adapter != AdapterState::kOn) return;
  const std::string gms(kGms);
  const bool running = Scans(phone, gms);
  if (running) {
    const auto heard = phone.bluetooth.fault == StackFault::kNoHardware
                           ? 0
                           : static_cast<std::uint64_t>(Between(phone, 4, 40));
    CountResults(phone, gms, heard);
    SayNeighbours(phone, heard == 0 ? 0 : 3);
    StopScans(phone, gms);
  } else {
    StartScan(phone, gms, ScanMode::kBalanced, true);
    phone.life.next_neighbours = phone.clock.boot + seconds(3);
  }
}

void Hog(Android& phone, const std::string& package) {
  RadioHog& hog = phone.life.hogs.at(package);
  hog.next = phone.clock.boot + (hog.scans ? std::chrono::microseconds(seconds(30)) : minutes(30));
  if (!Lives(phone, package)) {
    StopScans(phone, package);
    CloseClients(phone, package);
    return;
  }
  if (!Running(phone, package)) {
    if (StartsAlone(phone, package)) StartApp(phone, package, /*by_hand=*/false);
    if (!Running(phone, package)) return;
  }
  if (phone.bluetooth.adapter != AdapterState::kOn) return;
  if (hog.scans && !Scans(phone, package)) StartScan(phone, package, ScanMode::kLowLatency, false);
  if (hog.scans) CountResults(phone, package, static_cast<std::uint64_t>(Between(phone, 100, 400)));
  const auto held = std::ranges::count_if(
      phone.bluetooth.clients, [&](const GattClient& client) { return client.package == package; });
  // It leaks: one more each time, none given back.
  if (static_cast<int>(held) < hog.clients) RegisterClient(phone, package);
}

}  // namespace bk::simulate
