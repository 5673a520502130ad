// The cable goes in the middle of a fix over Debian's adb and its server: at commands that are
// drawn from all that the fix sends, once the phone has done them and nobody heard of it, and at
// bytes that are drawn from all that the phone says. It is plugged in again. The next start finds
// what is left behind, puts back, and undo gives the phone back as it was. Every command, in one
// process: cut_cable_test.cc.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <random>

#include "adapters/scan/scan.h"
#include "adb/adb_fixture.h"
#include "app/repair/phone_diagnosis.h"
#include "app/repair/repair_case.h"
#include "app/repair/repair_guard.h"
#include "app/repair/undo_case.h"
#include "cut/cut_testing.h"
#include "loop/phone_at_hand.h"
#include "repair/fakes_testing.h"
#include "repair/undo.h"
#include "troubleshoot/knowledge/embedded_knowledge.h"

namespace bk::cut {
namespace {

using simulate::adbd::Trouble;

constexpr std::uint64_t kSeed = 4;
// Each is a fix, the next start and an undo over three programs: a second or two, and more on a
// busy computer. Half of them at commands, half at bytes.
constexpr std::size_t kCuts = 12;

// Plugs the phone in again when it is asked to.
class AtTheCable final : public Person {
 public:
  AtTheCable(bool& stop, Reply to_steps, std::function<void()> plug_in)
      : Person(stop, to_steps), plug_in_(std::move(plug_in)) {}
  void Tell(std::string_view sentence) override {
    if (sentence.starts_with("The phone is not on the cable any more")) plug_in_();
  }

 private:
  std::function<void()> plug_in_;
};

class Clock final : public ports::Clock {
 public:
  Clock(loop::PhoneAtHand& phone, bool& stop) : phone_(phone), stop_(stop) {}
  [[nodiscard]] std::int64_t WallMillis() const override { return 1'790'000'000'000; }
  [[nodiscard]] milliseconds Now() const override {
    return std::chrono::duration_cast<milliseconds>(phone_.Elapsed());
  }
  bool Wait(milliseconds time) override {
    if (!stop_) phone_.Pass(time);
    return !stop_;
  }
  void WaitOut(milliseconds time) override { phone_.Pass(time); }
  [[nodiscard]] bool stopped() const override { return stop_; }

 private:
  loop::PhoneAtHand& phone_;
  bool& stop_;
};

class Home {
 public:
  Home(const Android& phone, const testing::StockAdb& adb, loop::Cable cable)
      : adb_(adb), phone_(loop::OverAdb(phone, adb, std::move(cable))) {
    world_.patterns = patterns_.get();
    world_.embedded_knowledge = &knowledge_;
    world_.phones = &phone_->phones();
    world_.clock = [this] { return std::make_unique<Clock>(*phone_, stop_); };
    world_.journal = [this](bool) -> Result<std::unique_ptr<ports::Journal>> {
      return std::make_unique<Borrowed>(file_);
    };
    world_.set_guard = [this](const std::string& serial) -> Result<std::unique_ptr<ports::Guard>> {
      guarded_ = serial;
      return std::make_unique<Guard>(takes_over_);
    };
    before_ = phone_->Copy();
  }

  Result<app::RepairOutcome> Fix(RepairFace::Reply to_steps, int* offered = nullptr) {
    stop_ = false;
    AtTheCable person(stop_, to_steps, [this] { PlugIn(); });
    auto outcome = app::RunRepair({.serial = phone_->serial()}, knowledge_, world_,
                                  app::DiagnosisOf({}, knowledge_, world_), person);
    if (offered != nullptr) *offered += person.offered;
    return outcome;
  }
  Result<app::UndoOutcome> UndoAll() {
    stop_ = false;
    return app::RunUndo({.serial = phone_->serial(), .all = true}, knowledge_, world_);
  }
  // The cable is in again, and what was under way on the phone has come about.
  void PlugIn() {
    EXPECT_TRUE(adb_.Connect(phone_->serial()));
    phone_->Pass(std::chrono::seconds(10));
  }
  Status GuardActs() {
    stop_ = false;
    return std::exchange(takes_over_, false) ? app::PutBackAfterDeath(guarded_, world_) : Status{};
  }
  [[nodiscard]] bool guard_takes_over() const { return takes_over_; }
  [[nodiscard]] bool AsBefore() {
    const Android now = phone_->Copy();
    return Settings(now.system) == Settings(before_.system) &&
           now.bluetooth.adapter == before_.bluetooth.adapter;
  }
  [[nodiscard]] repair::RepairJournal Journal() {
    const Clock clock(*phone_, stop_);
    return *repair::RepairJournal::Open(file_, clock);
  }

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
  const testing::StockAdb& adb_;
  std::unique_ptr<loop::PhoneAtHand> phone_;
  Android before_;
  repair::FakeJournal file_;
  bool stop_ = false, takes_over_ = false;
  std::string guarded_;
  app::World world_;
};

class AdbCut : public testing::WithStockAdb {
 protected:
  struct Counts {
    int guards = 0, offers = 0, ended_early = 0;
  };

