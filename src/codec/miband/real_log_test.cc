// The log of a real band (firmware V1.0.9.70) that a stranger read with bleak: its attribute table
// is ours, and every value in it decodes and encodes to the same bytes. Skipped without
// ../shared/corpus.
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/corpus_testing.h"
#include "codec/miband/attribute.h"
#include "codec/miband/battery.h"
#include "codec/miband/clock.h"
#include "codec/miband/device_info.h"
#include "codec/miband/event.h"
#include "codec/miband/heart_rate.h"
#include "codec/miband/steps.h"
#include "codec/miband/test_bytes.h"

namespace bk::codec::miband {
namespace {

// "0000fee0-0000-1000-8000-00805f9b34fb" as ATT carries it.
std::optional<ShortUuid> UuidOf(std::string_view text) {
  auto bytes = Hex(text.substr(0, 36));
  std::ranges::reverse(bytes);
  return bytes.size() == 16 ? ShortUuidFrom(Bytes(bytes)) : std::nullopt;
}

std::uint8_t PropertiesOf(std::string_view list) {
  std::uint8_t bits = 0;
  const std::string all = "," + std::string(list) + ",";
  const auto has = [&](std::string_view name) {
    return all.find("," + std::string(name) + ",") != std::string::npos;
  };
  if (has("read")) bits |= kRead;
  if (has("write")) bits |= kWrite;
  if (has("write-without-response")) bits |= kWriteCommand;
  if (has("notify")) bits |= kNotify;
  return bits;
}

struct Log {
  std::map<Attribute, std::uint8_t> table;
  std::vector<std::pair<Attribute, ByteVector>> values;  // read or notified
  int strange = 0;                                       // characteristics that we do not know
};

Log ReadLog(std::string_view text) {
  Log log;
  std::optional<ShortUuid> service;
  while (!text.empty()) {
    const std::string_view line = text.substr(0, text.find('\n'));
    text.remove_prefix(std::min(text.size(), line.size() + 1));
    const auto after = [&](std::string_view mark) {
      const std::size_t at = line.find(mark);
      return at == std::string_view::npos ? std::string_view() : line.substr(at + mark.size());
    };
    if (const auto uuid = after("Serviço: "); !uuid.empty()) service = UuidOf(uuid);
    if (const auto uuid = after("Char: "); !uuid.empty() && service) {
      const auto known = UuidOf(uuid);
      if (!known) continue;
      const auto attribute = AttributeFromUuid(*service, *known);
      log.strange += !attribute;
      const std::size_t open = uuid.find('['), close = uuid.find(']');
      if (attribute) log.table[*attribute] = PropertiesOf(uuid.substr(open + 1, close - open - 1));
    }
    for (const std::string_view mark : {"Read ", "Notify "}) {
      const auto uuid = after(mark);
      if (uuid.size() < 38 || uuid.substr(36, 2) != ": ") continue;
      const auto known = UuidOf(uuid);
      if (!known) continue;
      const auto attribute = AttributeFromUuid(*known);
      if (attribute) log.values.emplace_back(*attribute, Hex(uuid.substr(38)));
    }
  }
  return log;
}

TEST(RealLog, TableAndValuesAreOurs) {
  const std::string text =
      corpus::ReadFile(corpus::Folder() / "other" / "miband4_bluepy_battery_95.log");
  if (text.empty()) GTEST_SKIP() << "no corpus";
  const Log log = ReadLog(text);
  EXPECT_EQ(log.strange, 0);
  for (const AttributeInfo& info : MiBand4Attributes()) {
    ASSERT_TRUE(log.table.contains(info.attribute)) << info.name;
    EXPECT_EQ(log.table.at(info.attribute), info.properties) << info.name;
  }
  std::set<Attribute> decoded;
  const auto same = [&](Attribute attribute, const ByteVector& bytes, auto decode) {
    const auto value = decode(bytes);
    ASSERT_TRUE(value) << AttributeName(attribute);
    EXPECT_EQ(Encode(*value), bytes) << AttributeName(attribute);
    decoded.insert(attribute);
  };
  for (const auto& [attribute, bytes] : log.values) {
    if (attribute == Attribute::kBattery) {
      same(attribute, bytes, DecodeBattery);
      EXPECT_EQ(DecodeBattery(bytes)->percent, 95);  // the file's name says so
    }
    if (attribute == Attribute::kSteps) same(attribute, bytes, DecodeSteps);
    if (attribute == Attribute::kCurrentTime) {
      same(attribute, bytes, DecodeCurrentTime);
      // The line's own time is 10:41:42; the band's clock is a second behind.
      EXPECT_EQ(FormatInstant(DecodeCurrentTime(bytes)->clock.Local()).substr(0, 19),
                "2026-02-01 10:41:41");
    }
    if (attribute == Attribute::kPnpId) same(attribute, bytes, DecodePnpId);
    if (attribute == Attribute::kEvents) same(attribute, bytes, DecodeEvent);
    if (attribute == Attribute::kSoftwareRevision) {
      EXPECT_EQ(DecodeVersion(bytes), "1.0.9.70");
      decoded.insert(attribute);
    }
  }
  EXPECT_EQ(decoded.size(), 6U);
}

}  // namespace
}  // namespace bk::codec::miband
