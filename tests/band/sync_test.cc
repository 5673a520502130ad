// The companion's sync against the simulated band, over a simulated radio that loses, cuts and
// confuses: no minute lost, none doubled, nothing deleted before it was stored.
#include "app/band/drive.h"
#include "band/world_testing.h"

namespace bk::band_test {
namespace {

using End = app::SyncResult::End;
using simulate::radio::Cut;

constexpr std::size_t kWeek = 7 * 24 * 60;

std::int64_t FirstMinuteOf(const WorldOptions& options) { return options.band.utc_us / 60'000'000; }

WorldOptions AWeek() {
  WorldOptions options;
  options.band.history = kWeek;
  return options;
}

TEST(Sync, AWeekInOneGo) {
  const WorldOptions options = AWeek();
  World world(options);
  const auto result = world.Sync();
  ASSERT_EQ(result.end, End::kDone);
  EXPECT_EQ(result.links, 1);
  EXPECT_EQ(result.asked_again, 0U);
  EXPECT_GE(result.saved.fresh, kWeek);
  world.ExpectNothingLostOrDoubled(FirstMinuteOf(options));
  world.ExpectNothingDeletedUnstored();
  EXPECT_FALSE(world.band().truth().deleted.empty());
  EXPECT_EQ(result.info.firmware, "1.0.9.70");
}

TEST(Sync, WhoeverOnlyLooksDeletesNothing) {
  const WorldOptions options = AWeek();
  World world(options);
  ASSERT_EQ(world.Sync(/*acknowledge=*/false).end, End::kDone);
  EXPECT_TRUE(world.band().truth().deleted.empty());
  world.ExpectNothingLostOrDoubled(FirstMinuteOf(options));
}

TEST(Sync, ASecondSyncBringsOnlyWhatIsNew) {
  const WorldOptions options = AWeek();
  World world(options);
  ASSERT_EQ(world.Sync().end, End::kDone);
  world.air().Run(world.air().Now() + std::chrono::hours(5));
  const auto again = world.Sync();
  ASSERT_EQ(again.end, End::kDone);
  EXPECT_NEAR(static_cast<double>(again.saved.fresh), 300, 5);
  EXPECT_TRUE(again.gaps.empty());
  world.ExpectNothingLostOrDoubled(FirstMinuteOf(options) + 300);
}

// Notifications that the host loses, doubles and swaps.
TEST(Sync, AConfusedHost) {
  for (const bool restarts : {true, false}) {
    for (std::uint64_t seed = 1; seed <= 5; ++seed) {
      WorldOptions options;
      options.band.history = 3000;
      options.band.quirks.start_while_streaming_restarts = restarts;
      options.air.seed = seed;
      options.host.host.lost = 0.01;
      options.host.host.doubled = 0.02;
      options.host.host.swapped = 0.02;
      World world(options);
      const auto result = world.Sync();
      EXPECT_EQ(result.end, End::kDone) << seed;
      world.ExpectNothingLostOrDoubled(FirstMinuteOf(options));
      world.ExpectNothingDeletedUnstored();
    }
  }
}

// Many cuts in one week, with loss, at random places.
TEST(Sync, AWeekUnderFire) {
  for (std::uint64_t seed = 1; seed <= 8; ++seed) {
    WorldOptions options = AWeek();
    options.air.seed = seed;
    options.air.loss = 0.1;
    options.air.setup_failure = 0.2;
    for (std::uint64_t cut = 1; cut <= 12; ++cut)
      options.air.cuts.push_back({.when = Cut::When::kValueByte,
                                  .how = static_cast<Cut::How>((seed + cut) % 4),
                                  .count = cut * (2000 + seed * 331),
                                  .direction = simulate::radio::Direction::kToHost,
                                  .outage = std::chrono::seconds(2)});
    World world(options);
    const auto result = world.Sync();
    EXPECT_EQ(result.end, End::kDone) << seed;
    EXPECT_GT(result.links, 6) << seed;
    world.ExpectNothingLostOrDoubled(FirstMinuteOf(options));
    world.ExpectNothingDeletedUnstored();
  }
}

// The canary: a store that loses one minute of one save, and says that all is well, must be caught
// by the same checks.
TEST(Sync, TheChecksSeeALostMinute) {
  const WorldOptions options = AWeek();
  World world(options);
  world.store.forgets_save = 2;
  ASSERT_EQ(world.Sync().end, End::kDone);
  ASSERT_GE(world.store.saves, 2);
  EXPECT_NONFATAL_FAILURE(world.ExpectNothingLostOrDoubled(FirstMinuteOf(options)), "lost");
  EXPECT_NONFATAL_FAILURE(world.ExpectNothingDeletedUnstored(), "unstored");
}

TEST(Sync, TravellingAndDaylightSavingKeepEveryMinuteUnique) {
  const WorldOptions options = AWeek();
  World world(options);
  ASSERT_EQ(world.Sync().end, End::kDone);
  for (const std::int8_t zone : {std::int8_t{4}, std::int8_t{-20}, std::int8_t{22}}) {
    world.zone = zone;
    world.air().Run(world.air().Now() + std::chrono::hours(2));
    ASSERT_EQ(world.Sync().end, End::kDone);
  }
  world.ExpectNothingLostOrDoubled(FirstMinuteOf(options) + 6 * 60);
}

// A phone whose own clock is off by so much has connected in between and set the band's.
void AnotherPhoneSetsTheClock(World& world, std::chrono::seconds off) {
  SimRadio phone(world.air(), {});
  companion::BandSession::Options options = world.Session();
  options.local_clock = [&](ports::RadioTime now) {
    return companion::ClockIn(world.zone, (world.Wall(now) + off.count()) * 1'000'000);
  };
  companion::BandSession session(options);
  session.Start(phone.Now());
  app::Drive(phone, session, std::chrono::milliseconds(250),
             [&](ports::RadioTime) { return !session.ready(); });
  ASSERT_TRUE(session.info().clock_set);
  app::CloseLink(phone, session);
}

// Everything that the band ever recorded is stored under the minute that its clock showed; a minute
// that it recorded twice is there twice.
void ExpectAllRecordedIsStored(World& world) {
  std::size_t lost = 0;
  for (const auto& recorded : world.band().truth().recorded) {
    const auto& there = world.store.rows[recorded.minute];
    lost += std::ranges::none_of(there, [&](const auto& row) {
      return row.first.kind == recorded.sample.kind &&
             row.first.intensity == recorded.sample.intensity &&
             row.first.steps == recorded.sample.steps &&
             row.first.heart_rate == recorded.sample.heart_rate;
    });
  }
  EXPECT_EQ(lost, 0U);
}

TEST(Sync, AClockThatWasSetBackOrOnLosesNothingAndIsTold) {
  using std::chrono::hours;
  for (const auto off : {hours(-30), hours(-3), hours(5), hours(30)}) {
    SCOPED_TRACE(off.count());
    WorldOptions options;
    options.band.history = 600;
    World world(options);
    ASSERT_EQ(world.Sync().end, End::kDone);
    const auto pass = [&](hours time) { world.air().Run(world.air().Now() + time); };
    pass(hours(1));
    AnotherPhoneSetsTheClock(world, off);
    pass(hours(2));
    const auto told = world.Sync();
    ASSERT_EQ(told.end, End::kDone);
    ASSERT_TRUE(told.clock_off_s);
    EXPECT_NEAR(static_cast<double>(*told.clock_off_s), static_cast<double>(off.count() * 3600), 5);
    ExpectAllRecordedIsStored(world);
    // The band's clock is right now; what it records from here on is not left out because of
    // minutes that a clock ahead has already written.
    pass(hours(3));
    const auto later = world.Sync();
    ASSERT_EQ(later.end, End::kDone);
    EXPECT_FALSE(later.clock_off_s);
    ExpectAllRecordedIsStored(world);
    // "The band recorded nothing" would be untrue of every minute of this.
    for (const ports::MinuteGap& gap : world.store.gaps)
      EXPECT_NE(gap.why, ports::MinuteGap::Why::kOff) << gap.from << " to " << gap.to;
    world.ExpectNothingDeletedUnstored();
  }
}

// A band whose data is as long as the link allows, over a link on which that is lost: its
// announcements come, its records never do.
WorldOptions LosesLongPackets() {
  WorldOptions options;
  options.band.history = 3 * 24 * 60;
  options.band.quirks.samples_per_packet = 0;
  options.band.faults.long_packets_lost = true;
  return options;
}

TEST(Sync, OverALinkThatLosesLongPacketsItAsksForShortOnes) {
  World world(LosesLongPackets());
  const auto result = world.Sync();
  EXPECT_EQ(result.end, End::kDone);
  EXPECT_EQ(result.links, 2);
  EXPECT_FALSE(result.long_packets_fail);
  ExpectAllRecordedIsStored(world);
  world.ExpectNothingDeletedUnstored();
}

TEST(Sync, WhereLongPacketsAreLostAndTheStackAsksForThemAllTheSameItSaysSo) {
  WorldOptions options = LosesLongPackets();
  options.host.mtu_always = true;
  World world(options);
  const auto result = world.Sync();
  EXPECT_EQ(result.end, End::kGivenUp);
  EXPECT_TRUE(result.long_packets_fail);
  EXPECT_TRUE(world.band().truth().deleted.empty());
}

TEST(Sync, ABandThatSendsNothingOnShortPacketsEitherIsGivenUp) {
  WorldOptions options;
  options.band.history = 600;
  options.host.mtu.reset();
  options.band.faults.stalls_after = 0;
  World world(options);
  const auto result = world.Sync();
  EXPECT_EQ(result.end, End::kGivenUp);
  EXPECT_FALSE(result.long_packets_fail);
}

TEST(Sync, AWrongKeyIsForTheOwner) {
  WorldOptions options;
  World world(options);
  world.key[0] ^= std::byte{1};
  const auto result = world.Sync();
  EXPECT_EQ(result.end, End::kGivenUp);
  ASSERT_TRUE(result.failure.has_value());
  EXPECT_TRUE(companion::Authenticate::KeyIsWrong(*result.failure));
  EXPECT_EQ(world.band().truth().refused_proofs, 1U);  // not tried again
}

TEST(Sync, ABandThatIsHeldIsWaitedFor) {
  WorldOptions options;
  options.band.history = 100;
  options.air.holders = {{.band = 0, .from = {}, .until = std::chrono::minutes(4)}};
  World world(options);
  const auto result = world.Sync();
  EXPECT_EQ(result.end, End::kDone);
  world.ExpectNothingLostOrDoubled(FirstMinuteOf(options));
}

TEST(Sync, EveryNamedFaultEndsOneWayOrTheOther) {
  for (const auto& fault : simulate::band::NamedFaults()) {
    WorldOptions options;
    options.band.history = 200;
    fault.apply(options.band.faults, options.band.quirks);
    World world(options);
    const auto result = world.Sync();
    // Whatever it is: it ends, deletes nothing that is not stored, and invents nothing.
    world.ExpectNothingDeletedUnstored();
    SCOPED_TRACE(fault.name);
    if (result.end == End::kDone && fault.name != "empty")
      world.ExpectNothingLostOrDoubled(FirstMinuteOf(options));
    EXPECT_TRUE(result.end == End::kDone || result.failure.has_value()) << fault.name;
  }
}

}  // namespace
}  // namespace bk::band_test
