#include "android/text.h"

#include <gtest/gtest.h>

#include <string>

namespace bk::android {
namespace {

std::string Utf16(std::string_view ascii, bool little, bool mark) {
  std::string out = mark ? (little ? "\xff\xfe" : "\xfe\xff") : "";
  for (const char c : ascii) {
    if (little)
      out += {c, '\0'};
    else
      out += {'\0', c};
  }
  return out;
}

TEST(Text, PlainTextIsAViewOfTheInput) {
  const std::string text = "Bluetooth Status\n  enabled: true\n";
  const DecodedText decoded = DecodeText(AsBytes(text));
  EXPECT_EQ(decoded.text.data(), text.data());
  EXPECT_EQ(decoded.text, text);
  EXPECT_EQ(decoded.owned, nullptr);
  EXPECT_TRUE(decoded.damage.empty());
}

TEST(Text, ReadsUtf16OfBothOrdersWithAndWithoutMark) {
  const std::string text = "Bluetooth Status\n  enabled: true\n  state: ON\n";
  for (const bool little : {true, false}) {
    for (const bool mark : {true, false}) {
      const std::string bytes =
          Utf16("Bluetooth Status\r\n  enabled: true\r\n  state: ON\r\n", little, mark);
      const DecodedText decoded = DecodeText(AsBytes(bytes));
      EXPECT_EQ(decoded.text, text) << little << mark;
      EXPECT_EQ(decoded.encoding, little ? Encoding::kUtf16Le : Encoding::kUtf16Be);
    }
  }
}

TEST(Text, ReadsSurrogatesAndCountsHalves) {
  const std::string bytes(
      "\xff\xfe"
      "\x34\xd8\x1e\xdd"
      "\x34\xd8"
      "a\0"
      "b",
      11);
  const DecodedText decoded = DecodeText(AsBytes(bytes));
  EXPECT_EQ(decoded.text,
            "\xf0\x9d\x84\x9e\xef\xbf\xbd"
            "a");
  EXPECT_EQ(decoded.invalid, 2U);
  EXPECT_FALSE(decoded.damage.empty());
}

TEST(Text, DropsMarkAndCarriageReturns) {
  EXPECT_EQ(DecodeText(AsBytes("\xef\xbb\xbf"
                               "a"))
                .text,
            "a");
  EXPECT_EQ(DecodeText(AsBytes("a\r\nb\r\r\nc\rd\r")).text, "a\nb\nc\rd");
}

TEST(Text, AStrayCarriageReturnCostsNoCopy) {
  const std::string text = "a\nb\nc\r\nd\ne\nf\ng\nh\n";
  EXPECT_EQ(DecodeText(AsBytes(text)).text.data(), text.data());
}

TEST(Text, PagesOfNulAreDamage) {
  const std::string text = "a\n" + std::string(8192, '\0') + "b\n";
  const DecodedText decoded = DecodeText(AsBytes(text));
  EXPECT_EQ(decoded.nuls, 8192U);
  EXPECT_FALSE(decoded.damage.empty());
}

TEST(Text, EveryTruncationDecodes) {
  const std::string bytes = Utf16("line one\r\nline \xe9\r\n", true, true);
  for (std::size_t n = 0; n <= bytes.size(); ++n)
    (void)DecodeText(AsBytes(std::string_view(bytes).substr(0, n)));
}

TEST(Text, BinaryIsNotText) {
  std::string binary;
  for (int i = 0; i < 1024; ++i) binary += static_cast<char>(i * 7);
  EXPECT_LT(TextLikeness(std::string(300, '\1')), 0.7);
  EXPECT_GT(TextLikeness("plain text\nwith lines\n"), 0.99);
  EXPECT_LT(TextLikeness(binary), 0.95);
}

}  // namespace
}  // namespace bk::android
