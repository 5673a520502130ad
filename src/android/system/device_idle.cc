// dumpsys deviceidle and cmd deviceidle whitelist: Doze and who is exempt from it.
#include <algorithm>

#include "android/system/parsers.h"

namespace bk::android::system {
namespace {

using Names = std::map<std::string, Place, std::less<>>;
constexpr std::size_t kNamesMax = 5000;

void TakeHistory(Scope& scope, std::string_view line) {
  if (!ContainsNoCase(line, "remove")) return;
  std::string_view rest = line;
  while (!rest.empty()) {
    const std::size_t start = rest.find_first_not_of(" \t,:;()[]{}=");
    if (start == std::string_view::npos) return;
    rest.remove_prefix(start);
    const std::string_view word = rest.substr(0, rest.find_first_of(" \t,:;()[]{}="));
    rest.remove_prefix(word.size());
    auto& removed = scope.state.doze.removed_lately;
    if (LooksLikePackage(word) && removed.size() < kNamesMax)
      removed.insert_or_assign(std::string(word), scope.Make(std::string(Trim(line)), line));
  }
}

// "mState=ACTIVE mLightState=ACTIVE", "mLightEnabled=true  mDeepEnabled=true", "mForceIdle=false".
void TakeState(Scope& scope, std::string_view line) {
  DozeFacts& doze = scope.state.doze;
  const auto word = [&](std::string_view key, Maybe<std::string>& into) {
    if (const auto value = Value(line, key); value && !value->empty())
      into = scope.Make(std::string(*value), line);
  };
  const auto flag = [&](std::string_view key, Maybe<bool>& into) {
    const auto value = Value(line, key);
    if (const auto parsed = value ? ParseBool(*value) : std::nullopt)
      into = scope.Make(*parsed, line);
  };
  word("mState", doze.deep);
  word("mLightState", doze.light);
  flag("mForceIdle", doze.forced);
  flag("mDeepEnabled", doze.deep_enabled);
  flag("mLightEnabled", doze.light_enabled);
}

}  // namespace

void ParseDeviceIdle(const Section& section, SystemState& state) {
  Scope scope(section, state);
  DozeFacts& doze = state.doze;
  Names* names = nullptr;
  bool in_history = false;
  bool saw_lists = false;
  std::string_view rest = section.body;
  std::string_view line;
  while (NextLine(rest, line)) {
    const std::size_t indent = Indent(line);
    std::string_view text = Trim(line);
    if (text.empty()) continue;
    if (indent <= 2) {
      names = nullptr;
      in_history = false;
      if (text.front() == 'm') {
        TakeState(scope, text);
        // The lists stand before the state: reaching it means that they are all here.
        if (text.starts_with("mLightEnabled=") || text.starts_with("mState=") ||
            text.starts_with("mEnabled="))
          doze.lists_seen = true;
        continue;
      }
      if (!Eat(text, "Whitelist ") && !Eat(text, "Allowlist ")) continue;
      if (text.starts_with("History"))
        in_history = true;
      else if (text.starts_with("user apps"))
        names = &doze.user_exempt;
      else if (text.starts_with("system apps"))
        names = &doze.system_exempt;
      else if (text.starts_with("(except idle) system apps"))
        names = &doze.system_except_idle;
      if (names != nullptr && !saw_lists) {
        // A later dump replaces an earlier one.
        doze.user_exempt.clear();
        doze.system_exempt.clear();
        doze.system_except_idle.clear();
      }
      saw_lists = saw_lists || names != nullptr;
    } else if (in_history) {
      TakeHistory(scope, line);
    } else if (names != nullptr && names->size() < kNamesMax) {
      names->insert_or_assign(std::string(text), scope.At(line));
    }
  }
}

// "system-excidle,PKG,UID", "system,PKG,UID", "user,PKG,UID"
void ParseDeviceIdleAnswer(const Section& section, SystemState& state) {
  Scope scope(section, state);
  DozeFacts& doze = state.doze;
  const std::string_view command = CommandOf(section);
  std::string_view rest = section.body;
  std::string_view line;
  if (command.find(" get ") != std::string_view::npos) {
    if (!NextLine(rest, line)) return;
    const std::string_view asked = LastCommandWord(command);
    if (asked == "deep") doze.deep = scope.Make(std::string(Trim(line)), line);
    if (asked == "light") doze.light = scope.Make(std::string(Trim(line)), line);
    if (asked == "force")
      if (const auto forced = ParseBool(line)) doze.forced = scope.Make(*forced, line);
    return;
  }
  bool any = false;
  while (NextLine(rest, line)) {
    const std::size_t first = line.find(',');
    const std::size_t last = line.rfind(',');
    if (first == std::string_view::npos || last == first) continue;
    const std::string_view kind = line.substr(0, first);
    const std::string_view package = line.substr(first + 1, last - first - 1);
    Names* names = kind == "user"             ? &doze.user_exempt
                   : kind == "system"         ? &doze.system_exempt
                   : kind == "system-excidle" ? &doze.system_except_idle
                                              : nullptr;
    if (names == nullptr || names->size() >= kNamesMax) continue;
    if (!any) {
      doze.user_exempt.clear();
      doze.system_exempt.clear();
      doze.system_except_idle.clear();
    }
    any = true;
    names->insert_or_assign(std::string(package), scope.At(line));
  }
  doze.lists_seen = doze.lists_seen || any;
}

}  // namespace bk::android::system
