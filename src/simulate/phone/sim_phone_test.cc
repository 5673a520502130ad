#include "simulate/phone/sim_phone.h"

#include <gtest/gtest.h>

#include "simulate/phone/setup/make_android.h"
#include "simulate/phone/system/restart.h"
#include "simulate/phone/system/state.h"

namespace bk::simulate {
namespace {

using namespace std::chrono_literals;
using End = ports::PhoneAnswer::End;

// Time alone, without what lives in it: these tests are about the cable.
const Nature& Still() {
  static const Nature nature = [] {
    Nature made = WholeNature();
    made.advance = [](Android& phone, std::chrono::microseconds time) {
      phone.clock.wall += time;
      phone.clock.boot += time;
    };
    made.file = [](const Android&, const std::string& path) {
      static const std::string big(150'000, 'x');
      return path == "/bugreports/x.zip" ? &big : nullptr;
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

class OnTheCable : public testing::Test {
 protected:
  SimPhones phones{MakeAndroid(34, Maker::kStock, 1), Still()};
  std::unique_ptr<ports::Phone> phone = *phones.Open("");
};

TEST_F(OnTheCable, CommandsTakeThePhonesTime) {
  const auto before = phones.phone().clock.wall;
  const auto answer = phone->Run({.line = "sleep 2; echo done; false"});
  EXPECT_EQ(answer.end, End::kExited);
  EXPECT_EQ(answer.exit, 1);
  EXPECT_EQ(answer.out, "done\n");
  EXPECT_GE(phones.phone().clock.wall - before, 2s);
  EXPECT_LT(phones.phone().clock.wall - before, 3s);
}

TEST_F(OnTheCable, TimeOutsAndLimits) {
  EXPECT_EQ(phone->Run({.line = "sleep 60", .time_out = 1s}).end, End::kTimedOut);
  const auto answer = phone->Run({.line = "dumpsys package", .bytes_max = 1'000});
  EXPECT_EQ(answer.end, End::kTooLong);
  EXPECT_EQ(answer.out.size(), 1'000U);
}

TEST_F(OnTheCable, FollowsUntilItIsEnoughOrTooLate) {
  int heard = 0;
  const auto enough = phone->Follow({.line = "ticks", .time_out = 60s},
                                    [&](std::string_view) { return ++heard < 5; });
  EXPECT_EQ(enough.end, End::kExited);
  EXPECT_EQ(heard, 5);
  const auto late =
      phone->Follow({.line = "ticks", .time_out = 3s}, [&](std::string_view) { return true; });
  EXPECT_EQ(late.end, End::kTimedOut);
}

TEST_F(OnTheCable, TheCableIsLostAtTheNamedCommand) {
  phones.knobs().cut_at = 1;
  EXPECT_TRUE(phone->Run({.line = "settings put global a 1"}).ran());
  EXPECT_EQ(phone->Run({.line = "settings put global a 2"}).end, End::kCut);
  EXPECT_EQ(Setting(phones.phone().system, "global", "a"), "1") << "lost before it was done";
  EXPECT_EQ(phone->Run({.line = "settings put global a 3"}).end, End::kCut) << "until it is back";
  EXPECT_FALSE(phones.Open("").has_value());
  EXPECT_TRUE(phone->WaitUntilReady(10s).has_value());
  phones.knobs().cut_at = phones.commands();
  phones.knobs().cut_after_it = true;
  EXPECT_EQ(phone->Run({.line = "settings put global a 4"}).end, End::kCut);
  EXPECT_EQ(Setting(phones.phone().system, "global", "a"), "4") << "lost after it was done";
  phones.knobs().stays_away = true;
  EXPECT_EQ(phone->WaitUntilReady(10s).error().code, ErrorCode::kTimedOut);
}

TEST_F(OnTheCable, ARestartTakesItsTimeAndEndsWhatRan) {
  ASSERT_TRUE(Running(phones.phone(), kZeppLife));
  ASSERT_TRUE(phone->Restart().has_value());
  EXPECT_EQ(phone->Run({.line = "date"}).end, End::kCut);
  ASSERT_TRUE(phone->WaitUntilReady(120s).has_value());
  EXPECT_EQ(phone->Run({.line = "getprop sys.boot_completed"}).out, "1\n");
  EXPECT_FALSE(Running(phones.phone(), kZeppLife)) << "life starts it, this nature has none";
  EXPECT_TRUE(Running(phones.phone(), "com.android.systemui"));
  EXPECT_LT(phones.phone().clock.boot, kBootTime + 5s);
}

TEST_F(OnTheCable, ACommandCanRestartItToo) {
  EXPECT_EQ(phone->Run({.line = "svc power reboot"}).end, End::kCut);
  EXPECT_TRUE(phone->WaitUntilReady(120s).has_value());
}

TEST_F(OnTheCable, HooksSeeTheStateAroundEachCommand) {
  std::vector<std::string> seen;
  phones.knobs().before = [&](std::string_view line, Android& state) {
    seen.push_back(std::string(line) + std::string(Setting(state.system, "global", "b")));
  };
  phones.knobs().after = phones.knobs().before;
  phone->Run({.line = "settings put global b 1"});
  EXPECT_EQ(seen,
            (std::vector<std::string>{"settings put global b 1", "settings put global b 11"}));
}

TEST_F(OnTheCable, WithoutDebuggingItIsNotThere) {
  EXPECT_EQ(phone->Run({.line = "settings put global adb_enabled 0"}).end, End::kCut);
  EXPECT_TRUE(phones.List()->empty());
}

TEST_F(OnTheCable, StatesOfTheCable) {
  phones.knobs().seen = ports::PhoneState::kUnauthorised;
  EXPECT_EQ(phones.Open("").error().code, ErrorCode::kRefused);
  EXPECT_EQ((*phones.List())[0].state, ports::PhoneState::kUnauthorised);
  EXPECT_EQ(phones.Open("other").error().code, ErrorCode::kNotFound);
}

TEST_F(OnTheCable, Files) {
  std::uint64_t got = 0;
  EXPECT_EQ(*phone->Pull("/bugreports/x.zip",
                         [&](Bytes piece) {
                           got += piece.size();
                           return true;
                         }),
            150'000U);
  EXPECT_EQ(got, 150'000U);
  EXPECT_EQ(phone->Pull("/nothing", [](Bytes) { return true; }).error().code, ErrorCode::kNotFound);
}

TEST(Quirks, DropsCutsAndSlowness) {
  Android slow = MakeAndroid(31, Maker::kXiaomi, 2);
  slow.flavour.quirks = {"slow", "output_cut"};
  SimPhones phones(slow, Still());
  const auto phone = *phones.Open("");
  const auto before = phones.machine().elapsed();
  const auto answer = phone->Run({.line = "dumpsys package", .time_out = 60s});
  EXPECT_NE(answer.out.find("*** SERVICE 'package' DUMP TIMEOUT (10000ms) EXPIRED ***"),
            std::string::npos);
  EXPECT_GT(phones.machine().elapsed() - before, 10s);
  phones.phone().flavour.quirks = {"adb_drops"};
  int lost = 0;
  for (int i = 0; i < 40; ++i) {
    lost += phone->Run({.line = "date"}).ran() ? 0 : 1;
    EXPECT_TRUE(phone->WaitUntilReady(10s).has_value());
  }
  EXPECT_GE(lost, 3);
  EXPECT_LE(lost, 4);
}

}  // namespace
}  // namespace bk::simulate
