#include "codec/miband/fetch.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "simulate/band/band_testing.h"

namespace bk::simulate::band {
namespace {

constexpr std::string_view kFrom1970 = "01 01 B2 07 01 01 00 00 00 00";

Options WithHistory(std::size_t minutes) {
  Options options;
  options.history = minutes;
  options.zone = 8;
  options.quirks.clock_ppm = 0;
  return options;
}
struct Round {
  codec::miband::FetchReply start;
  std::vector<codec::miband::ActivitySample> samples;
  std::string said;  // all but the data
};
// One round from `request` on, to its last word.
Round Fetch(Hand& hand, std::string_view request) {
  Round round;
  hand.all.clear();
  (void)hand.Write(0x003b, request);
  if (hand.all.size() != 1) return round;
  round.start = codec::miband::DecodeFetchReply(hand.all[0].bytes).value();
  (void)hand.Write(0x003b, "02");
  std::uint8_t counter = 0;
  ByteVector payload;
  for (const auto& notification : hand.all) {
    if (notification.handle == 0x003e) {
      EXPECT_EQ(std::to_integer<std::uint8_t>(notification.bytes[0]), counter++);
      payload.insert(payload.end(), notification.bytes.begin() + 1, notification.bytes.end());
    } else {
      round.said += ToHex(notification.bytes) + "|";
    }
  }
  round.samples = codec::miband::DecodeActivity(payload);
  return round;
}
std::vector<codec::miband::ActivitySample> Recorded(const Hand& hand) {
  std::vector<codec::miband::ActivitySample> out;
  for (const StoredMinute& minute : hand.band.truth().recorded) out.push_back(minute.sample);
  return out;
}
void Ready(Hand& hand) {
  hand.Authenticate();
  (void)hand.Write(0x003c, "01 00");
  (void)hand.Write(0x003f, "01 00");
}

TEST(Fetch, AWeekInOneRoundAndTheCounterWraps) {
  Hand hand(WithHistory(7 * 1440));
  Ready(hand);
  const Round round = Fetch(hand, kFrom1970);
  EXPECT_GE(round.start.records, 7u * 1440);
  EXPECT_EQ(round.samples.size(), round.start.records);
  const auto recorded = Recorded(hand);
  EXPECT_TRUE(std::equal(round.samples.begin(), round.samples.end(), recorded.begin()));
  // The reply names the first minute, in the zone in which it was recorded.
  const auto& first = hand.band.truth().recorded.front();
  EXPECT_EQ(round.start.since.quarter_hours, 8);
  EXPECT_EQ(round.start.since.Local().us, first.minute * 60'000'000 + ZoneMicros(8));
}

TEST(Fetch, AnAcknowledgementDeletesWhatTheRoundBroughtAndNothingElse) {
  for (const bool deletes : {true, false}) {
    Options options = WithHistory(100);
    options.quirks.acknowledge_deletes = deletes;
    options.quirks.round_minutes = 40;
    Hand hand(options);
    Ready(hand);
    EXPECT_EQ(Fetch(hand, kFrom1970).samples.size(), 40u);
    const std::size_t before = hand.band.state().minutes.size();
    EXPECT_EQ(hand.Write(0x003b, "03"), "003B: 10 03 01");
    EXPECT_EQ(hand.band.state().minutes.size(), before - (deletes ? 40 : 0));
    EXPECT_EQ(hand.band.truth().deleted.size(), deletes ? 40u : 0u);
    for (const Deleted& deleted : hand.band.truth().deleted) {
      EXPECT_EQ(deleted.why, Deleted::Why::kAcknowledged);
      EXPECT_EQ(deleted.link, 1u);
    }
    // A second acknowledgement has nothing to say yes to.
    EXPECT_EQ(hand.Write(0x003b, "03"), "003B: 10 03 01");
    EXPECT_EQ(hand.band.state().minutes.size(), before - (deletes ? 40 : 0));
  }
}

TEST(Fetch, WithoutAnAcknowledgementTheSameComesAgain) {
  Hand hand(WithHistory(30));
  Ready(hand);
  const auto first = Fetch(hand, kFrom1970).samples;
  hand.Reconnect();
  Ready(hand);
  const auto second = Fetch(hand, kFrom1970).samples;
  ASSERT_GE(second.size(), first.size());
  EXPECT_TRUE(std::equal(first.begin(), first.end(), second.begin()));
  // An acknowledgement on a link that brought nothing deletes nothing.
  hand.Reconnect();
  Ready(hand);
  EXPECT_EQ(hand.Write(0x003b, "03"), "003B: 10 03 01");
  EXPECT_TRUE(hand.band.truth().deleted.empty());
}

TEST(Fetch, NothingNew) {
  Hand hand(WithHistory(10));
  Ready(hand);
  // From the future on: the request's own minute, in the band's zone.
  EXPECT_EQ(hand.Write(0x003b, "01 01 EA 07 04 16 16 13 32 08"),
            "003B: 10 01 01 00 00 00 00 EA 07 04 16 16 13 00 08");
  EXPECT_EQ(hand.Write(0x003b, "02"), "003B: 10 02 04");
  EXPECT_EQ(hand.Write(0x003b, "03"), "003B: 10 03 01");
  // With an empty store in UTC, as a capture of a fresh band shows; workouts and manual heart rate
  // with seconds, and 1970 for what it never records.
  Hand empty(WithHistory(0));
  Ready(empty);
  empty.band.MutableState().minutes.clear();
  EXPECT_EQ(empty.Write(0x003b, "01 01 EA 07 04 16 16 0F 32 08"),
            "003B: 10 01 01 00 00 00 00 EA 07 04 16 14 0F 00 00");
  EXPECT_EQ(empty.Write(0x003b, "01 02 EA 07 04 16 16 0F 32 08"),
            "003B: 10 01 01 00 00 00 00 EA 07 04 16 14 0F 32 00");
  EXPECT_EQ(empty.Write(0x003b, "01 05 EA 07 04 16 16 0F 05 08"),
            "003B: 10 01 01 00 00 00 00 EA 07 04 16 14 0F 05 00");
  EXPECT_EQ(empty.Write(0x003b, "01 0D EA 07 04 16 15 0F 05 08"),
            "003B: 10 01 01 00 00 00 00 B2 07 01 01 00 00 00 00");
}

TEST(Fetch, ManualHeartRate) {
  Hand hand(WithHistory(0));
  Ready(hand);
  hand.band.MeasureHeart(hand.now, 0x37);
  hand.all.clear();
  const std::string start = hand.Write(0x003b, "01 02 E8 07 07 01 00 00 00 08");
  EXPECT_EQ(start.substr(0, 26), "003B: 10 01 01 01 00 00 00");
  const std::string data = hand.Write(0x003b, "02");
  EXPECT_EQ(data.substr(0, 8), "003E: 00");
  EXPECT_EQ(data.substr(data.size() - 20), "08 37\n003B: 10 02 01");
}

TEST(Fetch, AGapEndsARound) {
  Hand hand(WithHistory(20));
  Ready(hand);
  auto& minutes = hand.band.MutableState().minutes;
  minutes.erase(minutes.begin() + 7);
  EXPECT_EQ(Fetch(hand, kFrom1970).samples.size(), 7u);
}

TEST(Fetch, ANewStartWhileDataFlows) {
  for (const bool restarts : {true, false}) {
    Options options = WithHistory(60);
    options.quirks.start_while_streaming_restarts = restarts;
    options.faults.stalls_after = 5;
    Hand hand(options);
    Ready(hand);
    (void)hand.Write(0x003b, kFrom1970);
    (void)hand.Write(0x003b, "02");
    EXPECT_TRUE(hand.band.link().fetch.streaming);
    EXPECT_EQ(hand.Write(0x003b, "03"), "003B: 10 03 04");
    EXPECT_EQ(hand.Write(0x003b, kFrom1970).empty(), !restarts);
  }
}

TEST(Fetch, Faults) {
  const auto run = [](std::string_view name) {
    Options options = WithHistory(36);
    FindFault(name)->apply(options.faults, options.quirks);
    Hand hand(options);
    Ready(hand);
    std::string out;
    for (const std::string_view write : {kFrom1970, std::string_view("02")}) {
      hand.all.clear();
      (void)hand.Write(0x003b, write);
      for (const auto& notification : hand.all)
        out += notification.handle == 0x003e
                   ? "d" + std::to_string(std::to_integer<int>(notification.bytes[0])) + " "
                   : ToHex(Bytes(notification.bytes).first(3)) + "/" +
                         std::to_string(notification.bytes.size()) + " ";
    }
    return out;
  };
  EXPECT_EQ(run("busy"), "10 01 02/3 10 02 04/3 ");
  EXPECT_EQ(run("empty"), "10 01 01/15 10 02 04/3 ");
  EXPECT_EQ(run("refuses_go"), "10 01 01/15 10 02 04/3 ");
  EXPECT_EQ(run("gap"), "10 01 01/15 d0 d1 d3 d4 d5 d6 d7 d8 d9 10 02 01/3 ");
  EXPECT_EQ(run("stall"), "10 01 01/15 d0 d1 d2 d3 d4 ");
  EXPECT_EQ(run("no_end"), "10 01 01/15 d0 d1 d2 d3 d4 d5 d6 d7 d8 d9 ");
  EXPECT_EQ(run("long_replies"), "10 01 01/16 d0 d1 d2 d3 d4 d5 d6 d7 d8 d9 10 02 01/7 ");
}

}  // namespace
}  // namespace bk::simulate::band
