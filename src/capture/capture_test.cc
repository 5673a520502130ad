// Links as data: each case is named after the situation that it tells.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "capture/story_testing.h"

namespace bk::capture {
namespace {

using evidence::LossKind;
using testing::ElementsAre;
using testing::HasSubstr;

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

// The phone lets go of the band and that is the last that was recorded: Bluetooth may be off since.
TEST(Story, ARecordingThatEndsAsThePhoneLetsGoDoesNotVouchForTheLink) {
  const auto ends = [](const char* how) {
    return FindingsFor(Tell(Script()
                                .Add(kScanOn)
                                .Add(kBandHeard)
                                .Add(kScanOff)
                                .Add(kCreate)
                                .Add(kConnected)
                                .Wait(120)
                                .Add(how)),
                       Band());
  };
  const auto cut = [](const evidence::Evidence& evidence) {
    return std::ranges::any_of(evidence.losses, [](const evidence::Loss& loss) {
      return loss.kind == LossKind::kTruncated && loss.text.contains("switched off");
    });
  };
  const auto up = ends("+1 > le 03 00 4000 1800 0000 f401\n");
  EXPECT_TRUE(IsTrue(up, evidence::id::kConnectsOk));
  EXPECT_FALSE(cut(up));
  const char* hang_up = "+1 < cmd 0604 4000 13\n+0.1 > evt 05 00 4000 16\n";
  for (const std::string& how :
       {std::string(hang_up), std::string("+1 < cmd 030c\n"),
        std::string(hang_up) + "+0.5 < cmd 030c\n+0.1 > evt 0e 01 030c 00"}) {
    SCOPED_TRACE(how);
    const auto off = ends(how.c_str());
    EXPECT_EQ(Find(off, evidence::id::kConnectsOk), nullptr);
    EXPECT_TRUE(cut(off));
  }
  // The band's own wish, a link that was lost, and a phone that goes on are none of this.
  for (const std::string& how :
       {std::string("+1 > evt 05 00 4000 13\n"), std::string("+1 > evt 05 00 4000 08\n"),
        std::string(hang_up) + "+10 < cmd 0c20 01 00\n",
        std::string(hang_up) + "+0.1 < cmd 0c20 01 00\n",
        std::string("+1 < cmd 030c\n+0.1 < cmd 0c20 01 00\n")}) {
    SCOPED_TRACE(how);
    const auto on = ends(how.c_str());
    EXPECT_TRUE(IsTrue(on, evidence::id::kConnectsOk));
    EXPECT_FALSE(cut(on));
  }
}

// An app that connects, does its work and hangs up is healthy, though the recording ends with that.
TEST(Story, AnAppThatIsDoneHangsUpAndThatIsHealth) {
  const auto evidence =
      FindingsFor(Tell(Script()
                           .Add(kCreate)
                           .Add(kConnected)
                           .Wait(20)
                           .Add("+1 < cmd 0604 4000 13\n+0.1 > evt 05 00 4000 16\n")),
                  Band());
  EXPECT_TRUE(IsTrue(evidence, evidence::id::kConnectsOk));
  EXPECT_TRUE(evidence.losses.empty());
}

}  // namespace
}  // namespace bk::capture
