#include "android/sectioner.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>
#include <optional>

#include "android/dump_text.h"
#include "base/limits.h"
#include "base/line_ends.h"
#include "base/text.h"

namespace bk::android {
namespace {

using evidence::LossKind;

// Marks outnumber this only in a text made to hurt.
constexpr std::size_t kSectionsMax = 100'000;
constexpr std::size_t kNamesMax = 10'000;
constexpr std::size_t kMarkEvery = 1 << 20;

// "exit code 1", "killed by signal 15": damage behind it (a broken archive glues lines together) is
// no reason, and may be anything that the phone holds.
std::string FailureWords(std::string_view line) {
  for (const std::string_view words : {"exit code ", "killed by signal "})
    if (const auto number = After(line, words, " \n"))
      if (const auto code = ParseInt<int>(*number))
        return std::string(words) + std::to_string(*code);
  return "no reason is given";
}

constexpr std::string_view kDash = "------ ";
constexpr std::string_view kServiceMark = "DUMP OF SERVICE ";
constexpr std::string_view kSnoozBegin = "--- BEGIN:BTSNOOP_LOG_SUMMARY";
constexpr std::string_view kSnoozEnd = "--- END:BTSNOOP_LOG_SUMMARY";
constexpr std::string_view kDumpsysEnd = "was the duration of dumpsys ";
constexpr std::string_view kSectionEnd = "was the duration of '";

// Titles by which dumpstate's own text is told from a vendor's board dump, which has the same
// marks.
constexpr std::string_view kKnownTitles[] = {"SYSTEM LOG",         "EVENT LOG",
                                             "SYSTEM PROPERTIES",  "DUMPSYS",
                                             "MEMORY INFO",        "KERNEL LOG",
                                             "RADIO LOG",          "UPTIME",
                                             "LAST LOGCAT",        "VIRTUAL MEMORY STATS",
                                             "PROCESSES",          "CHECKIN",
                                             "APP ACTIVITIES",     "APP SERVICES",
                                             "LOG STATISTICS",     "PACKAGE",
                                             "FILESYSTEMS & FREE", "PROCESSES AND THREADS",
                                             "NETWORK INTERFACES", "MAIN LOG"};

bool IsKnownTitle(std::string_view title) {
  return std::ranges::any_of(kKnownTitles,
                             [&](std::string_view known) { return title.starts_with(known); });
}

bool IsLogTitle(std::string_view title, std::string_view command) {
  if (title.starts_with("LOG STATISTICS")) return false;
  if (title.starts_with("KERNEL LOG") || title.starts_with("LAST KMSG") ||
      title.starts_with("LAST LOGCAT"))
    return true;
  return command.find("logcat ") != std::string_view::npos;
}

bool AllOf(std::string_view line, char c, std::size_t at_least) {
  return line.size() >= at_least && line.find_first_not_of(c) == std::string_view::npos;
}

// Upper-case words: how dumpstate writes titles. Dumps print lines between dashes of their own.
bool LooksLikeTitle(std::string_view title) {
  return !title.empty() && std::ranges::none_of(title, [](char c) { return c >= 'a' && c <= 'z'; });
}

bool IsServiceName(std::string_view name) {
  return !name.empty() && name.size() < 200 &&
         std::ranges::all_of(
             name,
             [](char c) {
               return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                      std::strchr("._-/:@ $", c) != nullptr;
             });
}

bool Contains(const std::vector<std::string>& names, std::string_view name) {
  return std::ranges::find(names, name) != names.end();
}

class Splitter {
 public:
  explicit Splitter(const TextOrigin& origin) : origin_(origin) {}

