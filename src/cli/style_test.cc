#include "cli/style.h"

#include <gtest/gtest.h>

namespace bk::cli {
namespace {

TEST(Style, PlainWithoutColours) { EXPECT_EQ(Style(false, 0).Paint(Tone::kBad, "x"), "x"); }

TEST(Style, ColoursAreClosed) {
  EXPECT_EQ(Style(true, 0).Paint(Tone::kBad, "x"), "\x1b[31mx\x1b[0m");
}

TEST(Style, WrapsAtWordsAndIndents) {
  EXPECT_EQ(Style(false, 12).Wrap("one two three four", 2, 4), "one two\n    three\n    four");
}

TEST(Style, AWordLongerThanTheLineStandsAlone) {
  EXPECT_EQ(Style(false, 6).Wrap("a bbbbbbbbbb c", 0, 1), "a\n bbbbbbbbbb\n c");
}

TEST(Style, ForeignTextCannotDriveTheTerminal) {
  EXPECT_EQ(Printable("a\x1b[2Jb\x7f\xc2\x9b"
                      "c"),
            "a?[2Jb???c");
  EXPECT_EQ(Printable("Größe"), "Größe");
}

}  // namespace
}  // namespace bk::cli
