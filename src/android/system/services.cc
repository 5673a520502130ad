// dumpsys activity services: is the companion's service there, and in the foreground?
#include "android/system/parsers.h"

namespace bk::android::system {
namespace {
constexpr std::size_t kServicesPerAppMax = 200;
}

void ParseServices(Scope& scope, std::string_view part) {
  BlockCount count;
  ServiceFact* service = nullptr;
  bool cleared = false;
  std::string_view line;
  while (NextLine(part, line)) {
    const std::size_t indent = Indent(line);
    if (indent == 2 && line.size() > 2 && line[2] == '*') {
      std::string_view text = line.substr(3);
      service = nullptr;
      if (!Eat(text, " ServiceRecord{")) continue;
      ++count.seen;
      if (!cleared) {
        for (auto& [name, app] : scope.state.apps) app.services.clear();
        cleared = true;
      }
      // "9fd10e2 u0 com.google.android.gms/.Service}", Android 15 adds " c:caller"
      const std::size_t user_at = text.find(" u");
      const std::size_t name_at =
          user_at == std::string_view::npos ? user_at : text.find(' ', user_at + 1);
      const std::string_view name =
          name_at == std::string_view::npos
              ? std::string_view()
              : text.substr(name_at + 1, text.find_first_of(" }", name_at + 1) - name_at - 1);
      const auto user =
          name.empty() ? std::nullopt : LeadingInt(text.substr(user_at + 2, name_at - user_at - 2));
      const std::string_view package = PackageOf(name);
      if (!user || package.empty() || package.size() == name.size()) {
        if (count.first_unread.data() == nullptr) count.first_unread = line;
        continue;
      }
      ++count.understood;
      AppFacts& app = scope.App(package);
      if (app.services.size() >= kServicesPerAppMax) continue;
      app.services.push_back(
          {.name = std::string(name), .user = static_cast<int>(*user), .place = scope.At(line)});
      service = &app.services.back();
    } else if (indent == 4 && service != nullptr) {
      const std::string_view text = line.substr(4);
      if (text.starts_with("app=ProcessRecord{"))
        service->running = true;
      else if (text.starts_with("isForeground=true"))
        service->foreground = true;
      else if (text.starts_with("intent={act=android.service.notification.NotificationListener"))
        service->bound_by_system_listener = true;
    } else if (indent < 2 && !line.empty()) {
      // " startCommandResult=2" stands at one space on Android 14.
      if (line.front() != ' ') service = nullptr;
    }
  }
  const bool all_apps = scope.section.command.find("services ") == std::string_view::npos;
  if (count.understood > 0 && all_apps && scope.whole()) scope.state.saw_services = true;
  scope.Lose(count, "services");
}

}  // namespace bk::android::system