  SplitText Run() {
    const char* at = origin_.text.data();
    const char* const end = at + origin_.text.size();
    LineEnds line_ends(origin_.text);
    std::size_t to_mark = kMarkEvery;
    while (at < end) {
      const char* const newline = line_ends.Next();
      const char* const next = newline == nullptr ? end : newline + 1;
      ++out_.lines;
      if (const auto offset = static_cast<std::size_t>(at - origin_.text.data());
          offset >= to_mark) {
        out_.line_marks.push_back({.offset = offset, .line = out_.lines});
        to_mark = offset + kMarkEvery;
      }
      // Few lines start with one of these: the others cost one comparison.
      switch (*at) {
        case '-':
        case '=':
        case '*':
        case 'D':
        case 'C':
          OnLine(Trim({at, static_cast<std::size_t>((newline == nullptr ? end : newline) - at)}));
          break;
        default:
          break;
      }
      at = next;
    }
    Finish();
    return std::move(out_);
  }

 private:
  struct Open {
    Section::Kind kind = Section::Kind::kHeader;
    std::string_view name;
    std::string_view command;
    const char* body = nullptr;
    std::string cut;
  };

  void OnLine(std::string_view line) {
    if (line.empty()) return;
    switch (line.front()) {
      case '-':
        if (line.starts_with(kDash)) return OnDashLine(line);
        if (line.starts_with("--------- ")) {
          if (line.find(kDumpsysEnd) != std::string_view::npos) {
            ++service_ends_;
            if (open_ && open_->kind == Section::Kind::kService) Close(line.data(), false);
          }
          return;
        }
        if (line.starts_with(kSnoozBegin)) {
          if (snooz_ != nullptr) EndSnooz(line.data(), false);
          snooz_ = line.data() + line.size();
          return;
        }
        if (line.starts_with(kSnoozEnd) && snooz_ != nullptr) return EndSnooz(line.data(), true);
        if (AllOf(line, '-', 20)) rule_ = line;
        return;
      case 'D':
        if (line.starts_with(kServiceMark)) OnService(line);
        return;
      case '=':
        if (AllOf(line, '=', 20)) {
          rule_ = line;
          return;
        }
        if (line.starts_with("== ")) OnHeading(line);
        return;
      case '*':
        if (line.starts_with("*** ")) OnComplaint(line);
        return;
      case 'C':
        OnPlain(line);
        return;
      default:
        return;
    }
  }

  // "------ TITLE (command) ------" or "------ 1.353s was the duration of 'TITLE' ------".
  void OnDashLine(std::string_view line) {
    if (line.find(kSectionEnd) != std::string_view::npos) {
      ++section_ends_;
      Close(line.data(), false);
      return;
    }
    if (!line.ends_with("------") || line.size() < kDash.size() + 8) return;
    std::string_view title = line.substr(kDash.size(), line.size() - kDash.size() - 6);
    if (title.empty() || (title.back() != ' ' && title.back() != ')')) return;
    title = Trim(title);
    std::string_view command;
    // The bracket that opens the command: titles themselves have none.
    if (const std::size_t open = title.find(" ("); open != std::string_view::npos) {
      command = title.substr(open + 2);
      if (!command.empty() && command.back() == ')') command.remove_suffix(1);
      title = Trim(title.substr(0, open));
    }
    // Inside a service's dump a line between dashes is the dump's own unless it is written as
    // dumpstate does.
    if (open_ && open_->kind == Section::Kind::kService &&
        !(LooksLikeTitle(title) && (!command.empty() || title.size() > 3)))
      return;
    ++out_.commands;
    if (IsKnownTitle(title)) ++out_.known_titles;
    Close(line.data(), true);
    Start(IsLogTitle(title, command) ? Section::Kind::kLog : Section::Kind::kCommand, title,
          command, line);
  }

  void OnService(std::string_view line) {
    std::string_view name = line.substr(kServiceMark.size());
    if (name.empty() || name.back() != ':') return;
    name.remove_suffix(1);
    for (const std::string_view word : {"CRITICAL ", "HIGH ", "NORMAL ", "DEFAULT "})
      if (Take(name, word)) break;
    name = Trim(name);
    if (!IsServiceName(name)) return;
    // The line of dashes before it is not part of the dump that stood before.
    Close(RuleBefore(line).value_or(line.data()), true);
    ++out_.services;
    Start(Section::Kind::kService, name, {}, line);
  }

