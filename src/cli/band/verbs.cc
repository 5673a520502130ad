#include <fmt/format.h>

#include "app/band/bring_minutes.h"
#include "app/band/known_band.h"
#include "app/band/live_band.h"
#include "app/band/messages.h"
#include "cli/band/band_verbs.h"
#include "cli/band/on_simulated_band.h"
#include "cli/words_verb.h"

namespace bk::cli {
namespace {

// A simulated measurement without an end would never end: its time passes as fast as it can.
constexpr int kSimulatedSeconds = 60;

Outcome BandLive(BandTalk& talk) {
  app::LiveWishes wishes;
  int seconds = talk.options.on_band.seconds;
  if (seconds == 0 && talk.options.simulated) seconds = kSimulatedSeconds;
  if (seconds > 0) wishes.time = std::chrono::seconds(seconds);
  return talk.Show(app::WatchLive(talk.visit, wishes));
}

Outcome BandInfo(BandTalk& talk) {
  if (talk.options.on_band.live) return BandLive(talk);
  const auto told = app::LookAtBand(talk.visit);
  if (!told || !told->done() || talk.options.json) return talk.Show(told);
  Outcome outcome{.out = "Mi Smart Band 4\n" + talk.InfoLines(*told->info)};
  for (const std::string& sentence : told->more) outcome.out += talk.Line(sentence);
  return outcome;
}

Outcome SyncMinutes(BandTalk& talk) {
  const auto told = app::BringMinutes(talk.visit, talk.options.on_band.keep);
  Outcome outcome = talk.Show(told);
  if (!talk.options.json && !outcome.out.empty() && told->info && told->info->battery)
    outcome.out +=
        fmt::format("  {} {}.\n", talk.Say(app::kInfoSays.battery),
                    talk.Say(app::kInfoSays.percent, {{"percent", told->info->battery->percent}}));
  return outcome;
}

Outcome Do(BandTalk& talk) {
  switch (talk.options.verb) {
    case Verb::kPair:
      return PairBand(talk);
    case Verb::kInfo:
      return BandInfo(talk);
    case Verb::kSync:
      return SyncMinutes(talk);
    case Verb::kFind:
      return talk.Show(app::CommandBand(talk.visit, app::BandCommand::kFind));
    case Verb::kRestart:
      return talk.Show(app::CommandBand(talk.visit, app::BandCommand::kRestart));
    case Verb::kReset:
      return ResetTheBand(talk);
    case Verb::kUpdate:
      return UpdateTheBand(talk);
    case Verb::kExport:
      return ExportBand(talk);
    case Verb::kWatchBand:
      return WatchTheBand(talk);
    default:
      return {.status = ExitCode::kInternal};
  }
}

}  // namespace

Outcome BandVerb(const Options& options, const app::World& world, const Style& style) {
  const auto knowledge = KnowledgeInLanguage(options, world);
  if (!knowledge) return Failed(ExitCode::kUsage, knowledge.error().message);
  const auto in = [&](const app::World& inside) {
    BandTalk talk(options, inside, style, knowledge->language);
    return Do(talk);
  };
  if (!options.simulated || options.on_band.install_unit || options.on_band.remove_unit)
    return in(world);
  return OnSimulatedBand(options, world, in);
}

}  // namespace bk::cli
