#include "simulate/phone/machine.h"

#include <algorithm>
#include <string>
#include <utility>

#include "simulate/phone/shell/shell.h"
#include "simulate/phone/system/restart.h"
#include "simulate/phone/system/state.h"

namespace bk::simulate {
namespace {

// Quirk "output_cut": a service that does not end in time is cut by dumpsys itself.
void CutOutput(std::string_view line, std::string& out) {
  constexpr std::size_t kLong = 60'000;
  if (!line.starts_with("dumpsys ") || out.size() < kLong) return;
  const std::string_view service = line.substr(8, line.find(' ', 8) - 8);
  out.resize(out.size() * 3 / 5);
  out += "\n*** SERVICE '" + std::string(service) + "' DUMP TIMEOUT (10000ms) EXPIRED ***\n";
}

}  // namespace

Machine::Machine(Android phone, const Nature& nature) : phone_(std::move(phone)), nature_(nature) {}

void Machine::Pass(std::chrono::microseconds time) {
  elapsed_ += time;
  if (phone_.system.booted) {
    nature_.advance(phone_, time);
    return;
  }
  // Nothing lives while it starts.
  const auto left = std::max<std::chrono::microseconds>(kBootTime - phone_.clock.boot, {});
  const auto starting = std::min(time, left);
  phone_.clock.wall += starting;
  phone_.clock.boot += starting;
  if (phone_.clock.boot < kBootTime) return;
  FinishBoot(phone_);
  nature_.advance(phone_, time - starting);
}

Said Machine::Run(std::string_view line) {
  Said said = RunLine(phone_, nature_.programs, line);
  const auto& quirks = phone_.flavour.quirks;
  if (quirks.contains("slow")) said.took *= 20;
  if (quirks.contains("output_cut")) CutOutput(line, said.out);
  nature_.advance(phone_, std::chrono::microseconds(0));
  return said;
}

void Machine::Restart() {
  BeginRestart(phone_);
  nature_.advance(phone_, std::chrono::microseconds(0));
}

bool Machine::reachable() const {
  return phone_.system.booted && Setting(phone_.system, "global", "adb_enabled") != "0";
}

const std::string* Machine::File(const std::string& path) const {
  return nature_.file ? nature_.file(phone_, path) : nullptr;
}

}  // namespace bk::simulate
