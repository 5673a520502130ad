// Small readers of what dumps print: lines, numbers, times, addresses. None allocates but
// UpperAddress.
#pragma once

#include <cstdint>
#include <cstring>
#include <optional>
#include <string>
#include <string_view>

#include "base/instant.h"
#include "base/line_ends.h"
#include "base/text.h"

namespace bk::android {

// Walks the lines of a body with memchr. Lines come without LF or CRLF.
class Lines {
 public:
  explicit Lines(std::string_view text) : rest_(text) {}
  bool Next(std::string_view& line) {
    if (rest_.empty()) return false;
    const void* found = std::memchr(rest_.data(), '\n', rest_.size());
    const std::size_t length =
        found == nullptr ? rest_.size()
                         : static_cast<std::size_t>(static_cast<const char*>(found) - rest_.data());
    line = rest_.substr(0, length);
    rest_.remove_prefix(found == nullptr ? length : length + 1);
    if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
    return true;
  }
  [[nodiscard]] std::string_view rest() const { return rest_; }
  // Goes on at `rest`, a tail of the same text.
  void Continue(std::string_view rest) { rest_ = rest; }

 private:
  std::string_view rest_;
};

// The same lines, faster where there are very many: logs of many MB.
class ManyLines {
 public:
  explicit ManyLines(std::string_view text)
      : ends_(text), at_(text.data()), end_(at_ + text.size()) {}
  bool Next(std::string_view& line) {
    if (at_ == end_) return false;
    const char* const newline = ends_.Next();
    const char* const stop = newline == nullptr ? end_ : newline;
    line = {at_, static_cast<std::size_t>(stop - at_)};
    at_ = newline == nullptr ? end_ : newline + 1;
    if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
    return true;
  }

 private:
  LineEnds ends_;
  const char* at_;
  const char* end_;
};

// Leading spaces and tabs.
inline std::size_t Indent(std::string_view line) {
  std::size_t n = 0;
  while (n < line.size() && (line[n] == ' ' || line[n] == '\t')) ++n;
  return n;
}

// Takes `prefix` off the front of `text`; false when it does not stand there.
inline bool Take(std::string_view& text, std::string_view prefix) {
  if (!text.starts_with(prefix)) return false;
  text.remove_prefix(prefix.size());
  return true;
}

// Takes a decimal number off the front; nullopt, and `text` untouched, when there is none or it
// does not fit.
std::optional<std::uint64_t> TakeNumber(std::string_view& text);

// The next blank-separated word; empty at the end.
std::string_view TakeWord(std::string_view& text);

// Takes a time off the front: "MM-DD HH:MM:SS[.mmm]" (kLogcat), "YYYY-MM-DD HH:MM:SS[.mmm]" and
// "YYYY/MM/DD HH:MM:SS" (kWall). Not known, and `text` untouched, when there is none.
AnyInstant TakeTime(std::string_view& text);

// Length of the address at the front of `text`: "AA:BB:CC:DD:EE:FF" with hex digits, "XX" or "**"
// octets; 0 when there is none.
std::size_t AddressLength(std::string_view text);
// Where the first address in `text` starts, or npos.
std::size_t FindAddress(std::string_view text);
// Upper case, hidden octets as "XX".
std::string UpperAddress(std::string_view address);
// Whether two addresses, each full or masked, may be one device. Masked ones must agree in what
// both show, the last two octets at least.
bool SameAddress(std::string_view a, std::string_view b);
// "00:00:00:00:00:00", "FF:..", or one whose last two octets are hidden too: names no device.
bool NamesNoDevice(std::string_view address);

}  // namespace bk::android
