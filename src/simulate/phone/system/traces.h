// What happened on a simulated phone and is remembered by it: why processes ended, when apps were
// used. No undo takes it back.
#pragma once

#include <chrono>
#include <cstdint>
#include <deque>
#include <map>
#include <set>
#include <string>
#include <vector>

namespace bk::simulate {

// An ApplicationExitInfo (Android 11+). Numbers as Android has them: reason 10 USER REQUESTED,
// sub-reason 21 FORCE STOP ...
struct ProcessExit {
  std::chrono::microseconds at{0};  // the phone's wall clock
  int pid = 0;
  int reason = 0, subreason = 0;
  int importance = 125;
  std::string description;
  friend bool operator==(const ProcessExit&, const ProcessExit&) = default;
};
constexpr std::size_t kExitsKept = 16;  // per package, as Android does

struct Traces {
  std::map<std::string, std::deque<ProcessExit>> exits;          // by package, newest first
  std::map<std::string, std::chrono::microseconds> last_used;    // boot time
  std::map<std::string, std::chrono::microseconds> op_rejected;  // "pkg/OP" → wall clock
  std::map<std::string, std::string> bucket_reason;  // by package: "u-mf", "f-r"; "d" without
  std::vector<std::string> doze_history;  // Samsung's list of who was exempted or not, and when
  std::set<std::string> live_listeners;   // bound now, "pkg/cls"
  std::string page;       // the activity in front, as "pkg/cls" or the action that opened it
  std::string page_data;  // "package:PKG", "market://…"
  std::uint64_t restarts = 0;
  friend bool operator==(const Traces&, const Traces&) = default;
};

}  // namespace bk::simulate
