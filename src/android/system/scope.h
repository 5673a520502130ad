// What every parser of this room starts with, and the small readers of Android's own notations.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "android/section.h"
#include "android/system/system_state.h"
#include "base/text.h"

namespace bk::android::system {

// A section being read into a state: makes places and facts.
class Scope {
 public:
  Scope(const Section& section, SystemState& state);

  [[nodiscard]] Place At(std::string_view part) const;
  template <class T>
  [[nodiscard]] Fact<T> Make(T value, std::string_view part) const {
    return {std::move(value), At(part)};
  }
  // Whether the body is all of it, so that what is missing in it is missing on the phone.
  [[nodiscard]] bool whole() const { return section.cut.empty(); }
  AppFacts& App(std::string_view package);
  void Lose(const BlockCount& count, std::string_view what) {
    AddBlockLoss(section, count, what, state.losses);
  }

  const Section& section;
  SystemState& state;

 private:
  std::uint32_t origin_;
};

// Leading spaces.
inline std::size_t Indent(std::string_view line) {
  std::size_t count = 0;
  while (count < line.size() && line[count] == ' ') ++count;
  return count;
}

// Moves past `prefix` if the text starts with it.
inline bool Eat(std::string_view& text, std::string_view prefix) {
  if (!text.starts_with(prefix)) return false;
  text.remove_prefix(prefix.size());
  return true;
}

// The value of `key=` where key is a word of its own; ends at a space or one of ",;)]}".
std::optional<std::string_view> Value(std::string_view line, std::string_view key);

// "true", "1", "y" / "false", "0", "n".
std::optional<bool> ParseBool(std::string_view text);

// A decimal number at the start of the text, whatever follows: "13 (OTHER KILLS BY SYSTEM)" is 13.
std::optional<std::int64_t> LeadingInt(std::string_view text);

// "u0a143", "u10s1000", "u0i7", "u0ai3", "1000" as a full uid (user * 100000 + app id).
std::optional<std::uint32_t> ParseUid(std::string_view text);
constexpr std::uint32_t kUidsPerUser = 100'000;

// "+1d2h3m4s5ms", "-11m12s", "0" in milliseconds, signed.
std::optional<std::int64_t> ParseDuration(std::string_view text);
// "6h 41m 28s 929ms" in milliseconds: batterystats writes it with spaces; stops at what is not so.
std::optional<std::int64_t> ParseSpacedDuration(std::string_view text);

// "2024-03-02 08:00:11[.123]" at the start of the text, as the phone's local time.
std::optional<WallTime> ParseWallTime(std::string_view text);

// Something that may be a package's name: letters, digits, '_' and at least one '.'.
bool LooksLikePackage(std::string_view text);

// What stands before the first '/' of "pkg/cls".
inline std::string_view PackageOf(std::string_view component) {
  return component.substr(0, component.find('/'));
}

}  // namespace bk::android::system
