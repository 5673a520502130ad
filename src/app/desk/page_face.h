// A repair talks to the page: every call of RepairFace becomes a question, a step, a line of the
// log or a progress of the task's board, in the words of the terminal (app/repair/messages.h).
#pragma once

#include <chrono>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "app/desk/task_board.h"
#include "app/repair/repair_face.h"

namespace bk::app {

class PageFace : public RepairFace {
 public:
  // `clean` hides addresses and makes a text valid UTF-8; `verdict` hears of each new report.
  // `language`: of the repair's sentences; outlives the face. `owner`: of a simulated phone, see
  // DeskOptions.
  using LetOwner = std::function<bool(const std::string& fix, std::chrono::seconds takes)>;
  PageFace(TaskBoard& board, std::function<std::string(std::string_view)> clean,
           const language::Language& language, std::function<void(const Report&)> verdict = nullptr,
           LetOwner owner = nullptr)
      : board_(board),
        clean_(std::move(clean)),
        language_(language),
        verdict_(std::move(verdict)),
        owner_(std::move(owner)) {}

  // Asked beside a repair: a step of --everyday that interrupts something.
  bool AskEveryday(const repair::ConsentQuestion& question);

  void Tell(std::string_view sentence) override;
  void ShowPage(const repair::OpenPage& page, bool opened, std::string_view sentence) override;
  Finger AskFinger(const repair::OpenPage& page, bool opened) override;
  bool Waiting(std::string_view what, std::chrono::milliseconds left) override;

  Reply OfferRollBack(const repair::Repair& repair,
                      const std::vector<std::string>& changes) override;
  Reply OfferRest(const std::vector<troubleshoot::Step>& rest) override;
  Reply OfferEveryday(const std::vector<std::string>& off) override;
  Reply OfferAgain(const std::vector<std::string>& put_back) override;
  void ShowVerdict(const Report& report, bool again) override;
  Reply AskHarmless(const Report& report) override;
  void BeginStep(const StepShown& shown) override;
  Reply AskStep(const StepShown& shown, const repair::ConsentQuestion& question) override;
  Typed AskLossy(const StepShown& shown, const repair::ConsentQuestion& question) override;
  Reply AskDone(const StepShown& shown) override;
  Said AskFinding(const troubleshoot::Step& question) override;
  std::string AskQuestion(const troubleshoot::Interview::Question& question) override;
  std::size_t AskWhich(std::string_view question, const std::vector<std::string>& options) override;
  bool Watching(const GoalSeen& seen, std::chrono::milliseconds left) override;
  bool WatchingBackground(const GoalSeen& seen, std::chrono::milliseconds left) override;
  Said AskSynced(const SyncQuestion& question) override;
  void StepOver(const StepRun& run) override;
  Reply OfferRestartCheck(const std::vector<std::string>& changes) override;

 private:
  using Json = TaskBoard::Json;
  TaskBoard::Answer Put(std::string kind, std::string about, std::string_view text,
                        Json more = Json::object(), const StepShown* preview = nullptr,
                        std::size_t options = 0);
  // Whether the person, or the simulated owner, has done what is to be done by hand.
  TaskBoard::Answer PutDone(std::string about, std::string_view text, Json more = Json::object());
  Reply YesNo(std::string about, std::string_view text, Json more = Json::object(),
              const StepShown* preview = nullptr);
  [[nodiscard]] Json Lines(const std::vector<std::string>& lines) const;
  void ClearStep();
  bool Watched(const GoalSeen& seen, const language::Message& what, std::chrono::milliseconds left,
               bool background);

  TaskBoard& board_;
  std::function<std::string(std::string_view)> clean_;
  const language::Language& language_;
  std::function<void(const Report&)> verdict_;
  LetOwner owner_;
  int step_ = 0;
  std::string fix_;  // of the step
  std::chrono::seconds hands_on_{0};
  std::optional<TaskBoard::Json> page_;  // shown, and not asked about yet
};

// [{what, already, commands}]
nlohmann::ordered_json PreviewJson(const std::vector<repair::PreviewLine>& lines,
                                   const std::function<std::string(std::string_view)>& clean);

}  // namespace bk::app
