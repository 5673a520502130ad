// `doctor --probe` over every named trouble of a band and its world: the verdict names the right
// layer, and where a band cannot be told from another cause, it says so.
#include <gmock/gmock.h>

#include <nlohmann/json.hpp>
#include <set>

#include "band/home_testing.h"
#include "codec/miband/configuration.h"
#include "simulate/band/image.h"
#include "simulate/band/situation.h"

namespace bk::band_test {
namespace {

using cli::ExitCode;
using nlohmann::json;
using simulate::band::Situation;
using testing::HasSubstr;
using testing::Not;

// Known here since before its trouble; an hour later it is asked.
class Probed {
 public:
  explicit Probed(const std::vector<std::string>& troubles, bool paired = true) {
    Situation situation;
    situation.band.history = 24 * 60;
    situation.band.key = TestKey();
    for (const std::string& name : troubles)
      EXPECT_TRUE(simulate::band::Apply(name, situation)) << name;
    key_gone_ = !situation.band.key;
    WorldOptions options;
    options.band = situation.band;
    options.air = situation.air;
    options.advertising = situation.advertising;
    home_ = std::make_unique<BandHome>(options, WorldOptions{}.band.utc_us);
    home_->host = situation.host;
    if (key_gone_) home_->at.band().MutableState().key.reset();
    if (paired) {
      const auto store = *home_->band.open_store();
      // As it was met before its trouble.
      EXPECT_TRUE(
          store->Describe({situation.band.address, situation.band.resources_version, "", {}}));
      EXPECT_TRUE(app::SaveBandKey(*home_->band.keys, situation.band.address, TestKey()));
    }
    Put(stranger_);
  }
  json Ask(std::vector<std::string> more = {"--phones-off"}) {
    std::vector<std::string> words = {"doctor", "--probe", "--json"};
    words.insert(words.end(), more.begin(), more.end());
    const auto outcome = home_->Do(words);
    status = outcome.status;
    json report = json::parse(outcome.out, nullptr, false);
    EXPECT_TRUE(report.is_object()) << outcome.err;
    return report.is_object() ? report : json::object();
  }
  std::string Text(std::vector<std::string> more = {"--phones-off"}) {
    std::vector<std::string> words = {"doctor", "--probe"};
    words.insert(words.end(), more.begin(), more.end());
    return home_->Do(words).out;
  }
  BandHome& home() { return *home_; }
  ExitCode status{};

