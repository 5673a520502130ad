#include "app/band/bring_minutes.h"

#include "app/band/known_band.h"
#include "app/band/ledger.h"
#include "app/band/messages.h"
#include "app/band/sync_band.h"
#include "app/band/words.h"

namespace bk::app {
namespace {

using End = SyncResult::End;
using Json = nlohmann::ordered_json;

std::string SyncInWords(const BandVisit& visit, const SyncResult& result,
                        const std::vector<companion::SessionNote>& notes) {
  const std::size_t fresh = result.saved.fresh + result.saved.another;
  const std::string minutes = MinutesInWords(visit.in(), fresh);
  const auto with_what_came = [&](std::string text) {
    return fresh == 0 ? text
                      : visit.Say(kMinutesSays.came_before, {{"text", text}, {"minutes", minutes}});
  };
  switch (result.end) {
    case End::kDone:
      return fresh == 0 ? visit.Say(kMinutesSays.nothing_new)
                        : visit.Say(kMinutesSays.stored, {{"minutes", minutes}});
    case End::kGivenUp: {
      std::string why = WhyNotReached(result.failure, notes, visit.in());
      if (result.long_packets_fail) why += " " + visit.Say(kMinutesSays.long_packets);
      return with_what_came(std::move(why));
    }
    case End::kRefused:
      return with_what_came(
          visit.Say(kMinutesSays.refused, {{"why", WhyClause(*result.failure, visit.in())}}));
    case End::kStopped:
      return fresh == 0 ? visit.Say(kMinutesSays.stopped)
                        : visit.Say(kMinutesSays.stopped_some, {{"minutes", minutes}});
    case End::kNotStored:
      return visit.Say(kMinutesSays.not_stored, {{"why", result.error->message}});
  }
  return "";
}

BandTold::End EndOf(const SyncResult& result) {
  switch (result.end) {
    case End::kDone:
      return BandTold::End::kDone;
    case End::kGivenUp:
      return result.failure && companion::Authenticate::KeyIsWrong(*result.failure)
                 ? BandTold::End::kNeedsOwner
                 : BandTold::End::kNotReached;
    case End::kStopped:
      return BandTold::End::kStopped;
    case End::kRefused:
    case End::kNotStored:
      break;
  }
  return BandTold::End::kFailed;
}

}  // namespace

Result<BandTold> BringMinutes(const BandVisit& visit, bool keep) {
  BK_TRY(const OpenBand open, OpenKnownBand(visit));
  SyncWishes wishes;
  wishes.session = open.Session(visit);
  wishes.acknowledge = !keep;
  wishes.zone = visit.world->local(open.WallNow()).quarter_hours;
  wishes.wall = [&open](ports::RadioTime) { return open.WallNow(); };
  std::vector<companion::SessionNote> notes;
  SyncFace face;
  face.note = [&](const companion::SessionNote& note) {
    if (const std::string words = NoteInWords(note, visit.in()); !words.empty())
      visit.Progress(words);
    notes.push_back(note);
  };
  face.progress = [&](const SyncProgress& progress) {
    visit.Progress(visit.Say(kMinutesSays.so_far,
                             {{"minutes", MinutesInWords(visit.in(), progress.minutes)}}));
  };
  face.stopped = [&open] { return open.clock->stopped(); };
  const SyncResult result = SyncBand(*open.radio, *open.store, wishes, face);
  visit.Progress("");

  BandTold told{.document = BandJson("sync")};
  Finish(told, EndOf(result), visit.clean(SyncInWords(visit, result, notes)));
  if (result.clock_off_s) {
    told.more.push_back(visit.Say(kMinutesSays.clock_was_off,
                                  {{"clock", ClockInWords(*result.clock_off_s, visit.in())}}));
    told.document["clock_was_off_seconds"] = *result.clock_off_s;
  }
  if (result.saved.another > 0)
    told.more.push_back(visit.Say(kMinutesSays.twice, {{"count", result.saved.another}}));
  if (result.changed_elsewhere) TellChanged(visit, *result.changed_elsewhere, told);
  Json gaps = Json::array();
  for (const ports::MinuteGap& gap : result.gaps) {
    gaps.push_back(
        {{"from_minute", gap.from}, {"to_minute", gap.to}, {"why", GapName(WhyOf(gap.why))}});
  }
  told.document["minutes"] = {{"new", result.saved.fresh},
                              {"known", result.saved.same},
                              {"recorded_twice", result.saved.another}};
  told.document["links"] = result.links;
  told.document["asked_again"] = result.asked_again;
  told.document["gaps"] = std::move(gaps);
  told.document["info"] = InfoJson(visit, result.info);
  TellLedger(visit, open, told);
  if (!result.info.firmware.empty()) told.info = result.info;
  return told;
}

}  // namespace bk::app
