#include "reports/phones.h"

#include <fmt/format.h>

#include <map>
#include <string_view>

namespace bk::reports {
namespace {

constexpr std::string_view kPackage = "com.xiaomi.hm.health";
constexpr int kAppId = 10143;

struct Build {
  int android, sdk;
  std::string_view maker, model, fingerprint, extra_properties, date;
};

const Build& BuildOf(Phone phone) {
  static const Build kMiui{9,
                           28,
                           "Xiaomi",
                           "Redmi Invented 7",
                           "xiaomi/invented/invented:9/PKQ1.180904.001/V12.5.1.0.PFGMIXM:user",
                           "[ro.miui.ui.version.code]: [11]\n[ro.miui.ui.version.name]: [V125]\n",
                           "2021-06-10"};
  static const Build kStock{12,
                            31,
                            "Google",
                            "Invented Pixel",
                            "google/inventedfin/inventedfin:12/SP1A.210812.015/7679548:user",
                            "",
                            "2022-02-10"};
  static const Build kSamsung{14,
                              34,
                              "samsung",
                              "SM-X145I",
                              "samsung/inventedxx/invented:14/UP1A.231005.007/X145IXXU1:user",
                              "[ro.build.version.oneui]: [60101]\n",
                              "2024-06-10"};
  switch (phone) {
    case Phone::kMiui9:
      return kMiui;
    case Phone::kStock12:
      return kStock;
    case Phone::kSamsung14:
      break;
  }
  return kSamsung;
}

class Writer {
 public:
  explicit Writer(const Plan& plan) : plan_(plan), build_(BuildOf(plan.phone)) {}

  std::string Write() {
    Header();
    SystemLog();
    Section("EVENT LOG", "logcat -b events -v threadtime -v printable -v uid -d *:v", EventLog());
    Section("SYSTEM PROPERTIES", "getprop", Properties());
    Services();
    out_ += kDouble;
    out_ += "== dumpstate: done (id 1)\n";
    out_ += kDouble;
    return std::move(out_);
  }

 private:
  static constexpr std::string_view kDouble =
      "========================================================\n";

  [[nodiscard]] bool Is(Fault fault) const { return plan_.fault == fault; }
  // With these the app cannot hold a link to the band.
  [[nodiscard]] bool Linked() const { return Is(Fault::kNone) && plan_.band; }
  [[nodiscard]] bool BluetoothOn() const {
    return !Is(Fault::kBluetoothOff) && !Is(Fault::kAirplaneMode);
  }
  [[nodiscard]] bool AppRuns() const {
    return plan_.band && !Is(Fault::kForceStopped) && !Is(Fault::kAppDisabled);
  }
  [[nodiscard]] std::string Day() const { return std::string(build_.date.substr(5)); }

  void Header() {
    out_ += kDouble;
    out_ += fmt::format("== dumpstate: {} 17:06:30\n", build_.date);
    out_ += kDouble;
    out_ += fmt::format(
        "\nBuild: INVENTED.{0}\nBuild fingerprint: '{1}/release-keys'\nBootloader: unknown\n"
        "Radio: 1.0\nNetwork: Invented Mobile\nKernel: Linux version 4.19.113 (gcc version 4.9)\n"
        "Uptime: up 0 weeks, 2 days, 4 hours, 11 minutes\nBugreport format version: 2.0\n"
        "Dumpstate info: id=1 pid=4711 dry_run=0 args=/system/bin/dumpstate -S "
        "bugreport_mode=BUGREPORT_DEFAULT\n\n",
        build_.android, build_.fingerprint);
  }

  void Section(std::string_view title, std::string_view command, std::string_view body) {
    out_ +=
        fmt::format("------ {0} ({1}) ------\n{2}------ 0.514s was the duration of '{0}' ------\n",
                    title, command, body);
  }

