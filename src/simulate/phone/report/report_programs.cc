#include "simulate/phone/report/report_programs.h"

#include <fmt/format.h>

#include "simulate/phone/report/bug_report.h"

namespace bk::simulate {
namespace {

constexpr std::string_view kUsage =
    "usage: bugreportz [-hpsv]\n  -h: to display this help message\n  -p: display progress\n"
    "  -s: stream content to standard output\n  -v: to display the version\n"
    "  or no arguments to generate a zipped bugreport\n";
constexpr std::chrono::seconds kTakes{75};

Said Run(const Call& call) {
  const std::string_view word = call.word(0);
  // The version goes to the error stream: what a client without the newer shell protocol trips
  // over.
  if (word == "-v") return {.err = call.sdk() >= kAndroid11 ? "1.2\n" : "1.1\n", .exit = 0};
  if (word == "-s" && call.sdk() >= kAndroid11) {
    Said said = Out(BugReportZip(call.phone, call.programs));
    said.took = kTakes;
    return said;
  }
  if (!word.empty() && word != "-p")
    return {.err = std::string(kUsage), .exit = word == "-h" ? 0 : 1};
  const std::string path = "/bugreports/" + BugReportName(call.phone) + ".zip";
  std::string zip = BugReportZip(call.phone, call.programs);
  Said said;
  said.took = kTakes;
  if (zip.empty()) {
    said.out = "FAIL:could not create the file\n";
    return said;
  }
  call.phone.life.files[path] = std::move(zip);
  if (word == "-p") {
    said.out = fmt::format("BEGIN:{}\n", path);
    for (int done = 10; done <= 100; done += 15) said.out += fmt::format("PROGRESS:{}/100\n", done);
  }
  said.out += fmt::format("OK:{}\n", path);
  return said;
}

}  // namespace

void AddReportPrograms(Programs& programs) { programs.Add("bugreportz", Run); }

}  // namespace bk::simulate
