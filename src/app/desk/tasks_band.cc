// What the worker does over this computer's own Bluetooth: each as the verb of the terminal does
// it. Without the room's lock, but to hand in what was found.
#include <fmt/format.h>

#include <utility>

#include "app/band/bring_minutes.h"
#include "app/band/keys.h"
#include "app/band/known_band.h"
#include "app/band/messages.h"
#include "app/band/send_update.h"
#include "app/band_privacy.h"
#include "app/desk/desk_room.h"
#include "app/desk/orders.h"
#include "app/desk/stop_clock.h"
#include "app/evidence_json.h"

namespace bk::app {
namespace {

using Json = nlohmann::ordered_json;
using companion::NearbyBand;

constexpr std::chrono::seconds kListenTime{12};

TaskResult Failed(const Error& error) { return {.error = error}; }

}  // namespace

std::unique_ptr<BandSitting> DeskRoom::SitWithBand() {
  auto sitting = std::make_unique<BandSitting>();
  sitting->world = TaskWorld();
  if (options.band_clock)
    sitting->world.clock = [this]() -> std::unique_ptr<ports::Clock> {
      return std::make_unique<StopClock>(options.band_clock(), board.stop_flag());
    };
  const std::lock_guard lock(mutex);
  sitting->known = knowledge;
  sitting->visit = {.world = sitting->world.band,
                    .clock = sitting->world.clock,
                    .progress =
                        [this](std::string_view text) {
                          if (!text.empty()) board.Progress(Clean(text));
                        },
                    .clean = [this](std::string_view text) { return Clean(text); },
                    .language = &sitting->known->language,
                    .adapter = {},
                    .band = band ? FormatAddress(*band) : std::string()};
  return sitting;
}

TaskResult DeskRoom::TellOfBand(const Result<BandTold>& told) {
  if (!told) return Failed(told.error());
  if (told->info) {
    const std::lock_guard lock(mutex);
    band_part["info"] = told->document.value("info", Json());
    band_part["info_at"] = WallNow();
    SetBand();
  }
  std::string text = told->text;
  for (const std::string& sentence : told->more) text += " " + sentence;
  return {.result = told->document,
          .text = std::move(text),
          .good = told->done(),
          .stopped = told->end == BandTold::End::kStopped};
}

TaskResult DeskRoom::BandScanning() {
  const auto sitting = SitWithBand();
  const BandVisit& visit = sitting->visit;
  const auto open = OpenBandRadio(visit);
  if (!open) return Failed(open.error());
  visit.Progress(visit.Say(kWaySays.listening));
  const BandScan scan = ScanBands(*open->radio, kListenTime, [&](const std::vector<NearbyBand>&) {
    return open->clock->stopped();
  });
  const std::lock_guard lock(mutex);
  heard = scan.bands;
  Privacy choosing = BandPrivacy(options.world.band, settings.show_addresses);
  Json list = Json::array();
  for (std::size_t i = 0; i < heard.size(); ++i) {
    Json one = {{"key", fmt::format("h{}", i + 1)},
                {"name", ValidUtf8(heard[i].name)},
                {"address", choosing.Scrub(FormatAddress(heard[i].address))}};
    if (heard[i].rssi) one["rssi"] = *heard[i].rssi;
    if (heard[i].steps_today) one["steps_today"] = *heard[i].steps_today;
    if (heard[i].connectable) one["connectable"] = *heard[i].connectable;
    list.push_back(std::move(one));
  }
  band_part["heard"] = std::move(list);
  band_part["heard_at"] = WallNow();
  SetBand();
  std::string text = HeardInWords(scan, visit.in());
  if (scan.adapter_trouble) return Failed({ErrorCode::kNotFound, std::move(text)});
  return {.text = std::move(text), .good = !heard.empty(), .stopped = board.stopped()};
}

TaskResult DeskRoom::BandPairing(const NearbyBand& chosen, std::string secret) {
  const auto sitting = SitWithBand();
  const BandVisit& visit = sitting->visit;
  const auto key = ParseBandKey(secret, visit.in());
  if (!key) return Failed(key.error());
  auto open = OpenBandRadio(visit);
  if (!open) return Failed(open.error());
  open->band = {chosen.address, *key, chosen.name};
  const auto told = PairBand(visit, *std::move(open));
  if (told && told->done()) {
    const std::lock_guard lock(mutex);
    band = chosen.address;
  }
  TaskResult result = TellOfBand(told);
  LookAtBands();
  return result;
}

TaskResult DeskRoom::BandLooking() { return TellOfBand(LookAtBand(SitWithBand()->visit)); }

TaskResult DeskRoom::BandSyncing(bool keep) {
  TaskResult result = TellOfBand(BringMinutes(SitWithBand()->visit, keep));
  LookAtBands();
  return result;
}

TaskResult DeskRoom::BandDoing(BandCommand command) {
  TaskResult result = TellOfBand(CommandBand(SitWithBand()->visit, command));
  if (command == BandCommand::kReset) LookAtBands();
  return result;
}

TaskResult DeskRoom::BandReset() {
  const auto sitting = SitWithBand();
  const BandVisit& visit = sitting->visit;
  const auto answer =
      board.Ask({.kind = "typed_word",
                 .about = "reset",
                 .text = visit.Say(kCommandSays.reset_price),
                 .more = {{"word", visit.Say(kCommandSays.reset_word)}, {"harm", "lossy"}},
                 .preview = {},
                 .options = 0});
  using Is = TaskBoard::Answer::Is;
  if (answer.is != Is::kTyped || !IsResetWord(visit, answer.word))
    return {.text = visit.Say(kCommandSays.not_wanted), .stopped = answer.is == Is::kStop};
  return BandDoing(BandCommand::kReset);
}

TaskResult DeskRoom::BandUpdating(const std::vector<std::string>& ids,
                                  std::vector<std::string> sha256) {
  std::vector<std::pair<std::string, std::string>> wanted;  // name, path
  {
    const std::lock_guard lock(mutex);
    for (const std::string& id : ids)
      if (const DeskFile* file = FileOf(id)) wanted.emplace_back(file->name, file->path);
  }
  std::vector<FileForBand> sent;
  for (const auto& [name, path] : wanted) {
    auto bytes = options.world.read_text(path, kBandFileBytesMax);
    if (!bytes) return Failed(bytes.error());
    sent.push_back({name, *std::move(bytes)});
  }
  const auto sitting = SitWithBand();
  const BandVisit& visit = sitting->visit;
  const auto ask = [&](const std::string& price, const std::string& word) -> Result<bool> {
    const auto answer = board.Ask({.kind = "typed_word",
                                   .about = "update",
                                   .text = Clean(price),
                                   .more = {{"word", word}, {"harm", "lossy"}},
                                   .preview = {},
                                   .options = 0});
    return answer.is == TaskBoard::Answer::Is::kTyped && IsUpdateWord(visit, answer.word);
  };
  const auto told = SendUpdate(visit, sent, {.sha256 = std::move(sha256), .ask = ask});
  if (!told && told.error().code == ErrorCode::kStopped)
    return {.text = told.error().message, .stopped = true};
  return TellOfBand(told);
}

}  // namespace bk::app