  void SystemLog() {
    std::string log = "--------- beginning of main\n";
    const auto line = [&](std::string_view time, std::string_view rest) {
      log += fmt::format("{} {}  1002  2101  2140 {}\n", Day(), time, rest);
    };
    line("16:40:00.100", "D BluetoothAdapter: getState(). Returning ON");
    log += fmt::format("{} 16:41:00.100 10143  7001  7001 I AccountHelper: account {} is current\n",
                       Day(), kAccount);
    if (Is(Fault::kBluetoothCrashed)) {
      for (const std::string_view time : {"16:20:10.106", "16:41:02.228", "17:02:29.106"})
        log += fmt::format(
            "{} {}  1000  1348  1399 E BluetoothManagerService: "
            "MESSAGE_BLUETOOTH_SERVICE_DISCONNECTED: 1\n",
            Day(), time);
    }
    if (Is(Fault::kStaleBond)) {
      for (int i = 0; i < 4; ++i) {
        const std::string at = fmt::format("17:0{}:00.", i);
        line(at + "100", fmt::format("I BtGatt.GattService: clientConnect() - address={}, "
                                     "isDirect=true, opportunistic=false, phy=1",
                                     Logged()));
        line(at + "900",
             fmt::format("D BluetoothRemoteDevices: aclStateChangeCallback: Adapter State: ON "
                         "Disconnected: {} transportLinkType: 2 hciReason: 6",
                         Logged()));
      }
    }
    if (Is(Fault::kBackgroundRestricted) && build_.android == 9)
      log += fmt::format(
          "{0} 16:30:00.100  1000  1348  1399 W ActivityManager: Background start not allowed: "
          "service Intent {{ cmp={1}/.bt.HMService }} to {1}/.bt.HMService from pid=-1 uid=10143 "
          "pkg={1} startFg?=false\n",
          Day(), kPackage);
    Section("SYSTEM LOG", "logcat -v threadtime -v printable -v uid -d *:v", log);
  }

  std::string EventLog() const {
    std::string log = "--------- beginning of events\n";
    if (AppRuns())
      log += fmt::format(
          "{0} 07:00:00.000  1000  1348  1400 I am_proc_start: [0,7001,10143,{1},service,{1}/"
          ".bt.HMService]\n",
          Day(), kPackage);
    if (Is(Fault::kForceStopped))
      log += fmt::format(
          "{0} 16:00:00.000  1000  1348  1400 I am_kill : [0,7001,{1},200,stop {1}{2}]\n", Day(),
          kPackage, build_.android == 9 ? "" : " due to from pid 9001");
    return log;
  }

  std::string Properties() const {
    return fmt::format(
        "[persist.sys.timezone]: [Europe/Berlin]\n[ro.boot.serialno]: [{}]\n"
        "[ro.boot.verifiedbootstate]: [green]\n[ro.build.date.utc]: [1609459200]\n"
        "[ro.build.tags]: [release-keys]\n[ro.build.type]: [user]\n"
        "[ro.build.version.release]: [{}]\n[ro.build.version.sdk]: [{}]\n"
        "[ro.build.version.security_patch]: [2021-01-05]\n{}"
        "[ro.debuggable]: [0]\n[ro.product.manufacturer]: [{}]\n[ro.product.model]: [{}]\n"
        "[ro.secure]: [1]\n",
        kSerial, build_.android, build_.sdk, build_.extra_properties, build_.maker, build_.model);
  }

  // As the stack logs the band's address.
  [[nodiscard]] std::string Logged() const {
    return build_.android >= 14 ? "XX:XX:XX:XX:5B:6C" : kBandAddress;
  }
  [[nodiscard]] std::string Native() const {
    return build_.android >= 14 ? "xx:xx:xx:xx:5b:6c" : "c8:0f:10:4a:5b:6c";
  }

  [[nodiscard]] std::string EnableLog() const {
    std::string log = fmt::format("  {} 06:00:01  Enabled  due to SYSTEM_BOOT by android\n", Day());
    const auto line = [&](std::string_view time, std::string_view what) {
      log += fmt::format("  {} {} {}\n", Day(), time, what);
    };
    if (Is(Fault::kBluetoothOff))
      line("16:00:00", "Disabled due to APPLICATION_REQUEST by com.android.settings");
    if (Is(Fault::kAirplaneMode)) line("16:00:00", "Disabled due to AIRPLANE_MODE by android");
    if (Is(Fault::kBluetoothCrashed)) {
      for (const std::string_view time : {"16:20:10", "16:41:02", "17:02:29"}) {
        line(time, "Disabled due to CRASH by android");
        line(time, " Enabled  due to RESTARTED by android");
      }
    }
    return log;
  }

