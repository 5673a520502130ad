#include "adapters/terminal/terminal.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <stdlib.h>
#include <unistd.h>

namespace bk::adapters::terminal {
namespace {

// A pseudo-terminal: its own side is a terminal for Detect.
class Pty {
 public:
  Pty() : master_(posix_openpt(O_RDWR | O_NOCTTY)) {
    if (master_ >= 0 && grantpt(master_) == 0 && unlockpt(master_) == 0)
      slave_ = open(ptsname(master_), O_RDWR | O_NOCTTY);
  }
  ~Pty() {
    close(slave_);
    close(master_);
  }
  Pty(const Pty&) = delete;
  Pty& operator=(const Pty&) = delete;
  [[nodiscard]] int slave() const { return slave_; }

 private:
  int master_;
  int slave_ = -1;
};

TEST(Terminal, APipeIsPlain) {
  int ends[2];
  ASSERT_EQ(pipe(ends), 0);
  const Terminal terminal = Detect(ends[1]);
  EXPECT_FALSE(terminal.is_terminal);
  EXPECT_FALSE(terminal.colours);
  EXPECT_EQ(terminal.columns, 0u);
  close(ends[0]);
  close(ends[1]);
}

TEST(Terminal, NoColorIsHonouredAndWidthIsKeptReadable) {
  const Pty pty;
  if (pty.slave() < 0) GTEST_SKIP() << "skipped: no pseudo-terminal here";
  setenv("TERM", "xterm", 1);
  unsetenv("NO_COLOR");
  setenv("COLUMNS", "500", 1);
  EXPECT_TRUE(Detect(pty.slave()).colours);
  EXPECT_EQ(Detect(pty.slave()).columns, 120u);
  setenv("NO_COLOR", "1", 1);
  EXPECT_FALSE(Detect(pty.slave()).colours);
  unsetenv("NO_COLOR");
  setenv("TERM", "dumb", 1);
  EXPECT_FALSE(Detect(pty.slave()).colours);
}

}  // namespace
}  // namespace bk::adapters::terminal
