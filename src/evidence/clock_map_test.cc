// Offsets between clocks: found from shared moments with noise, gaps and repeats; refused when
// chance, repetition or nothing at all speaks for them.
#include "evidence/clock_map.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <random>

#include "base/address.h"

namespace bk::evidence {
namespace {

constexpr std::int64_t kSecond = 1'000'000;
constexpr std::int64_t kHour = 3600 * kSecond;
const std::string kBand = "C8:0F:10:01:02:03";
const std::string kScale = "C8:0F:10:0A:0B:0C";

SnoopTime Noon() { return {MicrosFromCivil({.year = 2023, .month = 1, .day = 6, .hour = 12})}; }

std::vector<SharedMoment> Shifted(std::vector<SharedMoment> moments, std::int64_t offset,
                                  std::int64_t lag = 0) {
  for (SharedMoment& moment : moments) moment.us += offset + lag;
  return moments;
}

// A session of one phone: links of two devices, at random.
std::vector<SharedMoment> Session(std::mt19937_64& random, int links, std::int64_t span) {
  std::vector<SharedMoment> out;
  const auto up_to = [&](std::int64_t max) {
    return static_cast<std::int64_t>(random() % static_cast<std::uint64_t>(max));
  };
  for (int i = 0; i < links; ++i) {
    const std::string& who = random() % 3 == 0 ? kScale : kBand;
    const std::int64_t up = Noon().us + up_to(span);
    out.push_back({.us = up, .kind = "link_up", .address = who});
    out.push_back({.us = up + up_to(300 * kSecond),
                   .kind = "link_down",
                   .address = who,
                   .reason = random() % 2 == 0 ? 0x08 : 0x13});
  }
  return out;
}

// Whole hours of a zone in the calendar without years.
std::int64_t ToLogcat(std::int64_t zone) { return WithoutYear(Noon()) - Noon().us + zone; }

TEST(ClockMap, LinksAcrossAZone) {
  const std::vector<SharedMoment> capture = {
      {.us = Noon().us, .kind = "link_up", .address = kBand},
      {.us = Noon().us + 95 * kSecond, .kind = "link_down", .address = kBand, .reason = 8},
      {.us = Noon().us + 340 * kSecond, .kind = "link_up", .address = kBand},
      {.us = Noon().us + 371 * kSecond, .kind = "link_down", .address = kBand, .reason = 0x13}};
  const auto link = LinkClocks(capture, ClockKind::kSnoop,
                               Shifted(capture, ToLogcat(8 * kHour), 30'000), ClockKind::kLogcat);
  ASSERT_EQ(link.outcome, ClockLinkOutcome::kLinked);
  EXPECT_EQ(link.map->moments, 4U);
  EXPECT_EQ(link.map->OffsetText(Noon()), "+8 h 0 min 0.0 s");
  EXPECT_EQ(FormatInstant(link.map->Map(Noon())), "01-06 20:00:00.030");
  EXPECT_FALSE(link.map->Map(WallTime{5}).known());
}

TEST(ClockMap, MaskedAddressesAndUnknownReasonsFit) {
  const std::vector<SharedMoment> capture = {
      {.us = Noon().us, .kind = "link_up", .address = kBand, .handle = 64},
      {.us = Noon().us + 95 * kSecond, .kind = "link_down", .address = kBand, .reason = 8},
      {.us = Noon().us + 340 * kSecond, .kind = "link_up", .address = kBand}};
  auto log = Shifted(capture, ToLogcat(-5 * kHour - kHour / 2), 10'000);
  for (SharedMoment& moment : log) {
    moment.address = "XX:XX:XX:XX:02:03";
    moment.reason = moment.handle = -1;
  }
  const auto link = LinkClocks(capture, ClockKind::kSnoop, log, ClockKind::kLogcat);
  ASSERT_EQ(link.outcome, ClockLinkOutcome::kLinked);
  EXPECT_EQ(link.map->OffsetText(Noon()), "-5 h 30 min 0.0 s");
}

TEST(ClockMap, OtherDevicesAreNoSharedMoments) {
  const std::vector<SharedMoment> a = {{.us = 0, .kind = "link_up", .address = kBand}};
  const std::vector<SharedMoment> b = {{.us = 0, .kind = "link_up", .address = kScale},
                                       {.us = 0, .kind = "link_down", .address = kBand}};
  EXPECT_EQ(LinkClocks(a, ClockKind::kSnoop, b, ClockKind::kLogcat).outcome,
            ClockLinkOutcome::kNoSharedMoments);
  EXPECT_EQ(LinkClocks({}, ClockKind::kSnoop, b, ClockKind::kLogcat).outcome,
            ClockLinkOutcome::kNoSharedMoments);
}

TEST(ClockMap, OneMomentIsTooFew) {
  const std::vector<SharedMoment> a = {{.us = Noon().us, .kind = "link_up", .address = kBand}};
  EXPECT_EQ(LinkClocks(a, ClockKind::kSnoop, Shifted(a, ToLogcat(0)), ClockKind::kLogcat).outcome,
            ClockLinkOutcome::kTooFew);
}

// Everything that ends at once ends at once in any session.
TEST(ClockMap, ABurstIsTooFew) {
  std::vector<SharedMoment> a;
  for (int i = 0; i < 6; ++i)
    a.push_back({.us = Noon().us + i * 210'000, .kind = "link_down", .reason = 0x16});
  EXPECT_NE(LinkClocks(a, ClockKind::kSnoop, Shifted(a, 123 * kSecond), ClockKind::kBoot).outcome,
            ClockLinkOutcome::kLinked);
}

TEST(ClockMap, ASteadyBeatIsAmbiguous) {
  std::vector<SharedMoment> a;
  for (int i = 0; i < 40; ++i)
    a.push_back({.us = Noon().us + i * 30 * kSecond, .kind = "link_up", .address = kBand});
  EXPECT_EQ(LinkClocks(a, ClockKind::kSnoop, Shifted(a, 17 * kHour), ClockKind::kBoot).outcome,
            ClockLinkOutcome::kAmbiguous);
}

TEST(ClockMap, RepeatsOfALogCountOnce) {
  std::mt19937_64 random(7);
  const auto a = Session(random, 6, kHour);
  auto b = Shifted(a, ToLogcat(kHour));
  for (const SharedMoment& moment : std::vector(b))
    for (int i = 1; i < 4; ++i) {
      b.push_back(moment);
      b.back().us += i * 1000;
    }
  const auto link = LinkClocks(a, ClockKind::kSnoop, b, ClockKind::kLogcat);
  ASSERT_EQ(link.outcome, ClockLinkOutcome::kLinked);
  EXPECT_EQ(link.map->moments, 12U);
}

TEST(ClockMap, TooManyPairsKeepTheRareOnes) {
  std::mt19937_64 random(8);
  std::vector<SharedMoment> a = Session(random, 10, kHour);
  auto b = Shifted(a, 5 * kHour + 77 * kSecond);
  for (int i = 0; i < 3000; ++i) {
    a.push_back({.us = Noon().us + static_cast<std::int64_t>(random() % (1ULL << 32)),
                 .kind = "adapter_on"});
    b.push_back({.us = Noon().us + static_cast<std::int64_t>(random() % (1ULL << 32)),
                 .kind = "adapter_on"});
  }
  const auto link = LinkClocks(a, ClockKind::kSnoop, b, ClockKind::kBoot);
  ASSERT_EQ(link.outcome, ClockLinkOutcome::kLinked);
  EXPECT_EQ(link.map->offset_us, 5 * kHour + 77 * kSecond);
}

// Files are foreign: whatever they hold, the answer comes soon.
TEST(ClockMap, WorstCasesStayCheap) {
  for (const std::int64_t step : {std::int64_t{1}, std::int64_t{210'000}, 3 * kSecond}) {
    std::vector<SharedMoment> one_kind, many_devices;
    for (int i = 0; i < 20'000; ++i) {
      one_kind.push_back({.us = i * step, .kind = "link_up"});
      many_devices.push_back({.us = i * step,
                              .kind = "link_up",
                              .address = FormatAddress(Address{static_cast<std::uint64_t>(i) << 8}),
                              .reason = i});
    }
    EXPECT_NE(LinkClocks(one_kind, ClockKind::kSnoop, one_kind, ClockKind::kLogcat).outcome,
              ClockLinkOutcome::kLinked);
    one_kind.resize(440);
    EXPECT_NE(LinkClocks(one_kind, ClockKind::kSnoop, one_kind, ClockKind::kLogcat).outcome,
              ClockLinkOutcome::kLinked);
    static_cast<void>(
        LinkClocks(many_devices, ClockKind::kSnoop, many_devices, ClockKind::kLogcat));
  }
}

RC_GTEST_PROP(ClockMapProperty, FindsTheOffsetDespiteNoiseAndGaps, ()) {
  std::mt19937_64 random(*rc::gen::arbitrary<std::uint64_t>());
  const auto whole = Session(random, 16, 2 * kHour);
  const std::int64_t offset =
      static_cast<std::int64_t>(random() % static_cast<std::uint64_t>(2000 * kHour)) - 1000 * kHour;
  std::vector<SharedMoment> a, b;
  // A quarter is missing on either side, and each side has moments of its own.
  for (const SharedMoment& moment : whole)
    if (random() % 4 != 0) a.push_back(moment);
  for (const SharedMoment& moment : whole) {
    if (random() % 4 == 0) continue;
    b.push_back(moment);
    b.back().us += offset + static_cast<std::int64_t>(random() % 150'000);
    if (random() % 3 == 0) b.back().address = "XX:XX:XX" + b.back().address.substr(8);
    if (random() % 3 == 0) b.back().reason = -1;
  }
  for (SharedMoment& own : Session(random, 3, 2 * kHour)) a.push_back(own);
  for (SharedMoment& own : Shifted(Session(random, 3, 2 * kHour), offset)) b.push_back(own);
  std::ranges::shuffle(a, random);
  std::ranges::shuffle(b, random);
  const auto link = LinkClocks(a, ClockKind::kSnoop, b, ClockKind::kBoot);
  RC_ASSERT(link.outcome == ClockLinkOutcome::kLinked);
  RC_ASSERT(std::abs(link.map->offset_us - offset) <= 300'000);
  RC_ASSERT(link.map->moments >= 4U);
}

// Chance can look like agreement; it must do so no more than once in a thousand (seen: about one in
// nine thousand).
TEST(ClockMap, TwoSessionsOfOnePhoneAreHardlyEverLinked) {
  std::mt19937_64 random(20'261'125);
  int linked = 0;
  for (int trial = 0; trial < 2000; ++trial) {
    const int links = 1 + static_cast<int>(random() % 59);
    const auto a = Session(random, links, 3 * kHour);
    const auto b = Session(random, links, 3 * kHour);
    const ClockKind to = random() % 2 == 0 ? ClockKind::kLogcat : ClockKind::kWall;
    const auto link = LinkClocks(a, ClockKind::kSnoop,
                                 Shifted(b, to == ClockKind::kLogcat ? ToLogcat(0) : 0), to);
    linked += link.outcome == ClockLinkOutcome::kLinked;
  }
  EXPECT_LE(linked, 2);
}

RC_GTEST_PROP(ClockMapProperty, AnyOrderGivesTheSame, ()) {
  std::mt19937_64 random(*rc::gen::arbitrary<std::uint64_t>());
  auto a = Session(random, 5, kHour);
  auto b = Shifted(a, 90 * kSecond);
  const auto once = LinkClocks(a, ClockKind::kWall, b, ClockKind::kBoot);
  std::ranges::shuffle(a, random);
  std::ranges::shuffle(b, random);
  const auto again = LinkClocks(a, ClockKind::kWall, b, ClockKind::kBoot);
  RC_ASSERT(once.outcome == again.outcome);
  if (once.map) RC_ASSERT(once.map->offset_us == again.map->offset_us);
}

TEST(ClockMap, OffsetTextCarriesAndCrossesTheYear) {
  ClockMap map{.from = ClockKind::kSnoop, .to = ClockKind::kWall, .offset_us = -59'970'000};
  EXPECT_EQ(map.OffsetText(Noon()), "-0 h 1 min 0.0 s");
  map.offset_us = -20'000;
  EXPECT_EQ(map.OffsetText(Noon()), "+0 h 0 min 0.0 s");
  const SnoopTime eve{MicrosFromCivil({.year = 2022, .month = 12, .day = 31, .hour = 23})};
  const WallTime year_later{MicrosFromCivil({.year = 2000, .month = 1, .day = 1, .hour = 7})};
  map = {.from = ClockKind::kSnoop, .to = ClockKind::kLogcat, .offset_us = year_later.us - eve.us};
  EXPECT_EQ(map.OffsetText(eve), "+8 h 0 min 0.0 s");
}

}  // namespace
}  // namespace bk::evidence
