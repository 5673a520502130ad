// A simulated phone on a socket for stock adb, whose state can be looked at meanwhile, and which
// tells when a command has arrived.
#pragma once

#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "adb/stock_adb.h"
#include "simulate/phone/adb_services.h"
#include "simulate/phone/machine.h"

namespace bk::testing {

// Around each command: `before` may keep the phone from doing it.
struct Arrivals {
  std::function<bool(std::string_view line)> before;  // false: it is not done
  std::function<void(std::string_view line)> after;
};

class WatchedServices final : public simulate::adbd::DeviceServices {
 public:
  using Time = simulate::adbd::Time;
  WatchedServices(simulate::Machine& machine, int speed) : phone_(machine, speed) {}

  std::unique_ptr<simulate::adbd::RunningCommand> Run(std::string_view line, Time now) override {
    const std::scoped_lock hold(mutex);
    lines.emplace_back(line);
    if (arrivals.before && !arrivals.before(line)) return std::make_unique<Silence>();
    auto command = phone_.Run(line, now);
    if (arrivals.after) arrivals.after(line);
    return std::make_unique<Held>(std::move(command), mutex);
  }
  std::optional<simulate::adbd::FileStat> Stat(const std::string& path, Time now) override {
    const std::scoped_lock hold(mutex);
    return phone_.Stat(path, now);
  }
  std::vector<simulate::adbd::FileEntry> List(const std::string& path, Time now) override {
    const std::scoped_lock hold(mutex);
    return phone_.List(path, now);
  }
  Result<std::shared_ptr<const std::string>> Read(const std::string& path, Time now) override {
    const std::scoped_lock hold(mutex);
    return phone_.Read(path, now);
  }
  void Restart(std::string_view target, Time now) override {
    const std::scoped_lock hold(mutex);
    phone_.Restart(target, now);
  }
  bool Reachable(Time now) override {
    const std::scoped_lock hold(mutex);
    return phone_.Reachable(now);
  }
  std::optional<Time> NextChange(Time now) override {
    const std::scoped_lock hold(mutex);
    return phone_.NextChange(now);
  }

  std::mutex mutex;  // of the machine and of what follows
  Arrivals arrivals;
  std::vector<std::string> lines;  // that have arrived

 private:
  class Silence final : public simulate::adbd::RunningCommand {
    Piece Next(Time, std::size_t) override { return {}; }
  };
  class Held final : public simulate::adbd::RunningCommand {
   public:
    Held(std::unique_ptr<simulate::adbd::RunningCommand> command, std::mutex& mutex)
        : command_(std::move(command)), mutex_(mutex) {}
    Piece Next(Time now, std::size_t bytes_max) override {
      const std::scoped_lock hold(mutex_);
      return command_->Next(now, bytes_max);
    }

   private:
    std::unique_ptr<simulate::adbd::RunningCommand> command_;
    std::mutex& mutex_;
  };

  simulate::AdbServices phone_;
};

class WatchedPhone {
 public:
  // It lives `speed` times as fast as this computer.
  explicit WatchedPhone(simulate::Android phone, int speed = 1)
      : machine_(std::move(phone)), services_(machine_, speed) {
    const simulate::Flavour& flavour = machine_.phone().flavour;
    device_ = std::make_unique<simulate::adbd::Device>(
        services_,
        simulate::adbd::Profile{.product = flavour.product,
                                .model = "Simulated " + flavour.model,
                                .device = flavour.device},
        simulate::adbd::Owner{});
    socket_ = std::make_unique<PhoneOnThread>(*device_);
  }
  [[nodiscard]] const std::string& address() const { return socket_->address(); }
  // As it is when what was under way has come about.
  [[nodiscard]] simulate::Android Settled() {
    const std::scoped_lock hold(services_.mutex);
    machine_.Pass(std::chrono::seconds(10));
    return machine_.phone();
  }
  void Watch(Arrivals arrivals) {
    const std::scoped_lock hold(services_.mutex);
    services_.arrivals = std::move(arrivals);
  }
  [[nodiscard]] std::vector<std::string> Lines() {
    const std::scoped_lock hold(services_.mutex);
    return services_.lines;
  }

 private:
  simulate::Machine machine_;
  WatchedServices services_;
  std::unique_ptr<simulate::adbd::Device> device_;
  std::unique_ptr<PhoneOnThread> socket_;
};

}  // namespace bk::testing
