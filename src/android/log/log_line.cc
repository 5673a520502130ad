#include "android/log/log_line.h"

#include <algorithm>
#include <bit>
#include <cstdint>
#include <optional>
#ifdef __SSE2__
#include <emmintrin.h>
#endif

#include "android/dump_text.h"
#include "base/text.h"

namespace bk::android::log {
namespace {

constexpr std::string_view kLevels = "VDIWEFSA";
// Seconds since 1970 are larger, seconds since boot smaller: three years of uptime.
constexpr std::uint64_t kUptimeSecondsMax = 100'000'000;
constexpr std::size_t kLinesJudged = 400;
constexpr std::uint64_t kSecondsMax = 100'000'000'000;

bool IsLevel(char c) { return kLevels.find(c) != std::string_view::npos; }
bool IsDigit(char c) { return c >= '0' && c <= '9'; }

void SkipBlanks(std::string_view& text) { text.remove_prefix(Indent(text)); }

// ".123", ".123456", ".123456789" as microseconds; nothing when no digit follows the point.
std::int64_t TakeFraction(std::string_view& text) {
  if (text.size() < 2 || text[0] != '.' || !IsDigit(text[1])) return 0;
  text.remove_prefix(1);
  std::int64_t us = 0;
  int digits = 0;
  for (; !text.empty() && IsDigit(text.front()); text.remove_prefix(1), ++digits)
    if (digits < 6) us = us * 10 + (text.front() - '0');
  for (; digits < 6; ++digits) us *= 10;
  return us;
}

// "04-02 17:06:30.123[456[789]]", the same with a year, "1522688790.123", "12345.678", each with
// or without a zone behind it.
AnyInstant TakeLogTime(std::string_view& text) {
  std::string_view rest = text;
  SkipBlanks(rest);
  AnyInstant at = TakeTime(rest);
  if (at.known()) {
    // TakeTime reads milliseconds; what follows is the finer part.
    std::int64_t scale = 100;
    for (; !rest.empty() && IsDigit(rest.front()); rest.remove_prefix(1), scale /= 10)
      at.us += scale * (rest.front() - '0');
  } else {
    const auto seconds = TakeNumber(rest);
    if (!seconds || *seconds > kSecondsMax || rest.size() < 4 || rest[0] != '.' ||
        !IsDigit(rest[1]) || !IsDigit(rest[2]) || !IsDigit(rest[3]))
      return {};
    const std::int64_t us = static_cast<std::int64_t>(*seconds) * 1'000'000 + TakeFraction(rest);
    at = *seconds > kUptimeSecondsMax ? AnyInstant(WallTime{us}) : AnyInstant(BootTime{us});
  }
  if (rest.empty() || rest.front() != ' ') return {};
  // " +0200"
  if (rest.size() > 6 && (rest[1] == '+' || rest[1] == '-') &&
      std::all_of(rest.begin() + 2, rest.begin() + 6, IsDigit) && rest[6] == ' ')
    rest.remove_prefix(6);
  text = rest;
  return at;
}

// "  303", "10143:24942", "u0_a143: 303", "root :  303", "1000  303": an optional user and a
// process id.
bool ReadIds(std::string_view ids, LogLine& out) {
  ids = Trim(ids);
  const std::size_t cut = ids.find_last_of(" :");
  if (cut != std::string_view::npos) {
    out.uid = Trim(ids.substr(0, cut));
    while (!out.uid.empty() && (out.uid.back() == ':' || out.uid.back() == ' '))
      out.uid.remove_suffix(1);
    ids.remove_prefix(cut + 1);
  }
  const auto pid = ParseInt<int>(ids);
  if (!pid || *pid < 0) return false;
  out.pid = *pid;
  return true;
}

// Splits "TAG     : message" at the first colon that a blank or the end follows.
bool SplitTag(std::string_view text, LogLine& out) {
  for (std::size_t at = text.find(':'); at != std::string_view::npos; at = text.find(':', at + 1)) {
    if (at + 1 < text.size() && text[at + 1] != ' ') continue;
    out.tag = Trim(text.substr(0, at));
    out.message = text.substr(std::min(at + 2, text.size()));
    out.kind = LineKind::kMessage;
    return true;
  }
  return false;
}

// "D/Tag     (  303): message" (brief, time) and "D/Tag     : message" (tag).
bool ReadSlash(std::string_view text, LogLine& out) {
  out.level = text[0];
  text.remove_prefix(2);
  for (std::size_t open = text.find('('); open != std::string_view::npos;
       open = text.find('(', open + 1)) {
    const std::size_t close = text.find(')', open);
    if (close == std::string_view::npos) break;
    if (close + 1 >= text.size() || text[close + 1] != ':') continue;
    LogLine ids = out;
    if (!ReadIds(text.substr(open + 1, close - open - 1), ids)) continue;
    out = ids;
    out.tag = Trim(text.substr(0, open));
    out.message = text.substr(std::min(close + 3, text.size()));
    out.kind = LineKind::kMessage;
    return true;
  }
  return SplitTag(text, out);
}

// "D(  303) message  (Tag)" (process) and "D(  303:  310) message" (thread).
bool ReadBracket(std::string_view text, LogLine& out) {
  const std::size_t close = text.find(')');
  if (close == std::string_view::npos) return false;
  std::string_view ids = text.substr(2, close - 2);
  std::string_view message = text.substr(std::min(close + 2, text.size()));
  const std::size_t tag = message.rfind("  (");
  const bool process = tag != std::string_view::npos && message.back() == ')';
  if (!process) {
    const std::size_t thread = ids.rfind(':');
    if (thread == std::string_view::npos || !ParseInt<int>(Trim(ids.substr(thread + 1))))
      return false;
    ids = ids.substr(0, thread);
  }
  if (!ReadIds(ids, out)) return false;
  out.level = text[0];
  if (process) {
    out.tag = Trim(message.substr(tag + 3, message.size() - tag - 4));
    message = message.substr(0, tag);
  }
  out.message = message;
  out.kind = LineKind::kMessage;
  return true;
}

// "  303   310 D Tag     : message", with a user before it or not.
bool ReadThreadtime(std::string_view text, LogLine& out) {
  std::string_view rest = text;
  SkipBlanks(rest);
  const char* const ids_start = rest.data();
  for (int words = 0; words < 5; ++words) {
    SkipBlanks(rest);
    if (words >= 2 && rest.size() >= 2 && IsLevel(rest[0]) && rest[1] == ' ') {
      std::string_view ids(ids_start, static_cast<std::size_t>(rest.data() - ids_start));
      ids = Trim(ids);
      const std::size_t thread = ids.find_last_of(" ");
      if (thread == std::string_view::npos || !ParseInt<int>(ids.substr(thread + 1)) ||
          !ReadIds(ids.substr(0, thread), out))
        return false;
      out.level = rest[0];
      return SplitTag(rest.substr(2), out);
    }
    if (words == 1 && rest.size() >= 2 && IsLevel(rest[0]) && rest[1] == ' ') return false;
    if (TakeWord(rest).empty()) return false;
  }
  return false;
}

bool ReadLong(std::string_view text, LogLine& out) {
  // "[ 04-02 17:06:30.123  1000: 1010 D/Tag ]"
  if (!text.starts_with("[ ") || !text.ends_with(" ]")) return false;
  text = text.substr(2, text.size() - 4);
  const AnyInstant at = TakeLogTime(text);
  if (!at.known()) return false;
  std::size_t slash = text.find('/');
  if (slash == std::string_view::npos || slash < 2 || !IsLevel(text[slash - 1])) return false;
  std::string_view ids = Trim(text.substr(0, slash - 1));
  const std::size_t thread = ids.rfind(':');
  if (thread == std::string_view::npos || !ReadIds(ids.substr(0, thread), out)) return false;
  out.at = at;
  out.level = text[slash - 1];
  out.tag = Trim(text.substr(slash + 1));
  out.kind = LineKind::kLongHeader;
  return true;
}

// "<6>[  164.253090] c0  25214 binder: …", "[  164.253090] Bluetooth: hci0: …"
bool ReadKernel(std::string_view text, LogLine& out) {
  if (text.front() == '<') {
    std::string_view priority = text.substr(1);
    if (!TakeNumber(priority) || !Take(priority, ">")) return false;
    text = priority;
  }
  if (!Take(text, "[")) return false;
  SkipBlanks(text);
  const auto seconds = TakeNumber(text);
  if (!seconds || *seconds > kSecondsMax || !text.starts_with(".")) return false;
  const std::int64_t us = static_cast<std::int64_t>(*seconds) * 1'000'000 + TakeFraction(text);
  const std::size_t close = text.find(']');
  if (close == std::string_view::npos || close > 32) return false;
  out.at = BootTime{us};
  out.tag = "kernel";
  out.message = text.substr(std::min(close + 2, text.size()));
  out.kind = LineKind::kMessage;
  return true;
}

// "17:06:30.123 [main] DEBUG n.f.g.s.b.BtLEQueue - message", with a date before it or not.
bool ReadGadgetbridge(std::string_view text, LogLine& out) {
  const std::string_view whole = text;
  AnyInstant at = TakeTime(text);
  if (!at.known()) {
    if (text.size() < 14 || text[2] != ':' || text[5] != ':' || (text[8] != '.' && text[8] != ','))
      return false;
    for (const std::size_t i : {0, 1, 3, 4, 6, 7, 9, 10, 11})
      if (!IsDigit(text[i])) return false;
    text.remove_prefix(12);
    out.time_of_day = whole.substr(0, 12);
  }
  if (!Take(text, " [")) return false;
  const std::size_t thread = text.find("] ");
  if (thread == std::string_view::npos) return false;
  text.remove_prefix(thread + 2);
  const std::string_view level = TakeWord(text);
  bool known = false;
  for (const std::string_view name : {"TRACE", "DEBUG", "INFO", "WARN", "ERROR"})
    known = known || level == name;
  const std::size_t dash = text.find(" - ");
  if (!known || dash == std::string_view::npos) return false;
  out.at = at;
  out.level = level[0];
  out.tag = Trim(text.substr(0, dash));
  out.message = text.substr(dash + 3);
  out.gadgetbridge = true;
  out.kind = LineKind::kMessage;
  return true;
}

void SkipColour(std::string_view& line) {
  while (line.starts_with("\x1b[")) {
    const std::size_t end = line.find('m');
    if (end == std::string_view::npos || end > 16) return;
    line.remove_prefix(end + 1);
  }
  if (line.ends_with("\x1b[0m")) line.remove_suffix(4);
}

// Most lines of a large log are only looked at by these: "04-02 17:06:30.123 ", two or three
// numbers, and then the place of the level; the line's size for other shapes. What has names for
// users takes the long way.
constexpr std::string_view kThreadtimeShape = "00-00 00:00:00.000 ";
constexpr int kThreadtimeNumbersMin = 2, kThreadtimeNumbersMax = 3;
constexpr std::size_t kThreadtimeDigitsMax = 9;

std::size_t LevelOfThreadtimeByBytes(std::string_view line) {
  if (line.size() < kThreadtimeShape.size()) return line.size();
  for (std::size_t i = 0; i < kThreadtimeShape.size(); ++i)
    if (kThreadtimeShape[i] == '0' ? !IsDigit(line[i]) : line[i] != kThreadtimeShape[i])
      return line.size();
  std::size_t at = kThreadtimeShape.size();
  for (int numbers = 0; numbers <= kThreadtimeNumbersMax; ++numbers) {
    while (at < line.size() && line[at] == ' ') ++at;
    const std::size_t start = at;
    while (at < line.size() && IsDigit(line[at])) ++at;
    if (at == line.size()) return line.size();
    if (at == start) return numbers < kThreadtimeNumbersMin ? line.size() : at;
    if (at - start > kThreadtimeDigitsMax || line[at] != ' ') return line.size();
  }
  return line.size();
}

#ifdef __SSE2__
// The first bytes of a line, a bit for each.
constexpr std::size_t kHeadBytes = 48;
struct Head {
  std::uint64_t digits = 0, spaces = 0, shape = 0;

