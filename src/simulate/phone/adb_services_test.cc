#include "simulate/phone/adb_services.h"

#include <gtest/gtest.h>

#include "simulate/phone/setup/make_android.h"
#include "simulate/phone/system/restart.h"

namespace bk::simulate {
namespace {

using namespace std::chrono_literals;

const Nature& Ticking() {
  static const Nature nature = [] {
    Nature made = WholeNature();
    made.advance = [](Android& phone, std::chrono::microseconds time) {
      phone.clock.wall += time;
      phone.clock.boot += time;
    };
    made.programs.Add("ticks", [](const Call&) {
      return Said{.out = "first\n", .more = [](const Android& phone) {
                    return std::to_string(phone.clock.boot / 1s) + "\n";
                  }};
    });
    return made;
  }();
  return nature;
}

class Services : public testing::Test {
 protected:
  Machine machine{MakeAndroid(34, Maker::kStock, 1), Ticking()};
  AdbServices services{machine};
};

// Everything that a command says, and how long it takes until it has ended.
struct Heard {
  std::string out, err;
  int exit = -1;
  adbd::Time ended{0};
};
Heard Listen(AdbServices& services, std::string_view line, adbd::Time now, std::size_t most) {
  Heard heard;
  const auto command = services.Run(line, now);
  for (int i = 0; i < 100'000; ++i) {
    const auto piece = command->Next(now, most);
    EXPECT_LE(piece.out.size() + piece.err.size(), most);
    heard.out += piece.out;
    heard.err += piece.err;
    if (piece.exit) {
      heard.exit = *piece.exit;
      heard.ended = now;
      return heard;
    }
    if (piece.wake) now = *piece.wake;
  }
  ADD_FAILURE() << "it never ends: " << line;
  return heard;
}

TEST_F(Services, AnAnswerComesWholeInPiecesOfAnySize) {
  const std::string whole = Listen(services, "settings list global", 0us, 1U << 20U).out;
  EXPECT_GT(whole.size(), 2'000U);
  EXPECT_EQ(Listen(services, "settings list global", 1s, 7).out, whole);
  const Heard both = Listen(services, "echo out; ls /data", 2s, 3);
  EXPECT_EQ(both.out, "out\n");
  EXPECT_EQ(both.err, "ls: /data: Permission denied\n");
  EXPECT_EQ(both.exit, 1);
}

TEST_F(Services, TimeRunsAsTheSocketsClockDoes) {
  const auto before = machine.phone().clock.wall;
  const Heard heard = Listen(services, "sleep 3", 10s, 100);
  EXPECT_GE(heard.ended, 13s);
  EXPECT_LT(heard.ended, 14s);
  EXPECT_EQ(machine.phone().clock.wall - before, heard.ended - 10s);
}

TEST_F(Services, AnEndlessCommandGoesOn) {
  const auto command = services.Run("ticks", 0s);
  adbd::Time now = 1s;
  EXPECT_EQ(command->Next(now, 100).out, "first\n");
  EXPECT_FALSE(command->Next(now, 100).out.empty());
  const std::string later = command->Next(now + 60s, 100).out;
  EXPECT_EQ(later, std::to_string(machine.phone().clock.boot / 1s) + "\n");
  EXPECT_FALSE(command->Next(now + 60s, 100).exit.has_value());
}

TEST_F(Services, ARestartIsAwayForItsTime) {
  EXPECT_TRUE(services.Reachable(0s));
  services.Restart("", 1s);
  EXPECT_FALSE(services.Reachable(2s));
  const auto back = services.NextChange(2s);
  ASSERT_TRUE(back.has_value());
  EXPECT_FALSE(services.Reachable(*back - 1ms));
  EXPECT_TRUE(services.Reachable(*back));
  EXPECT_FALSE(services.NextChange(*back).has_value());
}

TEST_F(Services, Files) {
  machine.phone().life.files["/bugreports/a.zip"] = "PK";
  EXPECT_EQ(services.Stat("/bugreports/a.zip", 0s)->size, 2U);
  EXPECT_EQ(services.Stat("/bugreports/", 0s)->mode, 040755U);
  EXPECT_FALSE(services.Stat("/bugreports/b.zip", 0s).has_value());
  ASSERT_EQ(services.List("/bugreports", 0s).size(), 1U);
  EXPECT_EQ(services.List("/", 0s)[0].name, "bugreports");
  EXPECT_EQ(**services.Read("/bugreports/a.zip", 0s), "PK");
  EXPECT_EQ(services.Read("/x", 0s).error().message, "No such file or directory");
}

}  // namespace
}  // namespace bk::simulate
