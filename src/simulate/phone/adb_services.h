// A simulated phone behind adb's protocol: what simulate/adbd asks for, answered by a Machine. The
// phone lives as fast as the socket's clock runs, or `speed` times as fast.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "simulate/adbd/services.h"
#include "simulate/phone/machine.h"

namespace bk::simulate {

class AdbServices final : public adbd::DeviceServices {
 public:
  // The phone's time passes only with whoever passes it on the machine, and its commands take none:
  // what happens then depends neither on how busy the computer is nor on which of several commands
  // comes first.
  static constexpr int kOwnTime = 0;

  // `machine` must outlive this and every command that it has begun.
  explicit AdbServices(Machine& machine, int speed = 1) : machine_(machine), speed_(speed) {}

  std::unique_ptr<adbd::RunningCommand> Run(std::string_view line, adbd::Time now) override;
  std::optional<adbd::FileStat> Stat(const std::string& path, adbd::Time now) override;
  std::vector<adbd::FileEntry> List(const std::string& path, adbd::Time now) override;
  Result<std::shared_ptr<const std::string>> Read(const std::string& path, adbd::Time now) override;
  void Restart(std::string_view target, adbd::Time now) override;
  bool Reachable(adbd::Time now) override;
  std::optional<adbd::Time> NextChange(adbd::Time now) override;

  // Lets the phone live until `now`. Times before the last one are taken as it.
  void Until(adbd::Time now);
  [[nodiscard]] Machine& machine() { return machine_; }

 private:
  Machine& machine_;
  int speed_;
  std::optional<adbd::Time> now_;
  std::optional<adbd::Time> boots_at_;  // with a time of its own, and while it restarts
};

}  // namespace bk::simulate
