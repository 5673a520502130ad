// Phones over the local adb server, as ports::Phones.
//
// Honours ADB_SERVER_SOCKET (tcp:PORT, tcp:HOST:PORT, localfilesystem:PATH, localabstract:NAME),
// ANDROID_ADB_SERVER_ADDRESS, ANDROID_ADB_SERVER_PORT and ANDROID_SERIAL as adb does. Where no
// server runs on this computer, it starts one with the adb in PATH, ANDROID_HOME, ANDROID_SDK_ROOT
// or ~/Android/Sdk. A server is never ended: other tools use it.
//
// A serial HOST:PORT that the server does not list is connected to (wireless debugging).
//
// While a call waits, SIGINT, SIGTERM and SIGHUP end it with kStopped and all its connections
// closed; before and after they are whoever's they were, and a handler that was there hears them
// too. Source: AOSP packages/modules/adb (OVERVIEW.TXT, SERVICES.TXT, SYNC.TXT, adb.bash docs);
// seen with stock adb 29.0.6.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <string>

#include "ports/phone.h"

namespace bk::adapters::adb {

// The value of a variable; empty when it is not set.
using Environment = std::function<std::string(const char* name)>;

struct AdbOptions {
  Environment environment;  // null: this process's
  std::chrono::milliseconds server_start{15'000};
  // Of a question to the server itself (which phones, which features).
  std::chrono::milliseconds ask{5'000};
  // Before what did not begin is tried a second time.
  std::chrono::milliseconds retry{300};
  // How long a phone that was just connected to may take to say who it is: it is listed as offline
  // and as unauthorised on the way, also where it knows this computer.
  std::chrono::milliseconds introduction{5'000};
  // Silence of a phone that is sending a file.
  std::chrono::milliseconds pull_silence{20'000};
  // An eventfd that does not block; what is written to it while a call waits ends that call as a
  // signal does, and no later one: what is put back after a stop must not be stopped. -1: there is
  // none.
  int stop_descriptor = -1;
};

std::unique_ptr<ports::Phones> MakePhones(AdbOptions options = {});

}  // namespace bk::adapters::adb
