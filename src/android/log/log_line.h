// One line of a log, in any format that `logcat -v` writes, of the kernel log, or of Gadgetbridge's
// own file. Source: liblog logprint.cpp (brief, process, tag, thread, time, threadtime, long; the
// modifiers uid, year, usec, nsec, epoch, monotonic, zone, descriptive, color), printk.
#pragma once

#include <cstdint>
#include <string_view>

#include "base/instant.h"

namespace bk::android::log {

enum class LineKind : std::uint8_t {
  kNotUnderstood,  // no known format: a text of its own, or a line that was cut
  kMessage,
  kLongHeader,  // "[ 04-02 17:06:30.123  1000: 1010 D/Tag ]": its message is in the lines below
  kMark,        // "--------- beginning of main", "--------- switch to system"
  kBlank,
};

// Views into the line. What a format does not write stays empty.
struct LogLine {
  LineKind kind = LineKind::kNotUnderstood;
  AnyInstant at;
  std::string_view uid;  // "10143", "u0_a143", "root"
  int pid = -1;
  char level = '?';
  std::string_view tag;
  std::string_view message;
  // Gadgetbridge writes the time of day only; the day is not known. "17:06:30.123", else empty.
  std::string_view time_of_day;
  bool gadgetbridge = false;
};

LogLine ParseLogLine(std::string_view line);
// Whether the line is in logcat's most usual format, told by its shape alone: for the many lines
// that need to be counted and not read. What it takes, ParseLogLine takes as a kMessage,
// but for dates that do not exist.
bool IsPlainThreadtime(std::string_view line);

// What a whole text is, from its first lines.
enum class LogTextKind : std::uint8_t { kNothing, kLogcat, kGadgetbridge, kKernel, kTombstone };
LogTextKind RecogniseLog(std::string_view text);

}  // namespace bk::android::log
