#include "app/repair/everyday_set.h"

#include <algorithm>

namespace bk::app {
namespace {

using Is = repair::EverydayState::Is;

bool IsSettable(const EverydayItem& item) { return item.state.is == Is::kOff && item.tool_can; }

}  // namespace

bool EverydaySet::whole() const {
  return std::ranges::all_of(
      done, [](const Done& one) { return one.end == "done" || one.end == "already"; });
}

std::size_t CountOfSettable(const EverydayReport& report) {
  return static_cast<std::size_t>(std::ranges::count_if(report.items, IsSettable));
}

Result<EverydaySet> SetEveryday(
    const EverydayReport& report, const troubleshoot::Knowledge& knowledge, ports::Phone& phone,
    ports::Clock& clock, repair::RepairJournal& journal, repair::StepTeller& teller,
    const std::function<bool(const repair::ConsentQuestion& question)>& agree) {
  EverydaySet set;
  repair::Consents consents;
  consents.AgreeToHarmless();
  for (const EverydayItem& item : report.items) {
    if (!IsSettable(item)) continue;
    const auto fix = std::ranges::find(knowledge.fixes, item.check.fix, &troubleshoot::Fix::id);
    const auto action = repair::ActionFor(item.check.fix, report.traits, report.who.situation);
    if (fix == knowledge.fixes.end() || !action) continue;
    const repair::ConsentQuestion question = repair::QuestionFor(*fix, &*action);
    if (question.harm == repair::Harm::kDisruptive && agree(question)) consents.Agree(fix->id);
    const auto permit = consents.PermitFor(*fix, &*action);
    if (!permit) {
      set.done.push_back({fix->id, item.check.title, "skipped", "It was not agreed to."});
      continue;
    }
    if (set.repair == 0) {
      BK_TRY(set.repair, journal.BeginRepair(phone.serial(), "everyday settings"));
    }
    const repair::Workplace place{phone, clock, journal, report.traits, set.repair};
    const repair::StepResult result = repair::CarryOut(*action, false, *permit, place, teller);
    const std::string_view end = repair::EndName(result.end);
    // What cannot be recorded any more costs only a look at the phone when it is undone.
    (void)journal.EndFix(set.repair, fix->id, end);
    set.done.push_back({fix->id, item.check.title, std::string(end), result.sentence});
    if (result.end == repair::StepResult::End::kStopped ||
        result.end == repair::StepResult::End::kPhoneGone ||
        result.end == repair::StepResult::End::kJournal)
      break;
  }
  if (set.repair != 0) {
    if (const repair::Repair* made = journal.Find(set.repair))
      for (const repair::Change& change : made->changes)
        if (change.undoable())
          set.changed.push_back(
              repair::DescribeChange(report.traits, change.setting, change.before, change.left));
    (void)journal.EndRepair(set.repair, set.whole() ? "everyday settings set" : "not all was set");
  }
  return set;
}

}  // namespace bk::app
