// What is heard on the air, and how often a band advertises.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "capture/advert_interval.h"
#include "capture/story_testing.h"

namespace bk::capture {
namespace {

using testing::HasSubstr;

Script Scanning(double seconds, bool band) {
  Script script;
  script.Add(kScanOn);
  for (double t = 0; t < seconds; t += 1) {
    script.Wait(0.8).Add(kOtherHeard);
    if (band) script.Add(kBandHeard);
  }
  return script.Add(kScanOff);
}

// Four faint reports of a band in twelve minutes were called a failing link.
TEST(Air, AFewReportsTellNoSignal) {
  const Story story =
      Tell(Script().Add(kScanOn).Add(kBandHeard).Add(kBandHeard).Add(kOtherHeard).Add(kScanOff));
  const auto evidence = FindingsFor(story, Band());
  EXPECT_TRUE(IsTrue(evidence, evidence::id::kBandInScan));
  EXPECT_EQ(Find(evidence, evidence::id::kWeakSignal), nullptr);
  EXPECT_EQ(Find(evidence, evidence::id::kStrongSignal), nullptr);
}

// The system listens in the background for hours; nobody waits for it.
TEST(Air, ABackgroundScanIsNoEndlessSearch) {
  const auto ran = [](const char* on) {
    const Story story =
        Tell(Script().Add(on).Add(kOtherHeard).Wait(700).Add(kOtherHeard).Add(kScanOff));
    return Find(FindingsFor(story, Band()), evidence::id::kScanRunsForever) != nullptr;
  };
  EXPECT_TRUE(ran("+0 < cmd 0b20 01 6000 6000 00 00\n+0 < cmd 0c20 01 00\n"));
  EXPECT_FALSE(ran("+0 < cmd 0b20 01 6000 0600 00 00\n+0 < cmd 0c20 01 00\n"));
}

TEST(Air, ABandThatWasOnlyHeardIsOverheard) {
  const char* afar = "+0.5 > le 02 01 00 00 030201100fc8 0b 020106 0302e0fe 03ff5701 a4\n";
  const auto overheard = [](const Script& script) {
    const Story story = Tell(script);
    return story.bands.size() == 1 && story.bands[0].overheard;
  };
  EXPECT_TRUE(overheard(Script().Add(kScanOn).Add(afar).Add(kScanOff)));
  EXPECT_FALSE(overheard(Script().Add(kScanOn).Add(afar).Add(kScanOff).Add(kCreate)));
  EXPECT_FALSE(overheard(Script().Add(kScanOn).Add(kBandHeard).Add(kScanOff)));
}

// "The phone gave up connecting to any of the 0 devices it waits for", at every change of a list.
TEST(Story, ARenewedBackgroundWaitIsNoEvent) {
  const Story story = Tell(Script().Add(R"(
    +0 < cmd 0d20 6000 3000 01 00 000000000000 00 1800 2800 0000 f401 0000 0000
    +0.1 < cmd 0e20
    +0.01 > le 01 02 0000 00 00 000000000000 0000 0000 0000 00
  )"));
  EXPECT_TRUE(story.events.empty());
  EXPECT_EQ(story.attempts.size(), 1U);
}

TEST(Air, ABandThatFellSilentIsNotInTheAirNow) {
  const auto then = [](const char* whom, double seconds) {
    return FindingsFor(Tell(Script()
                                .Add(kScanOn)
                                .Add(kBandHeard)
                                .Add(kScanOff)
                                .Wait(60)
                                .Add(kScanOn)
                                .Add(whom)
                                .Wait(seconds)
                                .Add(kScanOff)),
                       Band());
  };
  const auto silent = then(kOtherHeard, 40);
  EXPECT_TRUE(IsTrue(silent, evidence::id::kBandNotInScan));
  EXPECT_TRUE(IsFalse(silent, evidence::id::kBandInScan));
  EXPECT_THAT(Find(silent, evidence::id::kBandNotInScan)->text,
              testing::HasSubstr("heard last at packet"));
  // With nobody in the air it may be the receiver; and ten seconds may miss what was heard before.
  EXPECT_EQ(Find(then("", 40), evidence::id::kBandInScan), nullptr);
  EXPECT_EQ(Find(then("", 40), evidence::id::kBandNotInScan), nullptr);
  EXPECT_TRUE(IsTrue(then(kOtherHeard, 15), evidence::id::kBandInScan));
  EXPECT_TRUE(IsTrue(then(kBandHeard, 40), evidence::id::kBandInScan));
}

TEST(Air, SilenceCountsOnlyWhenOthersWereHeardForLongEnough) {
  const auto evidence = FindingsFor(Tell(Scanning(15, false)), Band());
  EXPECT_TRUE(IsTrue(evidence, evidence::id::kBandNotInScan));
  EXPECT_TRUE(IsFalse(evidence, evidence::id::kBandInScan));
  EXPECT_EQ(Find(FindingsFor(Tell(Scanning(5, false)), Band()), evidence::id::kBandNotInScan),
            nullptr);
  const Story nobody = Tell(Script().Add(kScanOn).Wait(20).Add(kScanOff));
  EXPECT_EQ(Find(FindingsFor(nobody, Band()), evidence::id::kBandNotInScan), nullptr);
  EXPECT_TRUE(IsFalse(FindingsFor(nobody, Band()), evidence::id::kOtherBleVisible));
}

TEST(Air, SilenceOfABandThatNobodyNamedIsNoFinding) {
  EXPECT_EQ(Find(FindingsFor(Tell(Scanning(15, false)), {}), evidence::id::kBandNotInScan),
            nullptr);
}

TEST(Air, AConnectedBandIsSilentAndThatProvesNothing) {
  Script script;
  script.Add(kCreate).Add(kConnected).Add(kScanOn);
  for (int i = 0; i < 20; ++i) script.Wait(0.8).Add(kOtherHeard);
  script.Add(kScanOff);
  EXPECT_EQ(Find(FindingsFor(Tell(script), Band()), evidence::id::kBandNotInScan), nullptr);
}

TEST(Air, NonConnectableMeansHeldByAnother) {
  Script script;
  script.Add(kScanOn);
  for (int i = 0; i < 6; ++i) script.Add("+1 > le 02 01 02 00 030201100fc8 03 020104 c4\n");
  EXPECT_TRUE(IsTrue(FindingsFor(Tell(script), Band()), evidence::id::kBandNotConnectable));
}

const char* kHeldHeard = "+1 > le 02 01 02 00 030201100fc8 03 020104 c4\n";

// Whoever took it an hour into the capture holds it now, however connectable it was before.
TEST(Air, ABandThatIsHeldFromSomeMomentOnIsHeld) {
  Script script;
  script.Add(kScanOn);
  for (int i = 0; i < 6; ++i) script.Add(kBandHeard);
  for (int i = 0; i < 4; ++i) script.Add(kHeldHeard);
  EXPECT_TRUE(IsFalse(FindingsFor(Tell(script), Band()), evidence::id::kBandNotConnectable));
  script.Add(kHeldHeard);
  const auto held = FindingsFor(Tell(script), Band());
  EXPECT_TRUE(IsTrue(held, evidence::id::kBandNotConnectable));
  EXPECT_THAT(Find(held, evidence::id::kBandNotConnectable)->text, HasSubstr("its last 5"));
  script.Add(kBandHeard);
  EXPECT_TRUE(IsFalse(FindingsFor(Tell(script), Band()), evidence::id::kBandNotConnectable));
}

TEST(Air, ABandThatThisPhoneHoldsIsHeldByNobodyElse) {
  Script script;
  script.Add(kScanOn).Add(kBandHeard).Add(kCreate).Add(kConnected);
  for (int i = 0; i < 8; ++i) script.Add(kHeldHeard);
  EXPECT_FALSE(IsTrue(FindingsFor(Tell(script), Band()), evidence::id::kBandNotConnectable));
}

// Loud for long, then ever fainter, then silent: it went away. One that falls silent while it is
// loud may be held, empty or gone: nothing is said of its signal then but what it was.
TEST(Air, ASignalThatFellBeforeTheSilenceIsWeak) {
  const auto ends = [](std::initializer_list<const char*> last) {
    Script script;
    script.Add(kScanOn);
    for (int i = 0; i < 20; ++i) script.Add(kBandHeard);  // -60 dBm
    for (const char* rssi : last)
      for (int i = 0; i < 4; ++i)
        script.Add(std::string("+1 > le 02 01 00 00 030201100fc8 0b 020106 0302e0fe 03ff5701 ") +
                   rssi + "\n");
    script.Add(kScanOff).Wait(60).Add(kScanOn).Add(kOtherHeard).Wait(40).Add(kScanOff);
    return FindingsFor(Tell(script), Band());
  };
  const auto fading = ends({"b5", "a8", "a4"});  // -75, -88, -92
  EXPECT_TRUE(IsTrue(fading, evidence::id::kBandNotInScan));
  EXPECT_TRUE(IsTrue(fading, evidence::id::kWeakSignal));
  EXPECT_EQ(Find(fading, evidence::id::kStrongSignal), nullptr);
  const auto loud = ends({});
  EXPECT_TRUE(IsTrue(loud, evidence::id::kBandNotInScan));
  EXPECT_TRUE(IsTrue(loud, evidence::id::kStrongSignal));
  EXPECT_FALSE(IsTrue(loud, evidence::id::kWeakSignal));
}

// Read RSSI on the link itself, then the supervision time-out.
TEST(Air, ALinkWhoseSignalFellBeforeItTimedOutIsWeak) {
  const auto lost = [](const char* last, const char* reason) {
    Script script;
    script.Add(kScanOn).Add(kBandHeard).Add(kScanOff).Add(kCreate).Add(kConnected);
    for (const char* rssi : {"c4", "b5", last})
      script.Add(std::string("+5 > evt 0e 01 0514 00 4000 ") + rssi + "\n");
    return FindingsFor(Tell(script.Add(std::string("+5 > evt 05 00 4000 ") + reason + "\n")),
                       Band());
  };
  EXPECT_TRUE(IsTrue(lost("a4", "08"), evidence::id::kWeakSignal));
  EXPECT_FALSE(IsTrue(lost("c0", "08"), evidence::id::kWeakSignal));
  EXPECT_FALSE(IsTrue(lost("a4", "13"), evidence::id::kWeakSignal));  // the band's own wish
}

TEST(Air, SignalAndSightings) {
  const auto evidence = FindingsFor(Tell(Scanning(15, true)), Band());
  EXPECT_TRUE(IsTrue(evidence, evidence::id::kStrongSignal));
  EXPECT_TRUE(IsFalse(evidence, evidence::id::kWeakSignal));
}

TEST(Interval, IsFoundDespiteMissesAndJitter) {
  for (const double interval : {100.0, 152.5, 417.5, 1022.5, 2000.0}) {
    for (const int keep_every : {1, 2, 3, 5}) {
      std::vector<double> distances;
      double since = 0;
      unsigned random = 12345;
      for (int i = 0; distances.size() < 40; ++i) {
        random = random * 1664525 + 1013904223;
        since += interval + (random >> 8) % 1000 / 100.0;
        if ((random >> 20) % static_cast<unsigned>(keep_every) != 0) continue;
        distances.push_back(since);
        since = 0;
      }
      const auto found = EstimateInterval(distances);
      ASSERT_TRUE(found) << interval << " " << keep_every;
      EXPECT_NEAR(found->milliseconds, interval, interval * 0.02 + 2) << keep_every;
    }
  }
}

TEST(Interval, NoiseHasNone) {
  std::vector<double> distances;
  unsigned random = 99;
  for (int i = 0; i < 40; ++i) {
    random = random * 1664525 + 1013904223;
    distances.push_back(20 + (random >> 8) % 5'000'000 / 100.0);
  }
  const auto found = EstimateInterval(distances);
  EXPECT_LT(found ? found->share_explained : 0.0, 1.0);
  EXPECT_FALSE(EstimateInterval(std::vector<double>{100, 100, 100}));
}

}  // namespace
}  // namespace bk::capture
