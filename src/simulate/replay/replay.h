// A recorded phone: what one said once, said again. What the recording does not hold, the phone
// answers as Android answers an unknown command. Nothing changes: a command that would change
// something is unknown too.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "simulate/adbd/device.h"
#include "simulate/adbd/table_services.h"

namespace bk::simulate::replay {

struct Recorded {
  // "getprop", "dumpsys power", "logcat -b events -v threadtime -d *:v"; "date" as
  // "2018-04-02 17:06:30".
  std::string command;
  std::string out;
};

struct Recording {
  std::vector<Recorded> outputs;  // of one command several: one after another
  // The report's own archive, for `bugreportz`; empty: the phone has no such command.
  std::string archive_name;
  std::shared_ptr<const std::string> archive;
};

// Understands beyond the recorded lines: `dumpsys` with options and words behind the service, of
// one package, of all services, `dumpsys -l`; `logcat` with its buffers; `getprop NAME`;
// `settings`; `pm list packages`; `bugreportz`.
std::unique_ptr<adbd::TableServices> MakeReplay(Recording recording);

// Who it says it is: from its properties; "Simulated " stands before its model, so that no list of
// phones can be misread.
adbd::Profile ProfileOf(const Recording& recording);

}  // namespace bk::simulate::replay
