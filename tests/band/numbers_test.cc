// Numbers of the design that are measured in virtual time: the same on every machine, so they can
// be asserted. bench/band.cc prints more of them.
#include <algorithm>

#include "band/world_testing.h"

namespace bk::band_test {
namespace {

// From ready to done, connecting and discovery not counted.
TEST(Numbers, ASyncUsesWhatTheLinkCanCarry) {
  for (const double loss : {0.0, 0.3}) {
    WorldOptions options;
    options.band.history = 7 * 24 * 60;
    options.air.loss = loss;
    World world(options);
    ASSERT_EQ(world.Sync().end, app::SyncResult::End::kDone);
    ASSERT_TRUE(world.at_ready);
    const auto& before = world.at_ready->to_host;
    const auto& after = world.radio().counters().to_host;
    ASSERT_GT(after.possible, before.possible);
    EXPECT_GE(static_cast<double>(after.carried - before.carried) /
                  static_cast<double>(after.possible - before.possible),
              0.95)
        << "loss " << loss;
  }
}

// How long from back in reach to ready, for a band that advertises every 1,022 ms.
TEST(Numbers, AReconnectTakesThreeSecondsForNineteenOfTwenty) {
  std::vector<double> seconds;
  for (std::uint64_t owner = 1; owner <= 200; ++owner) {
    WorldOptions options;
    options.air.seed = owner;
    const ports::RadioTime gone = std::chrono::seconds(60);
    const ports::RadioTime back =
        gone + std::chrono::seconds(30) + std::chrono::milliseconds(owner * 1517 % 120'000);
    options.air.silences = {{gone, back}};
    World world(options);
    companion::BandSession session(world.Session());
    session.Start(world.radio().Now());
    std::optional<ports::RadioTime> ready;
    const ports::RadioTime end = back + std::chrono::minutes(10);
    while (!ready && world.radio().Now() < end) {
      for (const auto& order : session.TakeOrders()) world.radio().Do(order);
      const auto event = world.radio().Next(std::min(end, session.deadline().value_or(end)));
      if (event) session.On(*event, world.radio().Now());
      session.Tick(world.radio().Now());
      for (const auto& note : session.TakeNotes())
        if (note.kind == companion::SessionNote::Kind::kReady && note.at > back) ready = note.at;
    }
    ASSERT_TRUE(ready) << "owner " << owner;
    seconds.push_back(static_cast<double>((*ready - back).count()) / 1e6);
  }
  std::ranges::sort(seconds);
  EXPECT_LE(seconds[seconds.size() * 95 / 100], 3.0);
}

}  // namespace
}  // namespace bk::band_test
