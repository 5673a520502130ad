#include "codec/miband/update.h"

#include <gtest/gtest.h>

#include "simulate/band/band_testing.h"
#include "simulate/band/image.h"

namespace bk::simulate::band {
namespace {

namespace mb = codec::miband;

std::string Init(mb::UpdateType type, Bytes file) {
  mb::UpdateRequest request;
  request.op = mb::UpdateOp::kInit;
  request.type = type;
  request.size = static_cast<std::uint32_t>(file.size());
  request.crc32 = kChecksum.Crc32(file);
  return ToHex(Encode(request));
}
// The data in packets of 20, with a sync after packet 100, 200 ... and at the end.
std::string Data(Hand& hand, Bytes file, std::size_t bytes) {
  std::string said = hand.Write(0x0016, "03 01");
  std::size_t packet = 0;
  for (std::size_t at = 0; at < bytes; at += 20, ++packet) {
    const auto piece = file.subspan(at, std::min<std::size_t>(20, bytes - at));
    (void)hand.air.Write(0x0019, piece, false, hand.now);
    if (packet != 0 && packet % 100 == 0) said += hand.Write(0x0016, "00");
  }
  return said + hand.Write(0x0016, "00");
}
void Prepare(Hand& hand) {
  hand.Authenticate();
  (void)hand.Write(0x0017, "01 00");
}

TEST(Update, FirmwareThenResources) {
  const auto firmware = MakeImage(mb::UpdateType::kFirmware, "1.0.9.99", 5000);
  const auto resources = MakeImage(mb::UpdateType::kResourcesCompressed, "1.0.9.99", 3000);
  ASSERT_EQ(mb::RecogniseUpdateFile(firmware), mb::UpdateType::kFirmware);
  ASSERT_EQ(mb::RecogniseUpdateFile(resources), mb::UpdateType::kResourcesCompressed);
  Hand hand;
  Prepare(hand);
  EXPECT_EQ(hand.Write(0x0016, "01 FF"), "0016: 10 01 09");
  EXPECT_EQ(hand.Write(0x0016, "A0"), "0016: 10 A0 01 06 00 04 00 80 00 00 02");
  EXPECT_EQ(hand.Write(0x0016, Init(mb::UpdateType::kFirmware, firmware)),
            "0016: 10 01 01 00 00 00 00 00 00 00 00");
  EXPECT_EQ(Data(hand, firmware, firmware.size()), "0016: 10 03 01");
  EXPECT_EQ(hand.Write(0x0016, "04"), "0016: 10 04 01");
  EXPECT_EQ(hand.band.state().images.version, "1.0.9.70");
  EXPECT_EQ(hand.Write(0x0016, "05"), "0016: 10 05 01\ngone");
  // It installs, off the air; then it runs the new one with the old resources.
  EXPECT_FALSE(hand.air.Adverts(hand.now));
  hand.now += std::chrono::seconds(41);
  EXPECT_TRUE(hand.air.Adverts(hand.now));
  EXPECT_EQ(hand.band.state().images.version, "1.0.9.99");
  EXPECT_TRUE(hand.band.state().images.ResourcesPending());
  EXPECT_TRUE(hand.band.state().key);
  hand.Reconnect();
  Prepare(hand);
  EXPECT_EQ(hand.Read(0x000f), ToHex(AsBytes("V1.0.9.99")));
  (void)hand.Write(0x0016, Init(mb::UpdateType::kResourcesCompressed, resources));
  EXPECT_EQ(Data(hand, resources, resources.size()), "0016: 10 03 01");
  EXPECT_EQ(hand.Write(0x0016, "04"), "0016: 10 04 01");
  EXPECT_FALSE(hand.band.state().images.ResourcesPending());
}

TEST(Update, CutAtEveryPacketKeepsTheOldImage) {
  const auto firmware = MakeImage(mb::UpdateType::kFirmware, "1.0.9.99", 600);
  Hand ready;
  Prepare(ready);
  for (std::size_t bytes = 0; bytes <= firmware.size(); ++bytes) {
    BandSim band = ready.band;  // a copy goes on by itself
    BandOnAir air(band);
    RadioTime now = ready.now;
    (void)air.Write(0x0016, Hex(Init(mb::UpdateType::kFirmware, firmware)), true, now);
    (void)air.Write(0x0016, Hex("03 01"), true, now);
    (void)air.Write(0x0019, Bytes(firmware).first(std::min<std::size_t>(bytes, 20)), false, now);
    for (std::size_t at = 20; at < bytes; at += 20)
      (void)air.Write(0x0019, Bytes(firmware).subspan(at, std::min<std::size_t>(20, bytes - at)),
                      false, now);
    if (bytes == firmware.size()) {
      (void)air.Write(0x0016, Hex("00"), true, now);
      (void)air.Write(0x0016, Hex("04"), true, now);
    }
    const ImageState before = band.state().images;
    air.Disconnected(now, 0x08);
    now += std::chrono::seconds(100);
    ASSERT_TRUE(air.Adverts(now));
    ASSERT_EQ(band.state().images, before);
    ASSERT_EQ(band.link().update.phase, UpdateState::Phase::kIdle);
    air.Connected(now);
    // A restart installs nothing then.
    band.RestartByHand(now);
    air.Disconnected(now, 0x16);
    now += std::chrono::seconds(100);
    ASSERT_TRUE(air.Adverts(now));
    ASSERT_EQ(band.state().images, before);
  }
}

TEST(Update, ACutBehindTheActivationInstalls) {
  const auto firmware = MakeImage(mb::UpdateType::kFirmware, "1.0.9.99", 600);
  Hand hand;
  Prepare(hand);
  (void)hand.Write(0x0016, Init(mb::UpdateType::kFirmware, firmware));
  (void)Data(hand, firmware, firmware.size());
  (void)hand.Write(0x0016, "04");
  (void)hand.air.Write(0x0016, Hex("05"), true, hand.now);
  hand.air.Disconnected(hand.now, 0x08);  // before it could answer
  hand.now += std::chrono::seconds(50);
  EXPECT_TRUE(hand.air.Adverts(hand.now));
  EXPECT_EQ(hand.band.state().images.version, "1.0.9.99");
}

TEST(Update, RefusesWhatIsWrong) {
  const auto firmware = MakeImage(mb::UpdateType::kFirmware, "1.0.9.99", 600);
  Hand hand;
  Prepare(hand);
  // Another checksum, too little, too much, out of order.
  auto damaged = firmware;
  damaged[300] ^= std::byte{1};
  (void)hand.Write(0x0016, Init(mb::UpdateType::kFirmware, firmware));
  EXPECT_EQ(Data(hand, damaged, damaged.size()), "0016: 10 03 01");
  EXPECT_EQ(hand.Write(0x0016, "04"), "0016: 10 04 02");
  (void)hand.Write(0x0016, Init(mb::UpdateType::kFirmware, firmware));
  EXPECT_EQ(Data(hand, firmware, 580), "");
  EXPECT_EQ(hand.Write(0x0016, "04"), "0016: 10 04 02");
  auto longer = firmware;
  longer.resize(620);
  (void)hand.Write(0x0016, Init(mb::UpdateType::kFirmware, firmware));
  EXPECT_EQ(Data(hand, longer, longer.size()), "0016: 10 03 02");
  EXPECT_EQ(hand.Write(0x0016, "03 01"), "0016: 10 03 02");
  EXPECT_EQ(hand.Write(0x0016, "01 00 00 00 00 00 00 00 00 00"), "0016: 10 01 02");
  EXPECT_EQ(hand.Write(0x0016, "01 00 FF FF FF 7F 00 00 00 00"), "0016: 10 01 47");
  EXPECT_EQ(hand.band.state().images.version, "1.0.9.70");
}

TEST(Update, LowBatteryAndNamedFaults) {
  const auto file = MakeImage(mb::UpdateType::kWatchFace, "1", 2000);
  const auto run = [&](std::string_view fault) {
    Options options;
    options.percent = 15;
    if (fault.empty())
      options.quirks.update_percent_min = 20;
    else
      FindFault(fault)->apply(options.faults, options.quirks);
    Hand hand(options);
    Prepare(hand);
    std::string said = hand.Write(0x0016, Init(mb::UpdateType::kWatchFace, file)) + "|";
    if (hand.band.link().update.phase != UpdateState::Phase::kReady) return said;
    said += Data(hand, file, file.size()) + "|";
    return hand.band.connected() ? said + hand.Write(0x0016, "04") : said;
  };
  EXPECT_EQ(run(""), "0016: 10 01 22|");
  EXPECT_EQ(run("update_low_battery"), "0016: 10 01 22|");
  EXPECT_EQ(run("update_refused"), "0016: 10 01 47|");
  EXPECT_EQ(run("short_init"), "0016: 10 01 01|0016: 10 03 01|0016: 10 04 01");
  EXPECT_EQ(run("update_data_bad").substr(39), "0016: 10 03 02|0016: 10 04 02");
  EXPECT_EQ(run("update_verify_bad").substr(39), "0016: 10 03 01|0016: 10 04 02");
  EXPECT_EQ(run("update_loses_packet").substr(39), "|0016: 10 04 02");
  EXPECT_EQ(run("update_hangs").substr(39), "gone|");
}

TEST(Update, AForeignFirmwareBricks) {
  auto foreign = MakeImage(mb::UpdateType::kFirmware, "1.0.9.99", 600);
  foreign[40] = std::byte{'X'};
  Hand hand;
  Prepare(hand);
  (void)hand.Write(0x0016, Init(mb::UpdateType::kFirmware, foreign));
  (void)Data(hand, foreign, foreign.size());
  (void)hand.Write(0x0016, "04");
  (void)hand.Write(0x0016, "05");
  hand.now += std::chrono::hours(1);
  EXPECT_FALSE(hand.air.Adverts(hand.now));
  EXPECT_TRUE(hand.band.state().images.bricked);
}

TEST(Update, SoftRestartKeepsEverything) {
  Options options;
  options.history = 100;
  Hand hand(options);
  Prepare(hand);
  EXPECT_EQ(hand.Write(0x0016, "05"), "0016: 10 05 01\ngone");
  EXPECT_FALSE(hand.air.Adverts(hand.now));
  hand.now += std::chrono::seconds(9);
  EXPECT_TRUE(hand.air.Adverts(hand.now));
  EXPECT_GE(hand.band.state().minutes.size(), 100u);
  EXPECT_EQ(hand.band.truth().restarts, 1u);
}

}  // namespace
}  // namespace bk::simulate::band
