// What the tool itself does for a fix, as data: the executor carries it out, --dry-run prints it.
#pragma once

#include <chrono>
#include <string>
#include <variant>
#include <vector>

#include "repair/setting.h"

namespace bk::repair {

// Sets a value; undone by setting the one that was read before. A temporary change is put back
// within the same step (airplane mode on, then as it was), also when the program is killed.
struct ChangeSetting {
  SettingId setting;
  SettingValue to;
  bool temporary = false;
};
// Something that leaves no setting behind: stop and start an app, clear its cache.
struct Deed {
  std::string what;  // for the person: "Stop Zepp Life"
  std::vector<ports::PhoneCommand> commands;
};
// A page of the phone's settings for the person's finger. Each command is tried until one opens.
struct OpenPage {
  std::string what;  // "the Bluetooth settings"
  std::vector<ports::PhoneCommand> ways;
};
// Waits until a setting reads as wanted, or the time is out (which fails the step).
struct AwaitSetting {
  SettingId setting;
  SettingValue value;
  std::chrono::milliseconds time_out{15'000};
};
struct Pause {
  std::chrono::milliseconds time{0};
};
struct RestartPhone {};

using Move = std::variant<ChangeSetting, Deed, OpenPage, AwaitSetting, Pause, RestartPhone>;

struct Action {
  std::string fix;
  std::vector<Move> moves;  // in order
};

}  // namespace bk::repair
