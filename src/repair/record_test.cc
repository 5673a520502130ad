#include "repair/record.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <cstdio>

namespace bk::repair {
namespace {

Record AnyRecord() {
  const auto text = [] {
    return *rc::gen::container<std::string>(rc::gen::inRange<char>(-128, 127));
  };
  Record record;
  record.kind = static_cast<Record::Kind>(*rc::gen::inRange<int>(0, kRecordKinds));
  record.at = *rc::gen::positive<std::int64_t>();
  record.repair = *rc::gen::arbitrary<std::uint64_t>();
  record.change = *rc::gen::arbitrary<std::uint64_t>();
  record.temporary = *rc::gen::arbitrary<bool>();
  record.phone = text();
  record.name = text();
  record.fix = text();
  record.setting = text();
  record.words = text();
  if (*rc::gen::arbitrary<bool>()) record.before = text();
  if (*rc::gen::arbitrary<bool>()) record.value = text();
  return record;
}

std::vector<Record> SomeRecords() {
  std::vector<Record> records;
  Record begun{.kind = Record::Kind::kRepairBegun, .number = 1, .at = 5, .repair = 1};
  begun.phone = PhoneMark("secret-serial");
  begun.name = "Xiaomi Redmi Note 8";
  records.push_back(begun);
  Record change{.kind = Record::Kind::kWillChange, .number = 2, .at = 6, .repair = 1};
  change.fix = "turn_on_location";
  change.setting = "location";
  change.before = "off";
  change.value = "on";
  records.push_back(change);
  Record changed{.kind = Record::Kind::kChanged, .number = 3, .at = 7, .repair = 1, .change = 2};
  changed.value = "on";
  records.push_back(changed);
  return records;
}

std::string TextOf(const std::vector<Record>& records) {
  std::string text;
  for (const Record& record : records) text += *EncodeRecord(record);
  return text;
}

// The format as record.h tells it, a second time.
std::string Line(std::string_view version, std::string_view body) {
  std::uint64_t hash = 14695981039346656037U;
  for (const char c : std::string(version) + " " + std::string(body)) {
    hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211U;
  }
  char digits[17];
  std::snprintf(digits, sizeof(digits), "%016llx", static_cast<unsigned long long>(hash));
  return std::string(version) + " " + digits + " " + std::string(body) + "\n";
}

TEST(Record, TheLineIsAsItIsDocumented) {
  EXPECT_EQ(*EncodeRecord(SomeRecords()[1]),
            Line("bk1",
                 "2 will_change at=6 repair=1 fix=turn_on_location setting=location "
                 "before=off value=on"));
  Record odd{.kind = Record::Kind::kLeft, .number = 9, .change = 4};
  odd.words = "a b=\n%";
  EXPECT_EQ(*EncodeRecord(odd), Line("bk1", "9 left change=4 words=a%20b%3D%0A%25"));
}

TEST(Record, EveryByteOfEveryValueComesBack) {
  rc::check([] {
    std::vector<Record> records;
    const int count = *rc::gen::inRange(0, 6);
    for (int i = 0; i < count; ++i) {
      records.push_back(AnyRecord());
      records.back().number = static_cast<std::uint64_t>(i) + 1;
    }
    const JournalText read = DecodeJournal(TextOf(records));
    RC_ASSERT(read.records == records);
    RC_ASSERT(!read.torn);
    RC_ASSERT(read.lost == 0U);
  });
}

TEST(Record, NoneAndEmptyAreNotTheSame) {
  Record record{.kind = Record::Kind::kWillChange, .number = 1};
  record.before = "";
  const JournalText read = DecodeJournal(*EncodeRecord(record));
  ASSERT_EQ(read.records.size(), 1U);
  EXPECT_EQ(read.records[0].before, "");
  EXPECT_EQ(read.records[0].value, std::nullopt);
}

// Invariant 7.
TEST(Record, CutAtEveryByteWhatIsReadOnlyShrinksAndIsNoError) {
  const std::vector<Record> records = SomeRecords();
  const std::string text = TextOf(records);
  std::size_t most = records.size();
  for (std::size_t size = text.size() + 1; size-- > 0;) {
    const JournalText read = DecodeJournal(text.substr(0, size));
    ASSERT_LE(read.records.size(), most);
    most = read.records.size();
    for (std::size_t i = 0; i < most; ++i) EXPECT_EQ(read.records[i], records[i]);
    EXPECT_EQ(read.lost, 0U);
  }
  EXPECT_EQ(most, 0U);
}

TEST(Record, AWriterStoppedAtAnyByteNeverSpoilsTheNextOne) {
  const std::vector<Record> records = SomeRecords();
  const std::string first = *EncodeRecord(records[0]);
  for (std::size_t size = 0; size < first.size(); ++size) {
    const std::string torn = first.substr(0, size);
    const std::uint64_t last = DecodeJournal(torn).last;
    Record next = records[0];
    next.number = last + 1;
    next.name = "next";
    const JournalText read = DecodeJournal(torn + (torn.empty() ? "" : "\n") + *EncodeRecord(next));
    ASSERT_EQ(read.records.size(), last + 1);
    EXPECT_EQ(read.records.back(), next);
    EXPECT_EQ(read.lost, 0U);
  }
}

TEST(Record, ADamagedByteLosesOneRecordAndIsCounted) {
  const std::vector<Record> records = SomeRecords();
  const std::string text = TextOf(records);
  const std::size_t begin = EncodeRecord(records[0])->size();
  const std::size_t end = begin + EncodeRecord(records[1])->size();
  for (std::size_t at = begin; at + 1 < end; ++at) {
    std::string damaged = text;
    damaged[at] = static_cast<char>(damaged[at] ^ 1);
    const JournalText read = DecodeJournal(damaged);
    ASSERT_EQ(read.records.size(), 2U) << at;
    EXPECT_EQ(read.records[1], records[2]);
    EXPECT_EQ(read.lost, 1U);
  }
}

TEST(Record, WhatALaterVersionWroteIsCountedAndNotDamage) {
  std::string text = TextOf(SomeRecords());
  text += Line("bk2", "4 left change=2") + Line("bk1", "5 something_new colour=blue");
  const JournalText read = DecodeJournal(text + Line("bk1", "6 left change=2 colour=blue"));
  EXPECT_EQ(read.records.size(), 4U);
  EXPECT_EQ(read.foreign, 2U);
  EXPECT_EQ(read.lost, 0U);
  EXPECT_EQ(read.last, 6U);
}

TEST(Record, AValueThatCannotBeKeptWholeIsRefused) {
  Record record{.kind = Record::Kind::kWillChange, .number = 1};
  record.words = std::string(100'000, 'w');  // words may be cut
  ASSERT_TRUE(EncodeRecord(record).has_value());
  EXPECT_LE(EncodeRecord(record)->size(), kRecordBytesMax);
  record.before = std::string(kRecordBytesMax, 'v');
  EXPECT_FALSE(EncodeRecord(record).has_value());
}

TEST(Record, TheSerialNumberIsNotInTheFile) {
  EXPECT_EQ(TextOf(SomeRecords()).find("secret"), std::string::npos);
  EXPECT_NE(PhoneMark("a"), PhoneMark("b"));
}

}  // namespace
}  // namespace bk::repair
