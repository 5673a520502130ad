// The short conversations: setting up a link, single commands, pauses.
#include "companion/backoff.h"
#include "companion/command.h"
#include "companion/initialise.h"
#include "companion/script_testing.h"

namespace bk::companion {
namespace {

TEST(Initialise, TheReferenceSession) {
  Initialise initialise({2024, 7, 1, 12, 34, 56, 8});
  Script script(initialise);
  script.Start();
  script.ExpectRead(Attribute::kCurrentTime, "E8 07 07 01 0C 22 32 01 00 00 08");
  script.ExpectWrite(Attribute::kCurrentTime, "E8 07 07 01 0C 22 38 01 00 00 08");
  script.ExpectSubscribe(Attribute::kConfiguration);
  script.ExpectSubscribe(Attribute::kBattery);
  script.ExpectSubscribe(Attribute::kEvents);
  script.Notify(Attribute::kEvents, "16 F7 00");
  script.ExpectRead(Attribute::kSoftwareRevision, "56 31 2e 30 2e 39 2e 37 30");
  script.ExpectRead(Attribute::kHardwareRevision, "56 30 2e 32 35 2e 31 39 2e 35");
  EXPECT_FALSE(initialise.outcome());
  script.ExpectRead(Attribute::kBattery,
                    "0F 51 00 B2 07 01 01 00 00 00 00 E8 07 06 1E 09 00 00 08 63");
  ASSERT_TRUE(initialise.outcome());
  EXPECT_TRUE(initialise.outcome()->done());
  EXPECT_EQ(initialise.info().firmware, "1.0.9.70");
  EXPECT_EQ(initialise.info().battery->percent, 0x51);
  EXPECT_EQ(initialise.info().clock_ahead_s, -6);
}

TEST(Initialise, WithoutBatteryAndVersionTheLinkIsStillGood) {
  Initialise initialise({2024, 7, 1, 12, 34, 56, 8}, /*set_clock=*/false);
  Script script(initialise);
  script.Start();
  script.ExpectRead(Attribute::kCurrentTime, "", 0x0e);
  script.ExpectSubscribe(Attribute::kConfiguration);
  script.ExpectSubscribe(Attribute::kBattery);
  script.ExpectSubscribe(Attribute::kEvents);
  script.ExpectRead(Attribute::kSoftwareRevision, "", 0x02);
  script.ExpectRead(Attribute::kHardwareRevision, "", 0x02);
  script.ExpectRead(Attribute::kBattery, "00");
  ASSERT_TRUE(initialise.outcome());
  EXPECT_TRUE(initialise.outcome()->done());
  EXPECT_FALSE(initialise.info().battery);
  EXPECT_FALSE(initialise.info().clock_set);
}

TEST(Command, FactoryResetIsAnswered) {
  Command command = Command::FactoryReset();
  Script script(command);
  script.Start();
  script.ExpectSubscribe(Attribute::kConfiguration);
  script.ExpectWrite(Attribute::kConfiguration, "06 0B 00 01");
  script.Notify(Attribute::kConfiguration, "10 06 17 00 01");  // to another setting
  EXPECT_FALSE(command.outcome());
  script.Notify(Attribute::kConfiguration, "10 06 0B 00 01");
  EXPECT_TRUE(command.outcome() && command.outcome()->done());
}

TEST(Command, ARefusalIsToldWithItsMeaning) {
  Command command = Command::Restart();
  Script script(command);
  script.Start();
  script.ExpectSubscribe(Attribute::kUpdateControl);
  script.ExpectWrite(Attribute::kUpdateControl, "05");
  script.Notify(Attribute::kUpdateControl, "10 05 22");
  ASSERT_TRUE(command.outcome());
  EXPECT_EQ(command.outcome()->status, 0x22);
  EXPECT_FALSE(command.outcome()->text.empty());
}

TEST(Command, FindNeedsNoAnswerAndSilenceEndsTheOthers) {
  Command find = Command::FindBand();
  Script script(find);
  script.Start();
  script.ExpectWrite(Attribute::kImmediateAlert, "03");
  EXPECT_TRUE(find.outcome() && find.outcome()->done());
  Command reset = Command::FactoryReset();
  Script silent(reset);
  silent.Start();
  silent.Tick();
  EXPECT_EQ(reset.outcome()->end, Outcome::End::kNoAnswer);
}

TEST(Backoff, SoonThenSeldomForEver) {
  Backoff backoff;
  EXPECT_EQ(backoff.Failed(), std::chrono::seconds(0));
  for (int i = 0; i < 5; ++i) (void)backoff.Failed();
  for (int i = 0; i < 1000; ++i) EXPECT_EQ(backoff.Failed(), std::chrono::seconds(30));
  backoff.Succeeded();
  EXPECT_EQ(backoff.Failed(), std::chrono::seconds(0));
}

}  // namespace
}  // namespace bk::companion
