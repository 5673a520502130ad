#include "app/repair/repair_case.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <set>

#include "app/repair/repair_guard.h"
#include "app/repair/repair_hints.h"
#include "repair/undo.h"

namespace bk::app {
namespace {

using repair::StepResult;
using Reply = RepairFace::Reply;
using Said = RepairFace::Said;
using End = RepairOutcome::End;
using std::chrono::milliseconds;

constexpr int kStepsMax = 60;               // of one sitting, questions included
constexpr milliseconds kLookEvery{2'000};   // at the goal
constexpr milliseconds kPhoneBack{60'000};  // for a cable that was pulled

milliseconds Minutes(double minutes) {
  return milliseconds(static_cast<std::int64_t>(minutes * 60'000));
}

bool NeedsGuard(const std::vector<repair::Move>& moves) {
  return std::ranges::any_of(moves, [](const repair::Move& move) {
    const auto* change = std::get_if<repair::ChangeSetting>(&move);
    return change != nullptr && change->temporary;
  });
}

const troubleshoot::Fix* FixNamed(const troubleshoot::Knowledge& knowledge, std::string_view id) {
  const auto found = std::ranges::find(knowledge.fixes, id, &troubleshoot::Fix::id);
  return found == knowledge.fixes.end() ? nullptr : &*found;
}

class Case {
 public:
  Case(const RepairRequest& request, const troubleshoot::Knowledge& knowledge, const World& world,
       const DiagnosePhone& diagnose, RepairFace& face, std::unique_ptr<ports::Clock> clock,
       std::unique_ptr<ports::Phone> phone, repair::RepairJournal journal)
      : request_(request),
        knowledge_(knowledge),
        world_(world),
        diagnose_(diagnose),
        face_(face),
        clock_(std::move(clock)),
        phone_(std::move(phone)),
        journal_(std::move(journal)) {
    if (request.yes) consents_.AgreeToHarmless();
  }

  Result<RepairOutcome> Run() {
    BK_TRY(traits_, repair::ReadTraits(*phone_));
    repair::AddTitles(knowledge_.apps, traits_);
    if (!RollBackInterrupted()) return Over(End::kStopped, "Stopped.");
    BK_TRY(Report report, Diagnose());
    outcome_.first = outcome_.last = report;
    face_.ShowVerdict(report, false);
    switch (report.diagnosis.verdict.outcome) {
      case troubleshoot::Outcome::kHealthy:
        return Over(End::kNothingWrong, "Nothing is wrong; nothing was changed.");
      case troubleshoot::Outcome::kNoBand:
      case troubleshoot::Outcome::kNoTrouble:
        return Over(End::kNoVerdict, "Nothing was changed: the phone shows no trouble to mend.");
      default:
        break;
    }
    ChooseCompanion(report);
    Loop();
    AfterProof();
    return Close();
  }

 private:
  Result<Report> Diagnose() {
    if (world_.progress) world_.progress("Looking at the phone …");
    auto report = diagnose_(*phone_, failed_, said_);
    if (world_.progress) world_.progress("");
    return report;
  }

  // ---- what an earlier run left behind; false: stop here
  bool RollBackInterrupted() {
    if (journal_.lost() > 0)
      face_.Tell(
          fmt::format("The journal of repairs is damaged: {} record{} cannot be read. What "
                      "they held cannot be put back.",
                      journal_.lost(), journal_.lost() == 1 ? "" : "s"));
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

  repair::AskAnyway AskAnyway() {
    if (!request_.can_ask) return nullptr;
    return [this](const repair::Change&, const repair::SettingValue&, std::string_view text) {
      return face_.AskWhich(std::string(text) + " Put it back all the same?",
                            {"put it back", "leave it"}) == 0;
    };
  }
  void TellAll(const std::vector<repair::Undone>& all) {
    for (const repair::Undone& undone : all) face_.Tell(undone.text);
  }

  // ---- which app
  void ChooseCompanion(const Report& report) {
    radio_ = ReadRadioUse(*phone_, *world_.patterns, knowledge_.apps);
    const std::vector<std::string> candidates = AskWho(report);
    if (candidates.size() < 2 || !request_.can_ask) return;
    std::vector<std::string> titles;
    for (const std::string& package : candidates) titles.push_back(traits_.TitleOf(package));
    const std::size_t which = face_.AskWhich("Which app do you use with the band?", titles);
    if (which == 0 || which >= candidates.size()) return;
    companion_ = candidates[which];
    (void)AskWho(report);
  }

  // Who is who on the phone, as far as the case knows; gives the candidates for the band's app.
  std::vector<std::string> AskWho(const Report& report) {
    repair::WhoIsWho who = repair::FindWhoIsWho(*phone_, traits_, knowledge_.apps,
                                                HintsOf(report, radio_, companion_));
    situation_ = std::move(who.situation);
    companion_ = situation_.companion;
    return std::move(who.candidates);
  }

  // ---- the steps
  void Loop() {
    for (int n = 0; n < kStepsMax && !ended_; ++n) {
      if (clock_->stopped()) {
        EndWith(End::kStopped, "Stopped.");
        return;
      }
      const troubleshoot::Step* const step = NextStep();
      if (step == nullptr) {
        NothingLeft();
        return;
      }
      if (step->kind == troubleshoot::Step::Kind::kAsk)
        Ask(*step);
      else
        Mend(*step);
    }
    if (!ended_) NothingLeft();
  }

  // The first of the plan that is still to be done.
  const troubleshoot::Step* NextStep() const {
    for (const troubleshoot::Step& step : outcome_.last->diagnosis.plan.steps) {
      if (passed_over_.contains(step.id)) continue;
      if (step.kind == troubleshoot::Step::Kind::kAsk && !request_.can_ask) continue;
      return &step;
    }
    return nullptr;
  }

  void NothingLeft() {
    const std::string& instead = outcome_.last->diagnosis.plan.instead;
    // What was done together may still be waiting for its test.
    if (!untested_.empty() && Watch(untested_.back())) return;
    if (!ended_)
      EndWith(End::kNothingLeft,
              instead.empty() ? "Nothing is left that could help from here." : instead);
  }

  void Ask(const troubleshoot::Step& step) {
    const std::string id = step.id;
    const Said said = face_.AskFinding(step);
    if (said == Said::kStop) {
      EndWith(End::kStopped, "Stopped.");
      return;
    }
    passed_over_.insert(id);
    if (said == Said::kNotKnown) return;
    said_.push_back({.id = id,
                     .value = said == Said::kYes,
                     .source = evidence::SourceKind::kPerson,
                     .text = said == Said::kYes ? "You said yes." : "You said no."});
    Again();
  }

  // Diagnoses with what was learned; the case ends where that fails.
  void Again() {
    auto report = Diagnose();
    if (!report) {
      EndWith(clock_->stopped() ? End::kStopped : End::kFailed, report.error().message);
      return;
    }
    outcome_.last = *std::move(report);
    face_.ShowVerdict(*outcome_.last, true);
    (void)AskWho(*outcome_.last);
  }

  void Mend(const troubleshoot::Step& step) {
    const troubleshoot::Fix* const fix = FixNamed(knowledge_, step.id);
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
      run.sentence = "It needs a person.";
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
    GoalWatch goal(*phone_, *world_.patterns, knowledge_.apps, BandOf(*outcome_.last), companion_);
    if (untested_.empty() || !goal_) goal_.emplace(std::move(goal));
    (void)goal_->Begin();
    const bool done =
        doing == nullptr ? WordsDone(shown, *permit, run) : Carry(*doing, *permit, shown, run);
    (void)journal_.EndFix(outcome_.repair, fix->id, run.end);
    if (ended_) {
      Note(std::move(run));
      return;
    }
    if (!done) {
      PassOver(std::move(run));
      return;
    }
    Note(std::move(run));
    passed_over_.insert(fix->id);
    untested_.push_back(fix);
    if (tests_later) {
      const troubleshoot::Step* const next = NextStep();
      if (next != nullptr && next->kind == troubleshoot::Step::Kind::kFix) return;
    }
    if (Watch(fix) || ended_) return;
    for (const troubleshoot::Fix* tried : untested_) failed_.push_back(tried->id);
    untested_.clear();
    Again();
  }

  void Note(StepRun run) {
    face_.StepOver(run);
    outcome_.runs.push_back(std::move(run));
  }
  void PassOver(StepRun run) {
    passed_over_.insert(run.fix);
    Note(std::move(run));
  }

  std::optional<repair::Permit> Permit(const StepShown& shown, const repair::Action* action,
                                       StepRun& run) {
    const troubleshoot::Fix& fix = *shown.fix;
    const repair::ConsentQuestion question = repair::QuestionFor(fix, action);
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
                         ? "Nobody agreed to it."
                         : question.text + " Nobody is there to agree to that.";
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
    if (!permit) run.sentence = "You did not want it.";
    return permit;
  }

  std::nullopt_t Stopped(StepRun& run) {
    run.end = "stopped";
    EndWith(End::kStopped, "Stopped.");
    return std::nullopt;
  }

  // The journal entry of this repair, before its first step.
  bool Begin() {
    if (outcome_.repair != 0) return true;
    const auto begun = journal_.BeginRepair(phone_->serial(), PhoneNameOf(*outcome_.last));
    if (!begun) {
      EndWith(End::kFailed,
              "Nothing was done, because it could not be written down: " + begun.error().message);
      return false;
    }
    outcome_.repair = *begun;
    return true;
  }

  bool WordsDone(const StepShown& shown, const repair::Permit& permit, StepRun& run) {
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
        run.sentence = "It was not done.";
        return false;
      case Reply::kStop:
        Stopped(run);
        return false;
    }
    return false;
  }

  bool Carry(const repair::Action& action, const repair::Permit& permit, const StepShown& shown,
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
    }
    (void)shown;
    run.end = repair::EndName(result.end);
    run.sentence = result.sentence;
    temporary_left_ = temporary_left_ || result.temporary_left;
    switch (result.end) {
      case StepResult::End::kDone:
      case StepResult::End::kAlready:
        return true;
      case StepResult::End::kStopped:
        EndWith(End::kStopped, "Stopped.");
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

  // A cable that was pulled for a moment; what was left changed is put back at once.
  bool PhoneIsBack() {
    face_.Tell("The phone is not on the cable any more. Connect it again.");
    if (!phone_->WaitUntilReady(kPhoneBack)) return false;
    TellAll(repair::PutBackTemporary(outcome_.repair, At(outcome_.repair)));
    const repair::Repair* const now = journal_.Find(outcome_.repair);
    temporary_left_ = std::ranges::any_of(now->changes, [](const repair::Change& change) {
      return change.temporary && change.undoable();
    });
    return !temporary_left_;
  }

  // ---- the goal; true: it was reached, and the case is over
  bool Watch(const troubleshoot::Fix* fix) {
    const double minutes = fix->test_minutes > 0 ? fix->test_minutes : fix->minutes;
    const milliseconds until = clock_->Now() + Minutes(minutes);
    GoalSeen seen;
    while (true) {
      seen = goal_->Look();
      if (seen.proved()) {
        Reached(End::kProved, "The band works again.", seen.link_text + " " + seen.sync_text);
        return true;
      }
      const milliseconds left = until - clock_->Now();
      if (left.count() <= 0 || !face_.Watching(seen, left)) break;
      if (!clock_->Wait(std::min(left, kLookEvery))) break;
    }
    if (clock_->stopped()) {
      EndWith(End::kStopped, "Stopped.");
      return false;
    }
    if (!seen.answered && !phone_->WaitUntilReady(kPhoneBack)) {
      EndWith(End::kFailed, "The phone is not there any more.");
      return false;
    }
    if (!seen.link) return false;
    if (!request_.can_ask) {
      Reached(End::kUnproved,
              "The band is connected again. Whether a sync runs cannot be seen from here: look "
              "into the app.",
              seen.link_text);
      return true;
    }
    switch (face_.AskSynced(seen.link_text)) {
      case Said::kYes:
        Reached(End::kConfirmed, "The band works again.", seen.link_text + " You saw the sync.");
        return true;
      case Said::kNo:
        return false;
      case Said::kNotKnown:
        Reached(End::kUnproved, "The band is connected again; nobody saw a sync yet.",
                seen.link_text);
        return true;
      case Said::kStop:
        EndWith(End::kStopped, "Stopped.");
        return false;
    }
    return false;
  }

  void Reached(End end, std::string sentence, std::string proof) {
    outcome_.proof = std::move(proof);
    for (StepRun& run : outcome_.runs)
      for (const troubleshoot::Fix* fix : untested_) run.cured = run.cured || run.fix == fix->id;
    EndWith(end, std::move(sentence));
  }
  void EndWith(End end, std::string sentence) {
    ended_ = true;
    outcome_.end = end;
    outcome_.sentence = std::move(sentence);
  }

  // ---- some makers put settings back when the phone restarts
  std::vector<repair::Change> Standing() const {
    const repair::Repair* const made = journal_.Find(outcome_.repair);
    std::vector<repair::Change> standing;
    if (made == nullptr) return standing;
    for (const repair::Change& change : made->changes)
      if (change.undoable() && !change.temporary) standing.push_back(change);
    return standing;
  }

  void AfterProof() {
    const bool works = outcome_.end == End::kProved || outcome_.end == End::kConfirmed;
    const std::vector<repair::Change> standing = Standing();
    for (const repair::Change& change : standing)
      outcome_.changed.push_back(
          repair::DescribeChange(traits_, change.setting, change.before, change.left));
    if (!works || standing.empty() || !request_.can_ask || clock_->stopped()) return;
    const troubleshoot::Fix* const restart = FixNamed(knowledge_, "restart_phone");
    const auto action = repair::ActionFor("restart_phone", traits_, situation_);
    if (restart == nullptr || !action) return;
    if (face_.OfferRestartCheck(outcome_.changed) != Reply::kYes) return;
    consents_.Agree(restart->id);
    const auto permit = consents_.PermitFor(*restart, &*action);
    if (!permit) return;
    const StepResult result = repair::CarryOut(*action, false, *permit, At(outcome_.repair), face_);
    if (!result.done()) {
      face_.Tell(result.sentence);
      return;
    }
    std::vector<repair::SettingId> ids;
    for (const repair::Change& change : standing) ids.push_back(change.setting);
    const auto now = repair::ReadSettings(*phone_, traits_, ids);
    for (std::size_t i = 0; i < standing.size(); ++i)
      if (now[i] && !repair::Same(ids[i], *now[i], standing[i].left))
        outcome_.put_back_by_phone.push_back(
            repair::DescribeChange(traits_, ids[i], standing[i].left, *now[i]));
  }

  Result<RepairOutcome> Over(End end, std::string sentence) {
    EndWith(end, std::move(sentence));
    return std::move(outcome_);
  }

  Result<RepairOutcome> Close() {
    if (outcome_.repair != 0 && !temporary_left_)
      (void)journal_.EndRepair(outcome_.repair, EndName(outcome_.end));
    // What could not be put back (the phone is gone) the guard goes on trying.
    if (guard_ && temporary_left_) guard_->TakeOver();
    guard_.reset();
    return std::move(outcome_);
  }

  repair::Workplace At(std::uint64_t repair) {
    return {*phone_, *clock_, journal_, traits_, repair};
  }

  const RepairRequest& request_;
  const troubleshoot::Knowledge& knowledge_;
  const World& world_;
  const DiagnosePhone& diagnose_;
  RepairFace& face_;
  std::unique_ptr<ports::Clock> clock_;
  std::unique_ptr<ports::Phone> phone_;
  repair::RepairJournal journal_;
  std::unique_ptr<ports::Guard> guard_;
  repair::PhoneTraits traits_;
  repair::Consents consents_;
  repair::Situation situation_;
  std::string companion_;
  std::vector<repair::RadioUse> radio_;  // before the first step
  std::vector<std::string> failed_;
  std::vector<evidence::Finding> said_;
  std::set<std::string> passed_over_;  // fixes and questions that are not taken up again
  std::vector<const troubleshoot::Fix*> untested_;
  std::optional<GoalWatch> goal_;
  RepairOutcome outcome_;
  bool ended_ = false;
  bool asked_harmless_ = false;
  bool temporary_left_ = false;
};

}  // namespace

std::string_view EndName(RepairOutcome::End end) {
  constexpr std::array<std::string_view, 8> kNames = {"nothing_wrong", "no_verdict", "proved",
                                                      "confirmed",     "unproved",   "nothing_left",
                                                      "stopped",       "failed"};
  return kNames[static_cast<std::size_t>(end)];
}

Result<RepairOutcome> RunRepair(const RepairRequest& request,
                                const troubleshoot::Knowledge& knowledge, const World& world,
                                const DiagnosePhone& diagnose, RepairFace& face) {
  if (const Status able = CanRepair(world); !able) return std::unexpected(able.error());
  auto clock = world.clock();
  BK_TRY(auto phone, world.phones->Open(request.serial));
  BK_TRY(const auto file, AwaitJournal(world, *clock));
  BK_TRY(auto journal, repair::RepairJournal::Open(*file, *clock));
  return Case(request, knowledge, world, diagnose, face, std::move(clock), std::move(phone),
              std::move(journal))
      .Run();
}

}  // namespace bk::app
