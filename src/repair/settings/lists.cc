// Lists that an app is on or not: exempt from battery limits, exempt from Data Saver, allowed to
// read notifications. Sources: AOSP, the shell commands of DeviceIdleController,
// NetworkPolicyManagerService and NotificationManagerService.
#include "base/shell_quote.h"
#include "base/text.h"
#include "repair/settings/kind.h"

namespace bk::repair::kinds {
namespace {

// ---- exempt from Doze

// Before Android 7 or so the service answered to dumpsys alone; it still does.
std::vector<ports::PhoneCommand> ReadDoze(const PhoneTraits&, const Parts&) {
  return {Command("cmd deviceidle whitelist"), Command("dumpsys deviceidle whitelist")};
}

std::optional<SettingValue> ParseDoze(const PhoneTraits&, const Parts& parts,
                                      const ports::PhoneCommand&, std::string_view out) {
  // An empty list prints nothing.
  bool understood = out.empty();
  std::string_view line;
  while (NextLine(out, line)) {
    // "user,com.example,10143"; "system-excidle," counts in light Doze only.
    std::string_view text = Trim(line);
    const std::size_t comma = text.find(',');
    if (comma == std::string_view::npos) continue;
    const std::string_view list = text.substr(0, comma);
    if (list != "user" && list != "system" && list != "system-excidle") continue;
    understood = true;
    text.remove_prefix(comma + 1);
    if (list != "system-excidle" && text.substr(0, text.find(',')) == parts.of[0]) return "yes";
  }
  return understood ? std::optional<SettingValue>("no") : std::nullopt;
}

std::vector<Way> WriteDoze(const PhoneTraits&, const Parts& parts, const SettingValue& to) {
  const auto yes = IsYes(to);
  if (!yes) return {};
  const std::string entry = ShellQuote((*yes ? "+" : "-") + std::string(parts.of[0]));
  return {{Command("cmd deviceidle whitelist " + entry)},
          {Command("dumpsys deviceidle whitelist " + entry)}};
}

// ---- exempt from Data Saver

std::vector<ports::PhoneCommand> ReadDataSaver(const PhoneTraits& traits, const Parts& parts) {
  if (!traits.uids.contains(parts.of[0])) return {};
  return {Command("cmd netpolicy list restrict-background-whitelist")};
}

std::optional<SettingValue> ParseDataSaver(const PhoneTraits& traits, const Parts& parts,
                                           const ports::PhoneCommand&, std::string_view out) {
  const auto uid = traits.uids.find(parts.of[0]);
  if (uid == traits.uids.end()) return std::nullopt;
  std::string_view line;
  while (NextLine(out, line)) {
    // "Restrict background whitelisted UIDs: 10143 10150 " or "...: none"
    const std::size_t colon = line.find("UIDs:");
    if (colon == std::string_view::npos) continue;
    std::string_view rest = line.substr(colon + 5);
    while (!(rest = Trim(rest)).empty()) {
      const std::size_t end = rest.find(' ');
      const std::string_view word = rest.substr(0, end);
      if (ParseInt<int>(word) == uid->second) return "yes";
      if (end == std::string_view::npos) break;
      rest.remove_prefix(end);
    }
    return "no";
  }
  return std::nullopt;
}

std::vector<Way> WriteDataSaver(const PhoneTraits& traits, const Parts& parts,
                                const SettingValue& to) {
  const auto yes = IsYes(to);
  const auto uid = traits.uids.find(parts.of[0]);
  if (!yes || uid == traits.uids.end()) return {};
  return OneWay(std::string("cmd netpolicy ") + (*yes ? "add" : "remove") +
                " restrict-background-whitelist " + std::to_string(uid->second));
}

// ---- notification access

std::vector<ports::PhoneCommand> ReadListener(const PhoneTraits& traits, const Parts&) {
  return {Command("settings get " + traits.UserOption() + "secure enabled_notification_listeners")};
}

std::string FullClass(std::string_view package, std::string_view name) {
  return name.starts_with('.') ? std::string(package) + std::string(name) : std::string(name);
}

std::optional<SettingValue> ParseListener(const PhoneTraits&, const Parts& parts,
                                          const ports::PhoneCommand&, std::string_view out) {
  if (out.empty()) return std::nullopt;
  const std::string wanted = FullClass(parts.of[0], parts.of[1]);
  std::string_view rest = FirstLine(out);
  while (!rest.empty()) {
    const std::size_t end = rest.find(':');
    const std::string_view component = rest.substr(0, end);
    const std::size_t slash = component.find('/');
    if (slash != std::string_view::npos && component.substr(0, slash) == parts.of[0] &&
        (parts.of[1] == "*" || FullClass(parts.of[0], component.substr(slash + 1)) == wanted))
      return "yes";
    if (end == std::string_view::npos) break;
    rest.remove_prefix(end + 1);
  }
  return "no";
}

std::vector<Way> WriteListener(const PhoneTraits& traits, const Parts& parts,
                               const SettingValue& to) {
  const auto yes = IsYes(to);
  if (!yes || parts.of[1] == "*") return {};
  return OneWay(std::string("cmd notification ") +
                (*yes ? "allow_listener " : "disallow_listener ") +
                ShellQuote(std::string(parts.of[0]) + "/" + FullClass(parts.of[0], parts.of[1])) +
                (traits.user == 0 ? "" : " " + std::to_string(traits.user)));
}

}  // namespace

const Kind kDozeExempt{.name = "doze_exempt",
                       .parts = 1,
                       .read = ReadDoze,
                       .parse = ParseDoze,
                       .write = WriteDoze,
                       .any_text = true};
const Kind kDataSaverExempt{.name = "data_saver_exempt",
                            .parts = 1,
                            .read = ReadDataSaver,
                            .parse = ParseDataSaver,
                            .write = WriteDataSaver};
const Kind kNotificationListener{.name = "notification_listener",
                                 .parts = 2,
                                 .read = ReadListener,
                                 .parse = ParseListener,
                                 .write = WriteListener,
                                 .any_text = true};

}  // namespace bk::repair::kinds
