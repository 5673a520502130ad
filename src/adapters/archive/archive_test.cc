#include "adapters/archive/archive.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "adapters/archive/inflate.h"
#include "adapters/archive/testing.h"
#include "base/limits.h"

namespace bk::adapters {
namespace {

using testing::Gzip;
using ::testing::HasSubstr;
using testing::Number;
using ::testing::StartsWith;
using testing::ZipBuilder;
using testing::ZipEntry;

std::string Lines(int count, const std::string &word) {
  std::string text;
  for (int i = 0; i < count; ++i) text += word + " " + std::to_string(i * 7919 % 10007) + "\n";
  return text;
}

struct Got {
  std::string name, text, damage;
  bool operator==(const Got &) const = default;
};
void PrintTo(const Got &got, std::ostream *out) {
  *out << got.name << ": " << got.text.size() << " bytes " << got.text.substr(0, 60) << " ["
       << got.damage << "]";
}

// Refused members as their error's sentence.
std::vector<Got> ReadAll(ports::Archive &archive) {
  std::vector<Got> all;
  for (std::size_t i = 0; i < archive.members().size(); ++i) {
    const auto blob = archive.Read(i);
    all.push_back({archive.members()[i].name, blob ? std::string(AsText((*blob)->bytes())) : "",
                   blob ? (*blob)->damage() : "error: " + blob.error().message});
  }
  return all;
}
std::vector<Got> ReadAll(std::string_view bytes) {
  const auto archive = OpenArchive(AsBytes(bytes));
  if (!archive) return {{"", "", archive.error().message}};
  return ReadAll(**archive);
}
std::string ArchiveDamage(std::string_view bytes) {
  const auto archive = OpenArchive(AsBytes(bytes));
  return archive ? (*archive)->damage() : archive.error().message;
}

const std::string kMain = Lines(3000, "main line");
const std::string kLog = Lines(50, "log");

ZipBuilder Report() {
  ZipBuilder zip;
  zip.Add({.name = "dir/", .text = "", .deflated = false});
  zip.Add({.name = "main.txt", .text = kMain});
  zip.Add({.name = "stored", .text = kLog, .deflated = false});
  zip.Add({.name = "empty", .text = "", .deflated = false});
  return zip;
}
const std::vector<Got> kReport{{"main.txt", kMain, ""}, {"stored", kLog, ""}, {"empty", "", ""}};

TEST(Zip, MembersAreReadByTheDirectory) {
  const std::string zip = Report().Whole();
  EXPECT_TRUE(LooksLikeArchive(AsBytes(zip)));
  EXPECT_EQ(ReadAll(zip), kReport);
  EXPECT_EQ(ArchiveDamage(zip), "");
  const auto archive = OpenArchive(AsBytes(zip));
  EXPECT_EQ((*archive)->members()[0].size, kMain.size());
}

TEST(Zip, WithoutADirectoryMembersAreFoundAndThatIsSaid) {
  const std::string zip = Report().Cut();
  EXPECT_EQ(ReadAll(zip), kReport);
  EXPECT_EQ(ArchiveDamage(zip), "its directory is missing or damaged: 3 members found without it");
}

TEST(Zip, StreamedMembersAreFoundByTheirDescriptors) {
  for (const bool marked : {true, false})
    for (const bool zip64 : {false, true}) {
      const std::string inner =
          ZipBuilder().Add({.name = "x", .text = kLog, .streamed = true}).Whole();
      ZipBuilder zip;
      zip.Add({"a", kMain, true, true, marked, zip64});
      zip.Add({"inner.zip", inner, false, true, marked, zip64});
      zip.Add({"b", kLog, true, true, marked, zip64});
      const std::vector<Got> expected{{"a", kMain, ""}, {"inner.zip", inner, ""}, {"b", kLog, ""}};
      EXPECT_EQ(ReadAll(zip.Whole()), expected) << marked << zip64;
      // The directory's signature ends the last one.
      EXPECT_EQ(ReadAll(zip.Cut() + "PK\x01\x02"), expected) << marked << zip64;
      EXPECT_EQ(ReadAll(inner), (std::vector<Got>{{"x", kLog, ""}}));
    }
}

TEST(Zip, Zip64SizesAreUnderstoodWithAndWithoutTheDirectory) {
  ZipBuilder zip;
  zip.Add({.name = "a", .text = kMain, .zip64 = true}).Add({.name = "b", .text = kLog});
  const std::vector<Got> expected{{"a", kMain, ""}, {"b", kLog, ""}};
  EXPECT_EQ(ReadAll(zip.Whole()), expected);
  EXPECT_EQ(ReadAll(zip.Cut()), expected);
}

TEST(Zip, CutAtEveryByteEveryMemberIsWholeOrSaysWhatIsMissing) {
  ZipBuilder builder;
  builder.Add({.name = "main", .text = Lines(60, "m")});
  builder.Add({.name = "streamed", .text = Lines(60, "s"), .streamed = true});
  builder.Add({.name = "stored", .text = Lines(9, "t"), .deflated = false});
  const std::string whole = builder.Whole();
  const std::vector<Got> expected = ReadAll(whole);
  ASSERT_EQ(expected.size(), 3);
  for (std::size_t size = 0; size < whole.size(); ++size) {
    // An exact copy, so that the sanitizer sees a read past its end.
    const std::vector<char> cut(whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(size));
    const auto archive = OpenArchive(AsBytes({cut.data(), cut.size()}));
    if (!archive) {
      EXPECT_LT(size, builder.data_at(0)) << archive.error().message;
      continue;
    }
    EXPECT_THAT((*archive)->damage(), StartsWith("its directory is missing or damaged"));
    const std::vector<Got> got = ReadAll(**archive);
    for (std::size_t i = 0; i < expected.size(); ++i) {
      if (size < builder.data_at(i)) {
        EXPECT_LE(got.size(), i);
        break;
      }
      ASSERT_GT(got.size(), i) << size;
      EXPECT_EQ(got[i].name, expected[i].name);
      EXPECT_THAT(expected[i].text, StartsWith(got[i].text)) << size;
      if (size < builder.data_end(i)) {
        EXPECT_NE(got[i].damage, "") << size << " " << i;
      }
      if (got[i].damage.empty()) {
        EXPECT_EQ(got[i].text, expected[i].text) << size << " " << i;
      }
    }
  }
}

TEST(Zip, ACutMemberGivesItsBeginning) {
  const auto builder = Report();
  const std::string zip = builder.Cut().substr(0, builder.data_end(1) - 500);
  const std::vector<Got> got = ReadAll(zip);
  ASSERT_EQ(got.size(), 1);
  EXPECT_GT(got[0].text.size(), kMain.size() / 2);
  EXPECT_THAT(kMain, StartsWith(got[0].text));
  EXPECT_EQ(got[0].damage,
            "cut after " + Grouped(got[0].text.size()) + " of " + Grouped(kMain.size()) + " bytes");
}

TEST(Zip, AChangedByteIsNoticedAndWhatStandsIsGiven) {
  const auto builder = Report();
  const std::string whole = builder.Whole();
  for (std::size_t at = builder.data_at(1); at < builder.data_end(1); at += 97) {
    std::string zip = whole;
    zip[at] = static_cast<char>(zip[at] ^ 0x55);
    const std::vector<Got> got = ReadAll(zip);
    ASSERT_EQ(got.size(), 3);
    EXPECT_NE(got[0].damage, "") << at;
    EXPECT_EQ(got[1], kReport[1]);
  }
  std::string zip = whole;
  zip[builder.data_at(2)] ^= 1;
  const std::vector<Got> got = ReadAll(zip);
  EXPECT_EQ(got[0], kReport[0]);
  EXPECT_EQ(got[1].text.size(), kLog.size());
  EXPECT_THAT(got[1].damage, HasSubstr("checksum"));
}

TEST(Zip, ADirectoryThatPointsElsewhereIsHelpedByTheLocalHeaders) {
  EXPECT_EQ(ReadAll("#!/bin/sh\nexec unzip\n" + Report().Whole()), kReport);
  EXPECT_TRUE(LooksLikeArchive(AsBytes("MZ" + Report().Whole())));
}

TEST(Zip, ADamagedDirectoryOfAnySortLosesNoMember) {
  const auto builder = Report();
  const std::string whole = builder.Whole();
  for (std::size_t at = builder.Cut().size(); at < whole.size(); ++at) {
    std::string zip = whole;
    zip[at] = static_cast<char>(~zip[at]);
    const auto archive = OpenArchive(AsBytes(zip));
    if (!archive) continue;  // it now claims encryption
    for (const Got &got : ReadAll(**archive))
      EXPECT_TRUE(got.text == kMain || got.text == kLog || got.text.empty() || !got.damage.empty())
          << at;
  }
  // A comment that the end record does not claim, longer than any may be.
  EXPECT_EQ(ReadAll(whole + std::string(70'000, 'x')), kReport);
}

TEST(Zip, SizesThatAreLiesAreDamage) {
  ZipBuilder zip;
  zip.Add({.name = "less", .text = kMain, .claimed_size = 10});
  zip.Add({.name = "more", .text = kMain, .claimed_size = 1'000'000});
  zip.Add({.name = "far more", .text = kLog, .claimed_size = 0x7fffffff});
  for (const std::string &bytes : {zip.Whole(), zip.Cut()}) {
    const std::vector<Got> got = ReadAll(bytes);
    ASSERT_EQ(got.size(), 3);
    EXPECT_EQ(got[0].text, kMain);
    EXPECT_THAT(got[0].damage, HasSubstr("where 10 are claimed"));
    EXPECT_EQ(got[1].text, kMain);
    EXPECT_THAT(got[1].damage, HasSubstr("where 1,000,000 are claimed"));
    EXPECT_EQ(got[2].text, kLog);
    EXPECT_NE(got[2].damage, "");
  }
}

TEST(Zip, ABombIsBounded) {
  // 300 MB of zeros, said to be ten bytes.
  const std::string bomb(300ULL * 1024 * 1024, '\0');
  const std::string liar =
      ZipBuilder().Add({.name = "bomb", .text = bomb, .claimed_size = 10}).Whole();
  const auto archive = OpenArchive(AsBytes(liar));
  ASSERT_TRUE(archive);
  const auto blob = (*archive)->Read(0);
  ASSERT_TRUE(blob);
  EXPECT_EQ((*blob)->bytes().size(), kUnclaimedBytesMax);
  EXPECT_THAT((*blob)->damage(), HasSubstr("more than it claims"));

  const std::string huge =
      ZipBuilder().Add({.name = "huge", .text = kLog, .claimed_size = 0xfffffff0}).Whole();
  const auto refused = OpenArchive(AsBytes(huge));
  ASSERT_TRUE(refused);
  EXPECT_EQ((*refused)->Read(0).error().code, ErrorCode::kTooLarge);
}

TEST(Zip, AnyNameIsKeptAsItIs) {
  const std::vector<std::string> names{"../../etc/passwd",
                                       "/abs",
                                       "a\\b",
                                       "\xff\xfe",
                                       "naïve",
                                       std::string(60'000, 'n'),
                                       "FS/data/log/bt/btsnoop_hci.log",
                                       "twice",
                                       "twice"};
  ZipBuilder zip;
  for (const std::string &name : names) zip.Add({.name = name, .text = name + "!"});
  for (const std::string &bytes : {zip.Whole(), zip.Cut()}) {
    const std::vector<Got> got = ReadAll(bytes);
    ASSERT_EQ(got.size(), names.size());
    for (std::size_t i = 0; i < names.size(); ++i)
      EXPECT_EQ(got[i], (Got{names[i], names[i] + "!", ""}));
  }
}

TEST(Zip, EncryptedMembersAreRefusedAndAWhollyEncryptedZipToo) {
  ZipBuilder some;
  some.Add({.name = "open", .text = kLog}).Add({.name = "shut", .text = kLog, .flags = 1});
  for (const std::string &bytes : {some.Whole(), some.Cut()}) {
    const auto archive = OpenArchive(AsBytes(bytes));
    ASSERT_TRUE(archive);
    EXPECT_TRUE((*archive)->Read(0));
    EXPECT_EQ((*archive)->Read(1).error().code, ErrorCode::kNotSupported);
    EXPECT_THAT((*archive)->Read(1).error().message, HasSubstr("password"));
  }
  ZipBuilder all;
  all.Add({.name = "shut", .text = kLog, .flags = 1});
  EXPECT_EQ(OpenArchive(AsBytes(all.Whole())).error().code, ErrorCode::kNotSupported);
}

TEST(Zip, OtherMethodsAreNamedNotGuessed) {
  ZipBuilder zip;
  zip.Add({.name = "a", .text = kLog, .method = 97}).Add({.name = "b", .text = kLog});
  for (const std::string &bytes : {zip.Whole(), zip.Cut()}) {
    const auto archive = OpenArchive(AsBytes(bytes));
    ASSERT_TRUE(archive);
    const auto refused = (*archive)->Read(0);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, ErrorCode::kNotSupported);
    EXPECT_THAT(refused.error().message, HasSubstr("method 97"));
    EXPECT_TRUE((*archive)->Read(1));
  }
}

TEST(Zip, AnEmptyOneHasNoMembers) {
  EXPECT_EQ(ReadAll(ZipBuilder().Whole()), std::vector<Got>{});
  EXPECT_EQ(ArchiveDamage(ZipBuilder().Whole()), "");
}

TEST(Zip, ManySignaturesTakeLinearTime) {
  std::string hostile;
  const std::string header = ZipBuilder().Add({.name = "n", .text = "", .streamed = true}).Cut();
  const std::string unended = header.substr(0, header.size() - 16);
  while (hostile.size() < 3'000'000) hostile += unended;
  const auto archive = OpenArchive(AsBytes(hostile));
  ASSERT_TRUE(archive);
  EXPECT_GT((*archive)->members().size(), 50'000);
  EXPECT_LE((*archive)->members().size(), limits::kArchiveMembersMax);
}

TEST(Gzip, OneMember) {
  EXPECT_TRUE(LooksLikeArchive(AsBytes(Gzip(kMain))));
  EXPECT_EQ(ReadAll(Gzip(kMain)), (std::vector<Got>{{"", kMain, ""}}));
  EXPECT_EQ(ReadAll(Gzip("")), (std::vector<Got>{{"", "", ""}}));
}

TEST(Gzip, SeveralMembersAreOneStream) {
  EXPECT_EQ(ReadAll(Gzip(kMain) + Gzip("") + Gzip(kLog) + std::string(512, '\0')),
            (std::vector<Got>{{"", kMain + kLog, ""}}));
  EXPECT_EQ(ReadAll(Gzip(kLog) + Gzip(kLog)), (std::vector<Got>{{"", kLog + kLog, ""}}));
}

TEST(Gzip, WhatFollowsIsSaid) {
  EXPECT_EQ(ReadAll(Gzip(kLog) + "garbage"),
            (std::vector<Got>{{"", kLog, "7 bytes after its end are not gzip"}}));
}

TEST(Gzip, TheStoredNameIsGiven) {
  std::string named = Gzip(kLog);
  named[3] = 8 | 4;
  named.insert(10, Number(3, 2) + "xyz" + "btsnoop.log" + std::string(1, '\0'));
  EXPECT_EQ(ReadAll(named), (std::vector<Got>{{"btsnoop.log", kLog, ""}}));
}

TEST(Gzip, CutAtEveryByteGivesTheBeginningAndSaysSo) {
  const std::string text = Lines(60, "g");
  const std::string whole = Gzip(kLog) + Gzip(text);
  for (std::size_t size = 3; size < whole.size(); ++size) {
    const std::vector<char> cut(whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(size));
    const std::vector<Got> got = ReadAll(std::string_view(cut.data(), cut.size()));
    ASSERT_EQ(got.size(), 1);
    EXPECT_THAT(kLog + text, StartsWith(got[0].text));
    if (size != Gzip(kLog).size()) {
      EXPECT_NE(got[0].damage, "") << size;
    }
  }
}

TEST(Gzip, AChangedByteIsNoticed) {
  const std::string whole = Gzip(kMain);
  for (std::size_t at = 10; at < whole.size(); at += 61) {
    std::string changed = whole;
    changed[at] = static_cast<char>(changed[at] ^ 0x55);
    EXPECT_NE(ReadAll(changed)[0].damage, "") << at;
  }
  std::string checksum = whole;
  checksum[whole.size() - 8] ^= 1;
  EXPECT_EQ(ReadAll(checksum)[0].text, kMain);
  EXPECT_THAT(ReadAll(checksum)[0].damage, HasSubstr("checksum"));
}

TEST(Archive, AnythingElseIsNotOurs) {
  for (const std::string &text :
       {std::string(), std::string("PK"), std::string("text with PK\x05\x06 in it"),
        std::string(200, 'x'), std::string("\x1f\x8b\x00", 3)}) {
    EXPECT_FALSE(LooksLikeArchive(AsBytes(text)));
    EXPECT_EQ(OpenArchive(AsBytes(text)).error().code, ErrorCode::kNotOurs);
  }
}

TEST(Archive, ArchivesWithinArchivesAreReadFromMemory) {
  const std::string inner = Report().Whole();
  const std::string outer = ZipBuilder().Add({.name = "i.zip", .text = inner}).Whole();
  const auto opened = OpenArchive(AsBytes(outer));
  const auto blob = (*opened)->Read(0);
  ASSERT_TRUE(blob);
  EXPECT_EQ(ReadAll(*OpenArchive((*blob)->bytes()).value()), kReport);
}

}  // namespace
}  // namespace bk::adapters
