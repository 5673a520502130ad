#include "codec/snoop/format.h"

#include <gtest/gtest.h>

#include "codec/snoop/testing.h"

namespace bk::codec::snoop {
namespace {

std::vector<std::byte> BtsnoopHeader(std::uint32_t datalink) {
  std::vector<std::byte> file;
  ByteWriter(file).Put(AsBytes({"btsnoop\0", 8})).Be32(1).Be32(datalink);
  return file;
}

std::vector<std::byte> PcapHeader(std::uint32_t link_type, std::uint32_t magic = 0xA1B2C3D4) {
  std::vector<std::byte> file;
  ByteWriter(file).Le32(magic).Le16(2).Le16(4).Le32(0).Le32(0).Le32(65535).Le32(link_type);
  return file;
}

TEST(Sniff, WhatIsNoCaptureIsNotOurs) {
  for (const std::string_view text : {"", "b", "PK\3\4", "== dumpstate: 2024-01-01",
                                      "btsnoof\0\0\0\0\1", "\n\r\r\nhello, text"}) {
    const auto format = Sniff(AsBytes(text));
    ASSERT_FALSE(format) << text;
    EXPECT_EQ(format.error().code, ErrorCode::kNotOurs);
    EXPECT_FALSE(format.error().message.empty());
  }
}

TEST(Sniff, RefusesOtherBtsnoopDatalinksWithWhatToRecordInstead) {
  for (const std::uint32_t datalink : {1003U, 1004U, 2002U, 0U, 4711U}) {
    const auto format = Sniff(BtsnoopHeader(datalink));
    ASSERT_FALSE(format) << datalink;
    EXPECT_EQ(format.error().code, ErrorCode::kNotSupported);
    EXPECT_NE(format.error().message.find("record the phone's own"), std::string::npos);
  }
}

TEST(Sniff, RefusesWhatWasTakenFromTheAirFromUsbAndFromNetworks) {
  const std::pair<std::uint32_t, const char*> refused[] = {{251, "from the air"},
                                                           {256, "from the air"},
                                                           {272, "from the air"},
                                                           {192, "from the air"},
                                                           {189, "USB"},
                                                           {220, "USB"},
                                                           {249, "USB"},
                                                           {1, "no Bluetooth HCI"},
                                                           {9999, "link type 9999"}};
  for (const auto& [link_type, why] : refused) {
    const auto format = Sniff(PcapHeader(link_type));
    ASSERT_FALSE(format) << link_type;
    EXPECT_EQ(format.error().code, ErrorCode::kNotSupported);
    EXPECT_NE(format.error().message.find(why), std::string::npos) << format.error().message;
    EXPECT_NE(format.error().message.find("record the phone's own"), std::string::npos);
  }
}

TEST(Sniff, TakesTheLinkTypeWithoutTheBitsAboveIt) {
  const auto format = Sniff(PcapHeader(201 | 0x1000'0000));
  ASSERT_TRUE(format);
  EXPECT_EQ(format->encapsulation, Encapsulation::kH4Direction);
}

TEST(Sniff, ARefusalIsFinalForTheReader) {
  KeepingSink sink;
  SnoopReader reader(sink);
  const auto file = PcapHeader(251);
  ASSERT_FALSE(reader.Push(file));
  ASSERT_FALSE(reader.Push(file));
  const Status end = reader.Finish();
  ASSERT_FALSE(end);
  EXPECT_EQ(end.error().code, ErrorCode::kNotSupported);
  EXPECT_EQ(reader.packets(), 0U);
}

// Kuznetsov's pcap: record headers of 24 bytes.
TEST(Pcap, ReadsWideRecordHeaders) {
  auto file = PcapHeader(187, 0xA1B2CD34);
  ByteWriter writer(file);
  for (unsigned n = 0; n < 3; ++n) {
    const auto [packet, data] = SamplePacket(n);
    writer.Le32(1'600'000'000).Le32(n).Le32(data.size() + 1).Le32(data.size() + 1);
    writer.Le64(0x0102030405060708);
    writer.U8(static_cast<std::uint8_t>(packet.kind)).Put(data);
  }
  const Reading reading = Read(file);
  ASSERT_EQ(reading.sink.packets.size(), 3U);
  EXPECT_TRUE(reading.sink.damage.empty());
  EXPECT_EQ(reading.sink.packets, ReadPlainly(file).packets);
}

// Some exporters set the direction bit the other way round: commands and events give it away.
TEST(Pcap, TurnsADirectionBitThatPointsTheOtherWay) {
  auto file = PcapHeader(201);
  ByteWriter writer(file);
  for (unsigned n = 0; n < 20; ++n) {
    const auto [packet, data] = SamplePacket(n);
    writer.Le32(1'600'000'000).Le32(n).Le32(data.size() + 5).Le32(data.size() + 5);
    writer.Be32(packet.to_controller ? 1 : 0);
    writer.U8(static_cast<std::uint8_t>(packet.kind)).Put(data);
  }
  const Reading reading = Read(file);
  ASSERT_EQ(reading.sink.packets.size(), 20U);
  for (unsigned n = 0; n < 20; ++n)
    EXPECT_EQ(reading.sink.packets[n].to_controller, SamplePacket(n).first.to_controller) << n;
}

TEST(Pcap, ARecordTooShortForItsEncapsulationIsCountedAndEmpty) {
  auto file = PcapHeader(201);
  ByteWriter(file).Le32(1'600'000'000).Le32(0).Le32(3).Le32(3).Put(AsBytes({"\0\0\0", 3}));
  ByteWriter(file)
      .Le32(1'600'000'000)
      .Le32(1)
      .Le32(8)
      .Le32(8)
      .Put(AsBytes({"\0\0\0\0\1\3\x0c\0", 8}));
  const Reading reading = Read(file);
  ASSERT_EQ(reading.sink.packets.size(), 2U);
  EXPECT_EQ(reading.sink.packets[0].kind, PacketKind::kOther);
  EXPECT_TRUE(reading.sink.packets[0].data.empty());
  EXPECT_EQ(reading.sink.packets[1].kind, PacketKind::kCommand);
}

}  // namespace
}  // namespace bk::codec::snoop
