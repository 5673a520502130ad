#include <gtest/gtest.h>

#include "codec/snoop/testing.h"

namespace bk::codec::snoop {
namespace {

// pcapng put together by hand, in either byte order.
class Pcapng {
 public:
  explicit Pcapng(bool big_endian) : big_(big_endian) {}

  static std::string Option(bool big, unsigned code, std::string_view value) {
    std::string option = Number(big, code, 2) + Number(big, value.size(), 2) + std::string(value);
    option.resize((option.size() + 3) / 4 * 4);
    return option;
  }
  static std::string Number(bool big, std::uint64_t value, int width) {
    std::string bytes;
    for (int i = 0; i < width; ++i)
      bytes.push_back(static_cast<char>(value >> 8 * (big ? width - 1 - i : i) & 0xff));
    return bytes;
  }
  [[nodiscard]] std::string Option(unsigned code, std::uint64_t value, int width) const {
    return Option(big_, code, Number(big_, value, width));
  }

  Pcapng& Block(std::uint32_t type, std::string body) {
    body.resize((body.size() + 3) / 4 * 4);
    const std::string length = Number(big_, body.size() + 12, 4);
    text_ += Number(big_, type, 4) + length + body + length;
    return *this;
  }
  Pcapng& Section() {
    return Block(0x0A0D0D0A, Number(big_, 0x1A2B3C4D, 4) + Number(big_, 1, 2) + Number(big_, 0, 2) +
                                 std::string(8, '\xff'));
  }
  Pcapng& Interface(unsigned link_type, const std::string& options = {}, unsigned snap = 0) {
    return Block(1,
                 Number(big_, link_type, 2) + Number(big_, 0, 2) + Number(big_, snap, 4) + options);
  }
  static std::string Padded(std::string data) {
    data.resize((data.size() + 3) / 4 * 4);
    return data;
  }
  Pcapng& Packet(unsigned interface, std::uint64_t stamp, const std::string& data,
                 const std::string& options = {}, std::size_t original = 0) {
    return Block(6, Number(big_, interface, 4) + Number(big_, stamp >> 32, 4) +
                        Number(big_, stamp & 0xffffffff, 4) + Number(big_, data.size(), 4) +
                        Number(big_, std::max(original, data.size()), 4) + Padded(data) + options);
  }
  Pcapng& Simple(const std::string& data, std::size_t original) {
    return Block(3, Number(big_, original, 4) + data);
  }
  Pcapng& Old(unsigned interface, unsigned drops, std::uint64_t stamp, const std::string& data,
              const std::string& options = {}) {
    return Block(2, Number(big_, interface, 2) + Number(big_, drops, 2) +
                        Number(big_, stamp >> 32, 4) + Number(big_, stamp & 0xffffffff, 4) +
                        Number(big_, data.size(), 4) + Number(big_, data.size(), 4) + Padded(data) +
                        options);
  }
  Pcapng& Statistics(unsigned interface, std::uint64_t dropped) {
    return Block(5, Number(big_, interface, 4) + std::string(8, '\0') + Option(5, dropped, 8));
  }
  Pcapng& Order(bool big_endian) {
    big_ = big_endian;
    return *this;
  }
  [[nodiscard]] Bytes bytes() const { return AsBytes(text_); }
  [[nodiscard]] Reading Read() const { return snoop::Read(bytes()); }