  explicit Head(const char* line) {
    alignas(16) static constexpr char kShape[] = "00-00 00:00:00.000 ";
    for (unsigned i = 0; i < kHeadBytes / 16; ++i) {
      const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i*>(line) + i);
      const __m128i values = _mm_sub_epi8(bytes, _mm_set1_epi8('0'));
      digits |= Bits(_mm_cmpeq_epi8(_mm_min_epu8(values, _mm_set1_epi8(9)), values), i);
      spaces |= Bits(_mm_cmpeq_epi8(bytes, _mm_set1_epi8(' ')), i);
    }
    const __m128i wanted = _mm_load_si128(reinterpret_cast<const __m128i*>(kShape));
    const __m128i first = _mm_loadu_si128(reinterpret_cast<const __m128i*>(line));
    shape = Bits(_mm_cmpeq_epi8(first, wanted), 0);
  }
  static std::uint64_t Bits(__m128i equal, unsigned part) {
    return std::uint64_t{static_cast<unsigned>(_mm_movemask_epi8(equal))} << (16 * part);
  }
};
constexpr std::uint64_t BitsOfShape(bool digits) {
  std::uint64_t bits = 0;
  for (std::size_t i = 0; i < kThreadtimeShape.size(); ++i)
    if ((kThreadtimeShape[i] == '0') == digits) bits |= std::uint64_t{1} << i;
  return bits;
}

std::size_t LevelOfThreadtime(std::string_view line) {
  if (line.size() < kHeadBytes) return LevelOfThreadtimeByBytes(line);
  constexpr std::uint64_t kDigits = BitsOfShape(true), kOthers = BitsOfShape(false);
  const Head head(line.data());
  // The last of the others, a space, stands beyond the sixteen bytes that were compared as such.
  const std::uint64_t others = head.shape | (head.spaces & ~std::uint64_t{0xffff});
  if ((head.digits & kDigits) != kDigits || (others & kOthers) != kOthers) return line.size();
  std::size_t at = kThreadtimeShape.size();
  for (int numbers = 0; numbers <= kThreadtimeNumbersMax; ++numbers) {
    at += static_cast<std::size_t>(std::countr_zero(~head.spaces >> at));
    if (at >= kHeadBytes) return LevelOfThreadtimeByBytes(line);
    const auto count = static_cast<std::size_t>(std::countr_zero(~head.digits >> at));
    if (count == 0) return numbers < kThreadtimeNumbersMin ? line.size() : at;
    at += count;
    if (at >= kHeadBytes) return LevelOfThreadtimeByBytes(line);
    if (count > kThreadtimeDigitsMax || (head.spaces >> at & 1) == 0) return line.size();
  }
  return line.size();
}
#else
std::size_t LevelOfThreadtime(std::string_view line) { return LevelOfThreadtimeByBytes(line); }
#endif

}  // namespace

