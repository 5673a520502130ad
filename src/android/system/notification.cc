// dumpsys notification: who may listen, who does, and whose own notifications are blocked.
#include <algorithm>

#include "android/system/parsers.h"

namespace bk::android::system {
namespace {

int UserIn(std::string_view text, std::string_view key, int otherwise) {
  const auto named = After(text, key, " ):");
  const auto user = named ? LeadingInt(*named) : std::nullopt;
  return user && *user >= 0 && *user < 100'000 ? static_cast<int>(*user) : otherwise;
}

class NotificationReader {
 public:
  explicit NotificationReader(Scope& scope) : scope_(scope) {}

  void Read(std::string_view body) {
    std::string_view line;
    while (NextLine(body, line)) {
      const std::size_t indent = Indent(line);
      if (indent == line.size()) continue;
      const std::string_view text = line.substr(indent);
      switch (text.front()) {
        case '(':  // "(user 0):   All notification listeners (3) …" on Android 14
        case 'A':
          if (!TakeAppSettings(line, text)) TakeHeading(text);
          break;
        case 'C':
          if (list_ != List::kNone) TakeComponent(line, text);
          break;
        case 'L':
        case 'N':
        case 'S':
          TakeHeading(text);
          break;
        default:
          if (list_ == List::kAllowed && indent >= 6) TakeAllowed(line, text);
          break;
      }
      if (list_ == List::kAllowed && indent >= 6 &&
          (text.front() == 'A' || text.front() == 'C' || text.front() == 'L' ||
           text.front() == 'N' || text.front() == 'S') &&
          text.find('/') != std::string_view::npos)
        TakeAllowed(line, text);
      if (text.starts_with("Has user set")) list_ = List::kNone;
    }
    if (settings_.understood > 0 && scope_.whole())
      scope_.state.saw_app_notification_settings = true;
    scope_.Lose(settings_, "apps' notification settings");
  }

 private:
  enum class List : std::uint8_t { kNone, kAllowed, kEnabled, kLive };

  void TakeHeading(std::string_view text) {
    user_ = UserIn(text.substr(0, 12), "(user ", 0);
    if (text.front() == '(') {
      const std::size_t close = text.find("):");
      if (close == std::string_view::npos) return;
      text = Trim(text.substr(close + 2));
    }
    if (text.starts_with("Allowed notification listeners")) {
      list_ = List::kAllowed;
      SawLists();
    } else if (text.starts_with("All notification listeners")) {
      list_ = List::kEnabled;
      SawLists();
    } else if (text.starts_with("Live notification listeners")) {
      list_ = List::kLive;
      for (auto& [name, app] : scope_.state.apps) app.listener_live.reset();
      scope_.state.saw_live_listeners = scope_.whole();
    } else if (text.starts_with("Snoozed notification") || text.starts_with("Notification ") ||
               text.starts_with("Allowed notification") || text.starts_with("All notification") ||
               text.starts_with("Live notification")) {
      list_ = List::kNone;
    }
  }

  void SawLists() {
    if (!saw_) {
      for (auto& [name, app] : scope_.state.apps) app.listener_allowed.clear();
      scope_.state.saw_listener_lists = true;
    }
    saw_ = true;
  }

  // "pkg/cls:pkg/cls (user: 0 isPrimary: true isUserChanged: false)"
  void TakeAllowed(std::string_view line, std::string_view text) {
    const std::size_t tail = text.find(" (user: ");
    const int user = tail == std::string_view::npos ? 0 : UserIn(text, "(user: ", 0);
    text = text.substr(0, tail);
    constexpr int kComponentsMax = 500;
    for (int i = 0; i < kComponentsMax && !text.empty(); ++i) {
      const std::string_view component = text.substr(0, text.find(':'));
      text.remove_prefix(std::min(text.size(), component.size() + 1));
      const std::string_view package = PackageOf(component);
      if (LooksLikePackage(package))
        scope_.App(package).listener_allowed.insert_or_assign(user, scope_.Make(true, line));
    }
  }

  // "ComponentInfo{pkg/cls}" or "ComponentInfo{pkg/cls} (user 0): …"
  void TakeComponent(std::string_view line, std::string_view text) {
    if (!Eat(text, "ComponentInfo{")) return;
    const std::string_view package = PackageOf(text.substr(0, text.find('}')));
    if (!LooksLikePackage(package)) return;
    AppFacts& app = scope_.App(package);
    if (list_ == List::kLive)
      app.listener_live = scope_.Make(true, line);
    else
      app.listener_allowed.insert_or_assign(user_, scope_.Make(true, line));
  }

  // "AppSettings: PKG (UID) importance=NONE userSet=true"
  bool TakeAppSettings(std::string_view line, std::string_view text) {
    if (!Eat(text, "AppSettings: ")) return false;
    ++settings_.seen;
    const std::size_t space = text.find(" (");
    if (space == std::string_view::npos || space == 0) {
      if (settings_.first_unread.data() == nullptr) settings_.first_unread = line;
      return true;
    }
    ++settings_.understood;
    const std::string_view package = text.substr(0, space);
    const auto uid = ParseUid(text.substr(space + 2, text.find(')') - space - 2));
    AppFacts& app = scope_.App(package);
    // A clone's settings (user 999) do not speak for the owner's app.
    if (uid && *uid >= kUidsPerUser && app.notification_importance) return true;
    if (uid && !app.uid) app.uid = uid;
    const auto importance = Value(text, "importance");
    int level = -1000;  // not set: Android's own default, which shows them
    if (importance) {
      constexpr std::string_view kNames[] = {"NONE", "MIN", "LOW", "DEFAULT", "HIGH", "MAX"};
      for (int i = 0; i < 6; ++i)
        if (*importance == kNames[i]) level = i;
    }
    app.notification_importance = scope_.Make(level, line);
    return true;
  }

  Scope& scope_;
  List list_ = List::kNone;
  int user_ = 0;
  bool saw_ = false;
  BlockCount settings_;
};

}  // namespace

void ParseNotification(const Section& section, SystemState& state) {
  Scope scope(section, state);
  NotificationReader(scope).Read(section.body);
}

}  // namespace bk::android::system
