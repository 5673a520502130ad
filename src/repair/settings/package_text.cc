#include "repair/settings/package_text.h"

#include "base/text.h"

namespace bk::repair {
namespace {

std::size_t Indent(std::string_view line) {
  const std::size_t at = line.find_first_not_of(' ');
  return at == std::string_view::npos ? line.size() : at;
}

// The lines of `text` from `begin` on that stand deeper than `indent`.
std::string_view Deeper(std::string_view text, std::size_t indent) {
  std::string_view rest = text;
  std::string_view line;
  while (true) {
    const std::string_view before = rest;
    if (!NextLine(rest, line)) return text;
    if (!Trim(line).empty() && Indent(line) <= indent)
      return text.substr(0, static_cast<std::size_t>(before.data() - text.data()));
  }
}

std::string_view Word(std::string_view block, std::string_view key,
                      std::string_view stops = " \n") {
  const auto found = After(block, key, stops);
  return found ? Trim(*found) : std::string_view{};
}

// The state that a list of permissions gives to one: "android.permission.X: granted=true".
std::optional<bool> GrantedIn(std::string_view block, std::string_view permission) {
  std::string_view line;
  while (NextLine(block, line)) {
    std::string_view text = Trim(line);
    if (!text.starts_with(permission)) continue;
    text.remove_prefix(permission.size());
    if (text.starts_with(": granted=true")) return true;
    if (text.starts_with(": granted=false")) return false;
  }
  return std::nullopt;
}

bool IsRequested(std::string_view block, std::string_view permission) {
  std::string_view line;
  std::size_t indent = 0;
  bool inside = false;
  while (NextLine(block, line)) {
    if (Trim(line) == "requested permissions:") {
      inside = true;
      indent = Indent(line);
      continue;
    }
    if (!inside) continue;
    if (Indent(line) <= indent) return false;
    std::string_view text = Trim(line);
    if (!text.starts_with(permission)) continue;
    text.remove_prefix(permission.size());
    if (text.empty() || text.front() == ':') return true;
  }
  return false;
}

}  // namespace

std::optional<bool> PackageText::Granted(std::string_view permission) const {
  if (const auto granted = GrantedIn(user_block, permission)) return granted;
  if (const auto granted = GrantedIn(before_users, permission)) return granted;
  // Android 8 to 10 list a permission only once somebody has decided on it.
  if (IsRequested(before_users, permission)) return false;
  return std::nullopt;
}

std::optional<PackageText> FindPackage(std::string_view dump, std::string_view package, int user) {
  const std::string heading = "Package [" + std::string(package) + "] (";
  std::string_view rest = dump;
  std::string_view line;
  while (NextLine(rest, line)) {
    // The first one counts: what an update hides of a system app follows below.
    if (!Trim(line).starts_with(heading)) continue;
    const std::string_view block = Deeper(rest, Indent(line));
    PackageText found;
    found.version_name = Word(block, "versionName=", "\n");
    found.version_code = Word(block, "versionCode=");
    found.first_install = Word(block, "firstInstallTime=", "\n");
    const std::string user_heading = "User " + std::to_string(user) + ": ";
    std::string_view inner = block;
    found.before_users = block;
    bool first = true;
    while (NextLine(inner, line)) {
      const std::string_view text = Trim(line);
      if (!text.starts_with("User ") || text.find(": ") == std::string_view::npos) continue;
      if (first)
        found.before_users = block.substr(0, static_cast<std::size_t>(line.data() - block.data()));
      first = false;
      if (!text.starts_with(user_heading)) continue;
      found.installed = text.find("installed=true") != std::string_view::npos;
      if (text.find(" stopped=true") != std::string_view::npos) found.stopped = true;
      if (text.find(" stopped=false") != std::string_view::npos) found.stopped = false;
      if (const auto enabled = ParseInt<int>(Word(text, "enabled="))) found.enabled = *enabled;
      found.user_block = Deeper(inner, Indent(line));
      if (found.first_install.empty())
        found.first_install = Word(found.user_block, "firstInstallTime=", "\n");
      break;
    }
    return found;
  }
  return std::nullopt;
}

std::string FindNotificationListener(std::string_view dump, std::string_view package) {
  // Under "android.service.notification.NotificationListenerService:" a line for each service:
  // "  9ab1c2d PKG/.Class filter 1234567 permission android.permission.BIND_..."
  constexpr std::string_view kAction = "android.service.notification.NotificationListenerService:";
  std::string_view rest = dump;
  std::string_view line;
  const std::string own = " " + std::string(package) + "/";
  while (NextLine(rest, line)) {
    if (Trim(line) != kAction) continue;
    std::string_view block = Deeper(rest, Indent(line));
    while (NextLine(block, line)) {
      const auto name = After(line, own, " \r");
      if (!name || name->empty()) continue;
      return name->front() == '.' ? std::string(package) + std::string(*name) : std::string(*name);
    }
  }
  return {};
}

}  // namespace bk::repair
