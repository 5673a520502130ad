#include "android/log_shape.h"

#include <algorithm>

#include "android/dump_text.h"
#include "base/text.h"

namespace bk::android {
namespace {

bool IsLevel(char c) { return std::string_view("VDIWEFAS").find(c) != std::string_view::npos; }

// "D/Tag( 123): message", "D/Tag: message", "D( 123:0x7b) message"
bool IsBriefLine(std::string_view line) {
  if (line.size() < 4 || !IsLevel(line[0])) return false;
  if (line[1] == '(') return line.substr(0, 20).find(')') != std::string_view::npos;
  if (line[1] != '/') return false;
  return line.substr(0, 120).find(':') != std::string_view::npos;
}

// After the time of a threadtime line: "[uid] pid tid L tag".
bool IsThreadTimeRest(std::string_view rest) {
  int numbers = 0;
  for (int words = 0; words < 5; ++words) {
    const std::string_view word = TakeWord(rest);
    if (word.empty()) return false;
    if (word.size() == 1 && IsLevel(word[0])) return numbers >= 2;
    const bool number = std::ranges::all_of(word, IsDigit);
    // A uid may be a name, a zone stands before the numbers.
    if (!number && words > 1) return false;
    numbers += number;
  }
  return false;
}

}  // namespace

bool HasForm(std::string_view text, std::string_view shape) {
  if (text.size() < shape.size()) return false;
  for (std::size_t i = 0; i < shape.size(); ++i)
    if (shape[i] == '0' ? !IsDigit(text[i]) : text[i] != shape[i]) return false;
  return true;
}

bool IsLogcatLine(std::string_view line) {
  if (line.starts_with("--------- beginning of ") || line.starts_with("--------- switch to "))
    return true;
  if (line.starts_with("[ ") && line.ends_with(" ]")) {  // -v long
    std::string_view inner = line.substr(2);
    return TakeTime(inner).known();
  }
  if (HasForm(line, "0000-00-00 00:00:00") || HasForm(line, "00-00 00:00:00")) {
    std::string_view rest = line;
    if (!TakeTime(rest).known()) return false;
    while (!rest.empty() && (IsDigit(rest.front()) || rest.front() == '.')) rest.remove_prefix(1);
    rest = Trim(rest);
    return IsBriefLine(rest) || IsThreadTimeRest(rest);
  }
  if (!line.empty() && IsDigit(line.front())) {  // -v epoch, -v monotonic
    std::string_view rest = line;
    if (!TakeNumber(rest) || !Take(rest, ".") || !TakeNumber(rest)) return false;
    return IsThreadTimeRest(Trim(rest));
  }
  return IsBriefLine(line);
}

}  // namespace bk::android
