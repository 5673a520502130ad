// Whatever a host sends as a command line: the simulated phone answers and stays a phone.
#include <iterator>
#include <span>
#include <string>

#include "base/bytes.h"
#include "simulate/phone/machine.h"
#include "simulate/phone/setup/make_android.h"

namespace {

// With few apps and settings, so that many lines can be tried.
bk::simulate::Android SmallPhone(int sdk, bk::simulate::Maker maker) {
  bk::simulate::Android phone = bk::simulate::MakeAndroid(sdk, maker, 1);
  constexpr std::size_t kKept = 12;
  const auto thin = [](auto& map, auto keep) {
    for (auto it = map.begin(); map.size() > kKept && it != map.end();)
      it = keep(it->first) ? std::next(it) : map.erase(it);
  };
  thin(phone.system.packages,
       [](const std::string& name) { return name.ends_with("health") || name == "android"; });
  thin(phone.system.properties, [](const std::string& name) { return name.starts_with("ro.b"); });
  for (auto& [table, rows] : phone.system.settings)
    thin(rows, [](const std::string& name) { return !name.contains("option"); });
  phone.traces = {};
  return phone;
}

}  // namespace

void Fuzz(std::span<const std::byte> bytes) {
  using namespace bk::simulate;
  static const Nature nature = [] {
    Nature made = WholeNature();
    made.advance = [](Android&, std::chrono::microseconds) {};
    return made;
  }();
  static const Android phones[] = {SmallPhone(26, Maker::kStock), SmallPhone(31, Maker::kSamsung),
                                   SmallPhone(35, Maker::kXiaomi)};
  constexpr std::size_t kLineMax = 4'096;
  const std::string line(bk::AsText(bytes.first(std::min(bytes.size(), kLineMax))));
  Machine machine(phones[line.size() % std::size(phones)], nature);
  const Said said = machine.Run(line);
  if (said.more) (void)said.more(machine.phone());
  (void)machine.Run("settings list global; appops get com.xiaomi.hm.health");
}
