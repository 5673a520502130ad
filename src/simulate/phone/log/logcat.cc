#include "simulate/phone/log/logcat.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <iterator>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "simulate/phone/clock_text.h"
#include "simulate/phone/log/log.h"
#include "simulate/phone/log/time_text.h"

namespace bk::simulate {
namespace {

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
using Into = std::back_insert_iterator<std::string>;
using Format = LogcatOptions::Format;

constexpr std::string_view kPriorities = "VDIWEFS";

std::optional<std::size_t> Number(std::string_view text) {
  std::size_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return value;
}

bool SetFormat(std::string_view name, LogcatOptions& options) {
  static const std::map<std::string_view, Format> formats = {
      {"brief", Format::kBrief},           {"process", Format::kProcess}, {"tag", Format::kTag},
      {"thread", Format::kThread},         {"raw", Format::kRaw},         {"time", Format::kTime},
      {"threadtime", Format::kThreadtime}, {"long", Format::kLong}};
  if (const auto found = formats.find(name); found != formats.end()) {
    options.format = found->second;
    return true;
  }
  if (name == "uid")
    options.uid = true;
  else if (name == "year")
    options.year = true;
  else if (name == "usec")
    options.usec = true;
  else if (name == "epoch")
    options.epoch = true;
  else if (name == "monotonic")
    options.monotonic = true;
  else if (name == "zone")
    options.zone = true;
  else if (name == "UTC")
    options.utc = options.zone = true;
  else
    return name == "printable" || name == "color" || name == "descriptive" || name == "nsec";
  return true;
}

template <typename Take>
void Split(std::string_view text, char at, Take take) {
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(at), text.size());
    take(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
}

bool AddFilter(std::string_view word, LogcatOptions& options) {
  const std::size_t colon = word.find(':');
  const std::string tag(word.substr(0, colon));
  char priority = 'V';
  if (colon != std::string_view::npos && colon + 1 < word.size()) {
    priority = static_cast<char>(word[colon + 1] & ~0x20);
    if (word[colon + 1] == '*') priority = 'V';
  }
  if (kPriorities.find(priority) == std::string_view::npos) return false;
  options.filters[tag] = priority;
  return true;
}

std::string TimeOf(const Android& phone, const LogLine& line, const LogcatOptions& options) {
  const int digits = options.usec ? 6 : 3;
  if (options.epoch || options.monotonic) {
    const auto at = options.epoch ? line.at : line.at - (phone.clock.wall - phone.clock.boot);
    const std::int64_t us = std::max<std::int64_t>(at.count(), 0);
    return options.usec ? fmt::format("{:6}.{:06}", us / 1'000'000, us % 1'000'000)
                        : fmt::format("{:6}.{:03}", us / 1'000'000, us / 1'000 % 1'000);
  }
  Android utc;  // only its clock is read
  utc.clock = phone.clock;
  if (options.utc) utc.clock.utc_offset_minutes = 0;
  std::string text =
      options.year ? LocalTime(utc.clock, line.at, false) : MonthDaySeconds(utc, line.at);
  const int micros = CivilLocal(utc, line.at).micros;
  text += digits == 6 ? fmt::format(".{:06}", micros) : fmt::format(".{:03}", micros / 1'000);
  if (options.zone) {
    const int offset = utc.clock.utc_offset_minutes;
    text += fmt::format(" {}{:02}{:02}", offset < 0 ? '-' : '+', std::abs(offset) / 60,
                        std::abs(offset) % 60);
  }
  return text;
}

// Source: liblog's logprint.cpp, android_log_formatLogLine.
void Print(const Android& phone, const LogLine& line, const LogcatOptions& options, Into out) {
  const std::string uid = options.uid ? fmt::format("{:>5}:", line.uid) : std::string();
  switch (options.format) {
    case Format::kBrief:
      fmt::format_to(out, "{}/{:<8}({}{:>5}): {}\n", line.priority, line.tag, uid, line.pid,
                     line.text);
      break;
    case Format::kProcess:
      fmt::format_to(out, "{}({}{:>5}) {}  ({})\n", line.priority, uid, line.pid, line.text,
                     line.tag);
      break;
    case Format::kTag:
      fmt::format_to(out, "{}/{:<8}: {}\n", line.priority, line.tag, line.text);
      break;
    case Format::kThread:
      fmt::format_to(out, "{}({}{:>5}:{:>5}) {}\n", line.priority, uid, line.pid, line.tid,
                     line.text);
      break;
    case Format::kRaw:
      fmt::format_to(out, "{}\n", line.text);
      break;
    case Format::kTime:
      fmt::format_to(out, "{} {}/{:<8}({}{:>5}): {}\n", TimeOf(phone, line, options), line.priority,
                     line.tag, uid, line.pid, line.text);
      break;
    case Format::kThreadtime:
      fmt::format_to(out, "{} {}{:>5} {:>5} {} {:<8}: {}\n", TimeOf(phone, line, options),
                     options.uid ? fmt::format("{:>5} ", line.uid) : std::string(), line.pid,
                     line.tid, line.priority, line.tag, line.text);
      break;
    case Format::kLong:
      fmt::format_to(out, "[ {} {}{:>5}:{:>5} {}/{:<8} ]\n{}\n\n", TimeOf(phone, line, options),
                     uid, line.pid, line.tid, line.priority, line.tag, line.text);
      break;
  }
}

bool Passes(const LogLine& line, const LogcatOptions& options) {
  if (!options.buffers.contains("all") && !options.buffers.contains(line.buffer)) return false;
  if (options.pid && *options.pid != line.pid) return false;
  if (!options.contains.empty() && line.text.find(options.contains) == std::string::npos)
    return false;
  if (options.filters.empty()) return true;
  auto filter = options.filters.find(line.tag);
  if (filter == options.filters.end()) filter = options.filters.find("*");
  if (filter == options.filters.end()) return true;
  return kPriorities.find(line.priority) >= kPriorities.find(filter->second) &&
         filter->second != 'S';
}

LogcatAsked ReadLogcatWords(std::span<const std::string> words) {
  LogcatAsked asked;
  LogcatOptions& options = asked.options;
  bool buffers_given = false;
  for (std::size_t i = 0; i < words.size(); ++i) {
    const std::string& word = words[i];
    // The value of an option: behind it or the next word.
    const auto value = [&](std::size_t taken) -> std::string {
      if (word.size() > taken) return word.substr(taken + (word[taken] == '=' ? 1 : 0));
      return i + 1 < words.size() ? words[++i] : std::string();
    };
    if (word == "-d") {
      options.ends = true;
    } else if (word.starts_with("-v") || word.starts_with("--format")) {
      const std::string names = value(word.starts_with("--") ? 8 : 2);
      Split(names, ',', [&](std::string_view name) {
        if (!SetFormat(name, options))
          asked.error = "Invalid parameter \"" + std::string(name) + "\" to -v";
      });
    } else if (word.starts_with("-b") || word.starts_with("--buffer")) {
      if (!buffers_given) options.buffers.clear();
      buffers_given = true;
      const std::string names = value(word.starts_with("--") ? 8 : 2);
      Split(names, ',', [&](std::string_view name) {
        if (name == "default")
          options.buffers.insert({"main", "system", "crash"});
        else
          options.buffers.insert(std::string(name));
      });
    } else if (word.starts_with("-t") || word.starts_with("-T")) {
      options.ends = options.ends || word[1] == 't';
      const std::string from = value(2);
      if (const auto lines = Number(from))
        options.last = *lines;
      else
        options.after = from;
    } else if (word == "-s") {
      options.filters["*"] = 'S';
    } else if (word.starts_with("--pid")) {
      if (const auto pid = Number(value(5))) options.pid = static_cast<int>(*pid);
    } else if (word.starts_with("-e") || word.starts_with("--regex")) {
      options.contains = value(word.starts_with("--") ? 7 : 2);
    } else if (word == "-c") {
      options.clear = true;
    } else if (word == "-g") {
      options.sizes = true;
    } else if (word == "-L") {
      options.before_restart = true;
    } else if (word == "-D" || word == "--dividers") {
    } else if (word.starts_with("-")) {
      asked.error = "Unrecognized Option " + word;
    } else if (!AddFilter(word, options)) {
      asked.error = "Invalid filter expression '" + word + "'";
    }
  }
  return asked;
}

// The lines that `options` ask for, from line number `from` on (Life::log_first counts); with the
// marks at the beginning of each buffer when `marks`.
std::string LogcatText(const Android& phone, const LogcatOptions& options, std::uint64_t from = 0,
                       bool marks = true) {
  std::vector<const LogLine*> lines;
  const Life& life = phone.life;
  for (std::size_t i = 0; i < life.log.size(); ++i)
    if (life.log_first + i >= from && Passes(life.log[i], options)) lines.push_back(&life.log[i]);
  if (options.after)
    std::erase_if(lines, [&](const LogLine* line) {
      const std::string full = LocalTime(phone.clock, line->at);
      const std::string& after = *options.after;
      const bool year = after.size() > 4 && after[4] == '-' && after.find('-', 5) == 7;
      return (year ? full : full.substr(5)) < after;
    });
  if (options.last && lines.size() > *options.last)
    lines.erase(lines.begin(), lines.end() - static_cast<std::ptrdiff_t>(*options.last));
  std::string text;
  std::set<std::string> begun;
  for (const LogLine* line : lines) {
    if (marks && begun.insert(line->buffer).second)
      text += "--------- beginning of " + line->buffer + "\n";
    Print(phone, *line, options, Into(text));
  }
  return text;
}

Said Logcat(const Call& call) {
  LogcatAsked asked = ReadLogcatWords(call.words);
  if (!asked.error.empty()) return Err("logcat: " + asked.error + "\n", 1);
  const LogcatOptions& options = asked.options;
  Life& life = call.phone.life;
  if (options.clear) {
    life.log_first += life.log.size();
    life.log.clear();
    return {};
  }
  if (options.sizes) {
    std::string out;
    for (const std::string& buffer : options.buffers)
      out += fmt::format(
          "{}: ring buffer is 256 KiB (64 KiB consumed), max entry is 5120 B, max "
          "payload is 4068 B\n",
          buffer);
    return Out(std::move(out));
  }
  if (options.before_restart)
    return Err("logcat: Logcat read failure: No such file or directory\n", 1);
  Said said;
  said.out = LogcatText(call.phone, options);
  said.took = std::chrono::milliseconds(20 + static_cast<long>(said.out.size() / 20'000));
  if (!options.ends) {
    const auto seen = std::make_shared<std::uint64_t>(life.log_first + life.log.size());
    LogcatOptions on = options;
    on.last.reset();
    on.after.reset();
    said.more = [seen, on](const Android& phone) {
      const std::uint64_t from = *seen;
      *seen = phone.life.log_first + phone.life.log.size();
      return LogcatText(phone, on, from, /*marks=*/false);
    };
  }
  return said;
}

}  // namespace

void AddLogPrograms(Programs& programs) { programs.Add("logcat", Logcat); }

}  // namespace bk::simulate
