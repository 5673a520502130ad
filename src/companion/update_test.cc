#include "companion/update.h"

#include "companion/script_testing.h"

namespace bk::companion {
namespace {

using codec::miband::UpdateType;

// Bitwise, from the definitions: slow and plainly right.
class PlainChecksum : public ports::Checksum {
 public:
  [[nodiscard]] std::uint32_t Crc32(Bytes bytes) const override {
    std::uint32_t crc = 0xffffffff;
    for (const std::byte byte : bytes) {
      crc ^= std::to_integer<std::uint32_t>(byte);
      for (int bit = 0; bit < 8; ++bit) crc = crc >> 1 ^ (crc & 1 ? 0xedb88320 : 0);
    }
    return ~crc;
  }
  [[nodiscard]] std::uint16_t Crc16(Bytes bytes) const override {
    std::uint32_t crc = 0xffff;
    for (const std::byte byte : bytes) {
      crc ^= std::to_integer<std::uint32_t>(byte) << 8;
      for (int bit = 0; bit < 8; ++bit) crc = (crc << 1 ^ (crc & 0x8000 ? 0x1021 : 0)) & 0xffff;
    }
    return static_cast<std::uint16_t>(crc);
  }
};

ByteVector Text(std::string_view text) {
  const Bytes bytes = AsBytes(text);
  return {bytes.begin(), bytes.end()};
}
ByteVector Face(std::size_t bytes) {
  ByteVector file = Text("HMDIAL");
  for (std::size_t i = file.size(); i < bytes; ++i) file.push_back(static_cast<std::byte>(i * 31));
  return file;
}
ByteVector Firmware(std::size_t bytes = 4000) {
  ByteVector file(16);
  const ByteVector mark = FromHex("31000000000000000000 9CE37D5C0004");
  file.insert(file.end(), mark.begin(), mark.end());
  const ByteVector name = Text("Mi Smart Band 4");
  file.insert(file.end(), name.begin(), name.end());
  file.resize(bytes);
  return file;
}

TEST(UpdateFile, KnowsWhatItIsAndRefusesTheRest) {
  const PlainChecksum checksum;
  ASSERT_EQ(checksum.Crc32(AsBytes("123456789")), 0xcbf43926U);
  ASSERT_EQ(checksum.Crc16(AsBytes("123456789")), 0x29b1U);
  const auto firmware = ReadUpdateFile(Firmware(), checksum);
  ASSERT_TRUE(firmware.has_value()) << firmware.error().message;
  EXPECT_TRUE(firmware->firmware());
  EXPECT_TRUE(firmware->version.empty());  // none of the official ones
  EXPECT_EQ(ReadUpdateFile(Face(100), checksum)->type, UpdateType::kWatchFace);
  EXPECT_EQ(ReadUpdateFile({}, checksum).error().code, ErrorCode::kInvalid);
  EXPECT_EQ(ReadUpdateFile(Text("PK\x03\x04 something else"), checksum).error().code,
            ErrorCode::kNotOurs);
  // The firmware of a relative of the band: the same head, another name.
  ByteVector other = Firmware();
  other[32 + 14] = std::byte{'3'};
  EXPECT_EQ(ReadUpdateFile(other, checksum).error().code, ErrorCode::kNotOurs);
  ByteVector huge = Firmware();
  huge.resize(std::size_t{9} * 1024 * 1024);
  EXPECT_EQ(ReadUpdateFile(huge, checksum).error().code, ErrorCode::kTooLarge);
}

TEST(UpdateFile, FirmwareComesFirstAndVersionsMustAgree) {
  UpdateFile firmware, resources, font;
  resources.type = UpdateType::kResourcesCompressed;
  font.type = UpdateType::kFont;
  const auto ordered = InOrder({font, resources, firmware});
  ASSERT_TRUE(ordered.has_value());
  EXPECT_TRUE((*ordered)[0].firmware());
  EXPECT_EQ((*ordered)[2].type, UpdateType::kFont);
  EXPECT_FALSE(InOrder({firmware, firmware}).has_value());
  firmware.version = "1.0.9.48";
  resources.version = "1.0.5.66";
  EXPECT_FALSE(InOrder({resources, firmware}).has_value());
  resources.version = "1.0.9.48";
  EXPECT_TRUE(InOrder({resources, firmware}).has_value());
}

TEST(UpdateFile, GatesSayWhatToDo) {
  UpdateFile firmware, face;
  face.type = UpdateType::kWatchFace;
  EXPECT_FALSE(WhyNotNow({80, -60}, {firmware}));
  EXPECT_EQ(WhyNotNow({49, -60}, {firmware})->why, ShutGate::Why::kBatteryLow);
  EXPECT_EQ(WhyNotNow({std::nullopt, -60}, {firmware})->why, ShutGate::Why::kBatteryUnknown);
  EXPECT_EQ(WhyNotNow({80, -95}, {firmware})->why, ShutGate::Why::kWeak);
  EXPECT_FALSE(WhyNotNow({20, std::nullopt}, {face}));
}

struct UpdateTest : ::testing::Test {
  UpdateFile file;
  void Begin(Update& update, Script& script) {
    script.Start();
    script.ExpectSubscribe(Attribute::kUpdateControl);
    ByteVector init = FromHex("01");
    ByteWriter(init)
        .U8(static_cast<std::uint8_t>(file.type))
        .Le32(file.bytes.size())
        .Le32(file.crc32);
    script.ExpectWrite(Attribute::kUpdateControl, ToHex(init));
    script.Notify(Attribute::kUpdateControl, "10 01 01 00 00 00 00 00 00 00 00");
    script.ExpectWrite(Attribute::kUpdateControl, "03 01");
    EXPECT_EQ(update.progress().of, file.bytes.size());
  }
  // Takes the data as the band would; returns it. Counts the sync points and checks their places.
  ByteVector TakeData(Script& script, std::size_t packet_bytes) {
    ByteVector got;
    std::size_t packets = 0;
    while (got.size() < file.bytes.size()) {
      const std::size_t now = std::min(packet_bytes, file.bytes.size() - got.size());
      const Bytes packet = Bytes(file.bytes).subspan(got.size(), now);
      script.ExpectWrite(Attribute::kUpdateData, ToHex(packet));
      if (::testing::Test::HasFailure()) return got;
      got.insert(got.end(), packet.begin(), packet.end());
      ++packets;
      if (got.size() == file.bytes.size() || (packets > 1 && packets % 100 == 1))
        script.ExpectWrite(Attribute::kUpdateControl, "00");
    }
    return got;
  }
};

TEST_F(UpdateTest, AWatchFaceInShortPackets) {
  file.bytes = Face(20 * 250 + 7);
  file.type = UpdateType::kWatchFace;
  file.crc32 = PlainChecksum().Crc32(file.bytes);
  Update update(file, {});
  Script script(update);
  Begin(update, script);
  TakeData(script, 20);
  script.Notify(Attribute::kUpdateControl, "10 03 01");
  script.ExpectWrite(Attribute::kUpdateControl, "04");
  script.Notify(Attribute::kUpdateControl, "10 04 01");
  ASSERT_TRUE(update.outcome());
  EXPECT_TRUE(update.outcome()->done());
  EXPECT_FALSE(update.progress().activated);
  script.ExpectNothing();
}

TEST_F(UpdateTest, FirmwareInLongPacketsRestartsTheBand) {
  file.bytes = Firmware(244 * 205);
  Update update(file, {});
  Script script(update);
  script.talk().mtu = 247;
  Begin(update, script);
  TakeData(script, 244);
  EXPECT_TRUE(update.progress().SecondsLeft(script.now()).has_value());
  script.Notify(Attribute::kUpdateControl, "10 03 01");
  script.ExpectWrite(Attribute::kUpdateControl, "04");
  script.Notify(Attribute::kUpdateControl, "10 04 01");
  script.ExpectWrite(Attribute::kUpdateControl, "05");
  script.Notify(Attribute::kUpdateControl, "10 05 01");
  EXPECT_TRUE(update.outcome()->done());
  EXPECT_TRUE(update.progress().activated);
}

TEST_F(UpdateTest, ARefusalAtEachStepEndsItThere) {
  file.bytes = Firmware(100);
  for (int step = 0; step < 4; ++step) {
    Update update(file, {});
    Script script(update);
    script.talk().mtu = 247;
    if (step == 0) {
      script.Start();
      script.ExpectSubscribe(Attribute::kUpdateControl);
      script.ExpectWrite(Attribute::kUpdateControl, "01 00 64 00 00 00 00 00 00 00");
      script.Notify(Attribute::kUpdateControl, "10 01 22");
    } else {
      Begin(update, script);
      TakeData(script, 244);
      script.Notify(Attribute::kUpdateControl, step == 1 ? "10 03 47" : "10 03 01");
      if (step > 1) {
        script.ExpectWrite(Attribute::kUpdateControl, "04");
        script.Notify(Attribute::kUpdateControl, step == 2 ? "10 04 02" : "10 04 01");
      }
      if (step > 2) {
        script.ExpectWrite(Attribute::kUpdateControl, "05");
        script.Notify(Attribute::kUpdateControl, "10 05 04");
      }
    }
    ASSERT_TRUE(update.outcome()) << step;
    EXPECT_EQ(update.outcome()->end, Outcome::End::kRefused) << step;
    EXPECT_EQ(update.ShortPacketsMayHelp(), step == 1 || step == 2) << step;
    script.ExpectNothing();
  }
}

TEST_F(UpdateTest, SilenceEndsItInEveryPhaseAndNamesIt) {
  file.bytes = Firmware(100);
  Update update(file, {});
  Script script(update);
  Begin(update, script);
  TakeData(script, 20);
  script.Tick();
  ASSERT_TRUE(update.outcome());
  EXPECT_EQ(update.outcome()->text, "the band did not answer the data of the update");
}

TEST_F(UpdateTest, DoneBeforeItWasSentIsNotBelieved) {
  file.bytes = Firmware(20 * 50);
  Update update(file, {});
  Script script(update);
  Begin(update, script);
  script.Notify(Attribute::kUpdateControl, "10 03 01");
  EXPECT_EQ(update.outcome()->end, Outcome::End::kGarbled);
}

}  // namespace
}  // namespace bk::companion
