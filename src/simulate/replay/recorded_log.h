// logcat, from the logs of a report. Inside the room only.
// Source: AOSP system/logging/logcat (options), frameworks/native/cmds/dumpstate (which buffers a
// report holds).
#pragma once

#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "simulate/adbd/commands.h"

namespace bk::simulate::replay {

// "main", "system", "crash" … as the options of a logcat command name them.
struct LogRequest {
  std::set<std::string, std::less<>> buffers;
  bool ends = false;          // -d, -t and the like: does not wait for more
  bool last = false;          // -L: from before the restart
  std::size_t lines_max = 0;  // -t N; 0: all
};
// `words` without "logcat" itself.
LogRequest ReadLogRequest(std::span<const std::string> words);

struct RecordedLog {
  LogRequest request;  // that gave it
  std::string text;
};
// Filters and formats are not heeded: all of the wanted buffers comes, as it was recorded. A
// recording of several buffers comes with its main one only, so that asking for each of them in
// turn does not give it twice.
adbd::Answer AnswerLog(std::span<const RecordedLog> logs, const LogRequest& request);

}  // namespace bk::simulate::replay
