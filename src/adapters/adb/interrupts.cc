#include "adapters/adb/interrupts.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>

namespace bk::adapters::adb {
namespace {

volatile sig_atomic_t g_pipe = -1;  // what the handler writes to

void OnSignal(int number) {
  const int error = errno;
  const char byte = static_cast<char>(number);
  if (g_pipe >= 0) (void)!write(g_pipe, &byte, 1);
  errno = error;
}

}  // namespace

Interrupts::Interrupts() : outer_(g_pipe) {
  if (pipe2(pipe_.data(), O_CLOEXEC | O_NONBLOCK) != 0) {
    pipe_ = {-1, -1};
    return;
  }
  g_pipe = pipe_[1];
  struct sigaction ours{};
  sigemptyset(&ours.sa_mask);
  ours.sa_handler = OnSignal;
  ours.sa_flags = SA_RESTART;
  sigset_t heard;
  sigemptyset(&heard);
  for (std::size_t i = 0; i < kSignals.size(); ++i) {
    sigaction(kSignals[i], nullptr, &before_[i]);
    if (before_[i].sa_handler == SIG_IGN) continue;
    sigaction(kSignals[i], &ours, nullptr);
    sigaddset(&heard, kSignals[i]);
  }
  // The terminal holds them back but for its own wait.
  pthread_sigmask(SIG_UNBLOCK, &heard, &mask_before_);
}

Interrupts::~Interrupts() {
  if (pipe_[0] < 0) return;
  pthread_sigmask(SIG_SETMASK, &mask_before_, nullptr);
  for (std::size_t i = 0; i < kSignals.size(); ++i)
    if (before_[i].sa_handler != SIG_IGN) sigaction(kSignals[i], &before_[i], nullptr);
  g_pipe = outer_;
  char number = 0;
  while (read(pipe_[0], &number, 1) == 1)
    for (std::size_t i = 0; i < kSignals.size(); ++i)
      if (kSignals[i] == number && before_[i].sa_handler != SIG_DFL &&
          before_[i].sa_handler != SIG_IGN)
        (void)raise(number);
  close(pipe_[0]);
  close(pipe_[1]);
}

}  // namespace bk::adapters::adb
