// One step of a repair: consent, the journal, carrying out, and what came of it.
#include <algorithm>

#include "app/repair/messages.h"
#include "app/repair/repair_hints.h"
#include "app/repair/repair_sitting.h"
#include "repair/undo.h"

namespace bk::app {
namespace {

using repair::StepResult;
constexpr std::string_view kRestartPhone = "restart_phone";

bool NeedsGuard(const std::vector<repair::Move>& moves) {
  return std::ranges::any_of(moves, [](const repair::Move& move) {
    const auto* change = std::get_if<repair::ChangeSetting>(&move);
    return change != nullptr && change->temporary;
  });
}

}  // namespace

void RepairSitting::Mend(const troubleshoot::Step& step) {
  const troubleshoot::Fix* const fix = FixNamed(step.id);
  BK_CHECK(fix != nullptr);
  const auto action = repair::ActionFor(fix->id, traits_, situation_);
  const repair::Action* const doing = action ? &*action : nullptr;
  const bool tests_later = step.test_later;
  StepRun run{.fix = fix->id, .title = step.text, .loss = fix->loss};
  run.doer = doing == nullptr       ? repair::Doer::kWords
             : doing->moves.empty() ? repair::Doer::kFinger
                                    : repair::Doer::kTool;
  StepShown shown{.step = &step, .fix = fix, .doer = run.doer};
  shown.preview = [this, doing] {
    if (doing == nullptr) return std::vector<repair::PreviewLine>();
    return repair::Preview(*doing, doing->moves.empty(), *phone_, traits_);
  };
  // Without anybody there, what needs a finger is not begun.
  if (!request_.can_ask && run.doer != repair::Doer::kTool) {
    run.end = "skipped";
    run.sentence = Say(kFixSays.needs_person);
    PassOver(std::move(run));
    return;
  }
  face_.BeginStep(shown);
  const auto permit = Permit(shown, doing, run);
  if (!permit) {
    if (!ended_) PassOver(std::move(run));
    return;
  }
  if (!Begin()) return;
  if (!before_) before_ = NewWatch().LookBack();
  if (untested_.empty() || !goal_) goal_.emplace(NewWatch());
  (void)goal_->Begin();
  const bool done = doing == nullptr ? WordsDone(shown, *permit, run) : Carry(*doing, *permit, run);
  (void)journal_.EndFix(outcome_.repair, fix->id, run.end);
  if (ended_) {
    Note(std::move(run));
    return;
  }
  if (!done) {
    PassOver(std::move(run));
    return;
  }
  if (fix->id == kRestartPhone) {
    app_open_ = false;
    for (const PutBackSetting& one : PutBackOf(Standing()))
      face_.Tell(Say(kFixSays.restart_put_back, {{"change", one.text}}));
  }
  Note(std::move(run));
  passed_over_.insert(fix->id);
  untested_.push_back(fix);
  if (tests_later) {
    const troubleshoot::Step* const next = NextStep();
    if (next != nullptr && next->kind == troubleshoot::Step::Kind::kFix) return;
  }
  if (Watch(fix) || ended_) return;
  NoteFailed();
  Again();
}

void RepairSitting::NoteFailed() {
  for (const troubleshoot::Fix* tried : untested_) so_far_.failed.push_back(tried->id);
  untested_.clear();
}

std::optional<repair::Permit> RepairSitting::Permit(const StepShown& shown,
                                                    const repair::Action* action, StepRun& run) {
  const troubleshoot::Fix& fix = *shown.fix;
  const repair::ConsentQuestion question = repair::QuestionFor(fix, action, &knowledge_.language);
  run.end = "skipped";
  if (question.harm == repair::Harm::kHarmless && !consents_.harmless() && request_.can_ask &&
      !asked_harmless_) {
    asked_harmless_ = true;
    const Reply reply = face_.AskHarmless(*outcome_.last);
    if (reply == Reply::kStop) return Stopped(run);
    if (reply == Reply::kYes) consents_.AgreeToHarmless();
  }
  const bool settled = question.harm == repair::Harm::kHarmless && consents_.harmless();
  if (!settled && !request_.can_ask) {
    run.sentence = question.harm == repair::Harm::kHarmless
                       ? Say(kFixSays.nobody_agreed)
                       : Say(kFixSays.nobody_there, {{"question", question.text}});
    return std::nullopt;
  }
  if (question.harm == repair::Harm::kLossy) {
    const RepairFace::Typed typed = face_.AskLossy(shown, question);
    if (typed.reply == Reply::kStop) return Stopped(run);
    if (typed.reply == Reply::kYes) consents_.Type(fix.id, typed.word);
  } else if (!settled) {
    const Reply reply = face_.AskStep(shown, question);
    if (reply == Reply::kStop) return Stopped(run);
    if (reply == Reply::kYes) consents_.Agree(fix.id);
  }
  auto permit = consents_.PermitFor(fix, action);
  if (!permit) run.sentence = Say(kFixSays.not_wanted);
  return permit;
}

std::nullopt_t RepairSitting::Stopped(StepRun& run) {
  run.end = "stopped";
  EndWith(End::kStopped, Say(kFixSays.stopped));
  return std::nullopt;
}

bool RepairSitting::Begin() {
  if (outcome_.repair != 0) return true;
  const auto begun = journal_.BeginRepair(phone_->serial(), PhoneNameOf(*outcome_.last));
  if (!begun) {
    EndWith(End::kFailed, Say(kFixSays.not_written, {{"why", begun.error().message}}));
    return false;
  }
  outcome_.repair = *begun;
  return true;
}

bool RepairSitting::WordsDone(const StepShown& shown, const repair::Permit& permit, StepRun& run) {
  if (permit.harm() == repair::Harm::kLossy) {
    const Status noted = journal_.Consented(outcome_.repair, permit.fix(), permit.words());
    if (!noted) {
      run.end = "not_recorded";
      run.sentence = noted.error().message;
      return false;
    }
  }
  switch (face_.AskDone(shown)) {
    case Reply::kYes:
      run.end = "done";
      return true;
    case Reply::kNo:
      run.end = "skipped";
      run.sentence = Say(kFixSays.not_done);
      return false;
    case Reply::kStop:
      Stopped(run);
      return false;
  }
  return false;
}

bool RepairSitting::Carry(const repair::Action& action, const repair::Permit& permit,
                          StepRun& run) {
  if (!guard_ && world_.set_guard && (NeedsGuard(action.moves) || NeedsGuard(action.by_finger))) {
    auto guard = world_.set_guard(phone_->serial());
    if (!guard) {
      run.end = "not_here";
      run.sentence = guard.error().message;
      return false;
    }
    guard_ = *std::move(guard);
  }
  const repair::Workplace place = At(outcome_.repair);
  bool by_finger = action.moves.empty();
  StepResult result = repair::CarryOut(action, by_finger, permit, place, face_);
  temporary_left_ = temporary_left_ || result.temporary_left;
  // What the phone refuses, or finds nothing to change in, a finger may still do.
  const bool finger_next =
      result.end == StepResult::End::kRefused || result.end == StepResult::End::kAlready;
  if (!by_finger && finger_next && !action.by_finger.empty() && request_.can_ask) {
    if (!result.sentence.empty()) face_.Tell(result.sentence);
    const bool already = result.end == StepResult::End::kAlready;
    StepResult finger = repair::CarryOut(action, true, permit, place, face_);
    // The tool's way was right already: a finger that finds nothing either is no failure.
    if (!already || finger.end != StepResult::End::kNotSeen) result = std::move(finger);
    run.doer = repair::Doer::kFinger;
    by_finger = true;
  }
  app_open_ = app_open_ || repair::LeaveAppOpen(by_finger ? action.by_finger : action.moves);
  run.end = repair::EndName(result.end);
  run.sentence = result.sentence;
  temporary_left_ = temporary_left_ || result.temporary_left;
  switch (result.end) {
    case StepResult::End::kDone:
    case StepResult::End::kAlready:
      return true;
    case StepResult::End::kStopped:
      EndWith(End::kStopped, Say(kFixSays.stopped));
      return false;
    case StepResult::End::kJournal:
      EndWith(End::kFailed, result.sentence);
      return false;
    case StepResult::End::kPhoneGone:
      if (!PhoneIsBack()) EndWith(End::kFailed, result.sentence);
      return false;
    case StepResult::End::kRefused:
    case StepResult::End::kNotSeen:
      return false;
  }
  return false;
}

bool RepairSitting::PhoneIsBack() {
  face_.Tell(Say(kFixSays.connect_again));
  if (!phone_->WaitUntilReady(kPhoneBack)) return false;
  TellAll(repair::PutBackTemporary(outcome_.repair, At(outcome_.repair)));
  const repair::Repair* const now = journal_.Find(outcome_.repair);
  temporary_left_ = std::ranges::any_of(now->changes, [](const repair::Change& change) {
    return change.temporary && change.undoable();
  });
  return !temporary_left_;
}

void RepairSitting::Note(StepRun run) {
  face_.StepOver(run);
  outcome_.runs.push_back(std::move(run));
}

void RepairSitting::PassOver(StepRun run) {
  passed_over_.insert(run.fix);
  Note(std::move(run));
}

}  // namespace bk::app
