// What the worker does over this computer's own Bluetooth beyond the verbs of every day: the band
// as a witness, live values, a new binding.
#include <utility>

#include "app/band/bind_band.h"
#include "app/band/bind_messages.h"
#include "app/band/live_band.h"
#include "app/band/messages.h"
#include "app/band/probe_in.h"
#include "app/desk/desk_room.h"
#include "app/desk/orders.h"

namespace bk::app {
namespace {

using Json = nlohmann::ordered_json;
using Is = TaskBoard::Answer::Is;

// The page draws these; at a value in two seconds the last four minutes.
constexpr std::size_t kLiveMax = 120;

Json NumberOrNull(const auto& value) { return value ? Json(*value) : Json(); }

}  // namespace

TaskResult DeskRoom::BandLive(std::chrono::seconds time) {
  const auto sitting = SitWithBand();
  Json recent = Json::array();
  LiveWishes wishes;
  wishes.time = time;
  wishes.enough = [this] { return board.TakeEnough(); };
  wishes.show = [&](const LiveSeen& seen) {
    const std::lock_guard lock(mutex);
    const std::int64_t now = WallNow();
    if (seen.beats && *seen.beats > 0) recent.push_back(*seen.beats);
    if (recent.size() > kLiveMax) recent.erase(recent.begin());
    band_part["live"] = {{"at", now},
                         {"heart_rate", NumberOrNull(seen.beats)},
                         {"low", seen.readings == 0 ? Json() : Json(seen.low)},
                         {"high", seen.readings == 0 ? Json() : Json(seen.high)},
                         {"mean", seen.readings == 0 ? Json() : Json(seen.Mean())},
                         {"readings", seen.readings},
                         {"recent", recent},
                         {"steps_today", NumberOrNull(seen.steps)},
                         {"metres_today", NumberOrNull(seen.metres)}};
    SetBand();
  };
  {
    const std::lock_guard lock(mutex);
    band_part["live"] = nullptr;
    SetBand();
  }
  return TellOfBand(WatchLive(sitting->visit, wishes));
}

TaskResult DeskRoom::BandProbing(bool phones_off) {
  const auto sitting = SitWithBand();
  const BandVisit& visit = sitting->visit;
  if (visit.world == nullptr || !visit.clock)
    return {.error = Error{ErrorCode::kNotSupported, visit.Say(kWaySays.no_bluetooth)}};
  const auto clock = visit.clock();
  const ProbeWishes wishes{.band = visit.band, .adapter = {}, .phones_off = phones_off};
  auto probed = ProbeBandIn(visit.in(), *visit.world, *clock, wishes, visit.progress);
  if (!probed) return {.error = probed.error()};
  const std::string text = probed->text;
  const bool told = !probed->evidence.findings.empty();
  const std::lock_guard lock(mutex);
  probe = *std::move(probed);
  probe_at = report_at = WallNow();
  // What was handed over and not read yet is read first; the probe is folded in then.
  const bool unread = !gathered && (with_phone || !Request().files.empty());
  if (!unread) {
    if (!gathered) gathered.emplace();
    FoldProbe();
    Renew();
    ShowReport();
    ShowInterview();
  }
  ShowCase();
  return {.text = text, .good = told};
}

TaskResult DeskRoom::BandBinding(Address address) {
  const auto sitting = SitWithBand();
  const BandVisit& visit = sitting->visit;
  const auto answer = board.Ask({.kind = "typed_word",
                                 .about = "bind",
                                 .text = visit.Say(kBindSays.price),
                                 .more = {{"word", visit.Say(kBindSays.word)}, {"harm", "lossy"}},
                                 .preview = {},
                                 .options = 0});
  if (answer.is != Is::kTyped || !IsBindWord(visit, answer.word))
    return {.text = visit.Say(kCommandSays.not_wanted), .stopped = answer.is == Is::kStop};
  auto open = OpenBandRadio(visit);
  if (!open) return {.error = open.error()};
  open->band = {address, std::nullopt};
  const auto told = BindBand(visit, *std::move(open));
  if (told && told->done()) {
    const std::lock_guard lock(mutex);
    band = address;
  }
  TaskResult result = TellOfBand(told);
  LookAtBands();
  return result;
}

}  // namespace bk::app
