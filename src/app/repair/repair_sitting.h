// Private to the repair case: one sitting of `fix`, from what an earlier run left behind to the
// last look. Its functions lie by purpose in repair_case.cc (the way from step to step),
// sitting_questions.cc, sitting_step.cc, sitting_goal.cc, sitting_around.cc (before and after) and
// sitting_keep.cc (what keeps the band working).
#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "app/repair/kept_settings.h"
#include "app/repair/repair_case.h"
#include "ports/guard.h"
#include "repair/action.h"
#include "repair/consent.h"
#include "repair/journal.h"
#include "repair/situation.h"
#include "repair/undo.h"
#include "troubleshoot/interview/interview.h"

namespace bk::app {

class RepairSitting {
 public:
  // Keeps the references; owns the rest.
  RepairSitting(const RepairRequest& request, const troubleshoot::Knowledge& knowledge,
                const World& world, const DiagnosePhone& diagnose, RepairFace& face,
                std::unique_ptr<ports::Clock> clock, std::unique_ptr<ports::Phone> phone,
                repair::RepairJournal journal)
      : request_(request),
        knowledge_(knowledge),
        world_(world),
        diagnose_(diagnose),
        face_(face),
        clock_(std::move(clock)),
        phone_(std::move(phone)),
        journal_(std::move(journal)) {
    consents_ = repair::Consents(&knowledge.language);
    if (request.yes) consents_.AgreeToHarmless();
  }

  // Once.
  Result<RepairOutcome> Run();

 private:
  using Reply = RepairFace::Reply;
  using Said = RepairFace::Said;
  using End = RepairOutcome::End;

  static constexpr std::chrono::milliseconds kPhoneBack{60'000};  // for a cable that was pulled

  // ---- from step to step (repair_case.cc)
  void Loop();
  [[nodiscard]] bool ShowsNoTrouble() const;
  // The first of the plan that is still to be done.
  const troubleshoot::Step* NextStep() const;
  void Ask(const troubleshoot::Step& step);
  Result<Report> Diagnose();
  // Diagnoses with what was learned; the case ends where that fails.
  void Again();
  // Likewise, after what was set again; no step has failed.
  void LookAnew();
  void NothingLeft();
  Result<RepairOutcome> Over(End end, std::string sentence);
  // `nothing`: when nothing was set again either.
  Result<RepairOutcome> Untouched(End end, const language::Message& nothing,
                                  const language::Message& set_again);
  void EndWith(End end, std::string sentence);
  Result<RepairOutcome> Close();

  // ---- what only the person can tell (sitting_questions.cc)
  // Nothing on the phone speaks of a fault: what is it, then? False: nothing is the matter, or
  // nobody says.
  bool AskTrouble();
  // The plan is at its end: questions that it had no use for, while they are worth more than they
  // cost. True: there is a step to take again.
  bool AskMore();
  // Nothing is left that is worth it: what helps rarely is offered, once. True: there is a step to
  // take.
  bool GoOn();
  // The answer as findings; empty: none was given, or the case ended.
  std::vector<evidence::Finding> Hear(const troubleshoot::Interview::Question& question);
  // Takes findings in and looks anew.
  void Learn(std::vector<evidence::Finding> findings);

  // ---- one step (sitting_step.cc)
  void Mend(const troubleshoot::Step& step);
  // What was done and tested in vain.
  void NoteFailed();
  std::optional<repair::Permit> Permit(const StepShown& shown, const repair::Action* action,
                                       StepRun& run);
  std::nullopt_t Stopped(StepRun& run);
  // The journal entry of this repair, before its first step.
  bool Begin();
  bool WordsDone(const StepShown& shown, const repair::Permit& permit, StepRun& run);
  bool Carry(const repair::Action& action, const repair::Permit& permit, StepRun& run);
  // A cable that was pulled for a moment; what was left changed is put back at once.
  bool PhoneIsBack();
  void Note(StepRun run);
  void PassOver(StepRun run);

  // ---- the goal (sitting_goal.cc); true: it was reached, and the case is over
  bool Watch(const troubleshoot::Fix* fix);
  // Not seen by the phone's own signs: what the person sees in the app.
  bool AskPerson(const GoalSeen& seen);
  // The goal was seen. False: not with the app in the background, so the step has failed.
  bool Seen(End end, RepairOutcome::ProvedBy by, std::string proof);
  void Reached(End end, RepairOutcome::ProvedBy by, std::string sentence, std::string proof);
  // A step left the app on the screen, where it works that a phone ends elsewhere: the home button
  // is pressed. nullopt: the link went.
  std::optional<RepairOutcome::Background> LookInBackground();
  std::optional<RepairOutcome::Background> WatchInBackground(std::chrono::milliseconds time);
  [[nodiscard]] std::string AppTitle() const;
  GoalWatch NewWatch();

  // ---- before and after (sitting_around.cc)
  // What an earlier run left behind; false: stop here.
  bool RollBackInterrupted();
  repair::AskAnyway AskAnyway();
  void TellAll(const std::vector<repair::Undone>& all);
  void ChooseCompanion(const Report& report);
  // Who is who on the phone, as far as the case knows; gives the candidates for the band's app.
  std::vector<std::string> AskWho(const Report& report);
  // What earlier repairs set and the phone put back since: said, and offered again. True: something
  // was set, so that the case is to be looked at anew.
  bool RestorePutBack();
  // Sets each of them as it was set before, where that is harmless.
  bool SetAgain(const std::vector<PutBackSetting>& all);
  std::vector<repair::Change> Standing() const;
  void NoteChanged();  // what stands, into the outcome
  // Some makers put settings back when the phone restarts.
  void AfterProof();
  // Everyday settings that are off although the band works (sitting_keep.cc).
  void KeepItSo();
  // Fix::worth_beside, as the phone shows it now.
  struct Beside {
    const troubleshoot::Fix* fix;
    std::string text;
  };
  std::vector<Beside> SeenBeside();
  std::vector<PutBackSetting> PutBackOf(const std::vector<repair::Change>& standing);
  void AfterRestart(const std::vector<repair::Change>& standing);

  const troubleshoot::Fix* FixNamed(std::string_view id) const;
  [[nodiscard]] std::string Say(const language::Message& message,
                                const std::vector<language::Argument>& arguments = {}) const {
    return knowledge_.language.Say(message, arguments);
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
  SoFar so_far_;
  std::set<std::string> passed_over_;  // fixes and questions that are not taken up again
  std::vector<const troubleshoot::Fix*> untested_;
  std::optional<troubleshoot::BeliefModel> model_;  // of the interview; made when it is needed
  std::optional<GoalWatch> goal_;
  std::optional<GoalSeen> before_;  // the goal as it was before the first step
  RepairOutcome outcome_;
  bool ended_ = false;
  bool app_open_ = false;   // on the screen, by a step or since the person was asked to look there
  bool only_open_ = false;  // once it worked, and only so
  bool enough_ = false;     // the person left when the band worked: nothing more is asked
  bool asked_harmless_ = false;
  bool temporary_left_ = false;
};

}  // namespace bk::app
