#include "simulate/phone/shell/text_tools.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <deque>
#include <optional>
#include <regex>
#include <string>
#include <vector>

#include "base/text.h"

namespace bk::simulate {
namespace {

Said Quick(std::string out, int exit = 0) {
  return {.out = std::move(out), .exit = exit, .took = std::chrono::milliseconds(1)};
}
Said QuickErr(std::string err, int exit = 1) {
  return {.err = std::move(err), .exit = exit, .took = std::chrono::milliseconds(1)};
}

// \n, \t, \\ and \0 as echo -e and printf take them.
std::string Unescaped(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '\\' || i + 1 == text.size()) {
      out += text[i];
      continue;
    }
    switch (text[++i]) {
      case 'n':
        out += '\n';
        break;
      case 't':
        out += '\t';
        break;
      case '0':
        out += '\0';
        break;
      case '\\':
        out += '\\';
        break;
      default:
        out += '\\';
        out += text[i];
    }
  }
  return out;
}

// mksh's own echo understands backslashes without -e.
Said Echo(const Call& call) {
  std::string out;
  std::size_t i = 0;
  bool line_end = true, escapes = true;
  for (; i < call.words.size(); ++i) {
    const std::string& word = call.words[i];
    if (word == "-n")
      line_end = false;
    else if (word == "-e")
      escapes = true;
    else if (word == "-E")
      escapes = false;
    else
      break;
  }
  for (std::size_t k = i; k < call.words.size(); ++k) {
    if (k > i) out += ' ';
    out += escapes ? Unescaped(call.words[k]) : call.words[k];
  }
  if (line_end) out += '\n';
  return Quick(std::move(out));
}

// %s, %d, %% over the arguments, once or until they are used up.
Said Printf(const Call& call) {
  if (call.words.empty()) return QuickErr("printf: Needs 1 argument (see \"printf --help\")\n");
  const std::string format = Unescaped(call.words[0]);
  std::string out;
  std::size_t argument = 1;
  do {
    for (std::size_t i = 0; i < format.size(); ++i) {
      if (format[i] != '%' || i + 1 == format.size()) {
        out += format[i];
      } else if (format[++i] == '%') {
        out += '%';
      } else {
        out += call.word(argument++);
      }
    }
  } while (argument > 1 && argument < call.words.size());
  return Quick(std::move(out));
}

Said Cat(const Call& call) {
  if (call.words.empty() || call.words[0] == "-") return Quick(std::string(call.in));
  Said said = Quick({});
  for (const std::string& file : call.words) {
    if (file == "/proc/uptime") {
      const double seconds = static_cast<double>(call.phone.clock.boot.count()) / 1e6;
      said.out += fmt::format("{:.2f} {:.2f}\n", seconds, seconds * 6.1);
    } else if (file == "/proc/version") {
      said.out += "Linux version 4.14.190 (android-build@localhost) #1 SMP PREEMPT\n";
    } else if (file == "/dev/null") {
      continue;
    } else {
      said.err += fmt::format("cat: {}: {}\n", file,
                              file.starts_with("/data/") || file.starts_with("/proc/")
                                  ? "Permission denied"
                                  : "No such file or directory");
      said.exit = 1;
    }
  }
  return said;
}

struct GrepWanted {
  bool invert = false, count = false, quiet = false, only = false, numbers = false;
  std::size_t before = 0, after = 0, most = std::string::npos;
  std::regex::flag_type syntax = std::regex::basic;
  bool fixed = false, any_case = false, words = false;
  std::vector<std::string> patterns;
};

