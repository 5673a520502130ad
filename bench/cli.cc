// From a cold start to the verdict: `bandkeeper doctor ZIP` as a process of its own, twenty times.
//
//   bench_cli BANDKEEPER [ZIP …]   without files: a report of 1 MB of our own making
//
// Prints the median and the worst wall time, and the median and best CPU time, from fork to exit;
// before it those of `true`, a process that does nothing, and of `unzip -p`, one that only
// inflates.
#include <fcntl.h>
#include <spawn.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <string>
#include <vector>

#include "report_zip.h"

namespace {

constexpr int kRuns = 20;

double Ms(const timeval& time) {
  return static_cast<double>(time.tv_sec) * 1e3 + static_cast<double>(time.tv_usec) / 1e3;
}

void Measure(std::vector<std::string> words) {
  std::vector<double> wall, cpu;
  int code = 0;
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0);
  posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0);
  std::vector<char*> arguments;
  for (std::string& word : words) arguments.push_back(word.data());
  arguments.push_back(nullptr);
  for (int run = 0; run < kRuns + 1; ++run) {
    const auto start = std::chrono::steady_clock::now();
    pid_t child = 0;
    if (posix_spawnp(&child, arguments[0], &actions, nullptr, arguments.data(), environ) != 0) {
      std::fprintf(stderr, "bench_cli: %s cannot be started\n", arguments[0]);
      posix_spawn_file_actions_destroy(&actions);
      return;
    }
    int status = 0;
    rusage used{};
    wait4(child, &status, 0, &used);
    const std::chrono::duration<double, std::milli> took = std::chrono::steady_clock::now() - start;
    code = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    if (run == 0) continue;  // the program itself comes from the disk's cache, as in daily use
    wall.push_back(took.count());
    cpu.push_back(Ms(used.ru_utime) + Ms(used.ru_stime));
  }
  posix_spawn_file_actions_destroy(&actions);
  std::ranges::sort(wall);
  std::ranges::sort(cpu);
  for (const std::string& word : words) std::printf("%s ", word.c_str());
  std::printf(
      "\n  exit code %d; wall median %.1f ms, worst %.1f ms; CPU median %.1f ms, best %.1f ms\n",
      code, wall[kRuns / 2], wall.back(), cpu[kRuns / 2], cpu.front());
}

void MeasureReport(const std::string& program, const std::string& path) {
  Measure({"unzip", "-p", path});
  Measure({program, "doctor", path});
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 2) {
    std::fputs("usage: bench_cli BANDKEEPER [ZIP ...]\n", stderr);
    return 2;
  }
  Measure({"true"});
  for (int i = 2; i < argc; ++i) MeasureReport(argv[1], argv[i]);
  if (argc > 2) return 0;
  const std::string path = "/tmp/bench_cli." + std::to_string(getpid()) + ".zip";
  {
    std::ofstream out(path, std::ios::binary);
    const std::string zip = bk::bench::MakeReportZip(1'000'000, 2'000);
    out.write(zip.data(), static_cast<std::streamsize>(zip.size()));
  }
  MeasureReport(argv[1], path);
  unlink(path.c_str());
  return 0;
}
