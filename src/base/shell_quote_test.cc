#include "base/shell_quote.h"

#include <gtest/gtest.h>

#include <cstdio>
#include <random>
#include <string>

namespace bk {
namespace {

TEST(ShellQuote, LeavesPlainWordsAlone) {
  EXPECT_EQ(ShellQuote("com.xiaomi.hm.health"), "com.xiaomi.hm.health");
  EXPECT_EQ(ShellQuote("+com.xiaomi.hm.health"), "+com.xiaomi.hm.health");
  EXPECT_EQ(ShellQuote(""), "''");
  EXPECT_EQ(ShellQuote("it's"), "'it'\\''s'");
}

// A real shell is the oracle: what it prints is the word, whatever stands in it.
TEST(ShellQuote, ARealShellTakesTheWordLiterally) {
  std::mt19937 random(11);
  std::string command = "printf '%s\\036'", expected;
  for (int word = 0; word < 300; ++word) {
    std::string text;
    for (std::size_t length = random() % 12; text.size() < length;)
      if (const char c = static_cast<char>(1 + random() % 127); c != '\036') text += c;
    command += ' ' + ShellQuote(text);
    expected += text + '\036';
  }
  FILE* shell = popen(command.c_str(), "r");
  ASSERT_NE(shell, nullptr);
  std::string printed;
  for (int c; (c = std::fgetc(shell)) != EOF;) printed += static_cast<char>(c);
  EXPECT_EQ(pclose(shell), 0);
  EXPECT_EQ(printed, expected);
}

}  // namespace
}  // namespace bk
