// The verbs that ask their owner for something: a word, files, a format.
#include "app/band/export_minutes.h"
#include "app/band/known_band.h"
#include "app/band/messages.h"
#include "app/band/send_update.h"
#include "cli/band/band_verbs.h"
#include "cli/band/messages.h"

namespace bk::cli {

Outcome ResetTheBand(BandTalk& talk) {
  // Before the question: nobody is asked for a band that is not known or cannot be reached.
  if (const auto open = app::OpenKnownBand(talk.visit); !open)
    return Failed(open.error(), talk.privacy);
  if (!talk.world.person) return Failed(ExitCode::kUsage, talk.Say(kBandTalkSays.nobody));
  auto person = talk.world.person(false);
  if (!person) return Failed(person.error(), talk.privacy);
  const std::string word = talk.Say(app::kCommandSays.reset_word);
  (*person)->Show(talk.style.Wrap(talk.Say(app::kCommandSays.reset_price), 0, 0) + "\n" +
                  talk.Say(kBandTalkSays.type_word, {{"word", word}}));
  const auto line = (*person)->ListenLine();
  if (line.kind != ports::Person::Heard::Kind::kKey || !app::IsResetWord(talk.visit, line.text))
    return Failed(ExitCode::kStepFailed, talk.Say(app::kCommandSays.not_wanted));
  return talk.Show(app::CommandBand(talk.visit, app::BandCommand::kReset));
}

namespace {

// With --json or without a terminal a script is there, which must bring a digest.
bool SomebodyIsThere(BandTalk& talk) {
  if (talk.options.json) return false;
  const auto person = talk.world.person(false);
  return person && (*person)->at_terminal();
}

// Shows the price and asks for the word, of somebody at a terminal.
Result<bool> AskForUpdate(BandTalk& talk, const std::string& price, const std::string& word) {
  BK_TRY(const auto person, talk.world.person(false));
  person->Show(talk.style.Wrap(price, 0, 0) + "\n" +
               talk.Say(kBandTalkSays.type_word, {{"word", word}}));
  const auto line = person->ListenLine();
  return line.kind == ports::Person::Heard::Kind::kKey && app::IsUpdateWord(talk.visit, line.text);
}

}  // namespace

Outcome UpdateTheBand(BandTalk& talk) {
  constexpr std::size_t kFileBytesMax = std::size_t{8} * 1024 * 1024;
  std::vector<app::FileForBand> files;
  for (const std::string& path : talk.options.files) {
    auto text = talk.world.read_text(path, kFileBytesMax);
    if (!text) return Failed(text.error(), talk.privacy);
    files.push_back({path, *std::move(text)});
  }
  app::UpdateConsent consent{.sha256 = talk.options.on_band.sha256, .ask = {}};
  if (talk.world.person && SomebodyIsThere(talk))
    consent.ask = [&talk](const std::string& price, const std::string& word) {
      return AskForUpdate(talk, price, word);
    };
  return talk.Show(app::SendUpdate(talk.visit, files, consent));
}

Outcome ExportBand(BandTalk& talk) {
  const Options& options = talk.options;
  if (talk.world.band == nullptr)
    return Failed(ExitCode::kCouldNotCheck, talk.Say(app::kWaySays.no_bluetooth));
  const auto store = talk.world.band->open_store();
  if (!store) return Failed(store.error(), talk.privacy);
  const auto band = app::FindMyBand(*talk.world.band, **store, options.band, talk.visit.in());
  if (!band) return Failed(band.error(), talk.privacy);
  const app::ExportFormat format = options.on_band.format == "json" ? app::ExportFormat::kJson
                                   : options.on_band.format == "gadgetbridge"
                                       ? app::ExportFormat::kGadgetbridge
                                       : app::ExportFormat::kCsv;
  const std::int64_t far = std::int64_t{1} << 40;
  ports::MinuteRange range{-far, far};
  if (options.on_band.days > 0 && talk.world.clock) {
    const std::int64_t now = talk.world.clock()->WallMillis() / 60'000;
    range.from = now - std::int64_t{options.on_band.days} * 24 * 60;
  }
  const auto exported =
      app::ExportMinutes(**store, band->address, range, format, [&](std::string_view text) {
        talk.world.say(text);
        return true;
      });
  if (!exported) return Failed(exported.error(), talk.privacy);
  return {};
}

}  // namespace bk::cli
