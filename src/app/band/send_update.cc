#include "app/band/send_update.h"

#include <utility>

#include "app/band/messages.h"
#include "app/band/scan_bands.h"
#include "app/band/update_band.h"
#include "app/band/update_words.h"

namespace bk::app {
namespace {

using End = UpdateResult::End;

constexpr std::chrono::seconds kSignalTime{6};

BandTold::End EndOf(End end) {
  switch (end) {
    case End::kDone:
      return BandTold::End::kDone;
    case End::kGate:
    case End::kNotRemembered:
      return BandTold::End::kNotReached;
    case End::kStopped:
      return BandTold::End::kStopped;
    default:
      return BandTold::End::kFailed;
  }
}

// nullopt: not heard, or it does not tell.
std::optional<int> SignalOf(const OpenBand& open) {
  const std::string address = FormatAddress(open.band.address);
  const BandScan scan =
      ScanBands(*open.radio, kSignalTime, [&](const std::vector<companion::NearbyBand>& bands) {
        return companion::Choose(bands, address) != nullptr;
      });
  const companion::NearbyBand* heard = companion::Choose(scan.bands, address);
  return heard == nullptr ? std::nullopt : heard->rssi;
}

}  // namespace

Result<BandTold> SendUpdate(const BandVisit& visit, const std::vector<FileForBand>& files,
                            const UpdateConsent& consent) {
  if (visit.world == nullptr)
    return Fail(ErrorCode::kNotSupported, visit.Say(kWaySays.no_bluetooth));
  UpdateWork work;
  BK_TRY(work.files, ReadAllForBand(visit, files, consent));
  // Nobody is asked for a band that is not known; nor is its radio held while one thinks.
  if (const auto known = OpenKnownBand(visit); !known) return std::unexpected(known.error());
  if (Status agreed = AgreeToUnproved(visit, work.files, consent); !agreed)
    return std::unexpected(std::move(agreed).error());
  BK_TRY(const OpenBand open, OpenKnownBand(visit));
  visit.Progress(visit.Say(kWaySays.signal));
  work.rssi = SignalOf(open);
  OwedMemory memory(*open.store, open.band.address);
  UpdateFace face;
  face.band = FaceOf(visit, open);
  face.progress = [&](const UpdateProgress& progress) {
    visit.Progress(ProgressInWords(progress, open.radio->Now(), visit.in()));
  };
  const UpdateResult result = UpdateBand(*open.radio, open.Session(visit), work, memory, face);
  visit.Progress("");
  BandTold told{.document = BandJson("update")};
  Finish(told, EndOf(result.end), visit.clean(UpdateInWords(result, visit.in())));
  if (told.done() && result.resources_of)
    told.more.push_back(
        visit.clean(LacksInWords(result.version_after, *result.resources_of, visit.in())));
  told.document["files_done"] = result.files_done;
  told.document["version_before"] = visit.clean(result.version_before);
  told.document["version_after"] = visit.clean(result.version_after);
  told.document["resources_owed"] = result.resources_of.has_value();
  return told;
}

}  // namespace bk::app
