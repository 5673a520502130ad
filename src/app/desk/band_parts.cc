// What the page sees of bands without a radio: which are known, what is stored of them, which files
// lie ready for them.
#include <fmt/format.h>

#include <utility>

#include "app/band/keys.h"
#include "app/band/ledger.h"
#include "app/band/messages.h"
#include "app/band/prove_files.h"
#include "app/band/update_words.h"
#include "app/desk/desk_room.h"
#include "app/desk/orders.h"
#include "app/evidence_json.h"

namespace bk::app {
namespace {

using Json = nlohmann::ordered_json;

}  // namespace

void DeskRoom::LookAtBands() {
  Json list = Json::array();
  std::string sentence;
  Json ledger;
  std::vector<ports::KeptBand> kept;
  std::unique_ptr<ports::BandStore> store;
  bool without = false;
  if (options.world.band == nullptr) {
    without = true;
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
  if (band && store)
    if (const auto kept_minutes = LedgerOf(*store, *band)) ledger = LedgerJson(*kept_minutes);
  if (!band_part.is_object())
    band_part = {{"available", false}, {"sentence", ""},         {"chosen", nullptr},
                 {"bands", nullptr},   {"heard", Json::array()}, {"heard_at", nullptr},
                 {"info", nullptr},    {"info_at", nullptr},     {"ledger", nullptr},
                 {"live", nullptr},    {"files", Json::array()}};
  if (options.simulated_band) band_part["simulated_key"] = options.simulated_key;
  band_part["available"] = !without && sentence.empty();
  band_part["sentence"] = privacy.Scrub(ValidUtf8(sentence));
  band_part["chosen"] =
      band && band_keys.contains(band->bits) ? Json(band_keys[band->bits]) : Json();
  band_part["bands"] = std::move(list);
  band_part["ledger"] = std::move(ledger);
  ShowFiles();
}

void DeskRoom::JudgeBandFile(DeskFile& file) {
  if (!file.for_band || file.state == DeskFile::State::kUploading) return;
  const auto failed = [&](std::string sentence) {
    file.state = DeskFile::State::kFailed;
    file.sentence = privacy.Scrub(ValidUtf8(sentence));
  };
  if (options.world.band == nullptr || !options.world.read_text) return;
  auto bytes = options.world.read_text(file.path, kBandFileBytesMax);
  if (!bytes) return failed(knowledge->language.Say(kUpdateSays.not_readable));
  BandVisit visit;
  visit.world = options.world.band;
  visit.language = &knowledge->language;
  const auto read = ReadForBand({file.name, *std::move(bytes)}, visit);
  if (!read) return failed(read.error().message);
  file.state = DeskFile::State::kReady;
  file.sentence = FileInWords(*read, knowledge->language);
}

}  // namespace bk::app
