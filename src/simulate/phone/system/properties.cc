// getprop, date, id and the like: what the phone is and what time it has.
#include <fmt/format.h>

#include <string>

#include "base/instant.h"
#include "base/text.h"
#include "simulate/phone/clock_text.h"
#include "simulate/phone/system/state.h"
#include "simulate/phone/system/system_programs.h"

namespace bk::simulate {
namespace {

Said GetProp(const Call& call) {
  const auto& properties = call.phone.system.properties;
  if (call.words.empty()) {
    std::string out;
    for (const auto& [name, value] : properties) out += fmt::format("[{}]: [{}]\n", name, value);
    return Out(std::move(out));
  }
  const auto found = properties.find(std::string(call.word(0)));
  return Out((found != properties.end() ? found->second : std::string(call.word(1))) + "\n");
}

std::string ZoneName(const Clock& clock) {
  if (clock.utc_offset_minutes == 0) return "GMT";
  if (clock.zone.starts_with("Europe/") && clock.utc_offset_minutes == 60) return "CET";
  if (clock.zone.starts_with("Europe/") && clock.utc_offset_minutes == 120) return "CEST";
  const int minutes = clock.utc_offset_minutes;
  return fmt::format("GMT{}{:02}:{:02}", minutes < 0 ? '-' : '+', std::abs(minutes) / 60,
                     std::abs(minutes) % 60);
}

// 0 Sunday; 1970 began on a Thursday.
int DayOfWeek(std::int64_t local_us) {
  constexpr std::int64_t kDay = 86'400'000'000;
  const std::int64_t days = (local_us - (((local_us % kDay) + kDay) % kDay)) / kDay;
  return static_cast<int>((((days + 4) % 7) + 7) % 7);
}

// toybox's date: -u, +FORMAT.
Said Date(const Call& call) {
  constexpr const char* kDays[] = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
  constexpr const char* kMonths[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                     "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  bool utc = false;
  std::string format = "%a %b %e %H:%M:%S %Z %Y";
  for (const std::string& word : call.words) {
    if (word == "-u")
      utc = true;
    else if (word.starts_with('+'))
      format = word.substr(1);
    else
      return Err("date: cannot set date: Operation not permitted\n", 1);
  }
  const Clock& clock = call.phone.clock;
  const int offset = utc ? 0 : clock.utc_offset_minutes;
  const std::int64_t local = clock.wall.count() + std::int64_t{offset} * 60'000'000;
  const CivilTime at = CivilFromMicros(local);
  std::string out;
  for (std::size_t i = 0; i < format.size(); ++i) {
    if (format[i] != '%' || i + 1 == format.size()) {
      out += format[i];
      continue;
    }
    switch (format[++i]) {
      case 'a':
        out += kDays[DayOfWeek(local)];
        break;
      case 'b':
        out += kMonths[at.month - 1];
        break;
      case 'd':
        out += fmt::format("{:02}", at.day);
        break;
      case 'e':
        out += fmt::format("{:2}", at.day);
        break;
      case 'm':
        out += fmt::format("{:02}", at.month);
        break;
      case 'Y':
        out += fmt::format("{:04}", at.year);
        break;
      case 'y':
        out += fmt::format("{:02}", at.year % 100);
        break;
      case 'H':
        out += fmt::format("{:02}", at.hour);
        break;
      case 'M':
        out += fmt::format("{:02}", at.minute);
        break;
      case 'S':
        out += fmt::format("{:02}", at.second);
        break;
      case 'N':
        out += fmt::format("{:06}000", at.micros);
        break;
      case 'F':
        out += fmt::format("{:04}-{:02}-{:02}", at.year, at.month, at.day);
        break;
      case 'T':
        out += fmt::format("{:02}:{:02}:{:02}", at.hour, at.minute, at.second);
        break;
      case 's':
        out += std::to_string(clock.wall.count() / 1'000'000);
        break;
      case 'z':
        out += fmt::format("{}{:02}{:02}", offset < 0 ? '-' : '+', std::abs(offset) / 60,
                           std::abs(offset) % 60);
        break;
      case 'Z':
        out += utc ? "UTC" : ZoneName(clock);
        break;
      case '%':
        out += '%';
        break;
      default:
        out += '%';
        out += format[i];
    }
  }
  return Out(out + "\n");
}

Said Id(const Call& call) {
  if (call.word(0) == "-u") return Out("2000\n");
  if (call.word(0) == "-un") return Out("shell\n");
  return Out(
      "uid=2000(shell) gid=2000(shell) groups=2000(shell),1004(input),1007(log),1011(adb),"
      "1015(sdcard_rw),1028(sdcard_r),3001(net_bt_admin),3002(net_bt),3003(inet),"
      "3006(net_bw_stats),3009(readproc),3011(uhid) context=u:r:shell:s0\n");
}

Said Uptime(const Call& call) {
  const auto minutes =
      std::chrono::duration_cast<std::chrono::minutes>(call.phone.clock.boot).count();
  const std::string now = LocalTime(call.phone.clock, false).substr(11);
  const auto days = minutes / 1'440;
  std::string up = days > 0 ? fmt::format("{} day{}, ", days, days == 1 ? "" : "s") : "";
  up += fmt::format("{:2}:{:02}", minutes / 60 % 24, minutes % 60);
  return Out(fmt::format(" {} up {},  0 users,  load average: 2.11, 2.04, 1.98\n", now, up));
}

Said List(const Call& call) {
  for (const std::string& word : call.words) {
    if (word.starts_with('-')) continue;
    return Err(
        fmt::format("ls: {}: {}\n", word,
                    word.starts_with("/data") ? "Permission denied" : "No such file or directory"),
        1);
  }
  return Out(
      "acct\napex\nbin\ncache\ndata\ndev\netc\nmnt\nproc\nsdcard\nstorage\nsys\nsystem\nvendor\n");
}

}  // namespace

void AddPropertyPrograms(Programs& programs) {
  programs.Add("getprop", GetProp);
  programs.Add("date", Date);
  programs.Add("id", Id);
  programs.Add("whoami", [](const Call&) { return Out("shell\n"); });
  programs.Add("uptime", Uptime);
  programs.Add("ls", List);
}

}  // namespace bk::simulate
