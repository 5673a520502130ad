// Preloaded (LD_PRELOAD) into bandkeeper by the tests of its death, so that the program itself
// needs no hook:
//   BK_DIE_AT=N    SIGKILL at the N-th record that it adds to repairs.journal, counted from 1
//   BK_DIE_HOW     "torn": half of the record was written; "after": it is durable
//   BK_DIE_GUARD   set: the guard is killed first
// Also makes plain sleeps short (kFaster), with the monotonic clock going on as if they were not:
// a wait of ten seconds takes the test half a second. Time-outs of sockets stay as they are.
#include <dlfcn.h>
#include <poll.h>
#include <signal.h>
#include <time.h>
#include <unistd.h>

#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>

#include "killed/guard_of.h"

namespace {

namespace testing = bk::testing;

constexpr long kFaster = 20;
constexpr long kNanos = 1'000'000'000;
std::atomic<long long> g_skipped{0};  // nanoseconds
int g_records = 0;

template <typename Function>
Function Real(const char* name) {
  return reinterpret_cast<Function>(dlsym(RTLD_NEXT, name));
}

bool IsJournal(int file) {
  char path[512];
  const std::string link = "/proc/self/fd/" + std::to_string(file);
  const ssize_t size = readlink(link.c_str(), path, sizeof path);
  return size > 0 && std::string(path, static_cast<std::size_t>(size)).ends_with(".journal");
}

[[noreturn]] void Die() {
  if (std::getenv("BK_DIE_GUARD") != nullptr) testing::KillGuardOf(getpid());
  kill(getpid(), SIGKILL);
  _exit(127);
}

bool HourHasCome() {
  const char* const at = std::getenv("BK_DIE_AT");
  return at != nullptr && ++g_records == std::atoi(at) && !testing::IsGuard("self");
}

}  // namespace

extern "C" {

ssize_t write(int file, const void* bytes, std::size_t count) {
  static const auto real = Real<ssize_t (*)(int, const void*, std::size_t)>("write");
  if (count == 0 || !IsJournal(file) || !HourHasCome()) return real(file, bytes, count);
  const char* const how = std::getenv("BK_DIE_HOW");
  if (how != nullptr && std::strcmp(how, "torn") == 0) {
    (void)!real(file, bytes, count / 2);
  } else {
    (void)!real(file, bytes, count);
    fdatasync(file);
  }
  Die();
}

int ppoll(pollfd* files, nfds_t count, const timespec* time, const sigset_t* mask) {
  using Ppoll = int (*)(pollfd*, nfds_t, const timespec*, const sigset_t*);
  static const auto real = Real<Ppoll>("ppoll");
  if (count != 0 || time == nullptr) return real(files, count, time, mask);
  const long long whole = time->tv_sec * static_cast<long long>(kNanos) + time->tv_nsec;
  const long long slept = whole / kFaster;
  const timespec less{.tv_sec = slept / kNanos, .tv_nsec = slept % kNanos};
  const int result = real(files, count, &less, mask);
  g_skipped += whole - slept;
  return result;
}

int clock_gettime(clockid_t clock, timespec* time) {
  static const auto real = Real<int (*)(clockid_t, timespec*)>("clock_gettime");
  const int result = real(clock, time);
  if (result != 0 || clock != CLOCK_MONOTONIC) return result;
  const long long now = time->tv_sec * static_cast<long long>(kNanos) + time->tv_nsec + g_skipped;
  time->tv_sec = now / kNanos;
  time->tv_nsec = now % kNanos;
  return result;
}

}  // extern "C"