  std::string BluetoothManager() const {
    std::string dump = fmt::format(
        "Bluetooth Status\n  enabled: {0}\n  state: {1}\n  address: {2}\n  name: Invented\n",
        BluetoothOn(), BluetoothOn() ? "ON" : "OFF", kPhoneAddress);
    if (BluetoothOn()) dump += "  time since enabled: 00:04:01.715\n";
    dump += "\nEnable log:\n" + EnableLog();
    if (Is(Fault::kBluetoothCrashed))
      dump += fmt::format(
          "\nBluetooth crashed 3 times\n  {0} 16:20:10\n  {0} 16:41:02\n  {0} 17:02:29\n", Day());
    else
      dump += "\nBluetooth crashed 0 times\n";
    dump += build_.android == 9 ? "\n0 BLE appsregistered\n" : "\n0 BLE apps registered\n";
    if (build_.android >= 12) dump += "\nBluetoothManagerService:\n  mEnable:true\n";
    if (!BluetoothOn()) return dump + "\nBluetooth Service not connected\n";
    dump += fmt::format(
        "\n\nAdapterProperties\n  Name: Invented\n  Address: {}\n"
        "  ScanMode: SCAN_MODE_CONNECTABLE\n  ConnectionState: STATE_DISCONNECTED\n  State: ON\n"
        "  MaxConnectedAudioDevices: 5\n  Discovering: false\n  Bonded devices:\n"
        "    00:1B:DC:00:00:02 [ DUAL ] Headset\n",
        kPhoneAddress);
    if (plan_.band) dump += fmt::format("    {} [  LE  ] Mi Smart Band 4\n", kBandAddress);
    dump += "mSnoopLogSettingAtEnable = empty\n\nProfile: GattService\n  mMaxScanFilters: 16\n\n";
    if (build_.android >= 12) {
      dump += "Registered App\n  Scanner:\n  Client:\n";
      if (Linked()) dump += fmt::format("      app_if: 5, appName: {}\n", kPackage);
      dump += "  Server:\n\n";
    }
    dump += Scanner() + Client();
    dump += "GATT Server Map\n  Entries: 0\n\nGATT Handle Map\n  Entries: 0\n  Requests: 0\n\n";
    dump += Links();
    if (build_.android >= 14) dump += Shim();
    return dump;
  }

  // One app's block in a map.
  [[nodiscard]] std::string App(std::string_view name, int scans, std::string_view mode_ms,
                                int results, std::string_view last) const {
    const bool old = build_.android == 9;
    std::string block = fmt::format(
        "  {} (Registered)\n"
        "  LE scans (started/stopped)                                  : {} / {}\n",
        name, scans, scans);
    if (old)
      block +=
          "  Scan time in ms (min/max/avg/total)                         : 0 / 5003 / 5000 / "
          "60000\n";
    else
      block += fmt::format(
          "  Scan time in ms (active/suspend/total)                      : {0} / 0 / {0}\n"
          "  Scan time with mode in ms (Opp/LowPower/Balanced/LowLatency/AmbientDiscovery):0 / 0 "
          "/ 0 / {0} / 0\n"
          "  Scan mode counter (Opp/LowPower/Balanced/LowLatency/AmbientDiscovery):0 / 0 / 0 / {1} "
          "/ 0\n"
          "  Score                                                       : 9\n",
          mode_ms, scans);
    block += fmt::format("  Total number of results                                     : {}\n",
                         results);
    return block + std::string(last);
  }

