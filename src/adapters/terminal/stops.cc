#include "adapters/terminal/stops.h"

namespace bk::adapters::terminal {
namespace {

volatile sig_atomic_t g_stop = 0;
int g_alive = 0;

void OnStop(int) { g_stop = 1; }

}  // namespace

Stops::Stops() {
  if (g_alive++ == 0) g_stop = 0;
  struct sigaction action{};
  sigemptyset(&action.sa_mask);
  action.sa_handler = OnStop;
  for (std::size_t i = 0; i < kStopSignals.size(); ++i)
    sigaction(kStopSignals[i], &action, &before_[i]);
}

Stops::~Stops() {
  for (std::size_t i = 0; i < kStopSignals.size(); ++i)
    sigaction(kStopSignals[i], &before_[i], nullptr);
  --g_alive;
}

bool Stops::Asked() { return g_stop != 0; }

}  // namespace bk::adapters::terminal
