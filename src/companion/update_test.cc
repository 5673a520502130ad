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
  const auto twice = InOrder({firmware, font, firmware});
  ASSERT_FALSE(twice.has_value());
  EXPECT_EQ(twice.error().why, Misfit::Why::kOneKind);
  EXPECT_EQ(twice.error().type, UpdateType::kFirmware);
  firmware.version = "1.0.9.48";
  resources.version = "1.0.5.66";
  const auto apart = InOrder({resources, firmware});
  ASSERT_FALSE(apart.has_value());
  EXPECT_EQ(apart.error().why, Misfit::Why::kTwoVersions);
  EXPECT_EQ(apart.error().firmware, "1.0.9.48");
  EXPECT_EQ(apart.error().resources, "1.0.5.66");
  resources.version = "1.0.9.48";
  EXPECT_TRUE(InOrder({resources, firmware}).has_value());
}

TEST(UpdateFile, OneVersionMayStandWithinASpan) {
  EXPECT_TRUE(SameVersion("1.0.9.66", "1.0.9.66"));
  EXPECT_FALSE(SameVersion("1.0.9.66", "1.0.9.70"));
  EXPECT_FALSE(SameVersion("1.0.9.6", "1.0.9.66"));
  EXPECT_FALSE(SameVersion("", ""));
  EXPECT_FALSE(SameVersion("1.0.9.48-58", ""));
  EXPECT_TRUE(SameVersion("1.0.9.48-58", "1.0.9.58"));
  EXPECT_TRUE(SameVersion("1.0.9.48", "1.0.9.48-58"));
  EXPECT_FALSE(SameVersion("1.0.9.48-58", "1.0.9.59"));
  EXPECT_FALSE(SameVersion("1.0.9.48-58", "1.0.7.50"));
  EXPECT_FALSE(SameVersion("1.0.9.48-", "1.0.9.48"));
}

TEST(UpdateFile, AFirmwareSaysItsVersionAndThatProvesNothing) {
  ByteVector bytes = Firmware();
  const std::string printed = std::string("V%d.%d.%d.%d\0\0\0\0", 16) + "1.0.9.66";
  std::ranges::copy(AsBytes(printed), bytes.begin() + 2000);
  const auto whole = ReadUpdateFile(bytes, PlainChecksum());
  EXPECT_EQ(whole->version, "1.0.9.66");
  EXPECT_EQ(whole->whole, UpdateFile::Whole::kUnproved);
  // Cut behind it, within it, and not on a boundary of words.
  EXPECT_EQ(codec::miband::VersionInFirmware(Bytes(bytes).first(2024)), "1.0.9.66");
  for (std::size_t size = 0; size < 2024; ++size)
    ASSERT_EQ(codec::miband::VersionInFirmware(Bytes(bytes).first(size)), "") << size;
  bytes.insert(bytes.begin() + 1000, std::byte{0});
  EXPECT_EQ(codec::miband::VersionInFirmware(bytes), "");
}

TEST(UpdateFile, AContainerIsWholeOrBroken) {
  const ByteVector content = Face(300);
  ByteVector bytes = Text("UIHH");
  bytes.resize(12);
  ByteWriter(bytes).Le32(PlainChecksum().Crc32(content));
  bytes.resize(22);
  ByteWriter(bytes).Le32(300);
  bytes.resize(32);
  bytes.insert(bytes.end(), content.begin(), content.end());
  const auto whole_of = [](const ByteVector& file) {
    const auto read = ReadUpdateFile(file, PlainChecksum());
    return read ? read->whole : UpdateFile::Whole::kBroken;
  };
  EXPECT_EQ(whole_of(bytes), UpdateFile::Whole::kContainer);
  for (std::size_t size = 0; size < bytes.size(); ++size)
    ASSERT_EQ(whole_of({bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(size)}),
              UpdateFile::Whole::kBroken)
        << size;
  for (const std::size_t at : {12, 22, 32, 331}) {
    ByteVector damaged = bytes;
    damaged[at] ^= std::byte{1};
    EXPECT_EQ(whole_of(damaged), UpdateFile::Whole::kBroken) << at;
  }
  EXPECT_EQ(whole_of(Face(300)), UpdateFile::Whole::kUnproved);  // carries no such thing
}

TEST(UpdateFile, GatesSayWhatToDo) {
  const auto why = [](const UpdateGate& gate, const std::vector<UpdateFile>& files) {
    const auto shut = WhyNotNow(gate, files);
    return shut ? std::optional(shut->why) : std::nullopt;
  };
  using Why = ShutGate::Why;
  UpdateFile firmware, face;
  face.type = UpdateType::kWatchFace;
  EXPECT_FALSE(why({80, -60, "1.0.9.70", {}}, {firmware}));
  EXPECT_EQ(why({49, -60, "1.0.9.70", {}}, {firmware}), Why::kBatteryLow);
  EXPECT_EQ(why({std::nullopt, -60, "1.0.9.70", {}}, {firmware}), Why::kBatteryUnknown);
  EXPECT_EQ(why({80, -95, "1.0.9.70", {}}, {firmware}), Why::kWeak);
  EXPECT_FALSE(why({20, std::nullopt, "1.0.9.70", {}}, {face}));
}

TEST(UpdateFile, ResourcesOfAnotherFirmwareAreRefused) {
  UpdateFile firmware, resources;
  resources.type = UpdateType::kResourcesCompressed;
  resources.version = "1.0.9.66";
  const std::vector alone = {resources};
  const auto shut = WhyNotNow({80, -60, "1.0.9.70", {}}, alone);
  ASSERT_TRUE(shut);
  EXPECT_EQ(shut->why, ShutGate::Why::kWrongVersion);
  EXPECT_EQ(shut->has, "1.0.9.70");
  EXPECT_EQ(shut->wants, "1.0.9.66");
  EXPECT_TRUE(WhyNotNow({80, -60, "", {}}, alone));  // it does not tell what it runs
  EXPECT_FALSE(WhyNotNow({80, -60, "1.0.9.66", {}}, alone));
  EXPECT_FALSE(WhyNotNow({80, -60, "1.0.9.70", {}}, std::vector{firmware, resources}));
}

TEST(UpdateFile, WhatIsPendingComesFirst) {
  UpdateFile firmware, resources, face;
  resources.type = UpdateType::kResourcesCompressed;
  face.type = UpdateType::kWatchFace;
  firmware.version = "1.0.9.80";
  const UpdateGate half{80, -60, "1.0.9.70", "1.0.9.66"};
  for (const std::vector<UpdateFile>& files : {std::vector{face}, std::vector{firmware}}) {
    const auto shut = WhyNotNow(half, files);
    ASSERT_TRUE(shut);
    EXPECT_EQ(shut->why, ShutGate::Why::kPending);
    EXPECT_EQ(shut->wants, "1.0.9.66");
  }
  EXPECT_FALSE(WhyNotNow(half, std::vector{resources}));
  EXPECT_FALSE(WhyNotNow(half, std::vector{resources, face}));
  EXPECT_FALSE(WhyNotNow(half, std::vector{firmware, resources}));
  firmware.version = "1.0.9.66";  // back to where its resources are
  EXPECT_FALSE(WhyNotNow(half, std::vector{firmware}));
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
