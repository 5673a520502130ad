// Before the first step: what an earlier run left behind, and which app is the band's. After the
// last: whether the phone keeps over a restart what was changed.
#include <algorithm>

#include "app/repair/messages.h"
#include "app/repair/repair_hints.h"
#include "app/repair/repair_sitting.h"
#include "repair/undo.h"

namespace bk::app {

bool RepairSitting::RollBackInterrupted() {
  if (journal_.lost() > 0) face_.Tell(Say(kFixSays.journal_damaged, {{"count", journal_.lost()}}));
  for (const std::uint64_t number : repair::HotRepairs(journal_, phone_->serial())) {
    const repair::Workplace place = At(number);
    const repair::Repair hot = *journal_.Find(number);
    if (!hot.undoable()) {
      (void)journal_.EndRepair(number, "interrupted");
      continue;
    }
    std::vector<std::string> changes;
    for (const repair::Change& change : hot.changes)
      if (change.undoable())
        changes.push_back(
            repair::DescribeChange(traits_, change.setting, change.before, change.left));
    const Reply reply = request_.can_ask ? face_.OfferRollBack(hot, changes) : Reply::kNo;
    if (reply == Reply::kStop) return false;
    if (reply == Reply::kYes)
      TellAll(repair::UndoRepair(number, place, AskAnyway()));
    else
      TellAll(repair::PutBackTemporary(number, place));
    const repair::Repair* const after = journal_.Find(number);
    const bool temporary_left = std::ranges::any_of(
        after->changes,
        [](const repair::Change& change) { return change.temporary && change.undoable(); });
    if (!after->ended && !temporary_left)
      (void)journal_.EndRepair(number, reply == Reply::kYes ? "rolled back" : "interrupted");
  }
  return !clock_->stopped();
}

repair::AskAnyway RepairSitting::AskAnyway() {
  if (!request_.can_ask) return nullptr;
  return [this](const repair::Change&, const repair::SettingValue&, std::string_view text) {
    return face_.AskWhich(Say(kFixSays.all_the_same, {{"text", text}}),
                          {Say(kFixSays.put_it_back), Say(kFixSays.leave_it)}) == 0;
  };
}

void RepairSitting::TellAll(const std::vector<repair::Undone>& all) {
  for (const repair::Undone& undone : all) face_.Tell(undone.text);
}

void RepairSitting::ChooseCompanion(const Report& report) {
  radio_ = ReadRadioUse(*phone_, *world_.patterns, knowledge_.apps);
  const std::vector<std::string> candidates = AskWho(report);
  if (candidates.size() < 2 || !request_.can_ask || !request_.app.empty()) return;
  std::vector<std::string> titles;
  for (const std::string& package : candidates) titles.push_back(traits_.TitleOf(package));
  const std::size_t which = face_.AskWhich(Say(kFixSays.which_app), titles);
  if (which == 0 || which >= candidates.size()) return;
  companion_ = candidates[which];
  (void)AskWho(report);
}

std::vector<std::string> RepairSitting::AskWho(const Report& report) {
  repair::WhoIsWho who =
      repair::FindWhoIsWho(*phone_, traits_, knowledge_.apps, HintsOf(report, radio_, companion_));
  outcome_.companion = ChoiceOf(who);
  outcome_.other_companions = OthersText(outcome_.companion, traits_);
  situation_ = std::move(who.situation);
  companion_ = situation_.companion;
  return std::move(who.candidates);
}

std::vector<repair::Change> RepairSitting::Standing() const {
  const repair::Repair* const made = journal_.Find(outcome_.repair);
  std::vector<repair::Change> standing;
  if (made == nullptr) return standing;
  for (const repair::Change& change : made->changes)
    if (change.undoable() && !change.temporary) standing.push_back(change);
  return standing;
}

void RepairSitting::NoteChanged() {
  for (const repair::Change& change : Standing())
    outcome_.changed.push_back(
        repair::DescribeChange(traits_, change.setting, change.before, change.left));
}

void RepairSitting::AfterProof() {
  const bool works = outcome_.end == End::kProved || outcome_.end == End::kConfirmed;
  if (works && !enough_) KeepItSo();
  const std::vector<repair::Change> standing = Standing();
  NoteChanged();
  if (!works || standing.empty() || !request_.can_ask || enough_ || clock_->stopped()) return;
  const troubleshoot::Fix* const restart = FixNamed("restart_phone");
  const auto action = repair::ActionFor("restart_phone", traits_, situation_);
  if (restart == nullptr || !action) return;
  if (face_.OfferRestartCheck(outcome_.changed) != Reply::kYes) return;
  consents_.Agree(restart->id);
  const auto permit = consents_.PermitFor(*restart, &*action);
  if (!permit) return;
  const repair::StepResult result =
      repair::CarryOut(*action, false, *permit, At(outcome_.repair), face_);
  if (!result.done()) {
    face_.Tell(result.sentence);
    return;
  }
  AfterRestart(standing);
}

std::vector<PutBackSetting> RepairSitting::PutBackOf(const std::vector<repair::Change>& standing) {
  std::vector<repair::SettingId> ids;
  for (const repair::Change& change : standing) ids.push_back(change.setting);
  const auto now = repair::ReadSettings(*phone_, traits_, ids);
  std::vector<PutBackSetting> all;
  for (std::size_t i = 0; i < standing.size(); ++i)
    if (now[i] && !repair::Same(ids[i], *now[i], standing[i].left))
      all.push_back({.change = standing[i],
                     .now = *now[i],
                     .set_at = clock_->WallMillis(),
                     .text = repair::DescribeChange(traits_, ids[i], standing[i].left, *now[i])});
  return all;
}

void RepairSitting::AfterRestart(const std::vector<repair::Change>& standing) {
  const std::vector<PutBackSetting> put_back = PutBackOf(standing);
  for (const PutBackSetting& one : put_back) outcome_.put_back_by_phone.push_back(one.text);
  // Once more by hand of the tool, so that the phone is not left worse than it was found.
  if (!put_back.empty() && face_.OfferAgain(outcome_.put_back_by_phone) == Reply::kYes)
    (void)SetAgain(put_back);
  constexpr std::chrono::milliseconds kBandBack{3 * 60'000}, kLook{3'000};
  GoalWatch watch = NewWatch();
  (void)watch.Begin();
  const auto until = clock_->Now() + kBandBack;
  while (!clock_->stopped()) {
    const GoalSeen seen = watch.Look();
    outcome_.link_after_restart = seen.link;
    const auto left = until - clock_->Now();
    if (seen.link || left.count() <= 0 || !face_.Watching(seen, left) || !clock_->Wait(kLook))
      break;
  }
}

bool RepairSitting::RestorePutBack() {
  const std::vector<PutBackSetting> all =
      FindPutBack(*phone_, traits_, journal_, clock_->WallMillis());
  if (all.empty()) return false;
  for (const PutBackSetting& one : all) outcome_.put_back_since.push_back(one.text);
  if (!request_.can_ask) return request_.yes && SetAgain(all);
  switch (face_.OfferAgain(outcome_.put_back_since)) {
    case Reply::kYes:
      return SetAgain(all);
    case Reply::kNo:
      return false;
    case Reply::kStop:
      EndWith(End::kStopped, Say(kFixSays.stopped));
      return false;
  }
  return false;
}

bool RepairSitting::SetAgain(const std::vector<PutBackSetting>& all) {
  bool any = false;
  for (const PutBackSetting& one : all) {
    const troubleshoot::Fix* const fix = FixNamed(one.change.fix);
    if (fix == nullptr || !repair::CanBeWritten(one.change.setting)) continue;
    const repair::Action action{
        .fix = fix->id,
        .moves = {repair::ChangeSetting{.setting = one.change.setting, .to = one.change.left}}};
    if (repair::QuestionFor(*fix, &action).harm != repair::Harm::kHarmless) continue;
    consents_.Agree(fix->id);
    const auto permit = consents_.PermitFor(*fix, &action);
    if (!permit || !Begin()) return any;
    const repair::StepResult result =
        repair::CarryOut(action, false, *permit, At(outcome_.repair), face_);
    (void)journal_.EndFix(outcome_.repair, fix->id, repair::EndName(result.end));
    if (result.done()) {
      any = true;
      outcome_.set_again.push_back(
          Say(kFixSays.set_again,
              {{"what", repair::Describe(traits_, one.change.setting)},
               {"value", repair::DescribeValue(traits_, one.change.setting, one.change.left)}}));
    } else {
      face_.Tell(result.sentence);
    }
  }
  return any;
}

}  // namespace bk::app
