// The `logcat` program over a simulated phone's log: its options, its formats, its buffers.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>

#include "simulate/phone/shell/programs.h"

namespace bk::simulate {

struct LogcatOptions {
  enum class Format : std::uint8_t {
    kBrief,
    kProcess,
    kTag,
    kThread,
    kRaw,
    kTime,
    kThreadtime,
    kLong
  } format = Format::kThreadtime;
  bool uid = false, year = false, usec = false, epoch = false, monotonic = false, zone = false;
  bool utc = false;
  std::set<std::string> buffers = {"main", "system", "crash"};
  bool ends = false;                    // -d, -t
  std::optional<std::size_t> last;      // -t N, -T N: so many lines from the end
  std::optional<std::string> after;     // -t 'MM-DD HH:MM:SS.mmm', -T …
  std::map<std::string, char> filters;  // tag → least priority; "*" for all others
  std::optional<int> pid;
  std::string contains;  // -e; as a literal
  bool clear = false, sizes = false, before_restart = false;
};

// An error is a sentence, as logcat says it.
struct LogcatAsked {
  LogcatOptions options;
  std::string error;
};
LogcatAsked ReadLogcatWords(std::span<const std::string> words);

// The lines that `options` ask for, from line number `from` on (Life::log_first counts); with the
// marks at the beginning of each buffer when `marks`.
std::string LogcatText(const Android& phone, const LogcatOptions& options, std::uint64_t from = 0,
                       bool marks = true);

void AddLogPrograms(Programs& programs);  // logcat

}  // namespace bk::simulate
