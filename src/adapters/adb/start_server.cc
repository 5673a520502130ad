#include "adapters/adb/start_server.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>

#include "adapters/adb/interrupts.h"
#include "base/text.h"

extern char** environ;

namespace bk::adapters::adb {
namespace {

// What the program complained about, in one line.
std::string Complaint(int file) {
  std::array<char, 2000> buffer{};
  const ssize_t got = pread(file, buffer.data(), buffer.size(), 0);
  std::string line;
  std::string_view rest(buffer.data(), got > 0 ? static_cast<std::size_t>(got) : 0), next;
  while (NextLine(rest, next))
    // "* daemon not running; starting now at …": said of success, too.
    if (const std::string_view text = Trim(next); !text.empty() && !text.starts_with('*'))
      line += (line.empty() ? "" : " ") + std::string(text);
  return line;
}

Result<pid_t> Spawn(const std::string& adb, int errors) {
  posix_spawn_file_actions_t files;
  posix_spawn_file_actions_init(&files);
  posix_spawn_file_actions_addopen(&files, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
  posix_spawn_file_actions_addopen(&files, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
  if (errors >= 0) posix_spawn_file_actions_adddup2(&files, errors, STDERR_FILENO);
  posix_spawnattr_t how;
  posix_spawnattr_init(&how);
  sigset_t none, usual;
  sigemptyset(&none);
  sigfillset(&usual);
  posix_spawnattr_setsigmask(&how, &none);
  posix_spawnattr_setsigdefault(&how, &usual);
  posix_spawnattr_setpgroup(&how, 0);
  posix_spawnattr_setflags(&how,
                           POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
  std::string program = adb, verb = "start-server";
  std::array<char*, 3> words = {program.data(), verb.data(), nullptr};
  pid_t child = 0;
  const int error = posix_spawn(&child, adb.c_str(), &files, &how, words.data(), environ);
  posix_spawnattr_destroy(&how);
  posix_spawn_file_actions_destroy(&files);
  if (error != 0)
    return Fail(ErrorCode::kNotReadable,
                fmt::format("{} cannot be run: {}.", adb, std::strerror(error)));
  return child;
}

}  // namespace

Status StartServer(const std::string& adb, std::chrono::milliseconds time_out) {
  Interrupts interrupts;
  const int errors = memfd_create("adb-says", MFD_CLOEXEC);
  BK_TRY(const pid_t child, Spawn(adb, errors));
  // Looked at every so often: a server that was made holds every descriptor that could tell.
  constexpr std::chrono::milliseconds kLook{20};
  int status = 0;
  bool stopped = false;
  pid_t ended = 0;
  for (auto left = time_out; left.count() > 0 && ended == 0 && !stopped; left -= kLook) {
    pollfd wait{interrupts.descriptor(), POLLIN, 0};
    stopped = poll(&wait, 1, static_cast<int>(kLook.count())) > 0;
    ended = waitpid(child, &status, WNOHANG);
  }
  if (ended == 0) {
    kill(child, SIGKILL);
    while (waitpid(child, &status, 0) < 0 && errno == EINTR) {
    }
  }
  const std::string complaint = Complaint(errors);
  if (errors >= 0) close(errors);
  if (stopped) return Fail(ErrorCode::kStopped, "Stopped.");
  if (ended == 0)
    return Fail(ErrorCode::kTimedOut,
                fmt::format("`{} start-server` did not come to its end within {} s.", adb,
                            time_out.count() / 1000));
  if (WIFEXITED(status) && WEXITSTATUS(status) == 0) return {};
  return Fail(ErrorCode::kNotReadable,
              fmt::format("`{} start-server` failed{}{}", adb, complaint.empty() ? "" : ": ",
                          complaint.empty() ? "." : complaint));
}

}  // namespace bk::adapters::adb
