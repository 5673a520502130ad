#include "app/band/band_alias.h"
#include "app/band/bind_band.h"
#include "app/band/bind_messages.h"
#include "app/band/keys.h"
#include "app/band/known_band.h"
#include "app/band/messages.h"
#include "cli/band/band_verbs.h"
#include "cli/band/messages.h"

namespace bk::cli {
namespace {

using companion::NearbyBand;

constexpr std::chrono::seconds kListenTime{12};

std::string Line(const BandTalk& talk, const NearbyBand& band) {
  std::string text =
      band.name.empty() ? talk.Say(kBandTalkSays.nameless) : Printable(talk.visit.clean(band.name));
  return text + "  " + app::ToChoose(band, talk.visit.in());
}

// A name fits several, of which more may be heard later.
bool IsName(const std::string& wish) { return !wish.empty() && !ParseAddress(wish); }

Result<NearbyBand> ChooseBand(const BandTalk& talk, const app::BandScan& scan) {
  const std::string& wish = talk.options.band;
  if (scan.adapter_trouble || scan.bands.empty())
    return Fail(ErrorCode::kNotFound, app::HeardInWords(scan, talk.visit.in()));
  std::vector<NearbyBand> fitting;
  for (const NearbyBand& band : scan.bands)
    if (companion::Choose({band}, wish) != nullptr ||
        app::IsCalled(*talk.world.band, band.address, wish))
      fitting.push_back(band);
  if (fitting.size() == 1) return fitting.front();
  if (fitting.empty()) return Fail(ErrorCode::kNotFound, talk.Say(kBandTalkSays.not_heard));
  std::string list = talk.Say(kBandTalkSays.several) + "\n";
  for (const NearbyBand& band : fitting) list += "  " + Line(talk, band) + "\n";
  return Fail(ErrorCode::kInvalid, list + talk.Say(app::kWhichSays.which));
}

// From --key-file, else typed; nullopt: there is none.
Result<std::optional<ports::Block16>> AskKey(const BandTalk& talk) {
  const std::string& file = talk.options.on_band.key_file;
  if (!file.empty()) {
    BK_TRY(const std::string text, talk.world.read_text(file, 1024));
    BK_TRY(const ports::Block16 key, app::ParseBandKey(text, talk.visit.in()));
    return key;
  }
  if (!talk.world.person) return Fail(ErrorCode::kInvalid, talk.Say(kBandTalkSays.give_key));
  BK_TRY(const auto person, talk.world.person(false));
  person->Show(talk.style.Wrap(talk.Say(kBandTalkSays.where_keys), 0, 0) + "\n" +
               talk.Say(kBandTalkSays.ask_key));
  const auto line = person->ListenLine();
  if (line.kind != ports::Person::Heard::Kind::kKey)
    return Fail(ErrorCode::kStopped, talk.Say(app::kWaySays.nothing_changed));
  if (line.text.empty()) return std::nullopt;
  BK_TRY(const ports::Block16 key, app::ParseBandKey(line.text, talk.visit.in()));
  return key;
}

// What a new binding takes from others is said before it is agreed to, with a typed word.
Outcome BindInstead(BandTalk& talk, app::OpenBand open) {
  {
    auto person = talk.world.person(false);
    if (!person) return Failed(person.error(), talk.privacy);
    (*person)->Show(talk.style.Wrap(talk.Say(app::kBindSays.price), 0, 0) + "\n" +
                    talk.Say(kBandTalkSays.type_word, {{"word", talk.Say(app::kBindSays.word)}}));
    const auto line = (*person)->ListenLine();
    if (line.kind != ports::Person::Heard::Kind::kKey || !app::IsBindWord(talk.visit, line.text))
      return Failed(ExitCode::kStepFailed, talk.Say(app::kCommandSays.not_wanted));
  }
  return talk.Show(app::BindBand(talk.visit, std::move(open)));
}

}  // namespace

Outcome PairBand(BandTalk& talk) {
  auto open = app::OpenBandRadio(talk.visit);
  if (!open) return Failed(open.error(), talk.privacy);
  talk.visit.Progress(talk.Say(app::kWaySays.listening));
  const app::BandScan scan =
      app::ScanBands(*open->radio, kListenTime, [&](const std::vector<NearbyBand>& bands) {
        if (open->clock->stopped()) return true;
        const std::string& wish = talk.options.band;
        return !wish.empty() && !IsName(wish) && companion::Choose(bands, wish) != nullptr;
      });
  talk.visit.Progress("");
  if (open->clock->stopped())
    return Failed(ExitCode::kStepFailed, talk.Say(app::kWaySays.nothing_changed));
  const auto chosen = ChooseBand(talk, scan);
  if (!chosen) return Failed(chosen.error(), talk.privacy);
  const auto key = AskKey(talk);
  if (!key) return Failed(key.error(), talk.privacy);
  open->band = {chosen->address, *key, chosen->name};
  if (!*key) return BindInstead(talk, *std::move(open));
  const auto told = app::PairBand(talk.visit, *std::move(open));
  Outcome outcome = talk.Show(told);
  if (told && told->done() && !talk.options.json) outcome.out += talk.InfoLines(*told->info);
  return outcome;
}

}  // namespace bk::cli
