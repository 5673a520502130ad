#include "simulate/replay/recorded_log.h"

#include <algorithm>
#include <optional>

#include "base/text.h"

namespace bk::simulate::replay {
namespace {

// What "-b default" and no -b at all mean.
const std::set<std::string, std::less<>> kDefault = {"main", "system", "crash"};
constexpr std::string_view kAllOf[] = {"main",  "system", "crash",    "events",
                                       "radio", "kernel", "security", "stats"};

void AddBuffers(std::string_view names, LogRequest& request) {
  while (!names.empty()) {
    const std::string_view name = names.substr(0, names.find(','));
    names.remove_prefix(std::min(names.size(), name.size() + 1));
    if (name == "all") {
      for (const std::string_view one : kAllOf) request.buffers.emplace(one);
    } else if (name == "default") {
      request.buffers.insert(kDefault.begin(), kDefault.end());
    } else {
      request.buffers.emplace(name);
    }
  }
}

std::string_view MainBuffer(const LogRequest& request) {
  if (request.buffers.contains("main")) return "main";
  return request.buffers.empty() ? std::string_view() : *request.buffers.begin();
}

std::string_view LastLines(std::string_view text, std::size_t lines_max) {
  std::size_t at = text.size();
  for (std::size_t lines = 0; at > 0; --at)
    if (text[at - 1] == '\n' && at != text.size() && ++lines == lines_max) break;
  return text.substr(at);
}

}  // namespace

LogRequest ReadLogRequest(std::span<const std::string> words) {
  LogRequest request;
  for (std::size_t i = 0; i < words.size(); ++i) {
    const std::string_view word = words[i];
    // The option's value: behind it, or the next word.
    const auto value = [&](std::string_view option) -> std::optional<std::string_view> {
      if (word == option) return i + 1 < words.size() ? words[++i] : std::string_view();
      if (word.starts_with(option) && !option.starts_with("--")) return word.substr(option.size());
      if (word.starts_with(option) && word[option.size()] == '=')
        return word.substr(option.size() + 1);
      return std::nullopt;
    };
    if (const auto buffers = value("-b")) {
      AddBuffers(*buffers, request);
    } else if (const auto named = value("--buffer")) {
      AddBuffers(*named, request);
    } else if (const auto count = value("-t")) {
      request.ends = true;
      request.lines_max = ParseInt<std::size_t>(*count).value_or(0);
    } else if (word == "-d" || word == "--dump") {
      request.ends = true;
    } else if (word == "-L" || word == "--last") {
      request.ends = request.last = true;
    } else if (word == "-v" || word == "-T" || word == "-e" || word == "-m") {
      ++i;
    }
  }
  if (request.buffers.empty()) request.buffers = kDefault;
  return request;
}

adbd::Answer AnswerLog(std::span<const RecordedLog> logs, const LogRequest& request) {
  adbd::Answer answer{.endless = !request.ends};
  for (const RecordedLog& log : logs)
    if (log.request.last == request.last && request.buffers.contains(MainBuffer(log.request)))
      answer.out += log.text;
  if (request.lines_max > 0) answer.out = std::string(LastLines(answer.out, request.lines_max));
  return answer;
}

}  // namespace bk::simulate::replay
