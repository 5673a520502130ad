#include "loop/phone_at_hand.h"

#include <mutex>
#include <utility>

#include "adapters/adb/adb.h"
#include "simulate/phone/adb_services.h"
#include "simulate/phone/sim_phone.h"

namespace bk::loop {
namespace {

using simulate::Android;
using std::chrono::microseconds;

// The true time, whatever the phone's own clock says.
microseconds TrueTime(const Android& phone) { return phone.clock.wall - phone.life.clock_off; }

class InProcess final : public PhoneAtHand {
 public:
  explicit InProcess(Android phone) : phones_(std::move(phone)) {}

  ports::Phones& phones() override { return phones_; }
  [[nodiscard]] std::string serial() const override { return serial_; }
  void With(const std::function<void(Android&)>& use) override {
    const microseconds before = TrueTime(phones_.phone());
    use(phones_.phone());
    by_hand_ += TrueTime(phones_.phone()) - before;
  }
  void Pass(microseconds time) override { phones_.Pass(time); }
  microseconds Elapsed() override { return phones_.machine().elapsed() + by_hand_; }

 private:
  simulate::SimPhones phones_;
  std::string serial_ = phones_.phone().flavour.serial;
  microseconds by_hand_{0};
};

// One at a time: the socket's thread and the test's.
class LockedServices final : public simulate::adbd::DeviceServices {
 public:
  using Time = simulate::adbd::Time;
  LockedServices(simulate::AdbServices& services, std::recursive_mutex& mutex, const Cable& cable)
      : services_(services), mutex_(mutex), cable_(cable) {}

  std::unique_ptr<simulate::adbd::RunningCommand> Run(std::string_view line, Time now) override {
    const std::scoped_lock lock(mutex_);
    if (cable_.heard) cable_.heard(line);
    return std::make_unique<Command>(services_.Run(line, now), mutex_, cable_);
  }
  std::optional<simulate::adbd::FileStat> Stat(const std::string& path, Time now) override {
    const std::scoped_lock lock(mutex_);
    return services_.Stat(path, now);
  }
  std::vector<simulate::adbd::FileEntry> List(const std::string& path, Time now) override {
    const std::scoped_lock lock(mutex_);
    return services_.List(path, now);
  }
  Result<std::shared_ptr<const std::string>> Read(const std::string& path, Time now) override {
    const std::scoped_lock lock(mutex_);
    return services_.Read(path, now);
  }
  void Restart(std::string_view target, Time now) override {
    const std::scoped_lock lock(mutex_);
    services_.Restart(target, now);
  }
  bool Reachable(Time now) override {
    const std::scoped_lock lock(mutex_);
    return services_.Reachable(now);
  }
  std::optional<Time> NextChange(Time now) override {
    const std::scoped_lock lock(mutex_);
    return services_.NextChange(now);
  }

 private:
  class Command final : public simulate::adbd::RunningCommand {
   public:
    Command(std::unique_ptr<RunningCommand> command, std::recursive_mutex& mutex,
            const Cable& cable)
        : command_(std::move(command)), mutex_(mutex), cable_(cable) {}
    Piece Next(Time now, std::size_t bytes_max) override {
      const std::scoped_lock lock(mutex_);
      Piece piece = command_->Next(now, bytes_max);
      if (cable_.said) cable_.said(piece.out.size() + piece.err.size());
      return piece;
    }
    void Input(Bytes bytes) override { command_->Input(bytes); }
    void InputEnds() override { command_->InputEnds(); }

   private:
    std::unique_ptr<RunningCommand> command_;
    std::recursive_mutex& mutex_;
    const Cable& cable_;
  };

  simulate::AdbServices& services_;
  std::recursive_mutex& mutex_;
  const Cable& cable_;
};

class BehindAdb final : public PhoneAtHand {
 public:
  BehindAdb(Android phone, const testing::StockAdb& adb, Cable cable)
      : adb_(adb),
        cable_(std::move(cable)),
        machine_(std::move(phone)),
        services_(machine_, simulate::AdbServices::kOwnTime),
        locked_(services_, mutex_, cable_),
        device_(locked_, {.model = "Simulated " + machine_.phone().flavour.model}, {},
                cable_.troubles),
        on_thread_(device_) {
    machine_.Pass(microseconds(0));
    const auto environment = [&adb](const char* name) -> std::string {
      const std::string start = std::string(name) + "=";
      for (const std::string& variable : adb.variables())
        if (variable.starts_with(start)) return variable.substr(start.size());
      return "";
    };
    phones_ = adapters::adb::MakePhones({.environment = environment});
    BK_CHECK(adb.Connect(on_thread_.address()));
  }
  ~BehindAdb() override { (void)adb_.Do({"disconnect", on_thread_.address()}); }

  ports::Phones& phones() override { return *phones_; }
  [[nodiscard]] std::string serial() const override { return on_thread_.address(); }
  void With(const std::function<void(Android&)>& use) override {
    const std::scoped_lock lock(mutex_);
    const microseconds before = TrueTime(machine_.phone());
    use(machine_.phone());
    by_hand_ += TrueTime(machine_.phone()) - before;
  }
  void Pass(microseconds time) override {
    const std::scoped_lock lock(mutex_);
    machine_.Pass(time);
  }
  microseconds Elapsed() override {
    const std::scoped_lock lock(mutex_);
    return machine_.elapsed() + by_hand_;
  }

 private:
  const testing::StockAdb& adb_;
  const Cable cable_;
  std::recursive_mutex mutex_;
  simulate::Machine machine_;
  simulate::AdbServices services_;
  LockedServices locked_;
  simulate::adbd::Device device_;
  testing::PhoneOnThread on_thread_;
  std::unique_ptr<ports::Phones> phones_;
  microseconds by_hand_{0};
};

}  // namespace

Android PhoneAtHand::Copy() {
  Android copy;
  With([&](Android& phone) { copy = phone; });
  return copy;
}

std::unique_ptr<PhoneAtHand> InThisProcess(Android phone) {
  return std::make_unique<InProcess>(std::move(phone));
}

std::unique_ptr<PhoneAtHand> OverAdb(Android phone, const testing::StockAdb& adb, Cable cable) {
  return std::make_unique<BehindAdb>(std::move(phone), adb, std::move(cable));
}

}  // namespace bk::loop
