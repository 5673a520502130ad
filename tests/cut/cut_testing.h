// Who sits at a phone whose cable is cut, what the phone has, and what undo must give back of it.
#pragma once

#include <gtest/gtest.h>

#include <chrono>
#include <string>
#include <vector>

#include "app/repair/repair_face.h"
#include "simulate/phone/faults/inject.h"
#include "simulate/phone/machine.h"
#include "simulate/phone/setup/make_android.h"
#include "troubleshoot/interview/interview.h"

namespace bk::cut {

using app::RepairFace;
using simulate::Android;
using simulate::Maker;
using std::chrono::milliseconds;

inline constexpr int kStepsMax = 3;  // of one run; more of them show nothing new
inline constexpr int kWaitsMax =
    40;  // seconds: enough for a radio, not for a finger that never comes

// Says yes to all that costs nothing but a moment, and has enough after some steps.
class Person : public RepairFace {
 public:
  Person(bool& stop, Reply to_steps) : stop_(stop), to_steps_(to_steps) {}
  void Tell(std::string_view) override {}
  Finger AskFinger(const repair::OpenPage&, bool) override { return Finger::kCannot; }
  bool Waiting(std::string_view, milliseconds) override { return ++waited_ < kWaitsMax; }
  Reply OfferRollBack(const repair::Repair&, const std::vector<std::string>&) override {
    ++offered;
    return Reply::kYes;
  }
  void ShowVerdict(const app::Report&, bool) override {}
  Reply AskHarmless(const app::Report&) override { return to_steps_; }
  void BeginStep(const app::StepShown&) override { waited_ = 0; }
  Reply AskStep(const app::StepShown&, const repair::ConsentQuestion&) override {
    return to_steps_;
  }
  Typed AskLossy(const app::StepShown&, const repair::ConsentQuestion&) override {
    return {.reply = to_steps_ == Reply::kStop ? Reply::kStop : Reply::kNo};
  }
  Reply AskDone(const app::StepShown&) override {
    return to_steps_ == Reply::kStop ? Reply::kStop : Reply::kNo;
  }
  Said AskFinding(const troubleshoot::Step&) override { return Said::kNotKnown; }
  std::string AskQuestion(const troubleshoot::Interview::Question&) override {
    return std::string(troubleshoot::kNotKnown);
  }
  std::size_t AskWhich(std::string_view, const std::vector<std::string>&) override { return 0; }
  bool Watching(const app::GoalSeen&, milliseconds) override { return false; }
  Said AskSynced(const app::SyncQuestion&) override { return Said::kNo; }
  void StepOver(const app::StepRun& run) override {
    if (run.end != "skipped" && run.end != "not_here" && ++steps_ == kStepsMax) stop_ = true;
  }
  Reply OfferRestartCheck(const std::vector<std::string>&) override { return Reply::kNo; }

  int offered = 0;

 private:
  bool& stop_;
  Reply to_steps_;
  int steps_ = 0, waited_ = 0;
};

struct Sickness {
  int sdk;
  Maker maker;
  const char* fault;
};

inline Android Sick(const Sickness& sickness) {
  constexpr auto kHour = std::chrono::hours(1);
  simulate::Machine machine(simulate::MakeAndroid(sickness.sdk, sickness.maker, 3));
  machine.Pass(kHour);
  EXPECT_TRUE(simulate::Inject(machine.phone(), sickness.fault, 3)) << sickness.fault;
  machine.Pass(kHour);
  return machine.phone();
}

// What a deed does is no setting, and RestoreNote tells of the rest.
inline simulate::System Settings(simulate::System system) {
  for (auto& [name, package] : system.packages) {
    package.stopped = false;
    if (package.enabled == simulate::Enabled::kDisabledUser) package.disabled_by.clear();
  }
  std::string& bluetooth = system.settings["global"]["bluetooth_on"];
  if (bluetooth == "2") bluetooth = "0";
  return system;
}

}  // namespace bk::cut