std::optional<std::string> ReadGrepOptions(const Call& call, GrepWanted& wanted) {
  std::size_t i = 0;
  for (; i < call.words.size() && call.words[i].size() > 1 && call.words[i][0] == '-'; ++i) {
    const std::string& word = call.words[i];
    for (std::size_t k = 1; k < word.size(); ++k) {
      // "-A 3", "-A3"
      const auto value = [&]() -> std::string {
        std::string rest = word.substr(k + 1);
        k = word.size();
        return !rest.empty() ? rest : std::string(call.word(++i));
      };
      switch (word[k]) {
        case 'v':
          wanted.invert = true;
          break;
        case 'c':
          wanted.count = true;
          break;
        case 'q':
          wanted.quiet = true;
          break;
        case 'o':
          wanted.only = true;
          break;
        case 'n':
          wanted.numbers = true;
          break;
        case 'i':
          wanted.any_case = true;
          break;
        case 'w':
          wanted.words = true;
          break;
        case 'E':
          wanted.syntax = std::regex::extended;
          break;
        case 'F':
          wanted.fixed = true;
          break;
        case 'e':
          wanted.patterns.push_back(value());
          break;
        case 'A':
          wanted.after = std::strtoul(value().c_str(), nullptr, 10);
          break;
        case 'B':
          wanted.before = std::strtoul(value().c_str(), nullptr, 10);
          break;
        case 'C':
          wanted.before = wanted.after = std::strtoul(value().c_str(), nullptr, 10);
          break;
        case 'm':
          wanted.most = std::strtoul(value().c_str(), nullptr, 10);
          break;
        case 'a':
        case 's':
        case 'h':
          break;
        default:
          return fmt::format("grep: Unknown option '{}' (see \"grep --help\")\n", word.substr(k));
      }
    }
  }
  if (wanted.patterns.empty()) {
    if (i >= call.words.size()) return "grep: no REGEX\n";
    wanted.patterns.push_back(call.words[i++]);
  }
  if (i < call.words.size())
    return fmt::format("grep: {}: No such file or directory\n", call.words[i]);
  return std::nullopt;
}

std::string AsRegex(const GrepWanted& wanted) {
  std::string all;
  for (const std::string& pattern : wanted.patterns) {
    if (!all.empty()) all += wanted.syntax == std::regex::basic && !wanted.fixed ? "\n" : "|";
    if (wanted.fixed) {
      for (const char c : pattern) {
        if (std::string_view(".[]{}()*+?|^$\\").contains(c)) all += '\\';
        all += c;
      }
    } else {
      all += pattern;
    }
  }
  return all;
}

Said Grep(const Call& call) {
  GrepWanted wanted;
  if (const auto wrong = ReadGrepOptions(call, wanted)) return QuickErr(*wrong, 2);
  // "a\|b" is toybox's (and GNU's) way to say "or" in the basic syntax: ask the extended one.
  std::string pattern = AsRegex(wanted);
  if (wanted.syntax == std::regex::basic && pattern.contains("\\|")) {
    for (std::size_t at = 0; (at = pattern.find("\\|", at)) != std::string::npos;)
      pattern.erase(at, 1);
    wanted.syntax = std::regex::extended;
  }
  if (wanted.fixed) wanted.syntax = std::regex::extended;
  auto flags = wanted.syntax;
  if (wanted.any_case) flags |= std::regex::icase;
  // Patterns are foreign: no backtracking, so that no pattern takes for ever.
  flags |= std::regex_constants::__polynomial;
  constexpr std::size_t kPatternMax = 1'000, kLineMax = 10'000;
  if (pattern.size() > kPatternMax) return QuickErr("grep: bad regex\n", 2);
  std::optional<std::regex> compiled;
  try {
    compiled.emplace(pattern, flags);
  } catch (const std::regex_error&) {
    return QuickErr(fmt::format("grep: bad regex '{}'\n", pattern), 2);
  }
  std::string_view rest = call.in, line;
  std::string out;
  std::deque<std::string_view> before;
  std::size_t hits = 0, after = 0, number = 0;
  while (hits < wanted.most && NextLine(rest, line)) {
    ++number;
    if (line.size() > kLineMax) line = line.substr(0, kLineMax);
    std::cmatch match;
    const bool hit = std::regex_search(line.data(), line.data() + line.size(), match, *compiled) !=
                     wanted.invert;
    const auto print = [&](std::string_view text) {
      if (wanted.numbers) out += fmt::format("{}:", number);
      out.append(text).append("\n");
    };
    if (hit) {
      ++hits;
      for (const std::string_view earlier : before) print(earlier);
      before.clear();
      print(wanted.only && !wanted.invert ? std::string_view(match[0].first, match[0].length())
                                          : line);
      after = wanted.after;
    } else if (after > 0) {
      --after;
      print(line);
    } else if (wanted.before > 0) {
      before.push_back(line);
      if (before.size() > wanted.before) before.pop_front();
    }
  }
  if (wanted.count) out = fmt::format("{}\n", hits);
  if (wanted.quiet) out.clear();
  return Quick(std::move(out), hits > 0 ? 0 : 1);
}

