// Real captures of strangers: who is no Huami band has nothing to say of one. Skipped without
// ../shared/corpus (or $BK_SHARED/corpus).
#include <gtest/gtest.h>

#include <algorithm>
#include <cctype>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/corpus_testing.h"
#include "capture/capture_reader.h"
#include "capture/findings.h"
#include "evidence/finding_ids.h"

namespace bk::capture::talk {
namespace {

namespace fs = std::filesystem;

// nullopt: not there, or no capture that can be read.
std::optional<Story> Read(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) return std::nullopt;
  const std::string bytes{std::istreambuf_iterator<char>(file), {}};
  CaptureReader reader({.file = path.filename().string(), .member = ""});
  if (!reader.Push(std::as_bytes(std::span(bytes)))) return std::nullopt;
  auto story = reader.Finish();
  if (!story) return std::nullopt;
  return std::move(*story);
}

// Whether the index or the file's name speaks of a band of this maker.
bool MentionsBand(std::string line) {
  std::ranges::transform(line, line.begin(),
                         [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return std::ranges::any_of(
      std::vector<std::string>{"mi band", "miband", "mi smart band", "amazfit", "huami", "zepp"},
      [&](const std::string& word) { return line.find(word) != std::string::npos; });
}

TEST(TalkCorpus, OnlyBandsSpeakAsBands) {
  std::ifstream index(corpus::Folder() / "INDEX.tsv");
  if (!index) GTEST_SKIP() << "skipped: no corpus";
  std::size_t others = 0;
  for (std::string line; std::getline(index, line);) {
    const std::string name = line.substr(0, line.find('\t'));
    if (!name.starts_with("btsnoop/") && !name.starts_with("pcap/")) continue;
    if (MentionsBand(line)) continue;
    const auto story = Read(corpus::Folder() / name);
    if (!story) continue;
    ++others;
    for (const Link& link : story->links) {
      EXPECT_FALSE(link.talk.huami) << name;
      EXPECT_TRUE(link.talk.findings.empty()) << name << ": " << link.talk.findings.front().id;
      EXPECT_TRUE(link.talk.events.empty()) << name;
    }
  }
  EXPECT_GT(others, 10U);
}

// The official app unpairs the band and is refused twice afterwards: what was before says nothing
// of the key now; and the sync before it, healthy then, is none that the band would give now.
TEST(TalkCorpus, ABandThatWasUnpairedIsRefused) {
  const auto story =
      Read(corpus::Folder() / "btsnoop" / "miband4_official_app_att_only_skernchen.log");
  if (!story) GTEST_SKIP() << "skipped: no corpus";
  const auto findings = FindingsFor(*story, {}).findings;
  const auto value = [&](std::string_view wanted) {
    const auto found = std::ranges::find(findings, wanted, &evidence::Finding::id);
    return found == findings.end() ? std::optional<bool>{} : std::get<bool>(found->value);
  };
  EXPECT_EQ(value(evidence::id::kAuthFailed), true);
  EXPECT_EQ(value(evidence::id::kPairFirstOnBand), true);
  EXPECT_EQ(value(evidence::id::kAuthSucceeded), std::nullopt);
  EXPECT_EQ(value(evidence::id::kSyncCompleted), std::nullopt);
  EXPECT_EQ(value(evidence::id::kNoNewData), std::nullopt);
  EXPECT_EQ(value(evidence::id::kBandBatteryLow), false);
}

}  // namespace
}  // namespace bk::capture::talk
