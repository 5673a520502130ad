// A phone, the air and a band as one world: what its HCI log says is what happened.
#include "simulate/world/world.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "capture/capture_reader.h"
#include "simulate/band/band_testing.h"
#include "simulate/phone/bluetooth/radio.h"
#include "simulate/phone/life/advance.h"

namespace bk {
namespace {

using namespace std::chrono_literals;
using simulate::band::kChecksum;
using simulate::band::kCipher;
using simulate::world::LinkTruth;
using simulate::world::TruthJson;
using simulate::world::World;
using simulate::world::WorldTruth;

std::unique_ptr<World> Made(std::uint64_t seed, std::vector<std::string> faults = {}) {
  auto world = World::Make({.seed = seed, .faults = std::move(faults)}, kCipher, kChecksum);
  EXPECT_TRUE(world) << world.error().message;
  (*world)->Pass(2h);
  return std::move(*world);
}

capture::Story Read(const World& world) {
  capture::CaptureReader reader({.file = "world"});
  EXPECT_TRUE(reader.Push(world.Btsnoop()));
  auto story = reader.Finish();
  EXPECT_TRUE(story);
  return std::move(*story);
}

bool Reached(const capture::Link& link, capture::Stage stage) {
  return std::ranges::find(link.stages, stage, &capture::StageMark::stage) != link.stages.end();
}

// The links of the HCI log are those of the truth, with their ends and how far they came.
void Agree(const World& world) {
  const WorldTruth truth = world.Truth();
  const capture::Story story = Read(world);
  EXPECT_TRUE(story.losses.empty());
  std::vector<const capture::Link*> links;
  for (const capture::Link& link : story.links)
    if (link.reason != 0x3e) links.push_back(&link);
  const auto& really = truth.happened.links;
  ASSERT_EQ(links.size(), really.size());
  for (std::size_t i = 0; i < links.size(); ++i) {
    SCOPED_TRACE(i);
    if (really[i].reason) {
      EXPECT_EQ(links[i]->reason, *really[i].reason);
    }
    EXPECT_EQ(Reached(*links[i], capture::Stage::kAuthenticated), really[i].authenticated);
    EXPECT_EQ(Reached(*links[i], capture::Stage::kSynced), really[i].fetched > 0);
  }
  EXPECT_EQ(story.counters.disconnects[0x08],
            std::ranges::count(really, std::optional<std::uint8_t>(0x08), &LinkTruth::reason));
}

TEST(World, AHealthyOneIsHealthyAndToldSo) {
  for (const std::uint64_t seed : {1U, 2U, 3U}) {
    SCOPED_TRACE(seed);
    const auto world = Made(seed);
    const WorldTruth truth = world->Truth();
    EXPECT_TRUE(truth.healthy) << TruthJson(truth);
    EXPECT_GE(truth.happened.syncs.size(), 7u);
    EXPECT_GE(truth.happened.got.size(), 100u);
    EXPECT_TRUE(truth.lost.empty());
    // All that was recorded is with one or the other, once.
    EXPECT_EQ(truth.recorded.size(), truth.happened.got.size() + truth.on_band.size());
    EXPECT_LE(truth.on_band.size(), 16u);
    Agree(*world);
  }
}

TEST(World, OneSeedIsOneWorld) {
  const auto one = Made(5, {"lossy"}), two = Made(5, {"lossy"}), other = Made(6, {"lossy"});
  EXPECT_EQ(one->Btsnoop(), two->Btsnoop());
  EXPECT_EQ(one->Logcat(), two->Logcat());
  EXPECT_EQ(TruthJson(one->Truth()), TruthJson(two->Truth()));
  EXPECT_NE(one->Btsnoop(), other->Btsnoop());
}

TEST(World, APhonesFaultStopsTheTraffic) {
  const auto world = Made(1, {"bluetooth_off"});
  const WorldTruth truth = world->Truth();
  EXPECT_FALSE(truth.healthy);
  ASSERT_FALSE(truth.happened.links.empty());
  // The phone's stack ends its link when it is switched off, and nothing comes after it.
  EXPECT_EQ(truth.happened.links.back().reason, 0x16);
  EXPECT_LT(truth.happened.links.back().ended, truth.faults.front().since + 10'000'000);
  Agree(*world);
}

TEST(World, AnEmptyBandIsNotHeard) {
  const auto world = Made(1, {"dead"});
  const WorldTruth truth = world->Truth();
  EXPECT_FALSE(truth.healthy);
  EXPECT_TRUE(truth.happened.links.empty());
  EXPECT_TRUE(Read(*world).links.empty());
}

TEST(World, ABandThatDiesLeavesInSilence) {
  const auto world = Made(1, {"band_battery_empty"});
  const WorldTruth truth = world->Truth();
  EXPECT_FALSE(truth.healthy);
  ASSERT_FALSE(truth.happened.links.empty());
  EXPECT_EQ(truth.happened.links.back().reason, 0x08);
  EXPECT_NE(world->Logcat().find("onDisconnected() - clientIf="), std::string::npos);
  Agree(*world);
}

TEST(World, AnotherKeyIsRefusedByTheBand) {
  const auto world = Made(1, {"auth_key_wrong"});
  const WorldTruth truth = world->Truth();
  EXPECT_FALSE(truth.healthy);
  ASSERT_FALSE(truth.happened.proofs.empty());
  EXPECT_EQ(truth.happened.proofs.back(), 0x08);
  EXPECT_GT(world->band().sim().truth().refused_proofs, 0u);
  Agree(*world);
}

TEST(World, ABandThatHangsAnswersNoCall) {
  const auto world = Made(1, {"band_needs_restart"});
  EXPECT_FALSE(world->Truth().healthy);
  EXPECT_FALSE(world->Truth().happened.failed.empty());
  EXPECT_EQ(Read(*world).counters.disconnects[0x3e], world->Truth().happened.failed.size());
}

TEST(World, ABandThatAnotherPhoneHoldsIsSilent) {
  const auto world = Made(1, {"band_held_by_other_phone"});
  EXPECT_FALSE(world->Truth().healthy);
  EXPECT_TRUE(world->band().sim().connected());
  EXPECT_EQ(world->Truth().happened.links.back().reason, 0x08);
  Agree(*world);
}

TEST(World, ALinkCutInAFetchLosesNoMinute) {
  const auto world = Made(1, {"cut_in_fetch"});
  const WorldTruth truth = world->Truth();
  EXPECT_TRUE(truth.healthy);
  EXPECT_TRUE(truth.lost.empty());
  EXPECT_GE(truth.happened.links.size(), 2u);
  Agree(*world);
}

TEST(World, AFaultThatNobodyKnowsIsRefused) {
  const auto none = World::Make({.faults = {"no_such_thing"}}, kCipher, kChecksum);
  ASSERT_FALSE(none);
  EXPECT_NE(none.error().message.find("bluetooth_off"), std::string::npos);
}

}  // namespace
}  // namespace bk
