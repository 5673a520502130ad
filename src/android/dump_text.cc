#include "android/dump_text.h"

#include <algorithm>

namespace bk::android {
namespace {

constexpr std::size_t kAddressChars = 17;

constexpr bool IsDigit(char c) { return c >= '0' && c <= '9'; }
constexpr bool IsHex(char c) {
  return IsDigit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}
constexpr bool IsMask(char c) { return c == 'x' || c == 'X' || c == '*'; }
constexpr char Upper(char c) {
  if (c == '*') return 'X';
  return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c;
}

// Exactly `count` digits at `at`, as a number, or -1.
int Digits(std::string_view text, std::size_t at, std::size_t count) {
  if (at + count > text.size()) return -1;
  int value = 0;
  for (std::size_t i = at; i < at + count; ++i) {
    if (!IsDigit(text[i])) return -1;
    value = value * 10 + (text[i] - '0');
  }
  return value;
}

bool Is(std::string_view text, std::size_t at, char c) { return at < text.size() && text[at] == c; }

}  // namespace

std::optional<std::uint64_t> TakeNumber(std::string_view& text) {
  std::uint64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{}) return std::nullopt;
  text.remove_prefix(static_cast<std::size_t>(end - text.data()));
  return value;
}

std::string_view TakeWord(std::string_view& text) {
  text.remove_prefix(Indent(text));
  const std::string_view word = text.substr(0, text.find_first_of(" \t"));
  text.remove_prefix(word.size());
  return word;
}

AnyInstant TakeTime(std::string_view& text) {
  CivilTime civil{};
  civil.year = 2000;
  std::size_t at = 0;
  bool has_year = false;
  if (Is(text, 4, '-') || Is(text, 4, '/')) {
    civil.year = Digits(text, 0, 4);
    has_year = true;
    at = 5;
  }
  civil.month = Digits(text, at, 2);
  civil.day = Digits(text, at + 3, 2);
  civil.hour = Digits(text, at + 6, 2);
  civil.minute = Digits(text, at + 9, 2);
  civil.second = Digits(text, at + 12, 2);
  const char separator = has_year ? text[4] : '-';
  if (civil.year < 0 || civil.month < 1 || civil.month > 12 || civil.day < 1 || civil.day > 31 ||
      civil.hour < 0 || civil.hour > 23 || civil.minute < 0 || civil.minute > 59 ||
      civil.second < 0 || civil.second > 60 || !Is(text, at + 2, separator) ||
      !Is(text, at + 5, ' ') || !Is(text, at + 8, ':') || !Is(text, at + 11, ':'))
    return {};
  at += 14;
  if (Is(text, at, '.')) {
    if (const int millis = Digits(text, at + 1, 3); millis >= 0) {
      civil.micros = millis * 1000;
      at += 4;
    }
  }
  text.remove_prefix(at);
  const std::int64_t us = MicrosFromCivil(civil);
  return has_year ? AnyInstant(WallTime{us}) : AnyInstant(LogcatTime{us});
}

std::size_t AddressLength(std::string_view text) {
  if (text.size() < kAddressChars) return 0;
  for (std::size_t i = 0; i < kAddressChars; i += 3) {
    const char a = text[i], b = text[i + 1];
    if (!((IsHex(a) && IsHex(b)) || (IsMask(a) && IsMask(b)))) return 0;
    if (i + 2 < kAddressChars && text[i + 2] != ':') return 0;
  }
  // Not the front of something longer, such as a list of octets.
  if (text.size() > kAddressChars && IsHex(text[kAddressChars])) return 0;
  if (text.size() > kAddressChars + 1 && text[kAddressChars] == ':' &&
      IsHex(text[kAddressChars + 1]))
    return 0;
  return kAddressChars;
}

std::size_t FindAddress(std::string_view text) {
  for (std::size_t colon = text.find(':', 2); colon != std::string_view::npos;
       colon = text.find(':', colon + 1)) {
    const std::size_t at = colon - 2;
    if (at > 0 && (IsHex(text[at - 1]) || text[at - 1] == ':')) continue;
    if (AddressLength(text.substr(at)) != 0) return at;
  }
  return std::string_view::npos;
}

std::string UpperAddress(std::string_view address) {
  std::string out(address);
  std::transform(out.begin(), out.end(), out.begin(), Upper);
  return out;
}

bool SameAddress(std::string_view a, std::string_view b) {
  if (a.size() != kAddressChars || b.size() != kAddressChars) return false;
  for (std::size_t i = 0; i < kAddressChars; ++i) {
    const char left = Upper(a[i]), right = Upper(b[i]);
    if (left == right) continue;
    if (i >= kAddressChars - 5 || (left != 'X' && right != 'X')) return false;
  }
  return true;
}

bool NamesNoDevice(std::string_view address) {
  if (address.size() != kAddressChars) return true;
  const std::string_view shown = address.substr(kAddressChars - 5);
  if (IsMask(shown.front()) || IsMask(shown.back())) return true;
  const bool zero = shown == "00:00";
  const bool ones = StartsWithNoCase(address, "ff:ff:ff:ff:ff:ff");
  return ones || (zero && (IsMask(address.front()) || address.starts_with("00:00:00:00")));
}

}  // namespace bk::android
