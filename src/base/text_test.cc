#include "base/text.h"

#include <gtest/gtest.h>

namespace bk {
namespace {

TEST(Text, LinesOfEveryEnding) {
  std::string_view rest = "a\r\nb\n\nlast", line;
  std::vector<std::string> lines;
  while (NextLine(rest, line)) lines.emplace_back(line);
  EXPECT_EQ(lines, (std::vector<std::string>{"a", "b", "", "last"}));
}

TEST(Text, AfterStopsAtTheFirstStop) {
  EXPECT_EQ(After("status=22 (x)", "status="), "22");
  EXPECT_EQ(After("status=", "status="), "");
  EXPECT_FALSE(After("x", "status="));
}

TEST(Text, ParseIntWantsTheWholeText) {
  EXPECT_EQ(ParseInt<int>("-5"), -5);
  EXPECT_EQ(ParseInt<int>("1f", 16), 31);
  EXPECT_FALSE(ParseInt<int>("5x"));
  EXPECT_FALSE(ParseInt<int>(""));
  EXPECT_FALSE(ParseInt<std::uint8_t>("256"));
}

TEST(Text, NoCase) {
  EXPECT_TRUE(ContainsNoCase("Mi Smart BAND 4", "band"));
  EXPECT_TRUE(StartsWithNoCase("Mi Band", "mi"));
  EXPECT_FALSE(StartsWithNoCase("M", "mi"));
}

}  // namespace
}  // namespace bk
