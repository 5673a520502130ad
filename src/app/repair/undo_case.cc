#include "app/repair/undo_case.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "app/evidence_json.h"
#include "app/phone/open_phone.h"
#include "app/repair/messages.h"
#include "app/repair/repair_guard.h"
#include "app/repair/repair_hints.h"
#include "repair/situation.h"

namespace bk::app {
namespace {

using repair::Change;
using repair::Repair;
using repair::RepairJournal;
using Json = nlohmann::ordered_json;

std::string_view StateName(Change::State state) {
  switch (state) {
    case Change::State::kOpen:
      return "unsure";
    case Change::State::kMade:
      return "stands";
    case Change::State::kNotMade:
      return "refused";
    case Change::State::kRestored:
      return "restored";
    case Change::State::kLeft:
      return "left";
  }
  return "unsure";
}

std::string_view HowName(repair::Undone::How how) {
  switch (how) {
    case repair::Undone::How::kRestored:
      return "restored";
    case repair::Undone::How::kAlready:
      return "already";
    case repair::Undone::How::kLeft:
      return "left";
    case repair::Undone::How::kCannot:
      return "cannot";
  }
  return "cannot";
}

std::string TitleOf(const troubleshoot::Knowledge& knowledge, const std::string& fix) {
  const auto found = std::ranges::find(knowledge.fixes, fix, &troubleshoot::Fix::id);
  return found == knowledge.fixes.end() ? fix : found->title;
}

// Which repairs are to be undone, latest first.
std::vector<std::uint64_t> Chosen(const UndoRequest& request, const RepairJournal& journal,
                                  const std::string& mark, const language::Language& language,
                                  std::vector<std::string>& others) {
  std::vector<std::uint64_t> chosen;
  const std::vector<Repair>& repairs = journal.repairs();
  for (const std::size_t number : request.numbers)
    if (number == 0 || number > repairs.size())
      others.push_back(language.Say(kFixSays.no_such_repair, {{"number", number}}));
  for (std::size_t i = repairs.size(); i-- > 0;) {
    const Repair& repair = repairs[i];
    const bool named = std::ranges::count(request.numbers, i + 1) > 0;
    const bool wanted = request.all || named || (request.numbers.empty() && chosen.empty());
    if (!wanted || (!repair.undoable() && !named)) continue;
    if (repair.phone != mark) {
      others.push_back(
          language.Say(kFixSays.other_phone,
                       {{"number", i + 1}, {"phone", PhoneNameIn(language, repair.phone_name)}}));
      continue;
    }
    chosen.push_back(repair.number);
  }
  return chosen;
}

}  // namespace

Result<PastRepairs> ListRepairs(const troubleshoot::Knowledge& knowledge, const World& world) {
  if (!world.journal || !world.clock)
    return Fail(ErrorCode::kNotFound, "No journal of repairs is kept here.");
  const auto clock = world.clock();
  BK_TRY(const auto file, world.journal(false));
  BK_TRY(const RepairJournal journal, RepairJournal::Open(*file, *clock));
  repair::PhoneTraits names{.language = &knowledge.language};
  repair::AddTitles(knowledge.apps, names);
  PastRepairs past{.lost = journal.lost()};
  for (const Repair& repair : journal.repairs()) {
    PastRepair told{.number = past.repairs.size() + 1,
                    .id = repair.number,
                    .at = repair.at,
                    .phone = repair.phone_name,
                    .outcome = repair.outcome,
                    .undoable = repair.undoable()};
    for (const Repair::Fix& fix : repair.fixes) told.fixes.push_back(TitleOf(knowledge, fix.id));
    for (const Change& change : repair.changes)
      told.changes.push_back(
          {.text = repair::IsKnown(change.setting)
                       ? repair::DescribeChange(names, change.setting, change.before, change.left)
                       : change.setting.text,
           .state = std::string(StateName(change.state))});
    past.repairs.push_back(std::move(told));
  }
  return past;
}

Result<UndoOutcome> RunUndo(const UndoRequest& request, const troubleshoot::Knowledge& knowledge,
                            const World& world) {
  if (const Status able = CanRepair(world, knowledge.language); !able)
    return std::unexpected(able.error());
  const auto clock = world.clock();
  {
    // What is not there needs no phone.
    BK_TRY(const auto file, world.journal(false));
    BK_TRY(const RepairJournal journal, RepairJournal::Open(*file, *clock));
    if (std::ranges::none_of(journal.repairs(), &Repair::undoable)) return UndoOutcome{};
  }
  BK_TRY(const auto phone, OpenPhone(*world.phones, request.serial, knowledge.language));
  BK_TRY(const auto file, AwaitJournal(world, *clock));
  BK_TRY(RepairJournal journal, RepairJournal::Open(*file, *clock));
  BK_TRY(repair::PhoneTraits traits, repair::ReadTraits(*phone, &knowledge.language));
  repair::AddTitles(knowledge.apps, traits);
  repair::AskAnyway ask;
  if (request.ask)
    ask = [&](const Change&, const repair::SettingValue&, std::string_view text) {
      return request.ask(text);
    };
  UndoOutcome outcome;
  for (const std::uint64_t number : Chosen(request, journal, repair::PhoneMark(phone->serial()),
                                           knowledge.language, outcome.others)) {
    if (clock->stopped()) break;
    const repair::Workplace place{*phone, *clock, journal, traits, number};
    for (repair::Undone& undone : repair::UndoRepair(number, place, ask))
      outcome.undone.push_back(std::move(undone));
    const Repair* const after = journal.Find(number);
    outcome.all_back = outcome.all_back && !after->undoable();
  }
  if (clock->stopped())
    return Fail(ErrorCode::kStopped, knowledge.language.Say(kFixSays.undo_goes_on));
  return outcome;
}

Json ToJson(const PastRepairs& past, Privacy& privacy) {
  const auto text = [&](std::string_view words) { return privacy.Scrub(ValidUtf8(words)); };
  Json repairs = Json::array();
  for (const PastRepair& repair : past.repairs) {
    Json changes = Json::array();
    for (const PastChange& change : repair.changes)
      changes.push_back({{"text", text(change.text)}, {"state", change.state}});
    Json fixes = Json::array();
    for (const std::string& fix : repair.fixes) fixes.push_back(text(fix));
    repairs.push_back({{"number", repair.number},
                       {"at", repair.at},
                       {"phone", text(repair.phone)},
                       {"outcome", text(repair.outcome)},
                       {"undoable", repair.undoable},
                       {"fixes", std::move(fixes)},
                       {"changes", std::move(changes)}});
  }
  return {{"schema", "bandkeeper.repairs/1"},
          {"repairs", std::move(repairs)},
          {"lost_records", past.lost}};
}

Json ToJson(const UndoOutcome& outcome, Privacy& privacy) {
  const auto text = [&](std::string_view words) { return privacy.Scrub(ValidUtf8(words)); };
  Json undone = Json::array();
  for (const repair::Undone& one : outcome.undone)
    undone.push_back({{"outcome", HowName(one.how)}, {"text", text(one.text)}});
  Json others = Json::array();
  for (const std::string& other : outcome.others) others.push_back(text(other));
  return {{"schema", "bandkeeper.undo/1"},
          {"undone", std::move(undone)},
          {"all_back", outcome.all_back},
          {"notes", std::move(others)}};
}

}  // namespace bk::app
