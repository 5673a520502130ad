// A week's sync whose link is cut at every place where it can be cut, and under heavy loss with
// many seeds: no minute lost, none doubled, nothing deleted before it was stored.
//
// A packet arrives or does not, so a cut at any byte of it is one place: cutting behind every ATT
// PDU of both directions is cutting at every byte. The places of one run:
//   BK_SWEEP_EVERY  every so many-th place (default below; 1: all of them, some minutes)
//   BK_SWEEP_SEEDS  how many seeds of 30 % loss
#include <unistd.h>

#include <charconv>
#include <cstdlib>
#include <filesystem>
#include <iostream>
#include <string_view>

#include "adapters/sqlite/band_store.h"
#include "band/world_testing.h"

namespace bk::band_test {
namespace {

using End = app::SyncResult::End;
using simulate::radio::Cut;

constexpr std::size_t kWeek = 7 * 24 * 60;
constexpr Cut::How kWays[] = {Cut::How::kSilence, Cut::How::kBandLeaves, Cut::How::kHostLeaves,
                              Cut::How::kAdapterVanishes};

std::uint64_t Wish(const char* name, std::uint64_t otherwise) {
  const char* const text = std::getenv(name);
  if (text == nullptr) return otherwise;
  const std::string_view digits = text;
  std::uint64_t number = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
  EXPECT_TRUE(error == std::errc{} && end == digits.data() + digits.size() && number > 0)
      << name << "=" << digits;
  return std::max<std::uint64_t>(number, 1);
}

WorldOptions AWeek() {
  WorldOptions options;
  options.band.history = kWeek;
  return options;
}

std::int64_t FirstMinuteOf(const WorldOptions& options) { return options.band.utc_us / 60'000'000; }

// What a whole week's sync takes when nothing goes wrong.
simulate::radio::Counters WholeWeek() {
  World world(AWeek());
  EXPECT_EQ(world.Sync().end, End::kDone);
  return world.radio().counters();
}

// `links`: how many it took.
void SyncMustBeWhole(const WorldOptions& options, int& links) {
  World world(options);
  const auto result = world.Sync();
  links = result.links;
  ASSERT_EQ(result.end, End::kDone);
  EXPECT_GE(world.band().truth().recorded.size(), kWeek);
  world.ExpectNothingLostOrDoubled(FirstMinuteOf(options));
  world.ExpectNothingDeletedUnstored();
}

// Each place in each way; says how many it tried.
void CutEverywhere(Cut::When when, std::uint64_t places) {
  const std::uint64_t every = Wish("BK_SWEEP_EVERY", 64);
  ASSERT_GT(places, every * 4) << "too few places for this stride";
  std::uint64_t tried = 0, more_links = 0;
  for (const Cut::How how : kWays) {
    // Each way begins elsewhere: together they come by more places.
    for (std::uint64_t place = 1 + static_cast<std::uint64_t>(how) * every / 4; place <= places;
         place += every, ++tried) {
      SCOPED_TRACE("place " + std::to_string(place) + " way " +
                   std::to_string(static_cast<int>(how)));
      WorldOptions options = AWeek();
      options.air.seed = place;
      options.air.cuts = {
          {.when = when, .how = how, .count = place, .outage = std::chrono::seconds(3)}};
      int links = 0;
      ASSERT_NO_FATAL_FAILURE(SyncMustBeWhole(options, links));
      ASSERT_FALSE(::testing::Test::HasFailure());
      more_links += links > 1;
    }
  }
  // Else nothing was cut. (At the last places the sync is over already.)
  EXPECT_GT(more_links * 10, tried * 9);
  std::cout << "  " << tried << " cuts at " << places << " places in " << std::size(kWays)
            << " ways\n";
}

TEST(SyncSweep, CutAtEveryPacket) {
  const auto whole = WholeWeek();
  CutEverywhere(Cut::When::kAttPdu, whole.to_host.att_pdus + whole.to_band.att_pdus);
}

TEST(SyncSweep, CutAtEveryConnectionEvent) {
  CutEverywhere(Cut::When::kConnectionEvent, WholeWeek().connection_events);
}

TEST(SyncSweep, ThirtyPercentLoss) {
  const std::uint64_t seeds = Wish("BK_SWEEP_SEEDS", 40);
  for (std::uint64_t seed = 1; seed <= seeds; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    WorldOptions options = AWeek();
    options.air.loss = 0.3;
    options.air.seed = seed;
    int links = 0;
    ASSERT_NO_FATAL_FAILURE(SyncMustBeWhole(options, links));
    ASSERT_FALSE(::testing::Test::HasFailure());
  }
  std::cout << "  " << seeds << " seeds\n";
}

// The same with the store that people have: what its file holds afterwards.
TEST(SyncSweep, IntoTheRealStore) {
  const auto whole = WholeWeek();
  const std::uint64_t places = whole.to_host.att_pdus + whole.to_band.att_pdus;
  const auto folder =
      std::filesystem::temp_directory_path() / ("bandkeeper_sweep_" + std::to_string(::getpid()));
  const std::uint64_t every = Wish("BK_SWEEP_EVERY", 64) * 8;
  std::uint64_t tried = 0;
  for (std::uint64_t place = 1; place <= places; place += every, ++tried) {
    SCOPED_TRACE("place " + std::to_string(place));
    std::filesystem::remove_all(folder);
    std::filesystem::create_directories(folder);
    auto opened = adapters::OpenBandStore((folder / "bands.sqlite").string());
    ASSERT_TRUE(opened.has_value()) << opened.error().message;
    WorldOptions options = AWeek();
    options.air.seed = place;
    options.air.cuts = {{.when = Cut::When::kAttPdu,
                         .how = kWays[tried % std::size(kWays)],
                         .count = place,
                         .outage = std::chrono::seconds(3)}};
    World world(options);
    world.into = opened->get();
    const auto result = world.Sync();
    ASSERT_EQ(result.end, End::kDone);
    EXPECT_EQ(result.saved.another, 0U);
    // Closed and opened again: what counts is the file.
    opened->reset();
    auto again = adapters::OpenBandStore((folder / "bands.sqlite").string());
    ASSERT_TRUE(again.has_value()) << again.error().message;
    const Address address = options.band.address;
    ASSERT_TRUE((*again)
                    ->ForEach(address, {0, INT64_MAX},
                              [&](const BandMinute& minute) {
                                world.store.rows[minute.minute].emplace_back(minute, 1);
                                return true;
                              })
                    .has_value());
    world.ExpectNothingLostOrDoubled(FirstMinuteOf(options));
    world.ExpectNothingDeletedUnstored();
    ASSERT_FALSE(::testing::Test::HasFailure());
  }
  std::filesystem::remove_all(folder);
  std::cout << "  " << tried << " cuts\n";
}

}  // namespace
}  // namespace bk::band_test
