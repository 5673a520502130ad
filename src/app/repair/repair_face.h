// Whom a repair talks to: a terminal, a page, a test. The face shows and asks; what is asked when,
// and what an answer allows, is decided in repair_case.cc.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "app/repair/goal_watch.h"
#include "app/report.h"
#include "repair/consent.h"
#include "repair/journal.h"
#include "repair/step.h"
#include "troubleshoot/interview/interview.h"
#include "troubleshoot/plan/plan.h"

namespace bk::app {

// One step as it is about to be done.
struct StepShown {
  const troubleshoot::Step* step = nullptr;
  const troubleshoot::Fix* fix = nullptr;
  repair::Doer doer = repair::Doer::kWords;
  // What would be done and with which commands; reads the phone when it is called.
  std::function<std::vector<repair::PreviewLine>()> preview;
};

// How one step ended.
struct StepRun {
  std::string fix, title;
  troubleshoot::LossClass loss = troubleshoot::LossClass::kNone;
  repair::Doer doer = repair::Doer::kWords;
  // "done", "already", "refused", "not_seen", "stopped", "phone_gone", "not_recorded" as EndName;
  // "skipped": the person or the missing consent; "not_here": nothing to do it with.
  std::string end;
  std::string sentence;  // why, where there is something to say
  bool cured = false;    // the goal was seen after it, or after it and others together
};

struct SyncQuestion {
  std::string link;  // what was read of it, one sentence
  std::string app;   // the companion's title; empty: not known
  // Link and syncs were there before the first step as well, so that they prove nothing: what is
  // asked is whether the trouble is gone.
  bool as_before = false;
};

// A look whether the band stays connected with its app in the background.
struct BackgroundLook {
  std::string app;  // its title
  std::chrono::milliseconds time{0};
};

// What OfferRest has to say of the steps, in the person's language.
struct RestShown {
  RestShown(const std::vector<troubleshoot::Step>& rest, const language::Language& language);
  std::string text;
  std::vector<std::string> steps;  // their titles; of many, the first ones
};

class RepairFace : public repair::StepTeller {
 public:
  enum class Reply : std::uint8_t { kYes, kNo, kStop };
  enum class Said : std::uint8_t { kYes, kNo, kNotKnown, kStop };

  // An earlier run was interrupted: put everything back? kNo: what was lasting stays, what was
  // meant for a moment is put back all the same.
  virtual Reply OfferRollBack(const repair::Repair& repair,
                              const std::vector<std::string>& changes) = 0;
  // What an earlier repair set was put back, or changed, since: one sentence each. Set it again? It
  // is harmless, and `undo` takes it back.
  virtual Reply OfferAgain(const std::vector<std::string>& put_back) {
    static_cast<void>(put_back);
    return Reply::kNo;
  }
  // `again`: after a step that did not help.
  virtual void ShowVerdict(const Report& report, bool again) = 0;
  // The one yes to everything that loses nothing and can be undone.
  virtual Reply AskHarmless(const Report& report) = 0;
  virtual void BeginStep(const StepShown& shown) = 0;
  // A yes for this very step: it interrupts something (`question.text`), or, `question` being
  // harmless, the one yes was not given.
  virtual Reply AskStep(const StepShown& shown, const repair::ConsentQuestion& question) = 0;
  // The word for a step that can lose something; another word, or none, is a no.
  struct Typed {
    Reply reply = Reply::kNo;
    std::string word;
  };
  virtual Typed AskLossy(const StepShown& shown, const repair::ConsentQuestion& question) = 0;
  // Words that the person carries out: done, not done, stop.
  virtual Reply AskDone(const StepShown& shown) = 0;
  virtual Said AskFinding(const troubleshoot::Step& question) = 0;
  // Nothing that was worth it is left, and the band does not work: these steps help rarely. Go on
  // with them? Each that costs something is asked for all the same.
  virtual Reply OfferRest(const std::vector<troubleshoot::Step>& rest) {
    static_cast<void>(rest);
    return Reply::kNo;
  }
  // What the phone cannot show and no step of the plan asks for. The answer as Interview::Answer
  // takes it; empty: stop.
  virtual std::string AskQuestion(const troubleshoot::Interview::Question& question) = 0;
  // Index into `options`; npos: none of them, or nobody answers.
  static constexpr std::size_t npos = static_cast<std::size_t>(-1);
  virtual std::size_t AskWhich(std::string_view question,
                               const std::vector<std::string>& options) = 0;
  // The goal is watched; about every two seconds. False: enough of it.
  virtual bool Watching(const GoalSeen& seen, std::chrono::milliseconds left) = 0;
  // The goal was seen with the app on the screen. kYes: the home button may be pressed, and so long
  // it is looked whether the link stands.
  virtual Reply OfferBackground(const BackgroundLook& look) {
    static_cast<void>(look);
    return Reply::kYes;
  }
  // That look, about every ten seconds. False: enough of it.
  virtual bool WatchingBackground(const GoalSeen& seen, std::chrono::milliseconds left) {
    return Watching(seen, left);
  }
  // The link stands and the phone does not show that the step brought a sync: does the person see
  // one in the app?
  virtual Said AskSynced(const SyncQuestion& question) = 0;
  virtual void StepOver(const StepRun& run) = 0;
  // The band works; these everyday settings are off all the same, and can stop it another day. Set
  // them now? It is harmless, and `undo` takes it back.
  virtual Reply OfferEveryday(const std::vector<std::string>& off) {
    static_cast<void>(off);
    return Reply::kNo;
  }
  // Restart the phone to see whether it keeps what was changed?
  virtual Reply OfferRestartCheck(const std::vector<std::string>& changes) = 0;
};

}  // namespace bk::app
