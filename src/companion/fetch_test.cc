#include "companion/fetch.h"

#include "companion/script_testing.h"

namespace bk::companion {
namespace {

using codec::miband::Clock;

constexpr Clock kSince{2024, 7, 1, 0, 0, 0, 8};
constexpr std::string_view kAsk = "01 01 E8 07 07 01 00 00 00 08";

ByteVector Packet(std::size_t index, std::size_t records = 4) {
  ByteVector bytes{static_cast<std::byte>(index & 0xff)};
  for (std::size_t i = 0; i < records; ++i) {
    const std::size_t record = index * 4 + i;
    for (const std::size_t value : {std::size_t{1}, std::size_t{20}, record & 0xff, record >> 8})
      bytes.push_back(static_cast<std::byte>(value));
  }
  return bytes;
}
// Steps and heart rate hold the number of the record: what stands where.
std::size_t RecordAt(Bytes bytes, std::size_t at) {
  return std::to_integer<std::size_t>(bytes[at * 4 + 2]) |
         std::to_integer<std::size_t>(bytes[at * 4 + 3]) << 8;
}

struct FetchTest : ::testing::Test {
  Fetch fetch{{kSince, true}};
  Script script{fetch};
  std::vector<FetchedStretch> got;

  void Begin() {
    script.Start();
    script.ExpectSubscribe(Attribute::kFetchControl);
    script.ExpectSubscribe(Attribute::kFetchData);
  }
  void Round(std::string_view ask, std::string_view reply) {
    script.ExpectWrite(Attribute::kFetchControl, ask);
    script.Notify(Attribute::kFetchControl, reply);
    script.ExpectWrite(Attribute::kFetchControl, "02");
  }
  void Data(std::size_t index, std::size_t records = 4) {
    script.Notify(Attribute::kFetchData, Packet(index, records));
  }
  void End() { script.Notify(Attribute::kFetchControl, "10 02 01"); }
  void Store() {
    for (auto& stretch : fetch.Take()) got.push_back(std::move(stretch));
    fetch.Stored(script.talk(), script.now());
    script.Collect();
  }
  void Acknowledge() {
    Store();
    script.ExpectWrite(Attribute::kFetchControl, "03");
    script.Notify(Attribute::kFetchControl, "10 03 01");
  }
};

TEST_F(FetchTest, TheReferenceExchange) {
  Begin();
  Round(kAsk, "10 01 01 0A 00 00 00 E8 07 07 01 00 00 00 08");
  script.Notify(Attribute::kFetchData, "00 01 14 00 46 01 14 01 47 01 14 02 48 01 14 03 49");
  script.Notify(Attribute::kFetchData, "01 01 14 04 4A 01 14 05 4B 01 14 06 4C 01 14 07 4D");
  script.Notify(Attribute::kFetchData, "02 01 14 08 4E 01 14 09 4F");
  End();
  // Not before everything is stored.
  script.ExpectNothing();
  EXPECT_FALSE(fetch.outcome());
  Store();
  script.ExpectWrite(Attribute::kFetchControl, "03");
  script.Notify(Attribute::kFetchControl, "10 03 01");
  script.ExpectWrite(Attribute::kFetchControl, "01 01 E8 07 07 01 00 0A 00 08");
  script.Notify(Attribute::kFetchControl, "10 01 01 00 00 00 00 E8 07 07 01 00 0A 00 08");
  ASSERT_TRUE(fetch.outcome());
  EXPECT_TRUE(fetch.outcome()->done());
  ASSERT_EQ(got.size(), 3U);
  EXPECT_EQ(got[1].start, (Clock{2024, 7, 1, 0, 4, 0, 8}));
  EXPECT_EQ(fetch.progress().records, 10U);
}

TEST_F(FetchTest, WhoeverOnlyLooksDeletesNothing) {
  Fetch looking{{kSince, false}};
  Script peer{looking};
  peer.Start();
  peer.ExpectSubscribe(Attribute::kFetchControl);
  peer.ExpectSubscribe(Attribute::kFetchData);
  peer.ExpectWrite(Attribute::kFetchControl, kAsk);
  peer.Notify(Attribute::kFetchControl, "10 01 01 04 00 00 00 E8 07 07 01 00 00 00 08");
  peer.ExpectWrite(Attribute::kFetchControl, "02");
  peer.Notify(Attribute::kFetchData, Packet(0));
  peer.Notify(Attribute::kFetchControl, "10 02 01");
  peer.ExpectWrite(Attribute::kFetchControl, "01 01 E8 07 07 01 00 04 00 08");
  peer.Notify(Attribute::kFetchControl, "10 01 01 00 00 00 00 E8 07 07 01 00 04 00 08");
  looking.Take();
  looking.Stored(peer.talk(), peer.now());
  peer.Collect();
  peer.ExpectNothing();
  EXPECT_TRUE(looking.outcome() && looking.outcome()->done());
}

TEST_F(FetchTest, ALostPacketOfALongRoundIsAskedForFromItsMinute) {
  Begin();
  Round(kAsk, "10 01 01 E8 03 00 00 E8 07 07 01 00 00 00 08");  // 1000
  for (std::size_t i = 0; i < 10; ++i) Data(i);
  for (std::size_t i = 11; i < 23; ++i) Data(i);
  // Minute 40 = packet 10 is missing for good; the stream is started anew from there.
  script.ExpectWrite(Attribute::kFetchControl, "01 01 E8 07 07 01 00 28 00 08");
  Data(23);  // still of the old stream
  script.Notify(Attribute::kFetchControl, "10 01 01 C0 03 00 00 E8 07 07 01 00 28 00 08");
  script.Notify(Attribute::kFetchData, Packet(24));
  script.ExpectNothing();  // waits until the old stream is quiet
  script.Tick();
  script.ExpectWrite(Attribute::kFetchControl, "02");
  for (std::size_t i = 0; i < 240; ++i) {
    ByteVector packet = Packet(i + 10);
    packet[0] = static_cast<std::byte>(i & 0xff);
    script.Notify(Attribute::kFetchData, packet);
  }
  End();
  Store();
  EXPECT_EQ(fetch.progress().records, 1000U);
  EXPECT_EQ(fetch.progress().asked_again, 1U);
  std::size_t next = 0;
  for (const FetchedStretch& stretch : got)
    for (std::size_t i = 0; i < stretch.bytes.size() / 4; ++i)
      ASSERT_EQ(RecordAt(stretch.bytes, i), next++);
  EXPECT_EQ(next, 1000U);
}

TEST_F(FetchTest, ABandThatIgnoresAStartWhileItStreamsIsWaitedFor) {
  Begin();
  Round(kAsk, "10 01 01 E8 03 00 00 E8 07 07 01 00 00 00 08");
  for (std::size_t i = 0; i < 250; ++i)
    if (i != 10) Data(i);
  script.ExpectWrite(Attribute::kFetchControl, "01 01 E8 07 07 01 00 28 00 08");
  End();
  script.Tick();  // late packets: none
  Store();
  // The island behind the gap is proved by the count and kept: only four minutes are missing.
  EXPECT_EQ(fetch.progress().records, 996U);
  Round("01 01 E8 07 07 01 00 28 00 08", "10 01 01 C0 03 00 00 E8 07 07 01 00 28 00 08");
  ByteVector packet = Packet(10);
  packet[0] = std::byte{0};
  script.Notify(Attribute::kFetchData, packet);
  EXPECT_EQ(fetch.progress().records, 1000U);
}

TEST_F(FetchTest, DisorderAndDoublesCostNothing) {
  Begin();
  Round(kAsk, "10 01 01 10 00 00 00 E8 07 07 01 00 00 00 08");
  for (const std::size_t i : {1, 0, 0, 3, 2, 3}) Data(i);
  End();
  EXPECT_EQ(fetch.progress().records, 16U);
  EXPECT_EQ(fetch.progress().doubled, 2U);
  EXPECT_EQ(fetch.progress().asked_again, 0U);
}

TEST_F(FetchTest, TheEndMayOvertakeTheLastPackets) {
  Begin();
  Round(kAsk, "10 01 01 08 00 00 00 E8 07 07 01 00 00 00 08");
  Data(0);
  End();
  script.ExpectNothing();
  Data(1);
  Store();
  script.ExpectWrite(Attribute::kFetchControl, "03");
  EXPECT_EQ(fetch.progress().records, 8U);
}

TEST_F(FetchTest, ALaterBeginningIsTold) {
  Begin();
  Round(kAsk, "10 01 01 04 00 00 00 E8 07 07 02 00 00 00 08");
  Data(0);
  End();
  ASSERT_EQ(fetch.progress().skips.size(), 1U);
  EXPECT_EQ(fetch.progress().skips[0].began, (Clock{2024, 7, 2, 0, 0, 0, 8}));
  Acknowledge();
  script.ExpectWrite(Attribute::kFetchControl, "01 01 E8 07 07 02 00 04 00 08");
}

TEST_F(FetchTest, AnotherZoneInTheReplyIsTheSameMoment) {
  Begin();
  Round(kAsk, "10 01 01 04 00 00 00 E8 07 06 1E 16 00 00 00");  // 22:00 UTC
  Data(0);
  End();
  EXPECT_TRUE(fetch.progress().skips.empty());
  Acknowledge();
  script.ExpectWrite(Attribute::kFetchControl, "01 01 E8 07 07 01 00 04 00 08");
}

TEST_F(FetchTest, BusyIsAskedAgainAndEndsOnce) {
  Begin();
  for (int i = 0; i < 5; ++i) {
    script.ExpectWrite(Attribute::kFetchControl, kAsk);
    script.Notify(Attribute::kFetchControl, "10 01 02");
    script.Tick();
  }
  script.ExpectWrite(Attribute::kFetchControl, kAsk);
  script.Notify(Attribute::kFetchControl, "10 01 02");
  ASSERT_TRUE(fetch.outcome());
  EXPECT_EQ(fetch.outcome()->status, 2);
}

TEST_F(FetchTest, AnnouncedAndThenRefusedIsARefusal) {
  Begin();
  for (int i = 0; i < 6; ++i) {
    Round(kAsk, "10 01 01 10 00 00 00 E8 07 07 01 00 00 00 08");
    script.Notify(Attribute::kFetchControl, "10 02 04");
    if (i < 5) script.Tick();
  }
  ASSERT_TRUE(fetch.outcome());
  EXPECT_EQ(fetch.outcome()->end, Outcome::End::kRefused);
  EXPECT_EQ(fetch.outcome()->status, 4);
}

TEST_F(FetchTest, AnUnansweredAcknowledgementHoldsNothingUp) {
  Begin();
  Round(kAsk, "10 01 01 04 00 00 00 E8 07 07 01 00 00 00 08");
  Data(0);
  End();
  Store();
  script.ExpectWrite(Attribute::kFetchControl, "03");
  script.Tick();
  script.ExpectWrite(Attribute::kFetchControl, "01 01 E8 07 07 01 00 04 00 08");
}

TEST_F(FetchTest, NothingNewIsDone) {
  Begin();
  script.ExpectWrite(Attribute::kFetchControl, kAsk);
  script.Notify(Attribute::kFetchControl, "10 01 01 00 00 00 00 B2 07 01 01 00 00 00 80");
  ASSERT_TRUE(fetch.outcome());
  EXPECT_TRUE(fetch.outcome()->done());
  script.ExpectNothing();
}

TEST_F(FetchTest, TwoPacketsOfOnePlaceThatDifferVoidTheRound) {
  Begin();
  Round(kAsk, "10 01 01 10 00 00 00 E8 07 07 01 00 00 00 08");
  Data(0);
  Store();
  Data(1);
  ByteVector other = Packet(7);
  other[0] = std::byte{0};
  script.Notify(Attribute::kFetchData, other);
  Data(2);
  Data(3);
  End();
  EXPECT_EQ(fetch.TakeRevoked(), kSince);
  EXPECT_TRUE(fetch.Take().empty());
  script.ExpectWrite(Attribute::kFetchControl, kAsk);
}

TEST_F(FetchTest, AnnouncedAndNeverSentEnds) {
  Begin();
  for (int i = 0; i < 4; ++i) {
    Round(kAsk, "10 01 01 10 00 00 00 E8 07 07 01 00 00 00 08");
    End();
    script.Tick();
  }
  ASSERT_TRUE(fetch.outcome());
  EXPECT_EQ(fetch.outcome()->end, Outcome::End::kNoAnswer);
}

TEST_F(FetchTest, SilenceEndsInEveryState) {
  Begin();
  Round(kAsk, "10 01 01 10 00 00 00 E8 07 07 01 00 00 00 08");
  for (int ticks = 0; ticks < 50 && !fetch.outcome(); ++ticks) script.Tick();
  ASSERT_TRUE(fetch.outcome());
  EXPECT_EQ(fetch.outcome()->end, Outcome::End::kNoAnswer);
}

TEST_F(FetchTest, GarbageChangesNothing) {
  Begin();
  script.ExpectWrite(Attribute::kFetchControl, kAsk);
  for (const char* hex : {"", "10", "10 01", "11 01 01", "10 03 01", "10 02 01"})
    script.Notify(Attribute::kFetchControl, hex);
  script.Notify(Attribute::kFetchData, "00 01 02");
  EXPECT_FALSE(fetch.outcome());
  script.Notify(Attribute::kFetchControl, "10 01 01 FF FF FF 7F E8 07 07 01 00 00 00 08");
  EXPECT_EQ(fetch.outcome()->end, Outcome::End::kGarbled);
}

}  // namespace
}  // namespace bk::companion
