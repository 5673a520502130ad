#include "app/repair/repair_case.h"

#include <algorithm>
#include <array>

#include "app/phone/open_phone.h"
#include "app/repair/messages.h"
#include "app/repair/repair_guard.h"
#include "app/repair/repair_sitting.h"

namespace bk::app {
namespace {

constexpr int kStepsMax = 60;  // of one sitting, questions included

}  // namespace

Result<RepairOutcome> RepairSitting::Run() {
  BK_TRY(traits_, repair::ReadTraits(*phone_, &knowledge_.language));
  repair::AddTitles(knowledge_.apps, traits_);
  if (!request_.app.empty()) {
    BK_TRY(companion_, CompanionNamed(request_.app, traits_, knowledge_.apps));
  }
  if (!RollBackInterrupted()) return Over(End::kStopped, Say(kFixSays.stopped));
  BK_TRY(Report report, Diagnose());
  outcome_.first = outcome_.last = report;
  face_.ShowVerdict(report, false);
  if (RestorePutBack() && !ended_) LookAnew();
  if (ended_) return Close();
  if (ShowsNoTrouble() && !AskTrouble()) {
    if (ended_) return Close();
    if (outcome_.last->diagnosis.verdict.outcome == troubleshoot::Outcome::kHealthy)
      return Untouched(End::kNothingWrong, kFixSays.nothing_wrong, kFixSays.nothing_wrong_set);
    return Untouched(End::kNoVerdict, kFixSays.no_trouble, kFixSays.no_trouble_set);
  }
  ChooseCompanion(*outcome_.last);
  Loop();
  AfterProof();
  return Close();
}

bool RepairSitting::ShowsNoTrouble() const {
  switch (outcome_.last->diagnosis.verdict.outcome) {
    case troubleshoot::Outcome::kHealthy:
    case troubleshoot::Outcome::kNoBand:
    case troubleshoot::Outcome::kNoTrouble:
      return true;
    default:
      return false;
  }
}

void RepairSitting::LookAnew() {
  auto report = Diagnose();
  if (!report) {
    EndWith(clock_->stopped() ? End::kStopped : End::kFailed, report.error().message);
    return;
  }
  outcome_.last = *std::move(report);
  face_.ShowVerdict(*outcome_.last, false);
}

// Before any step; what was set again stands all the same.
Result<RepairOutcome> RepairSitting::Untouched(End end, const language::Message& nothing,
                                               const language::Message& set_again) {
  EndWith(end, Say(outcome_.set_again.empty() ? nothing : set_again));
  NoteChanged();
  return Close();
}

void RepairSitting::Loop() {
  for (int n = 0; n < kStepsMax && !ended_; ++n) {
    if (clock_->stopped()) {
      EndWith(End::kStopped, Say(kFixSays.stopped));
      return;
    }
    const troubleshoot::Step* const step = NextStep();
    if (step == nullptr) {
      if (AskMore() || GoOn()) continue;
      if (!ended_) NothingLeft();
      return;
    }
    if (step->kind == troubleshoot::Step::Kind::kAsk)
      Ask(*step);
    else
      Mend(*step);
  }
  if (!ended_) NothingLeft();
}

const troubleshoot::Step* RepairSitting::NextStep() const {
  for (const troubleshoot::Step& step : outcome_.last->diagnosis.plan.steps) {
    if (passed_over_.contains(step.id)) continue;
    if (step.kind == troubleshoot::Step::Kind::kAsk && !request_.can_ask) continue;
    return &step;
  }
  return nullptr;
}

void RepairSitting::Ask(const troubleshoot::Step& step) {
  const std::string id = step.id;
  const Said said = face_.AskFinding(step);
  if (said == Said::kStop) {
    EndWith(End::kStopped, Say(kFixSays.stopped));
    return;
  }
  passed_over_.insert(id);
  if (said == Said::kNotKnown) {
    // What was planned may have counted on the answer.
    so_far_.not_known.push_back(id);
    Again();
    return;
  }
  Learn({{.id = id,
          .value = said == Said::kYes,
          .source = evidence::SourceKind::kPerson,
          .text = said == Said::kYes ? Say(kFixSays.said_yes) : Say(kFixSays.said_no)}});
}

Result<Report> RepairSitting::Diagnose() {
  if (world_.progress) world_.progress(Say(kFixSays.looking));
  auto report = diagnose_(*phone_, so_far_);
  if (world_.progress) world_.progress("");
  return report;
}

void RepairSitting::Again() {
  auto report = Diagnose();
  if (!report) {
    EndWith(clock_->stopped() ? End::kStopped : End::kFailed, report.error().message);
    return;
  }
  // A step that did not help can have taken the evidence away (a pairing that was forgotten is in
  // no list any more); the trouble is there all the same, and what was planned goes on.
  troubleshoot::Diagnosis& now = report->diagnosis;
  if (now.plan.steps.empty() && now.verdict.outcome != troubleshoot::Outcome::kHealthy)
    now.plan = std::move(outcome_.last->diagnosis.plan);
  outcome_.last = *std::move(report);
  face_.ShowVerdict(*outcome_.last, true);
  (void)AskWho(*outcome_.last);
}

void RepairSitting::NothingLeft() {
  const std::string& instead = outcome_.last->diagnosis.plan.instead;
  // What was done together may still be waiting for its test.
  if (!untested_.empty() && (Watch(untested_.back()) || ended_)) return;
  const std::string left = instead.empty() ? Say(kFixSays.nothing_left) : instead;
  EndWith(End::kNothingLeft,
          only_open_ ? Say(kFixSays.only_open, {{"app", AppTitle()}, {"rest", left}}) : left);
}

const troubleshoot::Fix* RepairSitting::FixNamed(std::string_view id) const {
  const auto found = std::ranges::find(knowledge_.fixes, id, &troubleshoot::Fix::id);
  return found == knowledge_.fixes.end() ? nullptr : &*found;
}

Result<RepairOutcome> RepairSitting::Over(End end, std::string sentence) {
  EndWith(end, std::move(sentence));
  return std::move(outcome_);
}

void RepairSitting::EndWith(End end, std::string sentence) {
  ended_ = true;
  outcome_.end = end;
  outcome_.sentence = std::move(sentence);
}

Result<RepairOutcome> RepairSitting::Close() {
  if (outcome_.repair != 0 && !temporary_left_)
    (void)journal_.EndRepair(outcome_.repair, EndName(outcome_.end));
  // What could not be put back (the phone is gone) the guard goes on trying.
  if (guard_ && temporary_left_) guard_->TakeOver();
  guard_.reset();
  return std::move(outcome_);
}

std::string_view EndName(RepairOutcome::End end) {
  constexpr std::array<std::string_view, 8> kNames = {"nothing_wrong", "no_verdict", "proved",
                                                      "confirmed",     "unproved",   "nothing_left",
                                                      "stopped",       "failed"};
  return kNames[static_cast<std::size_t>(end)];
}

std::string_view BackgroundName(RepairOutcome::Background background) {
  constexpr std::array<std::string_view, 4> kNames = {"", "stood", "synced", "not_looked"};
  return kNames[static_cast<std::size_t>(background)];
}

std::string_view ProvedByName(RepairOutcome::ProvedBy by) {
  constexpr std::array<std::string_view, 4> kNames = {"", "log", "traffic", "person"};
  return kNames[static_cast<std::size_t>(by)];
}

Result<RepairOutcome> RunRepair(const RepairRequest& request,
                                const troubleshoot::Knowledge& knowledge, const World& world,
                                const DiagnosePhone& diagnose, RepairFace& face) {
  if (const Status able = CanRepair(world, knowledge.language); !able)
    return std::unexpected(able.error());
  auto clock = world.clock();
  BK_TRY(auto phone, OpenPhone(*world.phones, request.serial, knowledge.language));
  BK_TRY(const auto file, AwaitJournal(world, *clock));
  BK_TRY(auto journal, repair::RepairJournal::Open(*file, *clock));
  return RepairSitting(request, knowledge, world, diagnose, face, std::move(clock),
                       std::move(phone), std::move(journal))
      .Run();
}

}  // namespace bk::app
