// What must hold of every life that a plan describes.
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <utility>

#include "loop/flat_system.h"
#include "repair/fakes_testing.h"
#include "repair/situation.h"
#include "repair/step.h"
#include "repair/undo.h"
#include "simulate/phone/setup/make_android.h"
#include "simulate/phone/sim_phone.h"
#include "simulate/phone/system/state.h"
#include "troubleshoot/knowledge/embedded_knowledge.h"
#include "undo/edits.h"
#include "undo/plan.h"
#include "undo/plan_parts.h"

namespace bk::undo {
namespace {

using loop::FlatSystem;
using simulate::Android;
using simulate::SimPhones;
using std::chrono::milliseconds;
using Kind = Event::Kind;

// Whoever changes something in the middle of a step does it while the step rests, which is longer
// than any look that is repeated.
constexpr milliseconds kRests{5'000};

std::string ValueIn(const FlatSystem& flat, const std::string& name) {
  const auto found = flat.find(name);
  return found == flat.end() ? std::string() : found->second;
}

// Time passes on the phone as it does for the one who waits.
class PhonesClock final : public ports::Clock {
 public:
  PhonesClock(SimPhones& phones, const std::function<void()>& in_pause)
      : phones_(phones), in_pause_(in_pause) {}
  [[nodiscard]] std::int64_t WallMillis() const override { return 1'790'000'000'000; }
  [[nodiscard]] milliseconds Now() const override {
    return std::chrono::duration_cast<milliseconds>(phones_.machine().elapsed());
  }
  bool Wait(milliseconds time) override {
    phones_.Pass(time / 2);
    if (time >= kRests) in_pause_();
    phones_.Pass(time - time / 2);
    return true;
  }
  void WaitOut(milliseconds time) override { phones_.Pass(time); }
  [[nodiscard]] bool stopped() const override { return false; }

 private:
  SimPhones& phones_;
  const std::function<void()>& in_pause_;
};

class Silent final : public repair::StepTeller {
 public:
  void Tell(std::string_view) override {}
  Finger AskFinger(const repair::OpenPage&, bool) override { return Finger::kCannot; }
  bool Waiting(std::string_view, milliseconds) override { return true; }
};

// The phone, and beside it a shadow: the same phone with the same others, but without the program.
// What undo leaves must be what the shadow has.
class Bench {
 public:
  explicit Bench(const Plan& plan)
      : plan_(plan),
        edits_(EditsOf(NewPhone(plan))),
        phones_(Begin(plan, edits_)),
        shadow_(phones_.phone()) {
    phones_.Pass(std::chrono::seconds(30));  // what was set has come about
    Follow();
    begin_ = Now();
  }

  PlanRun Run() {
    auto opened = phones_.Open("");
    phone_ = std::move(*opened);
    auto traits = repair::ReadTraits(*phone_);
    if (!traits) return Done("the phone's traits cannot be read");
    traits_ = *std::move(traits);
    who_ = repair::FindWhoIsWho(*phone_, traits_, troubleshoot::EmbeddedKnowledge().apps,
                                {.companion = std::string(kApp)});
    who_.situation.bluetooth_hogs = {std::string(kOther)};
    NewRepair();
    for (const Event& event : plan_.events) Do(event);
    Undo();
    UndoAgain();
    Compare();
    return std::move(run_);
  }

 private:
  static Android Begin(const Plan& plan, const std::vector<Edit>& edits) {
    Android phone = NewPhone(plan);
    for (const Event& event : plan.events)
      if (event.kind == Kind::kQuirk)
        simulate::AddQuirk(phone, kQuirks[event.index % kQuirks.size()]);
    for (const Event& event : plan.events)
      if (event.kind == Kind::kSet) EditBefore(edits, event.index).apply(phone);
    return phone;
  }

  PlanRun Done(std::string problem) {
    Problem(problem);
    return std::move(run_);
  }
  void Problem(std::string_view problem) { run_.problems.append(problem).append("\n"); }
  FlatSystem Now() { return loop::Flatten(phones_.phone().system); }
  // The shadow lives as long as the phone.
  void Follow() { shadow_.Pass(phones_.machine().elapsed() - shadow_.machine().elapsed()); }

  void NewRepair() {
    auto journal = repair::RepairJournal::Open(file_, clock_);
    if (repair_ != 0) (void)journal->EndRepair(repair_, "proved");
    repair_ = *journal->BeginRepair(phone_->serial(), "simulated");
  }

  void Do(const Event& event) {
    switch (event.kind) {
      case Kind::kQuirk:
      case Kind::kSet:
        return;
      case Kind::kFix:
        Carry(FixFor(event.index));
        return;
      case Kind::kEdit:
        Others(EditFor(event.index));
        return;
      case Kind::kEditInPause:
        waiting_ = event.index;
        return;
      case Kind::kNewRepair:
        NewRepair();
        return;
      case Kind::kUndo:
        Undo();
        return;
      case Kind::kOwnersRestart:
        phones_.machine().Restart();
        (void)phone_->WaitUntilReady(std::chrono::minutes(5));
        phones_.Pass(std::chrono::seconds(30));
        ShadowRestarts();
        return;
    }
  }

  void ShadowRestarts() {
    shadow_.machine().Restart();
    Follow();
  }

  // Any, or one of what the program has changed: to whatever, or to what it neither was nor became.
  const Edit& EditFor(std::size_t index) {
    std::vector<const Edit*> chosen;
    for (const Edit& edit : edits_) {
      const std::string& name = edit.names.front();
      const bool ours = befores_.contains(name);
      const bool third = ours && edit.free_value && !befores_[name].contains(*edit.free_value) &&
                         !lefts_[name].contains(*edit.free_value);
      if (index % 3 == 0 || (index % 3 == 1 && ours) || third) chosen.push_back(&edit);
    }
    if (chosen.empty()) return edits_[index / 3 % edits_.size()];
    return *chosen[index / 3 % chosen.size()];
  }

  void Others(const Edit& edit) {
    ++run_.edits;
    run_.story += "    somebody sets " + edit.what + "\n";
    Follow();
    edit.apply(phones_.phone());
    edit.apply(shadow_.phone());
    const FlatSystem after = Now();
    for (const std::string& name : edit.names) {
      touched_.insert(name);
      // Somebody sets what we had set: it is as we left it, and nobody can tell the two apart.
      if (lefts_[name].contains(ValueIn(after, name)))
        adopted_.insert(name);
      else
        adopted_.erase(name);
    }
  }

  void Carry(const troubleshoot::Fix& fix) {
    const auto action = repair::ActionFor(fix.id, traits_, who_.situation);
    if (!action || action->moves.empty()) return;
    auto journal = repair::RepairJournal::Open(file_, clock_);
    const repair::Workplace place{*phone_, clock_, *journal, traits_, repair_};
    repair::Consents consents;
    consents.AgreeToHarmless();
    consents.Agree(fix.id);
    const auto permit = consents.PermitFor(fix, &*action);
    if (!permit) {
      Problem(fix.id + " is the tool's and wants more than a yes");
      return;
    }
    ++run_.fixes;
    const FlatSystem before = Now();
    const std::size_t commands = phones_.lines().size();
    const std::size_t edits = run_.edits;
    Silent silent;
    const auto result = repair::CarryOut(*action, false, *permit, place, silent);
    run_.story += fmt::format("    {}: {}, {} changes {}\n", fix.id, repair::EndName(result.end),
                              result.changes.size(), result.sentence);
    run_.changes += result.changes.size();
    for (const repair::Repair& repair : journal->repairs())
      for (const repair::Change& change : repair.changes)
        if (std::ranges::count(result.changes, change.number) > 0) Remember(change, before, Now());
    if (result.temporary_left && run_.edits == edits)
      Problem(fix.id + ": what was for a moment stays, and nobody else did anything");
    if (std::ranges::count(phones_.lines().begin() + static_cast<std::ptrdiff_t>(commands),
                           phones_.lines().end(), "reboot") > 0)
      ShadowRestarts();
  }

  void Remember(const repair::Change& change, const FlatSystem& before, const FlatSystem& after) {
    for (const std::string& name : NamesOf(phones_.phone(), change.setting, false)) {
      befores_[name].insert(ValueIn(before, name));
      lefts_[name].insert(ValueIn(after, name));
    }
  }

  void Undo() {
    if (plan_.answer == Answer::kNobodyThereAtFirst) UndoOnce(nullptr);
    UndoOnce(
        [this](const repair::Change& change, const repair::SettingValue&, std::string_view text) {
          ++run_.asked;
          asked_.insert(change.setting.text);
          if (text.empty()) Problem("asked without a word about " + change.setting.text);
          const auto names = NamesOf(phones_.phone(), change.setting, true);
          const FlatSystem shadow = loop::Flatten(shadow_.phone().system);
          if (std::ranges::none_of(names, [&](const std::string& name) {
                return touched_.contains(name) || ValueIn(shadow, name) != ValueIn(begin_, name);
              }))
            Problem("asked about what nobody else has changed: " + change.setting.text);
          const bool put_back = plan_.answer == Answer::kPutBack;
          if (put_back)
            for (const std::string& name : NamesOf(phones_.phone(), change.setting, false))
              agreed_.insert(name);
          return put_back;
        });
  }

  void UndoOnce(const repair::AskAnyway& ask) {
    Follow();
    auto journal = repair::RepairJournal::Open(file_, clock_);
    if (journal->lost() != 0) Problem("the journal has lost records");
    std::vector<std::uint64_t> numbers;
    for (const repair::Repair& repair : journal->repairs()) numbers.push_back(repair.number);
    for (auto number = numbers.rbegin(); number != numbers.rend(); ++number) {
      const repair::Workplace place{*phone_, clock_, *journal, traits_, *number};
      for (const repair::Undone& undone : repair::UndoRepair(*number, place, ask)) {
        run_.story += "    undo: " + undone.text + "\n";
        if (undone.text.empty()) Problem("undone without a word");
        if (undone.how == repair::Undone::How::kCannot && !OfSwitchedOff(*journal, undone.change))
          Problem("cannot: " + undone.text);
      }
      if (ask && given_up_.empty() && journal->Find(*number)->undoable())
        Problem("a repair can still be undone");
    }
    // The repair that is under way goes on after an undo in the middle.
    phones_.Pass(std::chrono::seconds(30));
    Follow();
  }

  // An app that somebody switched off since cannot be opened any more: it stays in the journal.
  bool OfSwitchedOff(const repair::RepairJournal& journal, std::uint64_t number) {
    constexpr std::string_view kStopped = "stopped/";
    for (const repair::Repair& repair : journal.repairs())
      for (const repair::Change& change : repair.changes) {
        if (change.number != number || !change.setting.text.starts_with(kStopped)) continue;
        const std::string package = change.setting.text.substr(kStopped.size());
        if (simulate::MayRun(phones_.phone().system.packages.at(package))) return false;
        given_up_.insert("package/" + package + "/stopped");
        return true;
      }
    return false;
  }

  // Once more: nobody is asked, nothing is written.
  void UndoAgain() {
    if (!given_up_.empty()) return;
    const FlatSystem before = Now();
    const std::size_t asked = run_.asked;
    UndoOnce([&](const auto&...) {
      ++run_.asked;
      return true;
    });
    if (run_.asked != asked) Problem("asked once more about what is settled");
    for (const std::string& name : loop::Differing(before, Now()))
      Problem("a second undo changes " + name);
  }

  void Compare() {
    const FlatSystem after = Now();
    const FlatSystem shadow = loop::Flatten(shadow_.phone().system);
    for (const std::string& name : loop::Differing(after, shadow))
      if (!MayDiffer(name, ValueIn(after, name), ValueIn(shadow, name)))
        Problem(fmt::format("{} is '{}', and '{}' without us (at first '{}')", name,
                            ValueIn(after, name), ValueIn(shadow, name), ValueIn(begin_, name)));
  }

  [[nodiscard]] bool MayDiffer(const std::string& name, const std::string& is,
                               const std::string& shadow) const {
    const auto befores = befores_.find(name);
    const bool was_before = befores != befores_.end() && befores->second.contains(is);
    if (agreed_.contains(name) || adopted_.contains(name)) return was_before;
    // What RestoreNote says: an app that was opened stays so, who is noted to have switched an app
    // off, whether Bluetooth comes back by itself with the end of airplane mode.
    constexpr std::string_view kPackage = "package/", kStopped = "/stopped";
    if (name.ends_with(kStopped)) {
      const std::string package =
          name.substr(kPackage.size(), name.size() - kPackage.size() - kStopped.size());
      // ... and of one that was switched off since, the person was asked.
      return (is == "0" && package == kApp) || given_up_.contains(name) ||
             asked_.contains("stopped/" + package);
    }
    if (name.ends_with("/disabled_by")) return true;
    if (name == "settings/global/bluetooth_on") return BluetoothMayDiffer(is, shadow);
    // ... and a battery saver that a hand switched on, which comes back after charging.
    if (name == "settings/global/low_power_sticky")
      return is == "1" && befores_.contains("settings/global/low_power");
    return false;
  }

  // Airplane mode that is put back switches off a Bluetooth that was on in it: README.md.
  [[nodiscard]] bool BluetoothMayDiffer(const std::string& is, const std::string& shadow) const {
    const bool both_off = is != "1" && shadow != "1";
    return both_off || (is == "2" && befores_.contains("settings/global/airplane_mode_on"));
  }

  const Plan& plan_;
  const std::vector<Edit> edits_;
  SimPhones phones_, shadow_;
  std::unique_ptr<ports::Phone> phone_;
  repair::PhoneTraits traits_;
  repair::WhoIsWho who_;
  std::optional<std::size_t> waiting_;  // an edit, for the next pause
  const std::function<void()> in_pause_ = [this] {
    if (!waiting_) return;
    const std::size_t index = *std::exchange(waiting_, std::nullopt);
    Others(EditFor(index));
  };
  PhonesClock clock_{phones_, in_pause_};
  repair::FakeJournal file_;
  std::uint64_t repair_ = 0;
  FlatSystem begin_;
  std::map<std::string, std::set<std::string>> befores_, lefts_;  // values around changes of ours
  std::set<std::string> touched_, adopted_, agreed_, asked_, given_up_;
  PlanRun run_;
};

}  // namespace

PlanRun RunPlan(const Plan& plan) { return Bench(plan).Run(); }

}  // namespace bk::undo
