// Lines as logcat prints them, told by their shape alone. Inside the room only.
#pragma once

#include <string_view>

namespace bk::android {

inline bool IsDigit(char c) { return c >= '0' && c <= '9'; }

// Whether `text` follows `shape`, in which 0 stands for a digit and anything else for itself.
bool HasForm(std::string_view text, std::string_view shape);

// Whether one line has a shape that logcat prints: threadtime, with uid or year or zone, brief,
// time, tag, process, thread, long.
bool IsLogcatLine(std::string_view line);

}  // namespace bk::android
