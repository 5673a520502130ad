// Updates of the simulated band, cut at every packet: whatever happens, doing it again finishes it,
// and a band never runs anything but a whole image.
#include "app/band/update_band.h"
#include "band/world_testing.h"
#include "simulate/band/image.h"

namespace bk::band_test {
namespace {

using End = app::UpdateResult::End;
using codec::miband::UpdateType;
using simulate::radio::Cut;

std::vector<companion::UpdateFile> Files(std::size_t firmware_bytes, std::size_t resource_bytes) {
  const adapters::LibraryChecksum checksum;
  std::vector<companion::UpdateFile> files;
  for (auto bytes :
       {simulate::band::MakeImage(UpdateType::kFirmware, "1.0.9.99", firmware_bytes),
        simulate::band::MakeImage(UpdateType::kResourcesCompressed, "1.0.9.99", resource_bytes)}) {
    auto file = companion::ReadUpdateFile(std::move(bytes), checksum);
    EXPECT_TRUE(file.has_value()) << file.error().message;
    files.push_back(std::move(*file));
  }
  return *companion::InOrder(std::move(files));
}

app::UpdateResult Update(World& world, const std::vector<companion::UpdateFile>& files) {
  return app::UpdateBand(world.radio(), world.Session(), files, -60, {});
}

void ExpectUpdated(World& world) {
  EXPECT_EQ(world.band().state().images.version, "1.0.9.99");
  EXPECT_FALSE(world.band().state().images.ResourcesPending());
  EXPECT_FALSE(world.band().state().images.bricked);
}

TEST(UpdateBand, FirmwareAndResources) {
  World world({});
  const auto files = Files(20'000, 9'000);
  const auto result = Update(world, files);
  EXPECT_EQ(result.end, End::kDone);
  EXPECT_EQ(result.version_before, "1.0.9.70");
  EXPECT_EQ(result.version_after, "1.0.9.99");
  ExpectUpdated(world);
}

TEST(UpdateBand, ALowBatteryIsNotTried) {
  WorldOptions options;
  options.band.percent = 30;
  World world(options);
  const auto result = Update(world, Files(2'000, 2'000));
  EXPECT_EQ(result.end, End::kGate);
  EXPECT_EQ(result.gate.why, companion::ShutGate::Why::kBatteryLow);
  EXPECT_EQ(result.gate.value, 30);
  EXPECT_EQ(world.band().state().images.version, "1.0.9.70");
}

TEST(UpdateBand, CutAtEveryPacketInEveryWay) {
  std::uint64_t pdus = 0;
  const auto files = Files(1'500, 1'000);
  {
    World world({});
    ASSERT_EQ(Update(world, files).end, End::kDone);
    pdus = world.radio().counters().to_band.att_pdus + world.radio().counters().to_host.att_pdus;
  }
  ASSERT_GT(pdus, 40U);
  for (std::uint64_t pdu = 1; pdu <= pdus; ++pdu) {
    for (const Cut::How how : {Cut::How::kSilence, Cut::How::kBandLeaves, Cut::How::kHostLeaves,
                               Cut::How::kAdapterVanishes}) {
      WorldOptions options;
      options.air.seed = pdu;
      options.air.cuts = {{.when = Cut::When::kAttPdu,
                           .how = how,
                           .count = pdu,
                           .outage = std::chrono::seconds(2)}};
      World world(options);
      const auto result = Update(world, files);
      ASSERT_EQ(result.end, End::kDone) << "pdu " << pdu << " way " << static_cast<int>(how);
      ExpectUpdated(world);
      ASSERT_FALSE(::testing::Test::HasFailure())
          << "pdu " << pdu << " way " << static_cast<int>(how);
    }
  }
}

// Stopped for good at every packet, and begun anew later: it always finishes, and in between the
// band runs a whole image.
TEST(UpdateBand, GivenUpAnywhereItCanBeFinishedLater) {
  const auto files = Files(1'500, 1'000);
  for (int events = 0; events < 400; events += 3) {
    World world({});
    int seen = 0;
    app::UpdateFace face;
    face.band.stopped = [&] { return ++seen > events; };
    (void)app::UpdateBand(world.radio(), world.Session(), files, -60, face);
    ASSERT_FALSE(world.band().state().images.bricked);
    const std::string between = world.band().state().images.version;
    ASSERT_TRUE(between == "1.0.9.70" || between == "1.0.9.99") << between;
    world.air().Run(world.air().Now() + std::chrono::minutes(2));
    ASSERT_EQ(Update(world, files).end, End::kDone) << "stopped after " << events;
    ExpectUpdated(world);
  }
}

TEST(UpdateBand, ThirtyPercentLoss) {
  WorldOptions options;
  options.air.loss = 0.3;
  World world(options);
  EXPECT_EQ(Update(world, Files(12'000, 5'000)).end, End::kDone);
  ExpectUpdated(world);
}

// The band misses a packet of every transfer: it cannot be finished, is given up in the end, and
// harms nothing.
TEST(UpdateBand, APacketLostInsideTheBandNeverActivatesAnything) {
  WorldOptions options;
  options.band.faults.update_loses_packet = true;
  World world(options);
  const auto result = Update(world, Files(2'000, 1'000));
  EXPECT_TRUE(result.end == End::kNotFinished || result.end == End::kRefused);
  EXPECT_EQ(result.files_done, 0U);
  EXPECT_EQ(world.band().state().images.version, "1.0.9.70");
  EXPECT_FALSE(world.band().state().images.bricked);
}

}  // namespace
}  // namespace bk::band_test
