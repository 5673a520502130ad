#include "android/system/scope.h"

#include <algorithm>
#include <limits>

namespace bk::android::system {
namespace {

constexpr bool IsDigit(char c) { return c >= '0' && c <= '9'; }
constexpr bool IsWord(char c) {
  return IsDigit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

// Reads digits off the front; nullopt when there are none or too many.
std::optional<std::uint32_t> EatNumber(std::string_view& text) {
  std::uint64_t value = 0;
  std::size_t at = 0;
  for (; at < text.size() && IsDigit(text[at]); ++at) {
    value = value * 10 + static_cast<std::uint64_t>(text[at] - '0');
    if (value > std::numeric_limits<std::uint32_t>::max()) return std::nullopt;
  }
  if (at == 0) return std::nullopt;
  text.remove_prefix(at);
  return static_cast<std::uint32_t>(value);
}

struct Unit {
  std::string_view name;
  std::int64_t ms;
};
// "ms" stands before "m": the first that fits is taken.
constexpr Unit kUnits[] = {
    {"ms", 1}, {"d", 86'400'000}, {"h", 3'600'000}, {"m", 60'000}, {"s", 1000}};

// Sums "1d2h3m4s5ms" off the front. False when no part was there.
bool EatParts(std::string_view& text, bool spaced, std::int64_t& total) {
  bool any = false;
  while (!text.empty()) {
    std::string_view rest = text;
    const auto number = EatNumber(rest);
    if (!number) break;
    const auto* unit = std::ranges::find_if(
        kUnits, [&](const Unit& candidate) { return rest.starts_with(candidate.name); });
    if (unit == std::end(kUnits)) break;
    rest.remove_prefix(unit->name.size());
    // A century and a half in days still fits; more is damage.
    if (*number > 100'000'000) return false;
    total += static_cast<std::int64_t>(*number) * unit->ms;
    any = true;
    while (spaced && rest.starts_with(' ')) rest.remove_prefix(1);
    text = rest;
  }
  return any;
}

}  // namespace

Scope::Scope(const Section& section_in, SystemState& state_in)
    : section(section_in),
      state(state_in),
      origin_(static_cast<std::uint32_t>(state_in.origins.size())) {
  const evidence::Where where = section.At(section.body);
  state.origins.push_back(
      {where.file, where.member, section.source, section.cut, where.offset, section.name});
}

Place Scope::At(std::string_view part) const {
  const char* base = section.member_text.data();
  const bool inside =
      base != nullptr && part.data() >= base && part.data() <= base + section.member_text.size();
  return {origin_, inside ? static_cast<std::uint64_t>(part.data() - base) : 0};
}

AppFacts& Scope::App(std::string_view package) {
  const auto found = state.apps.find(package);
  if (found != state.apps.end()) return found->second;
  return state.apps.emplace(std::string(package), AppFacts{}).first->second;
}

std::optional<std::string_view> Value(std::string_view line, std::string_view key) {
  std::size_t from = 0;
  while (true) {
    const std::size_t at = line.find(key, from);
    if (at == std::string_view::npos) return std::nullopt;
    const std::size_t end = at + key.size();
    if ((at == 0 || !IsWord(line[at - 1])) && end < line.size() && line[end] == '=') {
      const std::string_view value = line.substr(end + 1);
      return value.substr(0, value.find_first_of(" ,;)]}"));
    }
    from = end;
  }
}

std::optional<bool> ParseBool(std::string_view text) {
  text = Trim(text);
  if (text == "true" || text == "1" || text == "y") return true;
  if (text == "false" || text == "0" || text == "n") return false;
  return std::nullopt;
}

std::optional<std::int64_t> LeadingInt(std::string_view text) {
  const bool negative = Eat(text, "-");
  std::size_t digits = 0;
  while (digits < text.size() && IsDigit(text[digits])) ++digits;
  const auto value = ParseInt<std::int64_t>(text.substr(0, digits));
  if (!value) return std::nullopt;
  return negative ? -*value : *value;
}

std::optional<std::uint32_t> ParseUid(std::string_view text) {
  text = Trim(text);
  if (!Eat(text, "u")) return ParseInt<std::uint32_t>(text);
  const auto user = EatNumber(text);
  if (!user || *user > 40'000) return std::nullopt;
  std::uint32_t base = 0;
  if (Eat(text, "ai"))
    base = 90'000;  // an app zygote's isolated process
  else if (Eat(text, "a"))
    base = 10'000;
  else if (Eat(text, "i"))
    base = 99'000;
  else if (!Eat(text, "s"))
    return std::nullopt;
  const auto id = EatNumber(text);
  if (!id || !text.empty() || *id >= kUidsPerUser) return std::nullopt;
  return *user * kUidsPerUser + base + *id;
}

std::optional<std::int64_t> ParseDuration(std::string_view text) {
  if (text == "0") return 0;
  const bool negative = text.starts_with('-');
  if (negative || text.starts_with('+')) text.remove_prefix(1);
  std::int64_t total = 0;
  if (!EatParts(text, false, total) || !text.empty()) return std::nullopt;
  return negative ? -total : total;
}

std::optional<std::int64_t> ParseSpacedDuration(std::string_view text) {
  text = Trim(text);
  std::int64_t total = 0;
  if (!EatParts(text, true, total)) return std::nullopt;
  return total;
}

std::optional<WallTime> ParseWallTime(std::string_view text) {
  constexpr std::string_view kShape = "dddd-dd-dd dd:dd:dd";
  if (text.size() < kShape.size()) return std::nullopt;
  for (std::size_t i = 0; i < kShape.size(); ++i) {
    const bool fits = kShape[i] == 'd'   ? IsDigit(text[i])
                      : kShape[i] == ' ' ? text[i] == ' ' || text[i] == 'T'
                                         : text[i] == kShape[i];
    if (!fits) return std::nullopt;
  }
  const auto number = [&](std::size_t at, std::size_t width) {
    int value = 0;
    for (std::size_t i = at; i < at + width; ++i) value = value * 10 + (text[i] - '0');
    return value;
  };
  CivilTime civil{
      number(0, 4), number(5, 2), number(8, 2), number(11, 2), number(14, 2), number(17, 2), 0};
  if (civil.month < 1 || civil.month > 12 || civil.day < 1 || civil.day > 31 || civil.hour > 24 ||
      civil.minute > 59 || civil.second > 60)
    return std::nullopt;
  if (text.size() > kShape.size() + 1 && text[kShape.size()] == '.') {
    int scale = 100'000;
    for (std::size_t i = kShape.size() + 1; i < text.size() && IsDigit(text[i]) && scale > 0; ++i) {
      civil.micros += (text[i] - '0') * scale;
      scale /= 10;
    }
  }
  return WallTime{MicrosFromCivil(civil)};
}

bool LooksLikePackage(std::string_view text) {
  return text.size() >= 3 && text.size() <= 255 && !IsDigit(text.front()) &&
         text.find('.') != std::string_view::npos && text.front() != '.' && text.back() != '.' &&
         std::ranges::all_of(text, [](char c) { return IsWord(c) || c == '.'; });
}

}  // namespace bk::android::system
