#include "cli/band/band_verbs.h"
#include "cli/band/on_simulated_band.h"

namespace bk::cli {
namespace {

Outcome Do(const Options& options, const app::World& world, const Style& style) {
  switch (options.verb) {
    case Verb::kPair:
      return PairBand(options, world, style);
    case Verb::kInfo:
      return BandInfo(options, world, style);
    case Verb::kSync:
      return SyncMinutes(options, world, style);
    case Verb::kFind:
      return FindTheBand(options, world, style);
    case Verb::kRestart:
      return RestartTheBand(options, world, style);
    case Verb::kReset:
      return ResetTheBand(options, world, style);
    case Verb::kUpdate:
      return UpdateTheBand(options, world, style);
    case Verb::kExport:
      return ExportBand(options, world, style);
    case Verb::kWatchBand:
      return WatchTheBand(options, world, style);
    default:
      return {.status = ExitCode::kInternal};
  }
}

}  // namespace

Outcome BandVerb(const Options& options, const app::World& world, const Style& style) {
  if (!options.simulated || options.on_band.install_unit || options.on_band.remove_unit)
    return Do(options, world, style);
  return OnSimulatedBand(options, world,
                         [&](const app::World& inside) { return Do(options, inside, style); });
}

}  // namespace bk::cli
