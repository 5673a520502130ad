#include "companion/live.h"

#include <gtest/gtest.h>

#include "companion/script_testing.h"

namespace bk::companion {
namespace {

class LiveTest : public ::testing::Test {
 protected:
  void Begin() {
    script.Start();
    script.ExpectSubscribe(Attribute::kHeartRate);
    script.ExpectSubscribe(Attribute::kSteps);
    script.ExpectRead(Attribute::kSteps, "0c dc 2a 00 00 c2 1e 00 00 41 01 00 00");
    script.ExpectWrite(Attribute::kHeartRateControl, "15 02 00");
    script.ExpectWrite(Attribute::kHeartRateControl, "15 01 01");
    script.ExpectNothing();
  }
  std::vector<LiveReading> heard;
  bool enough = false;
  Live live{[this](const LiveReading& reading) { heard.push_back(reading); },
            [this] { return enough; }};
  Script script{live};
};

TEST_F(LiveTest, HearsStepsAndHeartRate) {
  Begin();
  script.Notify(Attribute::kHeartRate, "00 48");
  script.Notify(Attribute::kHeartRate, "00 00");
  script.Notify(Attribute::kHeartRate, "10 48 00");  // flags that this band never sets
  ASSERT_EQ(heard.size(), 3U);
  EXPECT_EQ(heard[0].steps->steps, 10'972U);
  EXPECT_EQ(heard[0].steps->metres, 7'874U);
  EXPECT_EQ(heard[1].beats, 72);
  EXPECT_EQ(heard[2].beats, 0);
  EXPECT_FALSE(live.outcome());
}

TEST_F(LiveTest, KeepsItAliveMoreOftenThanEveryTwelveSeconds) {
  Begin();
  int alive = 0;
  for (int i = 0; i < 240; ++i) {  // a minute of quarter seconds
    script.Tick();
    if (!script.Idle()) {
      script.ExpectWrite(Attribute::kHeartRateControl, "16");
      ++alive;
    }
  }
  EXPECT_GE(alive, 5);
  EXPECT_LE(alive, 12);
}

TEST_F(LiveTest, StopsTheMeasurementBeforeItEnds) {
  Begin();
  enough = true;
  script.Tick();
  EXPECT_FALSE(live.outcome()) << "the band has not said yes";
  script.ExpectWrite(Attribute::kHeartRateControl, "15 01 00");
  ASSERT_TRUE(live.outcome());
  EXPECT_TRUE(live.outcome()->done());
}

TEST_F(LiveTest, ABandThatDoesNotAnswerTheStopDoesNotHoldUs) {
  Begin();
  enough = true;
  for (int i = 0; i < 60 && !live.outcome(); ++i) script.Tick();
  ASSERT_TRUE(live.outcome());
  EXPECT_EQ(live.outcome()->end, Outcome::End::kNoAnswer);
}

TEST_F(LiveTest, ARefusalIsAnOutcome) {
  script.Start();
  script.ExpectSubscribe(Attribute::kHeartRate);
  script.ExpectSubscribe(Attribute::kSteps);
  script.ExpectRead(Attribute::kSteps, "", 0x05);
  script.ExpectWrite(Attribute::kHeartRateControl, "15 02 00", 0x05);
  ASSERT_TRUE(live.outcome());
  EXPECT_EQ(live.outcome()->end, Outcome::End::kRefused);
  EXPECT_TRUE(live.outcome()->att);
}

}  // namespace
}  // namespace bk::companion