  std::string Scanner() const {
    const bool searches = AppRuns() && (Is(Fault::kLocationDenied) || Is(Fault::kNearbyDenied) ||
                                        Is(Fault::kLocationOff));
    // Without "Nearby devices" the scan is refused, and the app is in no map at all.
    const bool listed = searches && !Is(Fault::kNearbyDenied);
    std::string map = fmt::format("GATT Scanner Map\n  Entries: {}\n\n", listed ? 2 : 1);
    map += App("com.google.uid.shared:10020", 3, "15000", 41, "") + "\n";
    if (listed) {
      map += App(kPackage, 12, "60000", 0,
                 fmt::format("  Last 1 scans                                                :\n"
                             "    {} 17:01:05 - 5003ms Filter 0 results (7) CB Regular Scan\n",
                             build_.android == 9 ? "2021/06/10" : Day()));
      map += "\n";
    }
    return map;
  }

  std::string Client() const {
    std::string map = fmt::format("GATT Client Map\n  Entries: {}\n\n", Linked() ? 1 : 0);
    if (!Linked()) return map;
    map += App(kPackage, 0, "0", 0, "");
    map += fmt::format(
        "  Application ID                                              : 5\n"
        "  UUID                                                        : "
        "8a1b0000-0000-0000-0000-000000000005\n"
        "  Connections: 1\n    {} 16:00:00 - 3990000ms : {} (5)\n\n",
        Day(), kBandAddress);
    return map;
  }

  std::string Links() const {
    std::string events = "Connection Events:\n";
    const auto event = [&](std::string_view time, std::string_view what) {
      events += fmt::format("  {} {} {}\n", Day(), time, what);
    };
    if (plan_.band && Is(Fault::kStaleBond)) {
      for (int i = 3; i >= 0; --i) {
        event(fmt::format("17:0{}:00.900", i), fmt::format("DISCONNECTED {} reason=6", Native()));
        event(fmt::format("17:0{}:00.100", i), fmt::format("CONNECTED    {}", Native()));
      }
    } else if (Linked()) {
      event("16:00:00.100", fmt::format("CONNECTED    {}", Native()));
    } else if (plan_.band && Is(Fault::kForceStopped)) {
      event("16:00:00.100", fmt::format("DISCONNECTED {} reason=22", Native()));
      event("07:00:00.100", fmt::format("CONNECTED    {}", Native()));
    } else {
      events += "  None\n";
    }
    return events +
           "\nBond Events: \n  Total Number of events: 0\n\nBluetooth Config:\n"
           "  Config Source: Original file\n  Devices loaded: 2\n"
           "  File created/tagged: 2021-01-01 00:00:00\n  File source: Empty\n\n"
           "connection_manager state:\n\tno Low Energy connection attempts\n\n";
  }

  std::string Shim() const {
    if (!plan_.band || !Is(Fault::kStaleBond)) return {};
    std::string shim =
        " ----- shim::legacy::record -----\n"
        "shim::legacy::record 001 xx:xx:xx:xx:5b:6c   LE   cod:0x000000 remote_info:UNKNOWN "
        "sm4:0x00 SecureConn:F name:\"M\" sec_prop:bredr_linkkey_known:F,le_linkkey_known:F,"
        "bond_type:BOND_TYPE_PERSISTENT,ble_enc_key_size:16,le_encrypted:F\n"
        " ----- shim::legacy::btm -----\n";
    for (int i = 0; i < 4; ++i)
      shim += fmt::format(
          "shim::legacy::btm  {0} 17:0{1}:00.100 ACL    Connection successful    : "
          "xx:xx:xx:xx:5b:6c Le Local initiated\n"
          "shim::legacy::btm  {0} 17:0{1}:00.800 SEC    Encryption failed        : "
          "xx:xx:xx:xx:5b:6c status:PIN_OR_KEY_MISSING(0x06) transport:BT_TRANSPORT_LE "
          "is_encrypted:F\n",
          build_.date, i);
    return shim;
  }

