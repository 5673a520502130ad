#include "adapters/terminal/person.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <pty.h>
#include <signal.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

#include <string>
#include <vector>

namespace bk::adapters::terminal {
namespace {

using Heard = ports::Person::Heard;

class Ends {
 public:
  Ends(int read, int write) : read_(read), write_(write) {}
  ~Ends() {
    close(read_);
    CloseWrite();
  }
  Ends(const Ends&) = delete;
  Ends& operator=(const Ends&) = delete;
  void CloseWrite() {
    if (write_ >= 0) close(write_);
    write_ = -1;
  }
  int read_, write_;
};

tcflag_t LocalFlags(int terminal) {
  termios now{};
  EXPECT_EQ(tcgetattr(terminal, &now), 0);
  return now.c_lflag;
}

TEST(Person, APipeIsHeardLineByLine) {
  int ends[2];
  ASSERT_EQ(pipe(ends), 0);
  Ends pipe_ends(ends[0], ends[1]);
  const auto person = MakePerson(ends[0], ends[1]);
  EXPECT_FALSE(person->at_terminal());
  EXPECT_EQ(person->columns(), 0U);
  person->Show("yes\n  no\r\n\ndon't know\n" + std::string(10'000, 'w') + "\nq");
  pipe_ends.CloseWrite();
  std::string keys;
  while (true) {
    const Heard heard = person->Listen();
    if (heard.kind == Heard::Kind::kEnd) break;
    ASSERT_EQ(heard.kind, Heard::Kind::kKey);
    keys += heard.key;
  }
  EXPECT_EQ(keys, "yn\ndwq");
  EXPECT_EQ(person->Listen().kind, Heard::Kind::kEnd);
}

TEST(Person, APipesLineIsHeardWhole) {
  int ends[2];
  ASSERT_EQ(pipe(ends), 0);
  Ends pipe_ends(ends[0], ends[1]);
  const auto person = MakePerson(ends[0], ends[1]);
  person->Show("app data\ny");
  pipe_ends.CloseWrite();
  EXPECT_EQ(person->ListenLine().text, "app data");
  EXPECT_EQ(person->ListenLine().text, "y");
  EXPECT_EQ(person->ListenLine().kind, Heard::Kind::kEnd);
}

class PtyTest : public testing::Test {
 protected:
  void SetUp() override {
    if (openpty(&master_, &slave_, nullptr, nullptr, nullptr) != 0)
      GTEST_SKIP() << "skipped: no pseudo-terminal here";
    before_ = LocalFlags(slave_);
  }
  void TearDown() override {
    if (master_ >= 0) close(master_);
    if (slave_ >= 0) close(slave_);
  }
  void Type(std::string_view keys) const {
    ASSERT_EQ(write(master_, keys.data(), keys.size()), static_cast<ssize_t>(keys.size()));
  }
  int master_ = -1, slave_ = -1;
  tcflag_t before_ = 0;
};

TEST_F(PtyTest, KeysComeSinglyAndTheTerminalIsPutBack) {
  {
    const auto person = MakePerson(slave_, slave_);
    EXPECT_TRUE(person->at_terminal());
    EXPECT_EQ(LocalFlags(slave_) & (ICANON | ECHO), 0U);
    EXPECT_NE(LocalFlags(slave_) & ISIG, 0U);  // Ctrl-C stays Ctrl-C
    Type("y\x7f");
    EXPECT_EQ(person->Listen().key, 'y');
    EXPECT_EQ(person->Listen().key, ports::Person::kBack);
    Type("\x1b[D");  // left arrow
    EXPECT_EQ(person->Listen().key, ports::Person::kBack);
    Type("\x1b[15~\x1b[A\xc3\xa4\x01n\r");  // F5, up, a-umlaut and Ctrl-A are nothing
    EXPECT_EQ(person->Listen().key, 'n');
    EXPECT_EQ(person->Listen().key, '\n');
    Type("\x04");
    EXPECT_EQ(person->Listen().kind, Heard::Kind::kEnd);
  }
  EXPECT_EQ(LocalFlags(slave_), before_);
}

TEST_F(PtyTest, ALineIsShownAsItIsTypedAndCanBeCorrected) {
  const auto person = MakePerson(slave_, slave_);
  Type(
      "ban\x7f\x7f\x7f\x7f"
      "pairing\r");
  const auto line = person->ListenLine();
  EXPECT_EQ(line.kind, Heard::Kind::kKey);
  EXPECT_EQ(line.text, "pairing");
  const std::string expected = "ban\b \b\b \b\b \bpairing\r\n";
  std::string shown;  // a terminal hands it over in pieces
  while (shown.size() < expected.size()) {
    char piece[64];
    const ssize_t size = read(master_, piece, sizeof(piece));
    ASSERT_GT(size, 0);
    shown.append(piece, static_cast<std::size_t>(size));
  }
  EXPECT_EQ(shown, expected);
}

TEST_F(PtyTest, SignalsInterruptAndArePutBackToo) {
  struct sigaction before{}, after{};
  ASSERT_EQ(sigaction(SIGTERM, nullptr, &before), 0);
  for (const int number : {SIGINT, SIGTERM, SIGHUP}) {
    const auto person = MakePerson(slave_, slave_);
    raise(number);  // held back until we listen
    EXPECT_EQ(person->Listen().kind, Heard::Kind::kInterrupted);
    EXPECT_EQ(person->Listen().kind, Heard::Kind::kInterrupted);  // and stays so
  }
  ASSERT_EQ(sigaction(SIGTERM, nullptr, &after), 0);
  EXPECT_EQ(before.sa_handler, after.sa_handler);
  EXPECT_EQ(LocalFlags(slave_), before_);
}

TEST_F(PtyTest, AClosedTerminalInterrupts) {
  const auto person = MakePerson(slave_, slave_);
  close(master_);
  master_ = -1;
  EXPECT_EQ(person->Listen().kind, Heard::Kind::kInterrupted);
}

// A child with the terminal as its own: Ctrl-C from the keyboard, and a crash.
TEST_F(PtyTest, CtrlCAndACrashLeaveTheTerminalAsItWas) {
  for (const bool crash : {false, true}) {
    int ready[2];
    ASSERT_EQ(pipe(ready), 0);
    const pid_t child = fork();
    ASSERT_GE(child, 0);
    if (child == 0) {
      setsid();
      ioctl(slave_, TIOCSCTTY, 0);
      auto person = MakePerson(slave_, slave_);
      (void)!write(ready[1], "r", 1);
      if (crash) raise(SIGABRT);
      const bool stopped = person->Listen().kind == Heard::Kind::kInterrupted;
      person.reset();
      _exit(stopped ? 42 : 1);
    }
    char byte = 0;
    ASSERT_EQ(read(ready[0], &byte, 1), 1);
    if (!crash) Type("\x03");
    int status = 0;
    ASSERT_EQ(waitpid(child, &status, 0), child);
    if (crash) {
      EXPECT_TRUE(WIFSIGNALED(status) && WTERMSIG(status) == SIGABRT);
    } else {
      EXPECT_TRUE(WIFEXITED(status) && WEXITSTATUS(status) == 42) << status;
    }
    EXPECT_EQ(LocalFlags(slave_), before_);
    close(ready[0]);
    close(ready[1]);
  }
}

}  // namespace
}  // namespace bk::adapters::terminal
