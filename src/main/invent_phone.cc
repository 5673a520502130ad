#include "main/invent_phone.h"

#include <fmt/format.h>

#include <utility>

#include "simulate/phone/faults/inject.h"
#include "simulate/phone/machine.h"
#include "simulate/phone/setup/make_android.h"

namespace bk::main {
namespace {

using namespace simulate;  // NOLINT: this file is about nothing else

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

std::unexpected<Error> CannotHave(const std::string& fault) {
  std::string known;
  for (const std::string_view cause : InjectableCauses())
    known += fmt::format("{}{}", known.empty() ? "" : ", ", cause);
  return Fail(ErrorCode::kInvalid,
              fmt::format("This phone cannot have the fault \"{}\". Simulated phones know: {}.",
                          fault, known));
}

}  // namespace

Result<simulate::Android> InventPhone(const app::SimulatedPhone& wanted,
                                      std::chrono::microseconds now) {
  const Maker maker = wanted.maker == "samsung"  ? Maker::kSamsung
                      : wanted.maker == "xiaomi" ? Maker::kXiaomi
                                                 : Maker::kStock;
  constexpr auto kHour = std::chrono::hours(1);
  Machine machine(MakeAndroid(SdkOf(wanted.android), maker, wanted.seed, now - 2 * kHour));
  machine.phone().system.properties["ro.bandkeeper.simulated"] = "1";
  machine.Pass(kHour);
  for (const std::string& fault : wanted.faults)
    if (!Inject(machine.phone(), fault, wanted.seed)) return CannotHave(fault);
  machine.Pass(kHour);
  return std::move(machine.phone());
}

std::string SentenceOf(const Flavour& flavour, const app::SimulatedPhone& wanted) {
  const std::vector<std::string>& faults = wanted.faults;
  std::string sentence = fmt::format("an invented {}, Android {}", flavour.model, flavour.release);
  if (faults.empty()) return sentence + ", with nothing wrong";
  for (std::size_t i = 0; i < faults.size(); ++i)
    sentence += (i == 0 ? ", with " : " and ") + faults[i];
  return sentence;
}

}  // namespace bk::main
