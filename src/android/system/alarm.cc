// dumpsys alarm: only its start, where Android keeps which apps are restricted and exempt. The
// alarms themselves, up to a megabyte, are not read.
#include "android/system/parsers.h"

namespace bk::android::system {
namespace {

// "[2000, 10041]"
void TakeIds(Scope& scope, std::string_view text, std::string_view line) {
  constexpr std::size_t kIdsMax = 10'000;
  auto& ids = scope.state.doze.user_exempt_ids;
  while (!text.empty() && ids.size() < kIdsMax) {
    const std::size_t digit = text.find_first_of("0123456789");
    if (digit == std::string_view::npos) return;
    text.remove_prefix(digit);
    const auto id = LeadingInt(text);
    if (id && *id < 100'000'000)
      ids.insert_or_assign(static_cast<std::uint32_t>(*id), scope.At(line));
    text.remove_prefix(std::min(text.size(), text.find_first_not_of("0123456789")));
  }
}

}  // namespace

void ParseAlarm(const Section& section, SystemState& state) {
  Scope scope(section, state);
  BlockCount count;
  bool in_restricted = false;
  std::string_view rest = section.body;
  std::string_view line;
  while (NextLine(rest, line)) {
    std::string_view text = Trim(line);
    if (text.empty()) continue;
    if (in_restricted) {
      // "u0a123 com.example"
      const std::size_t space = text.find(' ');
      const auto uid =
          space == std::string_view::npos ? std::nullopt : ParseUid(text.substr(0, space));
      if (text.front() == 'u' && uid) {
        ++count.seen;
        const std::string_view package = Trim(text.substr(space + 1));
        if (package.empty()) continue;
        ++count.understood;
        AppFacts& app = scope.App(package);
        app.alarms_restricted = scope.Make(true, line);
        if (!app.uid) app.uid = uid;
        continue;
      }
      in_restricted = false;
    }
    if (Eat(text, "User whitelist appids:") || Eat(text, "User exemption list appids:")) {
      state.doze.user_exempt_ids.clear();
      TakeIds(scope, text, line);
      state.doze.id_lists_seen = true;
    } else if (Eat(text, "Force all apps standby: ")) {
      if (const auto on = ParseBool(text)) state.force_all_apps_standby = scope.Make(*on, line);
    } else if (text.starts_with("Restricted packages:")) {
      in_restricted = true;
      state.saw_alarm_restrictions = true;
      for (auto& [name, app] : state.apps) app.alarms_restricted.reset();
    } else if (text.starts_with("nowRTC=")) {
      break;
    }
  }
  scope.Lose(count, "restricted packages");
}

}  // namespace bk::android::system
