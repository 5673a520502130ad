#include "cli/band/band_verbs.h"

namespace bk::cli {

Outcome BandVerb(const Options& options, const app::World& world, const Style& style) {
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
    default:
      return {.status = ExitCode::kInternal};
  }
}

}  // namespace bk::cli
