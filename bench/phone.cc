// From start to verdict on a phone: `bandkeeper doctor --phone` as a process of its own, over stock
// adb with a private server, on a simulated phone that plays a report back.
//
//   bench_phone BANDKEEPER [REPORT …]   without files: a report of 25 MB of our own making
//
// Prints the median and the worst wall time of seven runs; before it those of `adb exec-out
// dumpsys` with the phone's whole dump, which is about what must come over the cable at most.
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <fstream>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "adb/stock_adb.h"
#include "report_zip.h"

namespace {

constexpr int kRuns = 7;

void Measure(const char* what, const std::vector<std::string>& words,
             const std::vector<std::string>& variables) {
  std::vector<double> wall;
  bk::testing::Ran ran;
  for (int run = 0; run < kRuns + 1; ++run) {
    const auto start = std::chrono::steady_clock::now();
    ran = bk::testing::RunProgram(words, variables);
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - start;
    if (run > 0) wall.push_back(took.count());  // the first fills the disk's cache
  }
  std::ranges::sort(wall);
  std::printf("  %-24s exit code %d, %5.1f MB of output; wall median %.2f s, worst %.2f s\n", what,
              ran.exit, static_cast<double>(ran.out.size()) / 1e6, wall[kRuns / 2], wall.back());
}

bool MeasurePhone(const bk::testing::StockAdb& adb, const std::string& program,
                  const std::string& report) {
  bk::testing::Background phone({program, "simulate", "phone", "--json", "--report", report});
  const auto served = nlohmann::json::parse(phone.WaitFor("\n}\n"), nullptr, false);
  if (!served.is_object()) return false;
  const std::string address = served["address"];
  if (!adb.Connect(address)) return false;
  std::printf("%s\n", served["text"].get<std::string>().c_str());
  Measure("adb exec-out dumpsys", {"adb", "-s", address, "exec-out", "dumpsys"}, adb.variables());
  Measure("bandkeeper doctor", {program, "doctor", "--phone", "--serial", address},
          adb.variables());
  (void)adb.Do({"disconnect", address});
  return true;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 2 || bk::testing::StockAdb::Path().empty()) {
    std::fputs("usage: bench_phone BANDKEEPER [REPORT ...]; needs adb\n", stderr);
    return 2;
  }
  const bk::testing::StockAdb adb;
  std::vector<std::string> reports(argv + 2, argv + argc);
  if (reports.empty()) {
    reports.push_back((adb.home() / "made.zip").string());
    std::ofstream(reports[0], std::ios::binary) << bk::bench::MakeReportZip(25'000'000, 2'000);
  }
  for (const std::string& report : reports)
    if (!MeasurePhone(adb, argv[1], report)) {
      std::fprintf(stderr, "bench_phone: %s could not be served\n", report.c_str());
      return 1;
    }
  return 0;
}
