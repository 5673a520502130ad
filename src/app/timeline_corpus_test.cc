// Real captures and logs: the pair of one session is linked, every other pair is not. Skipped where
// ../shared is not there.
#include <gtest/gtest.h>

#include <filesystem>
#include <iterator>
#include <map>
#include <string>

#include "android/log/plain_scan.h"
#include "app/shared_moments.h"
#include "app/timeline.h"
#include "base/corpus_testing.h"
#include "capture/capture_reader.h"

namespace bk::app {
namespace {

namespace fs = std::filesystem;
using evidence::ClockLinkOutcome;
using evidence::SharedMoment;

constexpr std::uintmax_t kFileBytesMax = 4 << 20;
constexpr const char* kCapture = "rk3566_scan_sees_miband4_smp_not_supported.cfa";
constexpr const char* kLog = "rk3566_ble_gatt_logcat.txt";

Bytes AsBytes(const std::string& text) {
  return {reinterpret_cast<const std::byte*>(text.data()), text.size()};
}

std::optional<capture::Story> ReadCapture(const fs::path& path) {
  const std::string file = corpus::ReadFile(path);
  capture::CaptureReader reader({.file = path.string()});
  if (!reader.Push(AsBytes(file))) return std::nullopt;
  auto story = reader.Finish();
  return story ? std::optional(std::move(*story)) : std::nullopt;
}

// Holds the text that the state's views point into.
struct Log {
  explicit Log(const fs::path& path) : text(corpus::ReadFile(path)) {
    static const android::log::testing::PlainCompiler compiler;
    android::ReportReader reader(compiler, {});
    reader.Add(AsBytes(text), path.string());
    phone = std::move(reader).Finish();
  }
  std::string text;
  android::PhoneState phone;
};

using ByFile = std::map<std::string, std::vector<SharedMoment>>;

class TimelineCorpus : public testing::Test {
 protected:
  void SetUp() override {
    if (!fs::exists(corpus::Folder() / "logcat" / kLog))
      GTEST_SKIP() << "skipped: no ../shared/corpus";
  }
  static ByFile Captures() {
    ByFile captures;
    for (const auto& entry : fs::directory_iterator(corpus::Folder() / "btsnoop")) {
      if (entry.file_size() > kFileBytesMax) continue;
      if (const auto story = ReadCapture(entry.path()))
        captures[entry.path().filename().string()] = MomentsOf(*story);
    }
    return captures;
  }
  static ByFile Logs() {
    ByFile logs;
    for (const auto& entry : fs::directory_iterator(corpus::Folder() / "logcat")) {
      if (entry.file_size() > kFileBytesMax) continue;
      const Log log(entry.path());
      logs[entry.path().filename().string()] = MomentsOf(log.phone, ClockKind::kLogcat);
    }
    return logs;
  }
};

TEST_F(TimelineCorpus, LinksTheCaptureWithTheLogOfItsSession) {
  const auto story = ReadCapture(corpus::Folder() / "btsnoop" / kCapture);
  ASSERT_TRUE(story);
  const Log log(corpus::Folder() / "logcat" / kLog);
  const Timeline timeline = BuildTimeline({&*story, 1}, {&log.phone, 1}, story->events);
  ASSERT_TRUE(timeline.linked());
  for (const TimelineClock& clock : timeline.clocks) {
    if (!clock.map) continue;
    // The log is on UTC+8, the capture on UTC.
    EXPECT_NE(clock.text.find("offset +8 h 0 min 0.0 s"), std::string::npos) << clock.text;
    EXPECT_GE(clock.map->moments, 4U);
  }
}

TEST_F(TimelineCorpus, LinksNoOtherPair) {
  const ByFile captures = Captures(), logs = Logs();
  EXPECT_GE(captures.size(), 10U);
  std::size_t pairs = 0, linked = 0;
  for (const auto& [capture, of_capture] : captures)
    for (const auto& [log, of_log] : logs) {
      ++pairs;
      const bool own = capture == kCapture && log == kLog;
      const auto link = LinkClocks(of_capture, ClockKind::kSnoop, of_log, ClockKind::kLogcat);
      linked += link.outcome == ClockLinkOutcome::kLinked;
      EXPECT_EQ(link.outcome == ClockLinkOutcome::kLinked, own) << capture << " and " << log;
    }
  // Captures of different sessions, some of one phone.
  for (auto a = captures.begin(); a != captures.end(); ++a)
    for (auto b = std::next(a); b != captures.end(); ++b) {
      ++pairs;
      EXPECT_NE(LinkClocks(a->second, ClockKind::kSnoop, b->second, ClockKind::kSnoop).outcome,
                ClockLinkOutcome::kLinked)
          << a->first << " and " << b->first;
    }
  EXPECT_EQ(linked, 1U);
  RecordProperty("pairs", static_cast<int>(pairs));
}

// Nothing but kinds and reasons left: what a phone that hides addresses would give.
TEST_F(TimelineCorpus, LinksNoOtherPairWithoutAddresses) {
  const auto hide = [](ByFile files) {
    for (auto& [file, moments] : files)
      for (SharedMoment& moment : moments) moment.address.clear(), moment.handle = -1;
    return files;
  };
  const ByFile captures = hide(Captures()), logs = hide(Logs());
  for (const auto& [capture, of_capture] : captures)
    for (const auto& [log, of_log] : logs) {
      if (capture == kCapture && log == kLog) continue;
      EXPECT_NE(LinkClocks(of_capture, ClockKind::kSnoop, of_log, ClockKind::kLogcat).outcome,
                ClockLinkOutcome::kLinked)
          << capture << " and " << log;
    }
  for (auto a = captures.begin(); a != captures.end(); ++a)
    for (auto b = std::next(a); b != captures.end(); ++b)
      EXPECT_NE(LinkClocks(a->second, ClockKind::kSnoop, b->second, ClockKind::kSnoop).outcome,
                ClockLinkOutcome::kLinked)
          << a->first << " and " << b->first;
}

}  // namespace
}  // namespace bk::app