  // Before 10 the dump leaves out a permission that was never granted and prints no flags that
  // matter here; from 12 on scans have a permission of their own.
  std::string Packages() const {
    std::string dump =
        "Features:\n  android.hardware.bluetooth\n  android.hardware.bluetooth_le\n"
        "  android.hardware.wifi\n\nPackages:\n";
    const std::string_view id = build_.android >= 13 ? "appId" : "userId";
    const auto other = [&](std::string_view name, int uid) {
      dump += fmt::format(
          "  Package [{}] (1a2b3c4):\n    {}={}\n    pkg=Package{{5d6e7f {}}}\n"
          "    codePath=/data/app/{}-1\n    versionCode=10 minSdk=21 targetSdk=28\n"
          "    versionName=1.0\n    flags=[ HAS_CODE ]\n    install permissions:\n"
          "      android.permission.INTERNET: granted=true\n"
          "    User 0: ceDataInode=7 installed=true hidden=false suspended=false stopped=false "
          "notLaunched=false enabled=0 instant=false virtual=false\n      gids=[3003]\n",
          name, id, uid, name, name);
    };
    other("android", 1000);
    other("com.android.bluetooth", 1002);
    other("com.example.notes", 10101);
    if (plan_.band) dump += Companion(id);
    other("com.example.weather", 10150);
    return dump + "\nQueries:\n  system apps queryable: false\n\nShared users:\n";
  }

  std::string Companion(std::string_view id) const {
    std::string block = fmt::format(
        "  Package [{0}] (2a2b3c4):\n    {1}={2}\n    pkg=Package{{6d6e7f {0}}}\n"
        "    codePath=/data/app/{0}-Q==\n    versionCode=60902 minSdk=23 targetSdk=31\n"
        "    versionName=6.9.2\n    flags=[ HAS_CODE ALLOW_CLEAR_USER_DATA ]\n"
        "    timeStamp=2021-01-20 10:00:00\n    firstInstallTime=2021-01-02 09:00:00\n"
        "    lastUpdateTime=2021-01-20 10:00:00\n    installerPackageName=com.android.vending\n"
        "    requested permissions:\n      android.permission.BLUETOOTH\n"
        "      android.permission.BLUETOOTH_ADMIN\n      android.permission.BLUETOOTH_SCAN\n"
        "      android.permission.BLUETOOTH_CONNECT\n"
        "      android.permission.ACCESS_FINE_LOCATION\n"
        "      android.permission.ACCESS_COARSE_LOCATION\n"
        "    install permissions:\n      android.permission.BLUETOOTH: granted=true\n"
        "      android.permission.BLUETOOTH_ADMIN: granted=true\n"
        "      android.permission.INTERNET: granted=true\n"
        "    User 0: ceDataInode=8 installed=true hidden=false suspended=false stopped={3} "
        "notLaunched=false enabled={4} instant=false virtual=false\n",
        kPackage, id, kAppId, Is(Fault::kForceStopped), Is(Fault::kAppDisabled) ? 3 : 0);
    if (Is(Fault::kAppDisabled)) block += "      lastDisabledCaller: com.android.settings\n";
    block += "      gids=[3003]\n      runtime permissions:\n";
    const auto permission = [&](std::string_view name, bool granted) {
      block += fmt::format("        android.permission.{}: granted={}, flags=[ USER_SET{} ]\n",
                           name, granted, granted ? "" : "|USER_FIXED");
    };
    permission("ACCESS_FINE_LOCATION", !Is(Fault::kLocationDenied));
    permission("ACCESS_COARSE_LOCATION", !Is(Fault::kLocationDenied));
    if (build_.android >= 12) {
      permission("BLUETOOTH_SCAN", !Is(Fault::kNearbyDenied));
      permission("BLUETOOTH_CONNECT", !Is(Fault::kNearbyDenied));
    }
    if (build_.android >= 13) permission("POST_NOTIFICATIONS", true);
    return block;
  }