  // "== dumpstate: 2020-01-08 15:30:07", "== dumpstate: done", "== Android Framework Services".
  void OnHeading(std::string_view line) {
    const auto rule = RuleBefore(line);
    std::string_view text = line.substr(3);
    if (Take(text, "dumpstate: ")) {
      if (text.starts_with("done")) {
        out_.complete = true;
        Close(rule.value_or(line.data()), true);
        return;
      }
      const AnyInstant time = TakeTime(text);
      if (!rule && !time.known()) return;
      Close(rule.value_or(line.data()), true);
      ++out_.reports;
      if (out_.reports == 1) out_.time = time;
      out_.has_header = true;
      out_.complete = false;
      Start(Section::Kind::kHeader, "", {}, line);
      open_->body = line.data();
      return;
    }
    if (rule) Close(*rule, true);
  }

  void OnComplaint(std::string_view line) {
    if (!open_ || !open_->cut.empty()) return;
    if (line.find("DUMP TIMEOUT") != std::string_view::npos) {
      if (open_->kind != Section::Kind::kService) return;
      const auto limit = After(line, "TIMEOUT (", ")");
      open_->cut = limit ? fmt::format("timed out after {}", *limit) : "timed out";
      return;
    }
    const bool of_command = line.starts_with("*** command '");
    if (of_command && line.find("' timed out after ") != std::string_view::npos) {
      const auto limit = After(line, "timed out after ", " ");
      // Within the DUMPSYS part the command is dumpsys itself: the open service is cut with it.
      open_->cut = fmt::format("timed out after {}", limit.value_or(""));
      return;
    }
    if (open_->kind == Section::Kind::kService) return;
    if (of_command && line.find("' failed: ") != std::string_view::npos)
      open_->cut = "failed: " + FailureWords(line);
    else if (line.starts_with("*** Error dumping ") ||
             line.ends_with(": No such file or directory"))
      open_->cut = "the phone could not read it";
  }

  void OnPlain(std::string_view line) {
    if (line.starts_with("Can't find service: ")) {
      if (out_.absent.size() < kNamesMax)
        out_.absent.emplace_back(Trim(line.substr(std::strlen("Can't find service: "))));
    } else if (line == "Currently running services:") {
      Close(line.data(), true);
      Start(Section::Kind::kCommand, line.substr(0, line.size() - 1), {}, line);
    }
  }

  // Where the line of dashes or equals signs starts if it is the line just before `line`.
  [[nodiscard]] std::optional<const char*> RuleBefore(std::string_view line) const {
    if (rule_.empty()) return std::nullopt;
    const char* at = rule_.data() + rule_.size();
    while (at < line.data() && (*at == '\r' || *at == '\n' || *at == ' ')) ++at;
    if (at != line.data()) return std::nullopt;
    return rule_.data();
  }

  void Start(Section::Kind kind, std::string_view name, std::string_view command,
             std::string_view line) {
    const char* const end = origin_.text.data() + origin_.text.size();
    const char* body = line.data() + line.size();
    while (body < end && *body != '\n') ++body;
    open_ = Open{.kind = kind, .name = name, .command = command, .body = std::min(body + 1, end)};
  }

  // `by_next`: ended by something else's start, not by its own end line.
  void Close(const char* at, bool by_next) {
    if (snooz_ != nullptr && snooz_ < at) EndSnooz(at, false);
    if (!open_) {
      if (out_.sections.empty() && !leading_done_) {
        leading_done_ = true;
        out_.unmarked = {origin_.text.data(), static_cast<std::size_t>(at - origin_.text.data())};
      }
      return;
    }
    leading_done_ = true;
    Open open = std::move(*open_);
    open_.reset();
    if (at < open.body) at = open.body;
    std::string_view body(open.body, static_cast<std::size_t>(at - open.body));
    // An end line glued to output without a final newline.
    bool own_end = !by_next;
    if (open.kind == Section::Kind::kService && by_next) {
      const std::string_view tail =
          body.substr(body.size() - std::min<std::size_t>(body.size(), 300));
      if (const std::size_t glued = tail.rfind(kDumpsysEnd); glued != std::string_view::npos) {
        own_end = true;
        ++service_ends_;
        const std::size_t dashes = tail.rfind("--------- ", glued);
        if (dashes != std::string_view::npos) body.remove_suffix(tail.size() - dashes);
      }
    }
    Emit(std::move(open), body, own_end);
  }

