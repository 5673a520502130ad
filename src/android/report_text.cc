#include "android/report_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <map>
#include <span>
#include <string_view>

#include "android/bluetooth/bluetooth_dumps.h"
#include "android/packages/package_dumps.h"

namespace bk::android::testing {
namespace {

constexpr std::string_view kRule =
    "-------------------------------------------------------------------------------\n";
constexpr std::string_view kDoubleRule =
    "========================================================\n";

// Services that are in every report and say nothing of use here.
constexpr std::string_view kFillers[] = {"DockObserver",
                                         "SurfaceFlinger",
                                         "accessibility",
                                         "account",
                                         "activity_task",
                                         "appwidget",
                                         "assetatlas",
                                         "audio",
                                         "backup",
                                         "carrier_config",
                                         "clipboard",
                                         "color_display",
                                         "content",
                                         "country_detector",
                                         "cpuinfo",
                                         "crossprofileapps",
                                         "dbinfo",
                                         "device_policy",
                                         "devicestoragemonitor",
                                         "diskstats",
                                         "display",
                                         "dreams",
                                         "dropbox",
                                         "ethernet",
                                         "fingerprint",
                                         "gfxinfo",
                                         "graphicsstats",
                                         "hardware_properties",
                                         "imms",
                                         "input",
                                         "input_method",
                                         "isms",
                                         "launcherapps",
                                         "lock_settings",
                                         "media_session",
                                         "meminfo",
                                         "midi",
                                         "mount",
                                         "netstats",
                                         "network_score",
                                         "persistent_data_block",
                                         "phone",
                                         "pinner",
                                         "print",
                                         "procstats",
                                         "restrictions",
                                         "search",
                                         "sensorservice",
                                         "shortcut",
                                         "statusbar",
                                         "telecom",
                                         "trust",
                                         "uimode",
                                         "updatelock",
                                         "usb",
                                         "vibrator",
                                         "wallpaper",
                                         "webviewupdate",
                                         "wifi",
                                         "wifip2p",
                                         "window"};

std::string_view BluetoothDump(int android) {
  if (android <= 8) return kDumpAndroid7;
  if (android <= 11) return kDumpAndroid10;
  if (android <= 14) return kDumpAndroid13;
  return kDumpAndroid15;
}

std::string PackageDump(const ReportPlan& plan) {
  std::string dump(plan.android <= 11 ? kPackagesAndroid8 : kPackagesAndroid14);
  std::string others;
  for (std::size_t i = 0; i < plan.other_packages; ++i)
    others += fmt::format(
        "  Package [com.example.app{0}] (7a{0:04x}):\n"
        "    {1}={2}\n"
        "    pkg=Package{{1a2b3c com.example.app{0}}}\n"
        "    codePath=/data/app/com.example.app{0}-1\n"
        "    versionCode={0} minSdk=21 targetSdk=28\n"
        "    versionName=1.{0}\n"
        "    flags=[ HAS_CODE ALLOW_BACKUP ]\n"
        "    requested permissions:\n"
        "      android.permission.INTERNET\n"
        "    install permissions:\n"
        "      android.permission.INTERNET: granted=true\n"
        "    User 0: ceDataInode={0} installed=true hidden=false suspended=false stopped=false "
        "notLaunched=false enabled=0 instant=false\n"
        "      gids=[3003]\n",
        i, plan.android <= 12 ? "userId" : "appId", 10'200 + i);
  // The block goes behind the first heading of the list.
  const std::size_t heading = dump.find("Packages:\n");
  return dump.insert(heading + std::string_view("Packages:\n").size(), others);
}

class Writer {
 public:
  explicit Writer(const ReportPlan& plan) : plan_(plan) {}

  std::string Write() {
    Header();
    if (plan_.android >= 9) Critical();
    Logs();
    Properties();
    Section("UPTIME", "uptime", " 17:06:37 up 3 days,  3:27,  0 users,  load average: 2.00\n");
    if (plan_.flavour == Flavour::kSamsung)
      Section("KNOX INFO", "/system/bin/knox", "  state: 0\n  Title: ------ nested ------\n");
    AllServices();
    End();
    return std::move(out_);
  }

 private:
  std::string Date() const { return fmt::format("20{:02}-03-04", plan_.android + 10); }

  void Header() {
    if (!plan_.header) return;
    const std::string release = plan_.android == 8 ? "8.1.0" : fmt::format("{}", plan_.android);
    out_ += kDoubleRule;
    out_ += fmt::format("== dumpstate: {} 17:06:30\n", Date());
    out_ += kDoubleRule;
    out_ += fmt::format(
        "\nBuild: BAND1.{0}.021\n"
        "Build fingerprint: '{1}:{2}/BAND1.{0}.021/4565141:user/release-keys'\n"
        "Bootloader: 1.0\nRadio: 1.0\nNetwork: (unknown)\n",
        plan_.android, Fingerprint(), release);
    if (plan_.android >= 11) out_ += fmt::format("Android SDK version: {}\n", SdkOf(plan_.android));
    out_ += "Kernel: Linux version 4.14.190 (builder@host)\n";
    if (plan_.android >= 12)
      out_ += "Bootconfig: androidboot.hardware = \"invented\"\nandroidboot.logcat = \"*:V\"\n";
    if (plan_.android >= 9) out_ += "Uptime: up 0 weeks, 3 days, 3 hours, 27 minutes\n";
    out_ += fmt::format("Bugreport format version: {}\n\n", plan_.android >= 9 ? "2.0" : "1.0");
  }

  std::string Fingerprint() const {
    switch (plan_.flavour) {
      case Flavour::kSamsung:
        return "samsung/inventedxx/invented";
      case Flavour::kXiaomi:
        return "Xiaomi/invented/invented";
      case Flavour::kPlain:
        break;
    }
    return "google/invented/invented";
  }

  void Critical() {
    out_ += "------ DUMPSYS CRITICAL (/system/bin/dumpsys) ------\n";
    Service("CRITICAL SurfaceFlinger", "Build configuration: [sf]\n--- a line of its own ---\n");
    Service("CRITICAL activity",
            "ACTIVITY MANAGER LAST ANR (dumpsys activity lastanr)\n  <no ANR>\n");
    out_ += "------ 0.178s was the duration of 'DUMPSYS CRITICAL' ------\n";
  }

  void Section(std::string_view title, std::string_view command, std::string_view body) {
    out_ += fmt::format("------ {} ({}) ------\n{}", title, command, body);
    out_ += fmt::format("------ 0.014s was the duration of '{}' ------\n", title);
  }

  void Logs() {
    const bool uid = plan_.android >= 9;
    std::string body = "--------- beginning of main\n";
    const std::size_t want = plan_.log_bytes;
    body.reserve(want + 400);
    for (std::size_t i = 0; body.size() < want; ++i) {
      fmt::format_to(std::back_inserter(body), "03-04 {:02}:{:02}:{:02}.{:03} {}{:5} {:5} ",
                     10 + i / 3600'000 % 7, i / 60'000 % 60, i / 1000 % 60, i % 1000,
                     uid ? " 1000 " : "", 1300 + i % 7, 1400 + i % 90);
      switch (i % 5) {
        case 0:
          body += "D InventedService: looked at the state of things and found nothing new\n";
          break;
        case 1:
          fmt::format_to(std::back_inserter(body), "I chatty  : uid=1000 expire {} lines\n", i % 9);
          break;
        case 2:
          body += "V WindowManager: Relayout Window{1a2b3c u0 com.example.app1/.Main}: mode=3\n";
          break;
        case 3:
          body += "W System.err: java.lang.IllegalStateException: it was not ready\n";
          break;
        default:
          body += "D BluetoothAdapter: getState(). Returning ON\n";
          break;
      }
    }
    Section("SYSTEM LOG", "logcat -v threadtime -v printable -v uid -d *:v", body);
    Section("EVENT LOG", "logcat -b events -v threadtime -v printable -v uid -d *:v",
            "--------- beginning of events\n"
            "03-04 17:00:00.000  1000  1300  1400 I am_proc_start: "
            "[0,2222,10150,com.xiaomi.hm.health,service,com.xiaomi.hm.health/.bt.Service]\n");
    Section("KERNEL LOG", "dmesg", "<6>[    0.000000] Booting Linux on physical CPU 0x0\n");
    out_ +=
        "------ LAST LOGCAT (logcat -L -b all -v threadtime) ------\n"
        "logcat: Logcat read failure: No such file or directory\n"
        "*** command 'logcat -L -b all -v threadtime' failed: exit code 1\n"
        "------ 0.003s was the duration of 'LAST LOGCAT' ------\n";
  }

  void Properties() {
    std::string body = fmt::format(
        "[persist.sys.timezone]: [Europe/Berlin]\n"
        "[ro.build.version.release]: [{}]\n"
        "[ro.build.version.sdk]: [{}]\n"
        "[ro.build.version.security_patch]: [2024-02-01]\n"
        "[ro.product.model]: [{}]\n",
        plan_.android == 8 ? "8.1.0" : fmt::format("{}", plan_.android), SdkOf(plan_.android),
        ModelOf(plan_.flavour));
    switch (plan_.flavour) {
      case Flavour::kPlain:
        body += "[ro.product.manufacturer]: [Google]\n";
        break;
      case Flavour::kSamsung:
        body += "[ro.product.manufacturer]: [samsung]\n[ro.build.version.oneui]: [50100]\n";
        break;
      case Flavour::kXiaomi:
        body += "[ro.product.manufacturer]: [Xiaomi]\n[ro.miui.ui.version.name]: [V125]\n";
        break;
    }
    Section("SYSTEM PROPERTIES", "getprop", body);
  }

  void Service(std::string_view name, std::string_view body) {
    out_ += kRule;
    out_ += fmt::format("DUMP OF SERVICE {}:\n", name);
    if (plan_.android >= 14)
      out_ += "Service host process PID: 508\nThreads in use: 0/32\nClient PIDs: 840, 150\n";
    out_ += body;
    const std::string_view bare = name.substr(name.rfind(' ') + 1);
    out_ += fmt::format("--------- 0.009s was the duration of dumpsys {}", bare);
    if (plan_.android >= 9) out_ += fmt::format(", ending at: {} 17:07:00", Date());
    out_ += '\n';
  }

  void AllServices() {
    std::map<std::string, std::string, std::less<>> dumps;
    for (const std::string_view name : kFillers) dumps[std::string(name)] = "  state: fine\n";
    if (plan_.filler_bytes > 0) {
      std::string& big = dumps["meminfo"];
      for (std::size_t i = 0; big.size() < plan_.filler_bytes; ++i)
        fmt::format_to(std::back_inserter(big),
                       "  {:8} kB: com.example.app{} (pid {} / activities)\n", i * 37 % 99'999,
                       i % 200, 2000 + i % 9000);
    }
    dumps["battery"] =
        "Current Battery Service state:\n  AC powered: false\n  USB powered: true\n"
        "  status: 2\n  health: 2\n  present: true\n  level: 80\n  scale: 100\n"
        "  voltage: 4100\n  temperature: 250\n  technology: Li-ion\n";
    dumps["settings"] =
        "Unknown argument: -a; use -h for help\n"
        "GLOBAL SETTINGS (user 0)\n"
        "_id:1 name:bluetooth_on pkg:android value:1 default:1 defaultSystemSet:true\n"
        "_id:2 name:airplane_mode_on pkg:android value:0 default:0 defaultSystemSet:true\n"
        "_id:3 name:auto_time pkg:android value:1 default:1 defaultSystemSet:true\n"
        "_id:4 name:low_power pkg:android value:0 default:0 defaultSystemSet:true\n"
        "SECURE SETTINGS (user 0)\n"
        "_id:5 name:location_mode pkg:android value:0 default:3 defaultSystemSet:true\n"
        "_id:6 name:enabled_notification_listeners pkg:android "
        "value:com.xiaomi.hm.health/com.xiaomi.hm.health.ui.NotificationService\n"
        "SYSTEM SETTINGS (user 0)\n"
        "_id:7 name:screen_brightness pkg:android value:102 default:102 defaultSystemSet:true\n";
    dumps["deviceidle"] =
        "  Settings:\n    light_after_inactive_to=+5m0s0ms\n    inactive_to=+30m0s0ms\n"
        "  Whitelist (except idle) system apps:\n    com.android.providers.downloads\n"
        "  Whitelist system apps:\n    com.android.providers.downloads\n"
        "  Whitelist user apps:\n    nodomain.freeyourgadget.gadgetbridge\n"
        "  Whitelist (except idle) all app ids:\n    10151\n"
        "  Whitelist all app ids:\n    10151\n"
        "  mLightEnabled=true  mDeepEnabled=true\n  mForceIdle=false\n"
        "  mState=ACTIVE mLightState=ACTIVE\n";
    dumps["usagestats"] =
        "user=0\n  App Standby States:\n"
        "    package=com.xiaomi.hm.health u=0 bucket=40 reason=t used=+2d1h0m0s0ms\n"
        "    package=nodomain.freeyourgadget.gadgetbridge u=0 bucket=10 reason=u-mb "
        "used=+1m0s0ms\n";
    dumps["appops"] =
        "Current AppOps Service state:\n  Settings:\n    top_state_settle_time=+30s0ms\n\n"
        "  Uid u0a150:\n    state=cch  \n    Package com.xiaomi.hm.health:\n"
        "      RUN_ANY_IN_BACKGROUND (ignore): \n";
    dumps["netpolicy"] =
        "System ready: true\nRestrict background: false\nRestrict power: false\n"
        "Device idle: false\nPolicy for UIDs:\n"
        "  UID=10150 policy=1 (REJECT_METERED_BACKGROUND)\n";
    dumps["power"] =
        "POWER MANAGER (dumpsys power)\n\nPower Manager State:\n  mIsPowered=true\n"
        "  mBatteryLevel=80\n\nBattery Saver is currently: OFF\n";
    dumps["location"] = plan_.android >= 12
                            ? "Location Manager State:\n  User Info: running=[u0]\n"
                              "  Location Settings:\n    Location Setting: false\n"
                            : "Current Location Manager state:\n  Location Listeners:\n";
    dumps["activity"] = "ACTIVITY MANAGER SETTINGS (dumpsys activity settings)\n  x=1\n";
    dumps["alarm"] = "Current Alarm Manager state:\n  nowRTC=1\n";
    dumps["batterystats"] = "Battery History (0% used):\n";
    dumps["connectivity"] = "NetworkProviders for:\n";
    dumps["jobscheduler"] = "Settings:\n  min_ready_non_active_jobs_count=5\n";
    dumps["notification"] = "Current Notification Manager state:\n";
    dumps["package"] = PackageDump(plan_);
    if (plan_.android >= 8)
      dumps["companiondevice"] =
          std::string(plan_.android >= 14 ? kCompanionAndroid14 : kCompanionAndroid12);
    if (plan_.bluetooth) {
      std::string dump(BluetoothDump(plan_.android));
      if (!dump.ends_with('\n')) dump += '\n';
      if (plan_.android >= 8 && plan_.android <= 11)
        dump +=
            "--- BEGIN:BTSNOOP_LOG_SUMMARY (12 bytes in) ---\nAgAAAAAAAAAAeJwDAAAAAAE=\n"
            "--- END:BTSNOOP_LOG_SUMMARY ---\n";
      dumps["bluetooth_manager"] = dump;
    } else {
      std::string& package = dumps["package"];
      for (const std::string_view feature :
           {"  android.hardware.bluetooth\n", "  android.hardware.bluetooth_le version=0\n"})
        if (const std::size_t at = package.find(feature); at != std::string::npos)
          package.erase(at, feature.size());
    }
    if (plan_.flavour == Flavour::kSamsung) dumps["CustomFrequencyManagerService"] = "  ok\n";
    if (plan_.flavour == Flavour::kXiaomi) dumps["miui.mqsas.IMQSNative"] = "  ok\n";

    if (plan_.android >= 9) {
      out_ += "------ DUMPSYS NORMAL (/system/bin/dumpsys) ------\n";
    } else {
      out_ += "------ DUMPSYS (/system/bin/dumpsys -t 60 --skip meminfo cpuinfo) ------\n";
    }
    for (const auto& [name, body] : dumps) Service(name, body);
    if (!plan_.bluetooth) out_ += "Can't find service: nfc\n";
    out_ += "------ 20.178s was the duration of 'DUMPSYS' ------\n";
  }

  void End() {
    if (!plan_.done) return;
    out_ += kDoubleRule;
    out_ += "== Final progress (pid 10005): 6945/7375 (estimated 5000)\n";
    out_ += kDoubleRule;
    out_ += "== dumpstate: done (id 3)\n";
    out_ += kDoubleRule;
    out_ += "------ 45.110s was the duration of 'DUMPSTATE' ------\n";
  }

  const ReportPlan& plan_;
  std::string out_;
};

class None : public ports::PatternCompiler {
 public:
  std::unique_ptr<ports::PatternSet> Compile(std::span<const std::string_view>) const override {
    class Set : public ports::PatternSet {
      void Scan(std::string_view,
                const std::function<bool(std::uint32_t, std::uint64_t)>&) const override {}
    };
    return std::make_unique<Set>();
  }
};

}  // namespace

int SdkOf(int android) {
  if (android <= 6) return 23;
  if (android == 7) return 24;
  if (android == 8) return 27;
  return android <= 12 ? android + 19 : android + 20;
}

std::string ModelOf(Flavour flavour) {
  switch (flavour) {
    case Flavour::kSamsung:
      return "SM-X0000";
    case Flavour::kXiaomi:
      return "Redmi Invented 7";
    case Flavour::kPlain:
      break;
  }
  return "Invented Phone";
}

std::string MakeReport(const ReportPlan& plan) { return Writer(plan).Write(); }

std::unique_ptr<ports::PatternCompiler> NoPatterns() { return std::make_unique<None>(); }

std::vector<evidence::CompanionApp> CompanionApps() {
  evidence::CompanionApp zepp_life;
  zepp_life.id = "zepp_life";
  zepp_life.title = "Zepp Life (Mi Fit)";
  zepp_life.packages = {"com.xiaomi.hm.health"};
  zepp_life.speaks_to_band4 = zepp_life.from_maker = zepp_life.needs_account = true;
  zepp_life.permissions = {"android.permission.BLUETOOTH_SCAN",
                           "android.permission.BLUETOOTH_CONNECT",
                           "android.permission.ACCESS_FINE_LOCATION"};
  evidence::CompanionApp gadgetbridge;
  gadgetbridge.id = "gadgetbridge";
  gadgetbridge.title = "Gadgetbridge";
  gadgetbridge.packages = {"nodomain.freeyourgadget.gadgetbridge"};
  gadgetbridge.speaks_to_band4 = true;
  gadgetbridge.permissions = zepp_life.permissions;
  return {zepp_life, gadgetbridge};
}

}  // namespace bk::android::testing