 private:
  // Something else is in the air, so that silence means something.
  class Stranger final : public simulate::radio::Peripheral {
   public:
    std::optional<simulate::radio::Advertising> Adverts(ports::RadioTime) override {
      return simulate::radio::Advertising{
          Address{0x11'22'33'44'55'66}, ports::AddressKind::kPublic, true, {}, {}};
    }
    [[nodiscard]] const simulate::radio::GattTable& Table() const override { return table_; }
    [[nodiscard]] std::uint16_t MtuMax() const override { return 23; }
    void Connected(ports::RadioTime) override {}
    void Disconnected(ports::RadioTime, std::uint8_t) override {}
    void MtuIs(std::uint16_t, ports::RadioTime) override {}
    std::optional<simulate::radio::AttAnswer> Read(std::uint16_t, ports::RadioTime) override {
      return std::nullopt;
    }
    std::optional<simulate::radio::AttAnswer> Write(std::uint16_t, Bytes, bool,
                                                    ports::RadioTime) override {
      return std::nullopt;
    }
    [[nodiscard]] std::optional<ports::RadioTime> Due() const override { return std::nullopt; }
    void Advance(ports::RadioTime) override {}
    std::vector<simulate::radio::Notification> TakeNotifications(std::size_t,
                                                                 ports::RadioTime) override {
      return {};
    }
    std::optional<simulate::radio::Leave> WantsToLeave(ports::RadioTime) override {
      return std::nullopt;
    }

   private:
    simulate::radio::GattTable table_;
  };
  void Put(Stranger& stranger) { home_->at.air().Put(stranger); }

  bool key_gone_ = false;
  Stranger stranger_;
  std::unique_ptr<BandHome> home_;
};

std::set<std::string> Layers(const json& report, const char* state) {
  std::set<std::string> layers;
  for (const auto& layer : report["layers"])
    if (layer["state"] == state) layers.insert(layer["id"]);
  return layers;
}

struct Expected {
  std::string layer;  // of the verdict; "": nothing of the band is in trouble
  std::string says;   // in the probe's own sentence
};
const std::map<std::string, Expected>& Expectations() {
  static const std::string kWell = "the band is well";
  static const std::map<std::string, Expected> all = {
      {"dead", {"band", "was not heard"}},
      {"away", {"", "was not heard"}},               // nothing else is heard either: a deaf radio
      {"held", {"band", "held by another device"}},  // the same silence, and said so
      {"asleep", {"", kWell}},
      {"weak", {"", "faintly"}},
      {"low_battery", {"", kWell}},
      // A band does not tell its resources; that its firmware is another one since is seen.
      {"half_updated", {"", "its firmware was changed elsewhere (1.0.9.66 -> 1.0.9.70)"}},
      {"never_bound", {"binding", "refuses the key"}},
      {"clock_wrong", {"", kWell}},
      {"wrong_key", {"binding", "refuses the key"}},
      {"wrong_key_old", {"binding", "refuses the key"}},
      {"key_void", {"binding", "refuses the key"}},
      {"deaf", {"band", "does not answer"}},
      {"drops", {"band", "does not answer"}},
      {"empty", {"*", "recorded nothing"}},
      {"refuses_go", {"*", "records do not come"}},
      {"stall", {"*", "records do not come"}},
      {"no_end", {"*", ""}},
      {"gap", {"*", ""}},
  };
  return all;
}

TEST(Probe, OverEveryNamedTrouble) {
  for (const std::string_view trouble : simulate::band::AllTroubles()) {
    const std::string name(trouble);
    SCOPED_TRACE(name);
    const auto expected = Expectations().find(name);
    const Expected want =
        expected != Expectations().end() ? expected->second : Expected{"", "the band is well"};
    Probed probed({name});
    const auto before = probed.home().at.band().state();
    const auto began = probed.home().at.air().Now();
    const json report = probed.Ask();
    ASSERT_TRUE(report.contains("probe"));
    const auto text = report["probe"]["text"].get<std::string>();
    EXPECT_THAT(text, HasSubstr(want.says));
    const std::string layer = report["verdict"]["layer"];
    std::printf("%-28s %-10s %-26s %-13s %s\n", name.c_str(), layer.c_str(),
                report["verdict"]["cause"].get<std::string>().c_str(),
                report["verdict"]["outcome"].get<std::string>().c_str(), text.c_str());
    const auto trouble_in = Layers(report, "trouble");
    if (want.layer.empty()) {
      EXPECT_FALSE(trouble_in.contains("band")) << report["verdict"];
      EXPECT_FALSE(trouble_in.contains("firmware"));
      EXPECT_TRUE(layer.empty() || name == "clock_wrong") << layer;
    } else if (want.layer == "*") {
      // A sync that fails with a second host: the band's own software or the band itself.
      EXPECT_TRUE(layer == "band" || layer == "firmware" || layer.empty()) << layer;
    } else {
      EXPECT_EQ(layer, want.layer) << report["causes"][0] << report["causes"][1];
    }
    for (const auto& finding : report["findings"]) EXPECT_EQ(finding["source"], "band");
    // Looking changed nothing: no clock set, nothing deleted, no setting.
    const auto& after = probed.home().at.band().state();
    EXPECT_EQ(after.clock, before.clock);
    EXPECT_EQ(after.settings, before.settings);
    EXPECT_EQ(after.key, before.key);
    EXPECT_TRUE(probed.home().at.band().truth().deleted.empty());
    EXPECT_LE(probed.home().at.air().Now() - began, std::chrono::minutes(3));
    EXPECT_THAT(probed.home().everything, Not(HasSubstr(Hex(TestKey()))));
    EXPECT_THAT(probed.home().everything, Not(HasSubstr("C0:FF:EE:12:34:56")));
  }
}

TEST(Probe, AHealthyBandPutsTheFaultAtThePhonesEnd) {
  Probed probed({});
  const json report = probed.Ask();
  EXPECT_EQ(probed.status, ExitCode::kHealthy) << report["verdict"];
  EXPECT_EQ(report["probe"]["reach"], "answers");
  EXPECT_EQ(report["probe"]["key"], "accepted");
  EXPECT_EQ(report["probe"]["records"], "came");
  EXPECT_EQ(report["probe"]["battery_percent"], 80);
  EXPECT_THAT(report["probe"]["text"].get<std::string>(), HasSubstr("at the phone's end"));
  EXPECT_TRUE(Layers(report, "ok").contains("band"));
  // What it did not see it does not vouch for.
  EXPECT_FALSE(Layers(report, "ok").contains("firmware"));
  const std::string text = probed.Text();
  EXPECT_THAT(text, HasSubstr("The band itself, asked by this computer"));
  EXPECT_THAT(text, HasSubstr("does not tell over Bluetooth"));
}

// With a complaint beside it: the same complaint, and the probe decides whose fault it is.
TEST(Probe, TheSameComplaintWithAHealthyAndAHungBand) {
  const auto layer_of = [](const std::vector<std::string>& troubles) {
    Probed probed(troubles);
    probed.home().files["said.json"] =
        R"({"findings": {"app_cannot_connect": true, "stuck_connecting": true}})";
    const json report = probed.Ask({"--phones-off", "--findings", "said.json"});
    return std::pair(report["verdict"]["layer"].get<std::string>(), Layers(report, "ok"));
  };
  const auto [healthy, ok] = layer_of({});
  EXPECT_NE(healthy, "band");
  EXPECT_NE(healthy, "firmware");
  EXPECT_TRUE(ok.contains("band"));
  EXPECT_EQ(layer_of({"deaf"}).first, "band");
  EXPECT_EQ(layer_of({"dead"}).first, "band");
  EXPECT_EQ(layer_of({"wrong_key"}).first, "binding");
}

TEST(Probe, SilenceWithoutTheWordThatPhonesAreOffProvesNothing) {
  Probed probed({"dead"});
  const json report = probed.Ask({});
  EXPECT_TRUE(report["findings"].empty());
  EXPECT_THAT(report["probe"]["cannot_tell"][0].get<std::string>(), HasSubstr("--phones-off"));
  EXPECT_EQ(probed.status, ExitCode::kCouldNotCheck);
}

TEST(Probe, ABandThatSaysItIsHeldIsHeld) {
  Probed probed({"held"});
  // It was told once to stay discoverable (setting of its owner's).
  auto& band = probed.home().at.band();
  band.MutableState()
      .settings[static_cast<std::uint16_t>(codec::miband::Setting::kAdvertiseWhileConnected)] =
      codec::miband::BytesOf(0x01);
  const json report = probed.Ask();
  EXPECT_EQ(report["probe"]["reach"], "held");
  EXPECT_EQ(report["verdict"]["cause"], "band_held_by_other_phone");
  EXPECT_EQ(report["verdict"]["layer"], "link");
}

TEST(Probe, WithoutAKeyItSaysWhatItCannotTell) {
  Probed probed({}, /*paired=*/false);
  const json report = probed.Ask();
  EXPECT_EQ(report["probe"]["reach"], "answers");
  EXPECT_EQ(report["probe"]["key"], "none");
  EXPECT_EQ(report["probe"]["records"], "not_asked");
  EXPECT_THAT(report["probe"]["cannot_tell"].dump(), HasSubstr("bandkeeper pair"));
  EXPECT_TRUE(Layers(report, "ok").contains("band"));
}

TEST(Probe, AnUpdateThatEndedHalfWayHereIsRemembered) {
  Probed probed({});
  BandHome& home = probed.home();
  const auto image = [](codec::miband::UpdateType type, std::size_t bytes) {
    const auto file = simulate::band::MakeImage(type, "1.0.9.99", bytes);
    return std::string(reinterpret_cast<const char*>(file.data()), file.size());
  };
  home.files["fw"] = image(codec::miband::UpdateType::kFirmware, 20'000);
  home.files["res"] = image(codec::miband::UpdateType::kResourcesCompressed, 60'000);
  home.typed = "unproved\nunproved\n";
  const std::vector<std::string> update = {"update", "fw", "res"};
  // The person gives up while the resources are sent.
  std::string said;
  home.world.progress = [&](std::string_view text) {
    if (text.contains("File 2 of 2")) home.stop_at = home.at.air().Now();
  };
  EXPECT_EQ(home.Do(update).status, ExitCode::kStepFailed);
  home.stop_at.reset();
  home.world.progress = nullptr;
  ASSERT_TRUE(home.at.band().state().images.ResourcesPending());
  home.at.air().Run(home.at.air().Now() + std::chrono::minutes(2));
  const json report = probed.Ask();
  EXPECT_EQ(report["verdict"]["layer"], "firmware") << report["causes"][0];
  EXPECT_THAT(report["verdict"]["cause"].get<std::string>(),
              testing::AnyOf("resource_pending", "partial_update"));
  EXPECT_THAT(report["probe"]["text"].get<std::string>(),
              HasSubstr("its update is half done: it runs firmware 1.0.9.99 with the resources of "
                        "1.0.9.70"));
  // Finished, it is forgotten.
  EXPECT_EQ(home.Do(update).status, ExitCode::kHealthy);
  home.at.air().Run(home.at.air().Now() + std::chrono::minutes(2));
  EXPECT_EQ(probed.Ask()["verdict"]["layer"], "");
}

// It ran another firmware when this computer met it last: neither the probe nor its words may pass
// over that, whether or not a sync has met it since.
TEST(Probe, AFirmwareThatWasChangedElsewhereIsToldAndKeptApartFromAnUpdateOfOurs) {
  Probed probed({"half_updated"});
  for (const bool synced : {false, true}) {
    if (synced) {
      EXPECT_EQ(probed.home().Do({"sync"}).status, ExitCode::kHealthy);
    }
    probed.home().at.air().Run(probed.home().at.air().Now() + std::chrono::minutes(2));
    const json report = probed.Ask();
    EXPECT_EQ(report["probe"]["firmware_changed_elsewhere"],
              json({{"from", "1.0.9.66"}, {"to", "1.0.9.70"}}));
    EXPECT_THAT(report["probe"]["text"].get<std::string>(),
                testing::AllOf(HasSubstr("changed elsewhere (1.0.9.66 -> 1.0.9.70)"),
                               HasSubstr("its resources may not fit")));
    // It may have its resources: no verdict of a half update, and none that it is well.
    EXPECT_FALSE(Layers(report, "trouble").contains("firmware")) << report["verdict"];
    EXPECT_FALSE(Layers(report, "ok").contains("firmware"));
    bool told = false;
    for (const auto& finding : report["findings"])
      told = told || finding["id"] == "firmware_update_done";
    EXPECT_TRUE(told);
  }
  EXPECT_THAT(probed.Text({"--lang", "de"}), HasSubstr("anderswo geändert (1.0.9.66 -> 1.0.9.70)"));
  EXPECT_THAT(probed.Text({"--lang", "ru"}), HasSubstr("в другом месте (1.0.9.66 -> 1.0.9.70)"));
}

TEST(Probe, ARadioThatCannotBeUsedIsAnError) {
  Probed probed({});
  probed.home().radio_trouble = Error{ErrorCode::kNotFound, "There is no Bluetooth adapter."};
  const auto outcome = probed.home().Do({"doctor", "--probe"});
  EXPECT_EQ(outcome.status, ExitCode::kCouldNotCheck);
  EXPECT_THAT(outcome.err, HasSubstr("no Bluetooth adapter"));
}

TEST(Probe, CtrlCEndsItAtOnce) {
  Probed probed({"dead"});
  probed.home().stop_at = std::chrono::seconds(20);
  const auto outcome = probed.home().Do({"doctor", "--probe"});
  EXPECT_EQ(outcome.status, ExitCode::kStepFailed);
  EXPECT_THAT(outcome.err, HasSubstr("Nothing was changed"));
  EXPECT_LT(probed.home().at.air().Now(), std::chrono::seconds(27));
}

}  // namespace
}  // namespace bk::band_test
