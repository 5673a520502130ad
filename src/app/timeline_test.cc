// Events of captures and logs of our own making on one timeline, and apart when nothing links them.
#include "app/timeline.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "app/shared_moments.h"

namespace bk::app {
namespace {

constexpr std::int64_t kSecond = 1'000'000;
constexpr std::int64_t kZone = 8 * 3600 * kSecond;
const Address kBand{0xC80F10010203};

SnoopTime Morning(std::int64_t seconds = 0) {
  return {MicrosFromCivil({.year = 2023, .month = 1, .day = 6, .hour = 10}) + seconds * kSecond};
}
LogcatTime InTheLog(SnoopTime at) { return {evidence::WithoutYear(at) + kZone + 20'000}; }

// Three links: up for 40 s, 75 s and 200 s.
constexpr std::pair<int, int> kLinks[] = {{0, 40}, {100, 175}, {400, 600}};

capture::Story Capture() {
  capture::Story story{.file = "a.log"};
  story.peers.push_back({.address = kBand});
  for (const auto& [up, down] : kLinks) {
    story.links.push_back({.peer = 0,
                           .handle = 64,
                           .started = Morning(up),
                           .ended = Morning(down),
                           .reason = std::uint8_t{8}});
    for (const auto& [at, kind] : {std::pair(up, "link_up"), std::pair(down, "link_down")})
      story.events.push_back({.at = Morning(at),
                              .kind = kind,
                              .text = "of the capture",
                              .source = evidence::SourceKind::kCapture,
                              .where = {.file = "a.log"}});
  }
  return story;
}

android::PhoneState Phone(std::string address = "XX:XX:XX:XX:02:03") {
  android::PhoneState phone;
  phone.texts.push_back({.file = "log.txt"});
  phone.log.lines = 6;
  for (const auto& [up, down] : kLinks) {
    using android::log::FactKind;
    phone.log.facts.push_back(
        {.kind = FactKind::kConnected, .at = InTheLog(Morning(up)), .address = address});
    phone.log.facts.push_back({.kind = FactKind::kDisconnected,
                               .code = 8,
                               .at = InTheLog(Morning(down)),
                               .address = address});
  }
  phone.log.first = InTheLog(Morning());
  return phone;
}

std::vector<evidence::Event> Events(const capture::Story& story) {
  auto events = story.events;
  events.push_back({.at = InTheLog(Morning(50)),
                    .kind = "app_crash",
                    .text = "of the log",
                    .where = {.file = "log.txt"}});
  return events;
}

TEST(Timeline, LinksACaptureToALog) {
  const capture::Story story = Capture();
  const android::PhoneState phone = Phone();
  const Timeline timeline = BuildTimeline({&story, 1}, {&phone, 1}, Events(story));
  EXPECT_TRUE(timeline.linked());
  ASSERT_EQ(timeline.entries.size(), 7U);
  // Between the first link's end and the second's begin, each with its own clock and text.
  EXPECT_EQ(timeline.entries[2].event.text, "of the log");
  EXPECT_EQ(timeline.entries[2].event.at, AnyInstant(InTheLog(Morning(50))));
  EXPECT_EQ(timeline.entries[1].event.at, AnyInstant(Morning(40)));
  EXPECT_EQ(FormatInstant(timeline.entries[1].aligned), "01-06 18:00:40.020");
  std::string text;
  for (const TimelineClock& clock : timeline.clocks) text += clock.text;
  EXPECT_EQ(text,
            "the capture is linked to the log by 6 shared moments, offset +8 h 0 min 0.0 s, to "
            "within 0.1 s");
  Privacy privacy(true);
  EXPECT_EQ(ToJson(timeline.entries[1], privacy)["aligned"]["clock"], "logcat");
}

TEST(Timeline, OfAnotherPhoneStaysApart) {
  const capture::Story story = Capture();
  const android::PhoneState phone = Phone("XX:XX:XX:XX:99:99");
  const Timeline timeline = BuildTimeline({&story, 1}, {&phone, 1}, Events(story));
  EXPECT_FALSE(timeline.linked());
  std::string text;
  for (const TimelineClock& clock : timeline.clocks) text += clock.text;
  EXPECT_EQ(text, "the capture and the log could not be linked: no shared moments");
  ASSERT_EQ(timeline.entries.size(), 7U);
  // Grouped by clock.
  for (std::size_t i = 1; i < timeline.entries.size(); ++i)
    EXPECT_LE(timeline.entries[i - 1].clock, timeline.entries[i].clock);
  for (const TimelineEntry& entry : timeline.entries) EXPECT_FALSE(entry.aligned.known());
}

// One dump's times came on two clocks, and were said to be impossible to link.
TEST(Timeline, ADumpThatPrintsYearsGivesItsOtherTimesTheYear) {
  android::PhoneState phone;
  phone.texts.emplace_back();
  phone.bluetooth.last_dated = WallTime{MicrosFromCivil({.year = 2025, .month = 12, .day = 31})};
  const LogcatTime january{MicrosFromCivil({.year = 2000, .month = 1, .day = 1})};
  EXPECT_EQ(FormatInstant(PhoneTime(phone, january)), "2026-01-01 00:00:00.000000");
  const LogcatTime november{MicrosFromCivil({.year = 2000, .month = 11, .day = 1})};
  EXPECT_EQ(FormatInstant(PhoneTime(phone, november)), "2025-11-01 00:00:00.000000");
  phone.texts.emplace_back();  // perhaps of another year
  EXPECT_FALSE(PhoneTime(phone, january).known());
}

TEST(Timeline, ACaptureAloneSaysNothingOfLinks) {
  const capture::Story story = Capture();
  const Timeline timeline = BuildTimeline({&story, 1}, {}, story.events);
  ASSERT_EQ(timeline.clocks.size(), 1U);
  EXPECT_TRUE(timeline.clocks[0].text.empty());
  EXPECT_EQ(timeline.entries.size(), 6U);
  EXPECT_TRUE(BuildTimeline({}, {}, {}).entries.empty());
}

TEST(Timeline, TheReportGivesItsLogTheYear) {
  android::PhoneState phone = Phone();
  phone.header = android::ReportHeader{
      .time = WallTime{MicrosFromCivil({.year = 2023, .month = 1, .day = 7})}};
  EXPECT_EQ(FormatInstant(PhoneTime(phone, InTheLog(Morning()))), "2023-01-06 18:00:00.020000");
  const LogcatTime december{MicrosFromCivil({.year = 2000, .month = 12, .day = 31})};
  EXPECT_EQ(FormatInstant(PhoneTime(phone, december)), "2022-12-31 00:00:00.000000");
  EXPECT_FALSE(PhoneTime(phone, Morning()).known());
  const capture::Story story = Capture();
  const Timeline timeline = BuildTimeline({&story, 1}, {&phone, 1}, Events(story));
  ASSERT_TRUE(timeline.linked());
  EXPECT_EQ(FormatInstant(timeline.entries[2].aligned), "2023-01-06 18:00:50.020000");
}

TEST(SharedMoments, OfCaptureAndLogAreTheSame) {
  EXPECT_EQ(MomentsOf(Capture()).size(), 6U);
  EXPECT_EQ(MomentsOf(Phone(), ClockKind::kLogcat).size(), 6U);
  EXPECT_TRUE(MomentsOf(Phone(), ClockKind::kWall).empty());
}

}  // namespace
}  // namespace bk::app
