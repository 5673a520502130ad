// `adb start-server`.
#pragma once

#include <chrono>
#include <string>

#include "base/result.h"

namespace bk::adapters::adb {

// Runs `adb` start-server to its end, in a group of processes of its own, so that Ctrl-C here does
// not reach the server. kTimedOut ends the program that was started, not a server that it made;
// kStopped when a signal of Interrupts came.
Status StartServer(const std::string& adb, std::chrono::milliseconds time_out);

}  // namespace bk::adapters::adb
