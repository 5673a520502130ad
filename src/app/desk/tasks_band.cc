// What the worker does over this computer's own Bluetooth: each as the verb of the terminal does
// it. Without the room's lock, but to hand in what was found.
#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "app/band/keys.h"
#include "app/band/scan_bands.h"
#include "app/band/sync_band.h"
#include "app/band/unfinished_update.h"
#include "app/band/update_band.h"
#include "app/desk/desk_room.h"
#include "app/desk/orders.h"
#include "app/desk/stop_clock.h"
#include "app/evidence_json.h"
#include "companion/command.h"

namespace bk::app {
namespace {

using Json = nlohmann::ordered_json;
using companion::Command;
using companion::NearbyBand;
using companion::Procedure;
using companion::SessionNote;
using std::chrono::seconds;

constexpr seconds kListenTime{12}, kSignalTime{6}, kPatience{120};
constexpr std::size_t kLedgerMax = 1'000;
constexpr std::string_view kResetWord = "erase";
constexpr std::string_view kResetText =
    "A factory reset erases every minute that was not synced, the key and all settings of the "
    "band, and gives it another address. It must be paired anew in the official app, and gets "
    "another key. It cannot be undone. Sync first: that saves what is on it.";

TaskResult Failed(const Error& error) { return {.error = error}; }
TaskResult Failed(ErrorCode code, std::string text) {
  return {.error = Error{code, std::move(text)}};
}

std::string Words(const SessionNote& note) {
  using Kind = SessionNote::Kind;
  switch (note.kind) {
    case Kind::kConnecting:
      return "Waiting for the band's answer";
    case Kind::kLinkUp:
      return "Connected; reading its services";
    case Kind::kDiscovered:
      return "Authenticating";
    case Kind::kAuthenticated:
      return "Authenticated; setting up";
    case Kind::kReady:
      return "Ready";
    case Kind::kFailed:
    case Kind::kLost:
      return "The link was lost; trying again";
    case Kind::kPausing:
      return note.pause.count() == 0
                 ? ""
                 : fmt::format("Next attempt in {} s", (note.pause.count() + 500'000) / 1'000'000);
    case Kind::kNotHeard:
      return "The band is not heard; still trying";
    case Kind::kHeard:
      return note.connectable == false ? "Another device holds the band; waiting until it lets go"
                                       : "The band is heard; connecting";
    case Kind::kAdapter:
      return note.text.empty() ? "Bluetooth is back" : note.text;
    case Kind::kGivenUp:
      break;
  }
  return "";
}

Json InfoJson(const companion::BandInfo& info) {
  Json json = {{"firmware", ValidUtf8(info.firmware)}, {"hardware", ValidUtf8(info.hardware)}};
  if (info.battery) {
    json["battery_percent"] = info.battery->percent;
    json["charging"] = info.battery->charging;
  }
  if (info.clock_ahead_s) json["clock_ahead_seconds"] = *info.clock_ahead_s;
  json["clock_set"] = info.clock_set;
  return json;
}

Json BandDocument(std::string_view verb, bool done) {
  return {{"schema", "bandkeeper.band/1"}, {"verb", verb}, {"done", done}};
}

// Clock, store and radio, and for most the band with its key.
struct Opened {
  World world;
  std::unique_ptr<ports::Clock> clock;
  std::unique_ptr<ports::BandStore> store;
  std::unique_ptr<ports::BandRadio> radio;
  MyBand band;
  std::int64_t wall_now = 0;

  [[nodiscard]] companion::BandSession::Options Session() const {
    return SessionFor(*world.band, band, *radio, *clock);
  }
  [[nodiscard]] BandFace Face() const {
    return {.note =
                [this](const SessionNote& note) {
                  if (const std::string words = Words(note); !words.empty()) world.progress(words);
                },
            .tick = {},
            .stopped = [this] { return clock->stopped(); }};
  }
};

Result<std::unique_ptr<Opened>> OpenRadio(World world) {
  auto open = std::make_unique<Opened>();
  open->world = std::move(world);
  if (open->world.band == nullptr || !open->world.clock)
    return Fail(ErrorCode::kNotSupported, "This computer's Bluetooth cannot be used from here.");
  BK_TRY(open->store, open->world.band->open_store());
  open->clock = open->world.clock();
  BK_TRY(open->radio,
         open->world.band->open_radio(
             {.adapter = {}, .stopped = [clock = open->clock.get()] { return clock->stopped(); }}));
  open->wall_now = open->clock->WallMillis() / 1000;
  return open;
}

Result<std::unique_ptr<Opened>> OpenMine(World world, const std::optional<Address>& chosen) {
  BK_TRY(auto open, OpenRadio(std::move(world)));
  BK_TRY(open->band, FindMyBand(*open->world.band, *open->store,
                                chosen ? FormatAddress(*chosen) : std::string()));
  if (!open->band.key)
    return Fail(ErrorCode::kNotFound,
                "The key of this band is not known here: pair it first, with it beside you.");
  return open;
}

TaskResult NotDone(const BandRun& run, std::string_view verb) {
  if (run.end == BandRun::End::kStopped)
    return {.result = BandDocument(verb, false),
            .text = "Stopped. The band was left as it was.",
            .stopped = true};
  return {.result = BandDocument(verb, false), .text = WhyNotReached(run.failure, run.notes)};
}

std::string Minutes(std::size_t minutes) {
  if (minutes < 120) return fmt::format("{} minutes", minutes);
  if (minutes < 48 * 60) return fmt::format("{:.1f} hours", static_cast<double>(minutes) / 60);
  return fmt::format("{:.1f} days", static_cast<double>(minutes) / (24 * 60));
}

std::string SyncSentence(const SyncResult& result, const std::vector<SessionNote>& notes) {
  using End = SyncResult::End;
  const std::size_t fresh = result.saved.fresh + result.saved.another;
  const std::string came =
      fresh == 0 ? "" : fmt::format(" {} came before that and are stored.", Minutes(fresh));
  switch (result.end) {
    case End::kDone:
      return fresh == 0 ? "The band has nothing new."
                        : fmt::format("{} of activity are here and stored.", Minutes(fresh));
    case End::kGivenUp:
      return WhyNotReached(result.failure, notes) + came;
    case End::kRefused:
      return "The band refused to send its records: " + result.failure->text + "." + came;
    case End::kStopped:
      return fresh == 0 ? "Stopped; the band keeps its records."
                        : fmt::format(
                              "Stopped. {} came and are stored; the next sync goes on from "
                              "there.",
                              Minutes(fresh));
    case End::kNotStored:
      return result.error->message + ". The band keeps what was not stored.";
  }
  return "";
}

std::string UpdateSentence(const UpdateResult& result) {
  using End = UpdateResult::End;
  switch (result.end) {
    case End::kDone:
      return result.version_before == result.version_after
                 ? "Updated. The band's firmware is " + result.version_after + "."
                 : "Updated: the band's firmware was " + result.version_before + " and is " +
                       result.version_after + ".";
    case End::kGate:
      return "Not begun: " + result.text + ".";
    case End::kNotFinished:
      return "The update could not be finished. The band keeps what it had; bring it close and "
             "start again, it begins where it must.";
    case End::kRefused:
      return "The band refused the file: " + result.failure->text + ". It keeps what it had.";
    case End::kNeedsOwner:
      return WhyNotReached(result.failure, {});
    case End::kStopped:
      return "Stopped. The band keeps what it had; start again to go on.";
  }
  return "";
}

std::string UpdateProgressText(const UpdateProgress& progress, ports::RadioTime now) {
  using Phase = companion::Update::Progress::Phase;
  std::string text = fmt::format("File {} of {}: ", progress.file + 1, progress.files);
  switch (progress.at.phase) {
    case Phase::kAnnouncing:
      text += "announcing";
      break;
    case Phase::kSending: {
      const double of = std::max(1.0, static_cast<double>(progress.at.of));
      text += fmt::format("{:.0f} %", 100.0 * static_cast<double>(progress.at.bytes) / of);
      if (const auto left = progress.at.SecondsLeft(now))
        text += fmt::format(", {}:{:02} left", *left / 60, *left % 60);
      break;
    }
    case Phase::kVerifying:
      text += "the band checks it";
      break;
    case Phase::kActivating:
      text += "the band restarts with it";
      break;
  }
  return progress.attempt > 1 ? text + fmt::format(" (attempt {})", progress.attempt) : text;
}

// Runs one command, never twice: a reset whose answer was lost would meet a band that is another
// one. `hangs_up`: the band restarts with it, so that a link that ended stands for the answer.
BandRun RunCommand(Opened& open, Command (*make)(), bool hangs_up) {
  std::optional<companion::Outcome> answer;
  bool asked = false;
  BandRun run = RunOnBand(
      *open.radio, open.Session(), kPatience,
      [&](const companion::BandInfo&, const Procedure* last) -> std::unique_ptr<Procedure> {
        if (last != nullptr) answer = last->outcome();
        if (std::exchange(asked, true)) return nullptr;
        return std::make_unique<Command>(make());
      },
      open.Face(), /*hang_up_at_once=*/true);
  if (!asked || run.end == BandRun::End::kStopped) return run;
  if (!answer && !hangs_up)
    answer = companion::Outcome{companion::Outcome::End::kLinkLost, companion::Attribute::kAuth, 0,
                                false, "the link ended before it had answered"};
  run.end = !answer || answer->done() ? BandRun::End::kDone : BandRun::End::kFailed;
  run.failure = answer;
  return run;
}

Json LedgerJson(ports::BandStore& store, Address band) {
  const auto stored = store.Stored(band);
  const auto gaps = store.Gaps(band);
  if (!stored || !gaps) return nullptr;
  std::int64_t minutes = 0;
  Json ranges = Json::array(), missing = Json::array();
  for (const ports::MinuteRange& range : *stored) minutes += range.to - range.from;
  for (std::size_t i = stored->size() - std::min(stored->size(), kLedgerMax); i < stored->size();
       ++i)
    ranges.push_back({(*stored)[i].from, (*stored)[i].to});
  for (std::size_t i = gaps->size() - std::min(gaps->size(), kLedgerMax); i < gaps->size(); ++i)
    missing.push_back(
        {{"from_minute", (*gaps)[i].from},
         {"to_minute", (*gaps)[i].to},
         {"why", (*gaps)[i].why == ports::MinuteGap::Why::kOff ? "off" : "overwritten"}});
  return {{"minutes", minutes},
          {"first_minute", stored->empty() ? Json() : Json(stored->front().from)},
          {"next_minute", stored->empty() ? Json() : Json(stored->back().to)},
          {"stored", std::move(ranges)},
          {"gaps", std::move(missing)}};
}

}  // namespace

World DeskRoom::BandWorldOf() {
  World world = TaskWorld();
  if (options.band_clock)
    world.clock = [this]() -> std::unique_ptr<ports::Clock> {
      return std::make_unique<StopClock>(options.band_clock(), board.stop_flag());
    };
  return world;
}

void DeskRoom::LookAtBands() {
  Json list = Json::array();
  std::string sentence;
  Json ledger;
  std::vector<ports::KeptBand> kept;
  std::unique_ptr<ports::BandStore> store;
  if (options.world.band == nullptr) {
    sentence = "This computer's Bluetooth cannot be used from here.";
  } else if (auto opened = options.world.band->open_store(); !opened) {
    sentence = opened.error().message;
  } else {
    store = *std::move(opened);
    if (auto bands = store->Bands()) kept = *std::move(bands);
  }
  const std::lock_guard lock(mutex);
  if (!band && kept.size() == 1) band = kept.front().address;
  for (const ports::KeptBand& one : kept) {
    auto& key = band_keys[one.address.bits];
    if (key.empty()) key = fmt::format("b{}", band_keys.size());
    const auto secret = options.world.band->keys == nullptr
                            ? Result<std::optional<ports::Block16>>(std::nullopt)
                            : LoadBandKey(*options.world.band->keys, one.address);
    list.push_back({{"key", key},
                    {"name", privacy.Scrub(FormatAddress(one.address))},
                    {"firmware", ValidUtf8(one.firmware)},
                    {"hardware", ValidUtf8(one.hardware)},
                    {"has_key", secret && secret->has_value()}});
  }
  if (band && store) ledger = LedgerJson(*store, *band);
  if (!band_part.is_object())
    band_part = {{"available", false},    {"sentence", ""},         {"chosen", nullptr},
                 {"bands", nullptr},      {"heard", Json::array()}, {"heard_at", nullptr},
                 {"info", nullptr},       {"info_at", nullptr},     {"ledger", nullptr},
                 {"files", Json::array()}};
  if (!options.simulated_band.empty()) {
    band_part["simulated_band"] = ValidUtf8(options.simulated_band);
    band_part["simulated_key"] = options.simulated_key;
  }
  band_part["available"] = sentence.empty();
  band_part["sentence"] = privacy.Scrub(ValidUtf8(sentence));
  band_part["chosen"] =
      band && band_keys.contains(band->bits) ? Json(band_keys[band->bits]) : Json();
  band_part["bands"] = std::move(list);
  band_part["ledger"] = std::move(ledger);
  ShowFiles();
}

TaskResult DeskRoom::BandScanning() {
  auto open = OpenRadio(BandWorldOf());
  if (!open) return Failed(open.error());
  board.Progress("Listening for bands");
  const BandScan scan =
      ScanBands(*(*open)->radio, kListenTime,
                [&](const std::vector<NearbyBand>&) { return (*open)->clock->stopped(); });
  const std::lock_guard lock(mutex);
  heard = scan.bands;
  Json list = Json::array();
  for (std::size_t i = 0; i < heard.size(); ++i) {
    Json one = {{"key", fmt::format("h{}", i + 1)},
                {"name", ValidUtf8(heard[i].name)},
                {"address", FormatAddress(heard[i].address)}};
    if (heard[i].rssi) one["rssi"] = *heard[i].rssi;
    if (heard[i].steps_today) one["steps_today"] = *heard[i].steps_today;
    if (heard[i].connectable) one["connectable"] = *heard[i].connectable;
    list.push_back(std::move(one));
  }
  band_part["heard"] = std::move(list);
  band_part["heard_at"] = WallNow();
  SetBand();
  if (scan.adapter_trouble) return Failed(ErrorCode::kNotFound, *scan.adapter_trouble);
  if (!heard.empty())
    return {.text = heard.size() == 1 ? "One band is heard."
                                      : fmt::format("{} bands are heard.", heard.size()),
            .good = true,
            .stopped = board.stopped()};
  return {.text = NoBandHeard(scan), .stopped = board.stopped()};
}

TaskResult DeskRoom::BandPairing(Address address, std::string secret) {
  const auto key = ParseBandKey(secret);
  if (!key) return Failed(key.error());
  auto open = OpenRadio(BandWorldOf());
  if (!open) return Failed(open.error());
  Opened& at = **open;
  at.band = {address, *key};
  const BandRun run = RunOnBand(
      *at.radio, at.Session(), kPatience,
      [](const companion::BandInfo&, const Procedure*) { return nullptr; }, at.Face());
  if (run.end != BandRun::End::kDone) return NotDone(run, "pair");
  // Kept only now: a key that the band does not take is of no use.
  if (const Status saved = SaveBandKey(*at.world.band->keys, address, *key); !saved)
    return Failed(saved.error());
  if (const Status told = at.store->Describe({address, run.info.firmware, run.info.hardware, {}});
      !told)
    return Failed(told.error());
  {
    const std::lock_guard lock(mutex);
    band = address;
    band_part["info"] = InfoJson(run.info);
    band_part["info_at"] = WallNow();
  }
  LookAtBands();
  return {.result = BandDocument("pair", true),
          .text =
              "Paired: the band accepts the key. It is kept on this computer, readable by you "
              "alone. Sync brings what the band has recorded.",
          .good = true};
}

TaskResult DeskRoom::BandLooking() {
  std::optional<Address> chosen;
  {
    const std::lock_guard lock(mutex);
    chosen = band;
  }
  auto open = OpenMine(BandWorldOf(), chosen);
  if (!open) return Failed(open.error());
  const BandRun run = RunOnBand(
      *(*open)->radio, (*open)->Session(), kPatience,
      [](const companion::BandInfo&, const Procedure*) { return nullptr; }, (*open)->Face());
  if (run.end != BandRun::End::kDone) return NotDone(run, "info");
  Json json = BandDocument("info", true);
  json["info"] = InfoJson(run.info);
  {
    const std::lock_guard lock(mutex);
    band_part["info"] = json["info"];
    band_part["info_at"] = WallNow();
    SetBand();
  }
  return {.result = std::move(json), .text = "The band answers.", .good = true};
}

TaskResult DeskRoom::BandSyncing(bool keep) {
  std::optional<Address> chosen;
  {
    const std::lock_guard lock(mutex);
    chosen = band;
  }
  auto open = OpenMine(BandWorldOf(), chosen);
  if (!open) return Failed(open.error());
  Opened& at = **open;
  SyncWishes wishes;
  wishes.session = at.Session();
  wishes.acknowledge = !keep;
  wishes.zone = at.world.band->local(at.wall_now).quarter_hours;
  wishes.wall = [start = at.radio->Now(), wall = at.wall_now](ports::RadioTime now) {
    return wall + (now - start).count() / 1'000'000;
  };
  std::vector<SessionNote> notes;
  SyncFace face;
  face.note = [&](const SessionNote& note) {
    if (const std::string words = Words(note); !words.empty()) board.Progress(words);
    notes.push_back(note);
  };
  face.progress = [&](const SyncProgress& progress) {
    board.Progress(fmt::format("Syncing: {} so far", Minutes(progress.minutes)));
  };
  face.stopped = [&] { return at.clock->stopped(); };
  const SyncResult result = SyncBand(*at.radio, *at.store, wishes, face);
  Json json = BandDocument("sync", result.end == SyncResult::End::kDone);
  json["minutes"] = {{"new", result.saved.fresh},
                     {"known", result.saved.same},
                     {"recorded_twice", result.saved.another}};
  json["links"] = result.links;
  json["asked_again"] = result.asked_again;
  json["info"] = InfoJson(result.info);
  if (!result.info.firmware.empty()) {
    const std::lock_guard lock(mutex);
    band_part["info"] = json["info"];
    band_part["info_at"] = WallNow();
  }
  LookAtBands();
  return {.result = std::move(json),
          .text = SyncSentence(result, notes),
          .good = result.end == SyncResult::End::kDone,
          .stopped = result.end == SyncResult::End::kStopped};
}

TaskResult DeskRoom::BandCommand(std::string_view verb) {
  std::optional<Address> chosen;
  {
    const std::lock_guard lock(mutex);
    chosen = band;
  }
  auto open = OpenMine(BandWorldOf(), chosen);
  if (!open) return Failed(open.error());
  const bool find = verb == "find";
  const BandRun run = RunCommand(**open,
                                 find              ? &Command::FindBand
                                 : verb == "reset" ? &Command::FactoryReset
                                                   : &Command::Restart,
                                 /*hangs_up=*/!find);
  if (run.end != BandRun::End::kDone) return NotDone(run, verb);
  std::string text = "The band vibrates.";
  if (verb == "reset")
    text =
        "The band erases itself and restarts. Pair it in the official app; then pair it here "
        "with its new key.";
  else if (!find)
    text =
        "The band restarts. Key and settings stay; whether minutes that were not synced survive "
        "a restart is not known of every firmware.";
  return {.result = BandDocument(verb, true), .text = std::move(text), .good = true};
}

TaskResult DeskRoom::BandReset() {
  const auto answer = board.Ask({.kind = "typed_word",
                                 .about = "reset",
                                 .text = std::string(kResetText),
                                 .more = {{"word", kResetWord}, {"harm", "lossy"}},
                                 .preview = {},
                                 .options = 0});
  using Is = TaskBoard::Answer::Is;
  if (answer.is != Is::kTyped || answer.word != kResetWord)
    return {.text = "Nothing was changed.", .stopped = answer.is == Is::kStop};
  return BandCommand("reset");
}

TaskResult DeskRoom::BandUpdating(std::vector<std::string> paths, bool unknown_file) {
  constexpr std::size_t kFileBytesMax = std::size_t{8} << 20;
  std::optional<Address> chosen;
  {
    const std::lock_guard lock(mutex);
    chosen = band;
  }
  std::vector<companion::UpdateFile> update;
  for (const std::string& path : paths) {
    const auto text = options.world.read_text(path, kFileBytesMax);
    if (!text) return Failed(ErrorCode::kNotReadable, "A file of the update cannot be read.");
    const Bytes bytes = AsBytes(*text);
    auto file =
        companion::ReadUpdateFile({bytes.begin(), bytes.end()}, *options.world.band->checksum);
    if (!file) return Failed(file.error());
    if (file->version.empty() && !unknown_file &&
        file->type != codec::miband::UpdateType::kWatchFace)
      return Failed(ErrorCode::kInvalid,
                    "The checksum of a file is none of the official files' that are known here, so "
                    "nothing proves that it is whole. Allow unknown files if you trust it.");
    update.push_back(*std::move(file));
  }
  auto ordered = companion::InOrder(std::move(update));
  if (!ordered) return Failed(ordered.error());
  auto open = OpenMine(BandWorldOf(), chosen);
  if (!open) return Failed(open.error());
  Opened& at = **open;
  board.Progress("Looking how well the band is heard");
  const std::string address = FormatAddress(at.band.address);
  const BandScan scan =
      ScanBands(*at.radio, kSignalTime, [&](const std::vector<NearbyBand>& bands) {
        return companion::Choose(bands, address) != nullptr;
      });
  const NearbyBand* near = companion::Choose(scan.bands, address);
  UpdateFace face;
  face.band = at.Face();
  UpdateMemory memory(*at.world.band->keys, at.band.address, ordered->front().firmware());
  face.progress = [&](const UpdateProgress& progress) {
    memory.At(progress.file);
    board.Progress(UpdateProgressText(progress, at.radio->Now()));
  };
  const UpdateResult result = UpdateBand(*at.radio, at.Session(), *ordered,
                                         near != nullptr ? near->rssi : std::nullopt, face);
  memory.Over(result.end == UpdateResult::End::kDone);
  Json json = BandDocument("update", result.end == UpdateResult::End::kDone);
  json["files_done"] = result.files_done;
  json["version_before"] = result.version_before;
  json["version_after"] = result.version_after;
  return {.result = std::move(json),
          .text = UpdateSentence(result),
          .good = result.end == UpdateResult::End::kDone,
          .stopped = result.end == UpdateResult::End::kStopped};
}

}  // namespace bk::app
