// The companion's sync against the simulated band, over a simulated radio that loses, cuts and
// confuses: no minute lost, none doubled, nothing deleted before it was stored.
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
