#include "adapters/terminal/clock.h"

#include <gtest/gtest.h>
#include <signal.h>
#include <unistd.h>

#include "adapters/terminal/person.h"

namespace bk::adapters::terminal {
namespace {

using std::chrono::milliseconds;

TEST(Clock, WaitsAndGoesOn) {
  const auto clock = MakeClock();
  const milliseconds begun = clock->Now();
  EXPECT_TRUE(clock->Wait(milliseconds(5)));
  EXPECT_GE(clock->Now() - begun, milliseconds(5));
  EXPECT_GT(clock->WallMillis(), 1'600'000'000'000);
  EXPECT_FALSE(clock->stopped());
}

TEST(Clock, AStopEndsEveryWaitButWaitOut) {
  struct sigaction before{}, after{};
  sigaction(SIGTERM, nullptr, &before);
  {
    const auto clock = MakeClock();
    raise(SIGTERM);
    EXPECT_TRUE(clock->stopped());
    EXPECT_FALSE(clock->Wait(std::chrono::hours(1)));
    const milliseconds begun = clock->Now();
    clock->WaitOut(milliseconds(5));
    EXPECT_GE(clock->Now() - begun, milliseconds(5));
  }
  sigaction(SIGTERM, nullptr, &after);
  EXPECT_EQ(before.sa_handler, after.sa_handler);
  EXPECT_FALSE(MakeClock()->stopped());  // a new one begins anew
}

TEST(Clock, AStopThatComesDuringAWaitIsHeard) {
  const auto clock = MakeClock();
  const pid_t self = getpid();
  const pid_t child = fork();
  if (child == 0) {
    usleep(20'000);
    kill(self, SIGINT);
    _exit(0);
  }
  EXPECT_FALSE(clock->Wait(std::chrono::minutes(10)));
}

// A keyboard holds the signals back and hears them itself; both hear the same wish.
TEST(Clock, APersonAndAClockHearTheSameStop) {
  const auto clock = MakeClock();
  int ends[2];
  ASSERT_EQ(pipe(ends), 0);
  const auto person = MakePerson(ends[0], ends[1]);
  raise(SIGINT);
  EXPECT_TRUE(clock->stopped());
  close(ends[0]);
  close(ends[1]);
}

}  // namespace
}  // namespace bk::adapters::terminal
