// The first lines of a bug report, and its UPTIME section.
#include "android/system/parsers.h"

namespace bk::android::system {
namespace {

// "up 0 weeks, 0 days, 3 hours, 1 minute" (header), "up 3 days,  3:27,  0 users" (uptime).
std::optional<std::int64_t> ParseUp(std::string_view text) {
  std::int64_t seconds = 0;
  bool any = false;
  while (!text.empty()) {
    const std::size_t comma = text.find(',');
    std::string_view part = Trim(text.substr(0, comma));
    text.remove_prefix(comma == std::string_view::npos ? text.size() : comma + 1);
    const auto number = LeadingInt(part);
    if (!number || *number < 0 || *number > 100'000) break;
    const std::size_t colon = part.find(':');
    if (colon != std::string_view::npos) {
      const auto minutes = LeadingInt(part.substr(colon + 1));
      if (!minutes || *minutes > 59) break;
      seconds += *number * 3600 + *minutes * 60;
    } else if (part.find("week") != std::string_view::npos) {
      seconds += *number * 604'800;
    } else if (part.find("day") != std::string_view::npos) {
      seconds += *number * 86'400;
    } else if (part.find("hour") != std::string_view::npos) {
      seconds += *number * 3600;
    } else if (part.find("min") != std::string_view::npos) {
      seconds += *number * 60;
    } else {
      break;  // "0 users"
    }
    any = true;
  }
  if (!any) return std::nullopt;
  return seconds;
}

}  // namespace

void ParseHeader(const Section& section, SystemState& state) {
  Scope scope(section, state);
  constexpr int kLinesMax = 400;  // Android 12 and later print the whole boot configuration here
  std::string_view rest = section.body;
  std::string_view line;
  for (int lines = 0; lines < kLinesMax && NextLine(rest, line); ++lines) {
    std::string_view text = line;
    if (Eat(text, "== dumpstate: ")) {
      if (const auto time = ParseWallTime(text)) state.report.time = scope.Make(*time, line);
    } else if (Eat(text, "Build fingerprint: ")) {
      text = Trim(text);
      if (text.size() >= 2 && text.front() == '\'' && text.back() == '\'')
        text = text.substr(1, text.size() - 2);
      if (!text.empty()) state.device.fingerprint = scope.Make(std::string(text), line);
    } else if (Eat(text, "Build: ")) {
      if (!state.device.build) state.device.build = scope.Make(std::string(Trim(text)), line);
    } else if (Eat(text, "Android SDK version: ")) {
      if (const auto sdk = ParseInt<int>(Trim(text)); sdk && !state.device.sdk)
        state.device.sdk = scope.Make(*sdk, line);
    } else if (Eat(text, "Uptime: up ")) {
      if (const auto up = ParseUp(text)) state.report.uptime_seconds = scope.Make(*up, line);
    }
  }
}

// Of a live phone, what the header is of a report.
void ParseDate(const Section& section, SystemState& state) {
  Scope scope(section, state);
  std::string_view rest = section.body;
  std::string_view line;
  if (!NextLine(rest, line)) return;
  if (const auto time = ParseWallTime(line)) state.report.time = scope.Make(*time, line);
}

void ParseUptime(const Section& section, SystemState& state) {
  Scope scope(section, state);
  std::string_view rest = section.body;
  std::string_view line;
  while (NextLine(rest, line)) {
    const std::size_t at = line.find(" up ");
    if (at == std::string_view::npos) continue;
    if (const auto up = ParseUp(line.substr(at + 4)))
      state.report.uptime_seconds = scope.Make(*up, line);
    return;
  }
}

}  // namespace bk::android::system
