// Conversations as data: each case is named after the situation that it tells.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <string>

#include "capture/advert_interval.h"
#include "capture/analyser.h"
#include "capture/findings.h"
#include "capture/script.h"
#include "evidence/finding_ids.h"

namespace bk::capture {
namespace {

using evidence::LossKind;
using testing::ElementsAre;
using testing::HasSubstr;

Story Tell(const Script& script, AttObserverMaker* observers = nullptr) {
  Analyser analyser({.file = "made.log", .observers = observers});
  const auto packets = script.Packets();
  analyser.OnPackets(packets);
  return analyser.Finish();
}

constexpr const char* kScanOn = R"(
  +0 < cmd 0b20 01 6000 3000 00 00
  +0 < cmd 0c20 01 00
)";
constexpr const char* kBandHeard = R"(
  +0.5 > le 02 01 00 00 030201100fc8 0b 020106 0302e0fe 03ff5701 c4
  +0.01 > le 02 01 04 00 030201100fc8 11 10 09 4d6920536d6172742042616e642034 bf
)";
constexpr const char* kOtherHeard = "+0.2 > le 02 01 03 01 0a0b0c0d0e4f 03 020106 b0\n";
constexpr const char* kScanOff = "+0.1 < cmd 0c20 00 00\n";
constexpr const char* kCreate =
    "+0.1 < cmd 0d20 6000 3000 00 00 030201100fc8 00 1800 2800 0000 f401 0000 0000\n"
    "+0.01 > evt 0f 00 01 0d20\n";
constexpr const char* kConnected = "+0.3 > le 01 00 4000 00 00 030201100fc8 2700 0000 f401 00\n";

std::vector<std::string> Stages(const Link& link) {
  std::vector<std::string> names;
  for (const StageMark& mark : link.stages) names.emplace_back(StageName(mark.stage));
  return names;
}

const evidence::Finding* Find(const evidence::Evidence& evidence, std::string_view id) {
  const auto at = std::ranges::find(evidence.findings, id, &evidence::Finding::id);
  return at == evidence.findings.end() ? nullptr : &*at;
}
bool IsTrue(const evidence::Evidence& evidence, std::string_view id) {
  const auto* finding = Find(evidence, id);
  return finding != nullptr && finding->value == evidence::FindingValue(true) &&
         finding->where.packet != 0;
}
bool IsFalse(const evidence::Evidence& evidence, std::string_view id) {
  const auto* finding = Find(evidence, id);
  return finding != nullptr && finding->value == evidence::FindingValue(false);
}
evidence::BandId Band() {
  evidence::BandId band;
  band.address = ParseAddress("C8:0F:10:01:02:03");
  return band;
}

