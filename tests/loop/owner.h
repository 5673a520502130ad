// The simulated owner at the keys of `fix`: answers by the simulated phone's own state, and does
// with simulated fingers what is asked.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

#include "app/repair/repair_face.h"
#include "loop/flat_system.h"
#include "loop/phone_at_hand.h"
#include "ports/clock.h"

namespace bk::loop {

struct Temper {
  simulate::Deed deeds = simulate::Deed::kDoes;  // asked for a finger; forgets: says "done" all the
                                                 // same
  bool answers = true;                           // questions; else "don't know"
  bool gives_up_data = true;                     // types the word for what loses something
};

// Time on the phone is the only time there is.
class LoopClock final : public ports::Clock {
 public:
  explicit LoopClock(PhoneAtHand& phone, const std::chrono::milliseconds& coarse)
      : phone_(phone), coarse_(coarse) {}
  [[nodiscard]] std::int64_t WallMillis() const override;
  [[nodiscard]] std::chrono::milliseconds Now() const override;
  bool Wait(std::chrono::milliseconds time) override;
  void WaitOut(std::chrono::milliseconds time) override;
  [[nodiscard]] bool stopped() const override { return false; }

 private:
  PhoneAtHand& phone_;
  const std::chrono::milliseconds& coarse_;  // no wait is shorter than this: a busy computer's
};

class OwnerFace final : public app::RepairFace {
 public:
  OwnerFace(PhoneAtHand& phone, Temper temper) : phone_(phone), temper_(temper) {}

  void Tell(std::string_view sentence) override;
  Finger AskFinger(const repair::OpenPage& page, bool opened) override;
  bool Waiting(std::string_view what, std::chrono::milliseconds left) override;
  Reply OfferRollBack(const repair::Repair&, const std::vector<std::string>&) override;
  void ShowVerdict(const app::Report&, bool) override {}
  Reply AskHarmless(const app::Report&) override { return Reply::kYes; }
  void BeginStep(const app::StepShown& shown) override;
  Reply AskStep(const app::StepShown&, const repair::ConsentQuestion&) override;
  Typed AskLossy(const app::StepShown& shown, const repair::ConsentQuestion& question) override;
  Reply AskDone(const app::StepShown& shown) override;
  Said AskFinding(const troubleshoot::Step& question) override;
  std::string AskQuestion(const troubleshoot::Interview::Question& question) override;
  std::size_t AskWhich(std::string_view question, const std::vector<std::string>& options) override;
  bool Watching(const app::GoalSeen& seen, std::chrono::milliseconds left) override;
  Said AskSynced(const app::SyncQuestion& question) override;
  void StepOver(const app::StepRun& run) override;
  Reply OfferRest(const std::vector<troubleshoot::Step>&) override { return Reply::kYes; }
  Reply OfferEveryday(const std::vector<std::string>&) override { return Reply::kYes; }
  Reply OfferRestartCheck(const std::vector<std::string>&) override { return Reply::kNo; }

  // How long waits are at least; see LoopClock.
  [[nodiscard]] const std::chrono::milliseconds& coarse() const { return coarse_; }
  // What the owner's fingers have set, name by name; empty text: it is gone.
  [[nodiscard]] const FlatSystem& by_finger() const { return by_finger_; }
  [[nodiscard]] const std::vector<std::string>& deeds() const { return deeds_; }
  [[nodiscard]] const std::vector<std::string>& asked() const { return asked_; }
  // Fixes that lose something and were agreed to by their word.
  [[nodiscard]] const std::vector<std::string>& agreed_to_lose() const { return agreed_to_lose_; }

 private:
  // Once for each step. True: it is done, or so the owner says.
  bool Act();

  PhoneAtHand& phone_;
  Temper temper_;
  std::chrono::milliseconds coarse_{0};
  const troubleshoot::Fix* fix_ = nullptr;
  bool page_open_ = false, acted_ = false, done_ = false;
  std::chrono::microseconds step_began_{0};  // the phone's wall clock
  FlatSystem by_finger_;
  std::vector<std::string> deeds_, asked_, agreed_to_lose_;
};

}  // namespace bk::loop
