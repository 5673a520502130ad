#include "main/invent_phone.h"

#include <fmt/format.h>

#include <utility>

#include "app/phone/messages.h"
#include "simulate/phone/faults/inject.h"
#include "simulate/phone/machine.h"
#include "simulate/phone/setup/make_android.h"

namespace bk::main {
namespace {

using namespace simulate;  // NOLINT: this file is about nothing else

std::unexpected<Error> CannotHave(const std::string& fault) {
  std::string known;
  for (const std::string_view cause : InjectableCauses())
    known += fmt::format("{}{}", known.empty() ? "" : ", ", cause);
  return Fail(ErrorCode::kInvalid,
              fmt::format("This phone cannot have the fault \"{}\". Simulated phones know: {}.",
                          fault, known));
}

std::unexpected<Error> NoSuchQuirk(const std::string& quirk) {
  std::string known;
  for (const std::string_view one : Quirks())
    known +=
        fmt::format("{}{}{}", known.empty() ? "" : ", ", one, one.ends_with(':') ? "NAME" : "");
  return Fail(
      ErrorCode::kInvalid,
      fmt::format("No simulated phone is peculiar as \"{}\". Known are: {}.", quirk, known));
}

}  // namespace

int SdkOf(int android) {
  switch (android) {
    case 8:
      return 26;
    case 10:
      return 29;
    case 12:
      return 31;
    case 15:
      return 35;
    default:
      return 34;
  }
}

Result<simulate::Android> InventPhone(const app::SimulatedPhone& wanted,
                                      std::chrono::microseconds now) {
  const Maker maker = wanted.maker == "samsung"  ? Maker::kSamsung
                      : wanted.maker == "xiaomi" ? Maker::kXiaomi
                                                 : Maker::kStock;
  constexpr auto kHour = std::chrono::hours(1);
  Machine machine(MakeAndroid(SdkOf(wanted.android), maker, wanted.seed, now - 2 * kHour));
  machine.phone().system.properties["ro.bandkeeper.simulated"] = "1";
  for (const std::string& quirk : wanted.quirks) {
    if (!IsQuirk(quirk)) return NoSuchQuirk(quirk);
    AddQuirk(machine.phone(), quirk);
  }
  machine.Pass(kHour);
  for (const std::string& fault : wanted.faults)
    if (!Inject(machine.phone(), fault, wanted.seed)) return CannotHave(fault);
  machine.Pass(kHour);
  return std::move(machine.phone());
}

std::string SentenceOf(const Flavour& flavour, const app::SimulatedPhone& wanted,
                       const language::Language& language) {
  std::string faults;
  for (const std::string& fault : wanted.faults)
    faults = faults.empty()
                 ? fault
                 : language.Say(app::kLiveSays.and_fault, {{"faults", faults}, {"fault", fault}});
  return language.Say(faults.empty() ? app::kLiveSays.invented_well : app::kLiveSays.invented,
                      {{"model", flavour.model}, {"version", flavour.release}, {"faults", faults}});
}

}  // namespace bk::main