TEST(Story, ScanConnectDiscoverAndTheBandHangsUp) {
  const Story story = Tell(Script()
                               .Add(kScanOn)
                               .Add(kBandHeard)
                               .Add(kOtherHeard)
                               .Add(kScanOff)
                               .Add(kCreate)
                               .Add(kConnected)
                               .Add(R"(
    +0.1 < att 40 02 0502
    +0.1 > att 40 03 f700
    +0.1 < att 40 10 0100 ffff 0028
    +0.1 > att 40 11 06 2a00 5d00 e0fe
    +0.1 < att 40 10 5e00 ffff 0028
    +0.1 > att 40 01 10 5e00 0a
    +0.2 > sig 40 12 01 0800 1800 2800 0000 f401
    +0.1 < sig 40 13 01 0200 0000
    +0.1 > le 03 00 4000 2800 0000 f401
    +1.0 > evt 05 00 4000 13
  )"));
  ASSERT_EQ(story.links.size(), 1U);
  const Link& link = story.links[0];
  EXPECT_THAT(Stages(link), ElementsAre("scanned", "connecting", "connected", "discovered"));
  EXPECT_EQ(link.by, EndedBy::kPeer);
  EXPECT_EQ(link.reason, 0x13);
  EXPECT_EQ(link.mtu, 247);
  ASSERT_EQ(link.parameters.size(), 2U);
  EXPECT_DOUBLE_EQ(link.parameters[0].interval_ms, 48.75);
  EXPECT_TRUE(link.parameters[1].asked_by_peer);
  EXPECT_THAT(link.services, ElementsAre(codec::att::Uuid16(0xfee0)));
  EXPECT_EQ(link.rssi_before, -65);
  EXPECT_EQ(story.counters.att_total, 6U);
  EXPECT_EQ(story.counters.att_errors[0x0a], 1U);
  EXPECT_EQ(story.counters.le_connections[0], 1U);
  EXPECT_EQ(story.counters.disconnects[0x13], 1U);
  EXPECT_EQ(story.peers[link.peer].name, "Mi Smart Band 4");
  EXPECT_THAT(link.text, HasSubstr("by the peer with 0x13"));
  ASSERT_EQ(story.bands.size(), 1U);
  EXPECT_EQ(story.bands[0].likeness, 3);
  EXPECT_TRUE(story.losses.empty());

  const auto evidence = FindingsFor(story, Band());
  EXPECT_TRUE(IsTrue(evidence, evidence::id::kBandInScan));
  EXPECT_TRUE(IsFalse(evidence, evidence::id::kBandNotInScan));
  EXPECT_TRUE(IsTrue(evidence, evidence::id::kConnectsOk));
  EXPECT_TRUE(IsTrue(evidence, evidence::id::kPeerEndsLink));
  EXPECT_EQ(Find(evidence, evidence::id::kPhoneEndsLink), nullptr);
  EXPECT_TRUE(IsTrue(evidence, evidence::id::kOtherBleVisible));
  EXPECT_TRUE(IsFalse(evidence, evidence::id::kBandNotConnectable));
}

TEST(Story, ThePhoneHangsUpWithItsOwnCommand) {
  const Story story = Tell(Script().Add(kCreate).Add(kConnected).Add(R"(
    +5 < cmd 0604 4000 13
    +0.1 > evt 05 00 4000 16
  )"));
  ASSERT_EQ(story.links.size(), 1U);
  EXPECT_EQ(story.links[0].by, EndedBy::kPhone);
  EXPECT_EQ(story.links[0].end_asked_packet, 4U);
  EXPECT_TRUE(IsTrue(FindingsFor(story, Band()), evidence::id::kPhoneEndsLink));
}

TEST(Story, AReasonGivenBackIsNotThePeersWish) {
  const Story own = Tell(Script().Add(kCreate).Add(kConnected).Add(R"(
    +5 < cmd 0604 4000 13
    +0.1 > evt 05 00 4000 13
  )"));
  ASSERT_EQ(own.links.size(), 1U);
  EXPECT_EQ(own.links[0].by, EndedBy::kPhone);
  EXPECT_THAT(own.links[0].text, HasSubstr("by the phone with 0x13"));
  EXPECT_THAT(own.links[0].text, Not(HasSubstr("hung up")));
  EXPECT_EQ(Find(FindingsFor(own, Band()), evidence::id::kPeerEndsLink), nullptr);
  // The band was quicker, for a reason of its own.
  const Story other = Tell(Script().Add(kCreate).Add(kConnected).Add(R"(
    +5 < cmd 0604 4000 13
    +0.1 > evt 05 00 4000 15
  )"));
  ASSERT_EQ(other.links.size(), 1U);
  EXPECT_EQ(other.links[0].by, EndedBy::kPeer);
}

TEST(Story, AttemptIsGivenUpAfterThirtySeconds) {
  const Story story = Tell(Script().Add(kCreate).Add(R"(
    +30 < cmd 0e20
    +0.01 > evt 0e 01 0e20 00
    +0.01 > le 01 02 0000 00 00 000000000000 0000 0000 0000 00
  )"));
  EXPECT_TRUE(story.links.empty());
  ASSERT_EQ(story.attempts.size(), 1U);
  EXPECT_EQ(story.attempts[0].outcome, Attempt::Outcome::kCancelled);
  EXPECT_THAT(story.attempts[0].text, HasSubstr("gave up after 30 s"));
  const auto evidence = FindingsFor(story, Band());
  EXPECT_TRUE(IsTrue(evidence, evidence::id::kStuckConnecting));
  EXPECT_TRUE(IsFalse(evidence, evidence::id::kConnectsOk));
}

TEST(Story, BackgroundAttemptsThatAreRenewedAreNotTrouble) {
  Script script;
  script.Add("+0 < cmd 1120 00 030201100fc8\n");
  for (int i = 0; i < 20; ++i)
    script.Add(R"(
      +0.1 < cmd 0d20 6000 3000 01 00 000000000000 00 1800 2800 0000 f401 0000 0000
      +0.2 < cmd 0e20
      +0.01 > le 01 02 0000 00 00 000000000000 0000 0000 0000 00
    )");
  const Story story = Tell(script);
  EXPECT_EQ(story.attempts.size(), 20U);
  EXPECT_EQ(story.attempts[0].targets.size(), 1U);
  EXPECT_EQ(Find(FindingsFor(story, Band()), evidence::id::kStuckConnecting), nullptr);
}

TEST(Story, CommandThatTheControllerRefuses) {
  const Story story = Tell(
      Script().Add("+0 < cmd 0d20 6000 3000 00 00 030201100fc8 00 1800 2800 0000 f401 0000 0000\n"
                   "+0 > evt 0f 0c 01 0d20\n"));
  ASSERT_EQ(story.attempts.size(), 1U);
  EXPECT_EQ(story.attempts[0].outcome, Attempt::Outcome::kFailed);
  EXPECT_EQ(story.attempts[0].status, 0x0c);
}

TEST(Story, FailsToEstablishIsNotALinkThatWorked) {
  const Story story = Tell(Script().Add(kCreate).Add(kConnected).Add("+0.3 > evt 05 00 4000 3e\n"));
  const auto evidence = FindingsFor(story, Band());
  EXPECT_TRUE(IsTrue(evidence, evidence::id::kConnectFailsEstablish));
  EXPECT_EQ(Find(evidence, evidence::id::kConnectsOk), nullptr);
}

TEST(Story, EncryptionFailsBecauseTheKeyIsMissing) {
  const Story story = Tell(Script().Add(kCreate).Add(kConnected).Add(R"(
    +0.1 < cmd 1920 4000 0000000000000000 0000 00000000000000000000000000000000
    +0.1 > evt 08 06 4000 00
    +0.1 > evt 05 00 4000 13
  )"));
  ASSERT_EQ(story.links.size(), 1U);
  EXPECT_EQ(story.links[0].encryption_requests, 1U);
  const auto evidence = FindingsFor(story, Band());
  EXPECT_TRUE(IsTrue(evidence, evidence::id::kEncryptionKeyMissing));
  EXPECT_TRUE(IsTrue(evidence, evidence::id::kBondedInAndroid));
}

TEST(Story, MicFailure) {
  const Story story = Tell(Script().Add(kCreate).Add(kConnected).Add("+0.3 > evt 05 00 4000 3d\n"));
  EXPECT_TRUE(IsTrue(FindingsFor(story, Band()), evidence::id::kMicFailure));
  EXPECT_EQ(story.links[0].by, EndedBy::kUnknown);
}

TEST(Story, PairingSucceedsAndTheLinkDrops) {
  const Story story = Tell(Script().Add(kCreate).Add(kConnected).Add(R"(
    +0.1 > smp 40 0b 01
    +0.1 < smp 40 01 03 00 01 10 07 07
    +0.1 > smp 40 02 03 00 01 10 07 07
    +0.1 > evt 08 00 4000 01
    +0.1 > smp 40 06 00000000000000000000000000000000
    +2 > evt 05 00 4000 13
  )"));
  ASSERT_EQ(story.links[0].pairings.size(), 1U);
  const Pairing& pairing = story.links[0].pairings[0];
  EXPECT_EQ(pairing.outcome, Pairing::Outcome::kSucceeded);
  EXPECT_TRUE(pairing.asked_by_peer);
  EXPECT_TRUE(pairing.bonding);
  EXPECT_EQ(pairing.keys_received, 1);
  const auto evidence = FindingsFor(story, Band());
  EXPECT_TRUE(IsTrue(evidence, evidence::id::kPairingSucceeds));
  EXPECT_TRUE(IsTrue(evidence, evidence::id::kDropsRightAfterPairing));
}

TEST(Story, PairingRefused) {
  const Story story = Tell(Script().Add(kCreate).Add(kConnected).Add(R"(
    +0.1 < smp 40 01 03 00 01 10 07 07
    +0.1 > smp 40 05 05
  )"));
  EXPECT_EQ(story.counters.smp_failures[5], 1U);
  EXPECT_TRUE(IsTrue(FindingsFor(story, Band()), evidence::id::kPairingFails));
  EXPECT_THAT(story.links[0].text, HasSubstr("Pairing Not Supported"));
}

TEST(Story, RequestWithoutAnswerForThirtySeconds) {
  const Story story = Tell(Script().Add(kCreate).Add(kConnected).Add(R"(
    +0.1 < att 40 12 1600 0100
    +29 > att 40 1b 2300 01
    +2 > att 40 1b 2300 02
  )"));
  ASSERT_EQ(story.links[0].att_timeouts.size(), 1U);
  EXPECT_EQ(story.links[0].att_timeouts[0].handle, 0x16);
  EXPECT_TRUE(IsTrue(FindingsFor(story, Band()), evidence::id::kAttTimeout));
}

TEST(Story, AClockThatJumpsIsNotATimeout) {
  const Story story = Tell(Script()
                               .Add(kCreate)
                               .Add(kConnected)
                               .Add("+0.1 < att 40 0a 1600\n")
                               .Wait(90'000)
                               .Add("+0.1 > att 40 0b 00\n+1 > att 40 1b 2300 02\n"));
  EXPECT_TRUE(story.links[0].att_timeouts.empty());
}

TEST(Story, AttOnlyCaptureIsALinkThatBeganBefore) {
  const Story story = Tell(Script().Add(R"(
    +0 < att 3 0a 0300
    +0.1 > att 3 0b 4d69
    +0.1 < att 3 08 0300 0300 002a
    +0.1 > att 3 09 11 0300 4d6920536d6172742042616e642034
  )"));
  ASSERT_EQ(story.links.size(), 1U);
  EXPECT_TRUE(story.links[0].inferred);
  EXPECT_EQ(story.links[0].peer, kNone);
  EXPECT_EQ(story.links[0].transport, Transport::kLe);
  EXPECT_EQ(story.links[0].device_name, "Mi Smart Band 4");
  EXPECT_THAT(story.links[0].text, HasSubstr("began before the capture"));
  ASSERT_EQ(story.bands.size(), 1U);
  EXPECT_EQ(story.bands[0].likeness, 3);
  EXPECT_TRUE(IsTrue(FindingsFor(story, {}), evidence::id::kConnectsOk));
}

// What the phone does once per link, then work.
constexpr const char* kOpening = R"(
    +0.1 < att 40 10 0100 ffff 0028
    +0.1 > att 40 11 06 2a00 5d00 e0fe
    +0.1 < att 40 10 5e00 ffff 0028
    +0.1 > att 40 01 10 5e00 0a
    +0.1 < att 40 02 0502
    +0.1 > att 40 03 f700
    +0.1 < att 40 52 6000 0100
)";

TEST(Story, WithoutEventsLinksAreToldApartByHowTheyOpen) {
  const Story story = Tell(Script()
                               .Add(kOpening)
                               .Add("+60 > att 40 1b 2300 01\n")
                               .Wait(8)
                               .Add(kOpening)
                               .Wait(8)
                               .Add(kOpening));
  ASSERT_EQ(story.links.size(), 3U);
  EXPECT_TRUE(story.links[0].end_not_seen);
  EXPECT_FALSE(story.links[0].told_apart);
  EXPECT_TRUE(story.links[1].told_apart);
  EXPECT_EQ(story.links[1].packet, 9U);
  EXPECT_EQ(story.links[1].packets_in + story.links[1].packets_out, 7U);
  EXPECT_THAT(story.links[1].text, HasSubstr("began from the start again"));
  ASSERT_EQ(story.bands.size(), 1U);
}

TEST(Story, ASearchThatIsRepeatedAtOnceIsTheSameLink) {
  EXPECT_EQ(Tell(Script().Add(kOpening).Add(kOpening)).links.size(), 1U);
  // Where the capture holds events, those tell.
  EXPECT_EQ(
      Tell(Script().Add(kCreate).Add(kConnected).Add(kOpening).Wait(8).Add(kOpening)).links.size(),
      1U);
}

TEST(Story, FilteredCaptureCountsWhatIsMissing) {
  const Story story = Tell(Script().Add(kCreate).Add(kConnected).Add(R"(
    +0.1 < attcut 40 0 12 1600 0100
    +0.1 > attcut 40 0 13
    +0.1 < attcut 40 3 12 1600 0100
  )"));
  EXPECT_EQ(story.links[0].pdus_cut, 3U);
  EXPECT_EQ(story.counters.att_total, 1U);
  ASSERT_EQ(story.losses.size(), 1U);
  EXPECT_EQ(story.losses[0].kind, LossKind::kFiltered);
  EXPECT_EQ(story.losses[0].count, 3U);
}

TEST(Story, StragglersAfterTheEndAreNotANewLink) {
  const Story story = Tell(Script().Add(kCreate).Add(kConnected).Add(R"(
    +1 > evt 05 00 4000 08
    +0.1 < att 40 52 1600 00
  )"));
  EXPECT_EQ(story.links.size(), 1U);
  EXPECT_EQ(story.counters.att_total, 1U);
}

TEST(Story, DisconnectionOfALinkThatBeganBefore) {
  const Story story = Tell(Script().Add("+0 > evt 05 00 4000 13\n"));
  ASSERT_EQ(story.links.size(), 1U);
  EXPECT_TRUE(story.links[0].inferred);
  EXPECT_EQ(story.links[0].by, EndedBy::kPeer);
}

TEST(Story, ResetEndsEveryLink) {
  const Story story = Tell(Script().Add(kCreate).Add(kConnected).Add("+9 < cmd 030c\n"));
  EXPECT_TRUE(story.links[0].ended_by_reset);
  EXPECT_EQ(story.links[0].by, EndedBy::kPhone);
  EXPECT_FALSE(story.links[0].reason);
}

TEST(Story, HandleUsedAnewWithoutAnEnd) {
  const Story story = Tell(Script().Add(kCreate).Add(kConnected).Add(kConnected));
  ASSERT_EQ(story.links.size(), 2U);
  EXPECT_TRUE(story.links[0].end_not_seen);
  EXPECT_EQ(story.losses.size(), 1U);
}

TEST(Story, QualcommDebugIsNoLink) {
  const Story story = Tell(Script().Add("+0 > acl dc2e 0700 0300 0400 0a0300\n"));
  EXPECT_TRUE(story.links.empty());
  EXPECT_EQ(story.counters.controller_debug, 1U);
}

TEST(Story, FragmentsAndAHole) {
  const Story story = Tell(Script().Add(kCreate).Add(kConnected).Add(R"(
    +0 > acl 4020 0700 0500 0400 1b2300
    +0 > acl 4010 0200 0102
    +0 > acl 4020 0700 0500 0400 1b2300
    +0 > acl 4020 0700 0300 0400 1b2300
    +0 > acl 4010 0200 0102
  )"));
  EXPECT_EQ(story.counters.att_total, 2U);
  EXPECT_EQ(story.links[0].pdus_lost, 2U);
  EXPECT_EQ(story.losses.size(), 2U);
}

// --- findings from the air

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

// --- the observer

class Listener final : public AttObserver {
 public:
  explicit Listener(std::vector<std::string>& heard) : heard_(heard) {}
  void OnAtt(const AttPdu& pdu) override {
    heard_.push_back(std::string(pdu.from_phone ? "<" : ">") + std::to_string(pdu.opcode) + "@" +
                     std::to_string(pdu.handle) + ":" + codec::att::FormatUuid(pdu.uuid) + "=" +
                     std::to_string(pdu.value.size()) + (pdu.cut ? "cut" : ""));
  }
  void OnGap(SnoopTime, std::uint64_t) override { heard_.emplace_back("gap"); }
  TalkReport Finish(const LinkEnd& end) override {
    TalkReport report;
    report.huami = true;
    report.stages.push_back({Stage::kAuthenticated, end.time, end.packet});
    evidence::Finding finding;
    finding.id = evidence::id::kAuthSucceeded;
    finding.where.packet = 7;
    report.findings.push_back(finding);
    return report;
  }

 private:
  std::vector<std::string>& heard_;
};

class Maker final : public AttObserverMaker {
 public:
  std::unique_ptr<AttObserver> Make(const LinkInfo&) override {
    return std::make_unique<Listener>(heard);
  }
  std::vector<std::string> heard;
};

TEST(Observer, HearsPdusWithHandlesTypesAndHoles) {
  Maker maker;
  const Story story = Tell(Script().Add(kCreate).Add(kConnected).Add(R"(
    +0 < att 40 08 5f00 5f00 0328
    +0 > att 40 09 15 5f00 1a 6000 000710af09001821123500000900 0000
    +0 < att 40 0a 6000
    +0 > att 40 0b 01000000
    +0 > att 40 1b 6000 108301
    +0 < attcut 40 3 12 6000 0300
    +0 > acl 4010 0100 00
    +0 > att 40 01 12 6000 05
  )"),
                           &maker);
  EXPECT_THAT(maker.heard, ElementsAre("<8@0:00000000-0000-0000-0000-000000000000=6",
                                       ">9@0:00000000-0000-0000-0000-000000000000=22",
                                       "<10@96:00000009-0000-3512-2118-0009af100700=2",
                                       ">11@96:00000009-0000-3512-2118-0009af100700=4",
                                       ">27@96:00000009-0000-3512-2118-0009af100700=3",
                                       "<18@96:00000009-0000-3512-2118-0009af100700=0cut", "gap",
                                       ">1@96:00000009-0000-3512-2118-0009af100700=4"));
  EXPECT_EQ(story.links[0].stages.back().stage, Stage::kAuthenticated);
  EXPECT_TRUE(IsTrue(FindingsFor(story, Band()), evidence::id::kAuthSucceeded));
}

// bluetoothd 5.66 as a server sends even single values so, where the client has said that it can.
TEST(Observer, SeveralNotificationsInOnePduAreToldApart) {
  Maker maker;
  const Story story = Tell(Script().Add(kCreate).Add(kConnected).Add(R"(
    +0 > att 40 23 6000 0300 108301 3e00 0200 0102
    +0 > att 40 23 6000 0100 10
    +0 > att 40 23 6000 0900 10
  )"),
                           &maker);
  const std::string none = ":00000000-0000-0000-0000-000000000000";
  EXPECT_THAT(maker.heard, ElementsAre(">27@96" + none + "=3", ">27@62" + none + "=2",
                                       ">27@96" + none + "=1", ">27@96" + none + "=1"));
  EXPECT_EQ(story.links[0].att_notifications, 4U);
  EXPECT_TRUE(story.losses.empty());
}

TEST(Story, EveryTruncationOfEveryPacketIsSafe) {
  const Script script = Script().Add(kScanOn).Add(kBandHeard).Add(kCreate).Add(kConnected).Add(R"(
    +0 < att 40 10 0100 ffff 0028
    +0 > att 40 11 06 2a00 5d00 e0fe
    +0 < smp 40 01 03 00 01 10 07 07
    +0 > sig 40 12 01 0800 1800 2800 0000 f401
    +0 > evt 13 01 4000 0100
    +0 > evt 08 00 4000 01
    +0 > le 0a 00 4100 00 01 665544332211 000000000000 000000000000 2700 0000 f401 00
    +0 > evt 05 00 4000 13
  )");
  const auto whole = script.Packets();
  for (std::size_t i = 0; i < whole.size(); ++i) {
    for (std::size_t size = 0; size < whole[i].data.size(); ++size) {
      auto packets = whole;
      const std::vector<std::byte> part(whole[i].data.begin(),
                                        whole[i].data.begin() + static_cast<std::ptrdiff_t>(size));
      packets[i].data = part;
      Analyser analyser({});
      analyser.OnPackets(packets);
      const Story story = analyser.Finish();
      EXPECT_EQ(story.counters.packets, whole.size());
      EXPECT_FALSE(story.losses.empty()) << i << " " << size;
    }
  }
}

}  // namespace
}  // namespace bk::capture