  std::string AppOps() const {
    const auto op = [&](std::string_view name, bool allowed) {
      return build_.android == 9
                 ? fmt::format("      {}: mode={}; time=+5m13s681ms ago; duration=+3ms\n", name,
                               allowed ? 0 : 1)
                 : fmt::format(
                       "      {} ({}):\n          Access: [fg-s] {} 16:59:01.000 "
                       "(-7m29s)\n",
                       name, allowed ? "allow" : "ignore", build_.date);
    };
    std::string dump =
        "Current AppOps Service state:\n  Settings:\n    top_state_settle_time=+30s0ms\n\n"
        "  Uid 1002:\n    state=pers\n    Package com.android.bluetooth:\n" +
        op("WAKE_LOCK", true) + "  Uid u0a101:\n    state=cch\n    Package com.example.notes:\n" +
        op("WAKE_LOCK", true);
    if (plan_.band) {
      dump += fmt::format("  Uid u0a143:\n    state=cch\n    Package {}:\n", kPackage);
      dump += op("FINE_LOCATION", !Is(Fault::kLocationDenied));
      dump += op("WAKE_LOCK", true);
      dump += op("RUN_ANY_IN_BACKGROUND", !Is(Fault::kBackgroundRestricted));
    }
    return dump;
  }

  std::string Activity() const {
    std::string dump = "ACTIVITY MANAGER SETTINGS (dumpsys activity settings)\n  x=1\n";
    if (build_.android < 11) return dump;
    dump +=
        "-------------------------------------------------------------------------------\n"
        "ACTIVITY MANAGER PROCESS EXIT INFO (dumpsys activity exit-info)\n"
        "Last Timestamp of Persistence Into Persistent Storage: 2022-02-10 16:00:00.000\n";
    if (Is(Fault::kBackgroundRestricted))
      dump += fmt::format(
          "  package: {0}\n    Historical Process Exit for uid=10143\n"
          "        ApplicationExitInfo #0:\n"
          "          timestamp={1} 15:00:00.000 pid=7001 realUid=10143 packageUid=10143 "
          "definingUid=10143 user=0\n"
          "          process={0} reason=13 (OTHER KILLS BY SYSTEM) subreason=18 (CACHED IDLE "
          "FORCED "
          "APP STANDBY) status=0\n"
          "          importance=400 pss=0.00 rss=98MB description=cached idle & background "
          "restricted state=empty trace=null\n",
          kPackage, build_.date);
    if (!Is(Fault::kForceStopped)) return dump;
    const bool old = build_.android < 14;
    dump += fmt::format(
        "  package: {0}\n    Historical Process Exit for uid=10143\n"
        "        ApplicationExitInfo #0:\n"
        "          timestamp={1} 16:00:00.000 pid=7001 realUid=10143 packageUid=10143 "
        "definingUid=10143 user=0\n"
        "          process={0} reason=10 (USER REQUESTED) subreason={2} status=0\n"
        "          importance=125 pss=0.00 rss=98MB description=stop {0} due to from pid 9001 "
        "state=empty trace=null\n",
        kPackage, build_.date, old ? "0 (UNKNOWN)" : "21 (FORCE STOP)");
    return dump;
  }

