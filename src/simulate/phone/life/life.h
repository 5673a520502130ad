// What goes on in and around a simulated phone: processes, the band in the air, the log.
#pragma once

#include <chrono>
#include <cstdint>
#include <deque>
#include <map>
#include <string>

namespace bk::simulate {

struct Process {
  int pid = 0;
  std::chrono::microseconds since{0};  // boot time
  bool foreground = false;
  friend bool operator==(const Process&, const Process&) = default;
};

struct SimBandInAir {
  std::string address = "C8:0F:10:00:00:01", name = "Mi Smart Band 4";
  bool powered = true, in_reach = true;
  bool held_by_other = false;  // another phone has its link: it does not advertise
  bool knows_app_key = true;   // accepts the companion's authentication
  bool knows_bond = true;
  int battery = 60;
  int rssi = -62;
  friend bool operator==(const SimBandInAir&, const SimBandInAir&) = default;
};

struct LogLine {
  std::chrono::microseconds at{0};  // the phone's wall clock
  int pid = 0, tid = 0;
  char priority = 'I';
  std::string buffer = "main", tag, text;
  friend bool operator==(const LogLine&, const LogLine&) = default;
};

struct Life {
  std::uint64_t random = 1;  // the state of the seed; every chance is drawn from it
  int next_pid = 4'000;
  std::map<std::string, Process> processes;  // by package
  SimBandInAir band;
  std::string companion = "com.xiaomi.hm.health";  // the package that owns the band
  std::chrono::microseconds last_sync{0};          // the phone's wall clock; 0 never
  std::deque<LogLine> log;
  friend bool operator==(const Life&, const Life&) = default;
};

}  // namespace bk::simulate
