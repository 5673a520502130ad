#include "adapters/scan/scan.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "ports/literal_scan.h"

namespace bk::adapters {
namespace {

using Hits = std::vector<std::pair<std::uint32_t, std::uint64_t>>;

Hits Find(const ports::PatternSet& set, std::string_view text, std::size_t most = SIZE_MAX) {
  Hits hits;
  set.Scan(text, [&](std::uint32_t index, std::uint64_t end) {
    hits.emplace_back(index, end);
    return hits.size() < most;
  });
  return hits;
}

// The definition itself: every literal tried at every offset.
Hits FindPlainly(const std::vector<std::string_view>& literals, std::string_view text) {
  Hits hits;
  for (std::size_t end = 1; end <= text.size(); ++end)
    for (std::uint32_t index = 0; index < literals.size(); ++index)
      if (!literals[index].empty() && text.substr(0, end).ends_with(literals[index]))
        hits.emplace_back(index, end);
  return hits;
}

TEST(Scan, EqualsThePortableOneAndTheDefinitionOnRandomTexts) {
  const bool held = rc::check([] {
    // A small alphabet with bytes that are special elsewhere makes overlaps likely.
    const auto text_of = [](std::size_t most) {
      return rc::gen::mapcat(rc::gen::inRange<std::size_t>(0, most), [](std::size_t size) {
        return rc::gen::container<std::string>(size,
                                               rc::gen::elementOf(std::string("ab.*\n\0\xff(", 8)));
      });
    };
    const auto owned = *rc::gen::container<std::vector<std::string>>(text_of(12));
    const std::string text = *text_of(400);
    const auto slice = *rc::gen::inRange<std::size_t>(1, 100);
    const std::vector<std::string_view> literals(owned.begin(), owned.end());
    const Hits expected = FindPlainly(literals, text);
    RC_ASSERT(Find(*MakePatternCompiler(slice)->Compile(literals), text) == expected);
    RC_ASSERT(Find(*ports::MakePortablePatternCompiler()->Compile(literals), text) == expected);
    const auto most = *rc::gen::inRange<std::size_t>(1, 20);
    Hits first = expected;
    if (first.size() > most) first.resize(most);
    RC_ASSERT(Find(*MakePatternCompiler(slice)->Compile(literals), text, most) == first);
  });
  EXPECT_TRUE(held);
}

TEST(Scan, FindsAMatchAcrossTheEdgeOfASliceOnce) {
  std::string text(3 * kScanSliceBytes, 'x');
  const std::vector<std::string_view> literals{"needle in a slice"};
  Hits expected;
  for (const std::size_t edge : {kScanSliceBytes, 2 * kScanSliceBytes})
    for (const std::size_t offset : {edge - 40, edge - 8, edge + 20}) {
      text.replace(offset, literals[0].size(), literals[0]);
      expected.emplace_back(0, offset + literals[0].size());
    }
  EXPECT_EQ(Find(*MakePatternCompiler()->Compile(literals), text), expected);
}

TEST(Scan, MayBeScannedFromWithinAHitAndFromThreads) {
  const std::vector<std::string_view> literals{"ab", "b"};
  const auto set = MakePatternCompiler()->Compile(literals);
  const Hits expected{{0, 2}, {1, 2}};
  set->Scan("ab", [&](std::uint32_t, std::uint64_t) {
    EXPECT_EQ(Find(*set, "ab"), expected);
    return true;
  });
  std::vector<std::jthread> threads;
  for (int i = 0; i < 4; ++i)
    threads.emplace_back([&] {
      for (int n = 0; n < 200; ++n) EXPECT_EQ(Find(*set, "ab"), expected);
    });
}

TEST(Scan, ALiteralTooLongForVectorscanIsStillFound) {
  const std::string longest(1024 * 1024 + 1, 'z');
  const std::vector<std::string_view> literals{longest, "y"};
  EXPECT_EQ(Find(*MakePatternCompiler()->Compile(literals), longest + "y"),
            (Hits{{0, longest.size()}, {1, longest.size() + 1}}));
}

}  // namespace
}  // namespace bk::adapters
