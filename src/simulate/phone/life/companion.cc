#include "simulate/phone/life/companion.h"

#include <fmt/format.h>

#include <algorithm>

#include "simulate/phone/bluetooth/adapter.h"
#include "simulate/phone/bluetooth/radio.h"
#include "simulate/phone/bluetooth/shown_address.h"
#include "simulate/phone/life/rules.h"
#include "simulate/phone/life/talk.h"
#include "simulate/phone/log/chance.h"
#include "simulate/phone/log/log.h"
#include "simulate/phone/system/state.h"

namespace bk::simulate {
namespace {

using std::chrono::microseconds;
using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::seconds;

// HCI reasons.
constexpr int kCancelled = 0x02, kAuthentication = 0x05, kKeyMissing = 0x06, kTimeout = 0x08;
constexpr int kBandHangsUp = 0x13, kPhoneHangsUp = 0x16, kUnspecified = 0x1f, kMicFailure = 0x3d;
constexpr int kNotEstablished = 0x3e;
constexpr int kGattError = 133, kGattTimeout = 147;

class Step {
 public:
  Step(Android& phone, const std::string& package, Carrier& carrier)
      : phone_(phone), package_(package), carrier_(carrier), app_(phone.life.apps.at(package)) {}

  void Do() {
    switch (app_.doing) {
      case Doing::kResting:
        return Begin();
      case Doing::kScanning:
        return Found();
      case Doing::kConnecting:
        return Connected();
      case Doing::kSettingUp:
        return SetUp();
      case Doing::kReady:
        return SyncDue();
      case Doing::kSyncing:
        return Synced();
    }
  }

 private:
  void In(microseconds time) { app_.next = phone_.clock.boot + time; }
  void Rest(microseconds time) {
    app_.doing = Doing::kResting;
    app_.step = 0;
    In(time);
  }
  // After a failure: longer each time, five minutes at most.
  void BackOff() {
    const int times = std::min(app_.failures++, 4);
    Rest(std::min<microseconds>(seconds(20) * (1 << times), minutes(5)));
  }
  [[nodiscard]] SimBandInAir Device() const { return DeviceAt(phone_, app_.band); }
  [[nodiscard]] bool Official() const { return app_.needs_server; }

  void Begin() {
    if (app_.band.empty() || !app_.supports_band || (Official() && !app_.signed_in))
      return Rest(minutes(1));
    if (HoldOf(phone_, package_).kind != Hold::Kind::kNone) return Rest(minutes(1));
    if (!app_.needs_package.empty()) {
      const Package* needed = FindPackage(phone_.system, app_.needs_package);
      if (needed == nullptr || !MayRun(*needed)) {
        LogApp(phone_, package_, 'E',
               "android.content.pm.PackageManager$NameNotFoundException: " + app_.needs_package);
        return Rest(minutes(1));
      }
    }
    if (!app_.reconnects && !InForeground(phone_, package_)) return Rest(minutes(1));
    if (phone_.bluetooth.adapter != AdapterState::kOn) return Rest(seconds(15));
    if (app_.grabs && StandingLink(phone_, app_.band) != nullptr) {
      // Two apps, one link: the one that asks anew makes the band drop the other's session.
      DropLink(phone_, app_.band, kBandHangsUp);
      return Rest(milliseconds(700));
    }
    switch (ScanGateOf(phone_, package_)) {
      case ScanGate::kException:
        Say(phone_, "bluetooth", 'W', "BtGatt.GattService",
            "Permission denial: Need android.permission.BLUETOOTH_SCAN permission for " + package_);
        LogApp(phone_, package_, 'E',
               "java.lang.SecurityException: Need android.permission.BLUETOOTH_SCAN permission for "
               "android.content.AttributionSource: startScan");
        ++app_.failures;
        return Rest(minutes(1));
      case ScanGate::kOpen:
      case ScanGate::kNoPermission:
      case ScanGate::kLocationOff:
        break;
    }
    StartScan(phone_, package_, ScanMode::kLowLatency, true);
    Say(phone_, package_, 'D', "BluetoothLeScanner", "Start Scan with callback");
    app_.doing = Doing::kScanning;
    In(carrier_.Search(phone_, package_));
  }

