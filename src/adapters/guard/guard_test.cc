#include "adapters/guard/guard.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <filesystem>
#include <string>

namespace bk::adapters {
namespace {

namespace fs = std::filesystem;

// A shell plays the guard: it copies its order into a FIFO, at whose end we listen.
class GuardTest : public testing::Test {
 protected:
  GuardTest() {
    std::string name = (fs::temp_directory_path() / "bk_guard_XXXXXX").string();
    root_ = mkdtemp(name.data());
    const std::string fifo = (root_ / "order").string();
    EXPECT_EQ(mkfifo(fifo.c_str(), 0600), 0);
    words_ = {"-c", "cat > " + fifo};
    listening_ = open(fifo.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC);
  }
  ~GuardTest() override {
    close(listening_);
    fs::remove_all(root_);
  }

  Result<std::unique_ptr<ports::Guard>> Start() {
    return StartGuard("serial-1", words_, "/bin/sh");
  }
  // All of it, when the guard has ended.
  [[nodiscard]] std::string Order() const {
    constexpr int kPatienceMillis = 30'000;  // for a loaded machine
    std::string text;
    while (true) {
      pollfd look{listening_, POLLIN, 0};
      char some[256];
      if (poll(&look, 1, kPatienceMillis) <= 0) return "nothing came";
      const ssize_t got = read(listening_, some, sizeof(some));
      if (got == 0) return text;
      if (got > 0) text.append(some, static_cast<std::size_t>(got));
    }
  }
  [[nodiscard]] bool Silent() const {
    pollfd look{listening_, POLLIN | POLLHUP, 0};
    return poll(&look, 1, 0) == 0 || (look.revents & POLLHUP) == 0;
  }

  fs::path root_;
  int listening_ = -1;
  std::vector<std::string> words_;
};

TEST_F(GuardTest, GoesWhenAllIsWell) {
  {
    auto guard = Start();
    ASSERT_TRUE(guard.has_value());
    EXPECT_TRUE(Silent());
  }
  EXPECT_EQ(Order(), "serial-1\nwell\n");
}

TEST_F(GuardTest, TakesOverWhenAsked) {
  (*Start())->TakeOver();
  EXPECT_EQ(Order(), "serial-1\n");
}

TEST_F(GuardTest, ActsWhenWeAreKilled) {
  int ready[2];
  ASSERT_EQ(pipe(ready), 0);
  const pid_t child = fork();
  ASSERT_GE(child, 0);
  if (child == 0) {
    const auto guard = Start();
    (void)!write(ready[1], guard ? "y" : "n", 1);
    while (true) pause();
  }
  char begun = 0;
  ASSERT_EQ(read(ready[0], &begun, 1), 1);
  EXPECT_EQ(begun, 'y');
  EXPECT_TRUE(Silent());
  kill(child, SIGKILL);
  int status = 0;
  ASSERT_EQ(waitpid(child, &status, 0), child);
  EXPECT_EQ(Order(), "serial-1\n");
  close(ready[0]);
  close(ready[1]);
}

// The last word to a guard that was dead by then was a SIGPIPE: a repair that had gone well ended
// with the program's death.
TEST_F(GuardTest, AGuardThatIsKilledDoesNotKillUs) {
  const auto before = signal(SIGPIPE, SIG_DFL);
  words_ = {"-c", "echo $$ > " + (root_ / "order").string() + "; exec sleep 600"};
  auto guard = Start();
  ASSERT_TRUE(guard.has_value());
  const pid_t child = std::stoi(Order());
  ASSERT_GT(child, 1);
  ASSERT_EQ(kill(child, SIGKILL), 0);
  siginfo_t ended{};  // it is left for the guard's own destructor
  ASSERT_EQ(waitid(P_PID, static_cast<id_t>(child), &ended, WEXITED | WNOWAIT), 0);
  guard->reset();
  EXPECT_EQ(waitpid(child, nullptr, WNOHANG), -1) << "it is left as a zombie";
  signal(SIGPIPE, before);
}

GuardOrder OrderFrom(std::string_view text) {
  int ends[2];
  EXPECT_EQ(pipe(ends), 0);
  EXPECT_EQ(write(ends[1], text.data(), text.size()), static_cast<ssize_t>(text.size()));
  close(ends[1]);
  const GuardOrder order = AwaitGuardOrder(ends[0]);
  close(ends[0]);
  return order;
}

TEST(GuardOrder, OnlyTheWordCallsItOff) {
  EXPECT_TRUE(OrderFrom("s\n").act);
  EXPECT_TRUE(OrderFrom("s\nwel").act);
  EXPECT_FALSE(OrderFrom("s\nwell\n").act);
  EXPECT_EQ(OrderFrom("s\nwell\n").serial, "s");
  EXPECT_FALSE(OrderFrom("").act);
  EXPECT_FALSE(OrderFrom("half a seri").act);
}

}  // namespace
}  // namespace bk::adapters
