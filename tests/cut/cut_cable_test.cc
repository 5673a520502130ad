// The cable goes at every command of a fix: before the phone heard it, and after it was done and
// nobody heard of it; it comes back, or stays away. Each time the fix ends with a sentence, the
// journal is whole, what must not stay is put back (by the fix, its guard or the next start), and
// undo gives back the phone as it was.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <optional>
#include <set>

#include "adapters/scan/scan.h"
#include "app/repair/phone_diagnosis.h"
#include "app/repair/repair_case.h"
#include "app/repair/repair_guard.h"
#include "app/repair/undo_case.h"
#include "cut/cut_testing.h"
#include "repair/fakes_testing.h"
#include "repair/undo.h"
#include "simulate/phone/sim_phone.h"
#include "troubleshoot/knowledge/embedded_knowledge.h"

namespace bk::cut {
namespace {

// Of the questions of a diagnosis, which change nothing, so many are cut one by one.
constexpr std::size_t kEveryQuestion = 29;

// Time passes on the phone as it does for the one who waits.
class PhonesClock final : public ports::Clock {
 public:
  PhonesClock(simulate::SimPhones& phones, bool& stop) : phones_(phones), stop_(stop) {}
  [[nodiscard]] std::int64_t WallMillis() const override { return 1'790'000'000'000; }
  [[nodiscard]] milliseconds Now() const override {
    return std::chrono::duration_cast<milliseconds>(phones_.machine().elapsed());
  }
  bool Wait(milliseconds time) override {
    if (stop_) return false;
    phones_.Pass(time);
    return !stop_;
  }
  void WaitOut(milliseconds time) override { phones_.Pass(time); }
  [[nodiscard]] bool stopped() const override { return stop_; }

 private:
  simulate::SimPhones& phones_;
  bool& stop_;
};

struct Cut {
  std::size_t at = 0;
  bool after = false, stays_away = false;
};

class Home {
 public:
  explicit Home(const Android& phone) : phones_(phone) {
    world_.patterns = patterns_.get();
    world_.embedded_knowledge = &knowledge_;
    world_.phones = &phones_;
    world_.clock = [this] { return std::make_unique<PhonesClock>(phones_, stop_); };
    world_.journal = [this](bool) -> Result<std::unique_ptr<ports::Journal>> {
      return std::make_unique<Borrowed>(file_);
    };
    world_.set_guard = [this](const std::string& serial) -> Result<std::unique_ptr<ports::Guard>> {
      guarded_ = serial;
      return std::make_unique<Guard>(takes_over_);
    };
    phones_.Pass(std::chrono::seconds(30));
  }

  Result<app::RepairOutcome> Fix(Person& person) {
    stop_ = false;
    return app::RunRepair({}, knowledge_, world_, app::DiagnosisOf({}, knowledge_, world_), person);
  }
  Person Willing() { return {stop_, RepairFace::Reply::kYes}; }
  Person Unwilling() { return {stop_, RepairFace::Reply::kStop}; }
  Result<app::UndoOutcome> UndoAll() {
    stop_ = false;
    return app::RunUndo({.all = true}, knowledge_, world_);
  }
  // The cable is in again, and what was under way on the phone has come about.
  void PlugIn() {
    phones_.knobs() = {};
    int looks = 0;
    (void)phones_.Track([&](auto) { return ++looks < 2; });
    phones_.Pass(std::chrono::seconds(10));
  }
  // What the guard does once the program is gone.
  Status GuardActs() {
    stop_ = false;
    return std::exchange(takes_over_, false) ? app::PutBackAfterDeath(guarded_, world_) : Status{};
  }
  [[nodiscard]] bool guard_takes_over() const { return takes_over_; }
  // Something is off that no fix would leave so.
  [[nodiscard]] bool Disturbed() {
    const Android &now = phones_.phone(), &was = before_;
    const auto in_airplane = [](const Android& phone) {
      return phone.system.settings.at("global").at("airplane_mode_on") != "0";
    };
    const auto is_on = [](const Android& phone) {
      return phone.bluetooth.adapter == simulate::AdapterState::kOn;
    };
    return (in_airplane(now) && !in_airplane(was)) || (!is_on(now) && is_on(was));
  }
  [[nodiscard]] repair::RepairJournal Journal() {
    PhonesClock clock(phones_, stop_);
    return *repair::RepairJournal::Open(file_, clock);
  }
  simulate::SimPhones& phones() { return phones_; }

 private:
  struct Guard final : ports::Guard {
    explicit Guard(bool& takes_over) : takes_over_in(takes_over) {}
    void TakeOver() override { takes_over_in = true; }
    bool& takes_over_in;
  };
  struct Borrowed final : ports::Journal {
    explicit Borrowed(repair::FakeJournal& file_in) : file(file_in) {}
    Result<std::string> Read() override { return file.Read(); }
    Status Append(std::string_view bytes) override { return file.Append(bytes); }
    repair::FakeJournal& file;
  };

