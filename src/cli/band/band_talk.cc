#include "cli/band/band_talk.h"

#include <algorithm>

#include "app/band/words.h"
#include "app/band_privacy.h"
#include "app/evidence_json.h"

namespace bk::cli {

BandTalk::BandTalk(const Options& with, const app::World& inside, const Style& in_style,
                   const language::Language& language)
    : options(with),
      world(inside),
      style(in_style),
      privacy(app::BandPrivacy(inside.band, with.show_addresses)),
      visit{.world = inside.band,
            .clock = inside.clock,
            .progress = inside.progress,
            .clean = [this](std::string_view text) { return privacy.Scrub(app::ValidUtf8(text)); },
            .language = &language,
            .adapter = with.on_band.adapter,
            .band = with.band} {}

ExitCode StatusOf(app::BandTold::End end) {
  using End = app::BandTold::End;
  switch (end) {
    case End::kDone:
      return ExitCode::kHealthy;
    case End::kNotReached:
      return ExitCode::kCouldNotCheck;
    case End::kNeedsOwner:
      return ExitCode::kTrouble;
    case End::kFailed:
    case End::kStopped:
      break;
  }
  return ExitCode::kStepFailed;
}

Outcome BandTalk::Show(const Result<app::BandTold>& told) {
  if (!told) return Failed(told.error(), privacy);
  const ExitCode status = StatusOf(told->end);
  if (options.json) return {.status = status, .out = Dump(told->document)};
  const bool stopped = told->end == app::BandTold::End::kStopped;
  if (!told->done() && !stopped) return Failed(status, told->text);
  Outcome outcome{.status = status};
  outcome.out =
      style.Paint(stopped ? Tone::kUnsure : Tone::kGood, style.Wrap(told->text, 0, 0)) + "\n";
  for (const std::string& sentence : told->more) outcome.out += Line(sentence);
  return outcome;
}

std::string BandTalk::InfoLines(const companion::BandInfo& info) const {
  constexpr std::size_t kColumn = 12;
  const auto lines = app::InfoInWords(info, visit.in());
  std::size_t widest = kColumn;
  for (const auto& [name, value] : lines) widest = std::max(widest, Columns(name) + 2);
  std::string text;
  for (const auto& [name, value] : lines)
    text += "  " + name + std::string(widest - Columns(name), ' ') + Printable(visit.clean(value)) +
            "\n";
  return text;
}

}  // namespace bk::cli
