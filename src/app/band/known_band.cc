#include "app/band/known_band.h"

#include <utility>

#include "app/band/keys.h"
#include "app/band/ledger.h"
#include "app/band/messages.h"
#include "app/band/owed_resources.h"
#include "app/band/update_words.h"
#include "companion/command.h"

namespace bk::app {
namespace {

using companion::Command;
using companion::Outcome;
using companion::Procedure;

constexpr std::chrono::seconds kPatience{120};

BandRun OnlyLook(const BandVisit& visit, const OpenBand& open) {
  return RunOnBand(
      *open.radio, open.Session(visit), kPatience,
      [](const companion::BandInfo&, const Procedure*) { return nullptr; }, FaceOf(visit, open));
}

// `hangs_up`: the band restarts with it, so that a link that ended stands for the answer.
BandRun RunCommand(const BandVisit& visit, const OpenBand& open, Command (*make)(), bool hangs_up) {
  std::optional<Outcome> answer;
  bool asked = false;
  BandRun run = RunOnBand(
      *open.radio, open.Session(visit), kPatience,
      [&](const companion::BandInfo&, const Procedure* last) -> std::unique_ptr<Procedure> {
        if (last != nullptr) answer = last->outcome();
        // Never twice: a reset whose answer was lost would meet a band that is another one.
        if (std::exchange(asked, true)) return nullptr;
        return std::make_unique<Command>(make());
      },
      FaceOf(visit, open), /*hang_up_at_once=*/true);
  if (!asked || run.end == BandRun::End::kStopped) return run;
  if (!answer && !hangs_up) {
    answer = Outcome{Outcome::End::kLinkLost, companion::Attribute::kAuth, 0, false,
                     "the link ended before it had answered"};
  }
  run.end = !answer || answer->done() ? BandRun::End::kDone : BandRun::End::kFailed;
  run.failure = answer;
  return run;
}

// What a band cannot tell itself. A store that cannot be read leaves it out, as it does the ledger.
void TellOwed(const BandVisit& visit, const OpenBand& open, BandTold& told) {
  OwedMemory memory(*open.store, open.band.address);
  const std::string& running = told.info->firmware;
  (void)memory.FirmwareIs(running);
  const auto lacks = memory.Lacks(running);
  const auto changed = memory.Changed(running);
  if (!lacks || !changed) return;
  told.document["resources_owed"] = lacks->has_value();
  if (*lacks) told.more.push_back(visit.clean(LacksInWords(running, **lacks, visit.in())));
  if (*changed) TellChanged(visit, **changed, told);
}

}  // namespace

Result<BandTold> LookAtBand(const BandVisit& visit) {
  BK_TRY(const OpenBand open, OpenKnownBand(visit));
  BandTold told = Told(visit, "info", OnlyLook(visit, open));
  if (!told.done()) return told;
  Finish(told, told.end, visit.Say(kInfoSays.answers));
  TellOwed(visit, open, told);
  TellLedger(visit, open, told);
  return told;
}

Result<BandTold> CommandBand(const BandVisit& visit, BandCommand command) {
  BK_TRY(const OpenBand open, OpenKnownBand(visit));
  switch (command) {
    case BandCommand::kFind: {
      BandTold told =
          Told(visit, "find", RunCommand(visit, open, &Command::FindBand, /*hangs_up=*/false));
      if (told.done()) Finish(told, told.end, visit.Say(kCommandSays.vibrates));
      return told;
    }
    case BandCommand::kRestart: {
      BandTold told =
          Told(visit, "restart", RunCommand(visit, open, &Command::Restart, /*hangs_up=*/true));
      if (told.done()) Finish(told, told.end, visit.Say(kCommandSays.restarts));
      return told;
    }
    case BandCommand::kReset:
      break;
  }
  BandTold told =
      Told(visit, "reset", RunCommand(visit, open, &Command::FactoryReset, /*hangs_up=*/true));
  if (!told.done()) return told;
  // Its key is void with it: nobody is to wait for a band that never answers to it again.
  if (Status forgotten = ForgetBandKey(*visit.world->keys, open.band.address); !forgotten)
    return std::unexpected(std::move(forgotten).error());
  Finish(told, told.end, visit.Say(kCommandSays.erases));
  return told;
}

bool IsResetWord(const BandVisit& visit, std::string_view word) {
  return word == kCommandSays.reset_word.english || word == visit.Say(kCommandSays.reset_word);
}

Result<BandTold> PairBand(const BandVisit& visit, OpenBand open) {
  const BandRun run = OnlyLook(visit, open);
  BandTold told = Told(visit, "pair", run);
  if (!told.done()) return told;
  if (Status saved = SaveBandKey(*visit.world->keys, open.band.address, *open.band.key); !saved)
    return std::unexpected(std::move(saved).error());
  // Before it is described: a band that is paired anew may run another firmware by now.
  if (Status met = OwedMemory(*open.store, open.band.address).FirmwareIs(run.info.firmware); !met)
    return std::unexpected(std::move(met).error());
  if (Status described = open.store->Describe(
          {open.band.address, run.info.firmware, run.info.hardware, {}, open.band.name});
      !described)
    return std::unexpected(std::move(described).error());
  Finish(told, told.end, visit.Say(kPairSays.paired));
  // A secret store has no path.
  const std::string& place = visit.world->keys_place;
  told.more = {place.starts_with('/') ? visit.clean(visit.Say(kPairSays.kept, {{"place", place}}))
                                      : visit.Say(kPairSays.kept_secret)};
  return told;
}

void TellChanged(const BandVisit& visit, const ChangedElsewhere& changed, BandTold& told) {
  told.more.push_back(visit.clean(ChangedInWords(changed, visit.in())));
  told.document["firmware_changed_elsewhere"] = {{"from", visit.clean(changed.before)},
                                                 {"to", visit.clean(changed.now)}};
}

void TellLedger(const BandVisit& visit, const OpenBand& open, BandTold& told) {
  const auto ledger = LedgerOf(*open.store, open.band.address);
  if (!ledger) return;
  for (std::string& sentence : LedgerInWords(*ledger, visit.in()))
    told.more.push_back(std::move(sentence));
  told.document["ledger"] = LedgerJson(*ledger);
}

std::string HeardInWords(const BandScan& scan, const language::Language& language) {
  if (scan.adapter_trouble) return *scan.adapter_trouble;
  if (!scan.bands.empty()) return language.Say(kPairSays.heard, {{"count", scan.bands.size()}});
  if (scan.others == 0) return language.Say(kPairSays.deaf);
  return language.Say(kPairSays.others, {{"count", scan.others}});
}

}  // namespace bk::app