  void Emit(Open open, std::string_view body, bool own_end) {
    if (out_.sections.size() >= kSectionsMax) {
      ++dropped_;
      return;
    }
    if (open.name == "Currently running services") {
      ReadRunning(body);
      return;
    }
    Section section = origin_.Make(open.kind, open.name, body);
    section.command = open.command;
    section.cut = std::move(open.cut);
    if (open.kind == Section::Kind::kService) {
      if (section.cut.empty() && StartsWithNoCase(Trim(body.substr(0, 200)), "permission denial"))
        section.cut = "the phone refused to give it";
      unended_.push_back(!own_end && section.cut.empty());
    } else {
      unended_.push_back(false);
    }
    out_.sections.push_back(std::move(section));
  }

  void ReadRunning(std::string_view body) {
    Lines lines(body);
    std::string_view line;
    while (lines.Next(line) && out_.running.size() < kNamesMax) {
      if (!line.starts_with("  ")) break;
      out_.running.emplace_back(Trim(line));
    }
  }

  void EndSnooz(const char* at, bool whole) {
    if (at > snooz_ && out_.snooz.size() < 64) {
      std::string_view text(snooz_, static_cast<std::size_t>(at - snooz_));
      // The rest of the begin line: " (6319 bytes in) ---".
      const std::size_t newline = text.find('\n');
      out_.snooz.push_back({.base64 = newline == std::string_view::npos ? std::string_view()
                                                                        : text.substr(newline + 1),
                            .whole = whole});
    }
    snooz_ = nullptr;
  }

  void Finish() {
    const char* const end = origin_.text.data() + origin_.text.size();
    const bool open_at_end = open_.has_value();
    const bool was_service = open_at_end && open_->kind == Section::Kind::kService;
    Close(end, true);
    // What has no end line although its like have one is cut; where none has (before Android 8,
    // plain dumpsys of old phones), nothing can be told from that.
    for (std::size_t i = 0; i < out_.sections.size(); ++i) {
      Section& section = out_.sections[i];
      if (section.kind == Section::Kind::kService && unended_[i] && service_ends_ > 0)
        section.cut = "its end line is missing";
    }
    if (open_at_end && !out_.sections.empty() && !out_.complete) {
      Section& last = out_.sections.back();
      if (last.cut.empty() || last.cut == "its end line is missing") {
        if ((was_service && service_ends_ > 0) || (!was_service && section_ends_ > 0))
          last.cut = "the text ends in the middle of it";
      }
    }
    ReadHeader();
    // Reports say that they are done since they say what durations were; 2.3 did neither.
    out_.ends_early =
        out_.has_header && !out_.complete && (section_ends_ > 0 || service_ends_ > 0 || versioned_);
    AddLosses();
  }

  void ReadHeader() {
    for (const Section& section : out_.sections) {
      if (section.kind != Section::Kind::kHeader) continue;
      Lines lines(section.body.substr(0, 64 * 1024));
      std::string_view line;
      while (lines.Next(line)) {
        std::string_view value = line;
        if (Take(value, "Build fingerprint: ")) {
          value = Trim(value);
          if (value.size() >= 2 && value.front() == '\'') value = value.substr(1, value.size() - 2);
          out_.fingerprint = value;
        } else if (Take(value, "Build: ")) {
          out_.build = Trim(value);
        } else if (line.starts_with("Bugreport format version: ")) {
          versioned_ = true;  // since Android 7, which always says that it is done
        }
      }
      return;
    }
  }

