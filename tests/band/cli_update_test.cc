// `update` as a person types it: which files are refused, what wants a word, what is told of its
// end, and of a firmware that came from elsewhere.
#include <gmock/gmock.h>

#include <nlohmann/json.hpp>

#include "app/band/update_words.h"
#include "band/cli_testing.h"

namespace bk::band_test {
namespace {

using cli::ExitCode;
using codec::miband::UpdateType;
using nlohmann::json;
using testing::HasSubstr;
using testing::Not;

TEST(UpdateVerb, RefusesWhatIsNoFile) {
  BandHome home;
  home.Pair();
  const auto links = home.at.band().truth().links;
  home.files["text"] = std::string(3000, 'x');
  EXPECT_EQ(home.Do({"update", "nowhere"}).status, ExitCode::kCouldNotCheck);
  const auto text = home.Do({"update", "text"});
  EXPECT_NE(text.status, ExitCode::kHealthy);
  EXPECT_THAT(text.err, HasSubstr("text: the file has not the header"));
  EXPECT_EQ(home.at.band().truth().links, links);
}

TEST(UpdateVerb, AFileThatNothingProvesNeedsTheWord) {
  BandHome home;
  home.Pair();
  const auto links = home.at.band().truth().links;
  home.files["fw"] = Image(UpdateType::kFirmware, "1.0.9.99", 20'000).substr(0, 9'000);
  home.typed = "yes\n";
  auto outcome = home.Do({"update", "fw"});
  EXPECT_EQ(outcome.status, ExitCode::kStepFailed);
  EXPECT_THAT(home.screen, HasSubstr("Firmware 1.0.9.99; nothing here proves"));
  EXPECT_THAT(home.screen, HasSubstr("9000 bytes, SHA-256 " + Sha256(home.files["fw"])));
  EXPECT_THAT(home.screen, HasSubstr("may never start again"));
  EXPECT_EQ(home.at.band().truth().links, links);
  // Nobody to ask: a script, a pipe, or no person at all.
  for (const int way : {0, 1, 2}) {
    home.typed = "unproved\n";
    home.terminal = way != 1;
    std::vector<std::string> words = {"update", "fw"};
    if (way == 0) words.emplace_back("--json");
    if (way == 2) home.world.person = nullptr;
    outcome = home.Do(words);
    EXPECT_EQ(outcome.status, ExitCode::kUsage) << way;
    EXPECT_THAT(outcome.err, HasSubstr("--sha256 HEX")) << way;
  }
  EXPECT_EQ(home.at.band().truth().links, links);
  EXPECT_EQ(home.Do({"update", "fw", "--unknown-file"}).status, ExitCode::kUsage);
}

TEST(UpdateVerb, WithTheWordItIsSent) {
  BandHome home;
  home.Pair();
  home.files["face"] = Image(UpdateType::kWatchFace, "1", 3'000);
  home.typed = "unproved\n";
  EXPECT_EQ(home.Do({"update", "face"}).status, ExitCode::kHealthy);
  EXPECT_NE(home.at.band().state().images.watch_face_crc, 0U);
}

TEST(UpdateVerb, ADigestOfTheWholeFileFindsTheCutOne) {
  BandHome home;
  home.Pair();
  const auto links = home.at.band().truth().links;
  const std::string whole = Image(UpdateType::kFirmware, "1.0.9.99", 20'000);
  home.files["fw"] = whole.substr(0, 9'000);
  const auto outcome = home.Do({"update", "fw", "--sha256", Sha256(whole)});
  EXPECT_EQ(outcome.status, ExitCode::kUsage);
  EXPECT_THAT(outcome.err, HasSubstr("None of the files has the SHA-256 " + Sha256(whole)));
  EXPECT_THAT(outcome.err, HasSubstr("fw: " + Sha256(home.files["fw"])));
  EXPECT_THAT(home.Do({"update", "fw", "--sha256", "12"}).err, HasSubstr("64 hex digits"));
  EXPECT_EQ(home.at.band().truth().links, links);
  home.files["fw"] = whole;
  std::string capitals = Sha256(whole);
  for (char& c : capitals) c = static_cast<char>(std::toupper(c));
  EXPECT_EQ(home.Do({"update", "fw", "--sha256", capitals}).status, ExitCode::kHealthy);
  EXPECT_EQ(home.at.band().state().images.version, "1.0.9.99");
  EXPECT_EQ(home.screen, "");  // nothing was asked
}

TEST(UpdateVerb, FilesThatDoNotGoTogetherAreToldApartInEachLanguage) {
  BandHome home;
  home.Pair();
  home.files["fw"] = Image(UpdateType::kFirmware, "1.0.9.99", 20'000);
  home.files["again"] = Image(UpdateType::kFirmware, "1.0.9.66", 20'000);
  const auto says = [&](const char* other, const char* lang) {
    const auto outcome = home.Do({"update", "fw", other, "--lang", lang});
    EXPECT_EQ(outcome.status, ExitCode::kUsage);
    return outcome.err;
  };
  EXPECT_THAT(says("again", "en"), HasSubstr("of one kind (Firmware): give one."));
  EXPECT_THAT(says("again", "de"), HasSubstr("von einer Art (Firmware)"));
  EXPECT_THAT(says("again", "ru"), HasSubstr("одного вида (Прошивка)"));
  // A made image is in no list of known versions, so this one is not met over the verb.
  EXPECT_EQ(app::MisfitInWords({.why = companion::Misfit::Why::kTwoVersions,
                                .firmware = "1.0.9.99",
                                .resources = "1.0.9.66"},
                               {}),
            "The firmware is 1.0.9.99 and the resources are of 1.0.9.66: they must be of one "
            "version.");
}

TEST(UpdateVerb, SendsFirmwareAndResourcesInTheirOrder) {
  BandHome home;
  home.Pair();
  home.files["fw"] = Image(UpdateType::kFirmware, "1.0.9.99", 20'000);
  home.files["res"] = Image(UpdateType::kResourcesCompressed, "1.0.9.99", 9'000);
  const auto outcome = home.Do(UpdateWith(home, {"res", "fw"}));
  EXPECT_EQ(outcome.status, ExitCode::kHealthy) << outcome.err;
  EXPECT_THAT(outcome.out, HasSubstr("was 1.0.9.70 and is 1.0.9.99"));
  EXPECT_THAT(outcome.out, Not(HasSubstr("with the resources of")));
  EXPECT_THAT(home.progress, HasSubstr("File 2 of 2"));
  EXPECT_THAT(home.progress,
              testing::ContainsRegex("[0-9]+ %, [0-9]+\\.[0-9] kB/s, [0-9]:[0-9]+ left"));
  EXPECT_FALSE(home.at.band().state().images.ResourcesPending());
  EXPECT_EQ(home.at.band().state().images.version, "1.0.9.99");
}

TEST(UpdateVerb, AFirmwareAloneIsSaidToOweItsResources) {
  BandHome home;
  home.Pair();
  home.files["fw"] = Image(UpdateType::kFirmware, "1.0.9.99", 20'000);
  home.files["res"] = Image(UpdateType::kResourcesCompressed, "1.0.9.99", 9'000);
  home.files["face"] = Image(UpdateType::kWatchFace, "1", 3'000);
  const std::string owes = "runs firmware 1.0.9.99 with the resources of 1.0.9.70";
  EXPECT_THAT(home.Do(UpdateWith(home, {"fw"})).out, HasSubstr(owes));
  EXPECT_THAT(home.Do({"info"}).out, HasSubstr(owes));
  EXPECT_EQ(json::parse(home.Do({"info", "--json"}).out)["resources_owed"], true);
  const auto face = home.Do(UpdateWith(home, {"face"}));
  EXPECT_EQ(face.status, ExitCode::kCouldNotCheck);
  EXPECT_THAT(face.err, HasSubstr("give the resources of 1.0.9.99 before anything else"));
  EXPECT_EQ(home.Do(UpdateWith(home, {"res"})).status, ExitCode::kHealthy);
  EXPECT_THAT(home.Do({"info"}).out, Not(HasSubstr("with the resources of")));
  EXPECT_EQ(json::parse(home.Do({"info", "--json"}).out)["resources_owed"], false);
}

// Another program put a firmware in while this computer was away: the sync that meets it says so,
// once, and `info` for as long as it runs.
TEST(InfoVerb, AFirmwareThatWasChangedElsewhereIsTold) {
  BandHome home(ADay());
  home.Pair();
  EXPECT_THAT(home.Do({"info"}).out, Not(HasSubstr("elsewhere")));
  home.at.band().MutableState().images.version = "1.0.9.99";
  for (const char* lang : {"en", "de", "ru"}) {
    const auto info = home.Do({"info", "--lang", lang});
    EXPECT_EQ(info.status, ExitCode::kHealthy) << info.err;
    EXPECT_THAT(info.out, HasSubstr("(1.0.9.70 -> 1.0.9.99)"));
  }
  EXPECT_THAT(home.Do({"info"}).out, HasSubstr("its resources may not fit"));
  const json document = json::parse(home.Do({"info", "--json"}).out);
  EXPECT_EQ(document["firmware_changed_elsewhere"],
            json({{"from", "1.0.9.70"}, {"to", "1.0.9.99"}}));
  EXPECT_EQ(document["resources_owed"], false);
  // Put back by whoever changed it.
  home.at.band().MutableState().images.version = "1.0.9.70";
  EXPECT_THAT(home.Do({"info"}).out, Not(HasSubstr("elsewhere")));
}

TEST(SyncVerb, AFirmwareThatWasChangedElsewhereIsToldByTheSyncThatMeetsIt) {
  BandHome home(ADay());
  home.Pair();
  EXPECT_THAT(home.Do({"sync"}).out, Not(HasSubstr("elsewhere")));
  home.at.band().MutableState().images.version = "1.0.9.99";
  EXPECT_THAT(home.Do({"sync"}).out, HasSubstr("was changed elsewhere (1.0.9.70 -> 1.0.9.99)"));
  EXPECT_THAT(home.Do({"sync"}).out, Not(HasSubstr("elsewhere")));
  EXPECT_THAT(home.Do({"info"}).out, HasSubstr("was changed elsewhere (1.0.9.70 -> 1.0.9.99)"));
  home.at.band().MutableState().images.version = "1.0.9.98";
  const json again = json::parse(home.Do({"sync", "--json"}).out);
  EXPECT_EQ(again["firmware_changed_elsewhere"], json({{"from", "1.0.9.70"}, {"to", "1.0.9.98"}}));
}

// Ours is no change from elsewhere, and the resources that are sent here end the doubt.
TEST(UpdateVerb, WhatWasSentFromHereIsNoChangeFromElsewhere) {
  BandHome home;
  home.Pair();
  home.files["fw"] = Image(UpdateType::kFirmware, "1.0.9.99", 20'000);
  home.files["res"] = Image(UpdateType::kResourcesCompressed, "1.0.9.99", 60'000);
  EXPECT_EQ(home.Do(UpdateWith(home, {"fw", "res"})).status, ExitCode::kHealthy);
  EXPECT_THAT(home.Do({"info"}).out, Not(HasSubstr("elsewhere")));
  EXPECT_THAT(home.Do({"sync"}).out, Not(HasSubstr("elsewhere")));
  home.at.band().MutableState().images.version = "1.0.9.66";
  EXPECT_THAT(home.Do({"info"}).out, HasSubstr("(1.0.9.99 -> 1.0.9.66)"));
  home.files["res"] = Image(UpdateType::kResourcesCompressed, "1.0.9.66", 60'000);
  EXPECT_EQ(home.Do(UpdateWith(home, {"res"})).status, ExitCode::kHealthy);
  EXPECT_THAT(home.Do({"info"}).out, Not(HasSubstr("elsewhere")));
}

TEST(UpdateVerb, EachBadEndHasItsOwnSentence) {
  const auto says = [](const std::string& fault) {
    WorldOptions options;
    simulate::band::FindFault(fault)->apply(options.band.faults, options.band.quirks);
    BandHome home(options);
    home.Pair();
    home.files["fw"] = Image(UpdateType::kFirmware, "1.0.9.99", 3'000);
    const auto outcome = home.Do(UpdateWith(home, {"fw"}));
    EXPECT_EQ(outcome.status, ExitCode::kStepFailed) << fault;
    return outcome.err;
  };
  EXPECT_THAT(says("update_keeps_old"),
              HasSubstr("took firmware 1.0.9.99, restarted, and runs 1.0.9.70"));
  EXPECT_THAT(says("update_ignores_restart"), HasSubstr("but it has not. Restart it by hand"));
  EXPECT_THAT(says("update_verify_bad"),
              HasSubstr("did not find it good (status 02): the file is damaged, or not for this "
                        "band. The band keeps what it had."));
  EXPECT_THAT(says("update_refused"),
              HasSubstr("has no space for the file. The band keeps what it had."));
}

TEST(UpdateVerb, StoppedBehindTheFirmwareItDoesNotSayThatNothingChanged) {
  BandHome home;
  home.Pair();
  home.files["fw"] = Image(UpdateType::kFirmware, "1.0.9.99", 20'000);
  home.files["res"] = Image(UpdateType::kResourcesCompressed, "1.0.9.99", 60'000);
  home.world.progress = [&](std::string_view text) {
    if (text.contains("File 2 of 2")) home.stop_at = home.at.air().Now();
  };
  const auto outcome = home.Do(UpdateWith(home, {"fw", "res"}));
  EXPECT_EQ(outcome.status, ExitCode::kStepFailed);
  EXPECT_THAT(outcome.out, HasSubstr("Firmware 1.0.9.99 is in, its resources are not"));
  EXPECT_THAT(outcome.out, Not(HasSubstr("keeps what it had")));
}

TEST(UpdateVerb, ALowBatteryIsAGate) {
  WorldOptions options;
  options.band.percent = 30;
  BandHome home(options);
  home.Pair();
  home.files["fw"] = Image(UpdateType::kFirmware, "1.0.9.99", 20'000);
  auto words = UpdateWith(home, {"fw"});
  const auto outcome = home.Do(words);
  EXPECT_EQ(outcome.status, ExitCode::kCouldNotCheck);
  EXPECT_THAT(outcome.err, HasSubstr("battery is at 30 %"));
  words.emplace_back("--json");
  const auto document = json::parse(home.Do(words).out);
  EXPECT_EQ(document["done"], false);
  EXPECT_EQ(home.at.band().state().images.version, "1.0.9.70");
}

}  // namespace
}  // namespace bk::band_test