LogLine ParseLogLine(std::string_view line) {
  SkipColour(line);
  while (!line.empty() && line.back() == '\r') line.remove_suffix(1);
  LogLine out;
  const auto settle = [&](bool read) {
    if (!read) out = LogLine{};
    return read;
  };
  if (Trim(line).empty()) {
    out.kind = LineKind::kBlank;
    return out;
  }
  const char first = line.front();
  if (first == '-') {
    if (line.starts_with("--------- beginning of ") || line.starts_with("--------- switch to "))
      out.kind = LineKind::kMark;
    return out;
  }
  if (first == '[' || first == '<') {
    if (!settle(ReadLong(line, out))) settle(ReadKernel(line, out));
    return out;
  }
  if (line.size() > 2 && IsLevel(first)) {
    if (line[1] == '/') settle(ReadSlash(line, out));
    if (line[1] == '(') settle(ReadBracket(line, out));
    return out;
  }
  if (first != ' ' && !IsDigit(first)) return out;
  std::string_view rest = line;
  const AnyInstant at = TakeLogTime(rest);
  if (at.known()) {
    std::string_view after = rest;
    SkipBlanks(after);
    const bool slash = after.size() > 2 && IsLevel(after[0]) && after[1] == '/';
    if (settle(slash ? ReadSlash(after, out) : ReadThreadtime(rest, out))) {
      out.at = at;
      return out;
    }
  }
  settle(ReadGadgetbridge(line, out));
  return out;
}