  // A sentence for each thing that is not as it must be.
  std::string CutOnce(const Android& phone, const Trouble& trouble, Counts& counts) {
    Home home(phone, *adb_, {.troubles = {trouble}});
    std::string problems;
    const auto outcome = home.Fix(RepairFace::Reply::kYes);
    if (!outcome) ++counts.ended_early;
    if ((outcome ? outcome->sentence : outcome.error().message).empty())
      problems += "it ended without a sentence; ";
    home.PlugIn();
    if (home.guard_takes_over()) {
      ++counts.guards;
      if (const Status acted = home.GuardActs(); !acted)
        problems += "the guard: " + acted.error().message + "; ";
    }
    if (!repair::HotRepairs(home.Journal(), "").empty())
      if (const auto next = home.Fix(RepairFace::Reply::kStop, &counts.offers); !next)
        problems += "the next start: " + next.error().message + "; ";
    if (const auto undone = home.UndoAll(); !undone)
      problems += "undo: " + undone.error().message + "; ";
    else if (!undone->all_back)
      problems += "undo left something; ";
    home.PlugIn();
    if (!home.AsBefore()) problems += "it is not as it was; ";
    const repair::RepairJournal journal = home.Journal();
    if (journal.lost() != 0) problems += "the journal has lost records; ";
    for (const repair::Repair& repair : journal.repairs())
      if (repair.hot() || repair.undoable()) problems += "the journal is hot in the end; ";
    return problems;
  }
};

TEST_F(AdbCut, TheNextStartRecovers) {
  // Bluetooth is switched off and on, for a moment: what must not be left behind.
  const Android phone = Sick({34, Maker::kStock, "phone_bluetooth_stack_bug"});
  std::uint64_t commands = 0, bytes = 0;
  std::size_t changes = 0;
  {
    std::atomic<std::uint64_t> heard{0}, said{0};
    Home home(phone, *adb_,
              {.heard = [&](std::string_view) { ++heard; },
               .said = [&](std::size_t some) { said += some; }});
    const auto outcome = home.Fix(RepairFace::Reply::kYes);
    ASSERT_TRUE(outcome) << outcome.error().message;
    commands = heard;
    bytes = said;
    const repair::RepairJournal journal = home.Journal();
    for (const repair::Repair& repair : journal.repairs()) changes += repair.changes.size();
    ASSERT_TRUE(home.UndoAll()->all_back);
  }
  ASSERT_GT(changes, 0U) << "a fix that changes nothing proves nothing";
  ASSERT_GT(commands, kCuts);

  // One of each stretch of equal length, so that the draws lie over the whole fix.
  std::mt19937_64 random(kSeed);
  const auto drawn = [&random](std::uint64_t all, std::size_t stretch, std::size_t stretches) {
    const std::uint64_t from = all * stretch / stretches;
    return from + random() % std::max<std::uint64_t>(1, all * (stretch + 1) / stretches - from);
  };
  Counts counts;
  for (std::size_t i = 0; i < kCuts; ++i) {
    const std::size_t stretch = i / 2;
    const bool at_command = i % 2 == 0;
    const Trouble trouble = at_command ? Trouble{.kind = Trouble::Kind::kDropInCommand,
                                                 .nth = 1 + drawn(commands, stretch, kCuts / 2)}
                                       : Trouble{.kind = Trouble::Kind::kDropConnection,
                                                 .nth = 1,
                                                 .bytes = drawn(bytes, stretch, kCuts / 2)};
    EXPECT_EQ(CutOnce(phone, trouble, counts), "") << (at_command ? "in command " : "after byte ")
                                                   << (at_command ? trouble.nth : trouble.bytes);
  }
  fmt::print(
      "{} cuts over stock adb in {} commands ({} bytes) with {} changes: {} fixes ended without an "
      "outcome, {} guards took over, {} next starts offered to roll back\n",
      kCuts, commands, bytes, changes, counts.ended_early, counts.guards, counts.offers);
}

}  // namespace
}  // namespace bk::cut
