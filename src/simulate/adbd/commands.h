// Commands whose words are known when they start.
#pragma once

#include <memory>
#include <string>

#include "simulate/adbd/services.h"

namespace bk::simulate::adbd {

struct Answer {
  std::string out, err;
  int exit = 0;
  Time delay{0};         // before the first word
  bool endless = false;  // says this, then neither more nor ends, as logcat without -d does
};

// Never null. `now` is when it was started.
std::unique_ptr<RunningCommand> Say(Answer answer, Time now);

}  // namespace bk::simulate::adbd
