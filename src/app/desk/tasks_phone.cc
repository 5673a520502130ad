// What the worker does with a phone: each as the verb of the terminal does it. Without the room's
// lock, but to hand in what was found.
#include <array>
#include <nlohmann/json.hpp>

#include "app/desk/desk_room.h"
#include "app/desk/orders.h"
#include "app/evidence_json.h"
#include "app/phone/messages.h"
#include "app/phone/open_phone.h"
#include "app/repair/everyday_case.h"
#include "app/repair/everyday_set.h"
#include "app/repair/kept_settings.h"
#include "app/repair/messages.h"
#include "app/repair/phone_diagnosis.h"
#include "app/repair/repair_case.h"
#include "app/repair/undo_case.h"
#include "app/repair/watch_case.h"

namespace bk::app {
namespace {

using Json = nlohmann::ordered_json;

TaskResult Failed(const Error& error) { return {.error = error}; }

}  // namespace

TaskResult DeskRoom::Diagnose(bool phone, bool with_report) {
  DiagnoseRequest request;
  std::shared_ptr<const troubleshoot::Knowledge> known;
  std::string which;
  {
    const std::lock_guard lock(mutex);
    request = Request();
    known = knowledge;
    which = serial;
  }
  if (phone) request.phone = {.serial = which, .deep = with_report};
  const World world = TaskWorld();
  auto found = GatherCase(request, *known, world);
  if (!found) return Failed(found.error());
  std::vector<PutBackSetting> since;
  if (phone) since = LookAtPutBack(which, *known, world);

  const std::lock_guard lock(mutex);
  gathered = *std::move(found);
  with_phone = phone;
  deep = with_report;
  changed = false;
  read_at = report_at = WallNow();
  put_back = ToJson(since, privacy);
  FoldProbe();
  Renew();
  ShowReport();
  ShowInterview();
  ShowCase();
  const troubleshoot::Verdict& verdict = report->diagnosis.verdict;
  return {.text = verdict.text, .good = true};
}

TaskResult DeskRoom::Plan() {
  RepairRequest request;
  std::shared_ptr<const troubleshoot::Knowledge> known;
  std::string wish;
  {
    const std::lock_guard lock(mutex);
    request = {.serial = serial, .app = settings.app};
    known = knowledge;
    wish = band_wish;
  }
  const World world = TaskWorld();
  const DiagnosePhone diagnose = DiagnosisOf(wish, *known, world);
  const auto dry = RunDry(request, *known, world, diagnose);
  if (!dry) return Failed(dry.error());
  const std::lock_guard lock(mutex);
  Json json = Marked(ToJson(*dry, privacy));
  json.erase("report");
  plan = {{"at", WallNow()}, {"plan", std::move(json)}};
  Set("plan", plan);
  return {.text = dry->report.diagnosis.verdict.text, .good = true};
}

TaskResult DeskRoom::Repair() {
  RepairRequest request;
  std::shared_ptr<const troubleshoot::Knowledge> known;
  std::string wish;
  {
    const std::lock_guard lock(mutex);
    request = {.serial = serial, .app = settings.app};
    known = knowledge;
    wish = band_wish;
  }
  const World world = TaskWorld();
  const DiagnosePhone diagnose = DiagnosisOf(wish, *known, world);
  const auto clean = [this](std::string_view text) { return Clean(text); };
  // What the repair sees of the phone is what the page shows from then on.
  const auto show = [this](const Report& seen) {
    const std::lock_guard lock(mutex);
    // Files and answers say more than the phone alone: the case stays theirs.
    if (!Request().files.empty() || !answers.empty()) {
      changed = true;
      ShowCase();
      return;
    }
    gathered = Gathered{.report = seen};
    gathered->context.band_seen = seen.band.chosen.has_value() || !band_wish.empty();
    if (seen.evidence.phone) {
      gathered->context.android_sdk = seen.evidence.phone->sdk;
      gathered->context.maker = seen.evidence.phone->maker;
    }
    report = seen;
    report->timeline = {};
    report->evidence.events.clear();
    with_phone = true;
    deep = changed = false;
    read_at = report_at = WallNow();
    ShowReport();
    ShowCase();
  };
  PageFace face(board, clean, known->language, show, options.simulated_owner);
  const auto outcome_of = RunRepair(request, *known, world, diagnose, face);
  if (!outcome_of) return Failed(outcome_of.error());
  using End = RepairOutcome::End;
  const End end = outcome_of->end;
  const bool good = end == End::kNothingWrong || end == End::kProved || end == End::kConfirmed;
  // After a cure the phone is another one than the report tells of.
  if (!outcome_of->runs.empty() && !board.stopped() && end != End::kFailed) {
    board.Progress(known->language.Say(kDeskSays.once_more));
    bool alone = false;
    {
      const std::lock_guard lock(mutex);
      alone = Request().files.empty() && answers.empty();
    }
    if (alone) (void)Diagnose(true, false);
  }
  const std::lock_guard lock(mutex);
  Json json = Marked(ToJson(*outcome_of, privacy));
  json["before"] = json["after"] = nullptr;
  return {.result = std::move(json),
          .text = outcome_of->sentence,
          .good = good,
          .stopped = end == End::kStopped};
}

TaskResult DeskRoom::Undo(const std::vector<std::size_t>& numbers, bool all) {
  UndoRequest request{.all = all, .numbers = numbers};
  std::shared_ptr<const troubleshoot::Knowledge> known;
  {
    const std::lock_guard lock(mutex);
    request.serial = serial;
    known = knowledge;
  }
  const auto clean = [this](std::string_view text) { return Clean(text); };
  PageFace face(board, clean, known->language);
  request.ask = [&](std::string_view text) {
    const language::Language& in = known->language;
    return face.AskWhich(in.Say(kFixSays.all_the_same, {{"text", text}}),
                         {in.Say(kFixSays.put_it_back), in.Say(kFixSays.leave_it)}) == 0;
  };
  const auto undone = RunUndo(request, *known, TaskWorld());
  if (!undone) return Failed(undone.error());
  const std::lock_guard lock(mutex);
  changed = changed || with_phone;
  ShowCase();
  std::string text = known->language.Say(undone->undone.empty() ? kDeskSays.nothing_left
                                         : undone->all_back     ? kDeskSays.all_back
                                                                : kDeskSays.not_all_back);
  return {.result = Marked(ToJson(*undone, privacy)),
          .text = std::move(text),
          .good = undone->all_back};
}

TaskResult DeskRoom::Everyday(bool set) {
  std::shared_ptr<const troubleshoot::Knowledge> known;
  std::string which, app;
  {
    const std::lock_guard lock(mutex);
    known = knowledge;
    which = serial;
    app = settings.app;
  }
  const World world = TaskWorld();
  if (world.phones == nullptr)
    return Failed({ErrorCode::kNotFound, known->language.Say(kLiveSays.no_cable)});
  board.Progress(known->language.Say(kDeskSays.everyday));
  auto phone = OpenPhone(*world.phones, which, known->language);
  if (!phone) return Failed(phone.error());
  auto looked = LookAtEveryday({.app = app}, **phone, *known);
  if (!looked) return Failed(looked.error());
  const std::vector<PutBackSetting> since = LookAtPutBack(which, *known, world);
  std::optional<EverydaySet> made;
  if (set && CountOfSettable(*looked) > 0) {
    const auto clean = [this](std::string_view text) { return Clean(text); };
    PageFace face(board, clean, known->language);
    auto tried = SetEverydayHere(
        *looked, *known, world, **phone, face,
        [&](const repair::ConsentQuestion& question) { return face.AskEveryday(question); });
    if (!tried) return Failed(tried.error());
    made = *std::move(tried);
    // What stands is what the phone says afterwards.
    looked = LookAtEveryday({.app = app}, **phone, *known);
    if (!looked) return Failed(looked.error());
  }
  const std::lock_guard lock(mutex);
  Json json = Marked(ToJson(*looked));
  json["put_back"] = ToJson(since, privacy);
  json["set"] = made ? ToJson(*made) : Json();
  everyday = {{"at", WallNow()}, {"settable", CountOfSettable(*looked)}, {"report", json}};
  Set("everyday", everyday);
  const std::size_t off = looked->CountOf(repair::EverydayState::Is::kOff);
  return {.result = std::move(json),
          .text = known->language.Say(off == 0 ? kDeskSays.everyday_good : kDeskSays.everyday_off),
          .good = off == 0,
          .stopped = board.stopped()};
}

TaskResult DeskRoom::Watch(double hours) {
  WatchRequest request{.hours = hours};
  std::shared_ptr<const troubleshoot::Knowledge> known;
  {
    const std::lock_guard lock(mutex);
    request.serial = serial;
    request.band = band_wish;
    request.app = settings.app;
    known = knowledge;
  }
  static constexpr std::array<const char*, 6> kKinds = {"begun", "link_up",    "drop",
                                                        "sync",  "phone_gone", "phone_back"};
  const auto tell = [this](const WatchEvent& event) {
    board.Log({{"kind", "event"},
               {"text", Clean(event.text)},
               {"event", kKinds[static_cast<std::size_t>(event.kind)]}});
  };
  const auto watched = WatchPhone(request, *known, TaskWorld(), tell);
  if (!watched) return Failed(watched.error());
  const std::lock_guard lock(mutex);
  return {.result = Marked(ToJson(*watched, privacy)),
          .text = watched->sentence,
          .good = watched->good(),
          .stopped = watched->stopped};
}

void DeskRoom::LookAtRepairs() {
  std::shared_ptr<const troubleshoot::Knowledge> known;
  {
    const std::lock_guard lock(mutex);
    known = knowledge;
  }
  const auto past = ListRepairs(*known, TaskWorld());
  const std::lock_guard lock(mutex);
  Json json;
  if (past) {
    json = ToJson(*past, privacy);
    bool interrupted = false;
    for (const PastRepair& one : past->repairs)
      interrupted = interrupted || (one.outcome.empty() && one.undoable);
    json["interrupted"] = interrupted;
    json["sentence"] = "";
  } else {
    json = {{"schema", "bandkeeper.repairs/1"},
            {"repairs", Json::array()},
            {"lost_records", 0},
            {"interrupted", false},
            {"sentence", privacy.Scrub(ValidUtf8(past.error().message))}};
  }
  ShowRepairs(std::move(json));
}

}  // namespace bk::app