 private:
  bool big_;
  std::string text_;
};

const std::string kReset{"\x01\x03\x0c\x00", 4};
const std::string kResetOut{"\0\0\0\0\x01\x03\x0c\x00", 8};
const std::string kMonitorReset{"\0\2\0\2\x03\x0c\x00", 7};  // adapter 2
const std::string kData{"\x02\x40\x00\x05\x00\x01\x00\x04\x00\x13", 10};

class PcapngInBothOrders : public testing::TestWithParam<bool> {};
INSTANTIATE_TEST_SUITE_P(Order, PcapngInBothOrders, testing::Bool());

TEST_P(PcapngInBothOrders, InterfacesOfEveryLinkTypeTogether) {
  Pcapng file(GetParam());
  file.Section().Interface(187).Interface(201).Interface(254);
  file.Packet(0, 1'000'000, kReset).Packet(1, 1'000'001, kResetOut);
  file.Packet(2, 1'000'002, kMonitorReset);
  const Reading reading = file.Read();
  ASSERT_EQ(reading.sink.packets.size(), 3U);
  EXPECT_TRUE(reading.sink.damage.empty());
  for (const SeenPacket& packet : reading.sink.packets) {
    EXPECT_EQ(packet.kind, PacketKind::kCommand);
    EXPECT_TRUE(packet.to_controller);
    EXPECT_EQ(packet.data.size(), 3U);
  }
  EXPECT_EQ(reading.sink.packets[1].adapter, 1);
  EXPECT_EQ(reading.sink.packets[2].adapter, 2);
  EXPECT_EQ(reading.format.big_endian, GetParam());
  EXPECT_EQ(reading.format.name, "pcapng, Bluetooth HCI, UART (H4)");
  EXPECT_EQ(ReadPlainly(file.bytes()).packets, reading.sink.packets);
}

TEST_P(PcapngInBothOrders, ASectionForgetsTheInterfacesAndMayTurnTheOrder) {
  Pcapng file(GetParam());
  file.Section().Interface(187).Packet(0, 5, kReset);
  file.Order(!GetParam()).Section().Interface(201).Packet(0, 6, kResetOut);
  file.Packet(1, 7, kResetOut);  // an interface of no section
  const Reading reading = file.Read();
  ASSERT_EQ(reading.sink.packets.size(), 2U);
  EXPECT_EQ(reading.sink.packets[1].us, 6);
  EXPECT_EQ(reading.sink.packets[1].data, reading.sink.packets[0].data);
  ASSERT_EQ(reading.sink.damage.size(), 1U);
  EXPECT_EQ(reading.sink.damage[0].kind, Damage::Kind::kCorrupt);
  EXPECT_EQ(reading.count, 3U) << "it is counted, as Wireshark counts it";
}

TEST_P(PcapngInBothOrders, TimesOfEveryResolution) {
  Pcapng file(GetParam());
  const Pcapng& options = file;
  file.Section();
  file.Interface(187, options.Option(9, 9, 1));
  file.Interface(187, options.Option(9, 3, 1));
  file.Interface(187, options.Option(9, 0x80 | 10, 1));
  file.Interface(187, options.Option(14, 1'600'000'000, 8));
  file.Interface(187, options.Option(9, 0, 1));
  file.Packet(0, 1'600'000'000'123'456'789, kReset);
  file.Packet(1, 1'600'000'000'123, kReset);
  file.Packet(2, 1'600'000'000ULL * 1024 + 512, kReset);
  file.Packet(3, 250'000, kReset);
  file.Packet(4, 1'600'000'000, kReset);
  const Reading reading = file.Read();
  ASSERT_EQ(reading.sink.packets.size(), 5U);
  EXPECT_EQ(reading.sink.packets[0].us, 1'600'000'000'123'456);
  EXPECT_EQ(reading.sink.packets[1].us, 1'600'000'000'123'000);
  EXPECT_EQ(reading.sink.packets[2].us, 1'600'000'000'500'000);
  EXPECT_EQ(reading.sink.packets[3].us, 1'600'000'000'250'000);
  EXPECT_EQ(reading.sink.packets[4].us, 1'600'000'000'000'000);
}

TEST_P(PcapngInBothOrders, SimpleBlocksEndAtTheSnapLengthAndTakeTheLastTime) {
  Pcapng file(GetParam());
  file.Section().Interface(187, {}, 6);
  file.Packet(0, 77, kReset).Simple(kReset, 4).Simple(kData.substr(0, 6), 10);
  const Reading reading = file.Read();
  ASSERT_EQ(reading.sink.packets.size(), 3U);
  EXPECT_EQ(reading.sink.packets[1].us, 77);
  EXPECT_EQ(reading.sink.packets[1].data.size(), 3U);
  EXPECT_FALSE(reading.sink.packets[1].cut);
  EXPECT_EQ(reading.sink.packets[2].data.size(), 5U);
  EXPECT_EQ(reading.sink.packets[2].original_length, 9U);
  EXPECT_TRUE(reading.sink.packets[2].cut);
}

TEST_P(PcapngInBothOrders, FlagsOfThePacketGiveTheDirectionThatTheLinkTypeLacks) {
  Pcapng file(GetParam());
  file.Section().Interface(187);
  const std::string in = file.Option(2, 1, 4);
  const std::string out = file.Option(2, 2, 4);
  file.Packet(0, 1, kData, out).Packet(0, 2, kData, in).Old(0, 0, 3, kData, out);
  const Reading reading = file.Read();
  ASSERT_EQ(reading.sink.packets.size(), 3U);
  EXPECT_TRUE(reading.sink.packets[0].to_controller);
  EXPECT_FALSE(reading.sink.packets[1].to_controller);
  EXPECT_TRUE(reading.sink.packets[2].to_controller);
}

TEST_P(PcapngInBothOrders, DropsOfEveryBlockAreToldOnce) {
  Pcapng file(GetParam());
  file.Section().Interface(187);
  file.Packet(0, 1, kReset, file.Option(4, 3, 8));
  file.Old(0, 2, 2, kReset);
  file.Old(0, 0xffff, 3, kReset);  // not known
  file.Statistics(0, 5);           // says it again
  file.Statistics(0, 9);
  file.Statistics(7, 9);  // of no interface
  const auto drops = file.Read().sink.Of(Damage::Kind::kDropped);
  ASSERT_EQ(drops.size(), 3U);
  EXPECT_EQ(drops[0].count, 3U);
  EXPECT_EQ(drops[0].number, 1U);
  EXPECT_EQ(drops[1].count, 2U);
  EXPECT_EQ(drops[2].count, 4U);
}

TEST_P(PcapngInBothOrders, NamesSecretsAndCommentsPassInSilenceUnknownBlocksAreTold) {
  Pcapng file(GetParam());
  file.Section().Interface(187);
  for (const std::uint32_t type : {4U, 9U, 10U, 0xBADU, 0x40000BADU}) file.Block(type, "anything");
  file.Block(0xBAD, std::string(400'000, 'x'));
  file.Packet(0, 1, kReset);
  file.Block(0x77, "what is it").Packet(0, 2, kReset);
  const Reading reading = file.Read();
  EXPECT_EQ(reading.sink.packets.size(), 2U);
  ASSERT_EQ(reading.sink.damage.size(), 1U);
  EXPECT_EQ(reading.sink.damage[0].kind, Damage::Kind::kUnsupported);
  EXPECT_EQ(reading.sink.damage[0].after, 1U);
  for (const std::size_t chunk : {1'000U, 4'097U, 65'536U})
    EXPECT_TRUE(Read(file.bytes(), chunk).All() == reading.All()) << chunk;
}

TEST_P(PcapngInBothOrders, OtherPacketsBesideHciAreCountedAndTold) {
  Pcapng file(GetParam());
  file.Section().Interface(1).Interface(187);
  file.Packet(0, 1, "ethernet").Packet(1, 2, kReset).Packet(0, 3, "ethernet");
  const Reading reading = file.Read();
  ASSERT_FALSE(reading.error);
  ASSERT_EQ(reading.sink.packets.size(), 1U);
  EXPECT_EQ(reading.sink.packets[0].number, 2U);
  EXPECT_EQ(reading.count, 3U);
  ASSERT_EQ(reading.sink.damage.size(), 1U);
  EXPECT_EQ(reading.sink.damage[0].kind, Damage::Kind::kUnsupported);
  EXPECT_EQ(reading.sink.damage[0].count, 2U);
}

TEST_P(PcapngInBothOrders, NothingButAirIsRefusedWithWhatToRecordInstead) {
  for (const unsigned link_type : {251U, 256U, 272U}) {
    Pcapng file(GetParam());
    file.Section().Interface(link_type).Packet(0, 1, "on the air");
    const Reading reading = file.Read();
    ASSERT_TRUE(reading.error);
    EXPECT_EQ(reading.error->code, ErrorCode::kNotSupported);
    EXPECT_NE(reading.error->message.find("from the air"), std::string::npos);
    EXPECT_NE(reading.error->message.find("record the phone's own"), std::string::npos);
  }
}

TEST_P(PcapngInBothOrders, FieldsThatCannotBeAreTold) {
  Pcapng file(GetParam());
  file.Section().Interface(187, file.Option(9, 99, 1));
  file.Block(1, "");          // an interface without fields
  file.Packet(3, 1, kReset);  // of an interface that is none
  file.Block(6, std::string(8, '\0'));
  file.Packet(0, 1, kReset);
  const Reading reading = file.Read();
  EXPECT_EQ(reading.sink.packets.size(), 1U);
  EXPECT_EQ(reading.sink.damage.size(), 4U);
  EXPECT_EQ(reading.count, 3U);
}

TEST_P(PcapngInBothOrders, CutAndChunkedAtEveryByte) {
  Pcapng file(GetParam());
  file.Section().Interface(201, file.Option(9, 9, 1));
  file.Packet(0, 1'000'000, kResetOut, file.Option(4, 1, 8)).Block(4, "name");
  file.Order(!GetParam()).Section().Interface(187).Old(0, 1, 2'000, kData).Simple(kReset, 4);
  file.Statistics(0, 8).Block(0x99, "unknown");
  const Reading whole = file.Read();
  EXPECT_EQ(whole.sink.packets.size(), 3U);
  for (std::size_t size = 1; size <= file.bytes().size(); ++size) {
    const Bytes cut = file.bytes().first(size);
    const Reading reading = Read(cut);
    EXPECT_LE(reading.sink.packets.size(), 3U);
    EXPECT_LE(reading.sink.Of(Damage::Kind::kTruncated).size(), 1U);
    EXPECT_EQ(reading.sink.Of(Damage::Kind::kCorrupt).size(), 0U);
    for (std::size_t chunk = 1; chunk < 50; ++chunk)
      ASSERT_TRUE(Read(cut, chunk).All() == reading.All()) << size << " in chunks of " << chunk;
  }
}

}  // namespace
}  // namespace bk::codec::snoop
