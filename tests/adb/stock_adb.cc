#include "adb/stock_adb.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <poll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <climits>
#include <csignal>
#include <cstdlib>

#include "base/result.h"

namespace bk::testing {
namespace {

namespace fs = std::filesystem;

std::uint16_t FreePort() {
  const int socket_fd = socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in place{};
  place.sin_family = AF_INET;
  place.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof place;
  BK_CHECK(bind(socket_fd, reinterpret_cast<sockaddr*>(&place), size) == 0);
  BK_CHECK(getsockname(socket_fd, reinterpret_cast<sockaddr*>(&place), &size) == 0);
  close(socket_fd);
  return ntohs(place.sin_port);
}

// What both pipes give until both are closed or the time is over.
bool ReadBoth(std::array<int, 2> pipes, std::array<std::string*, 2> into,
              std::chrono::seconds patience) {
  const auto end = std::chrono::steady_clock::now() + patience;
  std::array<pollfd, 2> looks = {pollfd{pipes[0], POLLIN, 0}, pollfd{pipes[1], POLLIN, 0}};
  while (looks[0].fd >= 0 || looks[1].fd >= 0) {
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(
        end - std::chrono::steady_clock::now());
    if (left.count() <= 0 || poll(looks.data(), looks.size(), static_cast<int>(left.count())) <= 0)
      return false;
    for (std::size_t i = 0; i < looks.size(); ++i) {
      if (looks[i].fd < 0 || looks[i].revents == 0) continue;
      std::array<char, 65536> some;
      const ssize_t got = read(looks[i].fd, some.data(), some.size());
      if (got <= 0) {
        looks[i].fd = -1;
      } else {
        into[i]->append(some.data(), static_cast<std::size_t>(got));
      }
    }
  }
  return true;
}

}  // namespace

Ran RunProgram(const std::vector<std::string>& words, const RunHow& how) {
  int in[2], out[2], err[2];
  BK_CHECK(pipe2(in, O_CLOEXEC) == 0 && pipe2(out, O_CLOEXEC) == 0 && pipe2(err, O_CLOEXEC) == 0);
  BK_CHECK(how.input.size() <= PIPE_BUF);  // what a pipe takes without a reader
  BK_CHECK(write(in[1], how.input.data(), how.input.size()) ==
           static_cast<ssize_t>(how.input.size()));
  close(in[1]);
  const pid_t child = fork();
  if (child == 0) {
    dup2(in[0], 0);
    dup2(out[1], 1);
    dup2(err[1], 2);
    for (const std::string& variable : how.variables) putenv(const_cast<char*>(variable.c_str()));
    std::vector<char*> arguments;
    for (const std::string& word : words) arguments.push_back(const_cast<char*>(word.c_str()));
    arguments.push_back(nullptr);
    execvp(arguments[0], arguments.data());
    _exit(126);
  }
  if (how.begun) how.begun(child);
  for (const int end : {in[0], out[1], err[1]}) close(end);
  Ran ran;
  const bool whole = ReadBoth({out[0], err[0]}, {&ran.out, &ran.err}, how.patience);
  close(out[0]);
  close(err[0]);
  if (!whole) kill(child, SIGKILL);
  int status = 0;
  rusage used{};
  wait4(child, &status, 0, &used);
  ran.rss_kb = used.ru_maxrss;
  if (WIFEXITED(status)) ran.exit = WEXITSTATUS(status);
  if (WIFSIGNALED(status)) ran.signal = WTERMSIG(status);
  return ran;
}

Ran RunProgram(const std::vector<std::string>& words, const std::vector<std::string>& variables) {
  return RunProgram(words, RunHow{.variables = variables});
}

Background::Background(const std::vector<std::string>& words) {
  int out[2];
  BK_CHECK(pipe2(out, O_CLOEXEC) == 0);
  child_ = fork();
  if (child_ == 0) {
    dup2(open("/dev/null", O_RDONLY), 0);
    dup2(out[1], 1);
    std::vector<char*> arguments;
    for (const std::string& word : words) arguments.push_back(const_cast<char*>(word.c_str()));
    arguments.push_back(nullptr);
    execvp(arguments[0], arguments.data());
    _exit(126);
  }
  close(out[1]);
  out_ = out[0];
}

Background::~Background() {
  if (child_ > 0) (void)Interrupt();
  close(out_);
}

bool Background::Hear() {
  constexpr int kPatienceMillis = 60'000;
  pollfd look{out_, POLLIN, 0};
  std::array<char, 4096> some;
  if (poll(&look, 1, kPatienceMillis) <= 0) return false;
  const ssize_t got = read(out_, some.data(), some.size());
  if (got > 0) said_.append(some.data(), static_cast<std::size_t>(got));
  return got > 0;
}

const std::string& Background::WaitFor(const std::string& words) {
  while (said_.find(words) == std::string::npos && Hear()) {
  }
  return said_;
}

Ran Background::Interrupt() {
  kill(child_, SIGINT);
  while (Hear()) {
  }
  int status = 0;
  waitpid(child_, &status, 0);
  child_ = -1;
  return {.out = said_, .exit = WIFEXITED(status) ? WEXITSTATUS(status) : -1};
}

void Background::Kill() {
  kill(child_, SIGKILL);
  waitpid(child_, nullptr, 0);
  child_ = -1;
}

std::string StockAdb::Path() {
  const Ran ran = RunProgram({"sh", "-c", "command -v adb"});
  return ran.exit == 0 ? ran.out.substr(0, ran.out.find('\n')) : std::string();
}

StockAdb::StockAdb() {
  std::string name = (fs::temp_directory_path() / "bk_adb_XXXXXX").string();
  home_ = mkdtemp(name.data());
  variables_ = {"HOME=" + home_.string(), "ANDROID_SDK_HOME=" + home_.string(),
                "ANDROID_ADB_SERVER_PORT=" + std::to_string(FreePort()),
                "ADB_VENDOR_KEYS=", "TMPDIR=" + home_.string()};
  for (const char* variable : {"ADB_SERVER_SOCKET", "ANDROID_ADB_SERVER_ADDRESS", "ANDROID_SERIAL"})
    unsetenv(variable);
  (void)Do({"start-server"});
}

StockAdb::~StockAdb() {
  (void)Do({"kill-server"});
  std::error_code ignored;
  fs::remove_all(home_, ignored);
}

Ran StockAdb::Do(std::vector<std::string> words) const {
  words.insert(words.begin(), "adb");
  return RunProgram(words, variables_);
}

std::string StockAdb::StateOf(const std::string& address) const {
  const Ran devices = Do({"devices"});
  const std::size_t at = devices.out.find(address + "\t");
  if (at == std::string::npos) return {};
  const std::size_t begin = at + address.size() + 1;
  return devices.out.substr(begin, devices.out.find('\n', begin) - begin);
}

bool StockAdb::Connect(const std::string& address, const std::string& state) const {
  constexpr int kTries = 40;
  for (int i = 0; i < kTries; ++i) {
    const std::string now = StateOf(address);
    if (now == state) return true;
    if (now == "offline") (void)Do({"disconnect", address});
    if (now.empty() || now == "offline") (void)Do({"connect", address});
  }
  return false;
}

PhoneOnThread::PhoneOnThread(simulate::adbd::Device& device) {
  auto opened = adapters::Listener::Open(0);
  BK_CHECK(opened.has_value());
  listener_ = std::move(*opened);
  address_ = "127.0.0.1:" + std::to_string(listener_->port());
  thread_ = std::thread([this, &device] {
    listener_->Serve([&device] { return std::make_unique<simulate::adbd::DeviceSession>(device); });
  });
}

PhoneOnThread::~PhoneOnThread() {
  listener_->Stop();
  thread_.join();
}

}  // namespace bk::testing
