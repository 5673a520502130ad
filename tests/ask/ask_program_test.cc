// The whole program on a pseudo-terminal. Waits for words on the screen, never for time.
#include <fcntl.h>
#include <gtest/gtest.h>
#include <poll.h>
#include <pty.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>
#include <utmp.h>

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <string>

namespace {

namespace fs = std::filesystem;

constexpr int kPatienceMillis = 30'000;  // for a loaded machine; passes as soon as the words stand

class AskProgramTest : public testing::Test {
 protected:
  AskProgramTest() {
    std::string name = (fs::temp_directory_path() / "bk_ask_XXXXXX").string();
    state_ = mkdtemp(name.data());
    setenv("XDG_STATE_HOME", state_.c_str(), 1);
    setenv("NO_COLOR", "1", 1);
    setenv("TERM", "xterm", 1);
    unsetenv("COLUMNS");
  }
  ~AskProgramTest() override {
    if (master_ >= 0) close(master_);
    if (slave_ >= 0) close(slave_);
    fs::remove_all(state_);
  }

  // Our own copy of the child's side stays open, so that its settings can be looked at.
  bool Start() {
    screen_.clear();
    if (master_ < 0) {
      winsize size{24, 80, 0, 0};
      if (openpty(&master_, &slave_, nullptr, nullptr, &size) != 0) return false;
      EXPECT_EQ(tcgetattr(slave_, &before_), 0);
    }
    child_ = fork();
    if (child_ == 0) {
      close(master_);
      if (login_tty(slave_) != 0) _exit(99);
      execl(BK_PROGRAM, BK_PROGRAM, "doctor", "--ask", static_cast<char*>(nullptr));
      _exit(98);
    }
    return child_ > 0;
  }
  void Type(std::string_view keys) const {
    ASSERT_EQ(write(master_, keys.data(), keys.size()), static_cast<ssize_t>(keys.size()));
  }
  bool Waits(std::string_view words) {
    while (screen_.find(words) == std::string::npos) {
      pollfd look{master_, POLLIN, 0};
      char some[4096];
      if (poll(&look, 1, kPatienceMillis) <= 0) return false;
      const ssize_t got = read(master_, some, sizeof(some));
      if (got <= 0) return false;
      screen_.append(some, static_cast<std::size_t>(got));
    }
    return true;
  }
  // Ends when the child does; its last words must have been waited for.
  int Status() const {
    int status = 0;
    EXPECT_EQ(waitpid(child_, &status, 0), child_);
    return status;
  }
  [[nodiscard]] tcflag_t Settings() const {
    termios now{};
    EXPECT_EQ(tcgetattr(slave_, &now), 0);
    return now.c_lflag;
  }
  [[nodiscard]] fs::path Kept() const { return state_ / "bandkeeper" / "interview.json"; }

  fs::path state_;
  int master_ = -1, slave_ = -1;
  pid_t child_ = -1;
  termios before_{};
  std::string screen_;
};

TEST_F(AskProgramTest, CtrlCKeepsTheAnswersAndTheNextRunGoesOn) {
  if (!Start()) GTEST_SKIP() << "skipped: no pseudo-terminal here";
  ASSERT_TRUE(Waits("Question 1")) << screen_;
  ASSERT_TRUE(Waits("q stop > "));
  EXPECT_EQ(Settings() & (ICANON | ECHO), 0U);
  Type("1");
  ASSERT_TRUE(Waits("Question 2")) << screen_;
  Type("d");
  ASSERT_TRUE(Waits("Question 3")) << screen_;
  Type("\x03");
  ASSERT_TRUE(Waits("goes on from there.")) << screen_;
  const int stopped = Status();
  EXPECT_TRUE(WIFEXITED(stopped) && WEXITSTATUS(stopped) == 4) << stopped;
  EXPECT_EQ(Settings(), before_.c_lflag);
  struct stat about{};
  ASSERT_EQ(stat(Kept().c_str(), &about), 0);
  EXPECT_EQ(about.st_mode & 0777, 0600U);

  ASSERT_TRUE(Start());
  ASSERT_TRUE(Waits("Your 2 answers to this case")) << screen_;
  ASSERT_TRUE(Waits("q stop > "));
  Type("y");
  ASSERT_TRUE(Waits("Question 3")) << screen_;
  Type("q");
  ASSERT_TRUE(Waits("this is the verdict so far")) << screen_;
  ASSERT_TRUE(Waits("If nothing helps")) << screen_;
  const int told = Status();
  EXPECT_TRUE(WIFEXITED(told) && WEXITSTATUS(told) == 1) << told;
  EXPECT_EQ(Settings(), before_.c_lflag);
}

TEST_F(AskProgramTest, AClosedTerminalLosesNoAnswer) {
  if (!Start()) GTEST_SKIP() << "skipped: no pseudo-terminal here";
  ASSERT_TRUE(Waits("Question 1")) << screen_;
  Type("2");
  ASSERT_TRUE(Waits("Question 2")) << screen_;
  close(master_);
  master_ = -1;
  (void)Status();  // it ends, by itself or by the hang-up
  EXPECT_TRUE(fs::exists(Kept()));
}

TEST_F(AskProgramTest, APipeOfLinesEndsInAVerdictOnStandardOutput) {
  const std::string command =
      std::string("printf '2\\nd\\n' | '") + BK_PROGRAM + "' doctor --ask --json 2>/dev/null";
  FILE* pipe = popen(command.c_str(), "r");
  ASSERT_NE(pipe, nullptr);
  std::string out;
  char some[4096];
  for (std::size_t got = 0; (got = fread(some, 1, sizeof(some), pipe)) > 0;) out.append(some, got);
  EXPECT_EQ(WEXITSTATUS(pclose(pipe)), 1);
  EXPECT_TRUE(out.starts_with("{")) << out;
  EXPECT_NE(out.find("bandkeeper.report/1"), std::string::npos);
  EXPECT_FALSE(fs::exists(Kept()));
}

}  // namespace
