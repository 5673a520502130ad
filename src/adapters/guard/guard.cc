#include "adapters/guard/guard.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>

namespace bk::adapters {
namespace {

constexpr std::string_view kAllIsWell = "well\n";
constexpr std::size_t kOrderBytesMax = 4096;

// To a guard that may be dead already, which must not be our death too (SIGPIPE).
bool TellAll(int guard, std::string_view text) {
  while (!text.empty()) {
    const ssize_t written = send(guard, text.data(), text.size(), MSG_NOSIGNAL);
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return false;
    text.remove_prefix(static_cast<std::size_t>(written));
  }
  return true;
}

// In the child, between fork and exec: nothing that allocates.
[[noreturn]] void BecomeGuard(int order, char* const* words, const char* program) {
  setsid();  // no Ctrl-C of our terminal, no hang-up
  const int nowhere = open("/dev/null", O_RDWR);
  dup2(order, STDIN_FILENO);
  dup2(nowhere, STDOUT_FILENO);
  dup2(nowhere, STDERR_FILENO);
  // Whatever else is open would keep locks and cables of ours alive.
  constexpr int kDescriptorsMax = 1024;
  for (int file = STDERR_FILENO + 1; file < kDescriptorsMax; ++file) close(file);
  sigset_t none;
  sigemptyset(&none);
  sigprocmask(SIG_SETMASK, &none, nullptr);
  for (const int number : {SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGPIPE}) signal(number, SIG_DFL);
  execv(program, words);
  _exit(127);
}

class Process : public ports::Guard {
 public:
  Process(pid_t child, int order) : child_(child), order_(order) {}
  ~Process() override {
    if (!takes_over_) (void)TellAll(order_, kAllIsWell);
    close(order_);
    if (takes_over_) return;  // it outlives us
    int status = 0;
    while (waitpid(child_, &status, 0) < 0 && errno == EINTR) {
    }
  }
  Process(const Process&) = delete;
  Process& operator=(const Process&) = delete;
  void TakeOver() override { takes_over_ = true; }

 private:
  pid_t child_;
  int order_;
  bool takes_over_ = false;
};

}  // namespace

Result<std::unique_ptr<ports::Guard>> StartGuard(const std::string& serial,
                                                 const std::vector<std::string>& words,
                                                 const std::string& program) {
  const auto failed = [] {
    return Fail(ErrorCode::kNotReadable,
                std::string("Nobody could be set on guard for the case that this program is "
                            "killed: ") +
                    std::strerror(errno) + ".");
  };
  std::array<int, 2> ends{};
  if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()) != 0) return failed();
  const std::string path = program.empty() ? "/proc/self/exe" : program;
  std::vector<std::string> all = {"bandkeeper"};
  all.insert(all.end(), words.begin(), words.end());
  std::vector<char*> pointers;
  for (std::string& word : all) pointers.push_back(word.data());
  pointers.push_back(nullptr);
  const pid_t child = fork();
  if (child == 0) BecomeGuard(ends[0], pointers.data(), path.c_str());
  close(ends[0]);
  if (child < 0) {
    close(ends[1]);
    return failed();
  }
  auto guard = std::make_unique<Process>(child, ends[1]);
  // A guard that could not begin is seen by its closed end.
  if (!TellAll(ends[1], serial + "\n")) return failed();
  return guard;
}

GuardOrder AwaitGuardOrder(int input) {
  std::string text;
  while (text.size() < kOrderBytesMax) {
    std::array<char, 256> some{};
    const ssize_t got = read(input, some.data(), some.size());
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) break;
    text.append(some.data(), static_cast<std::size_t>(got));
  }
  GuardOrder order;
  const std::size_t end = text.find('\n');
  if (end == std::string::npos) return order;  // it died before it had begun anything
  order.serial = text.substr(0, end);
  order.act = text.substr(end + 1) != kAllIsWell;
  return order;
}

}  // namespace bk::adapters
