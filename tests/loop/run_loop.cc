#include "loop/run_loop.h"

#include <fmt/format.h>

#include <algorithm>

#include "adapters/scan/scan.h"
#include "app/repair/phone_diagnosis.h"
#include "repair/fakes_testing.h"
#include "simulate/phone/faults/inject.h"
#include "simulate/phone/life/advance.h"
#include "simulate/phone/setup/make_android.h"
#include "troubleshoot/knowledge/embedded_knowledge.h"

namespace bk::loop {
namespace {

using namespace std::chrono_literals;
using simulate::Android;

const ports::PatternCompiler& Patterns() {
  static const auto patterns = adapters::MakePatternCompiler();
  return *patterns;
}

class KeptJournal final : public ports::Journal {
 public:
  explicit KeptJournal(repair::FakeJournal& file) : file_(file) {}
  Result<std::string> Read() override { return file_.Read(); }
  Status Append(std::string_view more) override { return file_.Append(more); }

 private:
  repair::FakeJournal& file_;
};
struct NoGuard final : ports::Guard {
  void TakeOver() override {}
};

// The world as main joins it, but for the phone, the clock, the person and where the journal lies.
app::World WorldOf(PhoneAtHand& phone, repair::FakeJournal& file, const OwnerFace& owner) {
  app::World world;
  world.patterns = &Patterns();
  world.embedded_knowledge = &troubleshoot::EmbeddedKnowledge();
  world.phones = &phone.phones();
  world.clock = [&] { return std::make_unique<LoopClock>(phone, owner.coarse()); };
  world.journal = [&](bool) -> Result<std::unique_ptr<ports::Journal>> {
    return std::make_unique<KeptJournal>(file);
  };
  world.set_guard = [](const std::string&) -> Result<std::unique_ptr<ports::Guard>> {
    return std::make_unique<NoGuard>();
  };
  return world;
}

std::vector<Named> Rank(const app::Report& report, const std::vector<std::string>& faults) {
  std::vector<Named> named;
  const troubleshoot::Diagnosis& diagnosis = report.diagnosis;
  for (const std::string& fault : faults) {
    Named& one = named.emplace_back();
    const auto& causes = diagnosis.causes;
    const auto found = std::ranges::find(causes, fault, &troubleshoot::CauseChance::id);
    if (found == causes.end()) continue;
    one.rank = static_cast<std::size_t>(found - causes.begin()) + 1;
    one.probability = found->probability;
    const troubleshoot::Verdict& verdict = diagnosis.verdict;
    one.cause_said = verdict.outcome == troubleshoot::Outcome::kCause &&
                     (verdict.cause == fault ||
                      std::ranges::count(verdict.also, fault, &troubleshoot::CauseChance::id) > 0);
  }
  return named;
}

// Why a setting may differ from before when all is undone; empty: it may not.
std::string WhyLeft(const std::string& name, const FlatSystem& before, const FlatSystem& after,
                    const OwnerFace& owner) {
  const auto value = [&](const FlatSystem& flat) {
    const auto found = flat.find(name);
    return found == flat.end() ? std::string() : found->second;
  };
  if (const auto finger = owner.by_finger().find(name);
      finger != owner.by_finger().end() && finger->second == value(after))
    return "the owner's finger";
  if (name.starts_with("package/") && name.ends_with("/stopped") && value(after) == "0")
    return "an app that was opened is not unopened";
  if (name.starts_with("package/") && name.ends_with("/disabled_by")) return "who switched it off";
  if (name == "property/persist.sys.timezone") return "what the network corrected";
  if (name == "settings/global/bluetooth_on" && value(before) != "0" && value(after) != "0")
    return "how Android notes that it is on";
  return {};
}

}  // namespace

std::string NameOf(const Patient& patient) {
  const auto version = [&] {
    switch (patient.sdk) {
      case 26:
        return "8";
      case 29:
        return "10";
      case 31:
        return "12";
      case 34:
        return "14";
      default:
        return "15";
    }
  };
  const char* maker = patient.maker == simulate::Maker::kStock     ? "stock"
                      : patient.maker == simulate::Maker::kSamsung ? "samsung"
                                                                   : "xiaomi";
  return fmt::format("android {} {} {}", version(), maker, patient.seed);
}

std::optional<Android> MakePatient(const Patient& patient) {
  Android phone = simulate::MakeAndroid(patient.sdk, patient.maker, patient.seed);
  if (patient.companion != simulate::kZeppLife) {
    const std::string other = phone.life.companion;
    simulate::InstallCompanion(phone, patient.companion);
    phone.life.companion = patient.companion;
    phone.system.packages.erase(other);
  }
  simulate::Advance(phone, 1h);
  for (const std::string& fault : patient.faults)
    if (!simulate::Inject(phone, fault, patient.seed)) return std::nullopt;
  simulate::Advance(phone, 1h);
  return phone;
}

bool WillBeWell(Android phone, const std::vector<std::string>& faults) {
  const bool notifications = std::ranges::any_of(
      faults, [](const std::string& fault) { return fault.starts_with("notification_"); });
  int well = 0;
  for (int i = 0; i < 12; ++i) {
    simulate::Advance(phone, 5min);
    well += simulate::Healthy(phone, phone.clock.wall - 20min) &&
            (!notifications || simulate::NotificationsArrive(phone));
  }
  return well >= 10;
}

LoopRun RunLoop(PhoneAtHand& phone, const Patient& patient, const Temper& temper) {
  LoopRun run;
  const troubleshoot::Knowledge& knowledge = troubleshoot::EmbeddedKnowledge();
  repair::FakeJournal file;
  OwnerFace owner(phone, temper);
  const app::World world = WorldOf(phone, file, owner);
  const FlatSystem before = Flatten(phone.Copy().system);
  const auto began = phone.Elapsed();

  auto outcome = app::RunRepair({.serial = phone.serial()}, knowledge, world,
                                app::DiagnosisOf("", knowledge, world), owner);
  if (!outcome) {
    run.broken = "no repair: " + outcome.error().message;
    return run;
  }
  run.outcome = *std::move(outcome);
  run.minutes = std::chrono::duration<double, std::ratio<60>>(phone.Elapsed() - began).count();
  run.deeds = owner.deeds();
  run.asked = owner.asked();
  if (run.outcome.first) {
    run.named = Rank(*run.outcome.first, patient.faults);
    run.verdict = OutcomeName(run.outcome.first->diagnosis.verdict.outcome);
  }
  for (const app::StepRun& step : run.outcome.runs) {
    const bool lossy = step.loss >= troubleshoot::LossClass::kPairing;
    const bool carried = step.end == "done" || step.end == "already";
    if (lossy && carried) ++run.lossy;
    if (lossy && carried && std::ranges::count(owner.agreed_to_lose(), step.fix) == 0)
      run.broken = step.fix + " can lose something and was done without its word";
  }
  run.well = WillBeWell(phone.Copy(), patient.faults);
  run.cured_by_tool = run.well && owner.deeds().empty();

  const auto undone = app::RunUndo({.serial = phone.serial(), .all = true}, knowledge, world);
  if (!undone) {
    run.broken = "no undo: " + undone.error().message;
    return run;
  }
  phone.Pass(1min);  // what was put back comes about
  const FlatSystem after = Flatten(phone.Copy().system);
  for (const std::string& name : Differing(before, after))
    run.left.emplace_back(name, WhyLeft(name, before, after, owner));
  return run;
}

}  // namespace bk::loop
