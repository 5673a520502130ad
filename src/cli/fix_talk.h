// `fix` at the terminal: app/repair/repair_face.h in words and single keys. The word for what can
// be lost is typed out.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "app/privacy.h"
#include "app/repair/repair_face.h"
#include "cli/style.h"
#include "language/language.h"
#include "ports/person.h"

namespace bk::cli {

class FixTalk : public app::RepairFace {
 public:
  // `person` null: nobody can be asked; sentences then go nowhere but to `progress`. `language`
  // outlives this; null: English.
  FixTalk(ports::Person* person, app::Privacy& privacy,
          std::function<void(std::string_view)> progress,
          const language::Language* language = nullptr);

  // Asked beside the repair: y or n. False also when nobody answers.
  bool AskYes(std::string_view question);

  void Tell(std::string_view sentence) override;
  Finger AskFinger(const repair::OpenPage& page, bool opened) override;
  bool Waiting(std::string_view what, std::chrono::milliseconds left) override;

  Reply OfferRollBack(const repair::Repair& repair,
                      const std::vector<std::string>& changes) override;
  Reply OfferAgain(const std::vector<std::string>& put_back) override;
  Reply OfferRest(const std::vector<troubleshoot::Step>& rest) override;
  Reply OfferEveryday(const std::vector<std::string>& off) override;
  void ShowVerdict(const app::Report& report, bool again) override;
  Reply AskHarmless(const app::Report& report) override;
  void BeginStep(const app::StepShown& shown) override;
  Reply AskStep(const app::StepShown& shown, const repair::ConsentQuestion& question) override;
  Typed AskLossy(const app::StepShown& shown, const repair::ConsentQuestion& question) override;
  Reply AskDone(const app::StepShown& shown) override;
  Said AskFinding(const troubleshoot::Step& question) override;
  std::string AskQuestion(const troubleshoot::Interview::Question& question) override;
  std::size_t AskWhich(std::string_view question, const std::vector<std::string>& options) override;
  bool Watching(const app::GoalSeen& seen, std::chrono::milliseconds left) override;
  Reply OfferBackground(const app::BackgroundLook& look) override;
  bool WatchingBackground(const app::GoalSeen& seen, std::chrono::milliseconds left) override;
  Said AskSynced(const app::SyncQuestion& question) override;
  void StepOver(const app::StepRun& run) override;
  Reply OfferRestartCheck(const std::vector<std::string>& changes) override;

 private:
  // One of `keys` (lower case); 'q' also for an end of input and for Ctrl-C. 'c', where it is among
  // the keys, shows the commands of `shown` and asks again.
  char Key(std::string_view prompt, std::string_view keys, const app::StepShown* shown = nullptr);
  Reply YesNo(std::string_view prompt, const app::StepShown* shown = nullptr);
  Said YesNoUnknown();
  void Progress(const language::Message& what, std::chrono::milliseconds left);
  void Show(std::string text);
  void Say(std::string_view text, std::size_t indent = 0);
  void ShowCommands(const app::StepShown& shown);
  [[nodiscard]] std::string Safe(std::string_view text) const;
  [[nodiscard]] std::string In(const language::Message& message,
                               const std::vector<language::Argument>& arguments = {}) const;

  ports::Person* person_;
  app::Privacy& privacy_;
  std::function<void(std::string_view)> progress_;
  const language::Language* language_;
  Style style_;
  int step_ = 0;
  std::string begun_;  // the fix whose title was shown last
  bool progress_shown_ = false;
};

}  // namespace bk::cli
