#include "repair/action.h"

#include <algorithm>

#include "repair/actions/table.h"

namespace bk::repair {
namespace {

const actions::Row* RowOf(std::string_view fix) {
  for (const auto rows : {actions::ToolRows(), actions::FingerRows(), actions::WordsRows()})
    if (const auto found = std::ranges::find(rows, fix, &actions::Row::fix); found != rows.end())
      return &*found;
  return nullptr;
}

// Whether this phone has a way at all, before anything is tried.
bool HasAWay(const PhoneTraits& traits, const ChangeSetting& change) {
  return WaysToWrite(traits, change.setting, change.to).has_value();
}

}  // namespace

std::optional<Doer> DoerOf(std::string_view fix) {
  const actions::Row* row = RowOf(fix);
  return row == nullptr ? std::nullopt : std::optional(row->doer);
}

std::vector<std::string_view> KnownFixes() {
  std::vector<std::string_view> fixes;
  for (const auto rows : {actions::ToolRows(), actions::FingerRows(), actions::WordsRows()})
    for (const actions::Row& row : rows) fixes.push_back(row.fix);
  return fixes;
}

bool OursToChange(const ChangeSetting& move, const SettingValue& now) {
  return move.only_from.empty() ||
         std::ranges::any_of(move.only_from, [&](const std::string& from) {
           return Same(move.setting, now, from);
         });
}

bool LeaveAppOpen(const std::vector<Move>& moves) {
  return std::ranges::any_of(moves, [](const Move& move) {
    if (const auto* deed = std::get_if<Deed>(&move)) return deed->opens_app;
    const auto* page = std::get_if<OpenPage>(&move);
    return page != nullptr && page->opens_app;
  });
}

std::optional<Action> ActionFor(std::string_view fix, const PhoneTraits& traits,
                                const Situation& situation) {
  const actions::Row* row = RowOf(fix);
  if (row == nullptr || row->make == nullptr) return std::nullopt;
  Action action{.fix = std::string(fix), .moves = {}, .by_finger = {}};
  row->make(traits, situation, action);
  // What this Android has no command for is not tried: an optional change is left out, without
  // another one the whole is for the finger.
  std::erase_if(action.moves, [&](const Move& move) {
    const auto* change = std::get_if<ChangeSetting>(&move);
    return change != nullptr && change->optional && !HasAWay(traits, *change);
  });
  if (std::ranges::any_of(action.moves, [&](const Move& move) {
        const auto* change = std::get_if<ChangeSetting>(&move);
        return change != nullptr && !HasAWay(traits, *change);
      }))
    action.moves.clear();
  if (action.moves.empty() && action.by_finger.empty()) return std::nullopt;
  return action;
}

}  // namespace bk::repair
