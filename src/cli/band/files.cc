// The verbs with files: update, export.
#include <fmt/format.h>

#include "app/band/export_minutes.h"
#include "app/band/scan_bands.h"
#include "app/band/unfinished_update.h"
#include "app/band/update_band.h"
#include "cli/band/band_verbs.h"
#include "cli/band/open.h"

namespace bk::cli {
namespace {

using companion::UpdateFile;
using End = app::UpdateResult::End;
using Phase = companion::Update::Progress::Phase;

constexpr std::size_t kFileBytesMax = std::size_t{8} * 1024 * 1024;
constexpr std::chrono::seconds kSignalTime{6};

Result<std::vector<UpdateFile>> ReadFiles(const Options& options, const app::World& world) {
  std::vector<UpdateFile> files;
  for (const std::string& path : options.files) {
    BK_TRY(const std::string text, world.read_text(path, kFileBytesMax));
    const Bytes bytes = AsBytes(text);
    auto file = companion::ReadUpdateFile({bytes.begin(), bytes.end()}, *world.band->checksum);
    if (!file) return Fail(file.error().code, path + ": " + file.error().message + ".");
    if (file->version.empty() && !options.on_band.unknown_file &&
        file->type != codec::miband::UpdateType::kWatchFace) {
      return Fail(
          ErrorCode::kInvalid,
          fmt::format("{}: its checksum is none of the official files' that are known here, so "
                      "nothing proves that it is whole. If you trust it, say --unknown-file.",
                      path));
    }
    files.push_back(std::move(*file));
  }
  return companion::InOrder(std::move(files));
}

std::string ProgressText(const app::UpdateProgress& progress, ports::RadioTime now) {
  std::string text = fmt::format("File {} of {}: ", progress.file + 1, progress.files);
  switch (progress.at.phase) {
    case Phase::kAnnouncing:
      text += "announcing";
      break;
    case Phase::kSending: {
      const double share =
          100.0 * static_cast<double>(progress.at.bytes) / static_cast<double>(progress.at.of);
      text += fmt::format("{:.0f} %", share);
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
  if (progress.attempt > 1) text += fmt::format(" (attempt {})", progress.attempt);
  return text;
}

std::string Sentence(const app::UpdateResult& result) {
  switch (result.end) {
    case End::kDone:
      return result.version_before == result.version_after
                 ? "Updated. The band's firmware is " + result.version_after + "."
                 : "Updated: the band's firmware was " + result.version_before + " and is " +
                       result.version_after + ".";
    case End::kGate:
      return "Not begun: " + result.text + ".";
    case End::kNotFinished:
      return "The update could not be finished. The band keeps what it had; bring it close and run "
             "the "
             "same command again, it begins where it must.";
    case End::kRefused:
      return "The band refused the file: " + result.failure->text + ". It keeps what it had.";
    case End::kNeedsOwner:
      return app::WhyNotReached(result.failure, {});
    case End::kStopped:
      return "Stopped. The band keeps what it had; run the same command again to go on.";
  }
  return "";
}

}  // namespace

Outcome UpdateTheBand(const Options& options, const app::World& world, const Style& style) {
  app::Privacy privacy(options.show_addresses);
  if (world.band == nullptr)
    return Failed(ExitCode::kCouldNotCheck, "This bandkeeper was made without Bluetooth.");
  const auto files = ReadFiles(options, world);
  if (!files) return Failed(files.error(), privacy);
  auto open = OpenMyBand(options, world);
  if (!open) return Failed(open.error(), privacy);
  if (world.progress) world.progress("Looking how well the band is heard");
  const auto scan = app::ScanBands(
      *open->radio, kSignalTime, [&](const std::vector<companion::NearbyBand>& bands) {
        return companion::Choose(bands, FormatAddress(open->band.address)) != nullptr;
      });
  const auto* heard = companion::Choose(scan.bands, FormatAddress(open->band.address));
  app::UpdateFace face;
  face.band = FaceOf(*open, world);
  app::UpdateMemory memory(*world.band->keys, open->band.address, files->front().firmware());
  face.progress = [&](const app::UpdateProgress& progress) {
    memory.At(progress.file);
    if (world.progress) world.progress(ProgressText(progress, open->radio->Now()));
  };
  const app::UpdateResult result =
      app::UpdateBand(*open->radio, open->Session(world), *files,
                      heard != nullptr ? heard->rssi : std::nullopt, face);
  if (world.progress) world.progress("");
  memory.Over(result.end == End::kDone);
  const ExitCode status = result.end == End::kDone   ? ExitCode::kHealthy
                          : result.end == End::kGate ? ExitCode::kCouldNotCheck
                                                     : ExitCode::kStepFailed;
  if (options.json) {
    nlohmann::ordered_json json = BandJson("update");
    json["done"] = result.end == End::kDone;
    json["text"] = privacy.Scrub(Sentence(result));
    json["files_done"] = result.files_done;
    json["version_before"] = result.version_before;
    json["version_after"] = result.version_after;
    return {.status = status, .out = Dump(json)};
  }
  if (result.end != End::kDone) return Failed(status, privacy.Scrub(Sentence(result)));
  return {.out = style.Paint(Tone::kGood, style.Wrap(Sentence(result), 0, 0)) + "\n"};
}

Outcome ExportBand(const Options& options, const app::World& world, const Style&) {
  app::Privacy privacy(options.show_addresses);
  if (world.band == nullptr)
    return Failed(ExitCode::kCouldNotCheck, "This bandkeeper was made without Bluetooth.");
  const auto store = world.band->open_store();
  if (!store) return Failed(store.error(), privacy);
  const auto band = app::FindMyBand(*world.band, **store, options.band);
  if (!band) return Failed(band.error(), privacy);
  const app::ExportFormat format = options.on_band.format == "json" ? app::ExportFormat::kJson
                                   : options.on_band.format == "gadgetbridge"
                                       ? app::ExportFormat::kGadgetbridge
                                       : app::ExportFormat::kCsv;
  const std::int64_t far = std::int64_t{1} << 40;
  ports::MinuteRange range{-far, far};
  if (options.on_band.days > 0 && world.clock) {
    const std::int64_t now = world.clock()->WallMillis() / 60'000;
    range.from = now - std::int64_t{options.on_band.days} * 24 * 60;
  }
  const auto exported =
      app::ExportMinutes(**store, band->address, range, format, [&](std::string_view text) {
        world.say(text);
        return true;
      });
  if (!exported) return Failed(exported.error(), privacy);
  return {};
}

}  // namespace bk::cli
