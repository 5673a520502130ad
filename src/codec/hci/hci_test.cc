#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "codec/hci/codes.h"
#include "codec/hci/connection.h"
#include "codec/hci/reason.h"
#include "codec/hci/scan.h"
#include "codec/hci/tables.h"

namespace bk::codec::hci {
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

TEST(HciTables, NamesAndSizes) {
  ASSERT_NE(FindCommand(0x200d), nullptr);
  EXPECT_EQ(FindCommand(0x200d)->name, "LE Create Connection");
  EXPECT_EQ(FindCommand(0x200d)->size_min, 25);
  EXPECT_EQ(FindCommand(0xfc01), nullptr);
  EXPECT_EQ(FindEvent(0x13)->name, "Number Of Completed Packets");
  EXPECT_EQ(FindEvent(0x7f), nullptr);
  EXPECT_EQ(FindLeEvent(0x29)->name, "LE Enhanced Connection Complete v2");
  EXPECT_EQ(FindLeEvent(0xf0), nullptr);
}

TEST(HciReason, EveryCodeHasAName) {
  for (int code = 0; code < 256; ++code)
    EXPECT_FALSE(FindReason(static_cast<std::uint8_t>(code)).name.empty()) << code;
  EXPECT_EQ(FormatReason(0x13), "0x13 Remote User Terminated Connection");
  EXPECT_EQ(FindReason(0x13).side, ReasonSide::kPeer);
  EXPECT_EQ(FindReason(0x16).side, ReasonSide::kPhone);
  EXPECT_EQ(FindReason(0x08).side, ReasonSide::kUnknown);
  EXPECT_EQ(FindReason(0xee).name, "Unassigned");
}

// One row per event: its parameters as they stand on the wire, of exactly the least size, so that
// the truncation test below can walk them all.
struct EventCase {
  const char* name;
  std::uint8_t code, subevent;
  const char* parameters;
};
constexpr EventCase kEvents[] = {
    {"LE connection", 0x3e, 0x01, "00 4000 00 01 665544332211 2700 0000 f401 00"},
    {"LE enhanced", 0x3e, 0x0a,
     "00 4000 00 01 665544332211 000000000000 000000000000 2700 0000 f401 00"},
    {"LE enhanced v2", 0x3e, 0x29,
     "00 4000 00 01 665544332211 000000000000 000000000000 2700 0000 f401 00 ff ffff"},
    {"disconnection", 0x05, 0, "00 4000 13"},
    {"update", 0x3e, 0x03, "00 4000 2700 0100 f401"},
    {"data length", 0x3e, 0x07, "4000 fb00 4808 1b00 4801"},
    {"phy", 0x3e, 0x0c, "00 4000 02 01"},
    {"encryption", 0x08, 0, "06 4000 00"},
    {"encryption v2", 0x59, 0, "00 4000 01 10"},
    {"refresh", 0x30, 0, "00 4000"},
    {"classic", 0x03, 0, "04 0100 665544332211 01 00"},
};

bool Decodes(const EventCase& event, Bytes parameters) {
  switch (event.code) {
    case event::kConnectionComplete:
      return DecodeConnectionComplete(parameters).has_value();
    case event::kDisconnectionComplete:
      return DecodeDisconnectionComplete(parameters).has_value();
    case event::kLeMeta:
      switch (event.subevent) {
        case le_event::kConnectionUpdateComplete:
          return DecodeLeConnectionUpdateComplete(parameters).has_value();
        case le_event::kDataLengthChange:
          return DecodeLeDataLengthChange(parameters).has_value();
        case le_event::kPhyUpdateComplete:
          return DecodeLePhyUpdateComplete(parameters).has_value();
        default:
          return DecodeLeConnectionComplete(event.subevent, parameters).has_value();
      }
    default:
      return DecodeEncryptionEvent(event.code, parameters).has_value();
  }
}

TEST(HciEvents, WholeIsTakenAndTheTableAgrees) {
  for (const EventCase& event : kEvents) {
    const auto bytes = Hex(event.parameters);
    EXPECT_TRUE(Decodes(event, bytes)) << event.name;
    const PacketInfo* info =
        event.code == event::kLeMeta ? FindLeEvent(event.subevent) : FindEvent(event.code);
    ASSERT_NE(info, nullptr) << event.name;
    EXPECT_EQ(bytes.size(), info->size_min) << event.name;
  }
}

TEST(HciEvents, EveryTruncationIsSafeAndHalfIsRefused) {
  for (const EventCase& event : kEvents) {
    const auto bytes = Hex(event.parameters);
    for (std::size_t size = 0; size < bytes.size(); ++size) {
      const std::vector<std::byte> part(bytes.begin(),
                                        bytes.begin() + static_cast<std::ptrdiff_t>(size));
      EXPECT_FALSE(Decodes(event, part) && size < 3) << event.name << size;
    }
  }
}

TEST(HciEvents, Fields) {
  const auto connected = DecodeLeConnectionComplete(0x01, Hex(kEvents[0].parameters));
  ASSERT_TRUE(connected);
  EXPECT_EQ(connected->handle, 0x40);
  EXPECT_TRUE(connected->phone_is_central);
  EXPECT_EQ(FormatAddress(connected->peer), "11:22:33:44:55:66");
  EXPECT_DOUBLE_EQ(connected->timing.interval_ms(), 48.75);
  EXPECT_EQ(connected->timing.timeout_ms(), 5000U);
  const auto enhanced = DecodeLeConnectionComplete(0x0a, Hex(kEvents[1].parameters));
  EXPECT_EQ(enhanced->timing.interval, 39);
  const auto encryption = DecodeEncryptionEvent(0x08, Hex("06 4000 00"));
  EXPECT_EQ(encryption->status, 0x06);
  EXPECT_FALSE(encryption->enabled);
  EXPECT_TRUE(DecodeEncryptionEvent(0x30, Hex("00 4000"))->enabled);
}

TEST(HciCommands, CreateConnection) {
  const auto direct = DecodeLeCreateConnection(
      0x200d, Hex("6000 3000 00 01 665544332211 00 1800 2800 0000 f401 0000 0000"));
  ASSERT_TRUE(direct);
  EXPECT_FALSE(direct->accept_list);
  EXPECT_EQ(FormatAddress(direct->peer), "11:22:33:44:55:66");
  const auto extended = DecodeLeCreateConnection(0x2043, Hex("01 01 00 665544332211 01"));
  ASSERT_TRUE(extended);
  EXPECT_TRUE(extended->accept_list);
  const auto v2 = DecodeLeCreateConnection(0x2085, Hex("ff ff 00 01 00 665544332211 01"));
  ASSERT_TRUE(v2);
  EXPECT_EQ(FormatAddress(v2->peer), "11:22:33:44:55:66");
  EXPECT_FALSE(DecodeLeCreateConnection(0x200d, Hex("6000 3000 00")));
}

TEST(HciCommands, Outcomes) {
  const auto status = DecodeCommandOutcome(0x0f, Hex("0c 01 0d20"));
  EXPECT_EQ(status->opcode, 0x200d);
  EXPECT_EQ(status->status, 0x0c);
  const auto complete = DecodeCommandOutcome(0x0e, Hex("01 0514 00 4000 c4"));
  EXPECT_EQ(complete->opcode, 0x1405);
  EXPECT_EQ(complete->returned.size(), 4U);
}

constexpr const char* kLegacyReports =
    "02"
    "00 01 665544332211 07 020106 03 02 e0 fe c4"
    "04 01 665544332211 06 05 09 4261 6e64 bf";

TEST(Adverts, LegacyReports) {
  const auto bytes = Hex(kLegacyReports);
  AdvertReader reader(0x02, bytes);
  AdvertReport report;
  ASSERT_TRUE(reader.Next(report));
  EXPECT_TRUE(report.connectable);
  EXPECT_FALSE(report.scan_response);
  EXPECT_EQ(report.rssi, -60);
  EXPECT_TRUE(ReadAdvertContent(report.data).huami_service);
  ASSERT_TRUE(reader.Next(report));
  EXPECT_TRUE(report.scan_response);
  EXPECT_EQ(ReadAdvertContent(report.data).name, "Band");
  EXPECT_FALSE(reader.Next(report));
  EXPECT_FALSE(reader.damaged());
}

TEST(Adverts, ExtendedReport) {
  const auto bytes =
      Hex("01 1300 01 665544332211 01 00 ff 7f b0 0000 00 000000000000 07 06 ff 5701 020304");
  AdvertReader reader(0x0d, bytes);
  AdvertReport report;
  ASSERT_TRUE(reader.Next(report));
  EXPECT_TRUE(report.connectable);
  EXPECT_EQ(report.rssi, -80);
  EXPECT_TRUE(ReadAdvertContent(report.data).huami_company);
}

TEST(Adverts, EveryTruncationIsDamageNotMore) {
  const auto bytes = Hex(kLegacyReports);
  for (std::size_t size = 0; size <= bytes.size(); ++size) {
    const std::vector<std::byte> part(bytes.begin(),
                                      bytes.begin() + static_cast<std::ptrdiff_t>(size));
    AdvertReader reader(0x02, part);
    AdvertReport report;
    int reports = 0;
    while (reader.Next(report)) {
      ++reports;
      (void)ReadAdvertContent(report.data);
    }
    EXPECT_EQ(reader.damaged(), size != 0 && size < bytes.size()) << size;
    EXPECT_LE(reports, 2);
  }
}

TEST(Adverts, AZeroAtTheEndOfANameWasShown) {
  EXPECT_EQ(ReadAdvertContent(Hex("05 09 4142430000")).name, "ABC");
}

TEST(Adverts, ContentSurvivesNonsense) {
  EXPECT_EQ(ReadAdvertContent(Hex("05 09 41")).name, "");
  EXPECT_EQ(ReadAdvertContent(Hex("00 05 09 41424344")).name, "");
  EXPECT_EQ(ReadAdvertContent(Hex("01 09 03 08 4142")).name, "AB");
  EXPECT_TRUE(ReadAdvertContent(Hex("07 16 e0fe 8d230000")).huami_service);
}

TEST(Scan, Parameters) {
  const auto legacy = DecodeScanParameters(0x200b, Hex("01 0002 2000 00 01"));
  ASSERT_TRUE(legacy);
  EXPECT_TRUE(legacy->active);
  EXPECT_TRUE(legacy->accept_list_only);
  EXPECT_EQ(legacy->window, 32);
  const auto extended = DecodeScanParameters(0x2041, Hex("00 00 01 00 6000 3000"));
  ASSERT_TRUE(extended);
  EXPECT_FALSE(extended->active);
  EXPECT_EQ(extended->interval, 96);
  EXPECT_FALSE(DecodeScanParameters(0x2041, Hex("00 00 01 00")));
}

}  // namespace
}  // namespace bk::codec::hci
