// `watch` without a phone over days of virtual time: kept connected, synced, warned; what it costs.
#include <gmock/gmock.h>

#include <nlohmann/json.hpp>

#include "band/home_testing.h"

namespace bk::band_test {
namespace {

using cli::ExitCode;
using nlohmann::json;
using std::chrono::hours;
using std::chrono::minutes;
using testing::HasSubstr;
using testing::Not;

std::size_t Count(const std::string& text, std::string_view part) {
  std::size_t count = 0;
  for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1))
    ++count;
  return count;
}

json Watch(BandHome& home, const char* how_long) {
  const auto outcome = home.Do({"watch", "--json", "--hours", how_long});
  json document = json::parse(outcome.out, nullptr, false);
  EXPECT_TRUE(document.is_object()) << outcome.err;
  return document;
}

TEST(WatchVerb, ADayInReachIsOneLinkAndASyncEachHalfHour) {
  WorldOptions options;
  options.band.history = 600;
  BandHome home(options);
  home.Pair();
  const auto links = home.at.band().truth().links;
  const json day = Watch(home, "24");
  std::printf("a day in reach: %s\n", day["text"].get<std::string>().c_str());
  EXPECT_EQ(day["drops"], 0);
  EXPECT_EQ(home.at.band().truth().links, links + 1);
  EXPECT_GE(day["syncs"], 47);
  EXPECT_LE(day["syncs"], 49);
  EXPECT_GE(day["minutes"], 600 + 24 * 60 - 32);
  EXPECT_EQ(day["linked_at_end"], true);
  EXPECT_GE(day["linked_seconds"].get<double>(), 0.999 * 24 * 3600);
  EXPECT_FALSE(home.at.band().connected());  // and let go at the end
}

TEST(WatchVerb, ABandThatIsAwayOverNightIsBackAtOnceAndMissesNothing) {
  WorldOptions options;
  options.band.history = 60;
  // From 22 to 7 of a day that begins at 12.
  options.air.silences = {{hours(10), hours(19)}};
  BandHome home(options);
  home.Pair();
  const json day = Watch(home, "24");
  std::printf("away over night: %s\n", day["text"].get<std::string>().c_str());
  EXPECT_EQ(day["drops"], 1);
  // The link is given up after five seconds without a word.
  EXPECT_GE(day["longest_gap_seconds"], 9 * 3600 - 6);
  EXPECT_LE(day["longest_gap_seconds"], 9 * 3600 + 90);
  // Nine hours of looking cost an attempt of 30 s and a pause of as much: two a minute at most.
  EXPECT_LE(day["attempts"], 9 * 60 * 2);
  const std::string events = day["events"].dump();
  EXPECT_EQ(Count(events, "\"away\""), 1U) << events;
  EXPECT_THAT(events, HasSubstr("Connected again after 9.0 h."));
  EXPECT_EQ(day["linked_at_end"], true);
  home.Do({"export"});
  EXPECT_GE(std::ranges::count(home.said, '\n'), 60 + 24 * 60 - 32);
}

TEST(WatchVerb, CutsCostASecondOrTwoEach) {
  WorldOptions options;
  options.band.history = 60;
  for (int i = 1; i <= 20; ++i)
    options.air.cuts.push_back({.when = simulate::radio::Cut::When::kTime,
                                .how = static_cast<simulate::radio::Cut::How>(i % 4),
                                .at = hours(i),
                                .outage = std::chrono::seconds(3)});
  BandHome home(options);
  home.Pair();
  const json day = Watch(home, "22");
  std::printf("twenty cuts: %s\n", day["text"].get<std::string>().c_str());
  EXPECT_EQ(day["linked_at_end"], true);
  EXPECT_GE(day["drops"], 15);
  EXPECT_GE(day["linked_seconds"].get<double>(), 0.99 * 22 * 3600);
  EXPECT_LE(day["longest_gap_seconds"], 60);
  EXPECT_GE(day["minutes"], 60 + 22 * 60 - 32);
}

