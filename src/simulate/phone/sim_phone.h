// A simulated phone as the port that the program uses for a real one: in the same process, in
// virtual time. Nothing waits: a command's time passes on the phone's clock alone.
//
//   SimPhones phones(MakeAndroid(34, Maker::kSamsung, 7));
//   auto phone = phones.Open("");
//   (*phone)->Run({.line = "settings get global bluetooth_on"});
//   phones.phone().bluetooth ...                                   its state, at any time
//
// Used from one thread. Phones that Open gave must not outlive their SimPhones, nor these their
// Nature.
#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "ports/phone.h"
#include "simulate/phone/machine.h"

namespace bk::simulate {

// What a test does to the cable and the phone behind it.
struct SimKnobs {
  // The cable is lost at the command of this number, counting from 0 over Run, Follow, Pull and
  // Restart. It comes back with WaitUntilReady, unless `stays_away`.
  std::optional<std::size_t> cut_at;
  // Whether the phone had done what that command asks when the cable went.
  bool cut_after_it = false;
  bool stays_away = false;
  // What the cable says of the phone; anything but kReady cannot be opened.
  ports::PhoneState seen = ports::PhoneState::kReady;
  // Around every command, after its number is counted: look at the state, or change it.
  std::function<void(std::string_view line, Android&)> before, after;
};

class SimPhones final : public ports::Phones {
 public:
  explicit SimPhones(Android phone, const Nature& nature = WholeNature());
  ~SimPhones() override;

  [[nodiscard]] Android& phone() { return machine_.phone(); }
  [[nodiscard]] Machine& machine() { return machine_; }
  [[nodiscard]] SimKnobs& knobs() { return knobs_; }
  [[nodiscard]] std::size_t commands() const { return commands_; }  // begun so far
  [[nodiscard]] const std::vector<std::string>& lines() const { return lines_; }
  // Time goes by without anybody asking.
  void Pass(std::chrono::microseconds time) { machine_.Pass(time); }

  Result<std::vector<ports::PhoneSeen>> List() override;
  Status Track(const std::function<bool(std::span<const ports::PhoneSeen>)>& more) override;
  Result<std::unique_ptr<ports::Phone>> Open(const std::string& serial) override;

 private:
  friend class SimPhone;
  [[nodiscard]] ports::PhoneSeen Seen() const;
  // Counts a command; true when the cable is gone before the phone hears of it.
  bool LostBefore(std::string_view line);
  // True when the cable went after it.
  bool LostAfter(std::string_view line);
  [[nodiscard]] bool reachable() const { return plugged_ && machine_.reachable(); }

  Machine machine_;
  SimKnobs knobs_;
  std::size_t commands_ = 0;
  std::vector<std::string> lines_;
  bool plugged_ = true;
};

class SimPhone final : public ports::Phone {
 public:
  explicit SimPhone(SimPhones& phones);

  using ports::Phone::Run;
  [[nodiscard]] const std::string& serial() const override { return serial_; }
  std::vector<ports::PhoneAnswer> Run(std::span<const ports::PhoneCommand> commands) override;
  ports::PhoneAnswer Follow(const ports::PhoneCommand& command,
                            const std::function<bool(std::string_view)>& more) override;
  Result<std::uint64_t> Pull(const std::string& path,
                             const std::function<bool(Bytes)>& take) override;
  Status Restart() override;
  Status WaitUntilReady(std::chrono::milliseconds time_out) override;

 private:
  ports::PhoneAnswer RunOne(const ports::PhoneCommand& command, std::size_t at_once);

  SimPhones& phones_;
  std::string serial_;
};

}  // namespace bk::simulate
