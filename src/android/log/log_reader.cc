#include "android/log/log_reader.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <tuple>
#include <utility>

#include "android/dump_text.h"
#include "android/log/rules.h"
#include "base/limits.h"
#include "base/text.h"

namespace bk::android::log {
namespace {

// Of one kind: a log that repeats one line for ever must not push out the others.
constexpr std::size_t kFactsOfKindMax = 2'000;
constexpr std::size_t kKinds = static_cast<std::size_t>(FactKind::kBandBattery) + 1;
constexpr std::size_t kTextMax = 240;
constexpr std::size_t kSecretChars = 20;  // hex digits in a row: a key or an account, no address
// Several layers tell one event within this time.
constexpr std::int64_t kSameEventUs = 1'500'000;
// Fewer lines without a known format than one in so many are stack traces and marks of tools.
constexpr std::uint64_t kStrayShare = 10;

bool IsHex(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

// The words of a line without keys, tokens and mail addresses.
std::string Cleaned(std::string_view text) {
  text = Trim(text);
  std::string out;
  out.reserve(std::min(text.size(), kTextMax) + 4);
  for (std::size_t i = 0; i < text.size();) {
    if (out.size() >= kTextMax) {
      // Not in the middle of a character.
      while (!out.empty() && (static_cast<unsigned char>(out.back()) & 0xC0) == 0x80)
        out.pop_back();
      if (!out.empty() && (static_cast<unsigned char>(out.back()) & 0x80) != 0) out.pop_back();
      return out + "…";
    }
    std::size_t end = i;
    while (end < text.size() && IsHex(text[end])) ++end;
    if (end - i >= kSecretChars) {
      out += "…";
      i = end;
      continue;
    }
    if (end > i) {
      out.append(text.substr(i, end - i));
      i = end;
      continue;
    }
    if (text[i] == '@' && i + 1 < text.size() && text[i + 1] != ' ') {
      while (!out.empty() && out.back() != ' ' && out.back() != '"' && out.back() != '=')
        out.pop_back();
      while (i < text.size() && text[i] != ' ' && text[i] != '"' && text[i] != ',') ++i;
      out += "…";
      continue;
    }
    const char c = text[i++];
    if (static_cast<unsigned char>(c) >= 0x20) out.push_back(c);
  }
  for (const std::string_view name :
       {"authKey", "auth_key", "AuthKey", "encryptKey", "app_token", "apptoken", "login_token",
        "access_token", "passToken", "password"})
    if (const std::size_t at = out.find(name); at != std::string::npos)
      return out.substr(0, at + name.size()) + "=…";
  return out;
}

// The date in "gadgetbridge-2024-03-01.log", as microseconds since 1970.
AnyInstant DateInName(std::string_view name) {
  for (std::size_t at = 0; at + 10 <= name.size(); ++at) {
    if (name[at + 4] != '-' || name[at + 7] != '-') continue;
    std::string day(name.substr(at, 10));
    day += " 00:00:00";
    std::string_view text = day;
    if (const AnyInstant start = TakeTime(text); start.clock == ClockKind::kWall) return start;
  }
  return {};
}

std::int64_t TimeOfDayUs(std::string_view text) {
  const auto two = [&](std::size_t at) { return (text[at] - '0') * 10 + (text[at + 1] - '0'); };
  std::int64_t ms = two(0);
  ms = ms * 60 + two(3);
  ms = ms * 60 + two(6);
  ms = ms * 1000 + (text[9] - '0') * 100 + two(10);
  return ms * 1000;
}

// "10143", "u0_a143", "u10_a143"; -1 for what is no app's.
int UidOf(std::string_view text) {
  constexpr int kPerUser = 100'000, kFirstApp = 10'000;
  if (const auto number = ParseInt<int>(text)) return *number;
  const std::size_t app = text.find("_a");
  if (!text.starts_with('u') || app == std::string_view::npos) return -1;
  const auto user = ParseInt<int>(text.substr(1, app - 1));
  const auto id = ParseInt<int>(text.substr(app + 2));
  constexpr int kUsersMax = 1'000;
  if (!user || !id || *user < 0 || *user > kUsersMax || *id < 0 || *id >= kPerUser) return -1;
  return *user * kPerUser + kFirstApp + *id;
}

struct Hit {
  std::uint64_t end;
  std::uint32_t pattern;
};

// One event told by several buffers or by several layers.
bool SameEvent(const LogFact& a, const LogFact& b) {
  if (a.kind != b.kind || a.package != b.package) return false;
  if (a.at.clock != b.at.clock || !a.at.known()) return false;
  if (std::abs(a.at.us - b.at.us) > kSameEventUs) return false;
  const bool codes =
      a.code == b.code || a.code == 0 || b.code == 0 || a.kind == FactKind::kStackCrash;
  const bool addresses = a.address.empty() || b.address.empty() || a.address == b.address ||
                         SameAddress(a.address, b.address);
  return codes && addresses;
}

void MergeInto(LogFact& kept, LogFact&& other) {
  // The line that says more is the better proof.
  const bool crash = kept.kind == FactKind::kStackCrash;
  const bool more = crash ? other.code < kept.code
                          : (kept.code == 0 && other.code != 0) ||
                                (kept.address.empty() && !other.address.empty());
  if (more) {
    std::string address = other.address.empty() ? kept.address : other.address;
    kept = std::move(other);
    kept.address = std::move(address);
  }
}

void Dedupe(std::vector<LogFact>& facts, std::size_t from) {
  // Time order per clock for comparison; the order of the logs for the result.
  std::vector<std::size_t> order(facts.size());
  for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
  const auto key = [&](std::size_t i) {
    return std::tuple(facts[i].kind, facts[i].package, facts[i].at.clock, facts[i].at.us, i);
  };
  std::sort(order.begin(), order.end(),
            [&](std::size_t a, std::size_t b) { return key(a) < key(b); });
  std::vector<bool> drop(facts.size());
  std::size_t window = 0;
  for (std::size_t n = 0; n < order.size(); ++n) {
    while (facts[order[window]].kind != facts[order[n]].kind ||
           facts[order[window]].package != facts[order[n]].package ||
           facts[order[window]].at.clock != facts[order[n]].at.clock ||
           facts[order[n]].at.us - facts[order[window]].at.us > kSameEventUs)
      ++window;
    // The window holds facts of one kind within 1.5 s; few are needed to find the twin.
    const std::size_t start = std::max(window, n > 64 ? n - 64 : 0);
    for (std::size_t m = start; m < n; ++m) {
      std::size_t a = order[m], b = order[n];
      if (drop[a] || !SameEvent(facts[a], facts[b])) continue;
      if (a < from && b < from) continue;  // judged before
      if (a > b) std::swap(a, b);
      MergeInto(facts[a], std::move(facts[b]));
      drop[b] = true;
      if (b == order[m]) order[m] = a;
      break;
    }
  }
  std::size_t kept = 0;
  for (std::size_t i = 0; i < facts.size(); ++i) {
    if (drop[i]) continue;
    if (kept != i) facts[kept] = std::move(facts[i]);
    ++kept;
  }
  facts.resize(kept);
}

}  // namespace

struct LogReader::Impl {
  std::span<const evidence::CompanionApp> apps;
  std::vector<Rule> rules;
  std::unique_ptr<ports::PatternSet> patterns;
};

LogReader::LogReader(const ports::PatternCompiler& compiler,
                     std::span<const evidence::CompanionApp> apps)
    : impl_(std::make_unique<Impl>()) {
  impl_->apps = apps;
  for (const auto rules : {AppRules(), BluetoothRules(), CompanionRules()})
    impl_->rules.insert(impl_->rules.end(), rules.begin(), rules.end());
  std::vector<std::string_view> literals;
  for (const evidence::CompanionApp& app : apps)
    for (const std::string& package : app.packages)
      if (!package.empty()) impl_->rules.push_back({package, ReadPackageLine});
  for (const Rule& rule : impl_->rules) literals.push_back(rule.literal);
  impl_->patterns = compiler.Compile(literals);
}
LogReader::~LogReader() = default;
LogReader::LogReader(LogReader&&) noexcept = default;
LogReader& LogReader::operator=(LogReader&&) noexcept = default;

void LogReader::Add(const Section& section, LogState& state) const {
  const std::string_view body = section.body;
  std::vector<Hit> hits;
  impl_->patterns->Scan(body, [&](std::uint32_t pattern, std::uint64_t end) {
    // A line that holds one literal often needs to be read once.
    if (pattern < impl_->rules.size()) hits.push_back({end, pattern});
    return true;
  });

  const std::size_t facts_before = state.facts.size();
  std::array<std::size_t, kKinds> of_kind{};
  for (const LogFact& fact : state.facts) ++of_kind[static_cast<std::size_t>(fact.kind)];
  std::uint64_t too_many = 0;
  const AnyInstant day = DateInName(section.member.empty() ? section.file : section.member);

  std::string_view line;  // the line that is being read
  LogLine parsed;
  RuleContext context;
  context.apps = impl_->apps;
  context.say = [&](FactKind kind, int code, std::string_view address, std::string_view package,
                    std::string_view text) {
    std::size_t& count = of_kind[static_cast<std::size_t>(kind)];
    if (count >= kFactsOfKindMax || state.facts.size() >= limits::kEventsMax) {
      ++too_many;
      return;
    }
    ++count;
    LogFact fact{.kind = kind, .code = code, .at = parsed.at};
    fact.address = UpperAddress(address);
    fact.package = std::string(package);
    fact.uid = UidOf(parsed.uid);
    fact.text = parsed.time_of_day.empty() || parsed.at.known()
                    ? Cleaned(text)
                    : fmt::format("{}: {}", parsed.time_of_day, Cleaned(text));
    fact.where = section.At(line, parsed.at);
    state.facts.push_back(std::move(fact));
  };

  std::uint64_t lines = 0, stray = 0;
  std::string_view first_stray;
  LogLine header;  // of the long format, for the lines below it
  bool in_long = false;
  AnyInstant tombstone_time;
  bool tombstone = false;
  std::string_view first_skipped, last_skipped;
  std::size_t next = 0;
  std::vector<std::uint32_t> read;
  std::vector<std::uint32_t> of_header;  // literals in a long header: the tags of events
  const auto span = [&](AnyInstant at) {
    if (!at.known() || at.clock == ClockKind::kBoot) return;
    if (!state.first.known()) state.first = at;
    if (at.clock != state.first.clock) return;
    state.first.us = std::min(state.first.us, at.us);
    if (!state.last.known() || at.us > state.last.us) state.last = at;
  };
  ManyLines walk(body);
  while (walk.Next(line)) {
    const std::uint64_t end = static_cast<std::uint64_t>(line.data() - body.data()) + line.size();
    read.clear();
    for (; next < hits.size() && hits[next].end <= end; ++next)
      if (std::find(read.begin(), read.end(), hits[next].pattern) == read.end())
        read.push_back(hits[next].pattern);
    if (read.empty() && IsPlainThreadtime(line)) {
      // Nothing to read here: it counts, and the span of the log is set by the lines around it.
      ++lines;
      in_long = false;
      last_skipped = line;
      if (first_skipped.empty()) first_skipped = line;
      continue;
    }
    parsed = ParseLogLine(line);
    switch (parsed.kind) {
      case LineKind::kBlank:
        continue;
      case LineKind::kMark:
        // Each buffer is in its own order.
        if (!last_skipped.empty()) span(ParseLogLine(last_skipped).at);
        continue;
      case LineKind::kLongHeader:
        in_long = true;
        header = parsed;
        ++lines;
        break;
      case LineKind::kMessage:
        in_long = false;
        ++lines;
        break;
      case LineKind::kNotUnderstood:
        if (in_long) {
          // Part of the message whose header was counted.
          parsed = header;
          parsed.kind = LineKind::kMessage;
          parsed.message = line;
          break;
        }
        if (line.starts_with("*** *** *** *** ***")) tombstone = true;
        if (tombstone) {
          // "Timestamp: 2024-03-02 08:00:11.123456789+0100"
          std::string_view rest = line;
          if (Take(rest, "Timestamp: ")) tombstone_time = TakeTime(rest);
          parsed.at = tombstone_time;
          parsed.tag = "DEBUG";
          parsed.message = line;
          break;
        }
        ++lines;
        ++stray;
        if (first_stray.empty()) first_stray = line;
        continue;
    }
    if (!parsed.time_of_day.empty() && !parsed.at.known() && day.known())
      parsed.at = WallTime{day.us + TimeOfDayUs(parsed.time_of_day)};
    span(parsed.at);
    if (parsed.kind == LineKind::kLongHeader) {
      of_header = read;
      continue;
    }
    if (in_long) {
      for (const std::uint32_t pattern : of_header)
        if (std::find(read.begin(), read.end(), pattern) == read.end()) read.push_back(pattern);
      of_header.clear();
    }
    for (const std::uint32_t pattern : read) impl_->rules[pattern].read(parsed, context);
  }
  for (const std::string_view skipped : {first_skipped, last_skipped})
    if (!skipped.empty()) span(ParseLogLine(skipped).at);
  state.lines += lines;
  state.understood += lines - stray;

  if (stray > 0 && stray * kStrayShare >= lines)
    evidence::AddLoss(state.losses, {.kind = evidence::LossKind::kNotUnderstood,
                                     .where = section.At(first_stray),
                                     .count = stray,
                                     .text = "log lines have no known format"});
  if (too_many > 0)
    evidence::AddLoss(state.losses, {.kind = evidence::LossKind::kTooLarge,
                                     .where = section.At(body.substr(0, 0)),
                                     .count = too_many,
                                     .text = "more log lines of one kind than are kept"});
  Dedupe(state.facts, facts_before);
}

}  // namespace bk::android::log
