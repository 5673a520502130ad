#include "app/band/send_update.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "app/band/messages.h"
#include "app/band/scan_bands.h"
#include "app/band/unfinished_update.h"
#include "app/band/update_band.h"
#include "app/band/words.h"

namespace bk::app {
namespace {

using codec::miband::UpdateType;
using companion::UpdateFile;
using End = UpdateResult::End;
using Phase = companion::Update::Progress::Phase;

constexpr std::chrono::seconds kSignalTime{6};

Result<std::vector<UpdateFile>> ReadAll(const BandVisit& visit,
                                        const std::vector<FileForBand>& files, bool unknown_files) {
  std::vector<UpdateFile> read;
  for (const FileForBand& one : files) {
    BK_TRY(UpdateFile file, ReadForBand(one, visit));
    if (file.version.empty() && !unknown_files && file.type != UpdateType::kWatchFace)
      return Fail(ErrorCode::kInvalid, visit.Say(kUpdateSays.not_proved, {{"path", one.name}}));
    read.push_back(std::move(file));
  }
  auto ordered = companion::InOrder(std::move(read));
  if (ordered) return ordered;
  if (visit.in().IsEnglish()) return Fail(ordered.error().code, ordered.error().message + ".");
  return Fail(ordered.error().code,
              visit.Say(ordered.error().message.starts_with("two") ? kUpdateSays.of_one_kind
                                                                   : kUpdateSays.two_versions));
}

std::string ProgressInWords(const UpdateProgress& progress, ports::RadioTime now,
                            const language::Language& language) {
  std::vector<language::Argument> with = {{"file", progress.file + 1}, {"files", progress.files}};
  const Message* says = nullptr;
  switch (progress.at.phase) {
    case Phase::kAnnouncing:
      says = &kUpdateSays.announcing;
      break;
    case Phase::kSending: {
      const double of = std::max(1.0, static_cast<double>(progress.at.of));
      with.emplace_back("percent",
                        fmt::format("{:.0f}", 100.0 * static_cast<double>(progress.at.bytes) / of));
      const auto left = progress.at.SecondsLeft(now);
      if (left) with.emplace_back("left", fmt::format("{}:{:02}", *left / 60, *left % 60));
      says = left ? &kUpdateSays.sending_left : &kUpdateSays.sending;
      break;
    }
    case Phase::kVerifying:
      says = &kUpdateSays.verifying;
      break;
    case Phase::kActivating:
      says = &kUpdateSays.activating;
      break;
  }
  if (says == nullptr) return "";
  const std::string text = language.Say(*says, with);
  return progress.attempt > 1
             ? language.Say(kUpdateSays.attempt, {{"text", text}, {"count", progress.attempt}})
             : text;
}

std::string GateInWords(const UpdateResult& result, const language::Language& language) {
  switch (result.gate.why) {
    case companion::ShutGate::Why::kBatteryUnknown:
      return language.Say(kUpdateSays.battery_unknown, {{"needed", result.gate.needed}});
    case companion::ShutGate::Why::kBatteryLow:
      return language.Say(kUpdateSays.battery_low,
                          {{"percent", result.gate.value}, {"needed", result.gate.needed}});
    case companion::ShutGate::Why::kWeak:
      break;
  }
  return language.Say(kUpdateSays.weak, {{"dbm", result.gate.value}});
}

std::string UpdateInWords(const UpdateResult& result, const language::Language& language) {
  switch (result.end) {
    case End::kDone:
      return language.Say(
          result.version_before == result.version_after ? kUpdateSays.same : kUpdateSays.done,
          {{"before", result.version_before}, {"after", result.version_after}});
    case End::kGate:
      return language.Say(kUpdateSays.gate, {{"why", GateInWords(result, language)}});
    case End::kNotFinished:
      return language.Say(kUpdateSays.not_finished);
    case End::kRefused:
      return language.Say(kUpdateSays.refused, {{"why", WhyClause(*result.failure, language)}});
    case End::kNeedsOwner:
      return WhyNotReached(result.failure, {}, language);
    case End::kStopped:
      break;
  }
  return language.Say(kUpdateSays.stopped);
}

BandTold::End EndOf(End end) {
  switch (end) {
    case End::kDone:
      return BandTold::End::kDone;
    case End::kGate:
      return BandTold::End::kNotReached;
    case End::kStopped:
      return BandTold::End::kStopped;
    case End::kNotFinished:
    case End::kRefused:
    case End::kNeedsOwner:
      break;
  }
  return BandTold::End::kFailed;
}

}  // namespace

Result<UpdateFile> ReadForBand(const FileForBand& file, const BandVisit& visit) {
  const Bytes bytes = AsBytes(file.bytes);
  auto read = companion::ReadUpdateFile({bytes.begin(), bytes.end()}, *visit.world->checksum);
  if (read) return read;
  const ErrorCode code = read.error().code;
  return Fail(code, visit.Say(code == ErrorCode::kTooLarge  ? kUpdateSays.too_large
                              : code == ErrorCode::kNotOurs ? kUpdateSays.not_ours
                                                            : kUpdateSays.empty,
                              {{"path", file.name}}));
}

std::string FileInWords(const UpdateFile& file, const language::Language& language) {
  const Message* kind = &kUpdateSays.other;
  switch (file.type) {
    case UpdateType::kFirmware:
      kind = &kUpdateSays.firmware;
      break;
    case UpdateType::kResources:
    case UpdateType::kResourcesCompressed:
      kind = &kUpdateSays.resources;
      break;
    case UpdateType::kFont:
    case UpdateType::kLatinFont:
      kind = &kUpdateSays.font;
      break;
    case UpdateType::kWatchFace:  // nobody keeps a list of them
      return language.Say(kUpdateSays.watch_face);
    default:
      break;
  }
  const std::string text = language.Say(*kind);
  return file.version.empty()
             ? language.Say(kUpdateSays.unknown, {{"kind", text}})
             : language.Say(kUpdateSays.known, {{"kind", text}, {"version", file.version}});
}

Result<BandTold> SendUpdate(const BandVisit& visit, const std::vector<FileForBand>& files,
                            bool unknown_files) {
  if (visit.world == nullptr)
    return Fail(ErrorCode::kNotSupported, visit.Say(kWaySays.no_bluetooth));
  BK_TRY(const std::vector<UpdateFile> ordered, ReadAll(visit, files, unknown_files));
  BK_TRY(const OpenBand open, OpenKnownBand(visit));
  visit.Progress(visit.Say(kWaySays.signal));
  const std::string address = FormatAddress(open.band.address);
  const BandScan scan =
      ScanBands(*open.radio, kSignalTime, [&](const std::vector<companion::NearbyBand>& bands) {
        return companion::Choose(bands, address) != nullptr;
      });
  const companion::NearbyBand* heard = companion::Choose(scan.bands, address);
  UpdateFace face;
  face.band = FaceOf(visit, open);
  UpdateMemory memory(*visit.world->keys, open.band.address, ordered.front().firmware());
  face.progress = [&](const UpdateProgress& progress) {
    memory.At(progress.file);
    visit.Progress(ProgressInWords(progress, open.radio->Now(), visit.in()));
  };
  const UpdateResult result = UpdateBand(*open.radio, open.Session(visit), ordered,
                                         heard != nullptr ? heard->rssi : std::nullopt, face);
  visit.Progress("");
  memory.Over(result.end == End::kDone);
  BandTold told{.document = BandJson("update")};
  Finish(told, EndOf(result.end), visit.clean(UpdateInWords(result, visit.in())));
  told.document["files_done"] = result.files_done;
  told.document["version_before"] = visit.clean(result.version_before);
  told.document["version_after"] = visit.clean(result.version_after);
  return told;
}

}  // namespace bk::app
