// The band's verbs as a person types them: words, exit codes, consent, and what is never shown.
#include <gmock/gmock.h>
#include <sys/stat.h>

#include <cctype>
#include <nlohmann/json.hpp>

#include "app/band/band_alias.h"
#include "app/band/update_words.h"
#include "band/home_testing.h"
#include "simulate/band/image.h"

namespace bk::band_test {
namespace {

using cli::ExitCode;
using codec::miband::UpdateType;
using nlohmann::json;
using testing::HasSubstr;
using testing::Not;

WorldOptions ADay() {
  WorldOptions options;
  options.band.history = 24 * 60;
  return options;
}

std::string Image(UpdateType type, const std::string& version, std::size_t bytes) {
  const auto image = simulate::band::MakeImage(type, version, bytes);
  return {reinterpret_cast<const char*>(image.data()), image.size()};
}

std::string Sha256(const std::string& file) {
  std::string hex;
  for (const std::byte byte : adapters::OpensslCipher().Sha256(AsBytes(file)))
    hex += fmt::format("{:02x}", std::to_integer<unsigned>(byte));
  return hex;
}
// `update` with these files, each with the digest that it has.
std::vector<std::string> UpdateWith(BandHome& home, const std::vector<std::string>& names) {
  std::vector<std::string> words = {"update"};
  for (const std::string& name : names) {
    words.push_back(name);
    words.insert(words.end(), {"--sha256", Sha256(home.files[name])});
  }
  return words;
}

const std::string kAddress = FormatAddress(WorldOptions{}.band.address);

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