  void Found() {
    const auto scanner = std::ranges::find_if(
        phone_.bluetooth.scanners, [&](const Scanner& one) { return one.package == package_; });
    const bool early =
        scanner != phone_.bluetooth.scanners.end() && phone_.clock.boot - scanner->since < kScanFor;
    const ScanGate gate = ScanGateOf(phone_, package_);
    const bool heard = carrier_.Heard(phone_, package_);
    if (heard && gate == ScanGate::kOpen) {
      CountResults(phone_, package_, 1);
      EndScan();
      return Call();
    }
    if (gate == ScanGate::kLocationOff)
      Say(phone_, "bluetooth", 'E',
          phone_.flavour.sdk >= kAndroid15 ? "BtGatt.ScanHelper" : "BtGatt.GattService",
          "Permission denial: Location is off.");
    if (gate == ScanGate::kNoPermission)
      Say(phone_, "bluetooth", 'E',
          phone_.flavour.sdk >= kAndroid15 ? "BtGatt.ScanHelper" : "BtGatt.GattService",
          "Permission denial: Need ACCESS_FINE_LOCATION permission to get scan results");
    if (early) {
      // Heard and withheld: it goes on until its time is out.
      return In(scanner->since + kScanFor - phone_.clock.boot);
    }
    EndScan();
    LogApp(phone_, package_, 'I', "search ended, device not found");
    BackOff();
  }
  void EndScan() {
    StopScans(phone_, package_);
    Say(phone_, package_, 'D', "BluetoothLeScanner", "Stop Scan with callback");
  }

  void Call() {
    GattClient* client = RegisterClient(phone_, package_);
    if (client == nullptr) {
      Say(phone_, package_, 'D', "BluetoothGatt",
          fmt::format("onClientRegistered() - status={} clientIf=0", kGattError));
      LogApp(phone_, package_, 'E', "connectGatt failed: status 133");
      return BackOff();
    }
    client->peer = app_.band;
    client->connecting = true;
    LogConnect(phone_, package_, app_.band, client->client_if);
    if (package_.find("gadgetbridge") != std::string::npos)
      LogApp(phone_, package_, 'I', "Attempting to connect to Mi Smart Band 4");
    SayConnect(phone_, app_.band);
    app_.doing = Doing::kConnecting;
    In(carrier_.Call(phone_, package_));
  }

  void Connected() {
    GattClient* client = FindClient(phone_, package_, app_.band);
    if (client == nullptr) return BackOff();
    switch (carrier_.Called(phone_, package_)) {
      case CallEnd::kUp:
        break;
      case CallEnd::kNobody:
        return Missed(*client, kCancelled,
                      phone_.flavour.sdk >= kAndroid15 ? kGattTimeout : kGattError);
      case CallEnd::kNotEstablished:
        return Missed(*client, kNotEstablished,
                      phone_.flavour.sdk >= kAndroid15 ? kNotEstablished : kGattError);
    }
    client->connecting = false;
    client->connected = true;
    client->connection_id = phone_.bluetooth.next_connection_id++;
    client->since = phone_.clock.boot;
    LinkUp(phone_, app_.band);
    LogConnected(phone_, package_, *client);
    if (package_.find("gadgetbridge") != std::string::npos)
      LogApp(phone_, package_, 'I', "connection state change, newState: 2");
    app_.doing = Doing::kSettingUp;
    app_.step = 0;
    In(milliseconds(120));
  }
  void Missed(const GattClient& client, int hci, int gatt) {
    LinkFailed(phone_, app_.band, hci);
    LogLost(phone_, package_, client, gatt);
    CloseClients(phone_, package_, app_.band);
    BackOff();
  }

  // The link ends for a reason of the talk; the app tries again later.
  void Fail(int reason) {
    if (carrier_.Ends(phone_, app_.band, reason)) return BackOff();
    if (GattClient* client = FindClient(phone_, package_, app_.band)) {
      LinkDown(phone_, app_.band, reason);
      LogLost(phone_, package_, *client, reason);
    }
    CloseClients(phone_, package_, app_.band);
    BackOff();
  }

