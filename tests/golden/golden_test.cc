// What we say of captures whose truth is known.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "capture/capture_reader.h"
#include "capture/findings.h"
#include "capture/talk/band_talk.h"
#include "golden/world.h"

namespace bk::golden {
namespace {

using capture::Story;

const std::vector<Capture>& Captures() {
  static const std::vector<Capture> captures = MakeCaptures();
  return captures;
}

Result<Story> Read(const std::string& name, Bytes file, std::size_t chunk) {
  capture::talk::BandTalkMaker talk;
  capture::CaptureReader reader({.file = name, .member = "", .observers = &talk});
  for (std::size_t at = 0; at < file.size(); at += chunk) {
    const auto pushed = reader.Push(file.subspan(at, std::min(chunk, file.size() - at)));
    if (!pushed) return std::unexpected(pushed.error());
  }
  return reader.Finish();
}

std::set<std::string> Ids(const evidence::Evidence& evidence, bool value) {
  std::set<std::string> ids;
  for (const evidence::Finding& finding : evidence.findings)
    if (finding.value == evidence::FindingValue(value)) ids.insert(finding.id);
  return ids;
}

class Golden : public testing::TestWithParam<std::size_t> {};

TEST_P(Golden, IsTold) {
  const Capture& capture = Captures()[GetParam()];
  const auto story = Read(capture.name, capture.file, capture.file.size());
  ASSERT_TRUE(story);
  const Truth& truth = capture.truth;
  ASSERT_EQ(story->links.size(), truth.links);
  if (truth.links != 0) {
    const capture::Link& last = story->links.back();
    std::vector<std::string> stages;
    for (const auto& mark : last.stages) stages.emplace_back(StageName(mark.stage));
    EXPECT_EQ(stages, truth.stages);
    EXPECT_EQ(last.reason, truth.reason);
  }
  const auto evidence = capture::FindingsFor(*story, {});
  const auto yes = Ids(evidence, true);
  const auto no = Ids(evidence, false);
  EXPECT_THAT(yes, testing::IsSupersetOf(truth.true_ids));
  EXPECT_THAT(no, testing::IsSupersetOf(truth.false_ids));
  for (const std::string& id : truth.silent_ids) {
    EXPECT_FALSE(yes.contains(id)) << id;
    EXPECT_FALSE(no.contains(id)) << id;
  }
  for (const evidence::Finding& finding : evidence.findings) {
    EXPECT_NE(finding.where.packet, 0U) << finding.id;
    EXPECT_LE(finding.where.packet, story->counters.packets) << finding.id;
  }
  std::set<std::string> losses;
  for (const evidence::Loss& loss : story->losses) losses.emplace(LossName(loss.kind));
  EXPECT_THAT(losses, testing::UnorderedElementsAreArray(truth.losses));
}

TEST_P(Golden, ChunksDoNotMatter) {
  const Capture& capture = Captures()[GetParam()];
  const auto whole = Read(capture.name, capture.file, capture.file.size());
  const auto pieces = Read(capture.name, capture.file, 7);
  ASSERT_TRUE(whole && pieces);
  ASSERT_EQ(whole->links.size(), pieces->links.size());
  for (std::size_t i = 0; i < whole->links.size(); ++i)
    EXPECT_EQ(whole->links[i].text, pieces->links[i].text);
  EXPECT_EQ(whole->counters.att_total, pieces->counters.att_total);
}

INSTANTIATE_TEST_SUITE_P(All, Golden, testing::Range<std::size_t>(0, Captures().size()),
                         [](const auto& param) {
                           std::string name = Captures()[param.param].name;
                           std::ranges::replace(name, '.', '_');
                           return name;
                         });

// What a longer capture proved, a shorter one may not know; it may never prove the opposite.
TEST(GoldenCut, NoCutTurnsAHealthyBandIntoTrouble) {
  const Capture& healthy = Captures().front();
  const Bytes file = healthy.file;
  for (std::size_t length = 16; length < file.size(); length += 61) {
    const auto story = Read(healthy.name, file.first(length), length);
    ASSERT_TRUE(story) << length;
    const auto yes = Ids(capture::FindingsFor(*story, {}), true);
    for (const char* id :
         {"auth_failed", "auth_not_completed", "sync_starts_then_stalls", "band_not_in_scan",
          "sync_starts_then_disconnects", "no_new_data", "stuck_connecting", "weak_signal"})
      EXPECT_FALSE(yes.contains(id)) << id << " at " << length;
  }
}

// Stamps are foreign bytes too: any date of a clock that was set wrong changes no count, and what
// is no date at all costs records that are told as lost. The sanitizers find sums that overflow.
TEST(GoldenClock, WildStampsChangeNoCount) {
  constexpr std::size_t kHeader = 16, kRecordHeader = 24, kStamp = 16;
  constexpr std::uint64_t kYears = std::uint64_t{1} << 50;  // 35, in microseconds
  std::uint64_t random = 88'172'645'463'325'252;
  for (const Capture& capture : Captures()) {
    if (capture.name.ends_with("pcap") || capture.name.ends_with("broken_off")) continue;
    const auto right = Read(capture.name, capture.file, capture.file.size());
    for (int round = 0; round < 8; ++round) {
      const bool date = round % 2 == 0;
      std::vector<std::byte> file = capture.file;
      for (std::size_t at = kHeader; at + kRecordHeader <= file.size();) {
        const std::uint32_t size = ByteReader(Bytes(file).subspan(at + 4)).Be32();
        const std::uint64_t stamp = ByteReader(Bytes(file).subspan(at + kStamp)).Be64();
        random ^= random << 13;
        random ^= random >> 7;
        random ^= random << 17;
        if (random % 8 == 0) {
          std::vector<std::byte> wild;
          ByteWriter(wild).Be64(date ? stamp + random % (2 * kYears) - kYears : random);
          std::ranges::copy(wild, file.begin() + static_cast<std::ptrdiff_t>(at + kStamp));
        }
        at += kRecordHeader + size;
      }
      const auto wild = Read(capture.name, file, file.size());
      ASSERT_TRUE(right && wild) << capture.name;
      (void)capture::FindingsFor(*wild, {});
      if (date) {
        EXPECT_EQ(wild->counters.packets, right->counters.packets) << capture.name;
        EXPECT_EQ(wild->counters.att_opcodes, right->counters.att_opcodes) << capture.name;
        EXPECT_EQ(wild->counters.disconnects, right->counters.disconnects) << capture.name;
      } else if (wild->counters.packets < right->counters.packets) {
        EXPECT_FALSE(wild->losses.empty()) << capture.name;
      }
    }
  }
}

}  // namespace
}  // namespace bk::golden
