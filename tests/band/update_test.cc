// Updates of the simulated band, cut at every packet: whatever happens, doing it again finishes it,
// and a band never runs anything but a whole image.
#include <utility>

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

app::UpdateResult Update(World& world, const std::vector<companion::UpdateFile>& files,
                         const app::UpdateFace& face = {}) {
  app::OwedMemory memory(world.store, world.band().state().address);
  return app::UpdateBand(world.radio(), world.Session(), {files, -60}, memory, face);
}
void Wait(World& world, std::chrono::minutes time) { world.air().Run(world.air().Now() + time); }

// What the band lacks this computer knows. Gives whether it thinks that one is missing that is
// there: the band's word for it was not heard.
bool ExpectRemembered(World& world) {
  const auto& images = world.band().state().images;
  app::OwedMemory memory(world.store, world.band().state().address);
  const auto lacks = *memory.Lacks(images.version);
  if (!images.ResourcesPending()) return lacks.has_value();
  EXPECT_EQ(lacks, images.resources_version);
  return false;
}

void ExpectUpdated(World& world) {
  EXPECT_EQ(world.band().state().images.version, "1.0.9.99");
  EXPECT_FALSE(world.band().state().images.ResourcesPending());
  EXPECT_FALSE(world.band().state().images.bricked);
  EXPECT_FALSE(world.store.owed);
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

// Stopped for good at every event, and begun anew later by a program that knows only what was
// written down: it always finishes, in between the band runs a whole image, and what it lacks is
// known here.
TEST(UpdateBand, GivenUpAtEveryEventItIsFinishedLater) {
  const auto files = Files(1'500, 1'000);
  bool done = false;
  int events = 0, halves = 0, unheard = 0;
  for (; !done; ++events) {
    ASSERT_LT(events, 5'000);
    World world({});
    int seen = 0;
    app::UpdateFace face;
    face.band.stopped = [&] { return ++seen > events; };
    done = Update(world, files, face).end == End::kDone;
    ASSERT_FALSE(world.band().state().images.bricked);
    Wait(world, std::chrono::minutes(2));
    const std::string between = world.band().state().images.version;
    ASSERT_TRUE(between == "1.0.9.70" || between == "1.0.9.99") << between;
    halves += world.band().state().images.ResourcesPending();
    unheard += ExpectRemembered(world);
    ASSERT_EQ(Update(world, files).end, End::kDone) << "stopped after " << events;
    ExpectUpdated(world);
    ASSERT_FALSE(::testing::Test::HasFailure()) << "stopped after " << events;
  }
  EXPECT_GT(events, 100);
  EXPECT_GT(halves, 10);   // it was really stopped between the two
  EXPECT_LT(unheard, 10);  // between the band's word for the last file and our hearing it
}

// The same with the radio gone at every event in place of a person's word: nothing was said to the
// band, and the next program begins with what it finds.
TEST(UpdateBand, KilledAtEveryEventItIsFinishedLater) {
  const auto files = Files(1'000, 600);
  bool done = false;
  for (int events = 0; !done; ++events) {
    ASSERT_LT(events, 5'000);
    World world({});
    int seen = 0;
    app::UpdateFace face;
    face.band.stopped = [&] {
      if (++seen <= events) return false;
      world.air().Hush(std::chrono::seconds(30));  // what it still says on its way out is not heard
      return true;
    };
    done = Update(world, files, face).end == End::kDone;
    world.RestartHost();
    Wait(world, std::chrono::minutes(2));
    ASSERT_FALSE(world.band().state().images.bricked);
    (void)ExpectRemembered(world);
    ASSERT_EQ(Update(world, files).end, End::kDone) << "killed after " << events;
    ExpectUpdated(world);
    ASSERT_FALSE(::testing::Test::HasFailure()) << "killed after " << events;
  }
}

TEST(UpdateBand, AFirmwareAloneOwesItsResources) {
  World world({});
  const auto files = Files(2'000, 1'000);
  const std::vector firmware = {files[0]}, resources = {files[1]};
  auto result = Update(world, firmware);
  EXPECT_EQ(result.end, End::kDone);
  EXPECT_EQ(result.resources_of, "1.0.9.70");
  EXPECT_FALSE(ExpectRemembered(world));
  // Nothing else before them.
  const auto face = *companion::ReadUpdateFile(
      simulate::band::MakeImage(UpdateType::kWatchFace, "1", 500), adapters::LibraryChecksum());
  for (const auto& other : {std::vector{face}, firmware}) {
    result = Update(world, other);
    EXPECT_EQ(result.end, End::kGate);
    EXPECT_EQ(result.gate.why, companion::ShutGate::Why::kPending);
  }
  EXPECT_EQ(world.band().state().images.watch_face_crc, 0U);
  result = Update(world, resources);
  EXPECT_EQ(result.end, End::kDone);
  EXPECT_FALSE(result.resources_of);
  ExpectUpdated(world);
  EXPECT_EQ(Update(world, {face}).end, End::kDone);
}

TEST(UpdateBand, GoingBackToTheFirmwareWhoseResourcesItHasOwesNothing) {
  World world({});
  const auto files = Files(2'000, 1'000);
  ASSERT_EQ(Update(world, {files[0]}).end, End::kDone);
  const auto old =
      companion::ReadUpdateFile(simulate::band::MakeImage(UpdateType::kFirmware, "1.0.9.70", 1'800),
                                adapters::LibraryChecksum());
  const auto result = Update(world, {*old});
  EXPECT_EQ(result.end, End::kDone);
  EXPECT_FALSE(result.resources_of);
  EXPECT_FALSE(ExpectRemembered(world));
}

TEST(UpdateBand, ResourcesOfAnotherVersionAreRefused) {
  World world({});
  auto files = Files(2'000, 1'000);
  files[1].version = "1.0.9.66";
  auto result = Update(world, {files[1]});
  EXPECT_EQ(result.end, End::kGate);
  EXPECT_EQ(result.gate.why, companion::ShutGate::Why::kWrongVersion);
  EXPECT_EQ(world.band().state().images.resources_crc, 0U);
  // Behind a firmware that does not tell: once it does.
  files[0].version.clear();
  result = Update(world, files);
  EXPECT_EQ(result.end, End::kGate);
  EXPECT_EQ(result.gate.has, "1.0.9.99");
  EXPECT_EQ(result.files_done, 1U);
  EXPECT_EQ(result.resources_of, "1.0.9.70");
  EXPECT_EQ(world.band().state().images.resources_crc, 0U);
  EXPECT_FALSE(ExpectRemembered(world));
}

TEST(UpdateBand, ABandThatKeepsItsOldImageIsNotCalledUpdated) {
  for (const bool tells : {true, false}) {
    WorldOptions options;
    options.band.faults.update_keeps_old = true;
    World world(options);
    auto files = Files(2'000, 1'000);
    if (!tells) files[0].version.clear();
    const auto result = Update(world, files);
    EXPECT_EQ(result.end, End::kOldFirmware);
    EXPECT_EQ(result.files_done, 0U);
    EXPECT_EQ(result.version_after, "1.0.9.70");
    EXPECT_FALSE(result.resources_of);
    EXPECT_EQ(world.band().truth().restarts, 1U);  // tried once
    EXPECT_EQ(world.band().state().images.resources_crc, 0U);
    EXPECT_FALSE(ExpectRemembered(world));
  }
}

TEST(UpdateBand, ABandThatSaysItRestartsAndDoesNotIsNotCalledUpdated) {
  WorldOptions options;
  options.band.faults.update_ignores_restart = true;
  World world(options);
  const auto result = Update(world, Files(2'000, 1'000));
  EXPECT_EQ(result.end, End::kNotRestarted);
  EXPECT_EQ(result.files_done, 0U);
  EXPECT_EQ(world.band().state().images.version, "1.0.9.70");
  EXPECT_FALSE(ExpectRemembered(world));
}

TEST(UpdateBand, ABandThatIsNotMetAgainGoesOnWhereItWas) {
  World world({});
  const auto files = Files(2'000, 1'000);
  app::UpdateFace face;
  bool away = false;
  face.progress = [&](const app::UpdateProgress& progress) {
    if (progress.waits_for_restart && !std::exchange(away, true))
      world.air().Hush(std::chrono::minutes(20));
  };
  const auto result = Update(world, files, face);
  EXPECT_EQ(result.end, End::kNotMetAgain);
  EXPECT_TRUE(result.may_run_another);
  Wait(world, std::chrono::minutes(30));
  ASSERT_EQ(world.band().state().images.version, "1.0.9.99");
  EXPECT_FALSE(ExpectRemembered(world));
  const auto restarts = world.band().truth().restarts;
  EXPECT_EQ(Update(world, files).end, End::kDone);
  ExpectUpdated(world);
  EXPECT_EQ(world.band().truth().restarts, restarts);  // the firmware was not sent again
}

TEST(UpdateBand, WhatCannotBeWrittenDownIsNotSent) {
  World world({});
  world.store.full = true;
  const auto result = Update(world, Files(2'000, 1'000));
  EXPECT_EQ(result.end, End::kNotRemembered);
  ASSERT_TRUE(result.error);
  EXPECT_EQ(world.band().state().images.version, "1.0.9.70");
  EXPECT_EQ(world.band().truth().restarts, 0U);
}

TEST(UpdateBand, WhereLongPacketsFailShortOnesFinishIt) {
  for (const char* fault : {"long_packets_lost", "long_packets_cut"}) {
    WorldOptions options;
    options.band.history = 300;
    simulate::band::FindFault(fault)->apply(options.band.faults, options.band.quirks);
    World world(options);
    bool shorter = false;
    app::UpdateFace face;
    face.progress = [&](const app::UpdateProgress& progress) {
      shorter = shorter || !progress.long_packets;
    };
    EXPECT_EQ(Update(world, Files(9'000, 4'000), face).end, End::kDone) << fault;
    EXPECT_TRUE(shorter) << fault;
    ExpectUpdated(world);
    EXPECT_EQ(world.Sync().end, app::SyncResult::End::kDone) << fault;
    world.ExpectNothingLostOrDoubled(WorldOptions{}.band.utc_us / 60'000'000);
  }
}

TEST(UpdateBand, TheBandsOwnCheckIsToldFromItsRefusals) {
  using Phase = companion::Update::Progress::Phase;
  for (const auto& [fault, phase] : {std::pair{"update_verify_bad", Phase::kVerifying},
                                     std::pair{"update_data_bad", Phase::kSending},
                                     std::pair{"update_refused", Phase::kAnnouncing}}) {
    WorldOptions options;
    simulate::band::FindFault(fault)->apply(options.band.faults, options.band.quirks);
    World world(options);
    const auto result = Update(world, Files(2'000, 1'000));
    EXPECT_EQ(result.end, End::kRefused) << fault;
    EXPECT_EQ(result.refused_at, phase) << fault;
    EXPECT_EQ(world.band().state().images.version, "1.0.9.70");
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