bool IsPlainThreadtime(std::string_view line) {
  const std::size_t level = LevelOfThreadtime(line);
  return level + 1 < line.size() && IsLevel(line[level]) && line[level + 1] == ' ' &&
         line.find(": ", level) != std::string_view::npos;
}

LogTextKind RecogniseLog(std::string_view text) {
  Lines lines(text);
  std::string_view line;
  std::size_t seen = 0, logcat = 0, kernel = 0, gadgetbridge = 0;
  bool mark = false, tombstone = false, process = false;
  while (seen < kLinesJudged && lines.Next(line)) {
    if (Trim(line).empty()) continue;
    ++seen;
    tombstone = tombstone || line.starts_with("*** *** *** *** ***");
    process = process || (line.starts_with("pid: ") && line.find(">>> ") != line.npos);
    const LogLine parsed = ParseLogLine(line);
    if (parsed.kind == LineKind::kMark) mark = true;
    if (parsed.kind == LineKind::kLongHeader) logcat += 2;
    if (parsed.kind != LineKind::kMessage) continue;
    if (parsed.gadgetbridge)
      ++gadgetbridge;
    else if (parsed.tag == "kernel" && parsed.pid < 0)
      ++kernel;
    else
      ++logcat;
  }
  // A log may hold stack traces and texts of other tools: a third is enough where the format is
  // this particular.
  const auto mostly = [&](std::size_t count) { return count > 0 && count * 3 >= seen; };
  if (tombstone && process) return LogTextKind::kTombstone;
  if (mostly(logcat) || (mark && logcat > 0)) return LogTextKind::kLogcat;
  if (mostly(gadgetbridge)) return LogTextKind::kGadgetbridge;
  if (mostly(kernel)) return LogTextKind::kKernel;
  return LogTextKind::kNothing;
}

}  // namespace bk::android::log