  const troubleshoot::Knowledge& knowledge_ = troubleshoot::EmbeddedKnowledge();
  std::unique_ptr<ports::PatternCompiler> patterns_ = adapters::MakePatternCompiler();
  simulate::SimPhones phones_;
  Android before_ = phones_.phone();
  repair::FakeJournal file_;
  bool stop_ = false, takes_over_ = false;
  std::string guarded_;
  app::World world_;
};

// A sentence for each thing that is not as it must be.
std::string CutOnce(const Android& phone, const Cut& cut, int& guards, int& offers) {
  Home home(phone);
  const simulate::System before = home.phones().phone().system;
  home.phones().knobs() = {
      .cut_at = cut.at, .cut_after_it = cut.after, .stays_away = cut.stays_away};
  std::string problems;
  Person willing = home.Willing();
  const auto outcome = home.Fix(willing);
  if ((outcome ? outcome->sentence : outcome.error().message).empty())
    problems += "it ended without a sentence; ";
  home.PlugIn();
  if (home.guard_takes_over()) {
    ++guards;
    if (const Status acted = home.GuardActs(); !acted)
      problems += "the guard: " + acted.error().message + "; ";
    home.PlugIn();
  }
  if (home.Disturbed()) problems += "it is left disturbed, and no guard was left; ";
  if (!repair::HotRepairs(home.Journal(), "").empty()) {
    Person unwilling = home.Unwilling();
    if (const auto next = home.Fix(unwilling); !next)
      problems += "the next start: " + next.error().message + "; ";
    offers += unwilling.offered;
  }
  if (const auto undone = home.UndoAll(); !undone) {
    problems += "undo: " + undone.error().message + "; ";
  } else if (!undone->all_back) {
    problems += "undo left something: ";
    for (const repair::Undone& one : undone->undone) problems += one.text + "; ";
  }
  home.PlugIn();
  if (home.Disturbed()) problems += "it is disturbed in the end; ";
  if (Settings(home.phones().phone().system) != Settings(before))
    problems += "its settings are not as they were; ";
  const repair::RepairJournal journal = home.Journal();
  if (journal.lost() != 0) problems += "the journal has lost records; ";
  for (const repair::Repair& repair : journal.repairs())
    if (repair.hot() || repair.undoable()) problems += "the journal is hot in the end; ";
  return problems;
}

class CutCable : public testing::TestWithParam<Sickness> {};

TEST_P(CutCable, AtEveryCommand) {
  const Android phone = Sick(GetParam());
  std::vector<std::string> lines;
  std::size_t changes = 0;
  {
    Home home(phone);
    Person willing = home.Willing();
    const auto outcome = home.Fix(willing);
    ASSERT_TRUE(outcome) << outcome.error().message;
    lines = home.phones().lines();
    const repair::RepairJournal journal = home.Journal();
    for (const repair::Repair& repair : journal.repairs()) changes += repair.changes.size();
  }
  ASSERT_GT(changes, 0U) << "a fix that changes nothing proves nothing";
  // The first diagnosis, which ends before the first look at the goal.
  const auto first = std::ranges::find(lines, "date '+%m-%d %H:%M:%S'");
  std::set<std::string> questions(lines.begin(), first);
  questions.erase("dumpsys bluetooth_manager");
  std::size_t cuts = 0;
  int guards = 0, offers = 0;
  for (std::size_t at = 0; at < lines.size(); ++at) {
    if (questions.contains(lines[at]) && at % kEveryQuestion != 0) continue;
    for (const bool after : {false, true})
      for (const bool stays_away : {false, true}) {
        ++cuts;
        const std::string problems = CutOnce(phone, {at, after, stays_away}, guards, offers);
        EXPECT_EQ(problems, "") << GetParam().fault << ": cut " << (after ? "after" : "before")
                                << " command " << at << " (" << lines[at] << "), "
                                << (stays_away ? "stays away" : "comes back");
      }
  }
  fmt::print(
      "{}, sdk {}: {} cuts in {} commands with {} changes; {} guards took over, {} next "
      "starts offered to roll back\n",
      GetParam().fault, GetParam().sdk, cuts, lines.size(), changes, guards, offers);
}

INSTANTIATE_TEST_SUITE_P(Faults, CutCable,
                         testing::Values(Sickness{34, Maker::kStock, "phone_bluetooth_stack_bug"},
                                         Sickness{29, Maker::kSamsung, "airplane_mode"},
                                         Sickness{34, Maker::kXiaomi, "background_killed"},
                                         Sickness{31, Maker::kStock,
                                                  "nearby_devices_permission_missing"},
                                         Sickness{26, Maker::kXiaomi, "app_stopped_or_disabled"},
                                         Sickness{35, Maker::kSamsung, "data_saver_blocks_app"}),
                         [](const auto& one) { return std::string(one.param.fault); });

}  // namespace
}  // namespace bk::cut