TEST(WatchVerb, WarnsOnceOfALowBattery) {
  WorldOptions options;
  options.band.percent = 17;
  BandHome home(options);
  home.Pair();
  std::string notified;
  home.world.notify = [&](std::string_view, std::string_view text) { notified += text; };
  const auto outcome = home.Do({"watch", "--hours", "48"});
  EXPECT_EQ(outcome.status, ExitCode::kHealthy);
  EXPECT_EQ(Count(home.said, "battery is at"), 1U) << home.said;
  EXPECT_THAT(notified, HasSubstr("battery is at 15 %"));
}

TEST(WatchVerb, AComputerThatSleptSyncsAndSetsTheClockAnew) {
  WorldOptions options;
  options.band.history = 60;
  BandHome home(options);
  home.Pair();
  // The wall runs on while the radio's time stands: as after a suspend.
  bool slept = false;
  const auto links = home.at.band().truth().links;
  home.world.notify = nullptr;
  const auto say = home.world.say;
  home.world.say = [&](std::string_view text) {
    if (text.contains("Synced") && !std::exchange(slept, true)) home.wall_jump_ms = 3 * 3'600'000;
    say(text);
  };
  home.Do({"watch", "--hours", "2"});
  EXPECT_THAT(home.said, HasSubstr("This computer slept for 3.0 h."));
  EXPECT_GT(home.at.band().truth().links, links + 1);
  // The band's clock is the wall's now.
  EXPECT_NEAR(static_cast<double>(home.at.band().UtcMicrosAt(home.at.air().Now())) / 1e6,
              static_cast<double>(home.WallSeconds()) + 3 * 3600, 5);
}

TEST(WatchVerb, CtrlCEndsItCleanly) {
  BandHome home;
  home.Pair();
  home.stop_at = home.at.air().Now() + minutes(10);
  const auto outcome = home.Do({"watch"});
  EXPECT_EQ(outcome.status, ExitCode::kHealthy) << outcome.err;
  EXPECT_THAT(outcome.out, HasSubstr("In 10 min the band was connected"));
  EXPECT_LT(home.at.air().Now() - *home.stop_at, std::chrono::seconds(10));
  EXPECT_FALSE(home.at.band().connected());
}

TEST(WatchVerb, AKeyThatIsNotTakenEndsItWithTheReason) {
  BandHome home;
  home.Pair();
  home.at.band().faults().proof_status = 0x08;
  const auto outcome = home.Do({"watch"});
  EXPECT_EQ(outcome.status, ExitCode::kTrouble);
  EXPECT_THAT(outcome.out, HasSubstr("bandkeeper pair"));
}

TEST(WatchVerb, LinesAreTheJournalsWhereItReads) {
  BandHome home;
  home.Pair();
  home.world.journal_lines = true;
  home.Do({"watch", "--hours", "1"});
  EXPECT_THAT(home.said, HasSubstr("<6>Connected.\n"));
  home.world.journal_lines = false;
  home.Do({"watch", "--hours", "1"});
  EXPECT_THAT(home.said, Not(HasSubstr("<6>")));
}

TEST(WatchVerb, TheUnitIsWrittenAndTakenAway) {
  BandHome home;
  std::vector<bool> asked;
  home.world.own_unit = [&](bool install) -> Result<std::string> {
    asked.push_back(install);
    return "/home/x/.config/systemd/user/bandkeeper.service";
  };
  EXPECT_THAT(home.Do({"watch", "--install-unit"}).out, HasSubstr("enable --now"));
  EXPECT_THAT(home.Do({"watch", "--remove-unit"}).out, HasSubstr("Removed"));
  EXPECT_EQ(home.Do({"watch", "--remove-unit", "--install-unit"}).status, ExitCode::kUsage);
  EXPECT_EQ(asked, (std::vector<bool>{true, false}));
}

}  // namespace
}  // namespace bk::band_test
