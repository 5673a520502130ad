// The band's verbs as a person types them: words, exit codes, consent, and what is never shown.
#include <gmock/gmock.h>
#include <sys/stat.h>

#include <cctype>
#include <nlohmann/json.hpp>

#include "app/band/band_alias.h"
#include "band/cli_testing.h"

namespace bk::band_test {
namespace {

using cli::ExitCode;
using codec::miband::UpdateType;
using nlohmann::json;
using testing::HasSubstr;
using testing::Not;

// --- pair

TEST(PairVerb, AsksForTheKeyTriesItAndKeepsIt) {
  BandHome home;
  home.typed = "0x" + Hex(TestKey()) + "\n";
  const auto outcome = home.Do({"pair"});
  EXPECT_EQ(outcome.status, ExitCode::kHealthy) << outcome.err;
  EXPECT_THAT(home.screen, HasSubstr("32 hex digits"));
  EXPECT_THAT(outcome.out, HasSubstr("Paired: the band accepts the key."));
  EXPECT_THAT(outcome.out, HasSubstr("1.0.9.70"));
  EXPECT_THAT(home.everything, Not(HasSubstr(Hex(TestKey()))));
  // For its owner alone.
  std::size_t files = 0;
  for (const auto& entry : std::filesystem::directory_iterator(home.folder + "/keys")) {
    struct stat status{};
    ASSERT_EQ(stat(entry.path().c_str(), &status), 0);
    EXPECT_EQ(status.st_mode & 0777, 0600U);
    ++files;
  }
  EXPECT_EQ(files, 1U);
  EXPECT_EQ(home.Do({"info"}).status, ExitCode::kHealthy);
}

TEST(PairVerb, JsonIsOneDocument) {
  BandHome home;
  home.files["key"] = Hex(TestKey()) + "\n";
  const auto outcome = home.Do({"pair", "--key-file", "key", "--json"});
  const auto document = json::parse(outcome.out);
  EXPECT_EQ(document["schema"], "bandkeeper.band/1");
  EXPECT_EQ(document["verb"], "pair");
  EXPECT_EQ(document["done"], true);
  EXPECT_EQ(document["info"]["firmware"], "1.0.9.70");
  EXPECT_THAT(outcome.out, Not(HasSubstr(kAddress)));
}

TEST(PairVerb, AWrongKeyIsNotKept) {
  BandHome home;
  ports::Block16 other = TestKey();
  other[3] ^= std::byte{1};
  home.files["key"] = Hex(other);
  const auto outcome = home.Do({"pair", "--key-file", "key"});
  EXPECT_EQ(outcome.status, ExitCode::kTrouble);
  EXPECT_THAT(outcome.err, HasSubstr("another key"));
  EXPECT_THAT(outcome.err, HasSubstr("bandkeeper pair"));
  EXPECT_EQ(home.at.band().truth().refused_proofs, 1U);
  EXPECT_FALSE(std::filesystem::exists(home.folder + "/keys/key-c0ffee123456"));
  EXPECT_EQ(home.Do({"info"}).status, ExitCode::kCouldNotCheck);
}

TEST(PairVerb, WhatIsNoKeyIsSaidWithoutRepeatingIt) {
  BandHome home;
  home.typed = "0123456789\n";
  const auto outcome = home.Do({"pair"});
  EXPECT_EQ(outcome.status, ExitCode::kUsage);
  EXPECT_THAT(outcome.err, HasSubstr("32 hex digits"));
  EXPECT_THAT(outcome.err, Not(HasSubstr("0123456789")));
  EXPECT_EQ(home.at.band().truth().links, 0U);
  const auto missing = home.Do({"pair", "--key-file", "nowhere"});
  EXPECT_EQ(missing.status, ExitCode::kCouldNotCheck);
  EXPECT_THAT(missing.err, HasSubstr("nowhere"));
}

TEST(PairVerb, TheEndOfTheInputChangesNothing) {
  BandHome home;
  const auto outcome = home.Do({"pair"});
  EXPECT_EQ(outcome.status, ExitCode::kStepFailed);
  EXPECT_THAT(outcome.err, HasSubstr("Nothing was changed"));
  home.world.person = nullptr;
  const auto nobody = home.Do({"pair"});
  EXPECT_EQ(nobody.status, ExitCode::kUsage);
  EXPECT_THAT(nobody.err, HasSubstr("--key-file"));
}

TEST(PairVerb, NothingIsHeardSaysWhatToDo) {
  WorldOptions options;
  options.air.silences = {{{}, std::chrono::hours(1)}};
  BandHome home(options);
  home.typed = Hex(TestKey()) + "\n";
  const auto outcome = home.Do({"pair"});
  EXPECT_EQ(outcome.status, ExitCode::kCouldNotCheck);
  EXPECT_THAT(outcome.err, HasSubstr("deaf"));
  EXPECT_EQ(home.screen, "");  // no key is asked for in vain
}

TEST(PairVerb, OfSeveralBandsTheOwnerSaysWhich) {
  simulate::band::Options second;
  second.address = Address{0xc0'ff'ee'99'88'77};
  adapters::OpensslCipher cipher;
  adapters::LibraryChecksum checksum;
  BandSim other(second, cipher, checksum);
  simulate::band::BandOnAir carried(other);
  BandHome home;
  home.at.air().Put(carried);
  home.files["key"] = Hex(TestKey());
  const auto outcome = home.Do({"pair", "--key-file", "key"});
  EXPECT_EQ(outcome.status, ExitCode::kUsage);
  EXPECT_THAT(outcome.err, HasSubstr("Several bands"));
  EXPECT_THAT(outcome.err, Not(HasSubstr("C0:FF:EE")));
  const std::string alias = *app::BandAlias(home.band, WorldOptions{}.band.address);
  EXPECT_THAT(outcome.err, HasSubstr(alias));
  EXPECT_THAT(outcome.err, HasSubstr(*app::BandAlias(home.band, second.address)));
  EXPECT_EQ(home.at.band().truth().links + other.truth().links, 0U);
  const auto shown = home.Do({"pair", "--key-file", "key", "--show-addresses"});
  EXPECT_THAT(shown.err, HasSubstr(kAddress));
  EXPECT_THAT(shown.err, HasSubstr("C0:FF:EE:99:88:77"));
  EXPECT_EQ(home.Do({"pair", "--key-file", "key", "--band", alias}).status, ExitCode::kHealthy);
  EXPECT_EQ(home.at.band().truth().links, 1U);
  EXPECT_EQ(other.truth().links, 0U);
  EXPECT_EQ(home.Do({"pair", "--key-file", "key", "--band", kAddress}).status, ExitCode::kHealthy);
  EXPECT_EQ(home.Do({"pair", "--key-file", "key", "--band", "C8:0F:10:00:00:01"}).status,
            ExitCode::kCouldNotCheck);
}

TEST(PairVerb, ARadioThatCannotBeUsedSaysWhy) {
  BandHome home;
  home.radio_trouble =
      Error{ErrorCode::kNotFound, "Bluetooth is blocked: rfkill unblock bluetooth"};
  for (const char* verb : {"pair", "info", "sync", "find", "restart", "reset"}) {
    const auto outcome = home.Do({verb});
    EXPECT_EQ(outcome.status, ExitCode::kCouldNotCheck) << verb;
    EXPECT_THAT(outcome.err, HasSubstr("rfkill unblock bluetooth")) << verb;
  }
}

// --- binding anew

WorldOptions TakesAKey() {
  WorldOptions options;
  simulate::band::FindFault("takes_host_key")->apply(options.band.faults, options.band.quirks);
  options.band.taps_after = std::chrono::seconds(3);
  return options;
}

TEST(PairVerb, WithoutAKeyItOffersToBindAnewAndSaysWhatThatCosts) {
  BandHome home(TakesAKey());
  home.at.band().MutableState().key.reset();  // as delivered
  home.typed = "\nbind\n";
  const auto outcome = home.Do({"pair"});
  EXPECT_EQ(outcome.status, ExitCode::kHealthy) << outcome.err;
  EXPECT_THAT(outcome.out, HasSubstr("you tapped"));
  EXPECT_THAT(home.screen, HasSubstr("every other phone lose the band"));
  EXPECT_THAT(home.screen, HasSubstr("minutes that were not synced there may be lost"));
  EXPECT_THAT(home.progress, HasSubstr("Tap the band now"));
  ASSERT_TRUE(home.at.band().state().key.has_value());
  EXPECT_EQ(home.Do({"info"}).status, ExitCode::kHealthy);
  EXPECT_THAT(home.everything, Not(HasSubstr(Hex(*home.at.band().state().key))));
}

TEST(PairVerb, ABindingThatIsNotWantedOrRefusedChangesNothing) {
  {
    BandHome home(TakesAKey());
    home.at.band().MutableState().key.reset();
    home.typed = "\nyes\n";
    const auto outcome = home.Do({"pair"});
    EXPECT_EQ(outcome.status, ExitCode::kStepFailed);
    EXPECT_THAT(outcome.err, HasSubstr("Nothing was changed"));
    EXPECT_EQ(home.at.band().truth().links, 0U);
  }
  const auto refused = [](const WorldOptions& options, bool bound, const char* says) {
    BandHome home(options);
    if (!bound) home.at.band().MutableState().key.reset();
    const auto before = home.at.band().state().key;
    home.typed = "\nbind\n";
    const auto outcome = home.Do({"pair"});
    EXPECT_EQ(outcome.status, ExitCode::kStepFailed) << says;
    EXPECT_THAT(outcome.err, HasSubstr(says));
    EXPECT_EQ(home.at.band().state().key, before);
    EXPECT_FALSE(std::filesystem::exists(home.folder + "/keys/key-c0ffee123456")) << says;
  };
  refused({}, false, "signature of the maker's server");
  refused({}, true, "signature of the maker's server");
  refused(TakesAKey(), true, "bound already");
  WorldOptions nobody = TakesAKey();
  nobody.band.taps_after.reset();
  refused(nobody, false, "not answered in time");
}

TEST(PairVerb, AKeyThatWasKnownStaysWhenTheBandRefusesAnother) {
  BandHome home;
  home.Pair();
  home.typed = "\nbind\n";
  EXPECT_EQ(home.Do({"pair"}).status, ExitCode::kStepFailed);
  EXPECT_EQ(home.Do({"info"}).status, ExitCode::kHealthy) << "the old key is still here";
}

// --- what all share

TEST(BandVerbs, SpeakTheLanguageThatIsAskedFor) {
  BandHome home(ADay());
  home.Pair();
  EXPECT_THAT(home.Do({"find", "--lang", "de"}).out, HasSubstr("Das Band vibriert."));
  EXPECT_THAT(home.Do({"sync", "--lang", "de"}).out,
              HasSubstr("24,0 Stunden Aktivität sind angekommen und gespeichert."));
  EXPECT_THAT(home.Do({"info", "--lang", "ru"}).out, HasSubstr("Прошивка"));
  home.typed = "löschen\n";
  EXPECT_THAT(home.Do({"reset", "--lang", "de"}).out, HasSubstr("löscht sich"));
  EXPECT_EQ(home.Do({"find", "--lang", "tlh"}).status, ExitCode::kUsage);
  home.world.language = "ru_RU.UTF-8";
  EXPECT_THAT(home.Do({"info"}).err, HasSubstr("bandkeeper pair"));
  EXPECT_THAT(home.Do({"info"}).err, HasSubstr("браслет"));
}

TEST(BandVerbs, WithoutAPairedBandEachSaysHow) {
  BandHome home;
  home.files["fw"] = Image(UpdateType::kWatchFace, "1", 500);
  for (const std::vector<std::string>& words : {std::vector<std::string>{"info"},
                                                {"sync"},
                                                {"find"},
                                                {"restart"},
                                                {"reset"},
                                                {"export"},
                                                {"update", "fw"},
                                                {"info", "--band", kAddress}}) {
    const auto outcome = home.Do(words);
    EXPECT_EQ(outcome.status, ExitCode::kCouldNotCheck) << words[0];
    EXPECT_THAT(outcome.err, HasSubstr("bandkeeper pair")) << words[0];
    EXPECT_EQ(outcome.out, "") << words[0];
  }
  EXPECT_EQ(home.at.band().truth().links, 0U);
  const auto wrong = home.Do({"info", "--band", "my band"});
  EXPECT_EQ(wrong.status, ExitCode::kUsage);
}

TEST(BandVerbs, WithoutBluetoothEachSaysSo) {
  BandHome home;
  home.world.band = nullptr;
  for (const char* verb : {"pair", "info", "sync", "find", "restart", "reset", "export"}) {
    const auto outcome = home.Do({verb});
    EXPECT_EQ(outcome.status, ExitCode::kCouldNotCheck) << verb;
    EXPECT_THAT(outcome.err, HasSubstr("without Bluetooth")) << verb;
  }
}

TEST(BandVerbs, TheAdapterIsPassedOn) {
  BandHome home;
  home.Pair();
  EXPECT_EQ(home.adapter, "");
  home.Do({"info", "--adapter", "hci1"});
  EXPECT_EQ(home.adapter, "hci1");
}

TEST(BandVerbs, ABandThatIsAwayHeldOrRefusesEndsInASentence) {
  struct Case {
    const char* name;
    std::function<void(WorldOptions&)> make;
    ExitCode status;
    const char* says;
  };
  const auto later = std::chrono::seconds(30);
  const auto ever = std::chrono::hours(48);
  for (const Case& one : std::vector<Case>{
           {"away", [&](WorldOptions& o) { o.air.silences = {{later, ever}}; },
            ExitCode::kCouldNotCheck, "not heard"},
           {"held", [&](WorldOptions& o) { o.air.holders = {{0, later, ever}}; },
            ExitCode::kCouldNotCheck, "every phone that knows it"},
       }) {
    for (const char* verb : {"info", "sync", "find", "restart"}) {
      WorldOptions options;
      one.make(options);
      BandHome home(options);
      home.Pair();
      home.at.air().Run(later);
      const auto outcome = home.Do({verb});
      EXPECT_EQ(outcome.status, one.status) << one.name << " " << verb;
      EXPECT_THAT(outcome.err, HasSubstr(one.says)) << one.name << " " << verb;
      if (std::string_view(verb) == "info" || std::string_view(verb) == "sync") {
        const auto document = json::parse(home.Do({verb, "--json"}).out);
        EXPECT_EQ(document["done"], false) << one.name << " " << verb;
        EXPECT_THAT(document["text"].get<std::string>(), HasSubstr(one.says));
      }
    }
  }
  BandHome home;
  home.Pair();
  home.at.band().faults().proof_status = 0x08;
  for (const char* verb : {"info", "find", "restart", "sync"}) {
    const auto outcome = home.Do({verb});
    EXPECT_EQ(outcome.status, ExitCode::kTrouble) << verb;
    EXPECT_THAT(outcome.err, HasSubstr("another key")) << verb;
  }
}

TEST(BandVerbs, CtrlCEndsEachOfThemAtOnce) {
  for (const char* verb : {"info", "sync", "find", "restart"}) {
    WorldOptions options;
    options.air.silences = {{std::chrono::seconds(60), std::chrono::hours(48)}};
    BandHome home(options);
    home.Pair();
    home.at.air().Run(std::chrono::seconds(60));
    home.stop_at = home.at.air().Now() + std::chrono::seconds(20);
    const auto outcome = home.Do({verb});
    EXPECT_EQ(outcome.status, ExitCode::kStepFailed) << verb;
    EXPECT_THAT(outcome.out + outcome.err, HasSubstr("Stopped")) << verb;
    EXPECT_LT(home.at.air().Now() - *home.stop_at, std::chrono::seconds(7)) << verb;
  }
}

// Neither key nor address stands on any screen, whatever is done and however it ends.
TEST(BandVerbs, KeysAndAddressesAreNeverShown) {
  BandHome home(ADay());
  home.Pair();
  home.files["face"] = Image(UpdateType::kWatchFace, "", 4000);
  for (const std::vector<std::string>& words : {std::vector<std::string>{"info"},
                                                {"info", "--json"},
                                                {"sync"},
                                                {"sync", "--json"},
                                                {"find"},
                                                {"find", "--json"},
                                                {"export"},
                                                {"export", "--format", "json"},
                                                {"export", "--format", "gadgetbridge"},
                                                UpdateWith(home, {"face"}),
                                                {"restart", "--json"}})
    EXPECT_EQ(home.Do(words).status, ExitCode::kHealthy) << words[0];
  home.at.band().faults().proof_status = 0x08;
  for (const char* verb : {"info", "sync", "find", "restart"}) home.Do({verb});
  EXPECT_THAT(home.everything, Not(HasSubstr(Hex(TestKey()))));
  EXPECT_THAT(home.everything, Not(HasSubstr(kAddress)));
  EXPECT_THAT(home.everything, Not(HasSubstr("c0ffee123456")));
  EXPECT_THAT(home.everything, Not(HasSubstr("C0FFEE123456")));
}

// --- each verb

TEST(InfoVerb, SaysBatteryFirmwareAndClock) {
  BandHome home;
  home.Pair();
  const auto outcome = home.Do({"info"});
  EXPECT_EQ(outcome.status, ExitCode::kHealthy);
  EXPECT_THAT(outcome.out, HasSubstr("Firmware    1.0.9.70"));
  EXPECT_THAT(outcome.out, HasSubstr("Battery     80 %"));
  EXPECT_THAT(outcome.out, HasSubstr("Clock       right"));
  const auto document = json::parse(home.Do({"info", "--json"}).out);
  EXPECT_EQ(document["info"]["battery_percent"], 80);
  EXPECT_EQ(document["info"]["charging"], false);
}

TEST(SyncVerb, StoresAndThenHasNothingNew) {
  BandHome home(ADay());
  home.Pair();
  const auto outcome = home.Do({"sync"});
  EXPECT_EQ(outcome.status, ExitCode::kHealthy) << outcome.err;
  EXPECT_THAT(outcome.out, HasSubstr("24.0 hours of activity are here and stored."));
  EXPECT_THAT(outcome.out, HasSubstr("Battery 80 %."));
  EXPECT_THAT(home.progress, HasSubstr("so far"));
  const auto document = json::parse(home.Do({"sync", "--json"}).out);
  EXPECT_EQ(document["done"], true);
  EXPECT_LE(document["minutes"]["new"].get<int>(), 2);
  EXPECT_EQ(document["gaps"].size(), 0U);
  EXPECT_FALSE(home.at.band().truth().deleted.empty());
}

TEST(InfoVerb, LiveMeasuresUntilItIsEndedAndStopsTheMeasurementFirst) {
  BandHome home;
  home.Pair();
  const auto timed = home.Do({"info", "--live", "--seconds", "30"});
  EXPECT_EQ(timed.status, ExitCode::kHealthy) << timed.err;
  EXPECT_THAT(timed.out, HasSubstr("heart rate"));
  EXPECT_THAT(home.progress, HasSubstr("Heart rate "));
  EXPECT_EQ(home.at.band().link().heart.mode, simulate::band::HeartState::Mode::kOff);
  // Ctrl-C after a minute: longer than the band measures without a keep-alive.
  home.stop_at = home.at.air().Now() + std::chrono::seconds(60);
  const auto stopped = home.Do({"info", "--live", "--json"});
  EXPECT_EQ(stopped.status, ExitCode::kHealthy) << stopped.err;
  const auto document = json::parse(stopped.out);
  EXPECT_GE(document["heart_rate"]["readings"], 20) << document;
  EXPECT_GT(document["heart_rate"]["low"], 30);
  EXPECT_LT(home.at.air().Now() - *home.stop_at, std::chrono::seconds(7));
  home.stop_at.reset();
  home.at.band().Wear(home.at.air().Now(), false);
  EXPECT_THAT(home.Do({"info", "--live", "--seconds", "20"}).out, HasSubstr("touch the skin"));
  EXPECT_EQ(home.Do({"info", "--seconds", "20"}).status, ExitCode::kUsage);
}

TEST(SyncVerb, TellsWhichMinutesAreStoredAndWhichAreNotAndWhy) {
  WorldOptions options = ADay();
  BandHome home(options);
  home.Pair();
  ASSERT_EQ(home.Do({"sync"}).status, ExitCode::kHealthy);
  EXPECT_THAT(home.Do({"info"}).out, HasSubstr("Stored: 24.0 hours, from "));
  // Two hours on the table, then an hour without a battery.
  const auto now = [&] { return home.at.air().Now(); };
  home.at.band().Wear(now(), false);
  home.at.air().Run(now() + std::chrono::hours(2));
  home.at.band().Wear(now(), true);
  const auto first_off = home.at.band().truth().recorded.back().minute;
  home.at.band().MutableState().battery.charge = 0;
  home.at.air().Run(now() + std::chrono::hours(1));
  home.at.band().MutableState().battery.charge = 900'000;
  home.at.air().Run(now() + std::chrono::minutes(5));
  const auto outcome = home.Do({"sync"});
  ASSERT_EQ(outcome.status, ExitCode::kHealthy) << outcome.err;
  const auto document = json::parse(home.Do({"info", "--json"}).out);
  std::map<std::string, std::int64_t> minutes;
  for (const json& gap : document["ledger"]["gaps"])
    minutes[gap["why"].get<std::string>()] +=
        gap["to_minute"].get<std::int64_t>() - gap["from_minute"].get<std::int64_t>();
  EXPECT_NEAR(static_cast<double>(minutes["not_worn"]), 120, 20) << document["ledger"]["gaps"];
  EXPECT_EQ(minutes["lost"], 0);
  // What the band recorded while it was empty, if anything, decides what is missing.
  std::int64_t recorded = 0;
  for (const auto& one : home.at.band().truth().recorded) recorded += one.minute > first_off;
  const std::int64_t passed = home.WallSeconds() / 60 - first_off - 1;
  EXPECT_NEAR(static_cast<double>(minutes["off"]), static_cast<double>(passed - recorded), 2)
      << document["ledger"]["gaps"];
  EXPECT_THAT(outcome.out, HasSubstr("recorded, but the band was not worn"));
}

TEST(SyncVerb, KeepLeavesTheBandItsRecords) {
  BandHome home(ADay());
  home.Pair();
  EXPECT_EQ(home.Do({"sync", "--keep"}).status, ExitCode::kHealthy);
  EXPECT_TRUE(home.at.band().truth().deleted.empty());
}

TEST(SyncVerb, ARefusalAndACtrlCAreTold) {
  {
    BandHome home(ADay());
    home.Pair();
    home.at.band().faults().refuses_go = true;
    const auto refused = home.Do({"sync"});
    EXPECT_EQ(refused.status, ExitCode::kStepFailed);
    EXPECT_THAT(refused.err, HasSubstr("refused to send its records"));
  }
  WorldOptions week;
  week.band.history = 7 * 24 * 60;
  BandHome home(week);
  home.Pair();
  home.stop_at = home.at.air().Now() + std::chrono::seconds(20);
  const auto stopped = home.Do({"sync"});
  EXPECT_EQ(stopped.status, ExitCode::kStepFailed);
  EXPECT_THAT(stopped.out, HasSubstr("the next sync goes on from there"));
  home.stop_at.reset();
  const auto rest = home.Do({"sync"});
  EXPECT_EQ(rest.status, ExitCode::kHealthy) << rest.err;
  home.Do({"export"});
  EXPECT_GE(std::ranges::count(home.said, '\n'), 7 * 24 * 60);
}

TEST(FindVerb, LetsItVibrate) {
  BandHome home;
  home.Pair();
  const auto outcome = home.Do({"find"});
  EXPECT_EQ(outcome.status, ExitCode::kHealthy);
  EXPECT_EQ(outcome.out, "The band vibrates.\n");
  EXPECT_EQ(home.at.band().truth().vibrations, 1U);
}

TEST(RestartVerb, RestartsOnce) {
  BandHome home;
  home.Pair();
  const auto outcome = home.Do({"restart"});
  EXPECT_EQ(outcome.status, ExitCode::kHealthy) << outcome.err;
  EXPECT_THAT(outcome.out, HasSubstr("The band restarts."));
  EXPECT_EQ(home.at.band().truth().restarts, 1U);
  EXPECT_EQ(home.Do({"info"}).status, ExitCode::kHealthy);
}

TEST(ResetVerb, NeedsTheWordAndNamesThePrice) {
  BandHome home(ADay());
  home.Pair();
  for (const std::string typed : {"", "\n", "yes\n", "erase", "ERASE\n", "erase it\n"}) {
    home.typed = typed;
    const auto outcome = home.Do({"reset"});
    EXPECT_EQ(outcome.status, ExitCode::kStepFailed) << typed;
    EXPECT_THAT(outcome.err, HasSubstr("Nothing was changed"));
    EXPECT_THAT(home.screen, HasSubstr("erases every minute that was not synced"));
    EXPECT_THAT(home.screen, HasSubstr("cannot be undone"));
    EXPECT_EQ(home.at.band().truth().restarts, 0U);
    EXPECT_TRUE(home.at.band().state().key.has_value());
  }
  home.world.person = nullptr;
  EXPECT_EQ(home.Do({"reset"}).status, ExitCode::kUsage);
  EXPECT_EQ(home.at.band().truth().restarts, 0U);
}

TEST(ResetVerb, WithTheWordItIsDoneAndTheOldKeyIsForgotten) {
  BandHome home;
  home.Pair();
  home.typed = "erase\n";
  const auto outcome = home.Do({"reset"});
  EXPECT_EQ(outcome.status, ExitCode::kHealthy) << outcome.err;
  EXPECT_THAT(outcome.out, HasSubstr("erases itself"));
  home.at.air().Run(home.at.air().Now() + std::chrono::seconds(20));
  EXPECT_FALSE(home.at.band().state().key.has_value());
  EXPECT_EQ(home.at.band().truth().restarts, 1U);
  // Its key is void, so nobody is left to wait for a band that will never answer to it.
  const auto after = home.Do({"info"});
  EXPECT_EQ(after.status, ExitCode::kCouldNotCheck);
  EXPECT_THAT(after.err, HasSubstr("bandkeeper pair"));
}

TEST(ResetVerb, PairedAnewItIsTheBandThatIsMeant) {
  BandHome home(ADay());
  home.Pair();
  home.Do({"sync"});
  home.typed = "erase\n";
  ASSERT_EQ(home.Do({"reset"}).status, ExitCode::kHealthy);
  home.at.air().Run(home.at.air().Now() + std::chrono::seconds(20));
  home.at.band().MutableState().key = TestKey();  // the official app has bound it again
  ASSERT_NE(FormatAddress(home.at.band().state().address), kAddress);
  home.Pair();
  const auto info = home.Do({"info"});
  EXPECT_EQ(info.status, ExitCode::kHealthy) << info.err;
  // What was synced before is still there, under its old address.
  home.Do({"export", "--band", kAddress});
  EXPECT_GE(std::ranges::count(home.said, '\n'), 24 * 60);
}

TEST(PairVerb, TheClockIsSetToWhenTheKeyWasTyped) {
  BandHome home;
  home.think = std::chrono::minutes(3);  // looking for the key
  home.typed = Hex(TestKey()) + "\n";
  const auto outcome = home.Do({"pair"});
  EXPECT_EQ(outcome.status, ExitCode::kHealthy) << outcome.err;
  EXPECT_THAT(home.Do({"info"}).out, HasSubstr("Clock       right"));
}

// --- which band

TEST(BandVerbs, ABandIsFoundByItsName) {
  BandHome home(ADay());
  home.Pair();
  EXPECT_EQ(home.Do({"info", "--band", "smart band"}).status, ExitCode::kHealthy);
  EXPECT_EQ(home.Do({"sync", "--band", "Mi Smart Band 4"}).status, ExitCode::kHealthy);
  EXPECT_EQ(home.Do({"export", "--band", "smart"}).status, ExitCode::kHealthy);
  const auto none = home.Do({"info", "--band", "my band"});
  EXPECT_EQ(none.status, ExitCode::kUsage);
  EXPECT_THAT(none.err, HasSubstr("is called my band"));
}

TEST(BandVerbs, ANameThatWasNeverKeptIsHeard) {
  BandHome home;
  const auto store = *home.band.open_store();
  ASSERT_TRUE(store->Describe({WorldOptions{}.band.address, "", "", {}}));
  ASSERT_TRUE(app::SaveBandKey(*home.band.keys, WorldOptions{}.band.address, TestKey()));
  EXPECT_EQ(home.Do({"info", "--band", "smart"}).status, ExitCode::kHealthy);
}

TEST(BandVerbs, OfTwoOfOneNameBothAreNamed) {
  BandHome home;
  home.Pair();
  const Address other{0xc80f10010203};
  const auto store = *home.band.open_store();
  ASSERT_TRUE(store->Describe({other, "", "", {}, "Mi Smart Band 4"}));
  EXPECT_EQ(home.Do({"info", "--band", "smart"}).status, ExitCode::kHealthy);  // one has a key
  ASSERT_TRUE(app::SaveBandKey(*home.band.keys, other, TestKey()));
  const auto several = home.Do({"info", "--band", "smart"});
  EXPECT_EQ(several.status, ExitCode::kUsage);
  EXPECT_THAT(several.err, Not(HasSubstr(kAddress)));
  EXPECT_THAT(several.err, HasSubstr("Firmware 1.0.9.70"));
  const std::string alias = *app::BandAlias(home.band, WorldOptions{}.band.address);
  EXPECT_THAT(several.err, HasSubstr(alias));
  EXPECT_EQ(home.Do({"info", "--band", alias}).status, ExitCode::kHealthy);
  // The same band every time, another computer calls it otherwise.
  EXPECT_EQ(*app::BandAlias(home.band, WorldOptions{}.band.address), alias);
  EXPECT_NE(*app::BandAlias(BandHome().band, WorldOptions{}.band.address), alias);
}

// Whatever lists bands calls each what --band takes, and hides its address unless asked.
TEST(BandVerbs, EveryListOfBandsHidesAddressesAndLetsOneChoose) {
  BandHome home(ADay());
  home.Pair();
  const Address other{0xc80f10010203};
  const auto store = *home.band.open_store();
  ASSERT_TRUE(store->Describe({other, "", "", {}, "Mi Smart Band 4"}));
  ASSERT_TRUE(app::SaveBandKey(*home.band.keys, other, TestKey()));
  const std::string alias = *app::BandAlias(home.band, WorldOptions{}.band.address);
  const std::string other_alias = *app::BandAlias(home.band, other);
  home.typed = "erase\n";
  for (const std::vector<std::string>& verb : {std::vector<std::string>{"info"},
                                               {"sync"},
                                               {"find"},
                                               {"restart"},
                                               {"export"},
                                               {"watch"},
                                               {"doctor", "--probe"},
                                               {"doctor", "--probe", "--json"},
                                               {"reset"}}) {
    SCOPED_TRACE(testing::PrintToString(verb));
    for (const bool by_name : {false, true}) {
      std::vector<std::string> words = verb;
      if (by_name) words.insert(words.end(), {"--band", "smart"});
      const auto several = home.Do(words);
      EXPECT_EQ(several.status, ExitCode::kUsage);
      EXPECT_THAT(several.err, HasSubstr(alias));
      EXPECT_THAT(several.err, HasSubstr(other_alias));
      EXPECT_THAT(several.err, HasSubstr("--band"));
      EXPECT_THAT(several.err, Not(HasSubstr(kAddress)));
      words.push_back("--show-addresses");
      const auto shown = home.Do(words);
      EXPECT_THAT(shown.err, HasSubstr(kAddress));
      EXPECT_THAT(shown.err, HasSubstr(FormatAddress(other)));
    }
    if (verb[0] == "watch" || verb[0] == "reset") continue;  // without an end, and not wanted
    std::vector<std::string> words = verb;
    words.insert(words.end(), {"--band", alias});
    const auto links = home.at.band().truth().links;
    const auto chosen = home.Do(words);
    EXPECT_EQ(chosen.status, ExitCode::kHealthy) << chosen.err;
    EXPECT_EQ(home.at.band().truth().links > links, verb[0] != "export");
    EXPECT_THAT(chosen.out + chosen.err + home.said, Not(HasSubstr(kAddress)));
    home.at.air().Run(home.at.air().Now() + std::chrono::minutes(2));
  }
}

TEST(ExportVerb, PrintsWhatIsStored) {
  BandHome home(ADay());
  home.Pair();
  home.Do({"sync"});
  ASSERT_EQ(home.Do({"export"}).status, ExitCode::kHealthy);
  EXPECT_THAT(home.said, testing::StartsWith("time,local_time,kind"));
  EXPECT_GE(std::ranges::count(home.said, '\n'), 24 * 60);
  ASSERT_EQ(home.Do({"export", "--format", "json"}).status, ExitCode::kHealthy);
  EXPECT_GE(json::parse(home.said)["minutes"].size(), 24U * 60);
  ASSERT_EQ(home.Do({"export", "--format", "gadgetbridge"}).status, ExitCode::kHealthy);
  EXPECT_THAT(home.said, HasSubstr("MI_BAND_ACTIVITY_SAMPLE"));
  EXPECT_EQ(home.Do({"export", "--format", "xml"}).status, ExitCode::kUsage);
  home.at.air().Run(home.at.air().Now() + std::chrono::hours(24 * 3));
  home.Do({"export", "--days", "1"});
  EXPECT_EQ(std::ranges::count(home.said, '\n'), 1);  // all is older
}

}  // namespace
}  // namespace bk::band_test
