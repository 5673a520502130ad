#include "simulate/phone/shell/shell.h"

#include <gtest/gtest.h>

#include "simulate/phone/shell/command_line.h"

namespace bk::simulate {
namespace {

class Shell : public testing::Test {
 protected:
  Shell() {
    AddShellPrograms(programs);
    programs.Add("args", [](const Call& call) {
      std::string out;
      for (const std::string& word : call.words) out += "[" + word + "]";
      return Said{.out = out + "\n", .err = "note\n"};
    });
  }
  Said Do(std::string_view line) { return RunLine(phone, programs, line); }
  std::string Text(std::string_view line) { return Do(line).out; }

  Android phone;
  Programs programs;
};

TEST_F(Shell, Quotes) {
  EXPECT_EQ(Text("args a 'b c' \"d  e\" f\\ g ''"), "[a][b c][d  e][f g][]\n");
  EXPECT_EQ(Text("args 'it'\\''s' \"a\\\"b\\c\""), "[it's][a\"b\\c]\n");
  EXPECT_EQ(Text("args # nothing"), "\n");
  EXPECT_EQ(Do("args 'open").exit, 1);
}

TEST_F(Shell, ListsAndTheirExits) {
  EXPECT_EQ(Text("false; echo $?"), "1\n");
  EXPECT_EQ(Text("true && echo yes || echo no"), "yes\n");
  EXPECT_EQ(Text("false && echo yes || echo no"), "no\n");
  EXPECT_EQ(Text("! false && echo yes"), "yes\n");
  EXPECT_EQ(Text("echo a\necho b"), "a\nb\n");
  EXPECT_EQ(Do("true; exit 7; echo never").exit, 7);
  EXPECT_EQ(Text("exit 3; echo never"), "");
}

TEST_F(Shell, PipesAndRedirections) {
  EXPECT_EQ(Text("printf 'b\\na\\nc\\n' | grep -v b | head -n 1"), "a\n");
  EXPECT_EQ(Do("args x 2>/dev/null").err, "");
  EXPECT_EQ(Text("args x 2>&1"), "[x]\nnote\n");
  EXPECT_EQ(Text("args x >/dev/null 2>&1"), "");
  EXPECT_EQ(Do("args x 2>&1 >/dev/null").out, "note\n") << "the order counts";
  EXPECT_EQ(Do("args x > /sdcard/file").exit, 1);
  EXPECT_EQ(Text("echo 'a b' | wc -w"), "2\n");
}

TEST_F(Shell, Expansions) {
  EXPECT_EQ(Text("x='a b'; args $x \"$x\""), "[a][b][a b]\n");
  EXPECT_EQ(Text("args \"$(echo inner)\" pre$(echo x y)post"), "[inner][prex][ypost]\n");
  EXPECT_EQ(Text("args '$x' $"), "[$x][$]\n");
}

TEST_F(Shell, WhatIsMissingAnswersAsThatAndroidDoes) {
  phone.flavour.sdk = 34;
  EXPECT_EQ(Do("nothing here").err, "/system/bin/sh: nothing: inaccessible or not found\n");
  EXPECT_EQ(Do("nothing").exit, 127);
  phone.flavour.sdk = 26;
  EXPECT_EQ(Do("nothing").err, "/system/bin/sh: nothing: not found\n");
  EXPECT_EQ(Do("cmd nothing").err, "cmd: Can't find service: nothing\n");
  EXPECT_EQ(Do("cmd nothing").exit, 20);
  EXPECT_EQ(Do("dumpsys nothing").err, "Can't find service: nothing\n");
  EXPECT_EQ(Do("dumpsys nothing").exit, 0);
}

TEST_F(Shell, ProgramsPerVersion) {
  programs.Add("cmd new", [](const Call&) { return Out("new\n"); }, 31);
  programs.Add("dumpsys power", [](const Call&) { return Out("old\n"); }, kAnySdk, 28);
  programs.Add("dumpsys power", [](const Call&) { return Out("newer\n"); }, 29);
  phone.flavour.sdk = 30;
  EXPECT_EQ(Do("cmd new").exit, 20);
  EXPECT_EQ(Text("dumpsys -t 5 power"), "newer\n");
  phone.flavour.sdk = 28;
  EXPECT_EQ(Text("dumpsys power"), "old\n");
  phone.flavour.sdk = 31;
  EXPECT_EQ(Text("/system/bin/cmd new"), "new\n");
  phone.flavour.quirks = {"command_missing:cmd new"};
  EXPECT_EQ(Do("cmd new").exit, 20);
  EXPECT_EQ(Text("dumpsys -l"), "Currently running services:\n  power\n");
}

TEST_F(Shell, GrepAsToyboxHasIt) {
  const std::string in = "printf 'one\\ntwo\\nthree\\nTwo\\n' | ";
  EXPECT_EQ(Text(in + "grep -i two"), "two\nTwo\n");
  EXPECT_EQ(Text(in + "grep -c o"), "3\n");
  EXPECT_EQ(Text(in + "grep -E 'one|three'"), "one\nthree\n");
  EXPECT_EQ(Text(in + "grep 'one\\|three'"), "one\nthree\n");
  EXPECT_EQ(Text(in + "grep -A1 one"), "one\ntwo\n");
  EXPECT_EQ(Text(in + "grep -m 1 -B 1 two"), "one\ntwo\n");
  EXPECT_EQ(Text(in + "grep -o 'hre'"), "hre\n");
  EXPECT_EQ(Text(in + "grep -F 'o.e'"), "");
  EXPECT_EQ(Do(in + "grep -q zwei").exit, 1);
  EXPECT_EQ(Do(in + "grep '['").exit, 2);
  EXPECT_EQ(Text(in + "tail -2"), "three\nTwo\n");
}

TEST_F(Shell, AnEndlessProgramIsHandedOn) {
  programs.Add("logcat", [](const Call&) {
    return Said{.out = "first\n", .more = [](const Android&) { return std::string("next\n"); }};
  });
  const Said said = Do("echo before; logcat");
  EXPECT_EQ(said.out, "before\nfirst\n");
  ASSERT_TRUE(said.more);
  EXPECT_EQ(said.more(phone), "next\n");
  EXPECT_FALSE(Do("logcat | head -n 1").more);
}

TEST_F(Shell, EveryCutLineIsSurvived) {
  const std::string line =
      "x=1; echo \"a $(echo 'b c' | grep -i B) ${x}\" 2>&1 >/dev/null && ! false || args '|' \\; # "
      "e";
  for (std::size_t n = 0; n <= line.size(); ++n) Do(std::string_view(line).substr(0, n));
  EXPECT_EQ(Do(line).exit, 0);
}

}  // namespace
}  // namespace bk::simulate
