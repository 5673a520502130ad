#include "adapters/unpack/unpack.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <openssl/evp.h>
#include <zlib.h>

#include <random>
#include <string>

namespace bk::adapters {
namespace {

std::string Zlib(std::string_view text) {
  uLongf size = compressBound(static_cast<uLong>(text.size()));
  std::string out(size, '\0');
  compress(reinterpret_cast<Bytef *>(out.data()), &size,
           reinterpret_cast<const Bytef *>(text.data()), static_cast<uLong>(text.size()));
  out.resize(size);
  return out;
}

std::string Lines(int count) {
  std::string text;
  for (int i = 0; i < count; ++i) text += "record " + std::to_string(i * 7919 % 10007) + "\n";
  return text;
}

struct Got {
  std::string text;
  bool whole;
};
Got Inflate(std::string_view packed, std::size_t bytes_max = 1 << 20) {
  const auto result = MakeUnpack()->InflateZlib(AsBytes(packed), bytes_max);
  if (!result) return {"error: " + result.error().message, false};
  return {std::string(AsText(result->bytes)), result->whole};
}

TEST(InflateZlib, AWholeStream) {
  for (const std::string &text :
       {std::string(), std::string("x"), Lines(2000), std::string(1 << 20, 'z')}) {
    const Got got = Inflate(Zlib(text));
    EXPECT_EQ(got.text, text);
    EXPECT_TRUE(got.whole);
    EXPECT_TRUE(Inflate(Zlib(text) + "\n").whole);
  }
}

TEST(InflateZlib, CutAtEveryByteGivesTheBeginning) {
  const std::string text = Lines(300);
  const std::string packed = Zlib(text);
  for (std::size_t size = 2; size < packed.size(); ++size) {
    const Got got = Inflate(std::string(packed, 0, size));
    EXPECT_FALSE(got.whole) << size;
    EXPECT_THAT(text, ::testing::StartsWith(got.text));
    if (size + 5 > packed.size()) {
      EXPECT_EQ(got.text, text);
    }
  }
}

TEST(InflateZlib, DamageIsToldAndWhatStandsBeforeItIsGiven) {
  std::string packed = Zlib(Lines(2000));
  packed.back() ^= 1;
  EXPECT_EQ(Inflate(packed).text, Lines(2000));
  EXPECT_FALSE(Inflate(packed).whole);
}

TEST(InflateZlib, ABombStopsAtTheLimit) {
  const Got got = Inflate(Zlib(std::string(30 << 20, '\0')), 100'000);
  EXPECT_EQ(got.text.size(), 100'000);
  EXPECT_FALSE(got.whole);
  EXPECT_TRUE(Inflate(Zlib(std::string(100'000, 'y')), 100'000).whole);
}

TEST(InflateZlib, AnythingElseIsNotOurs) {
  for (const std::string_view text : {"", "x", "\x1f\x8b", "text"})
    EXPECT_EQ(Inflate(text).text, "error: no zlib stream");
}

std::string Decode(std::string_view text) {
  return std::string(AsText(MakeUnpack()->DecodeBase64(text).value()));
}

TEST(DecodeBase64, TheVectorsOfRfc4648) {
  EXPECT_EQ(Decode(""), "");
  EXPECT_EQ(Decode("Zg=="), "f");
  EXPECT_EQ(Decode("Zm8="), "fo");
  EXPECT_EQ(Decode("Zm9v"), "foo");
  EXPECT_EQ(Decode("Zm9vYg=="), "foob");
  EXPECT_EQ(Decode("Zm9vYmE="), "fooba");
  EXPECT_EQ(Decode("Zm9vYmFy"), "foobar");
}

TEST(DecodeBase64, WhiteSpaceIsSkippedAndAForeignCharacterEndsIt) {
  EXPECT_EQ(Decode(" Zm\r\n9v\tYm Fy\n"), "foobar");
  EXPECT_EQ(Decode("Zm9v--- END"), "foo");
  EXPECT_EQ(Decode("Zm9vY"), "foo");
  EXPECT_EQ(Decode("Zm9vYg"), "foob");
  EXPECT_EQ(Decode("=Zm9v"), "");
  EXPECT_EQ(Decode(std::string("Zm9v\0Zm9v", 9)), "foo");
}

TEST(DecodeBase64, WhatOpensslEncodesComesBack) {
  std::mt19937 random(7);
  for (const int size : {1, 2, 3, 100, 3 << 18, (3 << 18) + 1}) {
    std::string bytes(static_cast<std::size_t>(size), '\0');
    for (char &each : bytes) each = static_cast<char>(random());
    std::string text(bytes.size() * 4 / 3 + 8, '\0');
    text.resize(static_cast<std::size_t>(
        EVP_EncodeBlock(reinterpret_cast<unsigned char *>(text.data()),
                        reinterpret_cast<const unsigned char *>(bytes.data()), size)));
    EXPECT_EQ(Decode(text), bytes);
  }
}

}  // namespace
}  // namespace bk::adapters
