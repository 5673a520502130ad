// `dumpsys usagestats`: how apps were used and what Android lets them do for it. Shapes: phones of
// Android 8.1, 10 and 14; AOSP, AppIdleHistory.java, UserUsageStatsService.java.
#include <fmt/format.h>

#include <iterator>
#include <string>

#include "simulate/phone/clock_text.h"
#include "simulate/phone/system/names.h"
#include "simulate/phone/system/state.h"
#include "simulate/phone/system/system_programs.h"

namespace bk::simulate {
namespace {

std::chrono::milliseconds UsedAgo(const Android& phone, const std::string& name) {
  const auto found = phone.traces.last_used.find(name);
  const auto at =
      found == phone.traces.last_used.end() ? std::chrono::microseconds(0) : found->second;
  return std::chrono::duration_cast<std::chrono::milliseconds>(phone.clock.boot - at);
}

std::string_view Reason(const Android& phone, const std::string& name) {
  const auto found = phone.traces.bucket_reason.find(name);
  return found == phone.traces.bucket_reason.end() ? "d" : std::string_view(found->second);
}

// A day's events: most of the dump's size.
void Events(std::string& out, const Android& phone) {
  const auto to = std::back_inserter(out);
  const bool quoted = phone.flavour.sdk >= kAndroid9;
  out += "  Last 24 hour events (timeRange=\"" +
         LocalTime(phone.clock, phone.clock.wall - std::chrono::hours(24), false) + " – " +
         LocalTime(phone.clock, false) + "\")\n";
  std::size_t number = 0;
  constexpr std::string_view kTypes[] = {"MOVE_TO_FOREGROUND", "MOVE_TO_BACKGROUND",
                                         "STANDBY_BUCKET_CHANGED", "FOREGROUND_SERVICE_START",
                                         "NOTIFICATION_INTERRUPTION"};
  for (int round = 0; round < 12; ++round)
    for (const auto& [name, package] : phone.system.packages) {
      if (++number % 3 != 0) continue;
      const auto at = phone.clock.wall - std::chrono::seconds(86'000 - round * 7'000 -
                                                              static_cast<int>(number % 6'999));
      const std::string_view type = kTypes[number % std::size(kTypes)];
      fmt::format_to(to, "    time={0}{1}{0} type={2} package={3}", quoted ? "\"" : "",
                     LocalTime(phone.clock, at, false), type, name);
      if (type == "STANDBY_BUCKET_CHANGED")
        fmt::format_to(to, " standbyBucket={} reason={}", package.bucket, Reason(phone, name));
      else if (type.starts_with("MOVE"))
        fmt::format_to(to, " class={}.MainActivity", name);
      out += " flags=0x0 \n";
    }
}

void Packages(std::string& out, const Android& phone) {
  const auto to = std::back_inserter(out);
  out += "  In-memory daily stats\n  timeRange=\"" + LocalTime(phone.clock, false) +
         "\" \n    packages\n";
  for (const auto& [name, package] : phone.system.packages)
    fmt::format_to(to, "      package={} totalTime=\"00:0{}\" lastTime=\"{}\" \n", name,
                   package.uid % 10,
                   LocalTime(phone.clock, phone.clock.wall - UsedAgo(phone, name), false));
}

void IdleStats(std::string& out, const Android& phone) {
  const auto to = std::back_inserter(out);
  out += "  Package idle stats:\n";
  for (const auto& [name, package] : phone.system.packages) {
    const std::string used = DurationText(UsedAgo(phone, name));
    fmt::format_to(to, "    package={} lastUsedElapsed={} lastUsedScreenOn={} idle={}\n", name,
                   used, used, Bucket(phone.system, name) >= 40 ? 'y' : 'n');
  }
}

void Buckets(std::string& out, const Android& phone) {
  const auto to = std::back_inserter(out);
  const bool newer = phone.flavour.sdk >= kAndroid13;
  out += phone.flavour.sdk >= kAndroid14 ? "\nUser 0 App Standby States:\n"
                                         : "  App Standby States:\n";
  const std::string_view indent = phone.flavour.sdk >= kAndroid14 ? "  " : "    ";
  for (const auto& [name, package] : phone.system.packages) {
    const int bucket = Bucket(phone.system, name);
    const std::string used = DurationText(UsedAgo(phone, name));
    fmt::format_to(to, "{}package={} u=0 bucket={} reason={} used={} ", indent, name, bucket,
                   bucket == 5 ? "d" : Reason(phone, name), used);
    if (newer) fmt::format_to(to, "usedByUser={} ", used);
    fmt::format_to(to, "usedScr={} lastPred=<uninitialized> ", used);
    if (newer)
      out += "expiryTimes=<none> ";
    else
      fmt::format_to(to, "activeLeft=-{} wsLeft=-{} ", used.substr(used == "0" ? 0 : 1),
                     used.substr(used == "0" ? 0 : 1));
    out += "lastJob=-24855d3h14m7s76ms ";
    if (newer) fmt::format_to(to, "lastInformedBucket={} ", bucket);
    fmt::format_to(to, "idle={}\n", bucket >= 40 ? 'y' : 'n');
  }
}

Said Dump(const Call& call) {
  const Android& phone = call.phone;
  std::string out = "user=0 \n";
  if (phone.flavour.sdk >= kAndroid9) Events(out, phone);
  Packages(out, phone);
  if (phone.flavour.sdk < kAndroid9)
    IdleStats(out, phone);
  else
    Buckets(out, phone);
  if (phone.flavour.sdk >= kAndroid10) {
    out += "\nmPowerWhitelistedApps=[\n";
    for (const std::string& name : phone.system.doze_exempt_system) out += "  " + name + ",\n";
    out += "]\n";
  }
  Said said = Out(std::move(out));
  said.took = std::chrono::milliseconds(300);
  return said;
}

}  // namespace

void AddUsagePrograms(Programs& programs) { programs.Add("dumpsys usagestats", Dump); }

}  // namespace bk::simulate
