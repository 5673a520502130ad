#include "simulate/phone/report/bug_report.h"

#include <fmt/format.h>
#include <zip.h>

#include <algorithm>
#include <iterator>
#include <vector>

#include "simulate/phone/clock_text.h"
#include "simulate/phone/log/hci_log.h"
#include "simulate/phone/shell/shell.h"

namespace bk::simulate {
namespace {

using Into = std::back_insert_iterator<std::string>;

std::string Property(const Android& phone, const std::string& name, std::string otherwise) {
  const auto found = phone.system.properties.find(name);
  return found == phone.system.properties.end() ? otherwise : found->second;
}

// Running a command may change a phone; a report only looks.
std::string Answer(const Android& phone, const Programs& programs, std::string_view line) {
  Android copy = phone;
  const Said said = RunLine(copy, programs, line);
  return said.out + said.err;
}

void Section(std::string& text, std::string_view title, std::string_view command,
             std::string body) {
  if (!body.empty() && body.back() != '\n') body += '\n';
  fmt::format_to(Into(text), "------ {} ({}) ------\n{}\n", title, command, body);
}

void Services(const Android& phone, const Programs& programs, std::string& text) {
  text +=
      "========================================================\n"
      "== Android Framework Services\n"
      "========================================================\n"
      "------ DUMPSYS (/system/bin/dumpsys) ------\n";
  std::vector<std::string> services = programs.Under("dumpsys", phone.flavour);
  std::ranges::sort(services);
  text += "Currently running services:\n";
  for (const std::string& service : services) text += "  " + service + "\n";
  const std::string rule(79, '-');
  for (const std::string& service : services) {
    std::string body = Answer(phone, programs, "dumpsys " + service);
    if (!body.empty() && body.back() != '\n') body += '\n';
    fmt::format_to(Into(text), "{}\nDUMP OF SERVICE {}:\n{}", rule, service, body);
    fmt::format_to(Into(text), "--------- {:.3f}s was the duration of dumpsys {}",
                   0.004 + static_cast<double>(body.size()) / 4e6, service);
    if (phone.flavour.sdk >= kAndroid9)
      fmt::format_to(Into(text), ", ending at: {}", LocalTime(phone.clock, false));
    text += "\n";
  }
  text += "------ 8.412s was the duration of 'DUMPSYS' ------\n\n";
}

}  // namespace

std::string BugReportName(const Android& phone) {
  std::string at = LocalTime(phone.clock, false);
  std::ranges::replace(at, ' ', '-');
  std::ranges::replace(at, ':', '-');
  const std::string device = phone.flavour.device.empty() ? "device" : phone.flavour.device;
  const std::string build = phone.flavour.build.empty() ? "BUILD" : phone.flavour.build;
  return fmt::format("bugreport-{}-{}-{}", device, build, at);
}

std::string BugReportText(const Android& phone, const Programs& programs) {
  const int sdk = phone.flavour.sdk;
  std::string text;
  const std::string rule = "========================================================\n";
  fmt::format_to(Into(text), "{0}== dumpstate: {1}\n{0}\n", rule, LocalTime(phone.clock, false));
  fmt::format_to(Into(text),
                 "Build: {}\nBuild fingerprint: '{}'\nBootloader: unknown\nRadio: unknown\n",
                 phone.flavour.build, Property(phone, "ro.build.fingerprint", "unknown"));
  text += "Network: (unknown)\nKernel: Linux version 4.19.110-perf\n";
  if (sdk >= kAndroid12) fmt::format_to(Into(text), "Android SDK version: {}\n", sdk);
  fmt::format_to(Into(text),
                 "Uptime: up 0 weeks, {} days, {} hours, {} minutes\n"
                 "Bugreport format version: {}\n"
                 "Dumpstate info: id=1 pid=20001 dry_run=0 args=/system/bin/dumpstate -S -d -z -o "
                 "bugreport_mode=\n\n",
                 std::chrono::duration_cast<std::chrono::days>(phone.clock.boot).count(),
                 std::chrono::duration_cast<std::chrono::hours>(phone.clock.boot).count() % 24,
                 std::chrono::duration_cast<std::chrono::minutes>(phone.clock.boot).count() % 60,
                 sdk >= kAndroid9 ? "2.0" : "1.0");
  Section(text, "UPTIME", "uptime", Answer(phone, programs, "uptime"));
  for (const auto& [title, command] :
       {std::pair<std::string_view, std::string_view>{
            "SYSTEM LOG", "logcat -v threadtime -v printable -v uid -d *:v"},
        {"EVENT LOG", "logcat -b events -v threadtime -v printable -v uid -d *:v"}}) {
    // The shell would take the star for file names.
    const std::string quoted = std::string(command.substr(0, command.size() - 3)) + "'*:v'";
    Section(text, title, command, Answer(phone, programs, quoted));
  }
  Section(text, "SYSTEM PROPERTIES", "getprop", Answer(phone, programs, "getprop"));
  Services(phone, programs, text);
  fmt::format_to(Into(text), "{0}== Final progress (pid 20001): 100/100 (estimated 100)\n{0}",
                 rule);
  fmt::format_to(Into(text), "{0}== dumpstate: done{1}\n{0}", rule,
                 sdk >= kAndroid9 ? " (id 1)" : "");
  return text;
}

std::string BugReportZip(const Android& phone, const Programs& programs) {
  const std::string name = BugReportName(phone) + ".txt";
  const bool split = phone.flavour.sdk >= kAndroid9;
  std::vector<std::pair<std::string, std::string>> entries = {
      {"version.txt", split ? "2.0" : "1.0"}, {"main_entry.txt", name}};
  if (Property(phone, "persist.bluetooth.btsnooplogmode", "empty") == "full") {
    const auto log = BtsnoopFile(phone);
    entries.emplace_back("FS/data/misc/bluetooth/logs/btsnoop_hci.log",
                         std::string(reinterpret_cast<const char*>(log.data()), log.size()));
  }
  entries.emplace_back(name, BugReportText(phone, programs));
  entries.emplace_back("dumpstate_log.txt",
                       fmt::format("{}: dumpstate started\n{}: bugreport written\n",
                                   LocalTime(phone.clock, false), LocalTime(phone.clock, false)));
  zip_error_t error;
  zip_error_init(&error);
  zip_source_t* source = zip_source_buffer_create(nullptr, 0, 0, &error);
  if (source == nullptr) return {};
  zip_source_keep(source);
  zip_t* zip = zip_open_from_source(source, ZIP_TRUNCATE, &error);
  if (zip == nullptr) {
    zip_source_free(source);
    return {};
  }
  const auto at = static_cast<time_t>(phone.clock.wall.count() / 1'000'000);
  for (const auto& [path, bytes] : entries) {
    zip_source_t* file = zip_source_buffer(zip, bytes.data(), bytes.size(), 0);
    const zip_int64_t index = zip_file_add(zip, path.c_str(), file, ZIP_FL_ENC_UTF_8);
    if (index < 0) {
      zip_source_free(file);
      continue;
    }
    zip_file_set_mtime(zip, static_cast<zip_uint64_t>(index), at, 0);
  }
  std::string out;
  if (zip_close(zip) != 0) {
    zip_discard(zip);
  } else if (zip_stat_t stat; zip_source_stat(source, &stat) == 0 && zip_source_open(source) == 0) {
    out.resize(stat.size);
    if (zip_source_read(source, out.data(), out.size()) < 0) out.clear();
    zip_source_close(source);
  }
  zip_source_free(source);
  return out;
}

}  // namespace bk::simulate
