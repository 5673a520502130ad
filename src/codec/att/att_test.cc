#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "codec/att/discovery.h"
#include "codec/att/pdu.h"
#include "codec/att/uuid.h"

namespace bk::codec::att {
namespace {

std::vector<std::byte> Hex(std::string_view text) {
  std::vector<std::byte> bytes;
  std::string digits;
  for (const char c : text)
    if (c != ' ') digits += c;
  for (std::size_t i = 0; i + 1 < digits.size(); i += 2)
    bytes.push_back(static_cast<std::byte>(std::stoi(digits.substr(i, 2), nullptr, 16)));
  return bytes;
}

TEST(Uuid, ShortAndLong) {
  EXPECT_EQ(FormatUuid(Uuid16(0xfee0)), "fee0");
  EXPECT_EQ(Uuid16(0xfee0).Short(), 0xfee0);
  EXPECT_EQ(FormatUuid(HuamiUuid(9)), "00000009-0000-3512-2118-0009af100700");
  EXPECT_EQ(HuamiUuid(9).Short(), 0);
  EXPECT_EQ(UuidFromBytes(Hex("0007 10af 0900 1821 1235 0000 0900 0000")), HuamiUuid(9));
  EXPECT_EQ(UuidFromBytes(Hex("fb349b5f80000080001000000018 0000")), Uuid16(0x1800));
  EXPECT_FALSE(UuidFromBytes(Hex("00 01 02")));
}

TEST(Pdu, Table) {
  EXPECT_EQ(FindPdu(0x52).role, PduRole::kCommand);
  EXPECT_EQ(FindPdu(0x13).answers, 0x12);
  EXPECT_TRUE(FindPdu(0x1b).has_handle);
  EXPECT_TRUE(FindPdu(0x77).name.empty());
  for (int op = 0; op < 256; ++op) {
    const PduInfo& info = FindPdu(static_cast<std::uint8_t>(op));
    EXPECT_EQ(info.name.empty(), info.role == PduRole::kUnknown) << op;
    if (info.answers == 0) continue;
    EXPECT_NE(FindPdu(info.answers).role, PduRole::kUnknown) << op;
  }
}

TEST(Errors, Names) {
  EXPECT_EQ(FormatError(0x0a), "0x0a Attribute Not Found");
  EXPECT_EQ(FormatError(0x85), "0x85 Application Error");
  EXPECT_EQ(FormatError(0x40), "0x40 Unassigned");
  EXPECT_EQ(DecodeErrorResponse(Hex("01 08 3400 0a")).handle, 0x34);
  EXPECT_EQ(DecodeErrorResponse(Hex("01 08 34")).code, 0);
}

// A conversation as data: the request's type, the response, handle and type that it must teach.
struct DiscoveryCase {
  const char* name;
  const char* request;
  const char* response;
  std::uint16_t handle;
  Uuid type;
};
const DiscoveryCase kDiscovery[] = {
    {"characteristic, short", "08 0100 ffff 0328", "09 07 0200 02 0300 002a", 3, Uuid16(0x2a00)},
    {"characteristic, long", "08 0100 ffff 0328",
     "09 15 5f00 1a 6000 0007 10af 0900 1821 1235 0000 0900 0000", 0x60, HuamiUuid(9)},
    {"descriptors", "04 6100 6100", "05 01 6100 0229", 0x61, Uuid16(0x2902)},
    {"service", "10 0100 ffff 0028", "11 06 2a00 5d00 e0fe", 0x2a, Uuid16(0x2800)},
    {"by type", "08 0100 ffff 002a", "09 04 0300 4d49", 3, Uuid16(0x2a00)},
};

TEST(Discovery, Learns) {
  for (const DiscoveryCase& c : kDiscovery) {
    AttributeTable table;
    DiscoveryFacts facts;
    const auto request = Hex(c.request);
    LearnFromResponse(Hex(c.response), DecodeDiscoveryRequest(request).type, table, facts);
    EXPECT_EQ(table.Find(c.handle), c.type) << c.name;
  }
}

TEST(Discovery, EveryTruncationIsSafe) {
  for (const DiscoveryCase& c : kDiscovery) {
    const auto response = Hex(c.response), request = Hex(c.request);
    for (std::size_t size = 0; size < response.size(); ++size) {
      const std::vector<std::byte> part(response.begin(),
                                        response.begin() + static_cast<std::ptrdiff_t>(size));
      AttributeTable table;
      DiscoveryFacts facts;
      LearnFromResponse(part, DecodeDiscoveryRequest(request).type, table, facts);
      EXPECT_LE(table.size(), 1U) << c.name;
    }
    for (std::size_t size = 0; size < request.size(); ++size)
      (void)DecodeDiscoveryRequest(Bytes(request).first(size));
  }
}

TEST(Discovery, ServicesAndName) {
  AttributeTable table;
  DiscoveryFacts facts;
  LearnFromResponse(Hex("11 06 2a00 5d00 e0fe 5e00 7200 e1fe"), Uuid16(0x2800), table, facts);
  ASSERT_EQ(facts.services.size(), 2U);
  EXPECT_EQ(facts.services[0], Uuid16(0xfee0));
  const auto name = Hex("09 06 0300 42616e64");
  LearnFromResponse(name, Uuid16(0x2a00), table, facts);
  EXPECT_EQ(AsText(facts.device_name), "Band");
}

// As BlueZ discovers: declarations only. Behind the first lies its client configuration, behind the
// second (read, write) nothing is supposed, behind the third at once the next declaration.
TEST(Discovery, TheHandleBehindOneThatNotifiesIsItsConfiguration) {
  AttributeTable table;
  DiscoveryFacts facts;
  LearnFromResponse(Hex("09 07 1000 12 1100 372a 1300 0a 1400 382a 1500 10 1600 392a"),
                    Uuid16(0x2803), table, facts);
  LearnFromResponse(Hex("09 07 1700 02 1800 3a2a"), Uuid16(0x2803), table, facts);
  EXPECT_EQ(table.Find(0x12), Uuid16(0x2902));
  EXPECT_FALSE(table.Find(0x19).known());
  EXPECT_EQ(table.Find(0x17), Uuid16(0x2803));
  LearnFromResponse(Hex("05 01 1200 0129"), {}, table, facts);
  EXPECT_EQ(table.Find(0x12), Uuid16(0x2901)) << "whoever asks knows better";
}

TEST(AttributeTable, LaterReplacesEarlierAndItIsBounded) {
  AttributeTable table;
  table.Learn(9, Uuid16(1));
  table.Learn(3, Uuid16(2));
  table.Learn(9, Uuid16(3));
  EXPECT_EQ(table.size(), 2U);
  EXPECT_EQ(table.Find(9), Uuid16(3));
  EXPECT_FALSE(table.Find(4).known());
  for (int handle = 1; handle < 0xffff; ++handle)
    table.Learn(static_cast<std::uint16_t>(handle), Uuid16(4));
  EXPECT_EQ(table.size(), AttributeTable::kRowsMax);
}

}  // namespace
}  // namespace bk::codec::att
