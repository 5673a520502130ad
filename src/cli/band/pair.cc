#include <fmt/format.h>

#include "app/band/keys.h"
#include "app/band/scan_bands.h"
#include "cli/band/band_verbs.h"
#include "cli/band/open.h"

namespace bk::cli {
namespace {

using companion::NearbyBand;
using std::chrono::seconds;

constexpr seconds kListenTime{12};
constexpr seconds kPatience{90};
constexpr std::string_view kWhereKeysComeFrom =
    "The key is made when the official app pairs the band, and is 32 hex digits long. Tools such "
    "as "
    "huami-token read it from your account (sign in with the login with which the band was "
    "paired). "
    "After a factory reset it is another one.";

std::string Line(const NearbyBand& band) {
  std::string text = band.name.empty() ? "a band of this family" : Printable(band.name);
  text += fmt::format("  {}", FormatAddress(band.address));
  if (band.rssi) text += fmt::format("  {} dBm", *band.rssi);
  if (band.steps_today) text += fmt::format("  {} steps today", *band.steps_today);
  if (band.connectable == false) text += "  held by another device";
  return text;
}

Result<Address> ChooseBand(const app::BandScan& scan, const Options& options) {
  if (scan.adapter_trouble) return Fail(ErrorCode::kNotFound, *scan.adapter_trouble);
  if (scan.bands.empty()) return Fail(ErrorCode::kNotFound, app::NoBandHeard(scan));
  if (const NearbyBand* wanted = companion::Choose(scan.bands, options.band);
      wanted != nullptr && (!options.band.empty() || scan.bands.size() == 1))
    return wanted->address;
  if (!options.band.empty())
    return Fail(ErrorCode::kNotFound, "The band that --band names was not heard.");
  std::string list = "Several bands are heard:\n";
  for (const NearbyBand& band : scan.bands) list += "  " + Line(band) + "\n";
  list += "Say which with --band ADDRESS; a band shows its address under More > Settings > About.";
  return Fail(ErrorCode::kInvalid, list);
}

// From --key-file, else typed.
Result<ports::Block16> AskKey(const Options& options, const app::World& world) {
  if (!options.on_band.key_file.empty()) {
    BK_TRY(const std::string text, world.read_text(options.on_band.key_file, 1024));
    return app::ParseBandKey(text);
  }
  if (!world.person) return Fail(ErrorCode::kInvalid, "Give the band's key with --key-file FILE.");
  BK_TRY(const auto person, world.person(false));
  person->Show(std::string(kWhereKeysComeFrom) + "\nThe band's key (nothing is sent anywhere): ");
  const auto line = person->ListenLine();
  if (line.kind != ports::Person::Heard::Kind::kKey)
    return Fail(ErrorCode::kStopped, "Stopped. Nothing was changed.");
  return app::ParseBandKey(line.text);
}

}  // namespace

Outcome PairBand(const Options& options, const app::World& world, const Style& style) {
  app::Privacy privacy(true);  // whoever pairs has to tell bands apart
  auto open = OpenRadio(options, world);
  if (!open) return Failed(open.error(), privacy);
  if (world.progress) world.progress("Listening for bands");
  const app::BandScan scan =
      app::ScanBands(*open->radio, kListenTime, [&](const std::vector<NearbyBand>& bands) {
        return !options.band.empty() && companion::Choose(bands, options.band) != nullptr;
      });
  if (world.progress) world.progress("");
  if (open->clock->stopped()) return Failed(ExitCode::kStepFailed, "Stopped. Nothing was changed.");
  const auto address = ChooseBand(scan, options);
  if (!address) return Failed(address.error(), privacy);
  const auto key = AskKey(options, world);
  if (!key) return Failed(key.error(), privacy);
  open->band = {*address, *key};
  const app::BandRun run = app::RunOnBand(
      *open->radio, open->Session(world), kPatience,
      [](const companion::BandInfo&, const companion::Procedure*) { return nullptr; },
      FaceOf(*open, world));
  if (world.progress) world.progress("");
  if (run.end != app::BandRun::End::kDone) return NotDone(run, options, "pair", privacy);
  // Kept only now: a key that the band does not take is of no use.
  if (const auto saved = app::SaveBandKey(*world.band->keys, *address, *key); !saved)
    return Failed(saved.error(), privacy);
  if (const auto told = open->store->Describe({*address, run.info.firmware, run.info.hardware, {}});
      !told)
    return Failed(told.error(), privacy);
  if (options.json) {
    nlohmann::ordered_json json = BandJson("pair");
    json["done"] = true;
    json["info"] = InfoJson(run.info);
    return {.out = Dump(json)};
  }
  return {.out =
              style.Paint(Tone::kGood, "Paired: the band accepts the key.") + "\n" +
              InfoText(run.info) +
              style.Wrap("The key lies in " + world.band->keys_place +
                             ", readable by you alone. `bandkeeper sync` brings what the band has "
                             "recorded.",
                         0, 0) +
              "\n"};
}

}  // namespace bk::cli