  void AddLosses() {
    const auto& wanted = EvidenceServices();
    const auto wants = [&](std::string_view name) {
      return std::ranges::binary_search(wanted, name);
    };
    for (const Section& section : out_.sections) {
      if (section.cut.empty()) continue;
      const bool log = section.kind == Section::Kind::kLog;
      if (!log && !(section.kind == Section::Kind::kService && wants(section.name)) &&
          section.name != "SYSTEM PROPERTIES")
        continue;
      // "LAST LOGCAT" is empty on most phones and nothing is lost with it.
      if (section.name.starts_with("LAST ") && section.body.size() < 400) continue;
      evidence::AddLoss(
          out_.losses,
          {.kind = section.cut.starts_with("the phone") || section.cut.starts_with("failed")
                       ? LossKind::kRefused
                       : LossKind::kTruncated,
           .where = section.At(section.body.substr(section.body.size())),
           .text = fmt::format("{} is not whole: {}", section.name, section.cut)});
    }
    const Section whole = origin_.Make(Section::Kind::kFile, "", origin_.text);
    if (out_.ends_early) {
      std::string missing;
      for (const std::string_view name : wanted) {
        if (std::ranges::any_of(out_.sections, [&](const Section& section) {
              return section.kind == Section::Kind::kService && section.name == name;
            }))
          continue;
        missing += (missing.empty() ? "" : ", ") + std::string(name);
      }
      evidence::AddLoss(out_.losses,
                        {.kind = LossKind::kTruncated,
                         .where = whole.At(origin_.text.substr(origin_.text.size())),
                         .text = "the report ends before it is done" +
                                 (missing.empty() ? "" : "; not collected: " + missing)});
    }
    // A plain `dumpsys` says first what it is going to print.
    std::string unprinted;
    for (const std::string_view name : wanted) {
      if (out_.ends_early || !Contains(out_.running, name)) continue;
      if (std::ranges::any_of(out_.sections, [&](const Section& s) { return s.name == name; }))
        continue;
      unprinted += (unprinted.empty() ? "" : ", ") + std::string(name);
    }
    if (!unprinted.empty())
      evidence::AddLoss(
          out_.losses,
          {.kind = LossKind::kTruncated,
           .where = whole.At(origin_.text.substr(origin_.text.size())),
           .text = "services that run on the phone are not in the dump: " + unprinted});
    if (out_.reports > 1)
      evidence::AddLoss(out_.losses,
                        {.kind = LossKind::kDuplicate,
                         .where = whole.At(origin_.text),
                         .count = out_.reports - 1,
                         .text = "reports in the same file after the first: what they say of one "
                                 "service replaces what stood before"});
    if (dropped_ > 0)
      evidence::AddLoss(out_.losses, {.kind = LossKind::kTooLarge,
                                      .where = whole.At(origin_.text),
                                      .count = dropped_,
                                      .text = "parts of the report over the limit of 100,000"});
  }

  const TextOrigin& origin_;
  SplitText out_;
  std::optional<Open> open_;
  std::string_view rule_;  // the last line of only dashes or equals signs
  const char* snooz_ = nullptr;
  std::vector<bool> unended_;  // parallel to out_.sections
  std::uint64_t service_ends_ = 0, section_ends_ = 0, dropped_ = 0;
  bool leading_done_ = false;
  bool versioned_ = false;
};

}  // namespace

const std::vector<std::string_view>& EvidenceServices() {
  static const std::vector<std::string_view> services = {
      "activity",          "alarm",           "appops",       "battery",    "batterystats",
      "bluetooth_manager", "companiondevice", "connectivity", "deviceidle", "jobscheduler",
      "location",          "netpolicy",       "notification", "package",    "power",
      "settings",          "usagestats"};
  return services;
}

Section TextOrigin::Make(Section::Kind kind, std::string_view name, std::string_view body) const {
  Section section;
  section.kind = kind;
  section.name = std::string(name);
  section.body = body;
  section.member_text = text;
  section.file = file;
  section.member = member;
  section.source = source;
  return section;
}

SplitText SplitSections(const TextOrigin& origin) { return Splitter(origin).Run(); }

}  // namespace bk::android