// The number of "-n 5", "-5", "-n5"; `fallback` without one.
long LineCount(const Call& call, long fallback) {
  for (std::size_t i = 0; i < call.words.size(); ++i) {
    std::string_view word = call.words[i];
    if (!word.starts_with('-') || word.size() < 2) continue;
    if (word == "-n" || word == "-c") word = call.word(i + 1);
    const std::size_t digit = word.find_first_of("0123456789+");
    if (digit != std::string_view::npos) return std::atol(std::string(word.substr(digit)).c_str());
  }
  return fallback;
}

std::vector<std::string_view> LinesOf(std::string_view text) {
  std::vector<std::string_view> lines;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size() - 1) + 1;
    lines.push_back(text.substr(0, end));
    text.remove_prefix(end);
  }
  return lines;
}

Said Head(const Call& call) {
  std::string out;
  long left = LineCount(call, 10);
  for (const std::string_view line : LinesOf(call.in))
    if (left-- > 0) out += line;
  return Quick(std::move(out));
}

Said Tail(const Call& call) {
  std::string out;
  const auto lines = LinesOf(call.in);
  const auto wanted = static_cast<std::size_t>(std::max(0L, LineCount(call, 10)));
  for (std::size_t i = lines.size() > wanted ? lines.size() - wanted : 0; i < lines.size(); ++i)
    out += lines[i];
  return Quick(std::move(out));
}

Said WordCount(const Call& call) {
  const auto lines = std::ranges::count(call.in, '\n');
  if (call.word(0) == "-l") return Quick(fmt::format("{}\n", lines));
  if (call.word(0) == "-c") return Quick(fmt::format("{}\n", call.in.size()));
  std::size_t words = 0;
  bool in_word = false;
  for (const char c : call.in) {
    const bool blank = c == ' ' || c == '\n' || c == '\t';
    words += !blank && !in_word ? 1 : 0;
    in_word = !blank;
  }
  return Quick(call.word(0) == "-w"
                   ? fmt::format("{}\n", words)
                   : fmt::format("{:7} {:7} {:7}\n", lines, words, call.in.size()));
}

Said Sleep(const Call& call) {
  const double seconds = std::strtod(std::string(call.word(0)).c_str(), nullptr);
  constexpr double kLongest = 86'400;
  return {.took = std::chrono::milliseconds(
              static_cast<std::int64_t>(std::clamp(seconds, 0.0, kLongest) * 1'000))};
}

}  // namespace

void AddTextTools(Programs& programs) {
  programs.Add("echo", Echo);
  programs.Add("printf", Printf);
  programs.Add("cat", Cat);
  programs.Add("grep", Grep);
  programs.Add("head", Head);
  programs.Add("tail", Tail);
  programs.Add("wc", WordCount);
  programs.Add("sleep", Sleep);
  programs.Add("true", [](const Call&) { return Quick({}); });
  programs.Add(":", [](const Call&) { return Quick({}); });
  programs.Add("false", [](const Call&) { return Quick({}, 1); });
}

}  // namespace bk::simulate
