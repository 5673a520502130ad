// APP BACKGROUND RESTRICTIONS (Android 13 and later) and Samsung's MARs, both in dumpsys activity.
#include "android/system/parsers.h"

namespace bk::android::system {

// "#5 RestrictionLevel{dd906bd:com.example/u0a42} adaptive_bucket(u-su) levelChange=…"
void ParseRestrictionLevels(Scope& scope, std::string_view part) {
  BlockCount count;
  std::string_view line;
  while (NextLine(part, line)) {
    std::string_view text = Trim(line);
    if (!text.starts_with('#')) continue;
    const std::size_t open = text.find(" RestrictionLevel{");
    if (open == std::string_view::npos) continue;
    ++count.seen;
    text.remove_prefix(open + 18);
    const std::size_t colon = text.find(':');
    const std::size_t close = text.find('}');
    const std::size_t slash = text.rfind('/', close);
    if (colon == std::string_view::npos || close == std::string_view::npos ||
        slash == std::string_view::npos || slash <= colon || slash > close) {
      if (count.first_unread.data() == nullptr) count.first_unread = line;
      continue;
    }
    const std::string_view package = text.substr(colon + 1, slash - colon - 1);
    const auto uid = ParseUid(text.substr(slash + 1, close - slash - 1));
    std::string_view level = Trim(text.substr(close + 1));
    level = level.substr(0, level.find_first_of("( /"));
    if (package.empty() || level.empty()) {
      if (count.first_unread.data() == nullptr) count.first_unread = line;
      continue;
    }
    ++count.understood;
    AppFacts& app = scope.App(package);
    const bool clone = uid && *uid >= kUidsPerUser;
    if (clone && app.restriction_level) continue;
    app.restriction_level = scope.Make(std::string(level), line);
    if (uid && !app.uid) app.uid = uid;
  }
  scope.Lose(count, "background restriction levels");
}

// "-DD T-Uid 10143-Idle()…-FAS Y/type(A)-BU 0-Pkg com.example--(R)"
void ParseMars(Scope& scope, std::string_view part) {
  std::string_view line;
  while (NextLine(part, line)) {
    const std::size_t at = line.find("-Pkg ");
    if (at == std::string_view::npos) continue;
    std::string_view package = line.substr(at + 5);
    package = package.substr(0, package.find_first_of(" -("));
    if (!LooksLikePackage(package)) continue;
    const auto asleep = After(line, "-FAS ", "/-");
    const auto disabled = After(line, "-DD ", "-");
    if (disabled && Trim(*disabled) == "T")
      scope.App(package).vendor_restricted =
          scope.Make(std::string("Samsung's battery care has put it into deep sleep"), line);
    else if (asleep && Trim(*asleep) == "Y")
      scope.App(package).vendor_restricted =
          scope.Make(std::string("Samsung's battery care has put it to sleep"), line);
    else if (asleep)
      scope.App(package).vendor_free = scope.Make(true, line);
  }
}

}  // namespace bk::android::system
