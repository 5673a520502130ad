// Ctrl-C and its like while a phone works.
#pragma once

#include <signal.h>

#include <array>

namespace bk::adapters::adb {

// While it lives, SIGINT, SIGTERM and SIGHUP make descriptor() readable instead of ending the
// program; one that was ignored stays ignored. At the end all is as it was, and a handler that was
// there before (of the terminal, of an outer Interrupts) hears the signal too. May be nested.
class Interrupts {
 public:
  Interrupts();
  ~Interrupts();
  Interrupts(const Interrupts&) = delete;
  Interrupts& operator=(const Interrupts&) = delete;

  [[nodiscard]] int descriptor() const { return pipe_[0]; }  // -1: no pipe could be had

 private:
  static constexpr std::array kSignals = {SIGINT, SIGTERM, SIGHUP};
  std::array<int, 2> pipe_ = {-1, -1};
  int outer_ = -1;
  std::array<struct sigaction, kSignals.size()> before_{};
  sigset_t mask_before_{};
};

}  // namespace bk::adapters::adb
