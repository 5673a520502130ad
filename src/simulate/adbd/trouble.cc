#include "simulate/adbd/trouble.h"

#include <fmt/format.h>

#include <array>

#include "base/text.h"

namespace bk::simulate::adbd {
namespace {

struct Name {
  std::string_view name;
  Trouble::Kind kind;
};
constexpr std::array<Name, 7> kNames = {{
    {"no_answer", Trouble::Kind::kNoAnswer},
    {"slow_answer", Trouble::Kind::kSlowAnswer},
    {"cut_short", Trouble::Kind::kCutShort},
    {"close_in_command", Trouble::Kind::kCloseInCommand},
    {"drop_in_command", Trouble::Kind::kDropInCommand},
    {"sync_fail", Trouble::Kind::kSyncFail},
    {"drop_connection", Trouble::Kind::kDropConnection},
}};

std::unexpected<Error> Unknown(std::string_view word) {
  std::string names;
  for (const Name& name : kNames)
    names += fmt::format("{}{}", names.empty() ? "" : ", ", name.name);
  return Fail(ErrorCode::kInvalid,
              fmt::format("\"{}\" is no trouble of the cable. There are {}; behind the name may "
                          "stand ,bytes=N ,nth=N ,seconds=N and, last, ,of=COMMAND.",
                          word, names));
}

}  // namespace

Result<Trouble> ParseTrouble(std::string_view words) {
  const std::string_view all = words;
  Trouble trouble;
  std::string_view word = words.substr(0, words.find(','));
  bool known = false;
  for (const Name& name : kNames)
    if (name.name == word) {
      trouble.kind = name.kind;
      known = true;
    }
  if (!known) return Unknown(all);
  words.remove_prefix(word.size());
  constexpr std::uint64_t kSecondsMax = 24 * 60 * 60;
  while (!words.empty()) {
    words.remove_prefix(1);  // the comma
    if (words.starts_with("of=")) {
      trouble.of = words.substr(3);
      return trouble;
    }
    word = words.substr(0, words.find(','));
    words.remove_prefix(word.size());
    const std::size_t equals = word.find('=');
    const auto number = equals == std::string_view::npos
                            ? std::nullopt
                            : ParseInt<std::uint64_t>(word.substr(equals + 1));
    const std::string_view key = word.substr(0, equals);
    if (!number) return Unknown(all);
    if (key == "bytes") {
      trouble.bytes = *number;
    } else if (key == "nth") {
      trouble.nth = *number;
    } else if (key == "seconds" && *number <= kSecondsMax) {
      trouble.delay = std::chrono::seconds(*number);
    } else {
      return Unknown(all);
    }
  }
  return trouble;
}

}  // namespace bk::simulate::adbd
