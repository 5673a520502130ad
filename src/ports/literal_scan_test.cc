#include "ports/literal_scan.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

namespace bk::ports {
namespace {

using Hits = std::vector<std::pair<std::uint32_t, std::uint64_t>>;

Hits Find(const std::vector<std::string_view>& literals, std::string_view text,
          std::size_t most = SIZE_MAX) {
  Hits hits;
  MakePortablePatternCompiler()->Compile(literals)->Scan(
      text, [&](std::uint32_t index, std::uint64_t end) {
        hits.emplace_back(index, end);
        return hits.size() < most;
      });
  return hits;
}

TEST(LiteralScan, OverlappingLiteralsAreAllFoundInOrderOfTheirEnd) {
  EXPECT_EQ(Find({"she", "he", "hers", "his"}, "ushers"), (Hits{{0, 4}, {1, 4}, {2, 6}}));
  EXPECT_EQ(Find({"aa", "a"}, "aaa"), (Hits{{1, 1}, {0, 2}, {1, 2}, {0, 3}, {1, 3}}));
}

TEST(LiteralScan, AnyByteMayOccur) {
  using namespace std::string_view_literals;
  EXPECT_EQ(Find({"\0\xff"sv}, "\xff\0\xff\0\xff"sv), (Hits{{0, 3}, {0, 5}}));
}

TEST(LiteralScan, StopsWhenTold) { EXPECT_EQ(Find({"a"}, "aaaa", 2), (Hits{{0, 1}, {0, 2}})); }

TEST(LiteralScan, NothingIsFoundWithoutLiteralsOrText) {
  EXPECT_EQ(Find({}, "text"), Hits{});
  EXPECT_EQ(Find({"a"}, ""), Hits{});
  EXPECT_EQ(Find({""}, "text"), Hits{});
}

TEST(LiteralScan, TheSameLiteralTwiceIsFoundTwice) {
  EXPECT_EQ(Find({"ab", "ab"}, "ab"), (Hits{{0, 2}, {1, 2}}));
}

}  // namespace
}  // namespace bk::ports
