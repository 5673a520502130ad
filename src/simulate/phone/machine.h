// A simulated phone that runs: its state, what its commands do, and what time does to it. One of
// these stands behind every way to talk to it (sim_phone.h in the same process, adbd over a
// socket).
#pragma once

#include <chrono>
#include <functional>
#include <string>
#include <string_view>

#include "simulate/phone/android.h"
#include "simulate/phone/shell/programs.h"

namespace bk::simulate {

// How a phone behaves, apart from its state. Shared by many phones.
struct Nature {
  Programs programs;
  // Lets time pass in the phone and all that follows from it; zero settles what is due. Moves the
  // clocks itself.
  std::function<void(Android&, std::chrono::microseconds)> advance;
  // A file that can be pulled; null where there is none.
  std::function<const std::string*(const Android&, const std::string& path)> file;
};
// The commands of all folders, and life.
const Nature& WholeNature();

// Owns the phone; `nature` must outlive it. For one thread.
class Machine {
 public:
  explicit Machine(Android phone, const Nature& nature = WholeNature());

  [[nodiscard]] Android& phone() { return phone_; }
  [[nodiscard]] const Android& phone() const { return phone_; }
  // Since this machine was made, whatever the phone's own clock says.
  [[nodiscard]] std::chrono::microseconds elapsed() const { return elapsed_; }

  // Time passes; a phone that starts comes up when it is due.
  void Pass(std::chrono::microseconds time);
  // Runs a line at once, without its time: the caller lets `took` pass. What follows from it at
  // once (a process that ends, an adapter that begins to turn) has happened when this returns.
  Said Run(std::string_view line);
  void Restart();
  // It has begun to restart and is not up yet.
  [[nodiscard]] bool booting() const { return !phone_.system.booted; }
  // USB debugging is on and the system is up.
  [[nodiscard]] bool reachable() const;
  // nullptr: no such file.
  [[nodiscard]] const std::string* File(const std::string& path) const;

 private:
  Android phone_;
  const Nature& nature_;
  std::chrono::microseconds elapsed_{0};
};

}  // namespace bk::simulate
