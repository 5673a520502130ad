// `dumpsys batterystats`: a history and, per app, what it kept awake; of that, who scanned over
// Bluetooth. Shapes: phones of Android 8.1 and 15; AOSP, BatteryStats.java (dumpLocked).
#include <fmt/format.h>

#include <iterator>
#include <string>

#include "simulate/phone/clock_text.h"
#include "simulate/phone/system/names.h"
#include "simulate/phone/system/state.h"
#include "simulate/phone/system/system_programs.h"

namespace bk::simulate {
namespace {

using std::chrono::milliseconds;

// "3h 20m 32s 649ms": BatteryStats.formatTimeMs.
std::string Spaced(milliseconds time) {
  const auto ms = time.count();
  std::string text;
  if (ms >= 86'400'000) text += fmt::format("{}d ", ms / 86'400'000);
  if (ms >= 3'600'000) text += fmt::format("{}h ", ms / 3'600'000 % 24);
  if (ms >= 60'000) text += fmt::format("{}m ", ms / 60'000 % 60);
  if (ms >= 1'000) text += fmt::format("{}s ", ms / 1'000 % 60);
  return text + fmt::format("{}ms", ms % 1'000);
}

struct ScanTime {
  milliseconds all{0}, unfiltered{0};
  std::uint64_t times = 0;
  bool now = false;
};
ScanTime ScansOf(const Android& phone, const std::string& name) {
  ScanTime time;
  if (const auto use = phone.bluetooth.scan_use.find(name); use != phone.bluetooth.scan_use.end()) {
    for (const milliseconds part : use->second.time) time.all += part;
    time.times = use->second.started;
  }
  for (const Scanner& scanner : phone.bluetooth.scanners) {
    if (scanner.package != name) continue;
    const auto running = std::chrono::duration_cast<milliseconds>(phone.clock.boot - scanner.since);
    time.all += running;
    if (!scanner.filtered) time.unfiltered += running;
    time.now = true;
  }
  return time;
}

void History(std::string& out, const Android& phone) {
  const auto to = std::back_inserter(out);
  fmt::format_to(to,
                 "Battery History ({}% used, 131KB used of 4096KB, 412 strings using 18KB):\n"
                 "                    0 (14) RESET:TIME: {}\n",
                 3, LocalTime(phone.clock, phone.clock.wall - phone.clock.boot, false));
  int second = 0;
  for (const auto& [name, package] : phone.system.packages) {
    if (package.uid < 10'000) continue;
    second += 37;
    fmt::format_to(to, "        +{}m{:02}s{:03}ms (2) {:03} +wake_lock={}:\"*job*/{}/.Work\"\n",
                   second / 60, second % 60, second * 7 % 1'000, phone.system.battery_percent,
                   UidText(package.uid), name);
  }
}

Said Dump(const Call& call) {
  const Android& phone = call.phone;
  bool history = true;
  for (const std::string& word : call.words) history = history && word != "--charged";
  std::string out;
  const auto to = std::back_inserter(out);
  if (history) {
    History(out, phone);
    out += "\nPer-PID Stats:\n  PID 1500 wake time: +1m2s3ms\n\n";
  }
  const auto run = std::chrono::duration_cast<milliseconds>(phone.clock.boot);
  fmt::format_to(to,
                 "Statistics since last charge:\n  System starts: 0, currently on battery: {}\n"
                 "  Estimated battery capacity: 4000 mAh\n"
                 "  Time on battery: {} (89.9%) realtime, {} (42.1%) uptime\n"
                 "  Total run time: {} realtime, {} uptime\n  Discharge: 812 mAh\n",
                 !phone.system.plugged, Spaced(run), Spaced(run / 2), Spaced(run), Spaced(run / 2));
  fmt::format_to(to, "  Start clock time: {}\n\n",
                 LocalTime(phone.clock, phone.clock.wall - phone.clock.boot, false));
  for (const auto& [name, package] : phone.system.packages) {
    if (package.uid < 10'000) continue;
    fmt::format_to(to, "  {}:\n", UidText(package.uid));
    if (const ScanTime scans = ScansOf(phone, name); scans.all.count() > 0) {
      const std::string_view now = scans.now ? " (currently running)" : "";
      fmt::format_to(to,
                     "    Bluetooth Scan (total blamed realtime): {0}  ({2} times){3}\n"
                     "    Bluetooth Scan (total actual realtime): {1}  ({2} times){3}\n"
                     "    Bluetooth Scan (background realtime): {1}  ({2} times)\n",
                     Spaced(scans.all / 2), Spaced(scans.all), scans.times, now);
      if (scans.unfiltered.count() > 0)
        fmt::format_to(to, "    Bluetooth Unoptimized Scan (actual realtime): {}  ({} times)\n",
                       Spaced(scans.unfiltered), scans.times);
    }
    fmt::format_to(to,
                   "    Wake lock *job*/{0}/.Work: {1}ms partial (3 times) max=211 realtime\n"
                   "    Apk {0}:\n      (nothing executed)\n",
                   name, package.uid % 977);
  }
  Said said = Out(std::move(out));
  said.took = milliseconds(450);
  return said;
}

}  // namespace

void AddBatteryStats(Programs& programs) { programs.Add("dumpsys batterystats", Dump); }

}  // namespace bk::simulate