  // False while the talk goes on; one that is not answered has then failed.
  bool Answered(Talk talk) {
    switch (carrier_.Talked(phone_, package_, talk)) {
      case TalkEnd::kUnderWay:
        return false;
      case TalkEnd::kDone:
        return true;
      case TalkEnd::kNoAnswer:
        LogApp(phone_, package_, 'E', "no answer from the device");
        Fail(kPhoneHangsUp);
        return false;
    }
    return false;
  }

  void SetUp() {
    constexpr Talk kTalks[] = {Talk::kSecure, Talk::kDiscover, Talk::kProve, Talk::kInitialise};
    if (!Answered(kTalks[std::min(app_.step, 3)])) return;
    switch (app_.step++) {
      case 0:
        return Secure();
      case 1:
        return Discover();
      case 2:
        return Prove();
      default:
        return Initialise();
    }
  }

  void Secure() {
    In(milliseconds(Between(phone_, 300, 900)));
    const std::string& peer = app_.band;
    const auto bond = phone_.bluetooth.bonds.find(peer);
    SimBandInAir device = Device();
    const int sdk = phone_.flavour.sdk;
    if (bond != phone_.bluetooth.bonds.end() && (bond->second.key_in_memory || sdk >= kAndroid15)) {
      if (phone_.bluetooth.fault == StackFault::kBrokenByUpdate) {
        carrier_.Encrypts(phone_, peer, kUnspecified);
        return Fail(kPhoneHangsUp);
      }
      if (!device.knows_bond) {
        carrier_.Encrypts(phone_, peer, kKeyMissing);
        if (sdk < kAndroid15) bond->second.key_in_memory = false;
        return Fail(kBandHangsUp);
      }
      if (!bond->second.key_good) {
        carrier_.Encrypts(phone_, peer, kMicFailure);
        return Fail(kMicFailure);
      }
      carrier_.Encrypts(phone_, peer, 0);
      if (device.drops_bonded) return Fail(kBandHangsUp);
      return;
    }
    if (bond != phone_.bluetooth.bonds.end()) {
      // The key failed before and the stack dropped it: the first protected write is refused.
      constexpr int kGattAuthFail = 137;
      Say(phone_, package_, 'D', "BluetoothGatt",
          fmt::format("onCharacteristicWrite() - Device={} handle=96 Status={}",
                      Shown(sdk, Printer::kJavaLog, peer), kGattAuthFail));
      return Fail(kBandHangsUp);
    }
    if (!device.knows_bond && !app_.makes_bond) return;  // goes without
    // No bond here: the band that has one asks for security, else the app asks for a bond.
    NoteBonding(phone_, peer, package_);
    if (device.refuses_pairing) {
      constexpr int kNotSupported = 5, kAuthFailure = 9;
      carrier_.Pairs(phone_, peer, device.knows_bond, kNotSupported);
      FailBonding(phone_, peer, kAuthFailure, kAuthentication);
      return Fail(kBandHangsUp);
    }
    carrier_.Pairs(phone_, peer, device.knows_bond, 0);
    MakeBond(phone_, peer, device.name);
    if (peer == phone_.life.band.address) phone_.life.band.knows_bond = true;
    if (phone_.bluetooth.fault == StackFault::kBrokenByUpdate) {
      carrier_.Encrypts(phone_, peer, kUnspecified);
      return Fail(kPhoneHangsUp);
    }
    carrier_.Encrypts(phone_, peer, 0);
    if (device.drops_bonded) return Fail(kBandHangsUp);
  }

