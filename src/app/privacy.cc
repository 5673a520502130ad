#include "app/privacy.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "base/text.h"

namespace bk::app {
namespace {

constexpr std::size_t kAddressLength = 17;
constexpr std::size_t kKeyDigits = 32;
constexpr std::size_t kBareDigits = 12;

bool IsHex(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}
bool IsMask(char c) { return c == 'X' || c == 'x' || c == '*'; }
bool IsWord(char c) { return IsHex(c) || (c >= 'g' && c <= 'z') || (c >= 'G' && c <= 'Z'); }
bool IsMailChar(char c) {
  return IsWord(c) || c == '.' || c == '_' || c == '%' || c == '+' || c == '-';
}

// Six octets in two digits each with one separator throughout; at least one octet must be unmasked.
bool IsAddressAt(std::string_view text, std::size_t at) {
  if (text.size() - at < kAddressLength) return false;
  const char separator = text[at + 2];
  if (separator != ':' && separator != '-' && separator != '_') return false;
  bool any_hex = false;
  for (std::size_t i = 0; i < kAddressLength; ++i) {
    const char c = text[at + i];
    if (i % 3 == 2) {
      if (c != separator) return false;
    } else if (IsHex(c)) {
      any_hex = true;
    } else if (!IsMask(c)) {
      return false;
    }
  }
  const auto joins = [&](char c) { return IsWord(c) || c == separator; };
  const bool free_before = at == 0 || !joins(text[at - 1]);
  const bool free_after = at + kAddressLength == text.size() || !IsWord(text[at + kAddressLength]);
  return any_hex && free_before && free_after;
}

// UUIDs of attributes have as many digits as a key; those that Bluetooth and Huami assign are
// public.
bool IsAssignedUuid(std::string_view run) {
  constexpr std::string_view kBases[] = {"-0000-1000-8000-00805f9b34fb",
                                         "-0000-3512-2118-0009af100700"};
  return std::ranges::any_of(kBases, [&](std::string_view base) {
    return run.size() == 8 + base.size() && StartsWithNoCase(run.substr(8), base);
  });
}

// The length of a run that is a key: exactly 32 hex digits, bare or as octets joined by one
// separator.
std::optional<std::size_t> KeyLengthAt(std::string_view text, std::size_t at) {
  const bool after_prefix = at >= 2 && text[at - 1] == 'x' && text[at - 2] == '0';
  if (at > 0 && IsWord(text[at - 1]) && !after_prefix) return std::nullopt;
  std::size_t end = at, digits = 0;
  while (end < text.size()) {
    if (IsHex(text[end])) {
      ++digits, ++end;
    } else if (digits > 0 && digits % 2 == 0 && end + 1 < text.size() && IsHex(text[end + 1]) &&
               (text[end] == ' ' || text[end] == ':' || text[end] == '-') && digits < kKeyDigits) {
      ++end;
    } else {
      break;
    }
  }
  if (digits != kKeyDigits) return std::nullopt;
  if (end < text.size() && IsWord(text[end])) return std::nullopt;
  if (IsAssignedUuid(text.substr(at, end - at))) return std::nullopt;
  return end - at;
}

// [start, end) of an e-mail address whose '@' stands at `at`.
std::optional<std::pair<std::size_t, std::size_t>> MailAround(std::string_view text,
                                                              std::size_t at) {
  std::size_t start = at, end = at + 1;
  while (start > 0 && IsMailChar(text[start - 1])) --start;
  while (end < text.size() && (IsWord(text[end]) || text[end] == '.' || text[end] == '-')) ++end;
  while (end > at + 1 && text[end - 1] == '.') --end;
  const std::string_view host = text.substr(at + 1, end - at - 1);
  // Java's object text (BluetoothDevice@1a2b3c) has no dot in its "host".
  if (start == at || host.find('.') == std::string_view::npos) return std::nullopt;
  return std::pair{start, end};
}

}  // namespace

const std::string& Privacy::Pseudonym(std::string_view address, bool number_only) {
  std::string key(address);
  std::transform(key.begin(), key.end(), key.begin(), [](char c) {
    if (c == '-' || c == '_') return ':';
    if (IsMask(c)) return 'X';
    return c >= 'a' && c <= 'f' ? static_cast<char>(c - 32) : c;
  });
  if (const auto known = names_.find(key); known != names_.end()) return known->second;
  if (key.find('X') != std::string::npos) {
    const std::string* only = nullptr;
    int matches = 0;
    for (const auto& [text, name] : names_) {
      const std::optional<Address> full = ParseAddress(text);
      if (full && MatchesMasked(key, *full)) only = &name, ++matches;
    }
    if (matches == 1) return *only;
  }
  std::string name;
  if (name_ && !number_only)
    if (const auto full = ParseAddress(key)) name = name_(*full);
  if (name.empty()) name = fmt::format("<device-{}>", ++numbered_);
  return names_.emplace(std::move(key), std::move(name)).first->second;
}

void Privacy::Number(std::string_view address) {
  if (address.size() == kAddressLength && IsAddressAt(address, 0))
    (void)Pseudonym(address, /*number_only=*/true);
}

// Devices are named after their address: the whole of it without separators, or its second half.
// Its length, 0 for none.
std::size_t Privacy::BareAddressAt(std::string_view text, std::size_t at) const {
  if (show_addresses_ || (at > 0 && IsHex(text[at - 1]))) return 0;
  std::size_t end = at;
  while (end < text.size() && end - at <= kBareDigits && IsHex(text[end])) ++end;
  const std::size_t digits = end - at;
  if (digits != kBareDigits && digits != kBareDigits / 2) return 0;
  const std::string_view run = text.substr(at, digits);
  const bool known = std::ranges::any_of(names_, [&](const auto& entry) {
    std::string bare = entry.first;
    std::erase(bare, ':');
    return bare.size() == kBareDigits && StartsWithNoCase(bare.substr(kBareDigits - digits), run);
  });
  return known ? digits : 0;
}

std::string Privacy::Scrub(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  std::size_t copied = 0;  // everything before it is in `out`
  for (std::size_t at = 0; at < text.size();) {
    if (text[at] == '@') {
      const auto mail = MailAround(text, at);
      if (mail && mail->first >= copied) {
        out.append(text.substr(copied, mail->first - copied)).append("<account>");
        at = copied = mail->second;
        continue;
      }
    } else if (IsHex(text[at]) || IsMask(text[at])) {
      if (const auto key = KeyLengthAt(text, at)) {
        out.append(text.substr(copied, at - copied)).append("<key>");
        at = copied = at + *key;
        continue;
      }
      if (const std::size_t bare = BareAddressAt(text, at); bare != 0) {
        out.append(text.substr(copied, at - copied)).append("<address>");
        at = copied = at + bare;
        continue;
      }
      if (IsAddressAt(text, at)) {
        out.append(text.substr(copied, at - copied));
        const std::string_view address = text.substr(at, kAddressLength);
        if (show_addresses_) {
          out.append(address);
        } else {
          out.append(Pseudonym(address));
        }
        at = copied = at + kAddressLength;
        continue;
      }
    }
    ++at;
  }
  out.append(text.substr(copied));
  return out;
}

}  // namespace bk::app