  void Services() {
    std::map<std::string, std::string> dumps;
    dumps["activity"] = Activity();
    dumps["alarm"] = "Current Alarm Manager state:\n  nowRTC=1\n  App Standby Parole: false\n";
    dumps["account"] = fmt::format(
        "User UserInfo{{0:Invented:13}}:\n  Accounts: 1\n    Account {{name={}, "
        "type=com.google}}\n",
        kAccount);
    dumps["appops"] = AppOps();
    dumps["battery"] =
        "Current Battery Service state:\n  AC powered: false\n  USB powered: false\n"
        "  status: 3\n  health: 2\n  present: true\n  level: 80\n  scale: 100\n";
    dumps["batterystats"] = "Battery History (0% used):\n";
    dumps["bluetooth_manager"] = BluetoothManager();
    if (build_.android >= 12)
      dumps["companiondevice"] = build_.android == 12 ? "Companion Device Associations:\n"
                                                      : "Companion Device Associations: <empty>\n";
    dumps["connectivity"] = "NetworkProviders for:\n";
    dumps["deviceidle"] = fmt::format(
        "  Settings:\n    inactive_to=+30m0s0ms\n"
        "  Whitelist (except idle) system apps:\n    com.android.shell\n"
        "  Whitelist system apps:\n    com.android.shell\n  Whitelist user apps:\n    {}\n"
        "  Whitelist (except idle) all app ids:\n    2000\n    10143\n"
        "  Whitelist all app ids:\n    2000\n    10143\n"
        "  mLightEnabled=true  mDeepEnabled=true\n  mState=ACTIVE mLightState=ACTIVE\n",
        plan_.band ? kPackage : "com.example.notes");
    dumps["jobscheduler"] = "Settings:\n  min_ready_non_active_jobs_count=5\n";
    dumps["location"] =
        build_.android == 9
            ? std::string("Current Location Manager state:\n  Location Listeners:\n")
            : fmt::format(
                  "Location Manager State:\n  Location Settings:\n    Location Setting: "
                  "{}\n",
                  !Is(Fault::kLocationOff));
    dumps["netpolicy"] =
        "System ready: true\nRestrict background: false\nRestrict power: false\n"
        "Device idle: false\nPolicy for UIDs:\n";
    dumps["notification"] = "Current Notification Manager state:\n";
    dumps["package"] = Packages();
    dumps["power"] =
        "POWER MANAGER (dumpsys power)\n\nPower Manager State:\n  mIsPowered=false\n"
        "  mBatteryLevel=80\n\nBattery Saver is currently: OFF\n";
    dumps["settings"] = fmt::format(
        "GLOBAL SETTINGS (user 0)\n"
        "_id:1 name:airplane_mode_on pkg:android value:{} default:0 defaultSystemSet:true\n"
        "_id:2 name:bluetooth_on pkg:android value:{} default:1 defaultSystemSet:true\n"
        "_id:3 name:auto_time pkg:android value:1 default:1 defaultSystemSet:true\n"
        "_id:4 name:auto_time_zone pkg:android value:1 default:1 defaultSystemSet:true\n"
        "_id:5 name:low_power pkg:android value:0 default:0 defaultSystemSet:true\n"
        "SECURE SETTINGS (user 0)\n"
        "_id:6 name:location_mode pkg:android value:{} default:3 defaultSystemSet:true\n"
        "_id:7 name:bluetooth_address pkg:android value:{} default:null defaultSystemSet:true\n"
        "_id:8 name:location_providers_allowed pkg:android value:{} default:gps "
        "defaultSystemSet:true\n",
        Is(Fault::kAirplaneMode) ? 1 : 0, BluetoothOn() ? 1 : 0, Is(Fault::kLocationOff) ? 0 : 3,
        kPhoneAddress, Is(Fault::kLocationOff) ? "" : "gps,network");
    dumps["usagestats"] = "user=0\n  App Standby States:\n";
    if (plan_.band)
      dumps["usagestats"] +=
          fmt::format("    package={} u=0 bucket={} reason={} used=+1h2m3s4ms\n", kPackage,
                      Is(Fault::kBackgroundRestricted) && build_.android >= 12 ? 45 : 10,
                      Is(Fault::kBackgroundRestricted) && build_.android >= 12 ? "f" : "u-mf");
    for (const std::string_view name : {"DockObserver", "account2", "audio", "clipboard", "wifi"})
      dumps.try_emplace(std::string(name), "  state: fine\n");
    out_ += "------ DUMPSYS (/system/bin/dumpsys) ------\n";
    for (const auto& [name, body] : dumps) {
      out_ += "-------------------------------------------------------------------------------\n";
      out_ += fmt::format("DUMP OF SERVICE {}:\n{}", name, body);
      out_ +=
          fmt::format("--------- 0.009s was the duration of dumpsys {}, ending at: {} 17:07:00\n",
                      name, build_.date);
    }
    out_ += "------ 9.178s was the duration of 'DUMPSYS' ------\n";
  }

  const Plan& plan_;
  const Build& build_;
  std::string out_;
};

}  // namespace

std::string Report(const Plan& plan) { return Writer(plan).Write(); }
std::string ModelOf(Phone phone) { return std::string(BuildOf(phone).model); }
int AndroidOf(Phone phone) { return BuildOf(phone).android; }

}  // namespace bk::reports