  void Discover() {
    In(milliseconds(Between(phone_, 400, 1'500)));
    SayDiscovery(phone_, app_.band);
    const StackFault fault = phone_.bluetooth.fault;
    if (fault != StackFault::kDamagedCache && fault != StackFault::kDamagedData) return;
    constexpr int kInternalError = 129;
    Say(phone_, package_, 'D', "BluetoothGatt",
        fmt::format("onSearchComplete() = Device={} Status={}",
                    Shown(phone_.flavour.sdk, Printer::kJavaLog, app_.band), kInternalError));
    Fail(kPhoneHangsUp);
  }

  void Prove() {
    In(milliseconds(Between(phone_, 200, 600)));
    if (app_.key == 0) {
      LogApp(phone_, package_, 'E', "no auth key for this device");
      return Fail(kPhoneHangsUp);
    }
    constexpr std::uint8_t kOk = 0x01;
    const std::uint8_t status = carrier_.Proof(phone_, package_);
    SayAuthentication(phone_, app_.band, status);
    const bool free = package_.find("gadgetbridge") != std::string::npos;
    if (status != kOk) {
      LogApp(phone_, package_, 'E',
             free ? "Authentication failed, disconnecting"
                  : fmt::format("auth response 10 83 {:02x}", status));
      return Fail(kBandHangsUp);
    }
    LogApp(phone_, package_, 'I',
           free ? "Authenticated, now initialize phase 2" : "auth response 10 83 01");
  }

  void Initialise() {
    if (phone_.bluetooth.fault == StackFault::kCrashes)
      return CrashStack(phone_, "hci_timeout: the controller did not answer 0x2013");
    SaySetTime(phone_, app_.band);
    LogApp(phone_, package_, 'I', "device initialised");
    app_.failures = 0;
    app_.doing = Doing::kReady;
    In(seconds(2));
  }

  void SyncDue() {
    if (HoldOf(phone_, package_).kind != Hold::Kind::kNone) return In(minutes(1));
    app_.doing = Doing::kSyncing;
    LogApp(phone_, package_, 'I', "sync: start");
    LogListens(phone_, package_, true);
    In(milliseconds(Between(phone_, 3'000, 20'000)));
  }

  void Synced() {
    const Package* package = FindPackage(phone_.system, package_);
    if (app_.faulty_version != 0 && package != nullptr &&
        package->version_code == app_.faulty_version) {
      app_.doing = Doing::kReady;
      In(phone_.life.sync_every);
      return Crash();
    }
    const bool takes_nothing = app_.damaged || app_.wrong_mode;
    const TalkEnd end =
        carrier_.Talked(phone_, package_, takes_nothing ? Talk::kFetchStart : Talk::kFetch);
    if (end == TalkEnd::kUnderWay) return;
    app_.doing = Doing::kReady;
    In(phone_.life.sync_every);
    if (end == TalkEnd::kNoAnswer)
      return LogApp(phone_, package_, 'E', "sync: no data after the start, giving up");
    const int minutes_there = carrier_.Minutes(phone_, package_);
    if (takes_nothing) {
      SayFetch(phone_, app_.band, minutes_there, true);
      LogApp(phone_, package_, 'E', "sync: no data after the start, giving up");
      return;
    }
    // On to the next kind of data, whose end is not written down.
    LogListens(phone_, package_, false);
    LogListens(phone_, package_, true);
    if (minutes_there == 0) {
      SayFetch(phone_, app_.band, 0, false);
      LogApp(phone_, package_, 'I', "sync: nothing new");
      return;
    }
    SayFetch(phone_, app_.band, minutes_there, false);
    if (package_.find("gadgetbridge") != std::string::npos)
      LogApp(phone_, package_, 'I',
             fmt::format("fetch activity data has finished round 1, got {} bytes in buffer",
                         minutes_there * 4));
    if (app_.needs_server && !ReachesServer(phone_, package_)) {
      LogApp(phone_, package_, 'E', "sync: upload failed, java.net.UnknownHostException");
      return;
    }
    LogApp(phone_, package_, 'I', "sync: done");
    app_.last_sync = phone_.clock.wall;
    if (package_ == phone_.life.companion) phone_.life.last_sync = phone_.clock.wall;
  }

  void Crash() {
    const int pid = app_.pid;
    Say(phone_, package_, 'E', "AndroidRuntime",
        fmt::format("FATAL EXCEPTION: main\nProcess: {}, PID: {}\njava.lang.NullPointerException: "
                    "Attempt to invoke a method on a null object reference",
                    package_, pid),
        "crash");
    Say(phone_, "system", 'I', "am_crash",
        fmt::format("[{},0,{},545832516,java.lang.NullPointerException,null object reference,"
                    "SyncTask.java,88]",
                    pid, package_),
        "events");
    constexpr int kCrash = 4;
    EndProcess(phone_, package_, kCrash, 0, "crash");
    ReconcileCompanion(phone_, package_);
  }

  Android& phone_;
  const std::string& package_;
  Carrier& carrier_;
  CompanionApp& app_;
};

bool Holds(const CompanionApp& app) { return app.doing >= Doing::kSettingUp; }

}  // namespace

void StepCompanion(Android& phone, const std::string& package, Carrier& carrier) {
  Step(phone, package, carrier).Do();
}

void LoseData(CompanionApp& app) {
  CompanionApp fresh;
  fresh.needs_server = app.needs_server;
  fresh.supports_band = app.supports_band;
  fresh.needs_package = app.needs_package;
  fresh.grabs = app.grabs;
  fresh.faulty_version = app.faulty_version;
  fresh.locked_in_recents = app.locked_in_recents;
  fresh.signed_in = false;
  fresh.pid = app.pid;
  fresh.doing = app.doing;
  fresh.next = app.next;
  app = std::move(fresh);
}

void DropLink(Android& phone, std::string_view address, int reason) {
  if (!phone.life.on_air) return LinkLost(phone, address, reason);
  if (StandingLink(phone, address) != nullptr) phone.life.severed = reason;
}

void LinkLost(Android& phone, std::string_view address, int reason) {
  const std::string peer(address);
  LinkDown(phone, peer, reason);
  for (auto& [package, app] : phone.life.apps) {
    GattClient* client = FindClient(phone, package, peer);
    // On an air, one that has given up already waits for its link to end.
    const bool held = phone.life.on_air && client != nullptr && client->connected;
    if (app.band != peer || (!Holds(app) && !held)) continue;
    if (client != nullptr) LogLost(phone, package, *client, reason);
    CloseClients(phone, package, peer);
    if (!Holds(app)) continue;
    app.doing = Doing::kResting;
    app.step = 0;
    // A lost band is looked for at once, one that hung up a little later.
    app.next =
        phone.clock.boot + (reason == kTimeout ? seconds(2) : seconds(Between(phone, 15, 25)));
  }
}

void ReconcileCompanion(Android& phone, const std::string& name) {
  CompanionApp& app = phone.life.apps.at(name);
  const auto process = phone.life.processes.find(name);
  const int pid = process == phone.life.processes.end() ? 0 : process->second.pid;
  const auto stop = [&](microseconds again) {
    app.doing = Doing::kResting;
    app.step = 0;
    app.next = phone.clock.boot + again;
  };
  if (Package* package = FindPackage(phone.system, name);
      package != nullptr && package->first_run && (!app.band.empty() || app.signed_in))
    LoseData(app);
  // A band that the app was told to forget is let go.
  std::erase_if(phone.bluetooth.clients, [&](const GattClient& client) {
    return client.package == name && !client.peer.empty() && client.peer != app.band;
  });
  if (pid != app.pid) {
    StopScans(phone, name);
    CloseClients(phone, name);
    app.pid = pid;
    stop(milliseconds(Between(phone, 1'000, 4'000)));
  }
  if (app.doing == Doing::kScanning && !Scans(phone, name)) stop(seconds(5));
  if (app.doing >= Doing::kConnecting) {
    GattClient* client = FindClient(phone, name, app.band);
    if (client == nullptr) {
      stop(seconds(5));
    } else if (Holds(app) && StandingLink(phone, app.band) == nullptr) {
      LogLost(phone, name, *client, kPhoneHangsUp);
      CloseClients(phone, name, app.band);
      stop(seconds(5));
    }
  }
}

}  // namespace bk::simulate
