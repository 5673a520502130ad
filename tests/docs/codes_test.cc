// docs/reading-captures.md and the tables of src/codec say the same.
#include <gtest/gtest.h>

#include <array>
#include <cstdlib>
#include <fstream>
#include <string>
#include <string_view>
#include <vector>

#include "codec/att/pdu.h"
#include "codec/hci/reason.h"
#include "codec/miband/auth.h"
#include "codec/smp/pdu.h"

namespace bk {
namespace {

std::string Trimmed(std::string_view text) {
  while (text.starts_with(' ') || text.starts_with('`')) text.remove_prefix(1);
  while (text.ends_with(' ') || text.ends_with('`')) text.remove_suffix(1);
  return std::string(text);
}

// The cells of every row below the heading that begins with `heading`, up to the next heading.
std::vector<std::vector<std::string>> Rows(std::string_view heading) {
  std::ifstream file(BK_SOURCE_DIR "/docs/reading-captures.md");
  std::vector<std::vector<std::string>> rows;
  bool inside = false;
  for (std::string line; std::getline(file, line);) {
    if (line.starts_with("## ")) inside = std::string_view(line).substr(3).starts_with(heading);
    if (!inside || !line.starts_with("| `")) continue;
    std::vector<std::string> cells;
    for (std::size_t at = 1, end = 0; (end = line.find('|', at)) != std::string::npos; at = end + 1)
      cells.push_back(Trimmed(std::string_view(line).substr(at, end - at)));
    rows.push_back(std::move(cells));
  }
  return rows;
}

std::uint8_t Code(const std::string& text) {
  return static_cast<std::uint8_t>(std::strtoul(text.c_str(), nullptr, 16));
}

template <class Find>
void ExpectSame(std::string_view heading, std::size_t rows_min, Find find) {
  const auto rows = Rows(heading);
  EXPECT_GE(rows.size(), rows_min) << heading;
  for (const auto& row : rows) {
    ASSERT_GE(row.size(), 3U) << heading;
    const auto& info = find(Code(row[0]));
    EXPECT_EQ(row[1], info.name) << row[0];
    EXPECT_EQ(row[2], info.meaning) << row[0];
  }
}

TEST(ReadingCaptures, Reasons) { ExpectSame("Why a link ended", 20, codec::hci::FindReason); }
TEST(ReadingCaptures, AttErrors) { ExpectSame("Errors of a read", 12, codec::att::FindError); }
TEST(ReadingCaptures, SmpReasons) { ExpectSame("Why a pairing", 9, codec::smp::FindReason); }

TEST(ReadingCaptures, EveryReasonThatMeansSomethingForALinkToABandIsThere) {
  std::array<bool, 256> told{};
  for (const auto& row : Rows("Why a link ended")) told[Code(row[0])] = true;
  for (const unsigned code :
       {0x02U, 0x05U, 0x06U, 0x08U, 0x13U, 0x14U, 0x15U, 0x16U, 0x22U, 0x3dU, 0x3eU})
    EXPECT_TRUE(told[code]) << codec::hci::FormatReason(static_cast<std::uint8_t>(code));
}

TEST(ReadingCaptures, Authentication) {
  const auto rows = Rows("The band's own");
  EXPECT_GE(rows.size(), 8U);
  for (const auto& row : rows) {
    ASSERT_EQ(row[0].size(), 8U) << row[0];
    const auto op = static_cast<codec::miband::AuthOp>(Code(row[0].substr(3, 2)) & 0x7fU);
    EXPECT_EQ(row[1], codec::miband::AuthStatusMeaning(op, Code(row[0].substr(6, 2)))) << row[0];
  }
}

}  // namespace
}  // namespace bk
