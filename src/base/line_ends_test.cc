#include "base/line_ends.h"

#include <gtest/gtest.h>

#include <random>
#include <string>
#include <vector>

namespace bk {
namespace {

std::vector<std::size_t> All(std::string_view text) {
  std::vector<std::size_t> out;
  LineEnds ends(text);
  while (const char* end = ends.Next()) out.push_back(static_cast<std::size_t>(end - text.data()));
  EXPECT_EQ(ends.Next(), nullptr);
  return out;
}

TEST(LineEnds, AreThoseOfAPlainSearch) {
  EXPECT_TRUE(All({}).empty());
  std::mt19937 random(1);
  for (std::size_t size = 0; size < 400; ++size) {
    // Of its own size, so that a sanitizer sees a look beyond its end.
    std::string text(size, 'x');
    const std::size_t seldom = 1 + size % 70;
    std::vector<std::size_t> expected;
    for (std::size_t i = 0; i < size; ++i)
      if (random() % seldom == 0) {
        text[i] = '\n';
        expected.push_back(i);
      }
    EXPECT_EQ(All(text), expected) << size;
  }
}

}  // namespace
}  // namespace bk
