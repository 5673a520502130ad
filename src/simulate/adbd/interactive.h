// `adb shell` without a command: lines from the host's keyboard or standard input, run one after
// another. Inside the room only.
#pragma once

#include <memory>

#include "simulate/adbd/device.h"
#include "simulate/adbd/services.h"

namespace bk::simulate::adbd {

// On a terminal the phone shows what is typed, a prompt, and obeys backspace, Ctrl-C and Ctrl-D.
std::unique_ptr<RunningCommand> InteractiveShell(Device& device, bool terminal);

}  // namespace bk::simulate::adbd
