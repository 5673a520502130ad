// Which parser reads which section: the one place.
#include <algorithm>

#include "android/system/parsers.h"

namespace bk::android::system {
namespace {

struct Entry {
  std::string_view name;
  Parser parser;
};

constexpr Entry kServices[] = {
    {"activity", ParseActivity},
    {"alarm", ParseAlarm},
    {"appops", ParseAppOps},
    {"battery", ParseBattery},
    {"batterystats", ParseBatteryStats},
    {"connectivity", ParseConnectivity},
    {"device_policy", ParseDevicePolicy},
    {"deviceidle", ParseDeviceIdle},
    {"jobscheduler", ParseJobs},
    {"location", ParseLocation},
    {"netpolicy", ParseNetPolicy},
    {"notification", ParseNotification},
    {"power", ParsePower},
    {"settings", ParseSettings},
    {"time_detector", ParseTimeDetector},
    {"time_zone_detector", ParseTimeZoneDetector},
    {"usagestats", ParseUsageStats},
    {"user", ParseUsers},
};

// By the words that a live command starts with, "cmd" left out.
constexpr Entry kCommands[] = {
    {"getprop", ParseProperties},
    {"uptime", ParseUptime},
    {"date", ParseDate},
    {"settings list", ParseSettingsAnswer},
    {"settings get", ParseSettingsAnswer},
    {"appops get", ParseAppOpsAnswer},
    {"deviceidle whitelist", ParseDeviceIdleAnswer},
    {"deviceidle get", ParseDeviceIdleAnswer},
    {"am get-standby-bucket", ParseBucketAnswer},
    {"am get-bg-restriction-level", ParseRestrictionAnswer},
    {"netpolicy get", ParseNetPolicyAnswer},
    {"netpolicy list", ParseNetPolicyAnswer},
    {"location is-location-enabled", ParseLocationAnswer},
};

Parser ServiceParser(std::string_view name) {
  const auto* found =
      std::ranges::find_if(kServices, [&](const Entry& entry) { return entry.name == name; });
  return found == std::end(kServices) ? nullptr : found->parser;
}

bool StartsWithWords(std::string_view text, std::string_view words) {
  return text.starts_with(words) && (text.size() == words.size() || text[words.size()] == ' ');
}

Parser CommandParser(std::string_view command) {
  // dumpsys as a path too, with options before the service: "/system/bin/dumpsys -t 10 power -a".
  const std::size_t dumpsys = command.find("dumpsys");
  if (dumpsys != std::string_view::npos &&
      (dumpsys == 0 || command[dumpsys - 1] == '/' || command[dumpsys - 1] == ' ')) {
    for (std::size_t i = 1; i < 8; ++i) {
      const std::string_view word = CommandWord(command.substr(dumpsys), i);
      if (word.empty()) return nullptr;
      if (const Parser parser = ServiceParser(word)) return parser;
    }
    return nullptr;
  }
  if (command.starts_with("cmd ")) command.remove_prefix(4);
  if (command.starts_with("shell ")) command.remove_prefix(6);
  for (const Entry& entry : kCommands)
    if (StartsWithWords(command, entry.name)) return entry.parser;
  // "settings --user 0 get secure location_mode"
  if (StartsWithWords(command, "settings")) return ParseSettingsAnswer;
  return nullptr;
}

}  // namespace

std::string_view CommandWord(std::string_view command, std::size_t index) {
  while (true) {
    const std::size_t start = command.find_first_not_of(' ');
    if (start == std::string_view::npos) return {};
    command.remove_prefix(start);
    const std::string_view word = command.substr(0, command.find(' '));
    if (index-- == 0) return word;
    command.remove_prefix(word.size());
  }
}

std::string_view LastCommandWord(std::string_view command) {
  command = Trim(command);
  const std::size_t space = command.rfind(' ');
  return space == std::string_view::npos ? command : command.substr(space + 1);
}

std::string_view CommandOf(const Section& section) {
  return section.command.empty() ? std::string_view(section.name) : section.command;
}

Parser FindParser(const Section& section) {
  switch (section.kind) {
    case Section::Kind::kHeader:
      return ParseHeader;
    case Section::Kind::kService:
      if (const Parser parser = ServiceParser(section.name)) return parser;
      return CommandParser(CommandOf(section));
    case Section::Kind::kCommand:
      if (section.name == "SYSTEM PROPERTIES") return ParseProperties;
      if (section.name == "UPTIME") return ParseUptime;
      // Before Android 8 the settings are printed by their provider.
      if (section.name == "APP PROVIDERS") return ParseSettings;
      // A live output goes by its command; a service's name alone is also one.
      if (const Parser parser = CommandParser(CommandOf(section))) return parser;
      return ServiceParser(section.name);
    case Section::Kind::kLog:
    case Section::Kind::kFile:
      return nullptr;
  }
  return nullptr;
}

bool ReadSystemSection(const Section& section, SystemState& state) {
  constexpr std::size_t kSectionsMax = 100'000;
  const Parser parser = FindParser(section);
  if (parser == nullptr || state.origins.size() >= kSectionsMax) return false;
  parser(section, state);
  return true;
}

}  // namespace bk::android::system
